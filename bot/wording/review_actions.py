"""Review actions: what stands behind the buttons and the form with which an item is decided about."""

import re
from typing import Final

from bot.core.amendments import Verdict
from bot.core.review_commands import DecideReview, Mending, OpenReviewForm, ReviewQuery, ShowReviews

FIELDS: Final = 3
"""How many texts the form has: the question, its answers, the explanation."""

FIRST: Final = "q:show"
"""The action that shows the first of what waits."""

_ABOUT: Final = re.compile(r"q:(?P<verb>[a-z]{3,4}):(?P<token>[a-z2-7]{13}):(?P<version>\d{1,15})", re.ASCII)
_VERDICTS: Final = {"keep": Verdict.KEPT, "off": Verdict.OFF, "void": Verdict.VOID}
_VERBS: Final = {verdict: verb for verb, verdict in _VERDICTS.items()}


def show_action(token: str) -> str:
    """Return the action that shows an item."""
    return f"q:show:{token}:0"


def form_action(token: str, version: int) -> str:
    """Return the action of the form in which an item is mended, and of the button that opens it."""
    return f"q:mend:{token}:{version}"


def decide_action(token: str, version: int, verdict: Verdict) -> str:
    """Return the action that keeps an item, switches it off or makes it void."""
    return f"q:{_VERBS[verdict]}:{token}:{version}"


def decode_review(action: str, typed: tuple[str, ...] | None) -> DecideReview | ReviewQuery | None:
    """Return what *action* means, None when it means nothing; *typed* came with the press of the form."""
    if action == FIRST:
        return ShowReviews() if typed is None else None
    found = _ABOUT.fullmatch(action)
    if found is None:
        return None
    verb, token, version = found["verb"], found["token"], int(found["version"])
    if typed is not None:
        mends = verb == "mend" and len(typed) == FIELDS
        return DecideReview(token, version, Verdict.MENDED, Mending(*typed)) if mends else None
    if verb == "show":
        return ShowReviews(token)
    if verb == "mend":
        return OpenReviewForm(token, version)
    return DecideReview(token, version, _VERDICTS[verb]) if verb in _VERDICTS else None
