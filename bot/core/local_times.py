"""Local times: where a wall clock and the line of moments meet.

Two rules, for every zone and every change of its clock:

1. A wall time that a clock skips is read by the clock as it stood before, so it moves forward by as much as
   the clock does: 02:30 in a gap from 02:00 to 03:00 is 03:30. That is RFC 5545's rule, and the better one of
   the two that are common. The other, the first moment after the gap, would bring everything that lies in the
   gap to one moment: here what is half an hour apart stays half an hour apart, in its order.
2. A wall time that a clock shows twice is the first of the two.

Both are what ``fold=0`` means, so they need no case of their own. A change of a clock is at most a few hours,
save where a country crosses the date line and skips a whole date (Samoa left out 30 December 2011): on such
a date nothing happens, see :func:`exists`.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.errors import ConfigError

DAY = timedelta(days=1)
_INSTANT = timedelta.resolution


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo:
    """Return the zone *name*, kept for ever, since zoneinfo itself keeps eight.

    The only place where rules of a zone are looked up. Raises ConfigError for a name that nobody knows.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ConfigError(
            f"expected the name of a time zone such as Europe/Berlin, not {name!r}; "
            "if that is one, install the newest tzdata"
        ) from error


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, at which clocks in *zone* show *at* on *day*, by the two rules above."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def exists(day: date, at: time, zone: ZoneInfo) -> bool:
    """Return whether *day* has this time, if need be moved forward; false where the date line took it.

    Where it did, the moment that *at* moves to is the same time of another date, which has its own.
    """
    wanted = datetime.combine(day, at)
    return moment(day, at, zone).astimezone(zone).replace(tzinfo=None) - wanted < DAY


def local_day(at: datetime, zone: ZoneInfo) -> date:
    """Return the date that calendars in *zone* show at the moment *at*."""
    return at.astimezone(zone).date()


def day_starts(day: date, zone: ZoneInfo) -> datetime:
    """Return the moment, in UTC, from which calendars in *zone* show *day* or a later date for good.

    Where a clock falls back over midnight, so that the evening before comes again, that is the second
    midnight; where midnight is skipped, the end of the gap. A skipped date starts where the next one does.
    """
    first, again = (datetime.combine(day, time(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    if again > first and local_day(again - _INSTANT, zone) < day:
        return again
    return first
