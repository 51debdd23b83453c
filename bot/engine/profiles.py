"""Profiles: where somebody stands in their group, gathered from what the tables hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from bot.core import effects as fx
from bot.core.ids import Topic
from bot.core.leaderboards import Measure
from bot.core.local_times import local_day
from bot.core.periods import Span, period_at
from bot.core.streaks import day_marks, day_streak
from bot.engine.deck_names import topic_names
from bot.engine.events import Event
from bot.engine.here import Here, look_around
from bot.engine.open_days import DayOpen, open_days
from bot.engine.shelves import Shelves
from bot.ports import Clock, People, Store
from bot.records import Account, BoardRow, group_board, topic_board

DAYS_BACK: Final = timedelta(days=800)
"""How far back a streak is counted."""


class Profiles:
    """Reads where people stand."""

    def __init__(self, store: Store, people: People, clock: Clock, shelves: Shelves) -> None:
        """Read from *store* and *people*; *shelves* name the topics."""
        self._store = store
        self._boards = people
        self._days = people
        self._running = people
        self._clock = clock
        self._shelves = shelves

    async def show(self, event: Event) -> fx.MeShown:
        """Return where the sender stands in the group of the place."""
        here = await look_around(self._store, event)
        schedules = await self._running.scheduled(here.channel.group)
        standing = await self.standing(event, here, await open_days(self._store, schedules, event.account))
        return replace(standing, topics=await self._topics(here))

    async def standing(self, event: Event, here: Here, open_: Sequence[DayOpen]) -> fx.MeShown:
        """Return where the sender stands, all but the topics; *open_* are the questions that are open."""
        week = period_at(Span.WEEK, self._clock.now(), here.zone)
        ever = await self._rank(here, Span.ALL.value)
        own = await self._row(here, group_board(here.channel.group, Span.ALL.value))
        asked, answered = await self._days_of(event, here)
        answered |= {one.day for one in open_ if one.answer is not None}
        days = {one.day for one in open_}
        streak = day_streak(asked, answered, still_open=days)
        return fx.MeShown(
            name=event.name,
            week=await self._rank(here, week.key) if week else fx.Rank(0, 0, 0),
            ever=ever,
            right=own.right if own else 0,
            answers=own.answers if own else 0,
            days=streak.current,
            best=streak.best,
            todo=streak.todo,
            frozen=streak.frozen,
            topics=(),
            marks=tuple(day_marks(asked, answered, still_open=days).items()),
            today=local_day(self._clock.now(), here.zone),
        )

    async def _rank(self, here: Here, period: str) -> fx.Rank:
        board = group_board(here.channel.group, period)
        row = await self._row(here, board)
        listed = await self._boards.size(board, Measure.POINTS)
        return fx.Rank(row.rank if row else 0, listed, row.points if row else 0)

    async def _row(self, here: Here, board: str) -> BoardRow | None:
        if here.learner is None:
            return None
        return await self._boards.place(board, here.learner, Measure.POINTS)

    async def _topics(self, here: Here) -> tuple[fx.TopicLine, ...]:
        """Return the topics in which the learner answered anything, the weakest first."""
        library = await self._shelves.of(here.channel.group)
        named = sorted(topic_names(library), key=lambda one: one.topic)
        lines = [await self._topic(here, one.topic, one.title) for one in named]
        known = [line for line in lines if line.answers]
        return tuple(sorted(known, key=lambda line: (line.right / line.answers, -line.answers, line.topic)))

    async def _topic(self, here: Here, topic: Topic, title: str) -> fx.TopicLine:
        row = await self._row(here, topic_board(here.channel.group, topic, Span.ALL.value))
        return fx.TopicLine(topic, row.right if row else 0, row.answers if row else 0, title)

    async def _days_of(self, event: Event, here: Here) -> tuple[list[date], set[date]]:
        """Return the group's days, and those that the learner answered in questions that are closed."""
        account = event.account or Account(event.place.platform, "")
        since = (self._clock.now() - DAYS_BACK).date().isoformat()
        asked = _dates(await self._days.days(here.channel.group, since))
        return asked, set(_dates(await self._days.answered(here.channel.group, account, since)))


def _dates(days: Sequence[str]) -> list[date]:
    return [date.fromisoformat(day) for day in days]
