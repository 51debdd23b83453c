"""Columns: a narrow table as lines of a font whose characters are all equally wide."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from bot.wording.cleaning import clean_line
from bot.wording.plain import plain_inline
from bot.wording.views import Emphasis, Inline, Strong, Table, Text

WIDEST: Final = 34
"""How many columns of such a font a telephone shows in a message."""

_BETWEEN: Final = "  "
_MINE: Final = "› "
_FAR_EAST: Final = frozenset("WF")
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})


def in_columns(table: Table) -> str | None:
    """Return *table* in columns; None when it is too wide, or has more in it than plain words.

    Nothing in it is read from right to left, which would turn a line of columns around.
    """
    cells = [cell for row in table.rows for cell in row]
    if not all(_is_plain(run) for cell in cells for run in cell):
        return None
    rows = [tuple(_flat(cell) for cell in row) for row in table.rows]
    header = tuple(clean_line(head) for head in table.header)
    lines = [header, *rows] if any(header) else rows
    widths = [max(_width(line[place]) for line in lines if place < len(line)) for place in range(len(header))]
    marked = len(_MINE) if table.mine else 0
    if sum(widths) + len(_BETWEEN) * (len(widths) - 1) + marked > WIDEST:
        return None
    if any(turns(text) for line in lines for text in line):
        return None
    said = [_aligned(line, widths, table.align) for line in lines]
    return "\n".join(_pointed(said, len(lines) - len(rows), table.mine) if table.mine else said)


def turns(text: str) -> bool:
    """Tell whether something in *text* is read from right to left."""
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


def _is_plain(run: Inline) -> bool:
    match run:
        case Text():
            return "`" not in run.text
        case Strong(children=children) | Emphasis(children=children):
            return all(_is_plain(child) for child in children)
        case _:
            return False


def _flat(cell: Sequence[Inline]) -> str:
    return clean_line(plain_inline(cell))


def _aligned(cells: Sequence[str], widths: Sequence[int], align: Sequence[str]) -> str:
    padded = []
    for place, (cell, width) in enumerate(zip(cells, widths, strict=False)):
        blank = " " * (width - _width(cell))
        right = place < len(align) and align[place] == "right"
        padded.append(blank + cell if right else cell + blank)
    return _BETWEEN.join(padded).rstrip()


def _pointed(lines: Sequence[str], heads: int, mine: Iterable[int]) -> list[str]:
    """Return *lines* with a sign at the reader's own."""
    own = {place + heads for place in mine}
    return [(_MINE if place in own else " " * len(_MINE)) + line for place, line in enumerate(lines)]


def _width(text: str) -> int:
    """Return how many columns *text* takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _FAR_EAST else 1
