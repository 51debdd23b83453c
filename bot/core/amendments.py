"""Amendments: what a group has decided about items that were flagged, laid over what authors wrote.

The files of a pack stay as they are. A group is asked a mended item in its new version, and one that is off
or void is not asked any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.core.ids import ItemId
from bot.core.items import Item
from bot.core.packs import Deck, Library, Pack


class Verdict(StrEnum):
    """What was decided about an item."""

    KEPT = "kept"
    """It is right as it is."""

    MENDED = "mended"
    """It has a new version."""

    OFF = "off"
    """It is not asked any more; what was answered counts as it did."""

    VOID = "void"
    """It is not asked any more, and no answer to it counts."""


NOT_ASKED = frozenset({Verdict.OFF, Verdict.VOID})


@dataclass(frozen=True, slots=True)
class Amendment:
    """A decision about an item. *version* grows with each of a group's; *mended* is the new item, if any."""

    item: ItemId
    version: int
    verdict: Verdict
    mended: Item | None = None


def newest(amendments: Iterable[Amendment]) -> dict[ItemId, Amendment]:
    """Return the decision that holds for each item: the one with the highest version."""
    found: dict[ItemId, Amendment] = {}
    for one in amendments:
        there = found.get(one.item)
        if there is None or there.version <= one.version:
            found[one.item] = one
    return found


def amended(library: Library, amendments: Iterable[Amendment]) -> Library:
    """Return *library* as a group that decided so is asked from it; the same one when nothing changes."""
    by_item = newest(amendments)
    touched = [pack for pack in library.packs if any(item.split("/")[0] == pack.id for item in by_item)]
    if not touched:
        return library
    return Library(tuple(_pack(pack, by_item) if pack in touched else pack for pack in library.packs))


def _pack(pack: Pack, by_item: Mapping[ItemId, Amendment]) -> Pack:
    return replace(pack, decks=tuple(_deck(deck, by_item) for deck in pack.decks))


def _deck(deck: Deck, by_item: Mapping[ItemId, Amendment]) -> Deck:
    if not any(item.id in by_item for item in deck.items):
        return deck
    return replace(deck, items=tuple(amended_item(item, by_item.get(item.id)) for item in deck.items))


def amended_item(item: Item, amendment: Amendment | None) -> Item:
    """Return *item* as *amendment* has it; a deck that an item has moved to since is its deck."""
    if amendment is None:
        return item
    now = replace(amendment.mended or item, deck=item.deck, topic=item.topic, version=amendment.version)
    return replace(now, off=amendment.verdict.value if amendment.verdict in NOT_ASKED else "")
