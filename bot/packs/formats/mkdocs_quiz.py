"""Quiz pages in the syntax of mkdocs-quiz: recognised, read and written.

The reading stands in :mod:`bot.packs.formats.mkdocs_quiz_blocks` and
:mod:`bot.packs.formats.mkdocs_quiz_questions`, the writing in :mod:`bot.packs.formats.mkdocs_quiz_writing`.
"""

import re
from html import unescape
from typing import Final

from bot.packs.formats.mkdocs_quiz_blocks import OLD, OPEN, SOURCE, Blocks
from bot.packs.formats.mkdocs_quiz_writing import write
from bot.packs.formats.page_lines import Fences, Gathering, first_text, open_page, take_front_matter
from bot.packs.importing.drafts import Fault, Harvest
from bot.packs.importing.sources import SourceFile

NAME: Final = "mkdocs-quiz"
EXTENSIONS: Final = (".md", ".markdown", ".html", ".htm", ".txt")

SURE: Final = 95
_TITLE = re.compile(r"<title>([^<]*)</title>", re.IGNORECASE)

__all__ = ["EXTENSIONS", "NAME", "SURE", "read", "recognise", "write"]


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* has quizzes: a tag where a line begins, outside of code."""
    text = first_text(source)
    if SOURCE in text:
        return SURE
    if not any(tag in text for tag in (OPEN, *OLD)):
        return 0
    lines = text.splitlines()
    return SURE if any(_is_tag(lines[at]) for at in Fences(lines).outside()) else 0


def _is_tag(line: str) -> bool:
    return line.lstrip().startswith(OPEN) or line.strip() in OLD


def read(source: SourceFile) -> Harvest:
    """Return every question of *source*, a Markdown page or a page built from one."""
    page = open_page(source, NAME)
    if isinstance(page, Harvest):
        return page
    blocks = Blocks(page)
    if SOURCE in page.text:
        _take_title(page)
        blocks.read_built()
    else:
        blocks.read(take_front_matter(page))
    if not page.questions and not page.problems:
        page.report(
            Fault.NOTHING_FOUND,
            0,
            "No quiz stands on the page.",
            "Write each one between <quiz> and </quiz>.",
        )
    return page.harvest()


def _take_title(page: Gathering) -> None:
    """Take the title of a built page."""
    for at, line in enumerate(page.lines):
        if found := _TITLE.search(line):
            page.title = unescape(found[1]).strip()
            page.keep(at, at + 1)
            return
