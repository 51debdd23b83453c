"""Cells of tables: what stands for several things in one cell, and formulas that must stay text."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.packs.importing.drafts import Span

LONGEST: Final = 5_000_000
_FORMULA: Final = re.compile(r"'*[=+\-@\t]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t]")
_PIECE: Final = re.compile(r"(?:\\.|[^|\\])+|\\$", re.DOTALL)


def guarded(text: str) -> str:
    """Return *text* with an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Return *text* without the apostrophe that guards it."""
    return text[1:] if _GUARDED.match(text) else text


def joined(texts: Sequence[str]) -> str:
    """Return *texts* in one cell, with a bar between them."""
    return " | ".join(text.replace("\\", "\\\\").replace("|", "\\|") for text in texts)


def split(cell: str) -> tuple[str, ...]:
    """Return the texts between the bars of *cell*."""
    pieces = (re.sub(r"(?s)\\([\\|])", r"\1", one).strip() for one in _PIECE.findall(cell))
    return tuple(one for one in pieces if one)


def separator_of(header: str) -> str:
    """Return what parts the columns of *header*: a comma, a semicolon or a tab."""
    return max(",;\t", key=header.count)


def rows_of(lines: Sequence[str], separator: str) -> Iterator[tuple[list[str] | None, Span]]:
    """Yield each row with its lines; None for what cannot be taken apart, which is all of the rest."""
    before = csv.field_size_limit(LONGEST)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=separator, strict=True)
    done = 0
    try:
        for row in reader:
            span = Span(done + 1, reader.line_num)
            done = reader.line_num
            if any(cell.strip() for cell in row):
                yield [unguarded(cell.strip()) for cell in row], span
    except csv.Error:
        yield None, Span(done + 1, len(lines))
    finally:
        csv.field_size_limit(before)


def table(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> bytes:
    """Return *rows* below the names of those *columns* that any of them uses."""
    used = [name for name in columns if any(row.get(name) for row in rows)] or list(columns[:2])
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(used)
    writer.writerows([guarded(row.get(name, "")) for name in used] for row in rows)
    return out.getvalue().encode()
