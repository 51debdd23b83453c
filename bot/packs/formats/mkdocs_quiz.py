"""Quiz pages in the syntax of mkdocs-quiz: recognised, read and written.

The reading stands in :mod:`bot.packs.formats.mkdocs_quiz_blocks` and
:mod:`bot.packs.formats.mkdocs_quiz_questions`, the writing in :mod:`bot.packs.formats.mkdocs_quiz_writing`.
"""

import re
from html import unescape
from typing import Final

from bot.packs.formats.mkdocs_quiz_blocks import OLD, OPEN, SOURCE, Blocks
from bot.packs.formats.mkdocs_quiz_writing import write
from bot.packs.formats.page_lines import Fences, Gathering, first_lines, open_page, take_front_matter
from bot.packs.importing.drafts import Fault, Harvest
from bot.packs.importing.sources import SourceFile

NAME: Final = "mkdocs-quiz"
EXTENSIONS: Final = (".md", ".markdown", ".html", ".htm", ".txt")

SURE: Final = 95
_TITLE = re.compile(r"<title>([^<]*)</title>", re.IGNORECASE)

__all__ = ["EXTENSIONS", "NAME", "read", "recognise", "write"]


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* has quizzes: a tag where a line begins, outside of code."""
    lines = first_lines(source)
    if any(SOURCE in line for line in lines):
        return SURE
    if not any(OPEN in line or line.strip() in OLD for line in lines):
        return 0
    code = Fences(lines).code()
    tags = (at for at, line in enumerate(lines) if line.lstrip().startswith(OPEN) or line.strip() in OLD)
    return SURE if any(at not in code for at in tags) else 0


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
