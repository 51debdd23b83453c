"""Tabs: what the app's own home tab shows, several views below each other."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from bot.adapters.slack.controls import Ids, groups_of
from bot.adapters.slack.layouts import Solid, pieces_of
from bot.adapters.slack.lines import Frame, Kind, Line, blocks_of, title_line
from bot.adapters.slack.markup import Run
from bot.adapters.slack.payloads import Block
from bot.wording.slack_sentences import SAY
from bot.wording.views import View

MOST_BLOCKS: Final = 100


def home_of(views: Sequence[View]) -> Mapping[str, object]:
    """Return a home tab that shows *views*; what it has no room for is left out whole, and a line says so."""
    ids = Ids()
    blocks: list[Block] = []
    left_out = False
    for view in views:
        more = [*([{"type": "divider"}] if blocks else []), *_blocks(view, ids)]
        room = MOST_BLOCKS - 1 - len(blocks)
        blocks.extend(more[:room])
        left_out = left_out or len(more) > room
    return {"type": "home", "blocks": [*blocks, *_full()] if left_out else blocks}


def _blocks(view: View, ids: Ids) -> Iterator[Block]:
    if view.title.strip():
        yield from blocks_of((title_line(view.title),))
    for piece in pieces_of(view.blocks, {}, {}, native=False):
        if isinstance(piece, Solid):
            yield from (*blocks_of(piece.lines), piece.block)
        else:
            yield from blocks_of(piece)
    for group in groups_of(view.controls, view.blocks, ids):
        yield from (*blocks_of(group.lines), *group.rows)


def _full() -> list[Block]:
    return blocks_of((Line((Run(SAY.home_is_full()),), Frame(Kind.QUIET)),))
