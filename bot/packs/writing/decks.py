"""Decks of items and of cards as files."""

from collections.abc import Mapping

from bot.core.cards import Card, CardDeck
from bot.core.packs import Deck
from bot.packs.writing.items import Entry, blank, entries, serves, sources
from bot.packs.writing.texts import Bare, Value, document


def deck_file(deck: Deck) -> bytes:
    """Return the file of *deck*."""
    return document(_head(deck) | {"items": tuple(entries(deck.items))})


def card_file(deck: CardDeck) -> bytes:
    """Return the file of a deck of cards."""
    return document(_head(deck) | {"cards": tuple(map(_card, deck.cards))})


def _head(deck: Deck | CardDeck) -> dict[str, Value]:
    own = deck.id.partition("/")[2]
    return {"format": Bare(1), "id": own, "title": deck.title, "description": deck.description}


def _card(card: Card) -> Mapping[str, Value]:
    entry: Entry = {
        "id": card.id.partition("/")[2],
        "kind": Bare(card.kind.value),
        "topic": card.topic,
        "front": card.front,
    }
    if card.blanks:
        entry["key"] = tuple(map(blank, card.blanks))
    if card.back:
        entry["back"] = card.back
    if card.sources:
        entry["sources"] = sources(card.sources)
    if card.valid_until is not None:
        entry["valid_until"] = Bare(card.valid_until.isoformat())
    if card.serves:
        entry["serves"] = serves(card.serves)
    if card.off:
        entry["off"] = card.off
    return entry
