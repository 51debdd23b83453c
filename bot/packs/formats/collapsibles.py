"""Interview pages with collapsible answers: ``??? question "3. What is …?"`` and an indented body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from textwrap import dedent
from typing import Final

from bot.core.notes import Section
from bot.packs.formats.page_answers import Ask, add_open_question, numbered
from bot.packs.formats.page_lines import Fences, Gathering, first_lines, open_page, take_front_matter
from bot.packs.formats.page_prompts import is_prompt
from bot.packs.formats.page_surroundings import Surroundings
from bot.packs.importing.drafts import DraftNote, Fault, Harvest, Span
from bot.packs.importing.sources import SourceFile

NAME: Final = "collapsible-answers"
EXTENSIONS: Final = (".md", ".markdown", ".txt")

SURE: Final = 85
DEEPEST: Final = 12
"""Blocks inside of blocks are followed so deep; what lies deeper stays text."""

_MARK = re.compile(r"([ \t]*)\?\?\?[+-]?(?![?])[ \t]*(.*)")
_QUESTION_TYPES: Final = frozenset({"question", "help", "faq"})
_HINT_TYPES: Final = frozenset({"tip", "hint"})


@dataclass(frozen=True, slots=True)
class _Head:
    """The line that a collapsible begins with."""

    indent: int
    types: tuple[str, ...]
    title: str

    @property
    def asks(self) -> bool:
        """Whether the title is a prompt, and no mere remark."""
        number, bare = numbered(self.title)
        return bool(_QUESTION_TYPES & set(self.types) or number or is_prompt(bare))


@dataclass(slots=True)
class _Parts:
    """The body of a collapsible, taken apart."""

    text: list[str] = field(default_factory=list)
    hints: list[str] = field(default_factory=list)
    inner: list[tuple[int, int]] = field(default_factory=list)


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is such a page: a collapsible outside of code that asks."""
    lines = first_lines(source)
    if not any("???" in line for line in lines):
        return 0
    code = Fences(lines).code()
    heads = (_head(line) for at, line in enumerate(lines) if "???" in line and at not in code)
    return SURE if any(head and head.title and head.asks for head in heads) else 0


def read(source: SourceFile) -> Harvest:
    """Return every question of *source*, each with a card, and its remarks as notes."""
    page = open_page(source, NAME)
    if isinstance(page, Harvest):
        return page
    fences = Fences(page.lines)
    around, blocks = Surroundings(page, fences), Collapsibles(page, fences)
    at = take_front_matter(page)
    while at < len(page.lines):
        if not page.lines[at].strip():
            at += 1
            continue
        at = blocks.take(at, around.topic) or around.take(at)
    around.finish()
    if not page.questions and not page.problems:
        page.report(
            Fault.NOTHING_FOUND,
            0,
            "No collapsible on the page asks anything.",
            'Write each question as `??? question "1. What is …?"` with its answer indented below.',
        )
    return page.harvest()


class Collapsibles:
    """Reads the collapsibles of a page, one after the other."""

    def __init__(self, page: Gathering, fences: Fences) -> None:
        self._page = page
        self._fences = fences

    def end(self, at: int) -> int | None:
        """Return the line behind the collapsible that starts in line *at*; None when none starts there."""
        head = _head(self._page.lines[at])
        return self._end(at + 1, head.indent, len(self._page.lines)) if head else None

    def take(self, at: int, topic: str, depth: int = 0, limit: int | None = None) -> int | None:
        """Add what the collapsible in line *at* holds; return where it ends, None when none starts there."""
        head = _head(self._page.lines[at])
        if head is None:
            return None
        end = self._end(at + 1, head.indent, len(self._page.lines) if limit is None else limit)
        self._add(head, at, end, topic, depth)
        return end

    def _end(self, start: int, indent: int, limit: int) -> int:
        """Return the line behind the body, whose lines are indented more than *indent*."""
        lines, at, last = self._page.lines, start, start
        while at < limit:
            if lines[at].strip():
                if _indent(lines[at]) <= indent:
                    break
                fence = self._fences.end(at)
                if fence is not None and fence < limit and _indent(lines[fence]) > indent:
                    at = fence
                last = at + 1
            at += 1
        return last

    def _add(self, head: _Head, at: int, end: int, topic: str, depth: int) -> None:
        span = Span(at + 1, end)
        parts = self._parts(at + 1, end, depth)
        text = _dedented(parts.text)
        if not head.title:
            self._add_untitled(head, at, end, text)
        elif not text and not parts.hints and parts.inner:
            self._page.keep(at, at + 1)
        elif head.asks:
            number, prompt = numbered(head.title)
            ask = Ask(prompt or head.title, span, topic, number, tuple(parts.hints))
            add_open_question(ask, text, self._page)
        elif text:
            self._page.notes.append(DraftNote(head.title, (Section(head.title, text),), span, topic=topic))
        else:
            self._page.drop(at, end, "a remark without text")
        container = not text and not parts.hints
        for start, limit in parts.inner:
            self.take(start, head.title if container and head.title else topic, depth + 1, limit)

    def _add_untitled(self, head: _Head, at: int, end: int, text: str) -> None:
        if _QUESTION_TYPES & set(head.types):
            self._page.report(
                Fault.NO_PROMPT,
                at,
                "A collapsible answer has no question in its title.",
                'Write the question in quotes behind the type, as in `??? question "What is …?"`.',
            )
            self._page.drop(at, end, "an answer without a question")
        else:
            self._page.drop(at, end, "a remark without a title" if text else "a remark without text")

    def _parts(self, start: int, end: int, depth: int) -> _Parts:
        """Take a body apart: its own text, its hints, and the questions inside of it."""
        parts, lines, at = _Parts(), self._page.lines, start
        while at < end:
            fence = self._fences.end(at)
            if fence is not None and fence < end:
                parts.text += lines[at : fence + 1]
                at = fence + 1
                continue
            head = _head(lines[at]) if depth < DEEPEST else None
            if head is None:
                parts.text.append(lines[at])
                at += 1
                continue
            behind = self._end(at + 1, head.indent, end)
            self._sort_inner(parts, head, at, behind)
            at = behind
        return parts

    def _sort_inner(self, parts: _Parts, head: _Head, at: int, end: int) -> None:
        """Put a collapsible inside of another where it belongs."""
        body = self._page.lines[at + 1 : end]
        if _HINT_TYPES & set(head.types) and "hint" in (head.title or "hint").casefold():
            if hint := _dedented(body):
                parts.hints.append(hint)
        elif head.title and head.asks:
            parts.inner.append((at, end))
        else:
            pad = " " * head.indent
            title = head.title or " ".join(head.types).capitalize()
            level = [f"{pad}{row}" for row in _dedented(body).split("\n")]
            above = [""] if parts.text and parts.text[-1].strip() else []
            parts.text += [*above, *([f"{pad}**{title}**", ""] if title else []), *level, ""]


def _head(line: str) -> _Head | None:
    found = _MARK.match(line) if "???" in line else None
    if found is None:
        return None
    rest = found[2].strip()
    first, last = rest.find('"'), rest.rfind('"')
    if first < 0:
        types, title = _without_quotes(rest)
    else:
        types, title = rest[:first].split(), rest[first + 1 : last] if last > first else rest[first + 1 :]
    return _Head(_indent(found[1] + "?"), tuple(types), title.replace('\\"', '"').strip())


def _without_quotes(rest: str) -> tuple[Sequence[str], str]:
    """Tell types from a title that was written without quotes, which has a number or asks."""
    kind, _, title = rest.partition(" ")
    if numbered(title.strip())[0] or title.rstrip().endswith("?"):
        return [kind], title.strip()
    return rest.split(), ""


def _indent(line: str) -> int:
    wide = line.expandtabs(4)
    return len(wide) - len(wide.lstrip())


def _dedented(rows: Sequence[str]) -> str:
    return dedent("\n".join(row.expandtabs(4) if "\t" in row else row for row in rows)).strip()
