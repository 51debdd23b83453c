"""The engine: events in, replies out, and in between one transaction that nothing survives half of."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from time import perf_counter

from bot.core import effects as fx
from bot.core.commands import (
    DrawRequest,
    Elsewhere,
    Flag,
    Mode,
    NotUnderstood,
    React,
    Redo,
    Settings,
    StartRound,
    SubmitAnswer,
    Tick,
)
from bot.core.ids import ItemId
from bot.core.packs import Library
from bot.core.questions import round_of
from bot.core.review_commands import ReviewCommand
from bot.core.schedules import day_of, is_recap
from bot.engine.asking import asked_for, is_link_command, is_schedule_command
from bot.engine.batching import Batcher
from bot.engine.codec import from_ms
from bot.engine.deciding import Batch
from bot.engine.events import Event, Reply, is_private, private_place
from bot.engine.flagging import Flagging
from bot.engine.homes import Homes
from bot.engine.link_search import LinkSearch
from bot.engine.links import Links
from bot.engine.lives import Decision, Known, Outcome
from bot.engine.metrics import Metrics
from bot.engine.own_decks import DeckSearch, is_deck_command
from bot.engine.profiles import Profiles
from bot.engine.queries import Queries, is_query
from bot.engine.recaps import Recaps
from bot.engine.reviews import Reviews, is_review_command
from bot.engine.shelves import Shelves
from bot.engine.tops import Tops
from bot.engine.uploads import NoFormats, ReadingLimits
from bot.ports import Clock, Formats, People, Store
from bot.records import Changes, Place, Snapshot, daily_place, home_of, schedule_of
from bot.wording.menu import InputProblem

KNOWN_ROUNDS = 20_000
"""How many rounds a process keeps in memory; a forgotten one is read again."""

REDO = Settings(mode=Mode.RELAXED, lobby_seconds=0, pause_seconds=None, speed_bonus=False, scored=False)
ACCEPTED = (fx.AnswerAccepted, fx.AnswerJudged)
Woken = Callable[[Place, datetime | None], None]


class Engine:
    """Turns events into replies. It holds no game: a new one on the same store goes on where it was."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        library: Callable[[], Library],
        *,
        people: People,
        seed: str,
        metrics: Metrics | None = None,
        lanes: int = 1,
        formats: Formats | None = None,
    ) -> None:
        """Use *library* for what a new round may ask, and *seed* with each event's id for its draws.

        *people* are the boards and days of *store*. *lanes* is how many transactions may be open at once.
        *formats* are those of the files in which groups bring their own decks.
        """
        self._store = store
        self._clock = clock
        self._library = library
        self._seed = seed
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._batcher = Batcher(self._flush, lanes=lanes)
        self.shelves = Shelves(people, library)
        self._decks = DeckSearch(store, people, self.shelves, formats or NoFormats())
        profiles = Profiles(store, people, clock, self.shelves)
        homes = Homes(store, people, clock, profiles)
        tops, links = Tops(store, people, clock, self.shelves), Links(store, people)
        self._reviewing = asyncio.Lock()
        self.reviews = Reviews(store, people, self.shelves)
        self._queries = Queries(store, self.shelves, self._decks, tops, profiles, homes, links, self.reviews)
        self._recaps = Recaps(store, people, clock, self.shelves)
        self._flagging = Flagging(store, people)
        self._links = LinkSearch(store, people)
        self.metrics = metrics or Metrics()
        self.on_wake: Woken = lambda _place, _at: None
        self.on_outbox: Callable[[], None] = lambda: None

    async def handle(self, event: Event) -> Reply:
        """Do what *event* asks and return what its sender is told, after the commit.

        The same event twice counts once, and its second reply is empty and says so. A StoreError means that
        nothing was saved and that the same event may be sent again.
        """
        began = perf_counter()
        event = _where_meant(event)
        intent = event.intent
        if isinstance(intent, SubmitAnswer | React):
            reply = await self._answer(event, intent)
            self._count_answer(reply)
        elif is_query(intent):
            reply = await self._queries.answer(intent, event)
        elif isinstance(intent, Redo):
            reply = await self._redo(event, intent)
        elif isinstance(intent, Flag):
            reply = await self._batcher.submit(await self._flagging.found(event, intent))
        elif is_link_command(intent):
            reply = await self._batcher.submit(await self._links.found(event, intent))
        elif is_deck_command(intent):
            found = await self._decks.found(event, intent)
            reply = found if isinstance(found, Reply) else await self._batcher.submit(found)
        elif is_review_command(intent):
            reply = await self._review(event, intent)
        elif isinstance(intent, Tick) and is_recap(schedule_of(event.place)):
            reply = await self._batcher.submit(await self._recaps.gathered(event))
        else:
            reply = await self._batcher.submit(event)
        self.metrics.acknowledged.observe(perf_counter() - began)
        return reply

    def limit_reading(self, limits: ReadingLimits) -> None:
        """Let the reading of files that are sent from now on have other *limits*."""
        self._decks.limit_reading(limits)

    async def idle(self) -> None:
        """Return when every event in flight is committed and acknowledged."""
        await self._batcher.idle()

    async def _answer(self, event: Event, command: SubmitAnswer | React) -> Reply:
        """Bring an answer to its round; one that comes after the reveal of a day is told what it is worth.

        A reaction that comes too late is told so only where reactions were answers.
        """
        daily = day_of(round_of(command.question)[0])
        if daily is not None and not schedule_of(event.place):
            event = replace(event, place=daily_place(event.place, daily[0]))
        reply = await self._batcher.submit(event)
        if reply.effects != (fx.AnswerRefused(command.question, fx.Refusal.LATE),):
            return reply
        if isinstance(command, React):
            return reply if await self._queries.reacting(command.question) else Reply()
        return reply if daily is None else Reply((await self._queries.practice(command),))

    async def _with_library(self, event: Event) -> Event:
        """Return *event* with what may be asked in its place."""
        return replace(event, library=await self.shelves.at(event.place, event.workspace))

    async def _review(self, event: Event, command: ReviewCommand) -> Reply:
        """Decide about items one after another: each decision sees what the one before it has changed."""
        async with self._reviewing:
            found = await self.reviews.found(event, command)
            return found if isinstance(found, Reply) else await self._batcher.submit(found)

    async def _redo(self, event: Event, command: Redo) -> Reply:
        if event.account is None:
            return Reply()
        missed = await self._queries.missed(command.round, event.account)
        if not missed:
            return Reply((fx.CommandRefused(fx.Refusal.NOTHING_MISSED),))
        items = tuple(ItemId(entry.item.id) for entry in missed)
        request = DrawRequest(count=len(items), items=items)
        start = Event(
            id=event.id,
            place=private_place(event.account),
            intent=StartRound(request, REDO),
            at=event.at,
            account=event.account,
            name=event.name,
            workspace=event.workspace,
            library=await self.shelves.at(event.place, event.workspace),
        )
        return await self._batcher.submit(start)

    async def _flush(self, arrived: Sequence[Event]) -> Sequence[Outcome]:
        """Load, decide and save what *arrived* in one transaction, and only then believe any of it.

        What may be asked is looked up here and not before, so that it does not part what arrived together.
        """
        events = [await self._with_library(event) if _draws(event) else event for event in arrived]
        now = self._clock.now()
        decisions: list[Decision] = []

        def decide(snapshot: Snapshot) -> Changes:
            batch = Batch(snapshot, known=self._known, library=self._library(), seed=self._seed, now=now)
            decisions.append(batch.decide(events))
            return decisions[-1].changes

        await self._store.transact(asked_for(events, now), self._known, decide)
        decision = decisions[-1]
        self.metrics.commits.inc()
        self.metrics.batch.observe(len(events))
        self._remember(decision)
        return decision.outcomes

    def _remember(self, decision: Decision) -> None:
        """Keep what was committed, and tell the timers and the delivery about it."""
        for row in decision.changes.rounds:
            if not row.open:
                self._known.pop(row.id, None)
                self.on_wake(row.place, None)
        for known in decision.rounds.values():
            self._known[known.round.id] = known
            self._known.move_to_end(known.round.id)
        for place, wake_at in decision.wakes.items():
            self.on_wake(place, None if wake_at is None else from_ms(wake_at))
        while len(self._known) > KNOWN_ROUNDS:
            self._known.popitem(last=False)
        if decision.changes.outbox:
            self.on_outbox()

    def _count_answer(self, reply: Reply) -> None:
        if reply.duplicate:
            outcome = "duplicate"
        elif not reply.effects:
            return
        elif isinstance(reply.effects[0], fx.AnswerWithdrawn):
            outcome = "withdrawn"
        else:
            outcome = "accepted" if isinstance(reply.effects[0], ACCEPTED) else "refused"
        self.metrics.answers.labels(outcome).inc()


def _draws(event: Event) -> bool:
    """Tell whether *event* may begin to ask something, and does not bring what yet."""
    posts = isinstance(event.intent, Tick) and bool(schedule_of(event.place))
    begins = posts or isinstance(event.intent, StartRound) or is_schedule_command(event.intent)
    return begins and event.library is None


def _where_meant(event: Event) -> Event:
    """Return *event* with a command to another channel in the place where it is meant to be.

    Nobody reaches anybody's private place like that, nor a part of a channel that is ours alone.
    """
    intent = event.intent
    if not isinstance(intent, Elsewhere):
        return event
    place = Place(event.place.platform, intent.channel)
    if is_private(place) or home_of(place) != place:
        return replace(event, intent=NotUnderstood(InputProblem.UNKNOWN_CHANNEL, intent.channel))
    return replace(event, place=place, sent_from=event.place, intent=intent.command)
