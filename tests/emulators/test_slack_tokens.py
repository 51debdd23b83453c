"""Tokens of the emulated Slack: what opens what, how long, and how applications come and go."""

from collections.abc import AsyncIterator
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import Application
from tests.emulators.slack_bots import stage
from tests.emulators.slack_desks import Desk, Json, desk, error, refusal

# The library puts keys in a header by an old way of aiohttp's.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")

REDIRECT = "https://study.test/slack/oauth_redirect"


@pytest.fixture
async def at() -> AsyncIterator[Desk]:
    """A desk."""
    async with desk() as it:
        yield it


def asked(at: Desk, app: Application, **more: str) -> str:
    """Return the address at which people approve an app."""
    query = {
        "client_id": app.client_id,
        "scope": "chat:write,commands",
        "state": "s",
        "redirect_uri": REDIRECT,
    }
    return f"{at.server.address}/oauth/v2/authorize?{urlencode({**query, **more})}"


async def code_for(at: Desk, app: Application) -> str:
    """Return the code that somebody's approval gives."""
    onward = at.server.grants.approve(asked(at, app), at.zoe.user)
    assert onward.startswith(REDIRECT)
    said = parse_qs(urlsplit(onward).query)
    assert said["state"] == ["s"]
    return said["code"][0]


def nobody(at: Desk) -> AsyncWebClient:
    """Return a client without a token."""
    return AsyncWebClient(base_url=at.server.api_url)


async def exchange(at: Desk, app: Application, **more: str) -> Json:
    """Exchange a code or a refresh token."""
    keys: Json = {"client_id": app.client_id, "client_secret": app.client_secret, **more}
    answer = await nobody(at).oauth_v2_access(**keys)
    assert isinstance(answer.data, dict)
    return answer.data


async def test_a_token_tells_whose_it_is_and_what_it_may_do(at: Desk) -> None:
    """The scopes are in a header."""
    answer = await at.client.auth_test()

    assert (answer["team_id"], answer["user_id"]) == (at.zoe.user.team.id, at.app.user.id)
    assert answer["bot_id"] == at.app.user.bot_id
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_a_wrong_token_opens_nothing(at: Desk) -> None:
    """So does none, and one for something else."""
    assert await error(at.with_token("xoxb-1").auth_test()) == "invalid_auth"
    assert await error(nobody(at).auth_test()) == "not_authed"
    assert (
        await error(at.client.apps_connections_open(app_token=at.app.bot_token)) == "not_allowed_token_type"
    )
    assert await error(at.with_token(at.app.app_token).team_info()) == "missing_scope"
    assert await error(at.client.api_call("quiz.play")) == "unknown_method"


async def test_a_scope_that_is_missing_is_named(at: Desk) -> None:
    """With those that are there."""
    at.app.installations[at.zoe.user.team.id].scopes = ("commands", "users:read")
    answer = await refusal(at.client.chat_postMessage(channel=at.channel.id, text="x"))

    assert answer["error"] == "missing_scope"
    assert (answer["needed"], answer["provided"]) == ("chat:write", "commands,users:read")


async def test_a_code_is_exchanged_once(at: Desk) -> None:
    """It installs the app with what was approved; wrong secrets and second uses are refused."""
    app = at.world.application("Another", installed=False)
    code = await code_for(at, app)
    wrong = nobody(at).oauth_v2_access(client_id=app.client_id, client_secret="no", code=code)
    assert await error(wrong) == "bad_client_secret"
    assert await error(exchange(at, app, code="none")) == "invalid_code"
    assert await error(exchange(at, app, code=code, redirect_uri="https://else.test")) == "bad_redirect_uri"
    said = await exchange(at, app, code=code, redirect_uri=REDIRECT)

    assert said["scope"] == "chat:write,commands"
    assert said["team"]["id"] == at.zoe.user.team.id
    assert said["authed_user"]["id"] == at.zoe.user.id
    assert (await at.with_token(said["access_token"]).auth_test())["user_id"] == said["bot_user_id"]
    assert await error(exchange(at, app, code=code)) == "code_already_used"


async def test_a_browser_is_sent_on_when_somebody_approves(at: Desk) -> None:
    """Without anybody it shows a page; a refusal is sent on too."""
    app = at.world.application("Another", installed=False)
    at.server.grants.approver = at.zoe.user
    async with aiohttp.ClientSession() as browser, browser.get(asked(at, app), allow_redirects=False) as page:
        assert page.status == 302
        assert page.headers["Location"].startswith(f"{REDIRECT}?code=")
    assert "error=access_denied" in at.server.grants.deny(asked(at, app))


async def test_a_token_that_rotates_expires_and_is_refreshed_once(at: Desk) -> None:
    """After twelve hours it is refused; a refresh token gives new ones, and is good once."""
    app = at.world.application("Another", installed=False)
    app.rotates = True
    first = await exchange(at, app, code=await code_for(at, app))
    assert first["expires_in"] == 43_200
    at.server.clock.advance(43_201)
    assert await error(at.with_token(first["access_token"]).auth_test()) == "token_expired"

    again = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = await exchange(at, app, **again)
    await at.with_token(second["access_token"]).auth_test()
    assert second["refresh_token"] != first["refresh_token"]
    assert await error(exchange(at, app, **again)) == "invalid_refresh_token"


async def test_two_rotated_tokens_are_good_at_a_time(at: Desk) -> None:
    """The third revokes the first."""
    app = at.world.application("Another", installed=False)
    app.rotates = True
    tokens = [await exchange(at, app, code=await code_for(at, app))]
    for _ in range(2):
        more = {"grant_type": "refresh_token", "refresh_token": tokens[-1]["refresh_token"]}
        tokens.append(await exchange(at, app, **more))

    assert await error(at.with_token(tokens[0]["access_token"]).auth_test()) == "token_revoked"
    await at.with_token(tokens[1]["access_token"]).auth_test()
    await at.with_token(tokens[2]["access_token"]).auth_test()


async def test_an_app_is_told_that_it_was_taken_out() -> None:
    """Its token is good no more."""
    async with stage() as set_:
        set_.server.uninstall(set_.app.installations[set_.team.id])
        (gone,) = await set_.bot.has_heard("app_uninstalled")
        (revoked,) = await set_.bot.has_heard("tokens_revoked")

        assert gone["team_id"] == set_.team.id
        assert revoked["event"]["tokens"]["bot"] == [set_.app.user.id]
        assert await error(set_.bot.client.auth_test()) == "account_inactive"


async def test_an_app_takes_itself_out_or_its_token_back(at: Desk) -> None:
    """By the methods for it."""
    other = at.world.application("Another")
    client = at.with_token(other.bot_token)
    assert (await client.auth_revoke())["revoked"]
    assert await error(client.auth_test()) == "token_revoked"
    keys = {"client_id": at.app.client_id, "client_secret": at.app.client_secret}
    await at.client.apps_uninstall(**keys)
    assert await error(at.client.auth_test()) == "account_inactive"


async def test_workspaces_do_not_see_each_other(at: Desk) -> None:
    """A token is of one."""
    there = at.world.team("Elsewhere")
    ann = at.world.user("Ann", team=there)
    client = at.with_token(at.world.install(at.app, there).token)
    channel = at.world.channel("quiz", team=there)

    await client.chat_postMessage(channel=channel.id, text="x")
    assert await error(at.client.chat_postMessage(channel=channel.id, text="x")) == "channel_not_found"
    assert await error(at.client.users_info(user=ann.id)) == "user_not_found"
    assert (await client.users_info(user=ann.id))["user"]["team_id"] == there.id
