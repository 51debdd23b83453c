"""Typed times: times of day, weekdays and reveals as people type them, read whole or not at all.

Kind where there is one meaning: ``9``, ``9:30``, ``0930``, ``21h``, ``9 p.m.``, ``noon``; ``weekdays``,
``mon-fri``, ``mo, we and fr``. Without *am* or *pm* an hour is one of 24. What could be read in two ways is
refused, for a refused line can be sent again and a misread one wakes a group at night.
"""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from bot.core.commands import Reveal, RevealAfter, RevealAt
from bot.core.schedules import EVERY_DAY
from bot.core.words import compose

LONGEST: Final = 80
LONGEST_OPEN: Final = 168
"""A question stays open for a week at most."""

_TIME: Final = re.compile(
    r"""
    (?: (?:at\b|@) \s* )?
    (?P<hour>\d{1,2}) (?: \s?[:.h]\s? (?P<minute>\d\d) | (?P<packed>\d\d) )?
    \s* (?: (?P<half>[ap]) \.? (?:\s?m\.?)? | h | hrs? | hours? | uhr | o'?clock )?
    """,
    re.VERBOSE,
)
_WORDS: Final = {"noon": time(12), "midday": time(12), "midnight": time(0)}
_HALF_DAY: Final = 12
_HOURS: Final = 24
_MINUTES: Final = 60
_LEAST_PACKED: Final = 3
"""Digits without a sign between them are hour and minute from here on: 930."""

_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SETS: Final = {"weekdays": EVERY_DAY[:5], "weekend": EVERY_DAY[5:]}
_ALL: Final = frozenset({"all", "always", "daily", "day", "days", "everyday"})
"""Every day, when nothing else is named: *daily mon-fri* is Monday to Friday."""

_WORKING: Final = re.compile(r"\b(?:week|work|working|business)[ -]?days?\b")
_WEEKEND: Final = re.compile(r"\bweek[ -]?end(?:s|[ -]days?)?\b")
_RANGE: Final = re.compile(r"\s*(?:-|\.\.+|\b(?:to|till|until|through|thru)\b)\s*")
_APART: Final = re.compile(r"[\s,;/&+]+|\band\b")
_FILLERS: Final = frozenset({"", "each", "every", "on", "the"})

_AFTER: Final = re.compile(
    r"(?:(?P<after>after|in)\b\s*)?(?P<count>\d{1,4}|an?|one)\s*(?:(?P<unit>h|hrs?|hours?|d|days?)\b)?(?:\s*later)?"
)


class Trouble(StrEnum):
    """Why what was typed could not be read."""

    EMPTY = "empty"
    """Nothing was typed."""

    TOO_LONG = "too_long"
    """Longer than anything that could be meant."""

    NOT_A_TIME = "not_a_time"
    """No time of day."""

    NO_SUCH_TIME = "no_such_time"
    """It has the form of a time, but no clock shows it: 25:00, 13 pm. The day's end is tomorrow's 0:00."""

    NOT_A_DAY = "not_a_day"
    """A word that names no weekday."""

    SEVERAL_DAYS = "several_days"
    """Letters that begin several weekdays, such as *t*."""

    NUMBERED_DAYS = "numbered_days"
    """Numbers, which count from Monday for some and from Sunday for others."""

    HOURS_OR_TIME = "hours_or_time"
    """A bare number where both hours and a time of day could be meant."""

    NOT_OPEN = "not_open"
    """Open for no time at all, or for longer than a week."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing was read: why, and the words that were in the way."""

    reason: Trouble
    said: str = ""


def read_time(said: str) -> time | Unclear:
    """Return the time of day that *said* names, or why it names none."""
    plain = _plain(said)
    if isinstance(plain, Unclear):
        return plain
    if plain in _WORDS:
        return _WORDS[plain]
    match = _TIME.fullmatch(plain)
    if match is None:
        return Unclear(Trouble.NOT_A_TIME, plain)
    hour = _hour(int(match["hour"]), match["half"])
    minute = int(match["minute"] or match["packed"] or 0)
    if hour is None or hour >= _HOURS or minute >= _MINUTES:
        return Unclear(Trouble.NO_SUCH_TIME, plain)
    return time(hour, minute)


def read_weekdays(said: str) -> tuple[int, ...] | Unclear:
    """Return the weekdays that *said* names, Monday as 0, each once and in order, or why it names none."""
    plain = _plain(said)
    if isinstance(plain, Unclear):
        return plain
    text = _RANGE.sub("-", _WEEKEND.sub("weekend", _WORKING.sub("weekdays", plain)))
    chunks = [chunk for chunk in _APART.split(text.strip(" .!,;")) if chunk not in _FILLERS]
    named = [chunk for chunk in chunks if chunk not in _ALL]
    if not named:
        return EVERY_DAY if chunks else Unclear(Trouble.NOT_A_DAY, plain)
    days: set[int] = set()
    for chunk in named:
        found = _days(chunk)
        if isinstance(found, Unclear):
            return found
        days.update(found)
    return tuple(sorted(days))


def read_reveal(said: str) -> Reveal | Unclear:
    """Return when to reveal: ``8h``, ``after 8`` and ``a day`` are hours, ``20:00`` and ``8pm`` a time."""
    plain = _plain(said)
    if isinstance(plain, Unclear):
        return plain
    match = _AFTER.fullmatch(plain)
    if match is None or (plain.isdecimal() and len(plain) >= _LEAST_PACKED):
        at = read_time(plain)
        return at if isinstance(at, Unclear) else RevealAt(at)
    if not match["after"] and not match["unit"]:
        return Unclear(Trouble.HOURS_OR_TIME, plain)
    count = int(match["count"]) if match["count"].isdecimal() else 1
    hours = count * _HOURS if (match["unit"] or "h").startswith("d") else count
    return RevealAfter(hours) if 0 < hours <= LONGEST_OPEN else Unclear(Trouble.NOT_OPEN, plain)


def _plain(said: str) -> str | Unclear:
    """Return *said* in small letters with plain characters, or why it need not be read."""
    if len(said) > LONGEST:
        return Unclear(Trouble.TOO_LONG, said[:LONGEST])
    return compose(said).casefold() or Unclear(Trouble.EMPTY)


def _hour(hour: int, half: str | None) -> int | None:
    """Return the hour of 24; *half* is a, p or None. 12 am is midnight; 0 am and 13 pm are no hours."""
    if half is None:
        return hour
    if not 1 <= hour <= _HALF_DAY:
        return None
    return hour % _HALF_DAY + (_HALF_DAY if half == "p" else 0)


def _days(chunk: str) -> tuple[int, ...] | Unclear:
    """Return the days of one word or of one range, which may run over the week's end: sat-mon."""
    if chunk in _SETS:
        return _SETS[chunk]
    ends = [_day(name) for name in chunk.split("-", 1)]
    days = [day for day in ends if isinstance(day, int)]
    if len(days) < len(ends):
        return next(day for day in ends if isinstance(day, Unclear))
    first, last = days[0], days[-1]
    return tuple(day % 7 for day in range(first, (last if last >= first else last + 7) + 1))


def _day(name: str) -> int | Unclear:
    if name.isdecimal():
        return Unclear(Trouble.NUMBERED_DAYS, name)
    bare = name.rstrip(".")
    for form in (bare, bare.removesuffix("s")):
        begun = [index for index, day in enumerate(_DAYS) if form and day.startswith(form)]
        if len(begun) == 1:
            return begun[0]
        if begun:
            return Unclear(Trouble.SEVERAL_DAYS, name)
    return Unclear(Trouble.NOT_A_DAY, name)
