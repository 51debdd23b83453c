"""Exchanges: what Slack gives for a code that somebody brought, and for a refresh token."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, cast

from aiohttp import ClientSession, encode_basic_auth
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.credentials import Credentials, granted, lifetime_of, renewed, token_of
from bot.adapters.slack.failures import FAULTS, delivery_error
from bot.adapters.slack.workspaces import web_client
from bot.core.errors import DeliveryUnknown
from bot.ports import Clock

TRIES: Final = 2
TRY_SECONDS: Final = 6.0


@dataclass(frozen=True, slots=True)
class App:
    """Our app as Slack knows it. People come back to *redirect_url*, "" for the first in Slack's list."""

    client_id: str
    client_secret: str = field(repr=False)
    redirect_url: str = ""
    api_url: str | None = None


class Bought(NamedTuple):
    """What Slack gave, and when the token ends: None for never."""

    credentials: Credentials
    expires_at: int | None


class Exchange:
    """Buys tokens for an app."""

    def __init__(self, app: App, session: ClientSession, clock: Clock) -> None:
        """Ask Slack for *app* over *session*."""
        self._app = app
        self._session = session
        self._clock = clock

    def client(self, token: str | None = None) -> AsyncWebClient:
        """Return what speaks with *token*."""
        return web_client(self._session, self._app.api_url, token)

    async def first(self, code: str) -> Bought:
        """Return what Slack gives for a *code*, which is good once.

        Raises what a request may raise, and WholeOrganisationError.
        """
        app, at = self._app, self._now()
        back = {"redirect_uri": app.redirect_url} if app.redirect_url else {}
        said = await self._access({"code": code, **back})
        # Whose token it is, Slack tells in full only when it is asked with the token.
        identity = await self.client(token_of(said)).auth_test()
        return Bought(granted(said, _body(identity)), _end_of(said, at))

    async def next(self, old: Credentials) -> Bought:
        """Return what Slack gives for the refresh token of *old*; raises what a request may raise.

        When nobody knows whether it gave something, it is asked again at once, while it still would.
        """
        tries = TRIES
        while True:
            tries, at = tries - 1, self._now()
            try:
                async with asyncio.timeout(TRY_SECONDS):
                    said = await self._access(
                        {"grant_type": "refresh_token", "refresh_token": old.refresh_token}
                    )
            except FAULTS as error:
                if not tries or not isinstance(delivery_error(error), DeliveryUnknown):
                    raise
            else:
                return Bought(renewed(old, said), _end_of(said, at))

    async def _access(self, wanted: Mapping[str, str]) -> Mapping[str, Any]:
        """Return Slack's answer to our app itself, which shows its secret as its header."""
        # The SDK's own method makes the header with a class that aiohttp is about to drop.
        header = encode_basic_auth(self._app.client_id, self._app.client_secret)
        answer = await self.client().api_call(
            "oauth.v2.access", data=dict(wanted), headers={"Authorization": header}
        )
        return _body(answer)

    def _now(self) -> int:
        return int(self._clock.now().timestamp() * 1000)


def _end_of(said: Mapping[str, Any], at: int) -> int | None:
    """Return when a token ends that was asked for at the time *at*."""
    lifetime = lifetime_of(said)
    return None if lifetime is None else at + lifetime


def _body(answer: object) -> Mapping[str, Any]:
    """Return what stands in an answer of Slack's."""
    return cast("Mapping[str, Any]", getattr(answer, "data", answer))
