"""Socket Mode: connections, each with its envelopes, of which every one goes to one of them.

Rule 1: an application has no more than ten connections.

Rule 2: an address is good for one connection.

Rule 3: what was not acknowledged when a connection ended is sent again at another.
"""

import asyncio
import json
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Final

from aiohttp import WSMsgType, web

from tests.emulators.slack.applications import Application
from tests.emulators.slack.fates import EventFate
from tests.emulators.slack.parcels import OK, TIMEOUT, Kind, Outcome, Parcel
from tests.emulators.slack.refusals import Json
from tests.emulators.slack.traffic import Body, Dispatch, Traffic
from tests.emulators.slack.worlds import World

MOST_SOCKETS: Final = 10
CONNECTION_SECONDS: Final = 18_060
_RETRY_REASONS: Final = {"http_timeout": "timeout"}


@dataclass(slots=True, eq=False)
class Letter:
    """An envelope that is out."""

    id: str
    app: Application
    frame: str = field(repr=False)
    parcel: Parcel = field(repr=False)
    attempt: int
    reason: str
    answered: "asyncio.Future[Body]" = field(repr=False)
    times: int = 1
    since: int = 0
    """How many were sent at connections that are gone."""

    began: float = 0.0
    dispatches: list[Dispatch] = field(default_factory=list, repr=False)


class Socket:
    """One connection; frames leave in the order in which they are sent."""

    def __init__(
        self, app: Application, ws: web.WebSocketResponse, transport: asyncio.Transport | None
    ) -> None:
        self.app = app
        self.ws = ws
        self.unacked: dict[str, Letter] = {}
        self.leaving = False
        self._transport = transport
        self._frames: asyncio.Queue[str | None] = asyncio.Queue()

    def send(self, frame: str) -> None:
        """Send *frame* when those before it are sent."""
        self._frames.put_nowait(frame)

    def close(self) -> None:
        """Close when all frames before are sent."""
        self.leaving = True
        self._frames.put_nowait(None)

    def drop(self) -> None:
        """Break the connection at once, without a word."""
        self.leaving = True
        if self._transport is not None:
            self._transport.abort()

    async def write(self) -> None:
        """Send frames until the connection ends."""
        while not self.ws.closed:
            frame = await self._frames.get()
            if frame is None:
                await self.ws.close()
                return
            try:
                await self.ws.send_str(frame)
            except ConnectionError:
                return


class Sockets:
    """Carries parcels to applications that are connected."""

    def __init__(self, world: World, traffic: Traffic) -> None:
        self._world = world
        self._traffic = traffic
        self.address = ""
        self.opened: Counter[str] = Counter()
        """How many connections each application ever had, by its id."""

        self._tickets: dict[str, Application] = {}
        self._open: dict[str, list[Socket]] = {}
        self._letters: dict[str, Letter] = {}
        self._undelivered: dict[str, deque[Letter]] = {}
        self._turn = 0

    # ---------------------------------------------------------------------------------------------- carrying

    async def carry(
        self, parcel: Parcel, attempt: int, reason: str, fate: EventFate, seconds: float
    ) -> Outcome:
        """Send *parcel* and wait for its acknowledgement; with no connection, wait for one."""
        loop = asyncio.get_running_loop()
        letter = self._letter(parcel, attempt, reason, loop.create_future())
        letter.times, letter.began = fate.times, loop.time()
        self._letters[letter.id] = letter
        if fate.cut:
            self.cut(parcel.app)
        self._send(letter)
        try:
            return Outcome(body=await asyncio.wait_for(letter.answered, seconds))
        except TimeoutError:
            return TIMEOUT
        finally:
            self._letters.pop(letter.id, None)

    def _letter(self, parcel: Parcel, attempt: int, reason: str, answered: "asyncio.Future[Body]") -> Letter:
        id_ = self._world.id("", 32).lower()
        kind = Kind.INTERACTIVE if parcel.kind is Kind.SUGGESTION else parcel.kind
        envelope: Json = {
            "envelope_id": id_,
            "payload": parcel.payload,
            "type": kind,
            "accepts_response_payload": parcel.kind is not Kind.EVENT,
        }
        if parcel.kind is Kind.EVENT:
            envelope["retry_attempt"] = attempt
            envelope["retry_reason"] = _RETRY_REASONS.get(reason, reason)
        return Letter(id_, parcel.app, json.dumps(envelope), parcel, attempt, reason, answered)

    def _send(self, letter: Letter) -> None:
        sockets = [socket for socket in self._open.get(letter.app.id, ()) if not socket.leaving]
        if not sockets:
            self._undelivered.setdefault(letter.app.id, deque()).append(letter)
            return
        self._turn += 1
        socket = sockets[self._turn % len(sockets)]
        socket.unacked[letter.id] = letter
        for _ in range(letter.times):
            socket.send(letter.frame)
        letter.since = len(letter.dispatches)
        self._record(letter)
        letter.times = 1

    def _record(self, letter: Letter) -> None:
        traffic, parcel = self._traffic, letter.parcel
        traffic.events += letter.times
        if traffic.recording:
            at, id_ = self._world.now.seconds(), letter.id
            more = (parcel.payload, letter.attempt, letter.reason)
            for _ in range(letter.times):
                one = Dispatch(at, parcel.app.id, "socket", parcel.kind, parcel.type, id_, *more)
                letter.dispatches.append(one)
                traffic.entries.append(one)

    # ------------------------------------------------------------------------------------------- connecting

    def connect(self, app: Application) -> str:
        """Return the address of one connection."""
        ticket = self._world.secret()
        self._tickets[ticket] = app
        return f"{self.address}/link/?ticket={ticket}&app_id={app.id}"

    def open(self, app: Application) -> int:
        """Return how many connections an application has."""
        return sum(not socket.leaving for socket in self._open.get(app.id, ()))

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Serve a connection until it ends."""
        app = self._tickets.pop(request.query.get("ticket", ""), None)
        if app is None:
            return web.Response(status=401)
        ws = web.WebSocketResponse(compress=False)
        await ws.prepare(request)
        socket = Socket(app, ws, request.transport)
        writer = asyncio.create_task(socket.write())
        try:
            if self.open(app) >= MOST_SOCKETS:
                self._goodbye(socket, "too_many_websockets")
            else:
                self._welcome(socket)
            await self._listen(socket)
        finally:
            writer.cancel()
            self._ended(socket)
        return ws

    def _welcome(self, socket: Socket) -> None:
        there = self._open.setdefault(socket.app.id, [])
        there.append(socket)
        self.opened[socket.app.id] += 1
        hello: Json = {
            "type": "hello",
            "num_connections": len(there),
            "debug_info": {"host": "loopback", "approximate_connection_time": CONNECTION_SECONDS},
            "connection_info": {"app_id": socket.app.id},
        }
        socket.send(json.dumps(hello))
        for letter in self._undelivered.pop(socket.app.id, ()):
            if not letter.answered.done():
                self._send(letter)
        self._world.bell.ring()

    async def _listen(self, socket: Socket) -> None:
        async for message in socket.ws:
            if message.type is WSMsgType.TEXT:
                self._acknowledged(socket, json.loads(message.data))

    def _acknowledged(self, socket: Socket, said: Json) -> None:
        id_ = str(said.get("envelope_id"))
        letter = self._letters.get(id_)
        socket.unacked.pop(id_, None)
        if letter is None:
            return
        body = said.get("payload")
        if letter.dispatches:
            here = letter.dispatches[letter.since :]
            waiting = next((one for one in here if one.seconds is None), here[-1])
            waiting.seconds = asyncio.get_running_loop().time() - letter.began
            waiting.status, waiting.answer = OK, body
        if not letter.answered.done():
            letter.answered.set_result(body)
        self._world.bell.ring()

    def _ended(self, socket: Socket) -> None:
        socket.leaving = True
        there = self._open.get(socket.app.id, [])
        if socket in there:
            there.remove(socket)
        for letter in socket.unacked.values():
            if not letter.answered.done():
                self._send(letter)
        self._world.bell.ring()

    # -------------------------------------------------------------------------------------------- troubling

    def refresh(self, app: Application, *, warning: bool = False) -> None:
        """Ask every connection to be made anew, after a *warning* if one is to come before."""
        for socket in self._leaving(app):
            if warning:
                self._disconnect(socket, "warning")
            self._goodbye(socket, "refresh_requested")

    def disable(self, app: Application) -> None:
        """Tell every connection that Socket Mode is off."""
        for socket in self._leaving(app):
            self._goodbye(socket, "link_disabled")

    def crowd(self, app: Application) -> None:
        """Tell every connection that there are too many."""
        for socket in self._leaving(app):
            self._goodbye(socket, "too_many_websockets")

    def warn(self, app: Application) -> None:
        """Tell every connection that it will end soon."""
        for socket in self._leaving(app):
            self._disconnect(socket, "warning")

    def cut(self, app: Application) -> None:
        """Break every connection without a word."""
        for socket in self._leaving(app):
            socket.drop()

    def shut(self) -> None:
        """Close everything."""
        for sockets in self._open.values():
            for socket in list(sockets):
                socket.drop()

    def _leaving(self, app: Application) -> list[Socket]:
        return [socket for socket in self._open.get(app.id, ()) if not socket.leaving]

    def _goodbye(self, socket: Socket, reason: str) -> None:
        self._disconnect(socket, reason)
        socket.close()

    def _disconnect(self, socket: Socket, reason: str) -> None:
        said = {"type": "disconnect", "reason": reason, "debug_info": {"host": "loopback"}}
        socket.send(json.dumps(said))
