"""What organisers ask of the review: see what was flagged or looks wrong, and decide what becomes of it.

An item is meant by a *token*, which is short and opaque, because ids of items may be too long for a button.
"""

from dataclasses import dataclass

from bot.core.amendments import Verdict


@dataclass(frozen=True, slots=True)
class Mending:
    """An item as somebody typed it into the form. What *answers* holds depends on the kind of the item."""

    prompt: str
    answers: str
    explanation: str


@dataclass(frozen=True, slots=True)
class ShowReviews:
    """Show one of the items that wait: the one called *token*, else the first."""

    token: str = ""


@dataclass(frozen=True, slots=True)
class OpenReviewForm:
    """Show the form in which an item is mended."""

    token: str
    version: int


@dataclass(frozen=True, slots=True)
class DecideReview:
    """Decide about an item of which the sender saw the *version*; with a *mending*, by what they typed."""

    token: str
    version: int
    verdict: Verdict
    mending: Mending | None = None


@dataclass(frozen=True, slots=True)
class Regrade:
    """Look at the answers again that were given in rounds which were open when it was decided."""


@dataclass(frozen=True, slots=True)
class Suspect:
    """Let an item wait for a decision, because of how it is answered."""


ReviewCommand = DecideReview | Regrade | Suspect
"""What changes something; the last two are our own."""

ReviewQuery = ShowReviews | OpenReviewForm
"""What changes nothing."""
