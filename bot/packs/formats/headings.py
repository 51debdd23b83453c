"""Interview pages by headings: ``## Section``, ``### 4. Prompt``, and a body down to the next heading."""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bot.packs.formats.page_answers import Ask, add_open_question, numbered
from bot.packs.formats.page_lines import Fences, Gathering, first_lines, open_page, take_front_matter
from bot.packs.formats.page_prompts import is_prompt, may_be_prompt
from bot.packs.formats.page_surroundings import CLOSING_MARKS, HEADING, Surroundings, plain_heading
from bot.packs.importing.drafts import Fault, Harvest, Span
from bot.packs.importing.sources import SourceFile

NAME: Final = "interview-headings"
EXTENSIONS: Final = (".md", ".markdown", ".txt")

SURE: Final = 75
FAIRLY_SURE: Final = 60
FEWEST: Final = 2
"""So many headings must ask, and half of those on their level, before a page is taken for an interview."""

_ENDS = re.compile(r"[ \t]*(?:-{3,}|\*{3,}|_{3,}|\**\[[^\]\[]*\]\(#[^()]*\)\**)[ \t]*")
"""What may stand below an answer and is no part of it: a dividing line, or a link to a place of the page."""


class _Heading(NamedTuple):
    at: int
    level: int
    text: str
    raw: str


class _Level(NamedTuple):
    """What the headings of one level are like."""

    level: int
    asking: int
    numbered: int
    all: int


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* asks by its headings; a page of plain chapters does not."""
    lines = first_lines(source)
    if not any(line.startswith("#") for line in lines):
        return 0
    level = _prompt_level(_headings(lines, Fences(lines)))
    if level is None or level.asking < FEWEST or max(level.asking, level.numbered) * 2 < level.all:
        return 0
    return SURE if level.numbered * 2 >= level.all else FAIRLY_SURE


def read(source: SourceFile) -> Harvest:
    """Return every prompt of *source* as an open question with a card; sections become topics."""
    page = open_page(source, NAME)
    if isinstance(page, Harvest):
        return page
    fences = Fences(page.lines)
    headings = _headings(page.lines, fences)
    level = _prompt_level(headings)
    deepest = level.level - 1 if level else 6
    around = Surroundings(page, fences, deepest_topic=deepest)
    prompts = _prompts(headings, level.level if level else 0, len(page.lines))
    at = take_front_matter(page)
    while at < len(page.lines):
        if at in prompts:
            heading, end = prompts[at]
            _add(heading, end, around.topic, page)
            at = end
        elif page.lines[at].strip():
            at = around.take(at)
        else:
            at += 1
    around.finish()
    if not page.questions:
        page.report(
            Fault.NOTHING_FOUND, 0, "No heading of the page asks anything.", "Write `### 1. What is …?`."
        )
    return page.harvest()


def _headings(lines: Sequence[str], fences: Fences) -> list[_Heading]:
    """Return the headings outside of code."""
    found: list[_Heading] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        end = fences.end(at)
        if end is not None:
            at = end
        elif line.startswith("#") and (match := HEADING.match(line)):
            found.append(_Heading(at, len(match[1]), plain_heading(match[2]), match[2]))
        at += 1
    return found


def _prompt_level(headings: Sequence[_Heading]) -> _Level | None:
    """Return the level on which most headings ask."""
    levels = [_judged(level, headings) for level in range(1, 7)]
    return max(
        (level for level in levels if level.asking),
        key=lambda level: (level.asking, level.level),
        default=None,
    )


def _judged(level: int, headings: Sequence[_Heading]) -> _Level:
    texts = [heading.text for heading in headings if heading.level == level]
    split = [numbered(text) for text in texts]
    asking = sum(is_prompt(bare) or bool(number and may_be_prompt(bare)) for number, bare in split)
    return _Level(level, asking, sum(bool(number) for number, _ in split), len(texts))


def _prompts(headings: Sequence[_Heading], level: int, lines: int) -> dict[int, tuple[_Heading, int]]:
    """Return the headings that ask, by their lines, each with the line behind its body."""
    found: dict[int, tuple[_Heading, int]] = {}
    bounds = [heading for heading in headings if heading.level <= level]
    ends = [heading.at for heading in bounds[1:]] + [lines]
    for heading, end in zip(bounds, ends, strict=False):
        if heading.level == level and may_be_prompt(heading.text):
            found[heading.at] = (heading, end)
    return found


def _add(heading: _Heading, end: int, topic: str, page: Gathering) -> None:
    lines = page.lines
    while end > heading.at + 1 and not lines[end - 1].strip():
        end -= 1
    last = end
    while last > heading.at + 1 and (not lines[last - 1].strip() or _ENDS.fullmatch(lines[last - 1])):
        last -= 1
    number, prompt = numbered(CLOSING_MARKS.sub("", heading.raw.strip()))
    if not prompt:
        page.report(
            Fault.NO_PROMPT, heading.at, "A heading has a number and no question.", "Write the question."
        )
        page.drop(heading.at, end, "an answer without a question")
        return
    ask = Ask(prompt, Span(heading.at + 1, end), topic, number)
    add_open_question(ask, "\n".join(lines[heading.at + 1 : last]), page)
