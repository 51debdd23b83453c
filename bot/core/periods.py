"""Periods: the intervals that a leaderboard is about, from one moment up to another, in a group's zone.

A period is made of whole dates of the group's calendar and holds the moments ``start <= at < end``. The
periods of one kind follow each other without a gap and without overlap, whatever the clock does: a day on
which it changes has 23 or 25 hours, and a date that a zone skips has none. Seasons may overlap, and then the
one that began last is the one that runs.

A period's *key* names it in rows: ``d:2026-11-22``, ``w:2026-W47``, ``m:2026-11``, ``s:spring``, ``a``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType, assert_never
from zoneinfo import ZoneInfo

from bot.core.local_times import DAY, day_starts, local_day

SeasonId = NewType("SeasonId", str)
"""A season's id, unique in its group; no colon in it."""

_WEEK: Final = 7 * DAY
_DECEMBER: Final = 12


class Span(StrEnum):
    """The kinds of periods; the value begins the key."""

    DAY = "d"
    WEEK = "w"
    MONTH = "m"
    SEASON = "s"
    ALL = "a"


@dataclass(frozen=True, slots=True)
class Season:
    """A named interval: from the date *first* to the date *last*, both included."""

    id: SeasonId
    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Period:
    """An interval of dates and of moments: from *start*, up to and without *end*; None is without bound.

    *first* is the first date, *after* the first date that no longer belongs to it.
    """

    span: Span
    key: str
    start: datetime | None = None
    end: datetime | None = None
    first: date | None = None
    after: date | None = None

    def holds(self, at: datetime) -> bool:
        """Return whether *at* lies in the period."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)


ALL_TIME: Final = Period(Span.ALL, Span.ALL.value)


def day_period(day: date, zone: ZoneInfo) -> Period:
    """Return the period of one date."""
    return _period(Span.DAY, day.isoformat(), day, day + DAY, zone)


def week_period(day: date, zone: ZoneInfo) -> Period:
    """Return the ISO week of *day*: Monday to Sunday; its year is the one that its Thursday lies in."""
    year, week, weekday = day.isocalendar()
    monday = day - (weekday - 1) * DAY
    return _period(Span.WEEK, f"{year:04d}-W{week:02d}", monday, monday + _WEEK, zone)


def month_period(day: date, zone: ZoneInfo) -> Period:
    """Return the calendar month of *day*."""
    first = day.replace(day=1)
    year, month = (day.year + 1, 1) if day.month == _DECEMBER else (day.year, day.month + 1)
    return _period(Span.MONTH, f"{day:%Y-%m}", first, date(year, month, 1), zone)


def season_period(season: Season, zone: ZoneInfo) -> Period:
    """Return the period of *season*."""
    return _period(Span.SEASON, season.id, season.first, season.last + DAY, zone)


def season_on(day: date, seasons: Iterable[Season]) -> Season | None:
    """Return the season that runs on *day*: of several the one that began last, then the greater id."""
    running = [season for season in seasons if season.first <= day <= season.last]
    return max(running, key=lambda season: (season.first, season.id), default=None)


def period_at(span: Span, at: datetime, zone: ZoneInfo, seasons: Iterable[Season] = ()) -> Period | None:
    """Return the period of kind *span* that holds the moment *at*; None between seasons."""
    return _on(span, _day_at(at, zone), zone, seasons)


def periods_at(at: datetime, zone: ZoneInfo, seasons: Iterable[Season] = ()) -> tuple[Period, ...]:
    """Return every period that holds the moment *at*, the shortest kind first: where its points count."""
    day = _day_at(at, zone)
    held = tuple(seasons)
    found = (_on(span, day, zone, held) for span in Span)
    return tuple(period for period in found if period is not None)


def period_before(period: Period, zone: ZoneInfo, seasons: Iterable[Season] = ()) -> Period | None:
    """Return the period of the same kind before *period*, to measure improvement against.

    For a season that is the one that began last before it. None before the first season, and for all time.
    """
    if period.first is None:
        return None
    if period.span is not Span.SEASON:
        return _on(period.span, period.first - DAY, zone, ())
    earlier = [season for season in seasons if season.first < period.first]
    last = max(earlier, key=lambda season: (season.first, season.id), default=None)
    return season_period(last, zone) if last else None


def _day_at(at: datetime, zone: ZoneInfo) -> date:
    """Return the date whose period holds *at*.

    That is the calendar's date, save where a clock falls back over midnight: what it showed of the new day
    before it did still belongs to the old one.
    """
    day = local_day(at, zone)
    return day if day_starts(day, zone) <= at else day - DAY


def _on(span: Span, day: date, zone: ZoneInfo, seasons: Iterable[Season]) -> Period | None:
    match span:
        case Span.DAY:
            return day_period(day, zone)
        case Span.WEEK:
            return week_period(day, zone)
        case Span.MONTH:
            return month_period(day, zone)
        case Span.SEASON:
            season = season_on(day, seasons)
            return season_period(season, zone) if season else None
        case Span.ALL:
            return ALL_TIME
        case _:
            assert_never(span)


def _period(span: Span, name: str, first: date, after: date, zone: ZoneInfo) -> Period:
    return Period(span, f"{span}:{name}", day_starts(first, zone), day_starts(after, zone), first, after)
