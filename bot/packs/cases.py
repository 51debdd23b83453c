"""Case studies: one scenario and several items that are asked one after the other."""

from bot.core.ids import DeckId
from bot.core.items import Difficulty, Item
from bot.packs.blueprints import CASE_STUDY
from bot.packs.fields import Fields, counted, open_record, peek, shape
from bot.packs.item_records import (
    CASE_FIELDS,
    EVERY_FIELD,
    Case,
    Scope,
    claim_id,
    read_item,
    read_serves,
    read_sources,
    read_topic,
    read_valid_until,
)
from bot.packs.problems import Code, Spot
from bot.packs.scalars import LONGEST_ID, as_line, as_prose, as_word
from bot.packs.trees import Node

FEWEST_PARTS, MOST_PARTS = 2, 5

_CASE = shape("a case study", CASE_FIELDS, EVERY_FIELD)
_MOST_READ = 100


def read_entry(node: Node, position: int, deck: DeckId, spot: Spot, scope: Scope) -> tuple[Item, ...]:
    """Return the items of one entry of a deck: one, several for a case study, none when it is broken.

    *position* counts from 1 and names an entry that has no usable id.
    """
    inside = spot.at(entry_name(node, position))
    if peek(node, "kind") == CASE_STUDY:
        return _read_case(node, deck, inside, scope)
    item = read_item(node, deck, inside, scope)
    return () if item is None else (item,)


def entry_name(node: Node, position: int) -> str:
    """Return what problems call the entry *node*, the one at *position* from 1."""
    own = peek(node, "id")
    return own if own.isprintable() and 0 < len(own) <= LONGEST_ID else f"#{position}"


def _read_case(node: Node, deck: DeckId, spot: Spot, scope: Scope) -> tuple[Item, ...]:
    fields = open_record(node, spot, _CASE)
    if fields is None:
        return ()
    claim_id(fields, scope)
    case = Case(
        id=spot.item,
        scenario=fields.need("scenario", as_prose(3000), ""),
        topic=read_topic(fields, scope) if fields.has("topic") else None,
        difficulty=fields.get("difficulty", as_word(Difficulty), Difficulty.MEDIUM),
        sources=read_sources(fields),
        valid_until=read_valid_until(fields, scope),
        serves=read_serves(fields, scope),
        off=fields.get("off", as_line, ""),
    )
    nodes = fields.list_of("items", _MOST_READ) or ()
    _check_parts(fields, len(nodes))
    read = [_read_part(part, number, deck, spot, scope, case) for number, part in enumerate(nodes, 1)]
    return tuple(item for item in read if item is not None)


def _check_parts(fields: Fields, count: int) -> None:
    if count and not FEWEST_PARTS <= count <= MOST_PARTS:
        fields.spot.report(
            Code.PART_COUNT,
            fields.line_of("items"),
            f"The case study has {counted(count, 'part')}, but must have {FEWEST_PARTS} to {MOST_PARTS}.",
            "Split it in two."
            if count > MOST_PARTS
            else "Add a part, or write this one as an item of its own.",
        )


def _read_part(node: Node, position: int, deck: DeckId, spot: Spot, scope: Scope, case: Case) -> Item | None:
    inside = spot.at(f"{case.id}/{entry_name(node, position)}")
    if peek(node, "kind") == CASE_STUDY:
        inside.report(
            Code.NESTED_CASE,
            node.line,
            "A part of a case study is a case study itself.",
            "Move it out, so that it stands in the deck on its own.",
        )
        return None
    return read_item(node, deck, inside, scope, case)
