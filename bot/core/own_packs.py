"""Own packs: the decks that a group has brought itself, as one pack that nobody else sees."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.ids import DeckId, PackId, Topic
from bot.core.items import Item
from bot.core.packs import Deck, Library, Pack

OWN = "own-"
"""What the id of a group's own pack begins with; no shipped pack may be called so."""

LANGUAGE = "en"
LICENCE = "all rights reserved"
FIRST_VERSION = "1"


@dataclass(frozen=True, slots=True)
class OwnPack:
    """A group's own pack, with the *provenance* of what was imported, a text that only the importer reads."""

    pack: Pack
    provenance: str = ""


@dataclass(frozen=True, slots=True)
class DeckCount:
    """A deck with what it would have, and how many of its questions would be *new*."""

    id: DeckId
    title: str
    questions: int
    new: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What one pack has that another had not, or had otherwise; *others* are cards, notes and labs."""

    new: int
    changed: int
    others: int
    decks: tuple[DeckCount, ...]


def empty_pack(id_: PackId, title: str) -> OwnPack:
    """Return the pack of a group that has brought nothing yet."""
    return OwnPack(Pack(id_, title, LANGUAGE, LICENCE, FIRST_VERSION, "", ()))


def is_own(deck: DeckId | PackId) -> bool:
    """Tell whether a deck or a pack is a group's own."""
    return deck.startswith(OWN)


def with_own(library: Library, own: Iterable[OwnPack]) -> Library:
    """Return *library* with the packs of a group and of those in one union with it behind the others."""
    packs = tuple(one.pack for one in own if one.pack.decks)
    return Library((*library.packs, *packs)) if packs else library


def deck_of(own: OwnPack, deck: DeckId) -> Deck | None:
    """Return a deck of the group's own by its id; None when there is none."""
    return next((one for one in own.pack.decks if one.id == deck), None)


def with_item(own: OwnPack, item: Item, title: str) -> OwnPack:
    """Return *own* with one more item at the end of its deck, which is made when it is not there.

    *title* names a new deck, and the topic of the item when that is new.
    """
    decks = list(own.pack.decks)
    there = next((place for place, deck in enumerate(decks) if deck.id == item.deck), None)
    if there is None:
        decks.append(Deck(item.deck, own.pack.id, title, "", (item,)))
    else:
        decks[there] = replace(decks[there], items=(*decks[there].items, item))
    topics = {item.topic: title, **own.pack.topics}
    return replace(own, pack=replace(own.pack, decks=tuple(decks), topics=topics))


def without_deck(own: OwnPack, deck: DeckId) -> OwnPack:
    """Return *own* without a deck, and without the topics that nothing is about any more."""
    decks = tuple(one for one in own.pack.decks if one.id != deck)
    used = _topics(decks) | {one.topic for cards in own.pack.cards for one in cards.cards}
    topics = {topic: title for topic, title in own.pack.topics.items() if topic in used}
    return replace(own, pack=replace(own.pack, decks=decks, topics=topics))


def _topics(decks: Sequence[Deck]) -> set[Topic]:
    return {item.topic for deck in decks for item in deck.items}


def difference(before: Pack, after: Pack) -> Difference:
    """Return what became of *before*."""
    had = {item.id: item for deck in before.decks for item in deck.items}
    decks = []
    new = changed = 0
    for deck in after.decks:
        fresh = sum(item.id not in had for item in deck.items)
        other = sum(item.id in had and had[item.id] != item for item in deck.items)
        new, changed = new + fresh, changed + other
        if fresh or other:
            decks.append(DeckCount(deck.id, deck.title, len(deck.items), fresh))
    return Difference(new, changed, len(_others(after) - _others(before)), tuple(decks))


def _others(pack: Pack) -> set[tuple[str, str]]:
    """Return what *pack* has besides questions, each by its id and all that it says."""
    cards = {(str(card.id), repr(card)) for deck in pack.cards for card in deck.cards}
    notes = {(str(note.id), repr(note)) for note in pack.notes}
    return cards | notes | {(str(lab.id), repr(lab)) for lab in pack.labs}
