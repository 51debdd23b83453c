"""Tables: Slack's own where a workspace takes them, else columns in the code font, else a line a row."""

from collections.abc import Sequence
from typing import Final

from bot.adapters.slack.lines import Frame, Kind, Line, Lines, code_lines
from bot.adapters.slack.markup import GAP, PLAIN, Run, Runs, element_of, joined, line_of, strengthened
from bot.adapters.slack.payloads import Block, cost
from bot.wording.cleaning import clean_line
from bot.wording.columns import in_columns, turns
from bot.wording.slack_sentences import SAY
from bot.wording.views import Inline, Table

MOST_ROWS: Final = 100
MOST_COLUMNS: Final = 20
LARGEST: Final = 9000
"""So much of a message one of Slack's tables may take: it cannot be cut."""

_PAIR: Final = 2
_ISOLATE, _ISOLATED = "\u2068", "\u2069"


def caption_lines(table: Table, frame: Frame) -> Lines:
    """Return what heads *table*."""
    caption = clean_line(table.caption)
    return (Line(strengthened((Run(caption),)), frame),) if caption else ()


def table_lines(table: Table, frame: Frame, *, quoted: bool = False) -> Lines:
    """Return *table* as lines that keep every cell."""
    caption = caption_lines(table, frame)
    if not table.rows:
        header = " · ".join(clean_line(head) for head in table.header if head.strip())
        return (*caption, *((Line((Run(header),), frame),) if header else ()))
    grid = in_columns(table)
    if grid is not None:
        return (*caption, *code_lines(grid, quoted=quoted))
    return (*caption, *_rows(table, frame, quoted=quoted))


def table_block(table: Table) -> Block | None:
    """Return *table* as one of Slack's; None when it is none that Slack takes, or too large for a message."""
    columns = len(table.header)
    whole = all(len(row) == columns for row in table.rows)
    if not table.rows or not whole or not any(head.strip() for head in table.header):
        return None
    if len(table.rows) >= MOST_ROWS or columns > MOST_COLUMNS:
        return None
    own = set(table.mine or ())
    header = [_plain_cell(clean_line(head)) for head in table.header]
    rows = [_table_row(row, _named(table), own=place in own) for place, row in enumerate(table.rows)]
    settings = [{"align": side, "is_wrapped": True} for side in table.align]
    block: Block = {"type": "table", "rows": [header, *rows], "column_settings": settings}
    return block if cost((block,)) <= LARGEST else None


def _table_row(row: Sequence[tuple[Inline, ...]], named: int, *, own: bool) -> list[Block]:
    you = Run(f" ({SAY.you()})")
    cells = [line_of(cell) for cell in row]
    if own:
        cells = [strengthened((*cell, you) if place == named else cell) for place, cell in enumerate(cells)]
    return [_table_cell(cell) for cell in cells]


def _table_cell(cell: Runs) -> Block:
    if all(run.style == PLAIN and run.element is None for run in cell):
        return _plain_cell("".join(run.text for run in cell))
    inside = {"type": "rich_text_section", "elements": [element_of(run) for run in cell]}
    return {"type": "rich_text", "elements": [inside]}


def _plain_cell(text: str) -> Block:
    return {"type": "raw_text", "text": text or GAP}


def _named(table: Table) -> int:
    """Return the column that names a row."""
    return next((place for place, side in enumerate(table.align) if side == "left"), 0)


# ------------------------------------------------------------------------------------------- a line a row


def _rows(table: Table, frame: Frame, *, quoted: bool) -> Lines:
    """Return a line a row: what comes before its name, the name, and what else there is with its header."""
    named = _named(table)
    pairs = len(table.header) == _PAIR and named == 0
    head = " · ".join(clean_line(head) for head in table.header if head.strip()) if pairs else ""
    headers = ("",) * len(table.header) if pairs else table.header
    lines = [Line((Run(head),), frame)] if head else []
    for place, row in enumerate(table.rows):
        own = place in (table.mine or ())
        runs = _row(row, headers, named, own=own, between=" — " if pairs else " · ")
        lines.append(Line(runs, frame if named else Frame(Kind.ITEM, quoted)))
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
