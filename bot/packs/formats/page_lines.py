"""Pages of text: their lines, their fenced code, and the gathering of what becomes of every line.

Positions here count lines from 0; a run of lines is given by its first line and the one after its last.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Protocol

from bot.packs.importing.drafts import (
    DraftCard,
    DraftLab,
    DraftNote,
    DraftQuestion,
    Dropped,
    Fault,
    Harvest,
    Problem,
    Repair,
    Span,
    Stub,
    spans,
)
from bot.packs.importing.sources import SourceFile

LOOKED_AT = 65_536
"""So many bytes of a source are looked at to recognise its format."""

UNUSED = "text that belongs to no question, card or note"

_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})(.*)")
_FIELD = re.compile(r"([A-Za-z_][\w-]*):(?:[ \t]+(.*))?$")
_MOST_FRONT_LINES = 200


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


@dataclass(slots=True)
class Gathering:
    """A harvest while it grows. Every method takes positions from 0, the last one excluded."""

    path: str
    format: str
    lines: Sequence[str]
    text: str
    title: str = ""
    description: str = ""
    questions: list[DraftQuestion] = field(default_factory=list)
    cards: list[DraftCard] = field(default_factory=list)
    notes: list[DraftNote] = field(default_factory=list)
    labs: list[DraftLab] = field(default_factory=list)
    stubs: list[Stub] = field(default_factory=list)
    kept: list[Span] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    repaired: Counter[Repair] = field(default_factory=Counter)

    def keep(self, start: int, end: int) -> None:
        """Say that the lines are used without a draft of their own."""
        self.kept.append(Span(start + 1, end))

    def drop(self, start: int, end: int, why: str) -> None:
        """Say that the lines became nothing, and *why*; runs with one reason grow together."""
        if self.dropped and self.dropped[-1].why == why and self.dropped[-1].span.last == start:
            self.dropped[-1] = Dropped(Span(self.dropped[-1].span.first, end), why)
        else:
            self.dropped.append(Dropped(Span(start + 1, end), why))

    def report(self, fault: Fault, at: int, message: str, mend: str) -> str:
        """Add a problem at the line *at*, and return its message as a reason to switch something off."""
        self.problems.append(Problem(fault, at + 1, message, mend))
        return message

    def harvest(self) -> Harvest:
        """Return everything gathered; lines that nobody spoke for are dropped as unused text."""
        for at in self._unused():
            self.drop(at, at + 1, UNUSED)
        self.dropped.sort()
        self.problems.sort(key=lambda problem: problem.line)
        return self._frozen()

    def _unused(self) -> Iterator[int]:
        """Yield the lines with text that are in no span."""
        covered = bytearray(len(self.lines))
        drafts: tuple[Sequence[_Spanned], ...] = (
            self.questions,
            self.cards,
            self.notes,
            self.labs,
            self.stubs,
            self.dropped,
        )
        for span in chain(self.kept, (draft.span for draft in chain.from_iterable(drafts))):
            covered[span.first - 1 : span.last] = b"\1" * (span.last - span.first + 1)
        at = covered.find(0)
        while at >= 0:
            if self.lines[at].strip():
                yield at
            at = covered.find(0, at + 1)

    def _frozen(self) -> Harvest:
        return Harvest(
            path=self.path,
            format=self.format,
            units=len(self.lines),
            title=self.title,
            description=self.description,
            questions=tuple(self.questions),
            cards=tuple(self.cards),
            notes=tuple(self.notes),
            labs=tuple(self.labs),
            stubs=tuple(self.stubs),
            kept=tuple(self.kept),
            dropped=tuple(self.dropped),
            problems=tuple(self.problems),
            repaired=Counter(self.repaired),
        )


def open_page(source: SourceFile, name: str) -> Gathering | Harvest:
    """Return a gathering of the lines of *source*; a finished harvest with a problem when it is no text."""
    try:
        return Gathering(source.path, name, source.lines, source.text)
    except UnicodeDecodeError:
        message = "The file is not UTF-8 text."
        problem = Problem(Fault.NOT_UTF8, 1, message, "Save it as UTF-8 and import it again.")
        units = max(1, source.data.count(b"\n") + (not source.data.endswith(b"\n")))
        lost = (Dropped(Span(1, units), "not readable as text"),)
        return Harvest(source.path, name, units, dropped=lost, problems=(problem,))


def first_lines(source: SourceFile) -> list[str]:
    """Return the lines that stand in the beginning of *source*; none when it is no text."""
    return first_text(source).splitlines()


def first_text(source: SourceFile) -> str:
    """Return what stands in the beginning of *source*, with any line ends; "" when it is no text."""
    start = source.data[:LOOKED_AT]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return start[: len(start) // 2 * 2].decode("utf-16", errors="replace")
    return "" if b"\0" in start else start.decode("utf-8-sig", errors="replace")


class Fences:
    """Where fenced code ends, found in time that grows with the number of lines alone."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines
        self._found: dict[tuple[str, int], tuple[int, int | None]] = {}

    @cached_property
    def _closers(self) -> dict[str, tuple[list[int], list[int]]]:
        """The lines that may close a fence, by their sign, with how many signs they have."""
        closers: dict[str, tuple[list[int], list[int]]] = {"`": ([], []), "~": ([], [])}
        for at in [at for at, line in enumerate(self._lines) if "```" in line or "~~~" in line]:
            if (mark := _FENCE.match(self._lines[at])) and not mark[2].strip():
                places, widths = closers[mark[1][0]]
                places.append(at)
                widths.append(len(mark[1]))
        return closers

    @cached_property
    def _last_closer(self) -> int:
        return max((places[-1] for places, _ in self._closers.values() if places), default=-1)

    def end(self, at: int) -> int | None:
        """Return the line that closes the fence opened in line *at*; None when none opens, or none closes."""
        line = self._lines[at]
        if ("```" not in line and "~~~" not in line) or at >= self._last_closer:
            return None
        mark = _FENCE.match(line)
        if mark is None or (mark[1][0] == "`" and "`" in mark[2]):
            return None
        return self._closer(mark[1][0], len(mark[1]), at)

    def _closer(self, sign: str, width: int, at: int) -> int | None:
        """Return the first closing line behind *at*; what was found once is not looked for again."""
        since, found = self._found.get((sign, width), (-1, -1))
        if since >= 0 and since <= at and (found is None or at < found):
            return found
        places, widths = self._closers[sign]
        start = bisect_right(places, at)
        found = next((places[n] for n in range(start, len(places)) if widths[n] >= width), None)
        self._found[sign, width] = (at, found)
        return found

    def outside(self) -> Iterator[int]:
        """Yield the lines that are not in fenced code."""
        at = 0
        while at < len(self._lines):
            end = self.end(at)
            if end is None:
                yield at
            at = at + 1 if end is None else end + 1

    def code(self) -> frozenset[int]:
        """Return all lines of fenced code, the fences with them."""
        return frozenset(range(len(self._lines))).difference(self.outside())


def take_front_matter(page: Gathering) -> int:
    """Take title and description from the front matter, drop its other lines, and return where it ends."""
    end = _front_matter_end(page.lines)
    for at in range(end):
        found = _FIELD.match(page.lines[at])
        if found and found[1] == "title" and found[2]:
            page.title = unquoted(found[2])
        elif found and found[1] == "description" and found[2]:
            page.description = unquoted(found[2])
        elif page.lines[at].strip() not in {"---", "..."}:
            page.drop(at, at + 1, "a setting of the page, which a pack has no use for")
            continue
        page.keep(at, at + 1)
    return end


def _front_matter_end(lines: Sequence[str]) -> int:
    """Return the line behind the front matter; 0 when there is none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    for at in range(1, min(len(lines), _MOST_FRONT_LINES)):
        if lines[at].rstrip() in {"---", "..."}:
            inner = [line for line in lines[1:at] if line.strip()]
            return at + 1 if not inner or _FIELD.match(inner[0]) or inner[0].startswith("#") else 0
    return 0


def unquoted(value: str) -> str:
    """Return the text of a plain or quoted value."""
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        return re.sub(r"\\(.)", r"\1", value[1:-1]).strip()
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'").strip()
    return value


def paragraphs(lines: Sequence[str], places: Iterable[int]) -> str:
    """Return the lines at *places* as one text; where places are left out there is a blank line."""
    parts = ["\n".join(lines[span.first : span.last + 1]).strip("\n") for span in spans(places)]
    return "\n\n".join(part.rstrip() for part in parts if part.strip())


def clipped(text: str, longest: int = 60) -> str:
    """Return the first line of *text*, in so few characters that a message can hold it."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
