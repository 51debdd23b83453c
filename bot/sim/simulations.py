"""Simulations: an agenda of events, deadlines and deliveries, worked off in virtual time.

Everything that could differ between two runs is drawn from the seed, so the same seed gives the same
transcript. Whenever the simulated process crashes, a new one goes on with the same tables.
"""

import asyncio
import hashlib
import heapq
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.commands import Intent, Next, Redo, Stop, SubmitAnswer
from bot.core.draws import generator
from bot.core.ids import EventId
from bot.core.items import Library
from bot.engine import codec
from bot.engine.delivery import Deliverer
from bot.engine.engine import Engine
from bot.engine.events import Event, Reply
from bot.engine.metrics import Metrics
from bot.engine.queries import is_query
from bot.engine.waking import Waker
from bot.ports import Outbox, Post, Store
from bot.records import Account, Place
from bot.sim.clocks import START, VirtualClock
from bot.sim.faults import Crashed, CrashingStore, Faults
from bot.sim.learners import Learner, Press
from bot.sim.platforms import SimPlatform
from bot.sim.scripts import round_command
from bot.sim.witnesses import Witness
from bot.wording.actions import decode
from bot.wording.plain import plain
from bot.wording.views import Tone

GRID_MS = 50
"""Moments are rounded up to this, so that events meet in a transaction as they do under load."""

CHANNELS = 10
QUIET = timedelta(seconds=120)
"""How long nothing may happen in a channel before somebody steps in."""

NUDGES = 4
SENT_AGAIN = timedelta(seconds=2)
FAR = 2**62


class Tables(Store, Outbox, Protocol):
    """One database, as a store and as an outbox."""


Reopen = Callable[[], Awaitable[Tables]]


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event on its way in. *number* is the answer's number for the witness, -1 for anything else."""

    event: Event
    number: int = -1


@dataclass(slots=True)
class Room:
    """A channel of the simulation: who is in it, what it has still to play and when it last stirred."""

    place: Place
    learners: list[Learner]
    left: int
    stirred: datetime = START
    playing: bool = False
    nudges: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """What a simulation found. *faults* is empty when every promise was kept."""

    figures: dict[str, int]
    faults: tuple[str, ...]
    digest: str
    virtual_seconds: float
    wall_seconds: float


@dataclass(slots=True)
class _Process:
    """What a crash takes with it."""

    store: CrashingStore
    engine: Engine
    waker: Waker
    deliverer: Deliverer


@dataclass(slots=True)
class Transcript:
    """What everybody saw, in order."""

    lines: list[str] = field(default_factory=list)

    def digest(self) -> str:
        """Return a digest that differs as soon as one character does."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


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
    ) -> None:
        """Play *rounds* with *players* in each channel; *reopen* gives the tables to each new process."""
        self._reopen = reopen
        self._library = library
        self._seed = seed
        self._faults = faults
        self._progress = progress
        self._clock = VirtualClock()
        self._rng = generator(seed, "events")
        self._agenda: list[tuple[datetime, int, Arrival | Place]] = []
        self._order = 0
        self._rooms: dict[Place, Room] = {}
        self._learners: dict[str, Learner] = {}
        self._rounds: dict[str, None] = {}
        self._witness = Witness()
        self._platform = SimPlatform(generator(seed, "platform"), faults, self._see)
        self._crashes = generator(seed, "crashes")
        self.transcript = Transcript()
        self._people(rounds, players)

    # ------------------------------------------------------------------------------------------ running

    async def run(self) -> Report:
        """Play everything, check every promise, and return what was found."""
        began = time.perf_counter()
        process = await self._start()
        for room in list(self._rooms.values()):
            self._nudge_later(room, timedelta(seconds=self._rng.uniform(0, 30)))
        while (moment := await self._next_moment(process)) is not None:
            self._clock.move_to(moment)
            try:
                await self._work(process)
            except Crashed as crash:
                self.transcript.lines.append(f"{self._clock.seconds():.3f} crash {crash}")
                self._witness.figures["crashes"] += 1
                process = await self._start()
        return await self._report(process, began)

    async def _start(self) -> _Process:
        tables = await self._reopen()
        store = CrashingStore(tables, tables, self._crashes, self._faults.crash)
        metrics = Metrics()
        engine = Engine(store, self._clock, lambda: self._library, seed=self._seed, metrics=metrics)
        waker = Waker(store, self._clock, engine.handle, metrics)
        engine.on_wake = waker.set
        transports = {self._platform.platform: self._platform}
        deliverer = Deliverer(store, self._clock, transports, engine.handle, metrics)
        return _Process(store, engine, waker, deliverer)

    async def _next_moment(self, process: _Process) -> datetime | None:
        """Return when the next thing happens; None when nothing ever will."""
        moments = [self._agenda[0][0]] if self._agenda else []
        if waking := await process.store.waking(FAR, 1):
            moments.append(codec.from_ms(waking[0][1]))
        if (due := await process.store.next_due()) is not None:
            moments.append(codec.from_ms(due))
        return min(moments, default=None)

    async def _work(self, process: _Process) -> None:
        """Do everything that is due now: events, then deadlines, then deliveries."""
        arrivals = []
        while self._agenda and self._agenda[0][0] <= self._clock.now():
            entry = heapq.heappop(self._agenda)[2]
            if isinstance(entry, Arrival):
                arrivals.append(entry)
            else:
                self._look_after(self._rooms[entry])
        await self._arrive(process, arrivals)
        await process.waker.sweep()
        await process.waker.fire()
        await process.deliverer.drain()

    async def _arrive(self, process: _Process, arrivals: Sequence[Arrival]) -> None:
        """Hand events in: commands all at once, so that they share a transaction, then the rest in order."""
        reads = [a for a in arrivals if is_query(a.event.intent) or isinstance(a.event.intent, Redo)]
        writes = [a for a in arrivals if a not in reads]
        replies = await asyncio.gather(
            *(process.engine.handle(a.event) for a in writes), return_exceptions=True
        )
        crash = self._take_replies(writes, replies)
        for arrival in reads:
            if crash is None:
                reply = (await asyncio.gather(process.engine.handle(arrival.event), return_exceptions=True))[
                    0
                ]
                crash = self._take_replies([arrival], [reply])
            else:
                self._again(arrival)
        if crash is not None:
            raise crash

    def _take_replies(
        self, arrivals: Sequence[Arrival], replies: Sequence[Reply | BaseException]
    ) -> Crashed | None:
        """Tell the witness; whoever got no reply sends the same event again. Any other error is a defect."""
        crash = None
        for arrival, reply in zip(arrivals, replies, strict=True):
            if isinstance(reply, Crashed):
                crash = reply
                self._again(arrival)
            elif isinstance(reply, BaseException):
                raise reply
            else:
                self._told(arrival, reply)
        return crash

    def _told(self, arrival: Arrival, reply: Reply) -> None:
        event = arrival.event
        self._witness.figures["events"] += 1
        if isinstance(event.intent, SubmitAnswer) and event.account is not None:
            self._witness.told(event.account, event.intent.question, arrival.number, reply)

    def _again(self, arrival: Arrival) -> None:
        self._witness.figures["sent_again"] += 1
        self._schedule(self._clock.now() + SENT_AGAIN, arrival)

    async def _report(self, process: _Process, began: float) -> Report:
        accounts = [Account("sim", name) for name in self._learners]
        faults = list(await self._witness.check(process.store, self._rounds, accounts, self._platform))
        backlog = await process.store.backlog()
        if backlog.depth:
            faults.append(f"{backlog.depth} messages were never delivered")
        if left := sum(room.left for room in self._rooms.values()):
            faults.append(f"{left} rounds were never played")
        figures = {"rounds": len(self._rounds), "messages": sum(self._platform.posted.values())}
        figures |= {"edits": self._platform.edits, **self._witness.figures}
        wall = time.perf_counter() - began
        return Report(figures, tuple(faults), self.transcript.digest(), self._clock.seconds(), wall)

    # --------------------------------------------------------------------------------------- the people

    def _people(self, rounds: int, players: int) -> None:
        rng = generator(self._seed, "people")
        for number in range(min(CHANNELS, rounds)):
            learners = [Learner(f"c{number}p{i}", rng, host=i == 0) for i in range(players)]
            place = Place("sim", f"channel{number}")
            share = rounds // CHANNELS + (number < rounds % CHANNELS)
            self._rooms[place] = Room(place, learners, share)
            self._learners |= {learner.name: learner for learner in learners}

    def _see(self, kind: str, post: Post) -> None:
        """Let everybody who can see a message see it."""
        moment = self._clock.seconds()
        self.transcript.lines.append(
            f"{moment:.3f} {kind} {post.place.id} {post.to} {post.key} {plain(post.view)}"
        )
        self._rounds.setdefault(post.key.split(".", 1)[0])
        room = self._room(post.place)
        room.stirred, room.nudges = self._clock.now(), 0
        if kind == "edit":
            return
        if post.view.tone is Tone.PODIUM and not post.to:
            self._round_over(room)
        elif not room.playing and not post.to:
            room.playing = True
            self._nudge_later(room, QUIET)
        for learner in room.learners:
            if post.to in {"", learner.name}:
                for press in learner.react(post.view):
                    self._press(room, learner, press)

    def _room(self, place: Place) -> Room:
        """Return the room of *place*; a learner's private place is made when it is first used."""
        if place not in self._rooms:
            self._rooms[place] = Room(place, [self._learners[place.id.removeprefix("@")]], 0)
        return self._rooms[place]

    def _round_over(self, room: Room) -> None:
        room.playing = False
        if room.left:
            room.left -= 1
            self._progress(1)
            self._nudge_later(room, timedelta(seconds=5))

    def _look_after(self, room: Room) -> None:
        """Start the next round where none runs; where nothing stirs, move it on and in the end stop it."""
        quiet = self._clock.now() - room.stirred >= QUIET
        host = room.learners[0]
        if room.playing and quiet:
            room.nudges += 1
            self._send(room, host, Next() if room.nudges < NUDGES else Stop())
        elif not room.playing and room.left:
            self._send(room, host, round_command(self._library, self._rng))
        if room.playing or room.left:
            self._nudge_later(room, QUIET)

    def _press(self, room: Room, learner: Learner, press: Press) -> None:
        sent = press.sent
        at = self._clock.now() + timedelta(seconds=press.after)
        picked = getattr(sent, "positions", None)
        pressed = decode(press.action, picked=picked, typed=getattr(sent, "texts", None), at=at)
        if pressed is not None:
            self._send(room, learner, pressed.intent, at)

    # --------------------------------------------------------------------------------------- the agenda

    def _send(self, room: Room, learner: Learner, intent: Intent, at: datetime | None = None) -> None:
        """Put an event on its way, with whatever befalls it there."""
        at = at or self._clock.now()
        account = Account("sim", learner.name)
        self._order += 1
        event = Event(
            id=EventId(f"sim:{self._order}"),
            place=room.place,
            intent=intent,
            at=at,
            account=account,
            name=learner.name,
            organiser=learner.host,
            workspace="sim",
        )
        number = -1
        if isinstance(intent, SubmitAnswer):
            number = self._witness.sends(account, intent.question, intent.sent)
        for arrives in self._arrivals(at):
            self._schedule(arrives, Arrival(event, number))

    def _arrivals(self, at: datetime) -> Sequence[datetime]:
        """Return when an event sent at *at* arrives: never, once or twice."""
        rng, faults = self._rng, self._faults
        if rng.random() < faults.lost:
            self._witness.figures["lost"] += 1
            return ()
        delay = rng.uniform(0.02, 0.3)
        if rng.random() < faults.reordered:
            delay += rng.uniform(0, 3)
        if rng.random() < faults.late:
            delay += rng.uniform(5, 60)
        arrivals = [at + timedelta(seconds=delay)]
        if rng.random() < faults.doubled:
            arrivals.append(arrivals[0] + timedelta(seconds=rng.choice((0.0, 0.1, 60.0))))
        return arrivals

    def _nudge_later(self, room: Room, after: timedelta) -> None:
        self._schedule(self._clock.now() + after, room.place)

    def _schedule(self, at: datetime, entry: Arrival | Place) -> None:
        self._order += 1
        ms = -(-codec.to_ms(at) // GRID_MS) * GRID_MS
        heapq.heappush(self._agenda, (codec.from_ms(ms), self._order, entry))
