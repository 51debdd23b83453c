"""Zone lines: what a typed line says of a time zone, and what is told of one that cannot be read."""

from functools import lru_cache
from typing import Final

from bot.core.zones import ZoneTrouble, ZoneUnclear, read_zone
from bot.wording.menu import InputProblem

_PROBLEMS: Final = {
    ZoneTrouble.SEVERAL: InputProblem.SEVERAL_ZONES,
    ZoneTrouble.ABBREVIATION: InputProblem.ZONE_ABBREVIATION,
    ZoneTrouble.OFFSET: InputProblem.ZONE_OFFSET,
}

zone_meant = lru_cache(maxsize=512)(read_zone)
"""A line is looked at many times for the longest run of words that makes a zone."""


def zone_problem(unclear: ZoneUnclear) -> InputProblem:
    """Return what to tell about a zone that could not be read."""
    return _PROBLEMS.get(unclear.reason, InputProblem.UNKNOWN_ZONE)


def is_nearly_clear(unclear: ZoneUnclear) -> bool:
    """Tell whether a zone was surely meant, although it is not clear which."""
    return unclear.reason in _PROBLEMS
