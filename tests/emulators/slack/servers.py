"""Slack's server, on loopback: the Web API, Socket Mode, uploads and response addresses on one port."""

import asyncio
import json
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self, TypeVar

import aiohttp
from aiohttp import web

from tests.emulators.bells import WAIT_SECONDS
from tests.emulators.clocks import Clock
from tests.emulators.slack.api import Api
from tests.emulators.slack.applications import Application, Installation
from tests.emulators.slack.calls import Call
from tests.emulators.slack.couriers import Courier
from tests.emulators.slack.fates import Fate, Fates, Trouble
from tests.emulators.slack.grants import Grants
from tests.emulators.slack.interactions import Desk
from tests.emulators.slack.limits import Limits
from tests.emulators.slack.parcels import Kind, Parcel
from tests.emulators.slack.people import Person
from tests.emulators.slack.posts import packed
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.requests import arguments, basic, bearer, uploaded
from tests.emulators.slack.residents import User
from tests.emulators.slack.responses import Responses
from tests.emulators.slack.sockets import Sockets
from tests.emulators.slack.traffic import Body, Exchange, Traffic
from tests.emulators.slack.windows import Windows
from tests.emulators.slack.worlds import World

CLOSE_SECONDS: Final = 0.5
_HOST: Final = "127.0.0.1"
_LARGEST_BODY: Final = 256 * 1024 * 1024
_OK: Final = 200
_BUSY: Final = 429
_BEFORE: Final = frozenset({Trouble.DROPPED, Trouble.BUSY, Trouble.BROKEN})

_T = TypeVar("_T")


class SlackServer:
    """Serves *world*. *limits*, and the settings of its parts, may be changed while it runs."""

    def __init__(self, world: World | None = None, fates: Fates | None = None) -> None:
        self.world = World() if world is None else world
        self.traffic = Traffic()
        self.limits = Limits()
        self.troubles: Counter[tuple[str, Trouble]] = Counter()
        self.desk = Desk(self.world)
        self.windows = Windows(self.world)
        self.responses = Responses(self.world, self.desk)
        self.courier = Courier(self.world, fates or Fates(), self.traffic)
        self.grants = Grants(self.world)
        connect = self.courier.sockets.connect
        self.api = Api(self.world, self.courier.fates, self.desk, self.windows, connect)
        self.address = ""
        self.errors: list[Exception] = []
        """What this server itself failed with: it is a fault of the emulator's, or of a malformed body."""

        self._runner: web.ServerRunner | None = None
        self._people: dict[str, Person] = {}

    @property
    def fates(self) -> Fates:
        """What becomes of requests and events."""
        return self.courier.fates

    @fates.setter
    def fates(self, fates: Fates) -> None:
        self.courier.fates = self.api.chat.fates = fates

    @property
    def sockets(self) -> Sockets:
        """The connections of Socket Mode."""
        return self.courier.sockets

    @property
    def clock(self) -> Clock:
        """What time it is here; a test can move it."""
        return self.world.now

    @property
    def api_url(self) -> str:
        """The base address of the Web API."""
        return f"{self.address}/api/"

    # -------------------------------------------------------------------------------------------- lifecycle

    async def start(self, port: int = 0) -> str:
        """Listen on *port*, 0 for a free one, and return the address."""
        server = web.Server(self._serve)
        self._runner = web.ServerRunner(server, access_log=None, shutdown_timeout=CLOSE_SECONDS)
        await self._runner.setup()
        site = web.TCPSite(self._runner, _HOST, port)
        await site.start()
        host, bound = self._runner.addresses[0][:2]
        self.address = self.desk.address = self.api.files.address = f"http://{host}:{bound}"
        self.world.files_at = self.address
        self.sockets.address = f"ws://{host}:{bound}"
        return self.address

    async def stop(self) -> None:
        """Close every connection, and send nothing more; a second time does nothing."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await self.courier.stop()
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
            parts = (self.world, self.courier, self.desk, self.windows, self.responses)
            self._people[user.id] = Person(*parts, user)
        return self._people[user.id]

    async def until(self, look: Callable[[], _T], seconds: float = WAIT_SECONDS, what: str = "") -> _T:
        """Return the first true value of *look*, which is called at whatever happens."""
        return await self.world.bell.until(look, seconds, what)

    async def connected(self, app: Application, sockets: int = 1, seconds: float = WAIT_SECONDS) -> None:
        """Wait until the application has so many connections."""
        await self.until(lambda: self.sockets.open(app) >= sockets, seconds, "an app that connects")

    async def delivered(self, seconds: float = WAIT_SECONDS) -> None:
        """Wait until no event is on its way."""
        await self.until(lambda: not self.courier.busy, seconds, "events that arrive")

    def uninstall(self, installation: Installation) -> None:
        """Take an application out of a workspace, as its people do."""
        self.api.teams.remove(installation)

    async def send(self, app: Application, kind: Kind, payload: Json) -> bool:
        """Send an application whatever it is, signed or over its socket; tell whether it was taken."""
        type_ = str(payload.get("type", kind))
        return (await self.courier.ask(Parcel(app, kind, type_, payload))).ok

    async def forge(
        self,
        app: Application,
        kind: Kind,
        payload: Json,
        *,
        secret: str | None = None,
        at: float | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, Body]:
        """Send a request that is signed with another *secret*, or at another time; return its answer."""
        body, type_ = packed(Parcel(app, kind, "", payload))
        signed = self.courier.posts.signed(app, body, type_, secret=secret, at=at)
        status, said, _ = await self.courier.posts.send(app, body, signed | (headers or {}), WAIT_SECONDS)
        return status, said

    async def verify_url(self, app: Application) -> bool:
        """Ask the address of an application whether it is one, as Slack does before it is used."""
        challenge = self.world.secret()
        payload: Json = {
            "token": app.verification_token,
            "challenge": challenge,
            "type": "url_verification",
        }
        try:
            status, said = await self.forge(app, Kind.EVENT, payload)
        except (aiohttp.ClientError, OSError, TimeoutError):
            return False
        answered = said.get("challenge") if isinstance(said, dict) else said
        return status == _OK and answered == challenge

    # ---------------------------------------------------------------------------------------------- requests

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        parts = request.path.strip("/").split("/")
        match parts:
            case ["link", *_]:
                return await self.sockets.serve(request)
            case ["api", method]:
                return await self._call(request, method)
            case ["upload", "v1", file_id]:
                return await self._upload(request, file_id)
            case ["files-pri", file_id]:
                return self._download(request, file_id)
            case ["response", *_]:
                return await self._respond(request)
            case ["oauth", "v2", "authorize"]:
                return self.grants.page(request)
            case _:
                return web.Response(status=404)

    async def _call(self, request: web.BaseRequest, method: str) -> web.StreamResponse:
        try:
            args = await arguments(request)
        except ValueError:
            return self._response(_OK, RefusedError("invalid_json").body(), {})
        token = bearer(request) or str(args.get("token") or "")
        known = self.api.known(token)
        who = known.installation.team.id if known and known.installation else "app"

        def effect() -> Json:
            call = self.api.read(method, args, token, basic(request))
            return self.api.answer(call)

        major = f"{who} {args.get('channel')}" if method == "chat.postMessage" else who
        headers = {"x-oauth-scopes": ",".join(known.scopes)} if known else {}
        call = Call(method, args, known)
        return await self._happen(request, call, effect, headers, major)

    async def _happen(
        self,
        request: web.BaseRequest,
        call: Call,
        effect: Callable[[], Json | str],
        headers: dict[str, str],
        major: str,
    ) -> web.StreamResponse:
        """Answer *call*, or not, as its fate will have it."""
        self.traffic.requests += 1
        wait = self.limits.take(call.method, major, self.world.now.seconds())
        if wait:
            return self._busy(call, wait)
        what = f"{call.method} {major} {call.args.get('ts', '')}"
        fate = self.fates.draw(call.method, what)
        self.troubles[call.method, fate.trouble] += 1
        if fate.before:
            await asyncio.sleep(fate.before)
        if fate.trouble in _BEFORE:
            return self._fail(request, call, fate)
        status, body = self._effect(effect)
        self._record(call, status, body)
        self.world.bell.ring()
        if fate.after:
            await asyncio.sleep(fate.after)
        if fate.trouble is Trouble.BROKEN_AFTER:
            return _broken(fate)
        if fate.trouble is Trouble.CUT and request.transport is not None:
            request.transport.abort()
        return self._response(status, body, headers)

    def _effect(self, effect: Callable[[], Json | str]) -> tuple[int, Json | str]:
        try:
            return _OK, effect()
        except RefusedError as refused:
            return refused.status, refused.body()
        except Exception as error:  # noqa: BLE001 - whatever it is, the test is to fail with it at the end
            self.errors.append(error)
            return 500, {"ok": False, "error": "fatal_error"}

    def _fail(self, request: web.BaseRequest, call: Call, fate: Fate) -> web.StreamResponse:
        if fate.trouble is Trouble.BUSY:
            return self._busy(call, max(round(fate.wait), 0))
        dropped = fate.trouble is Trouble.DROPPED
        self._record(call, 0 if dropped else fate.status, None)
        if dropped and request.transport is not None:
            request.transport.abort()
        return _broken(fate)

    def _busy(self, call: Call, wait: int) -> web.Response:
        body: Json = {"ok": False, "error": "ratelimited"}
        self.traffic.busy += 1
        self._record(call, _BUSY, body)
        return self._response(_BUSY, body, {"Retry-After": str(wait)})

    async def _upload(self, request: web.BaseRequest, file_id: str) -> web.StreamResponse:
        request._client_max_size = _LARGEST_BODY
        data = await uploaded(request)
        call = Call("upload", {"file": file_id, "length": len(data)})
        return await self._happen(request, call, lambda: self.api.files.take(file_id, data), {}, file_id)

    def _download(self, request: web.BaseRequest, file_id: str) -> web.Response:
        """Answer with a file, or with the page for signing in to whoever may not read it."""
        known, file = self.api.known(bearer(request)), self.world.files.get(file_id)
        if file is None:
            return web.Response(status=404)
        if known is None or "files:read" not in known.scopes:
            return web.Response(status=302, headers={"Location": "https://slack.com/signin"})
        return web.Response(body=file.data)

    async def _respond(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            args = await arguments(request)
        except ValueError:
            return self._response(400, "invalid_payload", {})
        call, path = Call("response_url", args), request.path
        return await self._happen(request, call, lambda: self.responses.take(path, args), {}, path)

    def _response(self, status: int, body: Json | str, headers: dict[str, str]) -> web.Response:
        if isinstance(body, str):
            return web.Response(status=status, text=body, headers=headers)
        data = json.dumps(body).encode()
        return web.Response(
            status=status, body=data, headers=headers, content_type="application/json", charset="utf-8"
        )

    def _record(self, call: Call, status: int, answer: Body) -> None:
        if self.traffic.recording:
            token = call.token
            team = token.installation.team.id if token and token.installation else ""
            app = token.app.id if token else ""
            at = self.world.now.seconds()
            args = {key: value for key, value in call.args.items() if key != "token"}
            self.traffic.entries.append(Exchange(at, call.method, args, status, answer, app, team))


def _broken(fate: Fate) -> web.Response:
    page = f"<html><body>{fate.status}</body></html>"
    return web.Response(status=fate.status, text=page, content_type="text/html")
