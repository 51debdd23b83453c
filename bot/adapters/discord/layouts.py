"""Layouts: a view as one message of Discord's, or as several where one would be too long.

Every limit of a message is kept here: how much text, how many components and how many pictures one may have.
Nothing is left out; what has no room goes into the next message, and the controls into the last.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Final, TypeAlias

import discord
from discord import ui

from bot.adapters.discord.blocks import block_lines, picture_lines
from bot.adapters.discord.controls import Group, groups_of
from bot.adapters.discord.lines import Line, cost, cut, text_of, title_line
from bot.adapters.discord.marks import LARGEST_MARKER
from bot.adapters.discord.markup import GAP, Run, tidied
from bot.wording.cleaning import clean_line
from bot.wording.cuts import size
from bot.wording.discord_notices import SAY as NOTICES
from bot.wording.discord_sentences import SAY
from bot.wording.pictures import Facts
from bot.wording.plain import pictures_in
from bot.wording.views import Choices, Heading, Paragraph, Picker, Picture, Text, Tone, View

MOST_TEXT: Final = 4000
MOST_COMPONENTS: Final = 40
MOST_PICTURES: Final = 10
LONGEST_ALT: Final = 1024

MOST_TEXTS: Final = 16
"""Of more blocks than these several stand in one component."""

ROOM_TO_BEGIN: Final = 1200
"""A block that needs a message of its own begins in the one before when that has so much room left."""

SHORTEST_CUT: Final = 80
"""No line is cut to use less room than this."""

COLOURS: Final = {
    Tone.LOBBY: 0x3B82F6,
    Tone.QUESTION: 0x7C6CF0,
    Tone.REVEAL: 0xC2730A,
    Tone.PODIUM: 0xB07D0A,
    Tone.GOOD: 0x16924A,
    Tone.INFO: 0x718096,
    Tone.REFUSED: 0xE5484D,
}
"""Each stands out from a light and from a dark page."""

_AROUND: Final = 3
"""The mention, the container and the line above the controls."""

_ROLE: Final = re.compile(r"[0-9]{1,20}", re.ASCII)

Drawn = tuple[str, bytes]
"""A picture: the name of its file, and the PNG."""

Item: TypeAlias = ui.Item[ui.LayoutView]


@dataclass(frozen=True, slots=True)
class Part:
    """One message; *files* are the pictures that its layout shows."""

    layout: ui.LayoutView
    files: tuple[Drawn, ...] = ()


@dataclass(frozen=True, slots=True)
class _Shown:
    """A picture in its place."""

    file: Drawn
    alt: str


_Piece = tuple[Line, ...] | _Shown


@dataclass(slots=True)
class _Draft:
    """A message while it is filled."""

    text: int = 0
    pieces: list[_Piece] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)

    @property
    def room(self) -> int:
        """Return how much more text there may be, less what parts it from the text before."""
        return MOST_TEXT - self.text - (2 if self.pieces else 0)

    @property
    def pictures(self) -> int:
        return sum(isinstance(piece, _Shown) for piece in self.pieces)

    @property
    def texts(self) -> int:
        return len(self.pieces) - self.pictures

    @property
    def stretches(self) -> int:
        """Return how many stretches of text there are, with pictures between."""
        return sum(not shown for shown, _ in groupby(self.pieces, key=_is_shown))

    def components(self, texts: int) -> int:
        """Return how many components there are, those around the rest included, with the text in *texts*."""
        return _AROUND + texts + self.pictures + _count(self.groups)

    def add(self, lines: tuple[Line, ...]) -> None:
        if lines:
            self.text = MOST_TEXT - self.room + cost(lines)
            self.pieces.append(lines)

    def takes(self, groups: Sequence[Group]) -> bool:
        """Tell whether there is room for *groups* below."""
        fewest = self.components(self.stretches) + _count(groups)
        return _length(groups) <= MOST_TEXT - self.text and fewest <= MOST_COMPONENTS

    def put(self, groups: Sequence[Group]) -> None:
        self.text += _length(groups)
        self.groups.extend(groups)


def _with_reactions(view: View) -> View:
    """Return *view* with the sentence that says how to react in the place of its picker."""
    if not view.reactions:
        return view
    controls = tuple(control for control in view.controls if not isinstance(control, Picker))
    how = Paragraph((Text(view.reacting),))
    return replace(view, blocks=(*view.blocks, how), controls=controls)


def _is_shown(piece: _Piece) -> bool:
    return isinstance(piece, _Shown)


def _count(groups: Sequence[Group]) -> int:
    """Return how many components *groups* are."""
    return sum(group.count + bool(group.lines) for group in groups)


def _length(groups: Sequence[Group]) -> int:
    """Return how long the text of *groups* is."""
    return sum(cost(group.lines) for group in groups)


def marker_after(marker: int, number: int) -> int:
    """Return the marker of the part that comes *number* parts after the one with *marker*."""
    return (marker - 1 + number) % LARGEST_MARKER + 1


def parts_of(view: View, *, marker: int, drawn: Mapping[Facts, bytes]) -> tuple[Part, ...]:
    """Return *view* as messages in reading order; the last one carries the controls.

    The outermost component of the first has the number *marker*, and each next one the number after. A
    picture that is not in *drawn* is shown in words. Where letters below the message answer, no picker does.
    """
    view = _with_reactions(view)
    drafts = _drafts(view, drawn)
    return tuple(
        _part(draft, view.tone, marker_after(marker, number), _mention(view) if number == 0 else "")
        for number, draft in enumerate(drafts)
    )


def spare_part(marker: int) -> Part:
    """Return a message that says nothing, for what had more parts before."""
    draft = _Draft()
    draft.add((Line(tidied((Run(NOTICES.nothing_more()),)), "-# "),))
    return _part(draft, Tone.INFO, marker, "")


# -------------------------------------------------------------------------------------------------- filling


def _drafts(view: View, drawn: Mapping[Facts, bytes]) -> list[_Draft]:
    drafts = [_Draft(text=size(_mention(view)))]
    for piece in _pieces(view, drawn):
        if isinstance(piece, _Shown):
            _show(drafts, piece)
        else:
            _fill(drafts, piece)
    _control(drafts, groups_of(view))
    return drafts


def _pieces(view: View, drawn: Mapping[Facts, bytes]) -> Iterator[_Piece]:
    """Yield what *view* says; a heading stays with what it heads."""
    if view.mention and not _mention(view):
        yield (Line(tidied((Run(f"@{clean_line(view.mention)}"),))),)
    if view.title.strip():
        yield (title_line(view.title),)
    heading: tuple[Line, ...] = ()
    for number, block in enumerate(view.blocks, 1):
        if isinstance(block, Picture) and block.facts in drawn:
            yield heading
            yield from _picture(block, drawn[block.facts], number)
            heading = ()
        elif isinstance(block, Choices) and any(one.facts in drawn for one in pictures_in((block,))):
            yield heading
            yield from _options(block, drawn, number)
            heading = ()
        elif isinstance(block, Heading):
            heading = (*heading, *block_lines(block))
        else:
            yield (*heading, *block_lines(block))
            heading = ()
    yield heading


def _options(block: Choices, drawn: Mapping[Facts, bytes], number: int) -> Iterator[_Piece]:
    """Yield each option with its formulas below it: in a line of text there is no place for a picture."""
    for choice in block.choices:
        one = replace(block, choices=(choice,))
        yield block_lines(one)
        for place, picture in enumerate(pictures_in((one,)), 1):
            if picture.facts in drawn:
                name = f"{picture.facts.type}-{number}-{choice.letter}-{place}.png"
                yield _Shown((name, drawn[picture.facts]), clean_line(picture.facts.alt))


def _picture(block: Picture, png: bytes, number: int) -> Iterator[_Piece]:
    """Yield a picture; where its description is too long to be one, the words follow it."""
    alt, file = clean_line(block.facts.alt), (f"{block.facts.type}-{number}.png", png)
    if size(alt) <= LONGEST_ALT:
        yield _Shown(file, alt)
        return
    yield _Shown(file, SAY.words_below())
    yield picture_lines(block)


def _show(drafts: list[_Draft], shown: _Shown) -> None:
    if drafts[-1].pictures == MOST_PICTURES:
        drafts.append(_Draft())
    drafts[-1].pieces.append(shown)


def _fill(drafts: list[_Draft], lines: tuple[Line, ...]) -> None:
    """Add *lines* to the last draft, or to as many more as they need."""
    left = lines
    while left:
        draft = drafts[-1]
        whole = cost(left)
        if whole <= draft.room:
            draft.add(left)
            return
        needed = ROOM_TO_BEGIN if whole <= MOST_TEXT else SHORTEST_CUT
        if draft.pieces and draft.room < needed:
            drafts.append(_Draft())
            continue
        head, left = cut(left, draft.room)
        draft.add(head)
        if left:
            drafts.append(_Draft())


def _control(drafts: list[_Draft], groups: Sequence[Group]) -> None:
    """Put *groups* below the last draft, or into messages of their own where that has no room."""
    if drafts[-1].takes(groups):
        drafts[-1].put(groups)
        return
    for group in groups:
        whole = cost(group.lines) <= MOST_TEXT
        rows = group if whole else Group((), group.rows)
        if not whole:
            _fill(drafts, group.lines)
        if not drafts[-1].takes((rows,)):
            drafts.append(_Draft())
        drafts[-1].put((rows,))


# ------------------------------------------------------------------------------------------------ assembling


def _part(draft: _Draft, tone: Tone, marker: int, mention: str) -> Part:
    items = list(_bodies(draft))
    below = list(_below(draft.groups))
    if items and below:
        items.append(ui.Separator())
    items.extend(below)
    container: ui.Container[ui.LayoutView] = ui.Container(
        *(items or [ui.TextDisplay(GAP)]), accent_colour=COLOURS[tone], id=marker
    )
    layout = ui.LayoutView(timeout=None)
    if mention:
        layout.add_item(ui.TextDisplay(mention))
    layout.add_item(container)
    # A view that has stopped is sent like any other, and discord.py keeps nothing of it.
    layout.stop()
    return Part(layout, tuple(piece.file for piece in draft.pieces if isinstance(piece, _Shown)))


def _bodies(draft: _Draft) -> Iterator[Item]:
    """Yield the pieces of *draft*: a component a block, or a stretch of text where blocks are many."""
    many = draft.texts > MOST_TEXTS or draft.components(draft.texts) > MOST_COMPONENTS
    for _, some in groupby(draft.pieces, key=_is_shown):
        pieces = list(some)
        texts = [text_of(piece) for piece in pieces if not isinstance(piece, _Shown)]
        for text in ["\n\n".join(texts)] if many and texts else texts:
            yield ui.TextDisplay(text)
        for piece in pieces:
            if isinstance(piece, _Shown):
                yield _gallery(piece)


def _gallery(shown: _Shown) -> Item:
    item = discord.MediaGalleryItem(f"attachment://{shown.file[0]}", description=shown.alt or None)
    return ui.MediaGallery(item)


def _below(groups: Sequence[Group]) -> Iterator[Item]:
    for group in groups:
        if group.lines:
            yield ui.TextDisplay(text_of(group.lines))
        yield from group.rows


def _mention(view: View) -> str:
    """Return the first line of *view* that calls a role; "" where it calls none."""
    return f"<@&{view.mention}>" if _ROLE.fullmatch(view.mention) else ""
