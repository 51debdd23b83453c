"""What a learner sends as an answer, before and after it is tied to an item's options."""

from dataclasses import dataclass

from bot.core.ids import OptionId


@dataclass(frozen=True, slots=True)
class Picked:
    """Positions as they were shown, from 0.

    Single choice and true/false: one. Multiple response: any number. Ordering: every position, in the
    learner's order. Matching: for each stem, in the order shown, the position of the option given to it.
    """

    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: one text for numeric and free text, one a blank for fill-in."""

    texts: tuple[str, ...]


Sent = Picked | Typed
"""What arrives from a transport: it knows positions and texts, never ids of options."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options behind :class:`Picked`, in the same order; for matching, one a stem of the item."""

    options: tuple[OptionId, ...]


Response = Chosen | Typed
"""What is graded and stored."""
