"""Cards: what an author writes to be remembered, checked and frozen.

What one learner remembers of a card is its memory, and no part of it.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.core.ids import CardId, DeckId, PackId, Topic
from bot.core.items import Blank, Source


class CardKind(StrEnum):
    """What stands on the front: a term to explain, a question to answer, or a text with blanks to fill."""

    TERM = "term"
    QUESTION = "question"
    CLOZE = "cloze"


@dataclass(frozen=True, slots=True)
class Card:
    """A flashcard. *front* and *back* are in the small Markdown of the packs.

    A cloze has one ``___`` in its front for each of its *blanks*, and its *back* may be empty; other cards
    have no blanks. *off* says why the card is not shown until a person has decided, "" when it is.
    """

    id: CardId
    deck: DeckId
    kind: CardKind
    front: str
    back: str
    topic: Topic
    blanks: tuple[Blank, ...] = ()
    sources: tuple[Source, ...] = ()
    valid_until: date | None = None
    serves: tuple[str, ...] = ()
    off: str = ""


@dataclass(frozen=True, slots=True)
class CardDeck:
    """A named set of cards in a pack, in the author's order."""

    id: DeckId
    pack: PackId
    title: str
    description: str
    cards: tuple[Card, ...]
