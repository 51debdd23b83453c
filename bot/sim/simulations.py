"""Simulations: an agenda of events, deadlines and deliveries, worked off in virtual time.

Everything that could differ between two runs is drawn from the seed, so the same seed gives the same
transcript. Whenever the simulated process ends, a new one goes on with the same tables.
"""

import asyncio
import hashlib
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.core.commands import Intent, Next, Redo, Stop
from bot.core.draws import generator
from bot.core.ids import EventId, RoundId
from bot.core.packs import Library
from bot.engine import codec
from bot.engine.delivery import Deliverer
from bot.engine.engine import Engine
from bot.engine.events import Event, Reply
from bot.engine.metrics import Metrics
from bot.engine.queries import is_query
from bot.engine.waking import Waker
from bot.ports import Post
from bot.records import Account
from bot.sim.agendas import Agenda, Arrival, Watch
from bot.sim.clocks import START, VirtualClock
from bot.sim.faults import Faults, arrivals
from bot.sim.learners import Learner, Press
from bot.sim.platforms import SimPlatform
from bot.sim.rooms import NUDGES, PLATFORM, QUIET, Room, Rooms
from bot.sim.scripts import Script, round_command
from bot.sim.tables import NEVER, Crashed, CrashingTables, Tables
from bot.sim.witnesses import Witness
from bot.wording.actions import decode
from bot.wording.plain import plain
from bot.wording.views import Countdown, Tone

SENT_AGAIN: Final = timedelta(seconds=2)
BETWEEN_ROUNDS: Final = timedelta(seconds=5)
CALM: Final = timedelta(hours=1)
"""How long nothing may be seen to happen anywhere before the simulation is called stuck."""

OVERDUE: Final = timedelta(seconds=90)
"""How long after its clock ran out a round may be found waiting: longer than any message is delayed."""

MOST_AT_ONCE: Final = 1_000
"""How often the same moment may want something done before the simulation is called stuck."""

LONGEST: Final = timedelta(hours=2)
"""How long a round may take, the wait before it included."""

Reopen = Callable[[], Awaitable[Tables]]


@dataclass(frozen=True, slots=True)
class Parts:
    """What a simulation is put together from. Tests give broken parts, to see that they are found out.

    *ends* is asked at every step whether the process ends there; without it, that is drawn from the seed.
    """

    engine: type[Engine] = Engine
    platform: type[SimPlatform] = SimPlatform
    script: Script = round_command
    ends: Callable[[], bool] | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What a simulation found. *faults* is empty when every promise was kept."""

    figures: dict[str, int]
    faults: tuple[str, ...]
    digest: str
    virtual_seconds: float
    wall_seconds: float


@dataclass(slots=True)
class Transcript:
    """What everybody saw and was told, in order."""

    lines: list[str] = field(default_factory=list)

    def digest(self) -> str:
        """Return a digest that differs as soon as one character does."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


@dataclass(slots=True)
class _Process:
    """What a crash takes with it."""

    tables: CrashingTables
    engine: Engine
    waker: Waker
    deliverer: Deliverer


class Simulation:
    """Plays rounds in ten channels at once until all are over."""

    def __init__(
        self,
        reopen: Reopen,
        library: Library,
        *,
        rounds: int,
        players: int,
        seed: str,
        faults: Faults,
        progress: Callable[[int], None] = lambda _done: None,
        parts: Parts | None = None,
    ) -> None:
        """Play *rounds* with *players* in each channel; *reopen* gives the tables to each new process."""
        self._reopen = reopen
        self._library = library
        self._seed = seed
        self._faults = faults
        self._progress = progress
        self._parts = parts or Parts()
        self._clock = VirtualClock()
        self._agenda = Agenda()
        self._rooms = Rooms(seed, rounds, players)
        self._until = START + LONGEST * (1 + max(room.left for room in self._rooms))
        self._stirred = START
        self._ended = START
        self._at_once = 0
        self._witness = Witness()
        self._platform = self._parts.platform(generator(seed, "platform"), faults, self._see)
        crashes = generator(seed, "crashes")
        self._ends = self._parts.ends or (lambda: crashes.random() < faults.crash)
        self._restarts = generator(seed, "restarts")
        self.transcript = Transcript()

    # ------------------------------------------------------------------------------------------ running

    async def run(self) -> Report:
        """Play everything, check every promise, and return what was found."""
        began = time.perf_counter()
        process = await self._start()
        first = generator(self._seed, "beginnings")
        for room in self._rooms:
            self._watch(room, timedelta(seconds=first.uniform(0, 30)))
        while (moment := await self._next_moment(process)) < NEVER and not self._is_stuck(moment):
            self._clock.move_to(codec.from_ms(moment))
            process = await self._live(process)
        return await self._report(began)

    async def _live(self, process: _Process) -> _Process:
        """Do everything that is due now; return the process that goes on, another one after a crash."""
        try:
            await self._work(process)
        except Crashed as crash:
            self._write(f"crash {crash}")
            self._witness.figures["crashes"] += 1
            self._ended = self._clock.now()
            return await self._start()
        if self._restarts.random() < self._faults.restart:
            self._witness.figures["restarts"] += 1
            return await self._start()
        return process

    async def _start(self) -> _Process:
        reopened = await self._reopen()
        tables = CrashingTables(reopened, self._ends)
        metrics = Metrics()
        engine = self._parts.engine(
            tables, self._clock, lambda: self._library, people=reopened, seed=self._seed, metrics=metrics
        )
        waker = Waker(tables, self._clock, engine.handle, metrics)
        engine.on_wake = waker.set
        transports = {self._platform.platform: self._platform}
        deliverer = Deliverer(tables, self._clock, transports, engine.handle, metrics)
        return _Process(tables, engine, waker, deliverer)

    async def _next_moment(self, process: _Process) -> int:
        """Return when the next thing happens, NEVER when nothing will."""
        wanted = await process.tables.next_moment()
        planned = self._agenda.next_moment()
        return wanted if planned is None else min(wanted, planned)

    def _is_stuck(self, moment: int) -> bool:
        """Tell whether time stands still, nothing was seen for too long, or it all takes too long."""
        at = codec.from_ms(moment)
        self._at_once = self._at_once + 1 if at <= self._clock.now() else 0
        return self._at_once > MOST_AT_ONCE or at > min(self._stirred + CALM, self._until)

    async def _work(self, process: _Process) -> None:
        """Do everything that is due now: events, then deadlines, then deliveries."""
        arrived = []
        for entry in self._agenda.take(self._clock.now()):
            if isinstance(entry, Arrival):
                arrived.append(entry)
            else:
                self._look_after(entry)
        await self._arrive(process, arrived)
        if await process.tables.next_wake() <= codec.to_ms(self._clock.now()):
            await process.waker.sweep()
        await process.waker.fire()
        await process.deliverer.drain()

    async def _arrive(self, process: _Process, arrived: Sequence[Arrival]) -> None:
        """Hand events in: commands all at once, so that they share a transaction, then the rest in order."""
        reads = [a for a in arrived if is_query(a.event.intent) or isinstance(a.event.intent, Redo)]
        writes = [a for a in arrived if a not in reads]
        crash: Crashed | None = None
        for together in (writes, *([read] for read in reads)):
            if crash is not None:
                self._send_again(together)
                continue
            replies = await asyncio.gather(
                *(process.engine.handle(a.event) for a in together), return_exceptions=True
            )
            crash = self._take_replies(together, replies)
        if crash is not None:
            raise crash

    def _take_replies(
        self, arrived: Sequence[Arrival], replies: Sequence[Reply | BaseException]
    ) -> Crashed | None:
        """Tell the witness; whoever got no reply sends the same event again. Any other error is a defect."""
        crash = None
        for arrival, reply in zip(arrived, replies, strict=True):
            if isinstance(reply, Crashed):
                crash = reply
                self._send_again([arrival])
            elif isinstance(reply, BaseException):
                raise reply
            else:
                said = " ".join(type(effect).__name__ for effect in reply.effects)
                self._write(f"reply {arrival.event.id} {'duplicate' if reply.duplicate else said}")
                self._witness.told(arrival.event, reply)
        return crash

    def _send_again(self, arrived: Sequence[Arrival]) -> None:
        for arrival in arrived:
            self._witness.figures["sent_again"] += 1
            self._agenda.put(self._clock.now() + SENT_AGAIN, arrival)

    async def _report(self, began: float) -> Report:
        tables = await self._reopen()
        faults = list(await self._witness.check(tables, self._rooms.people(), self._platform))
        if waiting := (await tables.backlog()).depth:
            faults.append(f"{waiting} messages were never delivered")
        if left := self._rooms.left:
            faults.append(f"{left} rounds were never played to their end")
        redone = sum(place.id.startswith("@") for place in self._witness.rounds.values())
        figures = {"rounds": len(self._witness.rounds) - redone, "redone": redone}
        figures |= {"messages": sum(self._platform.posted.values()), "edits": self._platform.edits}
        figures |= self._witness.figures
        wall = time.perf_counter() - began
        return Report(figures, tuple(faults), self.transcript.digest(), self._clock.seconds(), wall)

    def _write(self, line: str) -> None:
        self.transcript.lines.append(f"{self._clock.seconds():.3f} {line}")

    # --------------------------------------------------------------------------------------- the people

    def _see(self, kind: str, post: Post) -> None:
        """Let everybody who can see a message see it."""
        self._write(f"{kind} {post.place.id} {post.to} {post.key} {plain(post.view)}")
        self._witness.sees(kind, post)
        room = self._rooms[post.place]
        self._stirred = room.stirred = self._clock.now()
        room.nudges = 0
        if not post.to:
            ends = [block.end for block in post.view.blocks if isinstance(block, Countdown)]
            room.runs_out = max(ends, default=None)
        if kind == "edit":
            return
        if post.view.tone is Tone.PODIUM and not post.to:
            self._round_over(room)
        elif not room.playing and not post.to:
            room.playing = True
            self._watch(room, QUIET)
        for learner in room.learners:
            if post.to in {"", learner.name}:
                self._react(room, learner, post)

    def _react(self, room: Room, learner: Learner, post: Post) -> None:
        """Put on its way whatever *learner* does about a message."""
        for deed in learner.react(post.view, generator(self._seed, f"{learner.name} sees {post.key}")):
            at = self._clock.now() + timedelta(seconds=deed.after)
            if not isinstance(deed, Press):
                self._send(room, learner, deed.intent, at)
                continue
            picked, typed = getattr(deed.sent, "positions", None), getattr(deed.sent, "texts", None)
            pressed = decode(deed.action, picked=picked, typed=typed, at=at)
            if pressed is not None:
                self._send(room, learner, pressed.intent, at, pressed.round)

    def _round_over(self, room: Room) -> None:
        room.playing = False
        if room.left:
            room.left -= 1
            self._progress(1)
            self._watch(room, BETWEEN_ROUNDS)

    def _look_after(self, watch: Watch) -> None:
        """Start the next round where none runs; where nothing stirs, move it on and in the end stop it."""
        room = self._rooms[watch.place]
        if watch.number != room.watch:
            return
        host = room.learners[0]
        if room.playing and self._clock.now() - room.stirred >= QUIET:
            self._check_awake(room)
            room.nudges += 1
            self._send(room, host, Next() if room.nudges < NUDGES else Stop(), self._clock.now())
        elif not room.playing and room.left:
            room.started += 1
            rng = generator(self._seed, f"round {room.started} of {room.place.id}")
            self._send(room, host, self._parts.script(self._library, rng), self._clock.now())
        if room.playing or room.left:
            self._watch(room, QUIET)

    def _check_awake(self, room: Room) -> None:
        """Tell the witness when *room* waits for nobody's word, and its clock ran out long ago."""
        since = self._clock.now() - OVERDUE
        if room.runs_out is not None and room.runs_out < since and self._ended < since:
            self._witness.misses(f"the clock of {room.place.id} ran out, and nothing happened")

    def _watch(self, room: Room, after: timedelta) -> None:
        """Look after *room* in a while, and no sooner."""
        room.watch += 1
        self._agenda.put(self._clock.now() + after, Watch(room.place, room.watch))

    def _send(
        self, room: Room, learner: Learner, intent: Intent, at: datetime, round_: RoundId | None = None
    ) -> None:
        """Put an event on its way, with whatever befalls it there."""
        learner.sent += 1
        event = Event(
            id=EventId(f"{PLATFORM}:{learner.name}-{learner.sent}"),
            place=room.place,
            intent=intent,
            at=at,
            account=Account(PLATFORM, learner.name),
            name=learner.name,
            organiser=learner.host,
            workspace=PLATFORM,
            round=round_,
        )
        arrives = arrivals(at, self._faults, generator(self._seed, f"the way of {event.id}"))
        self._witness.sends(event, arrives=len(arrives))
        for moment in arrives:
            self._agenda.put(moment, Arrival(event))
