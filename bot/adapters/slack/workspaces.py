"""Workspaces: where we are installed, and with which token we speak there."""

import asyncio
from typing import Any, Final, Protocol

from aiohttp import ClientSession
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.failures import NotInstalledError

API_URL: Final = "https://slack.com/api/"
TIMEOUT_SECONDS: Final = 10


class Workspaces(Protocol):
    """The workspaces that we are installed in."""

    async def client(self, team: str) -> AsyncWebClient:
        """Return what speaks for us in *team*; NotInstalledError where we are not installed."""
        ...

    async def authorized(self, team: str) -> AuthorizeResult | None:
        """Return who we are in *team*, None where we are not installed."""
        ...

    async def installer(self, team: str) -> str:
        """Return Slack's id of who installed us in *team*, "" when that is not known."""
        ...

    async def removed(self, team: str) -> None:
        """Forget the token of *team*, which has put us out."""
        ...

    async def tend(self) -> None:
        """Renew what ends soon."""
        ...

    async def idle(self) -> None:
        """Return when nothing is being renewed."""
        ...


def base_url(api_url: str | None) -> str:
    """Return the address that methods are called at; a path is left as it is."""
    return API_URL if api_url is None else f"{api_url.rstrip('/')}/"


def web_client(session: ClientSession, api_url: str | None, token: str | None = None) -> AsyncWebClient:
    """Return a client on the one shared *session*: without it each call would cost a connection."""
    return AsyncWebClient(
        token=token, base_url=base_url(api_url), session=session, timeout=TIMEOUT_SECONDS, retry_handlers=[]
    )


def not_a_bots_token() -> SlackApiError:
    """Return the error with which Slack itself refuses a token of the wrong kind."""
    error: SlackApiError = SlackApiError(  # type: ignore[no-untyped-call]  # upstream's
        "That is no bot's token.", {"ok": False, "error": "not_allowed_token_type"}
    )
    return error


class OneWorkspace:
    """The one workspace of a bot token that was handed to us."""

    def __init__(self, client: AsyncWebClient) -> None:
        """Speak through *client*, which holds the token."""
        self._client = client
        self._result: AuthorizeResult | None = None
        self._asking = asyncio.Lock()

    async def client(self, team: str) -> AsyncWebClient:
        """Return what speaks for us, in our own workspace only."""
        if await self.authorized(team) is None:
            raise NotInstalledError(team)
        return self._client

    async def authorized(self, team: str) -> AuthorizeResult | None:
        """Return who we are in *team*, None in any but our own."""
        own = self._result or await self.identify()
        return own if own.team_id == team else None

    async def installer(self, team: str) -> str:
        """Return nobody: a token does not say who made it."""
        del team
        return ""

    async def removed(self, team: str) -> None:
        """Forget nothing: the token is in the settings, and Slack refuses it from now on."""

    async def tend(self) -> None:
        """Renew nothing: a token from the settings lives until somebody takes it back."""

    async def idle(self) -> None:
        """Return at once."""

    async def identify(self) -> AuthorizeResult:
        """Ask Slack who we are, once; raises what a request may raise."""
        async with self._asking:
            if self._result is None:
                answer: Any = await self._client.auth_test()
                if not answer.get("bot_id"):
                    # An app's own token is taken too, and says nothing of a workspace.
                    raise not_a_bots_token()
                self._result = AuthorizeResult.from_auth_test_response(
                    auth_test_response=answer, bot_token=self._client.token
                )
            return self._result
