"""Tables: Discord has none, so a narrow one stands in the code font, and another one as a line a row."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from bot.adapters.discord.lines import Line, code_lines
from bot.adapters.discord.markup import Run, Runs, joined, line_of, strengthened
from bot.wording.cleaning import clean_line
from bot.wording.discord_sentences import SAY
from bot.wording.plain import plain_inline
from bot.wording.views import Emphasis, Inline, Strong, Table, Text

WIDEST: Final = 34
"""How many columns of the code font a telephone shows in a message."""

_BETWEEN: Final = "  "
_MINE: Final = "› "
_PAIR: Final = 2
_FAR_EAST: Final = frozenset("WF")
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL", "AN"})
_ISOLATE, _ISOLATED = "\u2068", "\u2069"


def table_lines(table: Table, lead: str = "") -> tuple[Line, ...]:
    """Return *table* as lines that keep every cell, each beginning with *lead*."""
    caption = (Line(strengthened((Run(clean_line(table.caption)),)), lead, lead),) if table.caption else ()
    if not table.rows:
        header = " · ".join(clean_line(head) for head in table.header if head)
        return (*caption, *((Line((Run(header),), lead, lead),) if header else ()))
    grid = _grid(table)
    if grid is not None:
        return (*caption, *code_lines(grid, "", lead))
    return (*caption, *_rows(table, lead))


# ---------------------------------------------------------------------------------------- in the code font


def _grid(table: Table) -> str | None:
    """Return *table* in columns; None when it is too wide, or has more in it than plain words."""
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
    if any(_turns(text) for line in lines for text in line):
        return None
    said = [_aligned(line, widths, table.align) for line in lines]
    return "\n".join(_pointed(said, len(lines) - len(rows), table.mine) if table.mine else said)


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
    """Return how many columns *text* takes in the code font."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _FAR_EAST else 1


def _turns(text: str) -> bool:
    """Tell whether something in *text* is read from right to left."""
    return any(unicodedata.bidirectional(character) in _RIGHT_TO_LEFT for character in text)


# ------------------------------------------------------------------------------------------- a line a row


def _rows(table: Table, lead: str) -> tuple[Line, ...]:
    """Return a line a row: what comes before its name, the name, and what else there is with its header."""
    named = next((place for place, side in enumerate(table.align) if side == "left"), 0)
    pairs = len(table.header) == _PAIR and named == 0
    head = " · ".join(clean_line(head) for head in table.header if head.strip()) if pairs else ""
    headers = ("",) * len(table.header) if pairs else table.header
    lines = [Line((Run(head),), f"{lead}-# ", f"{lead}-# ")] if head else []
    for place, row in enumerate(table.rows):
        own = place in (table.mine or ())
        mark = lead if named else f"{lead}- "
        runs = _row(row, headers, named, own=own, between=" — " if pairs else " · ")
        lines.append(Line(runs, mark, f"{lead}  "))
    return tuple(lines)


def _row(
    row: Sequence[tuple[Inline, ...]], headers: Sequence[str], named: int, *, own: bool, between: str
) -> Runs:
    before = [runs for cell in row[:named] if (runs := _cell(cell))]
    name = _name(row[named]) if named < len(row) else ()
    you = (Run(f" ({SAY.you()})"),) if own else ()
    rest = [
        (*_head(header), *runs)
        for cell, header in zip(row[named + 1 :], headers[named + 1 :], strict=False)
        if (runs := _cell(cell))
    ]
    first = joined([*before, name], (Run(_dot(before)),)) if name else joined(before, (Run(" "),))
    return joined([part for part in ((*first, *you), *rest) if part], (Run(between),))


def _name(cell: Sequence[Inline]) -> Runs:
    """Return the cell that names a row; the code font stands out by itself."""
    runs = _cell(cell)
    return runs if any(run.style.code for run in runs) else strengthened(runs)


def _dot(before: Sequence[Runs]) -> str:
    """Return what parts a rank from its name: a point after a plain number."""
    rank = "".join(run.text for part in before for run in part)
    return ". " if rank.isdecimal() else " "


def _head(header: str) -> Runs:
    return (Run(f"{clean_line(header)}: "),) if header.strip() else ()


def _cell(cell: Sequence[Inline]) -> Runs:
    """Return *cell* on one line; what reads from right to left turns nothing else around."""
    runs = line_of(cell)
    if not any(_turns(run.text) for run in runs):
        return runs
    return (Run(_ISOLATE), *runs, Run(_ISOLATED))
