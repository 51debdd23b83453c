"""The examination of Discord's set-up: what is fine, what is not, and what to do about it."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.app import examined
from bot.config import Discord
from bot.engine.findings import Finding
from tests.adapters.discord.halls import Hall
from tests.emulators.discord import Permission


async def found(hall: Hall, token: str = "") -> Mapping[str, Finding]:
    """Examine the set-up of *hall*, and return what was found of each thing."""
    settings = Discord(token=SecretStr(token or hall.app.token), api_url=hall.server.address)
    config = hall.config.model_copy(update={"discord": settings})
    return {one.about: one for one in await examined(config, hall.clock)}


async def test_all_is_fine_once_the_program_has_served(closed_hall: Hall) -> None:
    """The commands were registered by its first start."""
    async with closed_hall.open():
        await closed_hall.until(lambda: closed_hall.ann.offered(closed_hall.channel), "the commands")

    checks = await found(closed_hall)

    assert [one for one in checks.values() if not one.fine] == []
    assert set(checks) == {
        "Database",
        "Packs",
        "Discord token",
        "Discord intents",
        "Discord interactions",
        "Discord server School",
        "Discord commands",
        "Clock",
    }


async def test_before_the_first_start_the_commands_are_missing(closed_hall: Hall) -> None:
    """And it says that starting is all that is needed."""
    missing = (await found(closed_hall))["Discord commands"]

    assert (missing.fine, "Start Study Hall" in missing.mend) == (False, True)


async def test_a_wrong_token_is_told_without_being_shown(closed_hall: Hall) -> None:
    """Nothing else is asked then."""
    checks = await found(closed_hall, "not-the-token")

    assert checks["Discord token"].fine is False
    assert "not-the-token" not in str(checks)
    assert "Clock" not in checks


async def test_a_missing_permission_is_named_with_the_address_that_grants_it(closed_hall: Hall) -> None:
    """For each server."""
    role = next(role for role in closed_hall.guild.roles.values() if role.name == closed_hall.app.name)
    role.permissions &= ~Permission.ATTACH_FILES
    closed_hall.guild.everyone.permissions &= ~Permission.ATTACH_FILES

    server = (await found(closed_hall))["Discord server School"]

    assert "attach files" in server.seen
    assert f"client_id={closed_hall.app.id}" in server.mend


@pytest.mark.parametrize("off", [timedelta(seconds=-40), timedelta(minutes=5)])
async def test_a_clock_that_is_wrong_is_told(closed_hall: Hall, off: timedelta) -> None:
    """Answers are timed by Discord's clock, and windows by ours."""
    closed_hall.clock.later = off

    clock = (await found(closed_hall))["Clock"]

    assert clock.fine is False
    assert "NTP" in clock.mend


async def test_interactions_that_go_elsewhere_are_told(closed_hall: Hall) -> None:
    """With an address in the portal the gateway hears none."""
    closed_hall.app.interactions_endpoint_url = "https://example.org/hook"

    endpoint = (await found(closed_hall))["Discord interactions"]

    assert endpoint.fine is False
    assert "Interactions Endpoint URL" in endpoint.mend


async def test_a_discord_that_cannot_be_reached_is_told(closed_hall: Hall) -> None:
    """The rest was examined all the same."""
    await closed_hall.server.stop()

    checks = await found(closed_hall)

    assert checks["Discord"].fine is False
    assert checks["Packs"].fine is True
