"""Streaks of days: how long a learner, or a group, has not missed the question of the day.

A day here is a date of the group's calendar on which it had a question that counts: one that was posted, and
neither skipped nor declared void. All else is derived from such days and from who answered in time, whenever
it is asked for; nothing is counted up, so nothing can drift.

A learner's ``day_streak``:

1. A day is *answered* when the learner answered a question of that day before its reveal, right or wrong.
2. A day whose question is still open and unanswered is not missed yet. It neither adds nor breaks.
3. A missed day breaks the streak, unless a freeze covers it. A freeze is used by itself, on the first missed
   day of an ISO week (Monday to Sunday) on which there is a streak to keep. There is one a week, it is not
   saved up, and it adds no day to the streak.
4. No more than two freezes follow each other without an answer in between. For a group with two or more
   questions a week that is so in any case; it keeps a group with one a week from having endless streaks.
5. Before their first answer a learner misses nothing.

A group's streak: a day counts when at least half of the regulars answered. Regulars of a day are those who
answered on at least three of the seven days before it; while a group is younger than three days, on all of
them. Where nobody is regular, one answer will do. A group has no freezes.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import islice
from math import ceil
from typing import Final, assert_never

from bot.core.ids import LearnerId

FREEZES_IN_A_ROW: Final = 2
RECENT_DAYS: Final = 7
REGULAR_DAYS: Final = 3
SHARE: Final = Fraction(1, 2)


class Mark(StrEnum):
    """What one day was to a learner: what a calendar shows."""

    ANSWERED = "answered"
    FROZEN = "frozen"
    MISSED = "missed"

    OPEN = "open"
    """Still to be answered."""

    BEFORE = "before"
    """Earlier than the learner's first answer."""


@dataclass(frozen=True, slots=True)
class DayStreak:
    """A learner's streak: its *current* length in days, and the *best* that they ever had.

    *freezes* are the days of the current streak that a freeze covered, the last ones included. *todo* are the
    days that can still be answered, mostly today. *frozen* says that this week's freeze is used, for the week
    of the latest day.
    """

    current: int
    best: int
    freezes: tuple[date, ...] = ()
    todo: tuple[date, ...] = ()
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class GroupStreak:
    """A group's streak, and what its latest day is about: *answered* of the *regulars*; *needed* make it."""

    current: int
    best: int
    regulars: int = 0
    answered: int = 0
    needed: int = 0


def day_marks(
    asked: Iterable[date], answered: Collection[date], *, still_open: Collection[date] = ()
) -> dict[date, Mark]:
    """Return what each day of *asked* was to a learner, in the order of days.

    *asked* are the group's days, in any order and as often as they had questions. *answered* are those on
    which the learner answered before the reveal; one that is not asked counts for nothing. *still_open* are
    the days that can be answered now, today's or, before a late reveal, an earlier one.
    """
    marks: dict[date, Mark] = {}
    used: tuple[int, int] | None = None
    covered = FREEZES_IN_A_ROW
    began = False
    for day in sorted(set(asked)):
        week = day.isocalendar()[:2]
        if day in answered:
            marks[day], covered, began = Mark.ANSWERED, 0, True
        elif day in still_open:
            marks[day] = Mark.OPEN
        elif covered < FREEZES_IN_A_ROW and week != used:
            marks[day], used, covered = Mark.FROZEN, week, covered + 1
        else:
            marks[day], covered = Mark.MISSED if began else Mark.BEFORE, FREEZES_IN_A_ROW
    return marks


def day_streak(
    asked: Iterable[date], answered: Collection[date], *, still_open: Collection[date] = ()
) -> DayStreak:
    """Return the learner's streak as it stands; the arguments are those of :func:`day_marks`."""
    marks = day_marks(asked, answered, still_open=still_open)
    current = best = 0
    freezes: list[date] = []
    for day, mark in marks.items():
        match mark:
            case Mark.ANSWERED:
                current += 1
                best = max(best, current)
            case Mark.FROZEN:
                freezes.append(day)
            case Mark.MISSED:
                current = 0
                freezes.clear()
            case Mark.OPEN | Mark.BEFORE:
                continue
            case _:
                assert_never(mark)
    todo = tuple(day for day, mark in marks.items() if mark is Mark.OPEN)
    return DayStreak(current, best, tuple(freezes), todo, _frozen(marks))


def group_streak(
    answers: Mapping[date, Collection[LearnerId]], *, still_open: Collection[date] = ()
) -> GroupStreak:
    """Return the group's streak as it stands.

    *answers* has every day of the group, with those who answered in time, also when nobody did. A day that is
    still open counts as soon as enough have answered, and breaks nothing before.
    """
    days = sorted(answers)
    times: Counter[LearnerId] = Counter()
    last = GroupStreak(0, 0)
    for index, day in enumerate(days):
        last = _group_day(last, times, min(index, REGULAR_DAYS), answers[day], open_=day in still_open)
        times.update(set(answers[day]))
        if index >= RECENT_DAYS:
            times.subtract(set(answers[days[index - RECENT_DAYS]]))
    return last


def _group_day(
    before: GroupStreak,
    times: Mapping[LearnerId, int],
    least: int,
    answered: Collection[LearnerId],
    *,
    open_: bool,
) -> GroupStreak:
    """Return the streak after one day; *times* is on how many of the days before it each learner answered.

    With nobody regular everybody who answered counts, and one is needed.
    """
    regulars = {learner for learner, count in times.items() if count >= least}
    present = len(regulars.intersection(answered) if regulars else set(answered))
    needed = max(1, ceil(len(regulars) * SHARE))
    kept = before.current if open_ else 0
    current = before.current + 1 if present >= needed else kept
    return GroupStreak(current, max(before.best, current), len(regulars), present, needed)


def _frozen(marks: dict[date, Mark]) -> bool:
    """Return whether a freeze was used in the week of the latest day."""
    latest = list(islice(reversed(marks), RECENT_DAYS))
    week = latest[0].isocalendar()[:2] if latest else None
    return any(marks[day] is Mark.FROZEN and day.isocalendar()[:2] == week for day in latest)
