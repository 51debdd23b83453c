"""A round that waits for answers, on a real store, for measuring what an answer costs."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import cast

from bot.config import SHIPPED
from bot.core.commands import Begin, DrawRequest, Join, Settings, StartRound, SubmitAnswer
from bot.core.effects import AnswerAccepted
from bot.core.ids import EventId, QuestionId
from bot.core.items import Kind
from bot.core.packs import Library
from bot.core.responses import Picked
from bot.engine.engine import Engine
from bot.engine.events import Event
from bot.engine.identities import round_id
from bot.packs.shelves import Shelf
from bot.ports import People, Store
from bot.records import Account, Place
from tests.bench.loops import tidied

SETTINGS = Settings(seconds=600, lobby_seconds=None)


class WallClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Return when *seconds* have passed."""
        await asyncio.sleep(seconds)


def library() -> Library:
    """Return the packs that ship."""
    shelf = Shelf(SHIPPED)
    shelf.refresh(date(2026, 11, 1))
    return shelf.library


@dataclass(slots=True)
class World:
    """An engine, and as many open questions as were asked for."""

    engine: Engine
    places: Sequence[Place]
    questions: Sequence[QuestionId]
    people: int
    busy: int
    sent: int = 0

    def move_to(self, store: Store) -> None:
        """Go on with a new engine on *store*, as after a restart."""
        self.engine = _engine(store, lanes=1)

    async def answers(self, numbers: Sequence[int], *, at_once: int) -> float:
        """Let *numbers* answer, *at_once* at a time, and return the seconds from the first to the last.

        Making the events is a transport's work and done before, as the rows of a bare loop are.
        """
        waiting = iter([self._answer(number) for number in numbers])

        async def learner() -> None:
            for event in waiting:
                reply = await self.engine.handle(event)
                if not isinstance(reply.effects[0], AnswerAccepted):
                    raise TypeError(reply.effects)

        tidied()
        began = time.perf_counter()
        await asyncio.gather(*(learner() for _ in range(at_once)))
        return time.perf_counter() - began

    def _answer(self, number: int) -> Event:
        """Return the answer of person *number*, in the place that is theirs."""
        which = number % self.busy
        return self._event(
            which, f"p{number}", SubmitAnswer(self.questions[which], Picked((number % 4,)), _now())
        )

    def _event(self, which: int, who: str, intent: Begin | Join | StartRound | SubmitAnswer) -> Event:
        self.sent += 1
        return Event(
            id=EventId(f"bench:{self.sent}"),
            place=self.places[which],
            intent=intent,
            at=_now(),
            account=Account("bench", who),
            name=who,
            workspace="bench",
        )

    async def open(self) -> None:
        """Start a round in every place, let everybody join theirs, and open the first question."""
        item = next(
            i for d in library().decks for i in d.items if i.kind is Kind.SINGLE_CHOICE and not i.case
        )
        start = StartRound(DrawRequest(items=(item.id,)), SETTINGS)
        starts = [self._event(which, "host", start) for which in range(len(self.places))]
        self.questions = [QuestionId(f"{round_id(event.id)}.0") for event in starts]
        joins = [self._event(n % self.busy, f"p{n}", Join()) for n in range(self.people)]
        begins = [self._event(which, "host", Begin()) for which in range(len(self.places))]
        for events in (starts, joins, begins):
            for at in range(0, len(events), 256):
                await asyncio.gather(*(self.engine.handle(event) for event in events[at : at + 256]))


async def world(
    store: Store, *, people: int, rounds: int = 1, busy: int | None = None, lanes: int = 1
) -> World:
    """Return a world with *rounds* open questions and *people* spread over the first *busy* of them."""
    made = World(
        _engine(store, lanes), [Place("bench", f"c{n}") for n in range(rounds)], (), people, busy or rounds
    )
    await made.open()
    return made


def _engine(store: Store, lanes: int) -> Engine:
    packs = library()
    people = cast("People", store)  # the stores that are measured have them
    return Engine(store, WallClock(), lambda: packs, people=people, seed="bench", lanes=lanes)


def _now() -> datetime:
    return datetime.now(UTC)
