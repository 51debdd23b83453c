"""Items: what an author writes, checked and frozen.

Every kind of item is one :class:`Item`; what differs is its :data:`Key`. A case study is not an item: its
parts are items that share a ``scenario`` and a ``case``, and that are asked one after the other.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.core.ids import DeckId, ItemId, OptionId, StemId, Topic


class Kind(StrEnum):
    """How an item is asked and answered."""

    SINGLE_CHOICE = "single_choice"
    MULTIPLE_RESPONSE = "multiple_response"
    TRUE_FALSE = "true_false"
    FILL_IN = "fill_in"
    NUMERIC = "numeric"
    FREE_TEXT = "free_text"
    ORDERING = "ordering"
    MATCHING = "matching"


class Difficulty(StrEnum):
    """How hard the author thinks an item is."""

    EASY = "easy"
    MEDIUM = "medium"
    HARD = "hard"


class Place(StrEnum):
    """Where an option stands when the options are shuffled: anywhere, or kept first or last."""

    ANY = "any"
    FIRST = "first"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, with what a learner who chose it should hear."""

    id: OptionId
    text: str
    feedback: str = ""
    place: Place = Place.ANY


@dataclass(frozen=True, slots=True)
class Stem:
    """One left-hand side of a matching item."""

    id: StemId
    text: str


@dataclass(frozen=True, slots=True)
class ChoiceKey:
    """The right options: one for single choice and true/false, one or more for multiple response."""

    right: tuple[OptionId, ...]


@dataclass(frozen=True, slots=True)
class Blank:
    """What one blank accepts; the first text is the one to show. *exact* switches tolerance off."""

    accept: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class BlanksKey:
    """One entry a blank, in the order of the ``___`` in the prompt."""

    blanks: tuple[Blank, ...]


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A number within *tolerance* (absolute, in *unit*), or within *percent* of the value.

    *units* maps every other unit that is read to its size in *unit*, as in ``{"s": 1000}`` for ``ms``.
    With *unit_required* an answer without any unit is refused as unreadable.
    """

    value: Decimal
    tolerance: Decimal = Decimal(0)
    percent: bool = False
    unit: str = ""
    units: tuple[tuple[str, Decimal], ...] = ()
    unit_required: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that a good free-text answer says; any of the phrases shows that it was said."""

    say: str
    any_of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextKey:
    """Free text: a whole answer that is accepted, or *need* of the points.

    *need* counts from 1; 0 means every point.
    """

    accept: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    need: int = 0
    exact: bool = False


@dataclass(frozen=True, slots=True)
class OrderKey:
    """Every option of the item, in the right order."""

    order: tuple[OptionId, ...]


@dataclass(frozen=True, slots=True)
class MatchKey:
    """The option of each stem, in the order of the item's stems; an option may serve several or none."""

    pairs: tuple[tuple[StemId, OptionId], ...]


Key = ChoiceKey | BlanksKey | NumberKey | TextKey | OrderKey | MatchKey


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact is written down by those who answer for it."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Item:
    """What an author writes: prompt, options or accepted answers, key, explanation.

    *prompt*, *scenario*, *explanation*, option texts and feedback are in the small Markdown of the packs.
    *rivals* are accepted answers of other items in the same deck that look like this item's own: an answer
    nearer to one of them is not taken as a typing mistake. *seconds* is the author's window, if any.
    *serves* names the blueprints beside the pack's own that the item prepares for as well. *off* says why it
    is not asked until a person has decided, "" when it is. *version* is 0 as the author wrote it, and that of
    the group's decision when one has been made about it.
    """

    id: ItemId
    deck: DeckId
    kind: Kind
    prompt: str
    key: Key
    topic: Topic
    difficulty: Difficulty = Difficulty.MEDIUM
    options: tuple[Option, ...] = ()
    stems: tuple[Stem, ...] = ()
    explanation: str = ""
    hints: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    valid_until: date | None = None
    scenario: str = ""
    case: ItemId | None = None
    seconds: int | None = None
    rivals: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    off: str = ""
    version: int = 0

    def option(self, wanted: OptionId) -> Option:
        """Return the option with the id *wanted*; a KeyError when there is none."""
        for option in self.options:
            if option.id == wanted:
                return option
        raise KeyError(wanted)
