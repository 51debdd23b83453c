"""Tables that lost their separators: kept as the text that is left of them, and reported."""

import re
from typing import Final

from bot.packs.importing.drafts import Fault, Harvest, Problem
from bot.packs.repairs.passages import drafts, has_any, named, whole, with_problems, without_code

_SIGNS: Final = ("|", "\t")
_DASHES: Final = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_HEAD_AND_DASHES: Final = 2
_FEWEST_CELLS: Final = 2


def without_lost_tables(harvest: Harvest) -> Harvest:
    """Return *harvest* with a problem for each text in which a table is broken."""
    if not has_any(harvest.said, _SIGNS):
        return harvest
    found = [
        Problem(
            Fault.LOST_TABLE,
            draft.span.first,
            f"A table in “{named(draft)}” has lost its separators, so it is kept as text.",
            "Write it as a table again: a row of dashes under the headings, as many cells in each row.",
        )
        for draft in drafts(harvest)
        if has_any(text := whole(draft), _SIGNS) and _lost(without_code(text))
    ]
    return with_problems(harvest, found)


def _lost(text: str) -> bool:
    """Return whether a table in *text* is none any more."""
    rows: list[str] = []
    tabbed = 0
    for line in [*text.split("\n"), ""]:
        tabbed = tabbed + 1 if "\t" in line.strip() else 0
        if tabbed >= _FEWEST_CELLS:
            return True
        if line.lstrip().startswith("|"):
            rows.append(line.strip())
        else:
            if _broken(rows):
                return True
            rows = []
    return False


def _broken(rows: list[str]) -> bool:
    """Return whether lines that begin with a bar have no row of dashes, or not all the same cells."""
    if len(rows) < _HEAD_AND_DASHES or all(_cells(row) < _FEWEST_CELLS for row in rows):
        return False
    return not _DASHES.fullmatch(rows[1]) or len({_cells(row) for row in rows}) > 1


def _cells(row: str) -> int:
    """Return how many cells a row has."""
    return len(re.sub(r"\\.", "", row).strip("|").split("|"))
