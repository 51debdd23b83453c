"""Dates: facts that a text itself gives an end, when that end has passed."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import Final

from bot.packs.importing.drafts import DraftNote, DraftQuestion, Fault, Harvest, Problem
from bot.packs.repairs.passages import Draft, drafts, has_any, named, whole, with_problems, without_code

_SIGNS: Final = (
    "until",
    "valid t",
    "retire",
    "discontinu",
    "deprecat",
    "end of",
    "ends on",
    "expire",
    "sunset",
)
_MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH: Final = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in _MONTHS)
_DATE: Final = (
    rf"(?:(?P<iso>\d{{4}}-\d\d-\d\d)|(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_MONTH})\.?"
    r"(?: (?P<after>\d{1,2})(?:st|nd|rd|th)?)?,? (?P<year>20\d\d))\b"
)
_YEAR: Final = re.compile(r" 20\d\d\b")
_ENDED: Final = re.compile(
    r"\b(?:(?:available|valid|in use|offered|supported|in force|can be taken|open) (?:until|till|through|to)"
    r"|(?:will be |is |are |be |was |were |to be )(?:retired|discontinued|withdrawn|shut down|sunset)"
    r" (?:on|in|from|after|as of)"
    r"|(?:will )?(?:retires?|expires?|ends) (?:on|in)"
    r"|discontinued (?:on|in|from|as of)"
    r"|end of (?:support|life|sale)(?: is| was|:)?(?: on| in)?)"
    rf" (?:the end of )?{_DATE}",
    re.IGNORECASE,
)


def without_past(harvest: Harvest, today: date | None) -> Harvest:
    """Return *harvest* with a problem for each fact whose end is before *today*; as it is without a day."""
    if today is None:
        return harvest
    # Nearly all sources name no year at all.
    looked_at = (
        drafts(harvest) if _YEAR.search(harvest.said) else [q for q in harvest.questions if q.valid_until]
    )
    found = [_problem(draft, end) for draft in looked_at for end in _passed(draft, today)]
    return with_problems(harvest, found)


def _passed(draft: Draft, today: date) -> Iterator[date]:
    """Yield the first end before *today* that *draft* gives."""
    if isinstance(draft, DraftQuestion) and draft.valid_until and draft.valid_until < today:
        yield draft.valid_until
        return
    text = whole(draft)
    if " 20" not in text or not _YEAR.search(text) or not has_any(text.lower(), _SIGNS):
        return
    if isinstance(draft, DraftQuestion) and draft.valid_until:
        return
    ends = (_end(match) for match in _ENDED.finditer(without_code(text)))
    yield from [end for end in ends if end and end < today][:1]


def _end(match: re.Match[str]) -> date | None:
    """Return the last day that one place names, None when there is no such day."""
    try:
        if match["iso"]:
            return date.fromisoformat(match["iso"])
        year = int(match["year"])
        month = next(n for n, name in enumerate(_MONTHS, 1) if name.startswith(match["month"][:3].lower()))
        day = match["day"] or match["after"]
        return date(year, month, int(day) if day else monthrange(year, month)[1])
    except ValueError:
        return None


def _problem(draft: Draft, end: date) -> Problem:
    """Return what a person has to look at when *draft* says that something ended."""
    what = "note" if isinstance(draft, DraftNote) else "text"
    message = f"The {what} “{named(draft)}” speaks of something that ended on {end.isoformat()}."
    mend = "Check whether it still holds; change it, or give it a date until which it is valid."
    return Problem(Fault.PAST_DATE, draft.span.first, message, mend)
