"""Sockets: Socket Mode, for an app that nobody has to reach from outside.

The connection is the SDK's, which renews it when Slack asks for that. What Slack had sent over an old one and
nobody acknowledged, it sends again over the new one.
"""

import asyncio
from typing import Any, Final

import structlog
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.addresses import PLATFORM
from bot.adapters.slack.desk import Desk
from bot.adapters.slack.failures import FAULTS, delivery_error
from bot.ports import Clock
from bot.records import Place

LOOK_SECONDS: Final = 0.25
UNNOTICED_SECONDS: Final = 3.0
"""Within this time a connection is renewed as a matter of course, and what happened meanwhile arrives."""

SAID_AGAIN_SECONDS: Final = 30.0
"""How often rounds are told again to stand still; they would go on by themselves after two minutes."""

PING_SECONDS: Final = 5.0
ADDRESS_SECONDS: Final = 10.0
"""How long one address is tried before another one is asked for."""

log = structlog.get_logger(__name__)


class Socket:
    """Our connection to Slack."""

    def __init__(self, app: AsyncApp, client: AsyncWebClient, token: str, desk: Desk, clock: Clock) -> None:
        """Connect *app* with its own *token*; the rounds of *desk* stand still while nothing is heard."""
        self._app = app
        self._client = client
        self._token = token
        self._desk = desk
        self._clock = clock
        self._handler: AsyncSocketModeHandler | None = None
        self._connecting: asyncio.Task[None] | None = None
        self._patient_until = 0.0
        self.connected = False

    async def run(self) -> None:
        """Be connected until cancelled; raises what a request may raise when Slack refuses the token."""
        # The SDK would try a refused token for ever. Addresses are few a minute, so it gets this one.
        answer: Any = await self._client.apps_connections_open(app_token=self._token)
        handler = self._handler = AsyncSocketModeHandler(
            self._app, self._token, web_client=self._client, ping_interval=PING_SECONDS
        )
        handler.client.wss_uri = answer["url"]
        self._connecting = asyncio.create_task(handler.client.connect())  # type: ignore[no-untyped-call]  # upstream's
        try:
            await self._watch(handler)
        finally:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
            await self.stop()

    async def stop(self) -> None:
        """Hear nothing more; twice is as good as once."""
        handler, self._handler = self._handler, None
        self.connected = False
        if handler is not None:
            await handler.client.close()  # type: ignore[no-untyped-call]  # upstream's

    async def _watch(self, handler: AsyncSocketModeHandler) -> None:
        """Look all the time whether we are connected, and let rounds stand still while we are not."""
        lost_for, said_for = 0.0, SAID_AGAIN_SECONDS
        while self._handler is not None:
            connected = await handler.client.is_connected()
            if connected != self.connected:
                log.info("slack_connected" if connected else "slack_disconnected", by="a socket")
                self.connected = connected
                if connected:
                    lost_for, said_for = 0.0, SAID_AGAIN_SECONDS
                    await self._desk.heard(PLATFORM, _everywhere)
            if not connected:
                self._hurry(handler)
                if lost_for % ADDRESS_SECONDS < LOOK_SECONDS <= lost_for:
                    # An address is good for a while; the SDK would try the same one for ever.
                    handler.client.wss_uri = None
                lost_for, said_for = lost_for + LOOK_SECONDS, said_for + LOOK_SECONDS
                if lost_for > UNNOTICED_SECONDS and said_for > SAID_AGAIN_SECONDS:
                    said_for = 0.0
                    await self._desk.unheard(PLATFORM, _everywhere)
            await self._clock.sleep(LOOK_SECONDS)

    def _hurry(self, handler: AsyncSocketModeHandler) -> None:
        """Connect anew at once, unless we have just done so: the SDK itself looks only when it pings."""
        now = asyncio.get_running_loop().time()
        if now > self._patient_until and (self._connecting is None or self._connecting.done()):
            self._patient_until = now + PING_SECONDS
            self._connecting = asyncio.create_task(_connected_anew(handler))


async def _connected_anew(handler: AsyncSocketModeHandler) -> None:
    """Connect once more, unless the SDK has done so meanwhile; when that fails, it tries again by itself."""
    try:
        await handler.client.connect_to_new_endpoint()
    except FAULTS as error:
        log.info("slack_not_connected", error=str(delivery_error(error)))


def _everywhere(place: Place) -> bool:
    """Say of any place that it is heard over the socket."""
    return bool(place)
