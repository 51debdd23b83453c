"""Schedules: on which local dates a channel gets its question of the day, and at which moment.

Rule 1: a post is named by its schedule and its local date (:func:`daily_round`), never by a moment. So no
change of a clock, of a zone's rules or of the schedule itself can double it.

Rule 2: dates are settled in their order, each once: posted or skipped. The latest settled date is all that
must be remembered. What is not after it is settled for good, however a clock or a zone jumps.

Rule 3: a schedule that is new, changed or resumed owes nothing of what lies behind: it *starts* at the first
date whose moment is still to come (:func:`started`). What the old one owed is settled before it is changed,
in the same transaction.

Rule 4: of several dates that are owed, the newest is posted if it is not too late, and all others are
skipped: after a long silence a channel gets one question, not a heap.

How wall times become moments is told in :mod:`bot.core.local_times`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from typing import Final, assert_never
from zoneinfo import ZoneInfo

from bot.core.commands import DAILY_NAME, DrawRequest, Reveal, RevealAfter, RevealAt
from bot.core.ids import ChannelId, LearnerId, RoundId, ScheduleId
from bot.core.local_times import DAY, exists, local_day, moment, zone_named

GRACE: Final = timedelta(hours=6)
"""How late a post may be, unless the configuration says otherwise."""

LEAST_OPEN: Final = timedelta(hours=1)
"""A question that was posted late stays open for this long at least, or for half of what was planned."""

DEFAULT_REVEAL: Final = RevealAfter(12)
NOBODY: Final = LearnerId(0)
RECAP: Final = "recap"
"""What the id of the schedule of a weekly recap begins with, and no other's: theirs have 13 characters."""

_SHORTEST_RECAP: Final = 14

EVERY_DAY: Final = (0, 1, 2, 3, 4, 5, 6)
"""Weekdays are numbers, Monday is 0."""

_DAILY: Final = re.compile(r"([a-z0-9]{1,20})-(\d{4}-\d{2}-\d{2})", re.ASCII)
_WEEK: Final = 7
_LONGEST_SEARCH: Final = 3 * _WEEK
"""Any weekday comes within a week; a date line may take it once, and then it comes a week later."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """A question a day in a channel, *at* a wall time in *zone* (a name), on *weekdays* (0 is Monday).

    *request* says what to draw from, *mention* is the platform's id of the role to call, "" for none.
    *starts* is the first local date that counts. While *paused* nothing is owed. *owner* is who set it last,
    with the *account* that hears of trouble; *failures* counts the posts in a row that could not be made.
    *at_once* is a date whose question an organiser wants now, whatever the clock says.
    """

    id: ScheduleId
    channel: ChannelId
    at: time
    zone: str
    starts: date
    weekdays: tuple[int, ...] = EVERY_DAY
    request: DrawRequest = field(default_factory=lambda: DrawRequest(count=1))
    reveal: Reveal = DEFAULT_REVEAL
    mention: str = ""
    paused: bool = False
    name: str = DAILY_NAME
    owner: LearnerId = NOBODY
    account: str = ""
    failures: int = 0
    at_once: date | None = None


class DayDecision(StrEnum):
    """What to do about one local date now."""

    POST = "post"
    """It is due, and not too late."""

    WAIT = "wait"
    """It is due later."""

    SKIP_LATE = "skip_late"
    """It was due, and too long ago: to be recorded as skipped, and nobody's streak breaks."""

    NOT_DUE = "not_due"
    """Nothing is owed on this date."""


@dataclass(frozen=True, slots=True)
class Due:
    """A local date and the moment, in UTC, at which its post is due."""

    date: date
    at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A date to settle now: *decision* is POST or SKIP_LATE."""

    due: Due
    decision: DayDecision


def daily_round(schedule: ScheduleId, day: date) -> RoundId:
    """Return what names the round of *day* for ever: in the ledger, and towards the platform."""
    return RoundId(f"{schedule}-{day.isoformat()}")


def is_recap(schedule: str) -> bool:
    """Tell whether this is the id of a schedule that posts the recap of a week and no question."""
    return schedule.startswith(RECAP) and len(schedule) >= _SHORTEST_RECAP


def day_of(round_: RoundId) -> tuple[ScheduleId, date] | None:
    """Return the schedule and the local date of a round of a question of the day; None for any other."""
    found = _DAILY.fullmatch(round_)
    if found is None:
        return None
    try:
        return ScheduleId(found[1]), date.fromisoformat(found[2])
    except ValueError:
        return None


def due_at(schedule: Schedule, day: date) -> datetime:
    """Return the moment, in UTC, of *day*'s post, whether or not *day* is one of the schedule's."""
    return moment(day, schedule.at, zone_named(schedule.zone))


def is_due(schedule: Schedule, day: date) -> bool:
    """Return whether *day* has a post: a weekday of the schedule, from its start on, on the calendar.

    A date that the zone skips, as Samoa did the 30 December 2011, has none. A paused schedule has no dates.
    """
    return (
        not schedule.paused
        and day >= schedule.starts
        and day.weekday() in schedule.weekdays
        and exists(day, schedule.at, zone_named(schedule.zone))
    )


def decide_day(
    schedule: Schedule, day: date, *, now: datetime, grace: timedelta = GRACE, settled: date | None = None
) -> DayDecision:
    """Return what to do about *day* now; *settled* is the latest date that was settled, or None.

    Late by less than *grace* is posted, and on time is never late. What is settled stays settled.
    """
    if (settled is not None and day <= settled) or not is_due(schedule, day):
        return DayDecision.NOT_DUE
    late = now - due_at(schedule, day)
    if late < timedelta(0):
        return DayDecision.WAIT
    return DayDecision.POST if late < grace or not late else DayDecision.SKIP_LATE


def next_due(schedule: Schedule, settled: date | None = None) -> Due | None:
    """Return the first date after *settled* that has a post; its moment may have passed. None for never.

    This is when the schedule wants to be looked at again: keep it beside the schedule, and make it anew
    whenever a date is settled, the schedule changes, or the program starts with newer rules of zones.
    """
    return next(_dues(schedule, _after(schedule, settled)), None)


def next_posts(
    schedule: Schedule, *, after: datetime, count: int, settled: date | None = None
) -> tuple[Due, ...]:
    """Return the next *count* posts whose moment is later than *after*: none when paused."""
    first = max(_after(schedule, settled), local_day(after, zone_named(schedule.zone)) - DAY)
    return tuple(islice((due for due in _dues(schedule, first) if due.at > after), count))


def owed(
    schedule: Schedule,
    settled: date | None,
    *,
    now: datetime,
    grace: timedelta = GRACE,
    limit: int = 100,
) -> tuple[Owed, ...]:
    """Return the dates to settle now, the oldest first, at most one of them to be posted: the last.

    *settled* is the latest date that was settled. At most *limit* dates come at a time; when as many came,
    settle them and ask again. None come while the schedule is paused or its next date is still ahead.
    """
    dues: list[Due] = []
    for due in _dues(schedule, _after(schedule, settled)):
        if due.at > now or len(dues) > limit:
            break
        dues.append(due)
    if not dues:
        return ()
    *older, newest = dues
    settling = [Owed(due, DayDecision.SKIP_LATE) for due in older]
    if len(dues) <= limit:
        settling.append(Owed(newest, decide_day(schedule, newest.date, now=now, grace=grace)))
    return tuple(settling)


def started(schedule: Schedule, *, now: datetime) -> Schedule:
    """Return *schedule* as it runs from *now* on: for a new one, a changed one and one that is resumed.

    It starts at the first local date whose moment is not before *now*. Moved from six in the evening to nine
    in the morning at noon, it posts tomorrow at nine; moved the other way after nine it posts tomorrow too,
    because today is settled. In another zone a date that is settled does not come again, and one that the
    move jumps over is not owed.
    """
    day = local_day(now, zone_named(schedule.zone)) - DAY
    while due_at(schedule, day) < now:
        day += DAY
    return replace(schedule, starts=day)


def reveal_at(schedule: Schedule, day: date, posted_at: datetime) -> datetime:
    """Return the moment, in UTC and after *posted_at*, at which the question of *day* is revealed.

    A wall time is that of *day*; one that is not after the post is the next day's. That is also so when the
    post came late and would be open for less than :data:`LEAST_OPEN`, or where no more was planned for less
    than half of that: who looks once an evening should not lose a day because we were slow. Every post is
    late by some milliseconds.
    """
    reveal = schedule.reveal
    match reveal:
        case RevealAfter(hours=hours):
            return posted_at + timedelta(hours=hours)
        case RevealAt(at=at):
            due = due_at(schedule, day)
            zone = zone_named(schedule.zone)
            planned = _first_after(due, timedelta(0), day, at, zone) - due
            return _first_after(posted_at, min(planned / 2, LEAST_OPEN), day, at, zone)
        case _:
            assert_never(reveal)


def _first_after(start: datetime, least: timedelta, day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return when clocks show *at*, on *day* or later: later than *start*, and by *least* at least."""
    day = max(day, local_day(start, zone) - DAY)
    while (found := moment(day, at, zone)) <= start or found - start < least:
        day += DAY
    return found


def _after(schedule: Schedule, settled: date | None) -> date:
    return schedule.starts if settled is None else max(schedule.starts, settled + DAY)


def _dues(schedule: Schedule, first: date) -> Iterator[Due]:
    """Yield the posts from the date *first* on, no earlier than the start; end when there are none."""
    missing = 0
    while missing < _LONGEST_SEARCH:
        missing = 0 if is_due(schedule, first) else missing + 1
        if not missing:
            yield Due(first, due_at(schedule, first))
        first += DAY
