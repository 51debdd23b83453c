"""A bot of a few lines on the unmodified slack-bolt, for the emulator's own tests: by Socket Mode or HTTP."""

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import Application, Bell, Channel, Person, SlackServer, Team, World

Json = dict[str, Any]
Handler = Callable[..., Awaitable[None]]


class Bot:
    """Notes what it hears, and does with it what its handlers say."""

    def __init__(self, server: SlackServer, app: Application) -> None:
        self.client = AsyncWebClient(app.bot_token, base_url=server.api_url)
        # Bolt asks the Web API whose token it has, once; its logs would say what tests provoke.
        self.bolt = AsyncApp(
            client=self.client,
            signing_secret=app.signing_secret,
            process_before_response=True,
            raise_error_for_unhandled_request=True,
            logger=quiet(),
        )
        self.heard: list[Json] = []
        self.bell = Bell()
        self.handler: Handler | None = None
        self.bolt.use(self._note)
        self.bolt.error(taken)

    async def _note(self, body: Json, context: Json, next_: Handler) -> None:
        self.heard.append(body)
        self.bell.ring()
        if self.handler is not None:
            await self.handler(body, context)
        await next_()

    def types(self) -> list[str]:
        """Return what it heard, by type."""
        return [
            body.get("event", {}).get("type") or body.get("type") or body["command"] for body in self.heard
        ]

    async def has_heard(self, type_: str, times: int = 1) -> list[Json]:
        """Wait until the bot has heard of something, so many *times* in all."""
        await self.bell.until(lambda: self.types().count(type_) >= times, what=type_)
        return [body for body, one in zip(self.heard, self.types(), strict=True) if one == type_]


async def taken(error: Exception, body: Json) -> BoltResponse | None:
    """Acknowledge an event that no handler is for."""
    unhandled = isinstance(error, BoltUnhandledRequestError) and "event" in body
    return BoltResponse(status=200, body="") if unhandled else None


@dataclass(slots=True)
class Stage:
    """A server, a channel with two people, and a bot that is connected."""

    server: SlackServer
    world: World
    app: Application
    channel: Channel
    zoe: Person
    ben: Person
    bot: Bot
    mode: str
    sockets: list[AsyncSocketModeHandler] = field(default_factory=list)

    @property
    def team(self) -> Team:
        """The workspace."""
        return self.channel.team


def quiet() -> logging.Logger:
    """Return a logger that says nothing."""
    logger = logging.getLogger("tests.slack")
    logger.propagate = False
    logger.setLevel(logging.CRITICAL)
    return logger


@contextmanager
def unproxied() -> Iterator[None]:
    """Take away the variables that slack-sdk would take a proxy from, for everything, loopback too."""
    before = dict(os.environ)
    for name in ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"):
        os.environ.pop(name, None)
    try:
        yield
    finally:
        os.environ.update(before)


@asynccontextmanager
async def stage(mode: str = "socket", server: SlackServer | None = None) -> AsyncIterator[Stage]:
    """Set the stage, with the bot ready; take all down at the end."""
    server = server or SlackServer()
    world = server.world
    zoe, ben = world.user("Zoe", admin=True), world.user("Ben")
    app = world.application()
    channel = world.channel("quiz")
    with unproxied():
        async with server:
            bot = Bot(server, app)
            made = Stage(server, world, app, channel, server.person(zoe), server.person(ben), bot, mode)
            async with socketed(made) if mode == "socket" else served(made):
                yield made


@asynccontextmanager
async def socketed(made: Stage) -> AsyncIterator[None]:
    """Connect the bot by Socket Mode."""
    handler = AsyncSocketModeHandler(
        made.bot.bolt, made.app.app_token, ping_interval=0.05, web_client=made.bot.client, logger=quiet()
    )
    made.sockets.append(handler)
    try:
        await handler.connect_async()  # type: ignore[no-untyped-call]  # bolt says no types
        await made.server.connected(made.app)
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]  # as above
        await asyncio.wait([handler.client.message_processor], timeout=0.2)


@asynccontextmanager
async def served(made: Stage) -> AsyncIterator[None]:
    """Serve the bot over HTTP."""

    async def answer(request: web.BaseRequest) -> web.StreamResponse:
        bolt_request = await to_bolt_request(request)  # type: ignore[arg-type]  # a base request is enough
        return await to_aiohttp_response(await made.bot.bolt.async_dispatch(bolt_request))

    runner = web.ServerRunner(web.Server(answer), shutdown_timeout=0.2)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    made.app.request_url = f"http://{host}:{port}/slack/events"
    try:
        yield
    finally:
        await runner.cleanup()


def section(text: str, block_id: str = "said") -> Json:
    """Return a section that says *text*."""
    return {
        "type": "section",
        "block_id": block_id,
        "text": {"type": "mrkdwn", "text": text, "verbatim": True},
    }


def plain(text: str) -> Json:
    """Return a plain text."""
    return {"type": "plain_text", "text": text}


def buttons(*values: str, block_id: str = "options") -> Json:
    """Return a row of buttons, the action id of each its value."""
    elements = [
        {"type": "button", "text": plain(value.upper()), "action_id": f"pick-{value}", "value": value}
        for value in values
    ]
    return {"type": "actions", "block_id": block_id, "elements": elements}


def options(*values: str) -> list[Json]:
    """Return the options of a select."""
    return [{"text": plain(value.upper()), "value": value} for value in values]


def modal(*blocks: Json, title: str = "Answer", **more: object) -> Json:
    """Return a modal."""
    view = {"type": "modal", "title": plain(title), "submit": plain("Send"), "close": plain("Leave")}
    return {**view, "callback_id": "answer", "blocks": list(blocks), **more}


def typed(block_id: str = "said", action_id: str = "text", **more: object) -> Json:
    """Return an input for text."""
    element = {"type": "plain_text_input", "action_id": action_id, **more}
    return {"type": "input", "block_id": block_id, "label": plain("Your answer"), "element": element}
