"""Recap lines: when a weekly recap should come, as people type it: a weekday and a time, in either order."""

import re
from typing import Final

from bot.core.commands import Off, RecapAt
from bot.core.typed_times import Unclear, read_time, read_weekdays
from bot.engine.deck_names import nearest

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_OFF: Final = frozenset({"never", "no", "none", "off", "stop"})
_APART: Final = re.compile(r"[\s,;]+")


def read_recap(said: str) -> RecapAt | Off | None:
    """Return when *said* wants the recap; None when it does not name one weekday and one time."""
    words = _words(said)
    if " ".join(words).casefold() in _OFF:
        return Off.OFF
    for place in range(1, len(words)):
        first, last = " ".join(words[:place]), " ".join(words[place:])
        found = _recap(first, last) or _recap(last, first)
        if found is not None:
            return found
    return None


def likely_recap(said: str) -> str:
    """Return *said* with one word made the weekday it is like, if that can be read; else ""."""
    words = _words(said)
    for place, word in enumerate(words):
        day = nearest(word, DAYS) if isinstance(read_weekdays(word), Unclear) else ""
        better = " ".join([*words[:place], day, *words[place + 1 :]]) if day else ""
        if better and read_recap(better) is not None:
            return better
    return ""


def _recap(days: str, at: str) -> RecapAt | None:
    weekdays, clock = read_weekdays(days), read_time(at.casefold().removeprefix("at "))
    if isinstance(weekdays, Unclear) or isinstance(clock, Unclear) or len(weekdays) != 1:
        return None
    return RecapAt(weekdays[0], clock)


def _words(said: str) -> list[str]:
    return [word for word in _APART.split(said) if word]
