"""What became of what organisers asked of the review, and who hears of a decision."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.amendments import Verdict
from bot.core.items import Item
from bot.core.mending import Slip
from bot.core.review_commands import Mending
from bot.core.suspicions import Suspicion


@dataclass(frozen=True, slots=True)
class Chose:
    """How many answered so; *text* is an option, or what was typed."""

    text: str
    count: int
    right: bool


@dataclass(frozen=True, slots=True)
class ReviewShown:
    """One of the items that wait, *place* of *waiting*. Private.

    So many *people* flagged it, with these *reasons*, and *tried* answers are counted in *answers*.
    *off* says why it came switched off, in whatever words the import or its author has for it.
    *version* is that of the decision before, 0 for none. *back* and *on* are its neighbours, "" for none.
    """

    token: str
    version: int
    item: Item
    place: int
    waiting: int
    people: int = 0
    reasons: tuple[str, ...] = ()
    suspicion: Suspicion | None = None
    tried: int = 0
    answers: tuple[Chose, ...] = ()
    back: str = ""
    on: str = ""
    off: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFormOpened:
    """The form in which an item is mended; *slip* says why what was typed is not taken yet. Private."""

    token: str
    version: int
    item: Item
    mending: Mending
    slip: Slip | None = None
    said: str = ""


@dataclass(frozen=True, slots=True)
class ReviewDecided:
    """An item was decided about; *changed* of its *answers* are worth something else now. Private.

    *left* are still waiting. With *later*, rounds that are open are looked at when they have ended.
    """

    verdict: Verdict
    prompt: str
    regraded: bool
    answers: int
    changed: int
    left: int


class ReviewTrouble(StrEnum):
    """Why nothing was done."""

    NO_GROUP = "no_group"
    NOTHING = "nothing"
    GONE = "gone"
    DECIDED = "decided"
    SAME = "same"
    NOT_MENDED = "not_mended"
    BUSY = "busy"


@dataclass(frozen=True, slots=True)
class ReviewRefused:
    """Nothing was done. Private."""

    why: ReviewTrouble


@dataclass(frozen=True, slots=True)
class ItemAmended:
    """An item that was asked here was mended, or is void, and what was answered here was looked at again.

    *right* is what is right now, in words: nothing while an open round asks it. *changed* of *answers* are
    worth something else now.
    """

    verdict: Verdict
    prompt: str
    right: tuple[str, ...]
    answers: int
    changed: int


@dataclass(frozen=True, slots=True)
class PointsRegraded:
    """The reader's points changed by *points*, because an item was mended or is void. Private.

    *flagged* says that the reader had flagged it.
    """

    verdict: Verdict
    prompt: str
    points: int
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class FlagDecided:
    """What became of an item that the reader had flagged. Private."""

    verdict: Verdict
    prompt: str


ReviewReply = ReviewShown | ReviewFormOpened | ReviewDecided | ReviewRefused | PointsRegraded | FlagDecided
"""What one reader alone is told."""
