"""Discord's server, on loopback: the REST interface and the gateway on one port."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from email.utils import format_datetime
from types import TracebackType
from typing import Final, Self, TypeVar
from urllib.parse import unquote

from aiohttp import BodyPartReader, StreamReader, web
from aiohttp.abc import AbstractStreamWriter
from aiohttp.http import RawRequestMessage

from tests.emulators.bells import WAIT_SECONDS
from tests.emulators.discord import refusals
from tests.emulators.discord.calls import NO_CONTENT, Answer, Call, kind_of, major_of
from tests.emulators.discord.drafts import Upload
from tests.emulators.discord.fates import Fate, Fates, Trouble
from tests.emulators.discord.gateways import Gateway
from tests.emulators.discord.limits import Limits, Verdict, headers_of
from tests.emulators.discord.people import Person
from tests.emulators.discord.refusals import Json, RefusedError
from tests.emulators.discord.residents import Application, User
from tests.emulators.discord.rest import Rest
from tests.emulators.discord.rest_interactions import Interactions
from tests.emulators.discord.traffic import Body, Exchange, Traffic
from tests.emulators.discord.worlds import World

API: Final = ("api", "v10")
CLOSE_SECONDS: Final = 0.5
_HOST: Final = "127.0.0.1"
_LARGEST_BODY: Final = 256 * 1024 * 1024
_UNWELCOME: Final = frozenset({401, 403, 429})
_EXEMPT: Final = frozenset({"callback", "followup"})
_BEFORE: Final = frozenset({Trouble.DROPPED, Trouble.BUSY, Trouble.BROKEN})

_T = TypeVar("_T")


class DiscordServer:
    """Serves *world*. *fates*, *limits* and the settings of *gateway* may be changed while it runs."""

    def __init__(self, world: World | None = None, fates: Fates | None = None) -> None:
        self.world = World() if world is None else world
        self.traffic = Traffic()
        self.limits = Limits()
        self.troubles: Counter[tuple[str, Trouble]] = Counter()
        self.gateway = Gateway(self.world, fates or Fates(), self.traffic)
        self.interactions = Interactions(self.world, self.time)
        self.rest = Rest(self.world, self.interactions)
        self.address = ""
        self.errors: list[Exception] = []
        """What this server itself failed with: it is a fault of the emulator's, or of a malformed body."""

        self._runner: web.ServerRunner | None = None
        self._people: dict[int, Person] = {}

    @property
    def fates(self) -> Fates:
        """What becomes of requests and events."""
        return self.gateway.fates

    @fates.setter
    def fates(self, fates: Fates) -> None:
        self.gateway.fates = fates

    # -------------------------------------------------------------------------------------------- lifecycle

    async def start(self, port: int = 0) -> str:
        """Listen on *port*, 0 for a free one, and return the address; REST is under ``/api/v10`` there."""
        server = web.Server(self._serve, request_factory=_request)
        self._runner = web.ServerRunner(server, access_log=None, shutdown_timeout=CLOSE_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, port)
        await site.start()
        host, bound = self._runner.addresses[0][:2]
        self.address = self.world.files_at = f"http://{host}:{bound}"
        self.rest.gateway = self.gateway.address = f"ws://{host}:{bound}/gateway"
        return self.address

    async def stop(self) -> None:
        """Close every connection; a second time does nothing."""
        runner, self._runner = self._runner, None
        if runner is not None:
            self.gateway.shut()
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop; raises what the server itself has failed with."""
        await self.stop()
        if self.errors and error is None:
            message = "The emulated server has failed."
            raise ExceptionGroup(message, self.errors)

    # ------------------------------------------------------------------------------------------- for a test

    def person(self, user: User) -> Person:
        """Return somebody who does what people do."""
        if user.id not in self._people:
            self._people[user.id] = Person(self.world, self.gateway, self.interactions, user)
        return self._people[user.id]

    async def until(self, look: Callable[[], _T], seconds: float = WAIT_SECONDS, what: str = "") -> _T:
        """Return the first true value of *look*, which is called at whatever happens."""
        return await self.world.bell.until(look, seconds, what)

    async def connected(self, app: Application | None = None, seconds: float = WAIT_SECONDS) -> None:
        """Wait until the bot, or any, has a session at the gateway."""
        await self.until(lambda: self.gateway.connected(app), seconds, "a bot that connects")

    def time(self) -> float:
        """Return the seconds that interactions are timed by."""
        return asyncio.get_running_loop().time()

    # ---------------------------------------------------------------------------------------------- requests

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        parts = tuple(unquote(part) for part in request.rel_url.raw_path.strip("/").split("/"))
        if parts[0] == "gateway" or request.headers.get("Upgrade", "").lower() == "websocket":
            return await self.gateway.serve(request)
        if parts[0] == "attachments":
            return self._file(parts)
        try:
            call = await self._read(request, parts)
        except (ValueError, KeyError, TypeError):
            return self._response(refusals.invalid_json().status, refusals.invalid_json().body(), {})
        return await self._happen(request, call, kind_of(call.method, call.parts))

    def _file(self, parts: tuple[str, ...]) -> web.Response:
        """Answer with a file that somebody sent, as Discord's own host for files does."""
        file = self.world.sent.get(parts[1]) if len(parts) == 3 else None
        return web.Response(status=404) if file is None else web.Response(body=file.data)

    async def _happen(self, request: web.BaseRequest, call: Call, kind: str) -> web.StreamResponse:
        """Answer *call*, or not, as its fate will have it."""
        now, self.traffic.requests = self.world.now().timestamp(), self.traffic.requests + 1
        who = str(call.app.id) if call.app else ""
        major = f"{who} {major_of(call.parts)}"
        verdict = self.limits.take(kind, major, who, now, exempt=kind in _EXEMPT)
        if verdict is not None and not verdict.passes:
            return self._busy(call, kind, verdict.reset_after, verdict)
        fate = self.fates.draw(kind, f"{call.method} {call.path}")
        self.troubles[kind, fate.trouble] += 1
        if fate.before:
            await asyncio.sleep(fate.before)
        if fate.trouble in _BEFORE:
            return self._fail(request, call, kind, fate)
        status, body = self._effect(call)
        headers = {} if verdict is None else headers_of(verdict, now)
        self._record(call, kind, status, body)
        self.world.bell.ring()
        if fate.after:
            await asyncio.sleep(fate.after)
        if fate.trouble is Trouble.BROKEN_AFTER:
            return self._response(fate.status, *_broken(fate))
        if fate.trouble is Trouble.CUT and request.transport is not None:
            request.transport.abort()
        return self._response(status, body, headers)

    def _effect(self, call: Call) -> Answer:
        try:
            return self.rest.answer(call)
        except RefusedError as refused:
            return refused.status, refused.body()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test is to fail with it at the end
            self.errors.append(error)
            return 500, {"message": "500: Internal Server Error", "code": 0}

    def _fail(self, request: web.BaseRequest, call: Call, kind: str, fate: Fate) -> web.StreamResponse:
        if fate.trouble is Trouble.BUSY:
            return self._busy(call, kind, fate.wait, None)
        status = fate.status if fate.trouble is Trouble.BROKEN else 0
        self._record(call, kind, status, None)
        if fate.trouble is Trouble.DROPPED and request.transport is not None:
            request.transport.abort()
        return self._response(fate.status, *_broken(fate))

    def _busy(self, call: Call, kind: str, wait: float, verdict: Verdict | None) -> web.Response:
        everywhere = verdict is not None and verdict.everywhere
        wait = round(max(wait, 0.001), 3)
        body: Json = {
            "message": "You are being rate limited.",
            "retry_after": wait,
            "global": everywhere,
        }
        headers = {"Retry-After": str(int(wait) + 1), "Via": "1.1 google", "X-RateLimit-Scope": "user"}
        if verdict is not None:
            headers |= headers_of(verdict, self.world.now().timestamp())
        self._record(call, kind, 429, body)
        return self._response(429, body, headers)

    async def _read(self, request: web.BaseRequest, parts: tuple[str, ...]) -> Call:
        token = request.headers.get("Authorization", "").removeprefix("Bot ")
        apps = self.world.applications.values()
        app = next((app for app in apps if app.token == token), None)
        rest = parts[2:] if parts[:2] == API else ("nowhere",)
        query = dict(request.query)
        if request.content_type == "multipart/form-data":
            body, uploads = await _multipart(request)
            return Call(request.method, rest, query, body, app, uploads)
        data = await request.read()
        return Call(request.method, rest, query, json.loads(data) if data else None, app)

    def _response(self, status: int, body: Body, headers: dict[str, str]) -> web.Response:
        headers["Date"] = format_datetime(self.world.now(), usegmt=True)
        if status in _UNWELCOME:
            self.traffic.unwelcome += 1
        if status == NO_CONTENT:
            return web.Response(status=status, headers=headers)
        headers["Content-Type"] = "application/json"
        return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)

    def _record(self, call: Call, kind: str, status: int, answer: Body) -> None:
        if not self.traffic.recording:
            return
        files = tuple((upload.filename, len(upload.data)) for upload in call.uploads)
        at = self.world.now().timestamp()
        self.traffic.entries.append(
            Exchange(at, call.method, call.path, call.query, call.body, files, status, answer, kind)
        )


def _request(
    message: RawRequestMessage,
    payload: StreamReader,
    protocol: web.RequestHandler,
    writer: AbstractStreamWriter,
    task: asyncio.Task[None],
) -> web.BaseRequest:
    """Return a request as aiohttp makes it, but with room for files above the limit: we refuse those."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=_LARGEST_BODY)


def _broken(fate: Fate) -> tuple[Json, dict[str, str]]:
    words = {500: "500: Internal Server Error", 502: "502: Bad Gateway"}
    return {"message": words.get(fate.status, str(fate.status)), "code": 0}, {}


async def _multipart(request: web.BaseRequest) -> tuple[Body, list[Upload]]:
    """Read ``payload_json`` and ``files[n]``."""
    body: Body = None
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read(decode=False))
        if part.name == "payload_json":
            body = json.loads(data)
        elif part.name and part.name.startswith("files["):
            uploads.append(Upload(int(part.name[6:-1]), part.filename or "file", data))
    return body, uploads
