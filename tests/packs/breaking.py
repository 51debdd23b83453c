"""Ways to break the good pack in one place, and what a check must find there.

The mark ``¶`` stands on the line that the problem must name.
"""

from dataclasses import dataclass

from bot.packs.problems import Code
from tests.packs.samples import BLUEPRINT, PACK, deck, edited


@dataclass(frozen=True)
class Broken:
    """One broken file. *says* and *mend* are words that the message and the mend must hold."""

    name: str
    code: Code
    text: str
    item: str
    says: str
    mend: str
    file: str = "decks/ropes.yaml"


def in_deck(name: str, code: Code, text: str, says: str, mend: str, item: str = "") -> Broken:
    """Return a deck that is broken outside of its items, unless *item* names the item."""
    return Broken(name, code, text, item, says, mend)


def in_item(name: str, code: Code, change: tuple[str, ...], says: str, mend: str, item: str = "") -> Broken:
    """Return a deck of one item, *change*'s first text, in which each further pair of texts is replaced."""
    whole, *pairs = change
    text = whole
    for old, new in zip(pairs[::2], pairs[1::2], strict=True):
        text = edited(text, old, new)
    own = item or whole.split("id: ", 1)[1].split("\n", 1)[0]
    return Broken(name, code, deck(text), own, says, mend)


def in_pack(name: str, code: Code, old: str, new: str, says: str, mend: str) -> Broken:
    """Return a ``pack.yaml`` in which one text is replaced by another."""
    return Broken(name, code, edited(PACK, old, new), "", says, mend, "pack.yaml")


def in_blueprint(name: str, code: Code, old: str, new: str, says: str, mend: str) -> Broken:
    """Return a blueprint in which one text is replaced by another."""
    return Broken(name, code, edited(BLUEPRINT, old, new), "", says, mend, "blueprints/exam-1.yaml")
