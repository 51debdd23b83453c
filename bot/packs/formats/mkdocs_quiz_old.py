"""The blocks of mkdocs-quiz before its version 1.

Their lines begin with ``question:``, ``answer:``, ``answer-correct:`` and ``content:``.
"""

import re
from dataclasses import replace

from bot.packs.formats.mkdocs_quiz_questions import Block, read_block
from bot.packs.formats.page_lines import Gathering

_LINE = re.compile(r"\s*(?:quiz-)?(question|answer-correct|answer|content):[ \t]*(.*)")
_OPTION = re.compile(r"\s*(?:show-correct|auto-submit|disable-after-submit|shuffle-answers|auto-number):")


def read_old_block(block: Block, page: Gathering) -> None:
    """Add the question of an old *block* to *page*, by way of the syntax of today."""
    rows: list[str] = []
    part = ""
    for at, row in enumerate(block.rows):
        found = _LINE.match(row) if part != "content" else None
        if found:
            part = found[1]
            rows.append(_today(part, found[2].strip()))
        elif part != "content" and _OPTION.match(row):
            page.drop(
                block.start + at, block.start + at + 1, "a setting of the quiz, which a pack has no use for"
            )
            rows.append("")
        else:
            rows.append(_further(part, row))
    read_block(replace(block, rows=rows), page)


def _today(part: str, text: str) -> str:
    """Return the line for *part* in the syntax of today."""
    match part:
        case "answer":
            return f"- [ ] {text}"
        case "answer-correct":
            return f"- [x] {text}"
        case _:
            return text


def _further(part: str, row: str) -> str:
    """Return a line that goes on with *part*: those of answers are indented in the syntax of today."""
    if part.startswith("answer") and row.strip():
        return f"      {row.strip()}"
    return row
