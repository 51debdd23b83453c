"""Lines: what a message says, line by line, as the blocks of Slack's that hold them, and how they are cut.

A frame is what Slack draws around lines: a list's item, a quote, a box of code. Lines with the same frame
stand in it together. What is cut ends in one part and goes on in the next, in a frame that has begun before.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import groupby
from typing import Final

from bot.adapters.slack.markup import GAP, PLAIN, Run, Runs, element_of, strengthened, tidied
from bot.adapters.slack.payloads import Block, cost, plain_text
from bot.wording.cleaning import clean_text
from bot.wording.cuts import cluster_ends, size, word_ends

LONGEST_HEADER: Final = 150
LONGEST_CONTEXT: Final = 2000
DEEPEST: Final = 8
"""How far Slack moves the items of a list in."""

_NEW_LINE: Final = Run("\n")

_Cut = tuple[int, int]
"""Where a line is cut: in which run, and after how many of its characters."""


class Kind(Enum):
    """What a frame is."""

    PLAIN = auto()
    TITLE = auto()
    QUIET = auto()
    ITEM = auto()
    QUOTE = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A frame; each is one of its own. An item of an ordered list has its *number*."""

    kind: Kind = Kind.PLAIN
    quoted: bool = False
    indent: int = 0
    number: int | None = None

    def follows(self, before: "Frame") -> bool:
        """Tell whether this is the next item of the list in which *before* is one."""
        if self.kind is not Kind.ITEM or before.kind is not Kind.ITEM:
            return False
        next_ = None if before.number is None else before.number + 1
        return (self.quoted, self.indent, self.number) == (before.quoted, before.indent, next_)

    def rest(self) -> "Frame":
        """Return the frame in which goes on what was cut in this one; an item has its sign only once."""
        if self.kind is Kind.ITEM:
            return Frame(Kind.QUOTE if self.quoted else Kind.PLAIN, self.quoted)
        return replace(self)


@dataclass(frozen=True, slots=True)
class Line:
    """One line in its frame."""

    runs: Runs
    frame: Frame


Lines = tuple[Line, ...]


def code_lines(text: str, *, quoted: bool = False) -> Lines:
    """Return *text* as a box of code."""
    frame = Frame(Kind.CODE, quoted)
    return tuple(Line((Run(line),) if line else (), frame) for line in clean_text(text).split("\n"))


def title_line(text: str) -> Line:
    """Return *text* as the title of a message."""
    return Line(tidied((Run(" ".join(clean_text(text).split())),)), Frame(Kind.TITLE))


def said_by(lines: Iterable[Line]) -> str:
    """Return what *lines* say, without anything around it."""
    return "\n".join("".join(run.text for run in line.runs) for line in lines)


# ------------------------------------------------------------------------------------------ lines to blocks


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Return *lines* as blocks: a title and small print as those of their own, all else as rich text."""
    blocks: list[Block] = []
    for special, some in groupby(_framed(lines), key=lambda framed: _special(*framed) is not None):
        framed = list(some)
        if special:
            blocks.extend(block for one in framed if (block := _special(*one)) is not None)
        else:
            blocks.append({"type": "rich_text", "elements": _elements(framed)})
    return blocks


_Framed = tuple[Frame, list[Line]]


def _framed(lines: Sequence[Line]) -> Iterator[_Framed]:
    for frame, inside in groupby(lines, key=lambda line: line.frame):
        yield frame, list(inside)


def _special(frame: Frame, lines: Sequence[Line]) -> Block | None:
    """Return the block that *lines* are by themselves; None where they are a part of a rich text."""
    text = said_by(lines).strip()
    bare = all(run.style == PLAIN and run.element is None for line in lines for run in line.runs)
    if not text or not bare:
        return None
    shown = plain_text(text)
    if frame.kind is Kind.TITLE and size(str(shown["text"])) <= LONGEST_HEADER:
        return {"type": "header", "text": shown}
    if frame.kind is Kind.QUIET and size(str(shown["text"])) <= LONGEST_CONTEXT:
        return {"type": "context", "elements": [shown]}
    return None


def _elements(framed: Sequence[_Framed]) -> list[Block]:
    """Return the elements of a rich text; items that follow each other are one list."""
    elements: list[Block] = []
    items: list[Block] = []
    last: Frame | None = None
    for frame, lines in framed:
        if frame.kind is not Kind.ITEM:
            elements.append(_element(frame, lines))
        elif last is not None and frame.follows(last):
            items.append(_section(lines))
        else:
            items = [_section(lines)]
            elements.append(_list(frame, items))
        last = frame
    return elements


def _element(frame: Frame, lines: Sequence[Line]) -> Block:
    inside = _parts(frame, lines)
    match frame.kind:
        case Kind.CODE:
            border: Block = {"border": 1} if frame.quoted else {}
            return {"type": "rich_text_preformatted", "elements": inside, **border}
        case Kind.QUOTE:
            return {"type": "rich_text_quote", "elements": inside}
        case _:
            return {"type": "rich_text_section", "elements": inside}


def _list(frame: Frame, items: list[Block]) -> Block:
    """Return the list that begins with the item *frame*; *items* may grow."""
    style = "bullet" if frame.number is None else "ordered"
    more = {"indent": frame.indent, "offset": (frame.number or 1) - 1, "border": int(frame.quoted)}
    shown = {name: value for name, value in more.items() if value > 0}
    return {"type": "rich_text_list", "style": style, "elements": items, **shown}


def _section(lines: Sequence[Line]) -> Block:
    return {"type": "rich_text_section", "elements": _parts(lines[0].frame, lines)}


def _parts(frame: Frame, lines: Sequence[Line]) -> list[Block]:
    """Return the elements of *lines*, which stand below each other."""
    runs: list[Run] = []
    for place, line in enumerate(lines):
        runs.extend((_NEW_LINE, *line.runs) if place else line.runs)
    if frame.kind is Kind.TITLE:
        runs = list(strengthened(runs))
    elif frame.kind is Kind.QUIET:
        runs = [replace(run, style=replace(run.style, emphasis=True)) for run in runs]
    return [element_of(run) for run in tidied(runs) or (Run(GAP),)]


# -------------------------------------------------------------------------------------------------- cutting


def cut(lines: Lines, room: int, most: int) -> tuple[Lines, Lines]:
    """Return as many of *lines* as *room* and *most* blocks hold, and the rest; together they say the same.

    Where not one line fits the first is cut, between words if that is possible. Nothing fits where there is
    room for hardly a character.
    """

    def fits(count: int) -> bool:
        blocks = blocks_of(lines[:count])
        return cost(blocks) <= room and len(blocks) <= most

    taken = _most(len(lines), fits)
    if taken:
        return lines[:taken], _going_on(lines[taken:], lines[taken - 1].frame)
    head, tail = _cut_line(lines[0], room) if lines[0].runs else (lines[0], lines[0])
    if not head.runs:
        return (), lines
    return (head,), _going_on((tail, *lines[1:]), lines[0].frame)


def _going_on(lines: Lines, frame: Frame) -> Lines:
    """Return *lines*, of which those in *frame* stand in one that has begun before."""
    rest = frame.rest()
    return tuple(replace(line, frame=rest) if line.frame is frame else line for line in lines)


def _most(count: int, fits: Callable[[int], bool]) -> int:
    """Return the largest number up to *count* that *fits*, where 0 does and what fits is without gaps."""
    low, high = 0, count
    while low < high:
        middle = (low + high + 1) // 2
        if fits(middle):
            low = middle
        else:
            high = middle - 1
    return low


def _cut_line(line: Line, room: int) -> tuple[Line, Line]:
    """Return the part of *line* that fits into *room*, which may be nothing, and the rest."""
    head, tail = _fitting(line, _cuts(line.runs, word_ends, room), room)
    if not head.runs:
        head, tail = _fitting(line, _cuts(line.runs, cluster_ends, room), room)
    return head, tail


def _fitting(line: Line, cuts: Sequence[_Cut], room: int) -> tuple[Line, Line]:
    """Return as much of *line* as fits, up to one of the *cuts*, and the rest of it."""

    def fits(place: int) -> bool:
        return cost(blocks_of((_before(line, cuts[place]),))) <= room

    at = cuts[_most(len(cuts) - 1, fits)]
    return _before(line, at), _after(line, at)


def _before(line: Line, at: _Cut) -> Line:
    place, end = at
    runs = line.runs
    return replace(line, runs=tidied((*runs[:place], replace(runs[place], text=runs[place].text[:end]))))


def _after(line: Line, at: _Cut) -> Line:
    place, end = at
    runs = line.runs
    return replace(line, runs=tidied((replace(runs[place], text=runs[place].text[end:]), *runs[place + 1 :])))


def _cuts(runs: Runs, ends_of: Callable[[str], Iterator[int]], room: int) -> list[_Cut]:
    """Return where *runs* may be cut within the first *room* characters: first before all of it."""
    cuts, used = [(0, 0)], 0
    for place, run in enumerate(runs):
        for end in (len(run.text),) if run.element else ends_of(run.text):
            if used + end > room:
                return cuts
            cuts.append((place, end))
        used += len(run.text)
    return cuts
