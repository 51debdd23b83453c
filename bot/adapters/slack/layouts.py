"""Layouts: a view as one message of Slack's, or as several where one would be too long.

Every limit of a message is kept here: how much it may hold, and how many blocks and tables. Nothing is left
out; what has no room goes into the next message, and the controls into the last.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from bot.adapters.slack.blocks import Numbers, block_lines, choice_lines, picture_lines
from bot.adapters.slack.controls import Group, Ids, groups_of
from bot.adapters.slack.letters import emoji_names
from bot.adapters.slack.lines import Frame, Kind, Line, Lines, blocks_of, cut, said_by, title_line
from bot.adapters.slack.markup import GAP, Run
from bot.adapters.slack.payloads import Block, cost, escaped
from bot.adapters.slack.tables import caption_lines, table_block
from bot.wording.cleaning import clean_line, clean_text
from bot.wording.cuts import size
from bot.wording.pictures import Facts
from bot.wording.plain import pictures_in, plain_block
from bot.wording.slack_notices import SAY as NOTICES
from bot.wording.slack_sentences import SAY
from bot.wording.views import Block as Shown
from bot.wording.views import Choices, Heading, Paragraph, Picker, Picture, Table, Text, Tone, View

MOST: Final = 12_000
"""How much a message may hold, all that its blocks are sent as."""

MOST_BLOCKS: Final = 50
LONGEST_ALT: Final = 2000
LONGEST_TEXT: Final = 4000

ROOM_TO_BEGIN: Final = 3500
"""A block that needs a message of its own begins in the one before when that has so much room left."""

SHORTEST_CUT: Final = 400
"""No line is cut to use less room than this."""

SIGNS: Final = {Tone.REFUSED: "⚠️ "}
"""What a colour would say at a glance; the words say it too."""

CALL: Final = "call"
"""The block that calls a group of people."""

_IN_ESCAPE: Final = re.compile(r"&[a-z]{0,3}\Z")
_GROUP: Final = re.compile(r"S[A-Z0-9]{2,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """One message: its *blocks*, and the *text* that notifications show and screen readers read."""

    blocks: tuple[Block, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Solid:
    """A block that cannot be cut, below *lines* that belong to it; *text* is what it says."""

    block: Block
    text: str
    lines: Lines = ()


Piece = Lines | Solid


@dataclass(slots=True)
class _Draft:
    """A message while it is filled: *blocks*, the *pieces* that they show, and what controls have *asked*."""

    blocks: list[Block] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    used: int = 2

    @property
    def room(self) -> int:
        return MOST - self.used

    def take(self, blocks: Sequence[Block]) -> bool:
        """Add *blocks* if there is room for all of them; return whether there was."""
        more = cost(blocks)
        if more > self.room or len(self.blocks) + len(blocks) > MOST_BLOCKS:
            return False
        self.used += more
        self.blocks.extend(blocks)
        return True

    def take_piece(self, piece: Piece, blocks: Sequence[Block]) -> bool:
        """Add *piece*, which *blocks* show, if there is room for it; return whether there was."""
        taken = self.take(blocks)
        if taken:
            self.pieces.append(piece)
        return taken


def parts_of(view: View, *, drawn: Mapping[Facts, str], native: bool) -> tuple[Part, ...]:
    """Return *view* as messages in reading order; the last one carries the controls.

    *drawn* are the pictures that Slack has, by the ids of their files; another one is shown in words. With
    *native* a table is one of Slack's own. Where emoji below the message answer, no picker does.
    """
    view, numbers = _with_reactions(view)
    drafts = _filled(_pieces(view, drawn, numbers, native=native))
    for group in groups_of(view.controls, view.blocks, Ids()):
        _control(drafts, group)
    alone = len(drafts) == 1
    return tuple(_part(draft, view.alt if alone else "", view.title) for draft in drafts)


def spare_part() -> Part:
    """Return a message that says nothing, for what had more parts before."""
    said = NOTICES.nothing_more()
    return Part(tuple(blocks_of((Line((Run(said),), Frame(Kind.QUIET)),))), escaped(said))


def _with_reactions(view: View) -> tuple[View, Numbers]:
    """Return *view* with how to react in the place of its picker, and the emoji beside the letters.

    A question with more options than there are emoji keeps its picker.
    """
    names = emoji_names(view.reactions)
    if not names:
        return view, {}
    letters = [
        choice.letter for block in view.blocks if isinstance(block, Choices) for choice in block.choices
    ]
    controls = tuple(control for control in view.controls if not isinstance(control, Picker))
    how = Paragraph((Text(view.reacting),)), Paragraph((Text(SAY.numbers_stand()),), quiet=True)
    shown = replace(view, blocks=(*view.blocks, *how), controls=controls)
    return shown, dict(zip(letters, names, strict=False))


# ------------------------------------------------------------------------------------------ view to pieces


def _pieces(view: View, drawn: Mapping[Facts, str], numbers: Numbers, *, native: bool) -> Iterator[Piece]:
    """Yield what *view* says."""
    if view.mention:
        yield _call(view.mention)
    if view.title.strip():
        yield (title_line(SIGNS.get(view.tone, "") + view.title),)
    # Slack takes one table a message, and several look best alike.
    alone = native and _tables(view.blocks, drawn) == 1
    yield from pieces_of(view.blocks, drawn, numbers, native=alone)


def _tables(blocks: Sequence[Shown], drawn: Mapping[Facts, str]) -> int:
    """Return how many tables *blocks* show, those that say what a picture would have shown included."""
    said = (block.text for block in blocks if isinstance(block, Picture) and block.facts not in drawn)
    return sum(isinstance(block, Table) for block in chain(blocks, chain.from_iterable(said)))


def pieces_of(
    blocks: Iterable[Shown], drawn: Mapping[Facts, str], numbers: Numbers, *, native: bool
) -> Iterator[Piece]:
    """Yield what *blocks* say; a heading stays with what it heads."""
    heading: Lines = ()
    for block in blocks:
        if isinstance(block, Heading):
            heading = (*heading, *block_lines(block))
            continue
        first, *others = _piece(block, drawn, numbers, native=native) or [()]
        yield _headed(heading, first)
        yield from others
        heading = ()
    yield heading


def _headed(heading: Lines, piece: Piece) -> Piece:
    if isinstance(piece, Solid):
        return replace(piece, lines=(*heading, *piece.lines))
    return (*heading, *piece)


def _piece(block: Shown, drawn: Mapping[Facts, str], numbers: Numbers, *, native: bool) -> list[Piece]:
    match block:
        case Picture(facts=facts) if facts in drawn:
            return list(_picture(block, drawn[facts]))
        case Choices() if any(one.facts in drawn for one in pictures_in((block,))):
            return list(_options(block, drawn, numbers))
        case Choices():
            return [choice_lines(block, numbers)]
        case Table() if native and (made := table_block(block)) is not None:
            return [Solid(made, plain_block(replace(block, caption="")), caption_lines(block, Frame()))]
        case _:
            return [block_lines(block)]


def _options(block: Choices, drawn: Mapping[Facts, str], numbers: Numbers) -> Iterator[Piece]:
    """Yield each option with its formulas below it: in a line of text there is no place for a picture."""
    for choice in block.choices:
        one = replace(block, choices=(choice,))
        yield choice_lines(one, numbers)
        yield from (
            _shown(drawn[picture.facts], clean_line(picture.facts.alt))
            for picture in pictures_in((one,))
            if picture.facts in drawn
        )


def _picture(block: Picture, file: str) -> Iterator[Piece]:
    """Yield a picture; where its description is too long to be one, the words follow it."""
    alt = clean_line(block.facts.alt)
    if size(alt) <= LONGEST_ALT:
        yield _shown(file, alt)
        return
    yield _shown(file, SAY.words_below())
    yield picture_lines(block)


def _shown(file: str, alt: str) -> Solid:
    return Solid({"type": "image", "slack_file": {"id": file}, "alt_text": alt or GAP}, alt)


def _call(mention: str) -> Piece:
    """Return the line that calls a group; what is no id is a text and calls nobody."""
    if not _GROUP.fullmatch(mention):
        return (Line((Run(f"@{clean_line(mention)}"),), Frame()),)
    called: Block = {"type": "usergroup", "usergroup_id": mention}
    section = {"type": "rich_text_section", "elements": [called]}
    return Solid({"type": "rich_text", "block_id": CALL, "elements": [section]}, "")


# -------------------------------------------------------------------------------------------------- filling


def _filled(pieces: Iterable[Piece]) -> list[_Draft]:
    drafts = [_Draft()]
    for piece in pieces:
        if isinstance(piece, Solid):
            _place(drafts, piece)
        else:
            _fill(drafts, piece)
    return drafts


def _place(drafts: list[_Draft], solid: Solid) -> None:
    """Put *solid* into the last draft, or into one of its own."""
    blocks = _blocks_in(solid)
    if drafts[-1].take_piece(solid, blocks):
        return
    if _fits(blocks):
        drafts.append(_Draft())
    else:
        _fill(drafts, solid.lines)
        solid = replace(solid, lines=())
    _place(drafts, solid)


def _fill(drafts: list[_Draft], lines: Lines) -> None:
    """Add *lines* to the last draft, or to as many more as they need."""
    left = lines
    while left:
        draft = drafts[-1]
        blocks = blocks_of(left)
        if draft.take_piece(left, blocks):
            return
        needed = ROOM_TO_BEGIN if _fits(blocks) else SHORTEST_CUT
        if draft.blocks and (draft.room < needed or len(draft.blocks) + len(blocks) > MOST_BLOCKS):
            drafts.append(_Draft())
            continue
        head, left = cut(left, draft.room, MOST_BLOCKS - len(draft.blocks))
        if head:
            draft.take_piece(head, blocks_of(head))
        if left:
            drafts.append(_Draft())


def _control(drafts: list[_Draft], group: Group) -> None:
    """Put *group* below the last draft, or into a message of its own where that has no room."""
    blocks = [*blocks_of(group.lines), *group.rows]
    if drafts[-1].take(blocks):
        drafts[-1].asked.append(said_by(group.lines))
        return
    if _fits(blocks):
        drafts.append(_Draft())
    else:
        _fill(drafts, group.lines)
        group = replace(group, lines=())
    _control(drafts, group)


def _fits(blocks: Sequence[Block]) -> bool:
    """Tell whether *blocks* fit into a message of their own."""
    return _Draft().take(blocks)


def _blocks_in(piece: Piece) -> list[Block]:
    if isinstance(piece, Solid):
        return [*blocks_of(piece.lines), piece.block]
    return blocks_of(piece)


# ------------------------------------------------------------------------------------------------ assembling


def _part(draft: _Draft, alt: str, title: str) -> Part:
    said = alt.strip() or "\n\n".join(filter(None, map(_text_of, draft.pieces)))
    text = said.strip() or "\n".join(draft.asked).strip() or title.strip() or NOTICES.nothing_more()
    return Part(tuple(draft.blocks) or spare_part().blocks, _shortened(escaped(clean_text(text))))


def _text_of(piece: Piece) -> str:
    if isinstance(piece, Solid):
        return "\n".join(filter(None, (said_by(piece.lines), piece.text)))
    return said_by(piece)


def _shortened(text: str) -> str:
    """Return escaped *text* at most as long as Slack advises, not cut inside of an escape."""
    if size(text) <= LONGEST_TEXT:
        return text
    short = text.encode("utf-16-le")[: 2 * (LONGEST_TEXT - 1)].decode("utf-16-le", "ignore")
    return _IN_ESCAPE.sub("", short).rstrip() + "…"
