"""Shelving: new things put into the decks of a pack, each where its source's other things stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core.cards import Card, CardDeck
from bot.core.ids import DeckId, PackId
from bot.core.items import Item
from bot.core.packs import Deck
from bot.packs.decks import MOST_ITEMS
from bot.packs.folders import LARGEST
from bot.packs.importing.cleaning import distinct
from bot.packs.importing.identity import local

_ROOM: Final = LARGEST * 9 // 10
_OF_A_LINE: Final = 14
_OF_A_TEXT: Final = 60


@dataclass(slots=True)
class Shelf:
    """One deck on its way, of items or of cards: entries in order, those of one case study together."""

    own: str
    title: str
    description: str
    entries: list[list[Item | Card]] = field(default_factory=list)
    size: int = 0

    def add(self, entry: list[Item | Card], size: int) -> None:
        """Put *entry*, which takes *size* bytes, behind the others."""
        self.entries.append(entry)
        self.size += size

    def has_room(self, size: int) -> bool:
        """Tell whether a file that holds an entry of *size* too may still be read."""
        return len(self.entries) < MOST_ITEMS and (not self.entries or self.size + size <= _ROOM)


@dataclass(slots=True)
class Shelves:
    """The decks of a pack, of items or of cards, by their ids inside it."""

    pack: PackId
    decks: dict[str, Shelf] = field(default_factory=dict)
    owned: set[str] = field(default_factory=set)
    of_source: dict[tuple[int, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, pack: PackId, decks: Iterable[Deck | CardDeck]) -> "Shelves":
        """Return the shelves of the *decks* that a pack has already."""
        shelves = cls(pack)
        for deck in decks:
            shelf = shelves.decks[local(deck.id)] = Shelf(local(deck.id), deck.title, deck.description)
            for entry in _entries(deck.items if isinstance(deck, Deck) else deck.cards):
                shelf.add(entry, _size(entry))
        return shelves

    def own_of(self, wanted: str, title: str, description: str, *, mine: bool) -> str:
        """Return the id of a source's own deck, made when it is not there.

        A deck called *wanted* is taken when it is *mine*, or when no other source owns it.
        """
        own = wanted or "deck"
        if not mine and own in self.owned:
            own = distinct(own, {*self.decks, *self.owned})
        if own not in self.decks:
            self.decks[own] = Shelf(own, title, description)
        self.owned.add(own)
        return own

    def put(self, own: str, entry: list[Item | Card]) -> None:
        """Put *entry* into the deck *own*, or into one that goes on where that one is full."""
        shelf, number, size = self.decks[own], 1, _size(entry)
        while not shelf.has_room(size):
            number += 1
            name = f"{own[:50]}-{number}"
            title = f"{self.decks[own].title} ({number})"
            shelf = self.decks.setdefault(name, Shelf(name, title, self.decks[own].description))
            self.owned.add(name)
        shelf.add(entry, size)

    def item_decks(self) -> tuple[Deck, ...]:
        """Return the decks of items that have any."""
        return tuple(
            Deck(DeckId(f"{self.pack}/{one.own}"), self.pack, one.title, one.description, self._items(one))
            for one in self._in_order()
        )

    def card_decks(self) -> tuple[CardDeck, ...]:
        """Return the decks of cards that have any."""
        return tuple(
            CardDeck(
                DeckId(f"{self.pack}/{one.own}"), self.pack, one.title, one.description, self._cards(one)
            )
            for one in self._in_order()
        )

    def _in_order(self) -> list[Shelf]:
        """Return the decks that hold something, as a folder lists their files."""
        return sorted((one for one in self.decks.values() if one.entries), key=lambda one: f"{one.own}.")

    def _items(self, shelf: Shelf) -> tuple[Item, ...]:
        """Return the items of *shelf*; the parts of a case study share the scenario of the first."""
        deck, read = DeckId(f"{self.pack}/{shelf.own}"), []
        for entry in shelf.entries:
            first = entry[0]
            for one in entry:
                if isinstance(one, Item) and isinstance(first, Item):
                    fits = one.deck == deck and one.scenario == first.scenario
                    read.append(one if fits else replace(one, deck=deck, scenario=first.scenario))
        return tuple(read)

    def _cards(self, shelf: Shelf) -> tuple[Card, ...]:
        deck = DeckId(f"{self.pack}/{shelf.own}")
        cards = (one for entry in shelf.entries for one in entry)
        return tuple(
            one if one.deck == deck else replace(one, deck=deck) for one in cards if isinstance(one, Card)
        )


def _entries(things: Iterable[Item] | Iterable[Card]) -> Iterable[list[Item | Card]]:
    """Yield the entries of a deck: neighbours of one case study together, all others alone."""
    entry: list[Item | Card] = []
    for one in things:
        case = _case_of(one)
        if entry and (case is None or case != _case_of(entry[0])):
            yield entry
            entry = []
        entry.append(one)
    if entry:
        yield entry


def _case_of(one: Item | Card) -> str | None:
    return one.case if isinstance(one, Item) else None


def _size(entry: Sequence[Item | Card]) -> int:
    """Return how many bytes *entry* takes in a file, at the most."""
    texts = [text for one in entry for text in _texts(one)]
    whole = "".join(texts)
    if whole.isascii():
        return _bytes(whole) + (len(texts) - 1) * _OF_A_TEXT
    return sum(map(_bytes, texts))


def _bytes(text: str) -> int:
    """Return how many bytes *text* takes in a file, at the most: quotes may double it."""
    return len(text) * (2 if text.isascii() else 4) + _OF_A_LINE * text.count("\n") + _OF_A_TEXT


def _texts(one: Item | Card) -> Iterable[str]:
    """Yield every text of *one*, and a text for what has none that is longer than its record."""
    if isinstance(one, Card):
        yield from (one.front, one.back, one.off, " " * 200)
        texts = [text for blank in one.blanks for text in blank.accept]
    else:
        yield from (one.prompt, one.explanation, one.scenario, one.off, repr(one.key), " " * 300)
        yield from one.hints
        texts = [text for option in one.options for text in (option.text, option.feedback)]
        texts += [stem.text for stem in one.stems]
    yield from texts
    yield from (text for source in one.sources for text in (source.title, source.url))
