"""A place where rounds are played through the real engine: events in, replies and messages out."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.commands import Begin, DrawRequest, Intent, Join, Settings, StartRound, SubmitAnswer
from bot.core.draws import draw_order
from bot.core.ids import EventId, ItemId, Platform, QuestionId, RoundId
from bot.core.items import Item
from bot.core.packs import Library
from bot.core.responses import Picked, Sent
from bot.engine.delivery import Deliverer
from bot.engine.engine import Engine
from bot.engine.events import OWN, Event, Reply
from bot.engine.identities import round_id
from bot.engine.waking import Waker
from bot.ports import Decide, MyRecord, Post, RoundRecord, Store
from bot.records import Account, Asked, Place
from tests.contracts.stores import AnyStore
from tests.core.builders import choice, deck, pack
from tests.engine.clocks import StandingClock

HALL = Place("web", "hall")
YARD = Place("web", "yard")
ITEMS = tuple(choice(number) for number in range(3))
LIBRARY = Library((pack(deck(*ITEMS)),))
ENGINES = ("memory", "sqlite")
"""The stores that everything about the engine is asked of; the contract suite holds the others to them."""


class SeenTransport:
    """A chat that keeps what it was given. *fails* holds what the next calls raise; None lets one pass.

    A post whose key is in *hangs* stays on its way until the event there is set.
    """

    platform = Platform("web")

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.edits: list[tuple[str, Post]] = []
        self.fails: list[Exception | None] = []
        self.hangs: dict[str, asyncio.Event] = {}

    async def post(self, post: Post) -> str:
        """Keep *post* and return a name for it."""
        await self._perhaps(post)
        self.posts.append(post)
        return f"ref of {post.key}"

    async def edit(self, ref: str, post: Post) -> None:
        """Keep what *ref* shows now."""
        await self._perhaps(post)
        self.edits.append((ref, post))

    async def _perhaps(self, post: Post) -> None:
        if post.key in self.hangs:
            await self.hangs[post.key].wait()
        failure = self.fails.pop(0) if self.fails else None
        if failure is not None:
            raise failure

    @property
    def keys(self) -> list[str]:
        """The names of the messages that were posted, without the round they belong to."""
        return [post.key.partition(".")[2] for post in self.posts]


@dataclass(slots=True)
class Process:
    """One process of the service on a store, with a chat that keeps what it is given."""

    store: AnyStore
    clock: StandingClock
    library: Library = LIBRARY
    lanes: int = 1
    seed: str = "seed"
    transport: SeenTransport = field(default_factory=SeenTransport)
    wakes: list[tuple[Place, float | None]] = field(default_factory=list)
    engine: Engine = field(init=False)
    waker: Waker = field(init=False)
    deliverer: Deliverer = field(init=False)

    def __post_init__(self) -> None:
        """Put the parts together as the app does."""
        self.use(self.store)

    def use(self, store: Store) -> None:
        """Let the engine save through *store*, which is this process's own with something around it."""
        self.engine = Engine(
            store,
            self.clock,
            lambda: self.library,
            people=self.store,
            seed=self.seed,
            lanes=self.lanes,
        )
        metrics = self.engine.metrics
        self.waker = Waker(store, self.clock, self.engine.handle, metrics)
        transports = {self.transport.platform: self.transport}
        self.deliverer = Deliverer(self.store, self.clock, transports, self.engine.handle, metrics)
        self.engine.on_wake = self._wake
        self.engine.on_outbox = self.deliverer.notify

    def _wake(self, place: Place, at: datetime | None) -> None:
        start = StandingClock().now()
        self.wakes.append((place, None if at is None else (at - start).total_seconds()))
        self.waker.set(place, at)

    async def send(self, event: Event) -> Reply:
        """Hand *event* in."""
        return await self.engine.handle(event)

    async def say(
        self, who: str, intent: Intent, *, id_: str = "", place: Place = HALL, organiser: bool = False
    ) -> Reply:
        """Let *who* do something, with an event of its own unless *id_* names one."""
        return await self.send(event(who, intent, self.clock, id_=id_, place=place, organiser=organiser))

    async def pass_time(self, seconds: float) -> None:
        """Move the clock, do what is due by then, and deliver what came of it."""
        self.clock.set((self.clock.now() - StandingClock().now()) / timedelta(seconds=1) + seconds)
        await self.waker.sweep()
        await self.waker.fire()
        await self.deliverer.drain()


_numbers: defaultdict[str, int] = defaultdict(int)


def event(
    who: str,
    intent: Intent,
    clock: StandingClock,
    *,
    id_: str = "",
    place: Place = HALL,
    round_: RoundId | None = None,
    organiser: bool = False,
) -> Event:
    """Return an event of *who*; without an id it gets one of its own."""
    _numbers[who] += 1
    return Event(
        id=EventId(id_ or f"web:{who}:{_numbers[who]}"),
        place=place,
        intent=intent,
        at=clock.now(),
        account=Account("web", who),
        name=who.title(),
        organiser=organiser,
        workspace="web",
        round=round_,
    )


def own(intent: Intent, clock: StandingClock, place: Place = HALL) -> Event:
    """Return an event of our own."""
    return Event(OWN, place, intent, clock.now())


ROUND = round_id("start")
START = StartRound(DrawRequest(count=3, items=tuple(item.id for item in ITEMS)), Settings(lobby_seconds=None))


def question(position: int) -> QuestionId:
    """Return the id of the question at *position* of the round that :func:`asking` begins."""
    return QuestionId(f"{ROUND}.{position}")


def starting(*items: Item, settings: Settings | None = None, count: int = 5) -> StartRound:
    """Return the command that asks *items* in this order, or whatever is drawn."""
    names: tuple[ItemId, ...] = tuple(item.id for item in items)
    return StartRound(DrawRequest(count=count, items=names), settings or Settings(lobby_seconds=None))


def answer(position: int, process: Process, sent: Sent | None = None) -> SubmitAnswer:
    """Return an answer to the question at *position*, sent now."""
    return SubmitAnswer(question(position), sent or Picked((0,)), process.clock.now())


async def asking(process: Process, *others: str, start: StartRound = START) -> None:
    """Let Ann start the round, *others* join it, and its first question be opened and posted."""
    await process.say("ann", start, id_="start")
    for who in others:
        await process.say(who, Join())
    await process.say("ann", Begin())
    await process.deliverer.drain()


RIGHT = tuple(Picked((draw_order(item, "seed|start").index(1),)) for item in ITEMS)
"""What is right for each question of the round that :func:`asking` begins."""

WRONG = tuple(Picked(((right.positions[0] + 1) % 4,)) for right in RIGHT)


class GatedStore:
    """A store whose transactions can be watched, held and made to fail."""

    def __init__(self, store: AnyStore) -> None:
        self._store = store
        self.open = asyncio.Event()
        self.open.set()
        self.before: list[Exception] = []
        self.after: list[Exception] = []
        self.batches: list[int] = []

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Do as the store does, once the gate is open, unless told to fail before or after it."""
        await self.open.wait()
        if self.before:
            raise self.before.pop(0)
        self.batches.append(len(asked))
        await self._store.transact(asked, known, decide)
        if self.after:
            raise self.after.pop(0)

    async def waking(self, until: int, limit: int) -> Sequence[tuple[Place, int]]:
        """Do as the store does."""
        return await self._store.waking(until, limit)

    async def look(self, round_: str) -> RoundRecord | None:
        """Do as the store does."""
        return await self._store.look(round_)

    async def mine(self, round_: str, account: Account) -> MyRecord | None:
        """Do as the store does."""
        return await self._store.mine(round_, account)

    async def standing(self, round_: str, limit: int) -> Sequence[tuple[int, int, int]]:
        """Do as the store does."""
        return await self._store.standing(round_, limit)

    async def purge(self, before: int) -> int:
        """Do as the store does."""
        return await self._store.purge(before)
