"""The examination of Slack's set-up: what is fine, what is not, and what to do about it."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.app import examined
from bot.config import Slack
from bot.engine.findings import Finding
from tests.adapters.slack.halls import Hall
from tests.adapters.slack.paces import BY_SOCKET


async def found(hall: Hall, **changed: str) -> Mapping[str, Finding]:
    """Examine the set-up of *hall* with some tokens *changed*, and return what was found of each thing."""
    slack: Slack = hall.config.slack.model_copy(
        update={name: SecretStr(value) for name, value in changed.items()}
    )
    config = hall.config.model_copy(update={"slack": slack})
    return {one.about: one for one in await examined(config, hall.clock)}


async def test_all_is_fine_before_the_first_start(closed_hall: Hall) -> None:
    """Nothing has to be registered: the manifest has it all. Only a socket has an app token."""
    checks = await found(closed_hall)
    by_socket = {"Slack app token"} if closed_hall.by == "socket" else set()

    assert [one for one in checks.values() if not one.fine] == []
    assert set(checks) == {"Database", "Packs", "Slack bot token", "Slack scopes", "Clock", *by_socket}
    assert "School" in checks["Slack bot token"].seen


@BY_SOCKET
@pytest.mark.parametrize(
    "name, about, variable",
    [
        ("bot_token", "Slack bot token", "SLACK_BOT_TOKEN"),
        ("app_token", "Slack app token", "SLACK_APP_TOKEN"),
    ],
)
async def test_a_wrong_token_is_told_without_being_shown(
    closed_hall: Hall, name: str, about: str, variable: str
) -> None:
    """With where the right one goes."""
    checks = await found(closed_hall, **{name: "xoxb-not-the-token"})

    assert checks[about].fine is False
    assert variable in checks[about].mend
    assert "not-the-token" not in str(checks)


@BY_SOCKET
async def test_tokens_that_were_exchanged_for_each_other_are_told(closed_hall: Hall) -> None:
    """It is the commonest slip, and each says what its own begins with."""
    app = closed_hall.app
    checks = await found(closed_hall, bot_token=app.app_token, app_token=app.bot_token)

    assert "xoxb-" in checks["Slack bot token"].mend
    assert "xapp-" in checks["Slack app token"].mend


@BY_SOCKET
async def test_a_missing_scope_is_named(closed_hall: Hall) -> None:
    """With the manifest that has them all."""
    installation = closed_hall.app.installations[closed_hall.team.id]
    installation.scopes = tuple(
        one for one in installation.scopes if one not in {"files:write", "users:read"}
    )

    scopes = (await found(closed_hall))["Slack scopes"]

    assert scopes.fine is False
    assert scopes.seen == "Missing: files:write, users:read."
    assert "slack-manifest.yaml" in scopes.mend


@BY_SOCKET
@pytest.mark.parametrize("off", [timedelta(seconds=-40), timedelta(minutes=5)])
async def test_a_clock_that_is_wrong_is_told(closed_hall: Hall, off: timedelta) -> None:
    """Answers are timed by Slack's clock and windows by ours, and signatures are good for five minutes."""
    closed_hall.clock.later = off

    clock = (await found(closed_hall))["Clock"]

    assert clock.fine is False
    assert "NTP" in clock.mend


async def test_a_slack_that_cannot_be_reached_is_told(closed_hall: Hall) -> None:
    """The rest was examined all the same."""
    await closed_hall.server.stop()

    checks = await found(closed_hall)

    assert checks["Slack bot token"].fine is False
    assert "reaches Slack" in checks["Slack bot token"].mend
    assert checks["Packs"].fine is True
