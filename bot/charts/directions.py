"""Directions: which parts of a line run from right to left, and in which order they stand.

The Unicode bidirectional algorithm (UAX 9) for one line without embeddings, which :func:`plain` takes away;
of its rules only the pairing of brackets (N0) is left out. The renderer orders letters inside a run but not
runs of different fonts, so that is done here.
"""

import re
import unicodedata
from collections.abc import Sequence
from itertools import groupby
from typing import Final

_CONTROLS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x1f\x7f-\x9f]")
_NUMBERS: Final = ("EN", "AN")
_NEUTRAL: Final = frozenset(("B", "S", "WS", "ON", "ES", "ET", "CS"))


def plain(text: str) -> str:
    """Return *text* on one line without characters that steer direction or cannot be drawn."""
    return _CONTROLS.sub("", " ".join(text.split()))


def runs_leftward(text: str) -> bool:
    """Tell whether the first letter of *text* that has a direction runs from right to left."""
    kinds = map(unicodedata.bidirectional, text)
    return next((kind for kind in kinds if kind in {"L", "R", "AL"}), "L") != "L"


def levels(text: str, *, leftward: bool) -> list[int]:
    """Return the level of each character of *text* in a line of that direction; odd ones run leftward."""
    base = "R" if leftward else "L"
    kinds = _neutral(_weak([unicodedata.bidirectional(character) or "L" for character in text], base), base)
    if leftward:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def visual_order(depths: Sequence[int]) -> list[int]:
    """Return the places of runs with these levels as they stand from left to right (rule L2)."""
    order = list(range(len(depths)))
    for depth in range(max(depths, default=0), 0, -1):
        order = _turned(order, [depths[place] >= depth for place in order])
    return order


def _turned(order: list[int], deep: list[bool]) -> list[int]:
    """Reverse each stretch of *order* that is *deep* enough."""
    result: list[int] = []
    for is_deep, places in groupby(range(len(order)), key=deep.__getitem__):
        stretch = [order[place] for place in places]
        result += reversed(stretch) if is_deep else stretch
    return result


def _weak(kinds: list[str], base: str) -> list[str]:
    """Resolve marks, numbers and what stands with numbers (rules W1 to W7)."""
    before = strong = base
    result: list[str] = []
    for given in kinds:
        kind = before if given in {"NSM", "BN"} else given
        before = kind
        if kind in {"L", "R", "AL"}:
            strong = kind
        result.append("AN" if kind == "EN" and strong == "AL" else "R" if kind == "AL" else kind)
    return _european(_terminated(_separated(result)), base)


def _separated(kinds: list[str]) -> list[str]:
    """Let one separator between two numbers of a kind be part of the number (W4)."""
    result = list(kinds)
    for place in range(1, len(kinds) - 1):
        one, kind, other = result[place - 1], kinds[place], kinds[place + 1]
        if one == other and ((kind == "CS" and one in _NUMBERS) or (kind == "ES" and one == "EN")):
            result[place] = one
    return result


def _terminated(kinds: list[str]) -> list[str]:
    """Let signs such as % next to a European number be part of it (W5)."""
    result: list[str] = []
    groups = [(kind, len(list(group))) for kind, group in groupby(kinds)]
    for place, (kind, length) in enumerate(groups):
        beside = {groups[near][0] for near in (place - 1, place + 1) if 0 <= near < len(groups)}
        result += ["EN" if kind == "ET" and "EN" in beside else kind] * length
    return result


def _european(kinds: list[str], base: str) -> list[str]:
    """Let European numbers after a letter that runs rightward run with it (W7)."""
    strong, result = base, []
    for kind in kinds:
        strong = kind if kind in {"L", "R"} else strong
        result.append("L" if kind == "EN" and strong == "L" else kind)
    return result


def _neutral(kinds: list[str], base: str) -> list[str]:
    """Give spaces and signs the direction of what stands around them, else the line's (N1 and N2)."""
    result: list[str] = []
    groups = [(neutral, list(group)) for neutral, group in groupby(kinds, key=_NEUTRAL.__contains__)]
    for place, (neutral, group) in enumerate(groups):
        left = _side(groups[place - 1][1][-1]) if place else base
        right = _side(groups[place + 1][1][0]) if place + 1 < len(groups) else base
        result += [left if left == right else base] * len(group) if neutral else group
    return result


def _side(kind: str) -> str:
    return "R" if kind in _NUMBERS else kind
