"""Recaps: a group's week, gathered from the tables before it is posted.

Nothing is decided here: what was gathered goes along with the Tick, and the batch posts it once, if its date
is still owed then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.core import effects as fx
from bot.core.ids import ItemId, LearnerId, PackId, Topic
from bot.core.items import Item
from bot.core.leaderboards import Leaderboard, Measure, Total, leaderboard
from bot.core.local_times import DAY, local_day
from bot.core.packs import Library
from bot.core.recaps import Answered, hardest, most_improved, weak_topics
from bot.core.schedules import DayDecision, Due, Schedule, daily_round, due_at, owed
from bot.core.streaks import GroupStreak, group_streak
from bot.engine import codec
from bot.engine.codec import to_ms
from bot.engine.events import PRIVATE, Event
from bot.engine.here import Here, look_around
from bot.engine.shelves import Shelves
from bot.ports import Clock, People, Store
from bot.records import AnsweredRow, EarnedRow, home_of, schedule_of

LINES: Final = 5
WEEK: Final = 7 * DAY
STREAK_BACK: Final = timedelta(days=400)
AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class _Week:
    """The week of a recap: from *start* up to *end*, and the one before it from *before*."""

    before: datetime
    start: datetime
    end: datetime


class Recaps:
    """Gathers recaps."""

    def __init__(self, store: Store, people: People, clock: Clock, shelves: Shelves) -> None:
        """Read from *store* and *people*; *shelves* have the questions and the topics' titles."""
        self._store = store
        self._people = people
        self._clock = clock
        self._shelves = shelves

    async def gathered(self, event: Event) -> Event:
        """Return the Tick *event* to a recap's place with what it needs, if a recap is due."""
        id_ = schedule_of(event.place)
        row = next((row for row in await self._people.schedules(event.place) if row.id == id_), None)
        if row is None:
            return event
        plan = codec.SCHEDULE.decode(row.body)
        due = self._due(plan, date.fromisoformat(row.settled) if row.settled else None)
        if due is None:
            return event
        here = await look_around(self._store, replace(event, place=home_of(event.place)))
        return replace(event, recap=await self._recap(plan, here, due))

    def _due(self, plan: Schedule, settled: date | None) -> Due | None:
        """Return the date whose recap should be posted now."""
        dues = owed(plan, settled, now=self._clock.now(), limit=AT_ONCE)
        wanted = [one.due for one in dues if one.decision is DayDecision.POST]
        return wanted[-1] if wanted else None

    async def _recap(self, plan: Schedule, here: Here, due: Due) -> fx.RecapPosted:
        group = here.channel.group
        week = _Week(due_at(plan, due.date - 2 * WEEK), due_at(plan, due.date - WEEK), due.at)
        now, then = (
            await self._earned(group, week.start, week.end),
            await self._earned(group, week.before, week.start),
        )
        library = await self._shelves.of(group)
        items = [_answered(row) for row in await self._items(group, week)]
        board = leaderboard(_totals(now, ()), Measure.POINTS, size=LINES)
        streak = await self._streak(here)
        return fx.RecapPosted(
            id=daily_round(plan.id, due.date),
            first=due.date - WEEK,
            last=due.date,
            lines=_lines(board),
            listed=board.ranked,
            learners=len(now),
            answers=sum(row.answers for row in now),
            right=sum(row.right for row in now),
            improved=most_improved(_totals(now, then)),
            hardest=_hardest(items, library),
            days=streak.current,
            best=streak.best,
            weak=_weak(items, library),
        )

    async def _items(self, group: int, week: _Week) -> Sequence[AnsweredRow]:
        return await self._people.items(group, to_ms(week.start), to_ms(week.end), PRIVATE)

    async def _earned(self, group: int, since: datetime, until: datetime) -> Sequence[EarnedRow]:
        return await self._people.earned(group, to_ms(since), to_ms(until), PRIVATE)

    async def _streak(self, here: Here) -> GroupStreak:
        """Return the group's streak; today's question may still be open, and breaks nothing."""
        now = self._clock.now()
        days = await self._people.day_answers(here.channel.group, (now - STREAK_BACK).date().isoformat())
        answers = {
            date.fromisoformat(day): [LearnerId(one) for one in learners] for day, learners in days.items()
        }
        return group_streak(answers, still_open={local_day(now, here.zone)})


def _hardest(items: Sequence[Answered], library: Library) -> fx.Hardest | None:
    """Return what went worst of what the packs still have."""
    known: Mapping[ItemId, Item] = {item.id: item for deck in library.decks for item in deck.items}
    worst = hardest(one for one in items if one.item in known)
    return fx.Hardest(known[worst.item], worst.right, worst.answers) if worst else None


def _totals(now: Sequence[EarnedRow], then: Sequence[EarnedRow]) -> list[Total]:
    """Return what each learner did in a week, and in the week before."""
    before = {row.learner: row for row in then}
    return [
        Total(
            LearnerId(row.learner),
            row.name,
            row.points,
            row.answers,
            row.right,
            before[row.learner].answers if row.learner in before else 0,
            before[row.learner].right if row.learner in before else 0,
            hidden=row.hidden,
        )
        for row in now
    ]


def _lines(board: Leaderboard) -> tuple[fx.BoardLine, ...]:
    return tuple(
        fx.BoardLine(line.rank, line.name, line.value, line.right, line.answers, 0.0) for line in board.lines
    )


def _answered(row: AnsweredRow) -> Answered:
    return Answered(ItemId(row.item), Topic(row.topic), row.right, row.answers, row.learners, open=row.open)


def _weak(items: Sequence[Answered], library: Library) -> tuple[fx.WeakTopic, ...]:
    """Return the topics to work on, each with the title that its own pack gives it."""
    titles: Mapping[PackId, Mapping[Topic, str]] = {pack.id: pack.topics for pack in library.packs}
    return tuple(
        fx.WeakTopic(one.topic, titles.get(one.pack, {}).get(one.topic, ""), one.right, one.answers, one.pack)
        for one in weak_topics(items)
    )
