"""The server: one port for the web chat's page and sockets, and for health and figures."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote

import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from bot.adapters.web import files, inbound, outbound, pages
from bot.adapters.web.archives import Archive
from bot.adapters.web.broadcasts import Broadcasts
from bot.adapters.web.conversations import PLATFORM, Conversation
from bot.adapters.web.desk import Desk
from bot.adapters.web.guard import HEADERS, Guard
from bot.adapters.web.people import People
from bot.adapters.web.sessions import Limits, Pace, Session
from bot.core.errors import ConfigError, DeliveryDelayed, DeliveryRefused, StoreError
from bot.core.ids import Platform
from bot.ports import ChatLog, Clock, Post, WebMessage
from bot.wording.web_sentences import SAY

CHANNELS: Final = ("general", "exam-prep")
SOCKET: Final = "/socket"
HEARTBEAT_SECONDS: Final = 30.0
LONGEST_BODY: Final = 1 << 20
"""What may be sent to a door; the page sends nothing but frames."""

CLOSE_SECONDS: Final = 2.0
RETRY_SECONDS: Final = 1.0
SAFE_METHODS: Final = frozenset({"GET", "HEAD"})
METRICS_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Door(NamedTuple):
    """A path on our port that somebody else answers for."""

    method: str
    path: str
    handler: Handler


log = structlog.get_logger(__name__)


class WebChat:
    """The local web chat as a transport, and the server that its page comes from."""

    def __init__(  # noqa: PLR0913 - each is a setting of its own
        self,
        desk: Desk,
        log: ChatLog,
        clock: Clock,
        *,
        host: str,
        port: int,
        token: str,
        page: Path | None = None,
        names: tuple[str, ...] = (),
        limits: Limits | None = None,
        doors: Iterable[Door] = (),
    ) -> None:
        """Serve *desk* on *host* and *port* (0: any that is free) to whoever has *token*.

        *names* are further names that it may be reached under, with any port, such as that of a proxy in
        front of it. *page* is a folder to take the page's files from instead of our own. *doors* are others'
        on the same port: who may come in there, each knows for itself.
        """
        self._desk = desk
        self._clock = clock
        self._limits = limits or Limits()
        self._guard = Guard(token, host, port, names)
        self._folder = page or pages.FOLDER
        self._people = People(log, clock, self._limits.people)
        self._archive = Archive(log, clock, self._people)
        self._broadcasts = Broadcasts(self._archive, self._people, clock)
        self._conversation = Conversation(
            desk, self._archive, self._people, self._broadcasts, clock, self._limits
        )
        self._exchange = files.Files(self._conversation, self._people)
        self._doors = tuple(doors)
        self._files: dict[str, pages.File] = {}
        self._runner: web.AppRunner | None = None
        self._stopping = False

    # ----------------------------------------------------------------------------------------- transport

    @property
    def platform(self) -> Platform:
        """The platform's name."""
        return Platform(PLATFORM)

    async def post(self, post: Post) -> str:
        """Say *post* in its channel and return the message's number; the same key twice is one message."""
        return str((await _delivered(self._conversation.post(post), post)).seq)

    async def edit(self, ref: str, post: Post) -> None:
        """Replace what message *ref* shows."""
        if not ref.isascii() or not ref.isdecimal():
            raise DeliveryRefused(f"{ref[:40]!r} is no message of the web chat: a number was expected.")
        await _delivered(self._conversation.edit(int(ref), post), post)

    # ------------------------------------------------------------------------------------ start and stop

    @property
    def serving(self) -> bool:
        """Tell whether pages are served and messages taken."""
        return self._runner is not None and not self._stopping

    async def start(self) -> str:
        """Serve, and return the whole address to open, token included."""
        self._files = dict(pages.read_files(self._folder))
        self._conversation.version = pages.version_of(self._files)
        await self._people.open()
        await self._archive.open(*CHANNELS)
        runner = web.AppRunner(
            self._app(),
            access_log=None,  # It would hold the token.
            handle_signals=False,
            shutdown_timeout=self._limits.stop_seconds,
        )
        await runner.setup()
        self._runner = runner
        await self._listen(runner)
        log.info("web_started", host=self._guard.host, port=self._guard.port)
        return f"http://{self._guard.address}/?token={quote(self._guard.token, safe='')}"

    async def stop(self) -> None:
        """Say goodbye, finish what is in flight, close every socket. Twice is as good as once."""
        self._stopping = True
        runner, self._runner = self._runner, None
        if runner is None:
            return
        self._broadcasts.farewell()
        windows = self._broadcasts.windows.everyone()
        await asyncio.gather(*(self._part(session) for session in windows))
        await runner.cleanup()
        log.info("web_stopped", windows=len(windows))

    async def _listen(self, runner: web.AppRunner) -> None:
        site = web.TCPSite(runner, self._guard.host or None, self._guard.port)
        try:
            await site.start()
        except OSError as error:
            await self.stop()
            raise ConfigError(SAY.address_taken(self._guard.host, str(self._guard.port))) from error
        port = runner.addresses[0][1]
        self._guard = Guard(self._guard.token, self._guard.host, port, self._guard.names)

    async def _part(self, session: Session) -> None:
        """Close one window, politely for as long as that works."""
        try:
            async with asyncio.timeout(self._limits.stop_seconds):
                await session.close(WSCloseCode.GOING_AWAY)
        except TimeoutError:
            session.drop()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._guarded], client_max_size=LONGEST_BODY)
        app.on_response_prepare.append(_harden)
        app.router.add_get("/", self._index)
        app.router.add_get("/page/{name:.+}", self._page)
        app.router.add_get(SOCKET, self._socket, allow_head=False)
        app.router.add_post(files.PATH, self._file_in)
        app.router.add_get(files.PATH + "/{seq}", self._file_out, allow_head=False)
        app.router.add_get("/healthz", self._healthz)
        app.router.add_get("/readyz", self._readyz)
        app.router.add_get("/metrics", self._metrics)
        for door in self._doors:
            app.router.add_route(door.method, door.path, door.handler)
        return app

    # ---------------------------------------------------------------------------------------------- door

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if any(request.path == door.path for door in self._doors):
            return await handler(request)
        hosts = request.headers.getall("Host", [])
        if not self._guard.knows_host(hosts):
            return web.Response(status=421, text=SAY.wrong_host())
        needs_origin = request.method not in SAFE_METHODS or request.path == SOCKET
        if needs_origin and not self._guard.knows_origin(request.headers.getall("Origin", []), hosts):
            return web.Response(status=403, text=SAY.wrong_origin())
        return await handler(request)

    def _has_token(self, request: web.Request) -> bool:
        return self._guard.knows_token(request.query.get("token", ""))

    # --------------------------------------------------------------------------------------------- files

    async def _index(self, request: web.Request) -> web.StreamResponse:
        if not self._has_token(request):
            return web.Response(status=403, text=SAY.wrong_token(), headers={"Cache-Control": "no-store"})
        index = self._files[pages.INDEX]
        headers = {"Content-Type": index.type, "Cache-Control": "no-store"}
        return web.Response(body=index.content, headers=headers)

    async def _page(self, request: web.Request) -> web.StreamResponse:
        file = self._files.get(request.match_info["name"])
        if file is None:
            return web.Response(status=404, text=SAY.no_such_page())
        headers = {"Content-Type": file.type, "Cache-Control": "no-cache", "ETag": f'"{file.tag}"'}
        if any(tag.value == file.tag for tag in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        return web.Response(body=file.content, headers=headers)

    async def _file_in(self, request: web.Request) -> web.StreamResponse:
        if not self._has_token(request):
            return web.Response(status=403, text=SAY.wrong_token())
        if self._stopping:
            return web.Response(status=503, text=SAY.stopping())
        return await self._exchange.take(request)

    async def _file_out(self, request: web.Request) -> web.StreamResponse:
        if not self._has_token(request):
            return web.Response(status=403, text=SAY.wrong_token())
        return await self._exchange.give(request)

    # ------------------------------------------------------------------------------------------- figures

    async def _healthz(self, _request: web.Request) -> web.StreamResponse:
        return web.json_response({"alive": True}, headers={"Cache-Control": "no-store"})

    async def _readyz(self, _request: web.Request) -> web.StreamResponse:
        checks = await self._readiness()
        ready = bool(checks) and all(checks.values())
        return web.json_response(
            {"ready": ready, "checks": checks},
            status=200 if ready else 503,
            headers={"Cache-Control": "no-store"},
        )

    async def _readiness(self) -> dict[str, bool]:
        if self._stopping:
            return {"serving": False}
        try:
            return dict(await self._desk.readiness())
        except Exception:
            # A check that fails is an answer too.
            log.exception("readiness_failed")
            return {}

    async def _metrics(self, _request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": METRICS_TYPE, "Cache-Control": "no-store"}
        return web.Response(body=self._desk.metrics(), headers=headers)

    # ------------------------------------------------------------------------------------------- windows

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if not self._has_token(request):
            return web.Response(status=403, text=SAY.wrong_token())
        if self._stopping:
            return web.Response(status=503, text=SAY.stopping())
        if len(self._broadcasts.windows) >= self._limits.windows:
            return web.Response(status=503, text=SAY.crowded(self._limits.windows))
        socket = web.WebSocketResponse(
            timeout=CLOSE_SECONDS,
            heartbeat=HEARTBEAT_SECONDS,
            compress=False,
            max_msg_size=inbound.LONGEST_FRAME,
        )
        session = Session(socket, lambda: _cut(request), self._limits)
        self._broadcasts.windows.add(session)
        try:
            await socket.prepare(request)
            await self._converse(session, socket)
        finally:
            self._broadcasts.windows.discard(session)
            if session.person is not None and not self._stopping:
                self._broadcasts.people()
        return socket

    async def _converse(self, session: Session, socket: web.WebSocketResponse) -> None:
        """Take frames one after the other until the window is closed."""
        writer = asyncio.create_task(session.write(), name="web window")
        pace = Pace(self._limits, self._clock.now())
        try:
            async for received in socket:
                async with session.busy:
                    if not self._stopping:
                        await self._take(session, received.data, received.type, pace)
        finally:
            writer.cancel()
            session.forget()

    async def _take(self, session: Session, data: object, type_: WSMsgType, pace: Pace) -> None:
        text = data if type_ is WSMsgType.TEXT and isinstance(data, str) else ""
        if pace.take(self._clock.now()):
            await self._conversation.take(session, text)
        else:
            session.send(outbound.refused(inbound.read_id(text), SAY.slow_down()))


async def _delivered(saying: Awaitable[WebMessage | None], post: Post) -> WebMessage:
    """Return what was said; a delivery error that tells whether another try helps when it was not."""
    try:
        message = await saying
    except StoreError as error:
        raise DeliveryDelayed(f"The chat log did not take {post.key}: {error}", RETRY_SECONDS) from error
    if message is None:
        raise DeliveryRefused(
            f"There is no message, channel or person for {post.key} in {post.place.id!r} of the web chat; "
            "it was posted to another chat log, perhaps."
        )
    return message


async def _harden(_request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(HEADERS)


def _cut(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
