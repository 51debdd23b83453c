"""A stand-in for the server: serves the page's files, and plays the frames that a test gives it.

It knows the protocol's shapes and nothing of rounds. A test hands it messages to have in the history, pushes
frames when it likes, decides how presses are answered, and reads what the page sent.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from aiohttp import WSMsgType, web

Json = dict[str, object]

PAGE: Final = Path(__file__).parents[4] / "bot" / "adapters" / "web" / "page"
TOKEN: Final = "let-me-in"
NOW_MS: Final = 1_780_000_000_000
"""The server's time when a page connects; the page keeps its own clock's distance to it."""

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

ADA: Final[Json] = {"id": "ada", "name": "Ada", "here": True}
BEN: Final[Json] = {"id": "ben", "name": "Ben Oyelaran", "here": True}
CLEO: Final[Json] = {"id": "cleo", "name": "Cleo", "here": False}

Answer = Callable[[Json], list[Json]]
"""What the server sends back for a frame that has an id."""


def acknowledge(frame: Json) -> list[Json]:
    """Acknowledge *frame* and say nothing in private."""
    return [{"type": "ack", "id": frame["id"], "notice": None}]


def keep_silent(_frame: Json) -> list[Json]:
    """Answer nothing, as a server that is too busy."""
    return []


class PageServer:
    """The stand-in. *answer* may be replaced at any time."""

    def __init__(self) -> None:
        """Know three people, one public channel and no message."""
        self.me: Json = {"id": "ada", "name": "Ada", "secret": "s3cret", "organiser": True}
        self.people: list[Json] = [ADA, BEN, CLEO]
        self.channels = ["general"]
        self.history: dict[str, list[Json]] = {}
        self.more: dict[str, list[Json]] = {}
        self.turn_away = ""
        self.answer: Answer = acknowledge
        self.got: list[Json] = []
        self.address = ""
        self.refuse_sockets = False
        self._news = asyncio.Condition()
        self._sockets: set[web.WebSocketResponse] = set()

    async def send(self, *frames: Json) -> None:
        """Send *frames* to every open page."""
        for socket in self._sockets:
            for frame in frames:
                await socket.send_json(frame)

    async def show(self, *messages: Json) -> None:
        """Send *messages*, each new or an edit."""
        for message in messages:
            await self.send({"type": "message", "message": message})

    async def cut(self) -> None:
        """Drop every connection, as a network that fails."""
        for socket in tuple(self._sockets):
            await socket.close()

    async def received(self, kind: str, count: int = 1) -> list[Json]:
        """Wait until *count* frames of *kind* came; return all of that kind."""
        async with self._news, asyncio.timeout(5):
            await self._news.wait_for(lambda: len(self.of_kind(kind)) >= count)
        return self.of_kind(kind)

    def of_kind(self, kind: str) -> list[Json]:
        """Return the frames of *kind* that came so far."""
        return [frame for frame in self.got if frame["type"] == kind]

    # ------------------------------------------------------------------------------------------ serving

    @asynccontextmanager
    async def serving(self) -> AsyncIterator["PageServer"]:
        """Serve on a free port of the loopback while the block runs."""
        app = web.Application()
        app.router.add_get("/", self._index)
        app.router.add_get("/socket", self._socket)
        app.router.add_static("/page", PAGE)
        app.on_response_prepare.append(_add_policy)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}/?token={TOKEN}"
        try:
            yield self
        finally:
            await self.cut()
            await runner.cleanup()

    async def _index(self, _request: web.Request) -> web.FileResponse:
        return web.FileResponse(PAGE / "index.html")

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if self.refuse_sockets or request.query.get("token") != TOKEN:
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._take(socket, json.loads(message.data))
        finally:
            self._sockets.discard(socket)
        return socket

    async def _take(self, socket: web.WebSocketResponse, frame: Json) -> None:
        async with self._news:
            self.got.append(frame)
            self._news.notify_all()
        for reply in self._replies(socket, frame):
            await socket.send_json(reply)

    def _replies(self, socket: web.WebSocketResponse, frame: Json) -> list[Json]:
        if frame["type"] == "hello":
            return self._welcome(socket)
        if frame["type"] == "history":
            channel = str(frame["channel"])
            older = self.more.pop(channel, [])
            return [{"type": "history", "channel": channel, "messages": older, "more": False}]
        return self.answer(frame)

    def _welcome(self, socket: web.WebSocketResponse) -> list[Json]:
        if self.turn_away:
            return [{"type": "refused", "id": None, "text": self.turn_away}]
        self._sockets.add(socket)
        welcome: Json = {
            "type": "welcome",
            "me": self.me,
            "people": self.people,
            "channels": self.channels,
            "now": NOW_MS,
            "version": "0.0.0",
        }
        return [welcome, *(self._page(name) for name in (*self.channels, "@me"))]

    def _page(self, channel: str) -> Json:
        messages = self.history.get(channel, [])
        return {"type": "history", "channel": channel, "messages": messages, "more": channel in self.more}


async def _add_policy(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["Cache-Control"] = "no-store"
