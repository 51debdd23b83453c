"""Surroundings: what stands on a study page around its questions.

Headings give topics, text under a heading becomes a note when there is enough of it, and all the rest is
dropped with its reason.
"""

import re
from typing import Final

from bot.core.notes import Section
from bot.packs.formats.page_lines import Fences, Gathering, paragraphs
from bot.packs.importing.drafts import DraftNote, Span, spans

ENOUGH_PARAGRAPHS: Final = 2
"""So many paragraphs below a heading are a note; fewer are an introduction, which is dropped."""

HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_SIGNS: Final = frozenset("`~#<{-*_")
"""What a line begins with that may be more than text."""

NUMBER = re.compile(r"(?:[Qq](?:uestion)?[ ]?)?\d{1,4}[.):](?:[ \t]+|$)")
_INCLUDE = re.compile(r"\s*(?:\{%-?\s*include\b|\{%-?\s*include-markdown\b|-{1,2}8<-{1,2}|\{!)")
_PLACE = re.compile(r"\s*<!--\s*mkdocs-quiz\s+(results|intro)\s*-->\s*$")
_RULE = re.compile(r"[ \t]{0,3}(?:-[ \t]*){3,}$|[ \t]{0,3}(?:\*[ \t]*){3,}$|[ \t]{0,3}(?:_[ \t]*){3,}$")
_MARKS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)|\{[#.][^{}]*\}")
CLOSING_MARKS = re.compile(r"(?:^|[ \t])#+$")
_ANCHOR = re.compile(r"\[([^\]\[]*)\]\([^()]*\)")


class Surroundings:
    """Takes the lines that belong to no question, one after the other."""

    def __init__(self, page: Gathering, fences: Fences, *, deepest_topic: int = 6) -> None:
        """Headings give topics down to the level *deepest_topic*."""
        self.topic = ""
        self._page = page
        self._fences = fences
        self._deepest_topic = deepest_topic
        self._heading = -1
        self._heading_text = ""
        self._loose = -1
        """The line of a heading that gives no topic, until it heads a note."""

        self._prose: list[int] = []
        self._no_comment_end_from = len(page.lines)

    def take(self, at: int) -> int:
        """Take line *at*, which is not blank, and return the line to go on with."""
        line = self._page.lines[at]
        sign = line.lstrip()[:1]
        if sign not in _SIGNS:
            return self._take_prose(at, at + 1)
        fence = self._fences.end(at)
        if fence is not None:
            return self._take_prose(at, fence + 1)
        heading = HEADING.match(line) if line.startswith("#") else None
        if heading is not None:
            return self._take_heading(at, heading)
        if sign == "<" and line.lstrip().startswith("<!--"):
            return self._take_comment(at)
        return self._take_dropped(at, line)

    def _take_dropped(self, at: int, line: str) -> int:
        """Drop an include or a dividing line; anything else is text."""
        if _INCLUDE.match(line):
            self._page.drop(at, at + 1, "an include line, whose page is imported by itself")
        elif _RULE.match(line):
            self._page.drop(at, at + 1, "a dividing line")
        else:
            self._prose.append(at)
        return at + 1

    def finish(self) -> None:
        """Say what becomes of the text that is still held."""
        self._end_section()

    def _take_heading(self, at: int, heading: re.Match[str]) -> int:
        self._end_section()
        text = plain_heading(heading[2])
        if heading[1] == "#" and not self._page.title:
            self._page.title = text
            self._page.keep(at, at + 1)
        elif len(heading[1]) <= self._deepest_topic:
            self.topic = NUMBER.sub("", text) or text
            self._page.keep(at, at + 1)
        else:
            self._loose = at
        self._heading, self._heading_text = at, text
        return at + 1

    def _take_comment(self, at: int) -> int:
        line = self._page.lines[at]
        place = _PLACE.match(line)
        if place:
            self._page.drop(at, at + 1, f"a place for the {place[1]} of mkdocs-quiz")
            return at + 1
        end = self._comment_end(at)
        if end is None:
            return self._take_prose(at, at + 1)
        self._page.drop(at, end + 1, "a comment")
        return end + 1

    def _comment_end(self, at: int) -> int | None:
        """Return the line in which the comment that starts in line *at* ends."""
        if at >= self._no_comment_end_from:
            return None
        lines = self._page.lines
        for end in range(at, len(lines)):
            if "-->" in lines[end]:
                return end
        self._no_comment_end_from = at
        return None

    def _take_prose(self, start: int, end: int) -> int:
        self._prose.extend(range(start, end))
        return end

    def _end_section(self) -> None:
        """Make a note of the text below the last heading, or drop it."""
        loose, self._loose = self._loose, -1
        if not self._prose:
            self._drop_heading(loose)
            return
        title = self._heading_text or self._page.title
        body = paragraphs(self._page.lines, self._with_blanks())
        if title and _count(body) >= ENOUGH_PARAGRAPHS:
            first = self._heading if self._heading >= 0 else self._prose[0]
            span = Span(first + 1, self._prose[-1] + 1)
            self._page.notes.append(DraftNote(title, (Section(title, body),), span, topic=self.topic))
        else:
            self._drop_heading(loose)
            for run in spans(self._prose):
                self._page.drop(run.first, run.last + 1, "text outside of questions")
        self._prose.clear()

    def _drop_heading(self, at: int) -> None:
        if at >= 0:
            self._page.drop(at, at + 1, "a heading that asks nothing and heads nothing")

    def _with_blanks(self) -> list[int]:
        """Return the places of the text, with the blank lines that stand between two of them."""
        places: list[int] = []
        lines = self._page.lines
        for at in self._prose:
            if places and places[-1] != at - 1:
                gap = range(places[-1] + 1, at)
                if len(gap) <= ENOUGH_PARAGRAPHS and not any(lines[blank].strip() for blank in gap):
                    places.extend(gap)
            places.append(at)
        return places


def plain_heading(text: str) -> str:
    """Return a heading's text without emphasis, code marks, links and attributes."""
    own = CLOSING_MARKS.sub("", text.rstrip())
    return " ".join(_MARKS.sub("", _ANCHOR.sub(r"\1", own)).split())


def _count(body: str) -> int:
    """Return how many paragraphs *body* has."""
    return sum(1 for part in re.split(r"\n\s*\n", body) if part.strip())
