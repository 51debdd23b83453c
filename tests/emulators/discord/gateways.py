"""The gateway: sessions that events are numbered in, and the sockets that carry them.

Rule 1: an event belongs to a session, not to a socket: a session whose socket broke collects them.

Rule 2: resuming gives exactly what came after the number that the client names, in order, and then RESUMED.

Rule 3: a session hears only of what its intents cover and of what its bot can see.
"""

import asyncio
import json
import secrets
from collections.abc import Iterator
from typing import Final

from aiohttp import WSCloseCode, WSMsgType, web

from tests.emulators.discord.events import KNOWN_INTENTS, event_json, is_told, needed_intent
from tests.emulators.discord.fates import Fates
from tests.emulators.discord.payloads import application_json, bot_json, guild_create_json, member_json
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import PRIVILEGED, Application, Guild
from tests.emulators.discord.sockets import Session, Socket
from tests.emulators.discord.traffic import Dispatch, Traffic
from tests.emulators.discord.worlds import Happening, World

EVENT, HEARTBEAT, IDENTIFY, RESUME, RECONNECT = 0, 1, 2, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 8, 9, 10, 11
_PATIENTLY_IGNORED: Final = frozenset({3, 4})

UNKNOWN_ERROR, UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED = 4000, 4001, 4002, 4003
WRONG_TOKEN, ALREADY_AUTHENTICATED, INVALID_SEQUENCE, TOO_FAST = 4004, 4005, 4007, 4008
TIMED_OUT, INVALID_SHARD, INVALID_INTENTS, DISALLOWED_INTENTS = 4009, 4010, 4013, 4014

MOST_SENT: Final = 120
SEND_SECONDS: Final = 60.0
CLOSE_SECONDS: Final = 0.5
"""How long a client may take to say goodbye."""


class Gateway:
    """All sessions and sockets. The settings can be changed while it runs.

    *acknowledges* off leaves heartbeats without an answer. *session_seconds* is how long a session without a
    socket is kept. *refuse_resumes* counts down: so many sessions are not known when they are to be resumed.
    *identify_seconds* is the time that must pass between two who identify, 0 for none.
    """

    def __init__(self, world: World, fates: Fates, traffic: Traffic) -> None:
        self.world = world
        self.fates = fates
        self.traffic = traffic
        self.address = ""
        self.heartbeat_seconds = 41.25
        self.session_seconds = 300.0
        self.identify_seconds = 0.0
        self.acknowledges = True
        self.refuse_resumes = 0
        self.identified = 0
        self.resumed = 0
        self.sessions: dict[str, Session] = {}
        self.sockets: list[Socket] = []
        self._identified_at: float | None = None
        self._late: set[asyncio.TimerHandle] = set()
        world.listen(self.happened)

    # ----------------------------------------------------------------------------------------- from outside

    def connected(self, app: Application | None = None) -> list[Session]:
        """Return the sessions, of *app* or of all, that have a socket now."""
        return [one for one in self.sessions.values() if one.socket and app in {None, one.app}]

    def drop(self) -> None:
        """Break all connections; their sessions can be resumed."""
        for socket in list(self.sockets):
            socket.drop()

    def close(self, code: int) -> None:
        """Close all connections with *code*; after 4009 no session can be resumed."""
        for socket in list(self.sockets):
            if code == TIMED_OUT and socket.session:
                self._forget(socket.session)
            socket.close(code)

    def reconnect(self) -> None:
        """Ask all clients to connect again."""
        for socket in list(self.sockets):
            socket.tell(RECONNECT, None)

    def invalidate(self, *, resumable: bool = False) -> None:
        """Tell all clients that their session is invalid, and that it can be resumed or not."""
        for socket in list(self.sockets):
            if socket.session and not resumable:
                self._forget(socket.session)
            socket.tell(INVALID_SESSION, resumable)

    def shut(self) -> None:
        """Send nothing more, and let all go."""
        for timer in self._late:
            timer.cancel()
        self._late.clear()
        for socket in list(self.sockets):
            socket.close(WSCloseCode.GOING_AWAY)

    # ------------------------------------------------------------------------------------------------ events

    def happened(self, happening: Happening) -> None:
        """Give an event to every session that is to hear of it."""
        intent = needed_intent(happening)
        for session in self._sessions_of(happening.guild):
            if (not intent or session.intents & intent) and is_told(session.app, happening):
                self.give(session, happening.event, event_json(happening, session.app, session.intents))

    def give_all(self, app: Application, guild: Guild | None, event: str, data: Json) -> None:
        """Give an event that needs no intent to the sessions of *app*."""
        for session in self._sessions_of(guild):
            if session.app is app:
                self.give(session, event, data)

    def give(self, session: Session, event: str, data: Json) -> None:
        """Give an event to *session*, as its fate will have it."""
        fate = self.fates.draw_event(event)
        if fate.late > 0:
            self._later(fate.late, session, event, data)
        else:
            self._number(session, event, data, times=fate.times)
        if fate.renumbered:
            self._number(session, event, data)
        socket = session.socket
        if socket is not None and fate.dropped:
            socket.drop()
        elif socket is not None and fate.moved:
            socket.tell(RECONNECT, None)

    def _later(self, seconds: float, session: Session, event: str, data: Json) -> None:
        def now() -> None:
            self._late.discard(timer)
            self._number(session, event, data)

        timer = asyncio.get_running_loop().call_later(seconds, now)
        self._late.add(timer)

    def _number(self, session: Session, event: str, data: Json, *, times: int = 1) -> None:
        session.number += 1
        frame = json.dumps({"op": EVENT, "t": event, "s": session.number, "d": data}, separators=(",", ":"))
        session.kept.append((session.number, frame))
        self.traffic.events += 1
        if self.traffic.recording:
            entry = Dispatch(self.world.now().timestamp(), session.id, event, session.number, data)
            self.traffic.entries.append(entry)
        if session.socket is not None:
            for _ in range(times):
                session.socket.send(frame)

    def _sessions_of(self, guild: Guild | None) -> Iterator[Session]:
        return (session for session in list(self.sessions.values()) if session.hears_of(guild))

    def _forget(self, session: Session) -> None:
        self.sessions.pop(session.id, None)

    # --------------------------------------------------------------------------------------------- one socket

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """Speak with one client until it goes."""
        ws = web.WebSocketResponse(max_msg_size=0, compress=False)
        await ws.prepare(request)
        socket = Socket(ws, request.transport, request.query.get("compress", ""))
        self.sockets.append(socket)
        writer = asyncio.create_task(socket.write())
        socket.tell(HELLO, {"heartbeat_interval": round(self.heartbeat_seconds * 1000)})
        try:
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    self._read(socket, message.data)
        finally:
            self.sockets.remove(socket)
            self._left(socket, ws.close_code)
            if socket.closing:  # it is saying so
                await asyncio.wait([writer], timeout=CLOSE_SECONDS)
            writer.cancel()
            await asyncio.wait([writer])
        return ws

    def _left(self, socket: Socket, code: int | None) -> None:
        session = socket.session
        if session is not None and session.socket is socket:
            session.socket = None
            session.dropped_at = self._time()
            if code in {1000, 1001} and not socket.closing:
                self._forget(session)
        self.world.bell.ring()

    def _read(self, socket: Socket, text: str) -> None:
        if self._too_fast(socket):
            socket.close(TOO_FAST)
            return
        try:
            said = json.loads(text)
            op, data = said["op"], said.get("d")
        except (ValueError, KeyError, TypeError, AttributeError):
            socket.close(DECODE_ERROR)
            return
        if op == HEARTBEAT:
            socket.heartbeats += 1
            if self.acknowledges:
                socket.tell(HEARTBEAT_ACK, None)
        elif op == IDENTIFY:
            self._identify(socket, data)
        elif op == RESUME:
            self._resume(socket, data)
        elif socket.session is None:
            socket.close(NOT_AUTHENTICATED)
        elif op == REQUEST_MEMBERS:
            self._members(socket.session, data)
        elif op not in _PATIENTLY_IGNORED:
            socket.close(UNKNOWN_OPCODE)

    def _too_fast(self, socket: Socket) -> bool:
        now = self._time()
        socket.sent.append(now)
        while socket.sent[0] < now - SEND_SECONDS:
            socket.sent.popleft()
        return len(socket.sent) > MOST_SENT

    def _app_of(self, token: object) -> Application | None:
        apps = self.world.applications.values()
        bare = str(token).removeprefix("Bot ")
        return next((app for app in apps if secrets.compare_digest(app.token, bare)), None)

    def _identify(self, socket: Socket, data: Json) -> None:
        app, intents = self._app_of(data.get("token")), int(data.get("intents") or 0)
        which, of = data.get("shard") or (0, 1)
        if (code := self._refusal(socket, app, intents, which, of)) or app is None:
            socket.close(code or WRONG_TOKEN)
            return
        resumable = False
        if self._identified_at is not None and self._time() - self._identified_at < self.identify_seconds:
            socket.tell(INVALID_SESSION, resumable)
            return
        self._identified_at = self._time()
        self._forget_old()
        self.identified += 1
        app.identified += 1
        session = Session(secrets.token_hex(16), app, intents, (which, of), socket=socket)
        self.sessions[session.id] = session
        socket.session, socket.each_compressed = session, bool(data.get("compress"))
        self._ready(session)
        self.world.bell.ring()

    def _refusal(self, socket: Socket, app: Application | None, intents: int, which: int, of: int) -> int:
        if socket.session is not None:
            return ALREADY_AUTHENTICATED
        if app is None:
            return WRONG_TOKEN
        if not 0 <= which < of:
            return INVALID_SHARD
        if intents & ~KNOWN_INTENTS:
            return INVALID_INTENTS
        return DISALLOWED_INTENTS if intents & PRIVILEGED & ~app.intents else 0

    def _ready(self, session: Session) -> None:
        app = session.app
        mine = [guild for guild in self.world.guilds.values() if app.user.id in guild.members]
        guilds = [guild for guild in mine if session.hears_of(guild)]
        data: Json = {
            "v": 10,
            "user": bot_json(app.user),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.address,
            "shard": list(session.shard),
            "application": {"id": str(app.id), "flags": application_json(app)["flags"]},
            "private_channels": [],
        }
        self._number(session, "READY", data)
        if session.intents & needed_intent(Happening("GUILD_CREATE")):
            members = bool(session.intents & (1 << 1))
            for guild in guilds:
                self._number(session, "GUILD_CREATE", guild_create_json(guild, app, members=members))

    def _resume(self, socket: Socket, data: Json) -> None:
        session = self.sessions.get(str(data.get("session_id")))
        if self._app_of(data.get("token")) is None:
            socket.close(WRONG_TOKEN)
            return
        resumable = session is not None and self._resumable(session)
        if session is None or not resumable:
            socket.tell(INVALID_SESSION, resumable)
            return
        missed = session.after(int(data.get("seq") or 0))
        if missed is None:
            socket.close(INVALID_SEQUENCE)
            return
        if session.socket is not None:
            session.socket.close(UNKNOWN_ERROR)
        session.socket, socket.session, session.dropped_at = socket, session, None
        for frame in missed:
            socket.send(frame)
        self.resumed += 1
        self._number(session, "RESUMED", {})
        self.world.bell.ring()

    def _resumable(self, session: Session) -> bool:
        refused = self.refuse_resumes > 0
        self.refuse_resumes -= refused
        if self._is_old(session) or refused or not self.fates.draw_resume(f"{session.app.id}"):
            self._forget(session)
            return False
        return True

    def _forget_old(self) -> None:
        for session in list(self.sessions.values()):
            if self._is_old(session):
                self._forget(session)

    def _is_old(self, session: Session) -> bool:
        return session.dropped_at is not None and self._time() - session.dropped_at > self.session_seconds

    def _members(self, session: Session, data: Json) -> None:
        guild = self.world.guilds.get(int(data.get("guild_id") or 0))
        if guild is None or not session.hears_of(guild):
            return
        members = [member_json(member) for member in guild.members.values()]
        chunk: Json = {"guild_id": str(guild.id), "members": members, "chunk_index": 0, "chunk_count": 1}
        self._number(session, "GUILD_MEMBERS_CHUNK", {**chunk, "nonce": data.get("nonce")})

    @staticmethod
    def _time() -> float:
        return asyncio.get_running_loop().time()
