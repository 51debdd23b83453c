"""Which item or card of a deck a line belongs to, told from the text alone.

Slips of YAML are found before there is a tree; this names the item that they stand in all the same.
"""

import re
from dataclasses import replace

from bot.packs.problems import Problem
from bot.packs.scalars import LONGEST_ID

_ITEMS = re.compile(r"(?:items|cards):\s*(?:#.*)?")
_ENTRY = re.compile(r"( *)- ")
_OUTSIDE = re.compile(r"(?!- )[^\s#]")
_ID = re.compile(r"\s*(?:- )?[{\s]*id:\s*[\"']?([^\s\"',}#]+)")


def name_items(problems: list[Problem], text: str) -> list[Problem]:
    """Return *problems* of the deck *text*, those without an item with the item that their line is in."""
    lines = text.splitlines()
    starts, end = _starts(lines)
    return [
        replace(problem, item=_item_at(problem.line, starts, lines[: end - 1]))
        if not problem.item and problem.line < end
        else problem
        for problem in problems
    ]


def _starts(lines: list[str]) -> tuple[list[int], int]:
    """Return the lines, from 1, on which the entries of a deck start, and the line behind the last."""
    first = next((number for number, line in enumerate(lines, 1) if _ITEMS.fullmatch(line)), len(lines))
    rest = enumerate(lines[first:], first + 1)
    end = next((number for number, line in rest if _OUTSIDE.match(line)), len(lines) + 1)
    entries = [
        (number, len(entry[1]))
        for number, line in enumerate(lines[first : end - 1], first + 1)
        if (entry := _ENTRY.match(line))
    ]
    return [number for number, depth in entries if depth == entries[0][1]], end


def _item_at(line: int, starts: list[int], lines: list[str]) -> str:
    """Return the id of the entry that holds *line*, or its number; nothing outside of all entries."""
    position = sum(1 for start in starts if start <= line)
    if position == 0:
        return ""
    start = starts[position - 1]
    end = starts[position] - 1 if position < len(starts) else len(lines)
    found = next((found[1] for text in lines[start - 1 : end] if (found := _ID.match(text))), "")
    return found if found.isprintable() and 0 < len(found) <= LONGEST_ID else f"#{position}"
