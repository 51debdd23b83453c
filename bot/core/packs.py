"""Packs: decks, notes and labs under one id, and the library of all that are served."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.cards import CardDeck
from bot.core.ids import DeckId, PackId, Topic
from bot.core.items import Item
from bot.core.labs import Lab
from bot.core.notes import Note


@dataclass(frozen=True, slots=True)
class Deck:
    """A named set of items in a pack, in the author's order."""

    id: DeckId
    pack: PackId
    title: str
    description: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder of content under one id. *topics* maps a topic to its title, in the author's order."""

    id: PackId
    title: str
    language: str
    licence: str
    version: str
    description: str
    decks: tuple[Deck, ...]
    topics: Mapping[Topic, str] = field(default_factory=dict)
    blueprint: str | None = None
    cards: tuple[CardDeck, ...] = ()
    notes: tuple[Note, ...] = ()
    labs: tuple[Lab, ...] = ()


@dataclass(frozen=True, slots=True)
class Library:
    """Every pack that is served, as one frozen value; a reload makes a new one."""

    packs: tuple[Pack, ...] = ()

    @property
    def decks(self) -> tuple[Deck, ...]:
        """Every deck of every pack, in order."""
        return tuple(deck for pack in self.packs for deck in pack.decks)
