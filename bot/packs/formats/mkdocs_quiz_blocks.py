"""Where the blocks of mkdocs-quiz start and end on a page, with all that may be wrong with their tags.

A tag counts where a line begins with it, outside of fenced code: a page about quizzes names tags in its
sentences and shows them as code. A block whose end is missing ends where the next one begins, or at the
next heading behind its answers, and is switched off, since nobody knows where its explanation ends.
"""

from collections.abc import Callable
from itertools import accumulate
from typing import Final

from bot.packs.formats.collapsibles import Collapsibles
from bot.packs.formats.mkdocs_quiz_old import read_old_block
from bot.packs.formats.mkdocs_quiz_plain import plain_block, plain_gaps
from bot.packs.formats.mkdocs_quiz_questions import (
    ANSWER,
    Block,
    add_fill_in,
    choice,
    option_faults,
    read_block,
)
from bot.packs.formats.page_lines import Fences, Gathering
from bot.packs.formats.page_surroundings import HEADING, Surroundings
from bot.packs.importing.drafts import Fault, Span

OPEN: Final = "<quiz>"
CLOSE: Final = "</quiz>"
OLD: Final = {"<?quiz?>": "<?/quiz?>", "quiz-start": "quiz-end"}
SOURCE: Final = "<!-- mkdocs-quiz-source"

_UNCLOSED = "The block has no end tag, so its end is a guess."


class Blocks:
    """Walks over a page and adds the questions of its blocks."""

    def __init__(self, page: Gathering) -> None:
        self._page = page
        self._fences = Fences(page.lines)
        self._answers = Collapsibles(page, self._fences)
        self._foreign_end = -1
        self._behind = 0
        self._starts = [0, *accumulate(map(len, page.lines))]

    def read(self, start: int) -> None:
        """Read a Markdown page from line *start* on."""
        around = Surroundings(self._page, self._fences)
        lines, at = self._page.lines, start
        while at < len(lines):
            bare = lines[at].lstrip()
            if bare[:1] in {"<", "q"} and (found := self._block(at, bare, around.topic)):
                at = found
            elif bare.startswith("???") and (end := self._collapsible(at, around.topic)):
                at = end
            elif bare:
                at = around.take(at)
            else:
                at += 1
        around.finish()

    def read_built(self) -> None:
        """Read a built HTML page, whose comments hold the sources of its quizzes."""
        lines, at = self._page.lines, 0
        while at < len(lines):
            if at and lines[at - 1].rstrip().endswith(SOURCE) and lines[at].lstrip().startswith(OPEN):
                at = self._quiz(at, "")
                continue
            if lines[at].strip():
                self._page.drop(at, at + 1, "HTML of the built page around its questions")
            at += 1

    def _block(self, at: int, bare: str, topic: str) -> int | None:
        """Read the block that starts in line *at*, and return where to go on; None when none starts."""
        if bare.startswith(OPEN):
            return self._plain(at, topic) or self._quiz(at, topic)
        if bare.startswith(CLOSE):
            return self._stray(at)
        tag = bare.rstrip()
        if tag in OLD:
            return self._old(at, OLD[tag], topic)
        return None

    def _collapsible(self, at: int, topic: str) -> int | None:
        """Read the interview question in line *at*; None when quizzes stand in it, which are read instead."""
        end = self._answers.end(at)
        if end is None or any(OPEN in self._page.lines[inner] for inner in range(at, end)):
            return None
        return self._answers.take(at, topic)

    def _stray(self, at: int) -> int:
        self._page.report(
            Fault.UNCLOSED,
            at,
            "An end tag stands where no block is open.",
            f"Delete it, or write {OPEN} before the question that it ends.",
        )
        self._page.drop(at, at + 1, "an end tag without a beginning")
        return at + 1

    def _old(self, at: int, close: str, topic: str) -> int:
        end = self._search(at + 1, lambda row: row.strip() == close, lambda row: row.strip() in OLD)
        closed = end < len(self._page.lines) and self._page.lines[end].strip() == close
        off = () if closed else (self._report_unclosed(at, close),)
        behind = end + closed
        rows = self._page.lines[at + 1 : end]
        read_old_block(Block(rows, at + 1, at, behind, topic, off), self._page)
        return behind

    def _search(self, start: int, ends: Callable[[str], bool], begins: Callable[[str], bool]) -> int:
        """Return the first line from *start* on that ends a block or begins another."""
        lines = self._page.lines
        return next(
            (at for at in range(start, len(lines)) if ends(lines[at]) or begins(lines[at])), len(lines)
        )

    def _plain(self, at: int, topic: str) -> int | None:
        """Read the block that starts in line *at* if it is a usual one, and return where it ends."""
        found = plain_block(self._page.text, self._starts[at] + at)
        if found is None:
            return self._plain_gaps(at, topic)
        prompt, options, explanation, answers, end = found
        text, start = self._page.text, self._starts[at] + at
        behind = at + text.count("\n", start, end)
        off = option_faults(options, lambda: at + text.count("\n", start, answers), self._page)
        self._page.questions.append(choice(prompt, options, explanation, Span(at + 1, behind), topic, off))
        return behind

    def _plain_gaps(self, at: int, topic: str) -> int | None:
        found = plain_gaps(self._page.text, self._starts[at] + at)
        if found is None or not found.head:
            return None
        behind = at + found.lines
        add_fill_in(Block((), at + 1, at, behind, topic), found.head, found.tail, self._page)
        return behind

    def _quiz(self, at: int, topic: str) -> int:
        """Read the quiz whose tag stands in line *at*, and any that begin where it ends."""
        lines = self._page.lines
        text = lines[at]
        place = len(text) - len(text.lstrip())
        while text.startswith(OPEN, place):
            start = place + len(OPEN)
            close = text.find(CLOSE, start)
            if close >= 0:
                read_block(Block([text[start:close]], at, at, at + 1, topic), self._page)
            else:
                end = self._read_long(at, text[start:], topic)
                if end is None:
                    return self._behind
                at, text = end, lines[end]
                close = text.find(CLOSE)
            place = close + len(CLOSE)
            while text[place : place + 1] in {" ", "\t"}:
                place += 1
        if place < len(text):
            self._page.drop(at, at + 1, "text behind an end tag, on the same line")
        return at + 1

    def _read_long(self, at: int, head: str, topic: str) -> int | None:
        """Read a block of several lines; return the line with its end tag, None when it has none."""
        lines = self._page.lines
        end, closed = self._end(at + 1)
        self._behind = end + closed
        last = [lines[end].partition(CLOSE)[0]] if closed else []
        off = () if closed else (self._report_unclosed(at, CLOSE),)
        rows = [head, *lines[at + 1 : end], *last]
        read_block(Block(rows, at, at, self._behind, topic, off), self._page)
        return end if closed else None

    def _report_unclosed(self, at: int, close: str) -> str:
        return self._page.report(Fault.UNCLOSED, at, _UNCLOSED, f"Write {close} behind the explanation.")

    def _end(self, start: int) -> tuple[int, bool]:
        """Return the line with the end tag and True, or the line before which the open block must end."""
        lines, at, answered, heading = self._page.lines, start, False, -1
        while at < len(lines):
            row = lines[at]
            if CLOSE in row and not _quoted(row):
                return at, True
            bare = row.lstrip()
            if bare.startswith(OPEN) or bare.rstrip() in OLD:
                break
            fence = self._fences.end(at)
            if fence is not None and self._whole(at, fence):
                at = fence
            elif bare[:1] in {"-", "*"} and ANSWER.match(row):
                answered = True
            elif answered and heading < 0 and HEADING.match(row):
                heading = at
            at += 1
        return (heading if heading >= 0 else at), False

    def _whole(self, start: int, end: int) -> bool:
        """Return whether the code from *start* to *end* holds as many ends of quizzes as beginnings.

        If it does not, its closing fence belongs to another question.
        """
        if end == self._foreign_end:
            return False
        depth = 0
        for at in range(start + 1, end):
            row = self._page.lines[at]
            if "quiz>" in row:
                bare = row.strip()
                depth += bare.startswith(OPEN)
                depth -= bare.startswith(CLOSE) or bare.endswith(CLOSE)
                if depth < 0:
                    break
        if depth:
            self._foreign_end = end
        return depth == 0


def _quoted(row: str) -> bool:
    """Return whether the end tag in *row* is only named, in a code span."""
    before = row.partition(CLOSE)[0]
    return before.count("`") % 2 == 1 and "`" in row.partition(CLOSE)[2]
