"""Where each entry of a pack was written: what a check needs to name a line when the reading is over."""

from dataclasses import dataclass, field

from bot.packs.fields import Fields
from bot.packs.problems import Spot


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of a file that is no YAML, with the line of the file that its first line is on."""

    spot: Spot
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Origins:
    """The records that entries were read from, by their ids inside the pack.

    *entries* are items, case studies and cards, which share their ids; *decks* and *card_decks* hold the
    outer records of the files; *bodies* is the Markdown of each note.
    """

    entries: dict[str, Fields] = field(default_factory=dict)
    decks: dict[str, Fields] = field(default_factory=dict)
    card_decks: dict[str, Fields] = field(default_factory=dict)
    notes: dict[str, Fields] = field(default_factory=dict)
    bodies: dict[str, Prose] = field(default_factory=dict)
    labs: dict[str, Fields] = field(default_factory=dict)
