"""Lines: what a message says, line by line, and how lines are cut where a message ends.

A line is cut between words, and between characters only where a word is too long; never inside an escape, a
token of Discord's or what a reader takes for one character. Stresses and code blocks that are cut end in the
one part and begin anew in the next.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from bot.adapters.discord.markup import GAP, Run, Runs, tidied, written
from bot.wording.cleaning import clean_text
from bot.wording.cuts import cluster_ends, size, word_ends

_LANGUAGE: Final = re.compile(r"[A-Za-z0-9_+.#-]{1,20}", re.ASCII)
_TICKS: Final = re.compile(r"`(?=`)")


_Cut = tuple[int, int]
"""Where a line is cut: in which run, and after how many of its characters."""


@dataclass(frozen=True, slots=True, eq=False)
class Fence:
    """A code block; each is one of its own. *lead* begins each of its lines."""

    language: str
    lead: str = ""

    @property
    def begin(self) -> str:
        """Return the line that opens the block."""
        return f"{self.lead}```{self.language}"

    @property
    def end(self) -> str:
        """Return the line that closes the block."""
        return f"{self.lead}```"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: *lead* begins it, *rest* what is cut off it; with a *fence* it is a line of that block."""

    runs: Runs
    lead: str = ""
    rest: str = ""
    fence: Fence | None = None

    def write(self) -> str:
        """Return the line as Markdown."""
        if self.fence is not None:
            return self.lead + _TICKS.sub("`" + GAP, "".join(run.text for run in self.runs))
        text = written(self.runs)
        # Discord takes signs at the end of a heading for its frame, and drops them.
        shut = GAP if self.lead.endswith("# ") and text.endswith("#") else ""
        return f"{self.lead}{text}{shut}"


def title_line(text: str) -> Line:
    """Return *text* as the title of a message."""
    return Line(tidied((Run(" ".join(clean_text(text).split())),)), "### ", "### ")


def code_lines(text: str, language: str, lead: str = "") -> tuple[Line, ...]:
    """Return *text* as a code block; a name of a language that Discord would not know is left out."""
    fence = Fence(language if _LANGUAGE.fullmatch(language) else "", lead)
    return tuple(
        Line((Run(line),) if line else (), lead, lead, fence) for line in clean_text(text).split("\n")
    )


def text_of(lines: Iterable[Line]) -> str:
    """Return *lines* as one text."""
    parts: list[str] = []
    for fence, inside in groupby(lines, key=lambda line: line.fence):
        said = [line.write() for line in inside]
        parts.extend(said if fence is None else (fence.begin, *said, fence.end))
    return "\n".join(parts)


def cost(lines: Iterable[Line]) -> int:
    """Return how long :func:`text_of` *lines* is."""
    return size(text_of(lines))


def cut(lines: Sequence[Line], room: int) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
    """Return as many of *lines* as *room* characters hold, and what is left; both together say the same.

    Where not one line fits the first is cut, between words if that is possible. Nothing fits where there is
    room for hardly a character.
    """
    taken, used, fence = 0, -1, None
    for line in lines:
        more = size(line.write()) + 1
        if line.fence is not None and line.fence is not fence:
            more += size(line.fence.begin) + size(line.fence.end) + 2
        if used + more > room:
            break
        taken, used, fence = taken + 1, used + more, line.fence
    if taken:
        return tuple(lines[:taken]), tuple(lines[taken:])
    head, tail = _cut_line(lines[0], room)
    return ((head,) if head.runs else ()), (tail, *lines[1:])


def _cut_line(line: Line, room: int) -> tuple[Line, Line]:
    """Return the part of *line* that fits into *room*, which may be nothing, and the rest."""
    head, tail = _fitting(line, _cuts(line.runs, word_ends, room), room)
    if not head.runs:
        head, tail = _fitting(line, _cuts(line.runs, cluster_ends, room), room)
    return head, tail


def _fitting(line: Line, cuts: Sequence[_Cut], room: int) -> tuple[Line, Line]:
    """Return as much of *line* as fits, up to one of the *cuts*, and the rest of it."""
    low, high = 0, len(cuts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if cost((_with(line, _before(line.runs, cuts[middle])),)) <= room:
            low = middle
        else:
            high = middle - 1
    while low and cost((_with(line, _before(line.runs, cuts[low])),)) > room:
        low -= 1
    tail = _with(line, _after(line.runs, cuts[low]))
    return _with(line, _before(line.runs, cuts[low])), replace(tail, lead=line.rest)


def _with(line: Line, runs: Sequence[Run]) -> Line:
    if line.fence is None:
        return replace(line, runs=tidied(runs))
    text = "".join(run.text for run in runs)
    return replace(line, runs=(Run(text),) if text else ())


def _before(runs: Runs, at: _Cut) -> list[Run]:
    return [*runs[: at[0]], replace(runs[at[0]], text=runs[at[0]].text[: at[1]])]


def _after(runs: Runs, at: _Cut) -> list[Run]:
    return [replace(runs[at[0]], text=runs[at[0]].text[at[1] :]), *runs[at[0] + 1 :]]


def _cuts(runs: Runs, ends_of: Callable[[str], Iterator[int]], room: int) -> list[_Cut]:
    """Return where *runs* may be cut within the first *room* characters: first before all of it."""
    cuts, used = [(0, 0)], 0
    for place, run in enumerate(runs):
        for end in (len(run.text),) if run.token else ends_of(run.text):
            if used + end > room:
                return cuts
            cuts.append((place, end))
        used += len(run.text)
    return cuts
