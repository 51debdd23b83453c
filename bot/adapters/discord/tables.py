"""Tables: Discord has none, so a narrow one stands in the code font, and another one as a line a row."""

from collections.abc import Sequence
from typing import Final

from bot.adapters.discord.lines import Line, code_lines
from bot.adapters.discord.markup import Run, Runs, joined, line_of, strengthened
from bot.wording.cleaning import clean_line
from bot.wording.columns import in_columns, turns
from bot.wording.discord_sentences import SAY
from bot.wording.views import Inline, Table

_PAIR: Final = 2
_ISOLATE, _ISOLATED = "\u2068", "\u2069"


def table_lines(table: Table, lead: str = "") -> tuple[Line, ...]:
    """Return *table* as lines that keep every cell, each beginning with *lead*."""
    caption = (Line(strengthened((Run(clean_line(table.caption)),)), lead, lead),) if table.caption else ()
    if not table.rows:
        header = " · ".join(clean_line(head) for head in table.header if head)
        return (*caption, *((Line((Run(header),), lead, lead),) if header else ()))
    grid = in_columns(table)
    if grid is not None:
        return (*caption, *code_lines(grid, "", lead))
    return (*caption, *_rows(table, lead))


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
    if not any(turns(run.text) for run in runs):
        return runs
    return (Run(_ISOLATE), *runs, Run(_ISOLATED))
