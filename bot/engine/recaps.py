"""Recaps: a group's week, gathered from the tables before it is posted.

Nothing is decided here: what was gathered goes along with the Tick, and the batch posts it once, if its date
is still owed then.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.core import effects as fx
from bot.core.ids import ItemId, LearnerId, ScheduleId, Topic
from bot.core.items import Item, Library
from bot.core.leaderboards import Measure
from bot.core.local_times import local_day
from bot.core.periods import Period, period_before, week_period
from bot.core.recaps import Answered, day_told, hardest, most_improved, weak_topics
from bot.core.schedules import DayDecision, daily_round, owed
from bot.core.streaks import GroupStreak, group_streak
from bot.engine import codec
from bot.engine.codec import to_ms
from bot.engine.deck_names import topic_titles
from bot.engine.events import PRIVATE, Event
from bot.engine.here import Here, look_around
from bot.engine.tops import MOST_COMPARED, board_lines, compared
from bot.ports import Clock, People, Store
from bot.records import AnsweredRow, group_board, home_of, schedule_of

LINES: Final = 5
STREAK_BACK: Final = timedelta(days=400)
AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Week:
    """A week, and the one before it."""

    period: Period
    before: Period | None


class Recaps:
    """Gathers recaps."""

    def __init__(self, store: Store, people: People, clock: Clock, library: Callable[[], Library]) -> None:
        """Read from *store* and *people*; *library* has the questions and the topics' titles."""
        self._store = store
        self._people = people
        self._clock = clock
        self._library = library

    async def gathered(self, event: Event) -> Event:
        """Return the Tick *event* to a recap's place with what it needs, if a recap is due."""
        day = await self._due(event)
        if day is None:
            return event
        home = replace(event, place=home_of(event.place))
        here = await look_around(self._store, home)
        return replace(event, recap=await self._recap(event, here, day))

    async def _due(self, event: Event) -> date | None:
        """Return the date whose recap should be posted now."""
        id_ = schedule_of(event.place)
        row = next((row for row in await self._people.schedules(event.place) if row.id == id_), None)
        if row is None:
            return None
        plan = codec.SCHEDULE.decode(row.body)
        settled = date.fromisoformat(row.settled) if row.settled else None
        dues = owed(plan, settled, now=self._clock.now(), limit=AT_ONCE)
        wanted = [one.due.date for one in dues if one.decision is DayDecision.POST]
        return wanted[-1] if wanted else None

    async def _recap(self, event: Event, here: Here, day: date) -> fx.RecapPosted:
        group = here.channel.group
        period = week_period(day_told(day), here.zone)
        week = Week(period, period_before(period, here.zone))
        board = group_board(group, period.key)
        page = await self._people.page(board, Measure.POINTS, None, 1, LINES, 0)
        items = _answered(await self._items(group, period))
        known, titles = _items(self._library()), topic_titles(self._library())
        worst = hardest(one for one in items if one.item in known)
        streak = await self._streak(here)
        return fx.RecapPosted(
            id=daily_round(ScheduleId(schedule_of(event.place)), day),
            first=period.first or day,
            last=period.after - timedelta(days=1) if period.after else day,
            lines=board_lines(page.rows, None),
            listed=page.listed,
            answers=sum(one.answers for one in items),
            right=sum(one.right for one in items),
            improved=await self._improved(group, week),
            hardest=fx.Hardest(known[worst.item], worst.right, worst.answers) if worst else None,
            days=streak.current,
            best=streak.best,
            weak=tuple(_weak(one, titles) for one in weak_topics(items)),
        )

    async def _items(self, group: int, period: Period) -> Sequence[AnsweredRow]:
        if period.start is None or period.end is None:
            return ()
        return await self._people.items(group, to_ms(period.start), to_ms(period.end), PRIVATE)

    async def _improved(self, group: int, week: Week) -> tuple[fx.Improved, ...]:
        if week.before is None:
            return ()
        boards = group_board(group, week.period.key), group_board(group, week.before.key)
        pairs = await self._people.pairs(*boards, None, MOST_COMPARED)
        return most_improved([compared(pair) for pair in pairs or ()])

    async def _streak(self, here: Here) -> GroupStreak:
        """Return the group's streak; today's question may still be open, and breaks nothing."""
        now = self._clock.now()
        days = await self._people.day_answers(here.channel.group, (now - STREAK_BACK).date().isoformat())
        answers = {
            date.fromisoformat(day): [LearnerId(one) for one in learners] for day, learners in days.items()
        }
        return group_streak(answers, still_open={local_day(now, here.zone)})


def _answered(rows: Sequence[AnsweredRow]) -> list[Answered]:
    return [Answered(ItemId(row.item), Topic(row.topic), row.right, row.answers) for row in rows]


def _items(library: Library) -> Mapping[ItemId, Item]:
    return {item.id: item for deck in library.decks for item in deck.items}


def _weak(one: Answered, titles: Mapping[Topic, str]) -> fx.WeakTopic:
    return fx.WeakTopic(one.topic, titles.get(one.topic, ""), one.right, one.answers)
