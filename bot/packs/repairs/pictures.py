"""Pictures: signs of one that did not come along go, and what needs one waits until a person has seen it."""

import re
from dataclasses import replace
from typing import Final, TypeVar

from bot.packs.importing.drafts import DraftCard, DraftQuestion, Fault, Harvest, Problem, Repair
from bot.packs.repairs.passages import has_any, named, outside_code, rewritten, with_problems

_SIGNS: Final = ("oading ", "ompiling ", "endering ", "[", "mage not", "mage unavail")
_HINTS: Final = (
    *("oading ", "ompiling ", "endering ", "mage not", "mage unavail", "![", "LOADING ", "COMPILING "),
    *("RENDERING ", "IMAGE ", "Image Not", "[i", "[I", "[p", "[P", "[f", "[F", "[d", "[D"),
)
"""What a draft has of which a sign is a part; most brackets are those of links."""

_PLACEHOLDER: Final = re.compile(
    r"^[ \t]*(?:(?:Loading|Compiling|Rendering) (?:\w+ )?"
    r"(?:diagram|figure|image|picture|chart|graph)[ ]?(?:\.{3}|…)"
    r"|\[(?:image|picture|figure|diagram|photo)(?: omitted| missing| placeholder| \d+)?\](?![(:\[])"
    r"|image (?:not found|not available|unavailable)\.?)[ \t]*(?:\n|\Z)",
    re.IGNORECASE | re.MULTILINE,
)
_MISSING: Final = re.compile(r"!\[([^\]\n]*)\]\((?![a-zA-Z]+:)[^)\n]*\)(?:\{[^}\n]*\})?")
_NO_ALT: Final = re.compile(
    r"\s*(?:(?:alt(?: text)?|image|img|picture|figure|diagram)?\s*\d*|\S+\.\w{3,4})\s*", re.IGNORECASE
)

_WORDS: Final = (
    *("diagram", "figure", "Figure", "Fig.", "picture", "image", "photo", "chart", "graph", "screenshot"),
    *("exhibit", "illustration", "plot", "shown above", "shown below", "Diagram", "Exhibit"),
)
_DRAWN: Final = (
    r"(?:diagram|figure|picture|image|photo(?:graph)?|chart|graph|screenshot|exhibit|illustration|plot)"
)
_SURELY: Final = r"(?:diagram|figure|screenshot|exhibit|illustration)"
_NEEDS: Final = re.compile(
    rf"\brefer(?:ring)? to the (?:(?:following|above|attached) )?{_DRAWN}\b"
    rf"|(?:^|[.!?]\s+)(?:look at|see|study|examine) the (?:(?:following|above|attached) )?{_DRAWN}\b"
    r"|\b(?:shown|depicted|pictured|illustrated|labell?ed|marked) (?:in|on) the (?:(?:following|above) )?"
    rf"{_DRAWN}\b"
    rf"|\bthe {_DRAWN} (?:(?:shown )?(?:above|below)\b(?! ?[\d$€£])|shown\b)"
    rf"|\bwhich (?:\w+ ){{1,2}}(?:in|on) the {_SURELY}\b"
    rf"|\bas shown (?:above|below)\b"
    r"|\b(?:in|see|refer to) fig(?:ure|\.) ?\d",
    re.IGNORECASE,
)
_D = TypeVar("_D", DraftQuestion, DraftCard)
_REASON: Final = "It cannot be understood without a picture that is not here."


def pictured(harvest: Harvest) -> Harvest:
    """Return *harvest* without signs of missing pictures, and with what needs one off and reported."""
    gone = 0

    def dropped(text: str) -> str:
        """Return a text without the signs of missing pictures."""
        nonlocal gone
        if not has_any(text, _SIGNS):
            return text
        found, count = _PLACEHOLDER.subn("", text)
        found, more = _MISSING.subn(_described, found)
        gone += count + more
        return re.sub(r"\n{3,}", "\n\n", found) if count + more else text

    harvest = rewritten(harvest, _HINTS, lambda text: _trimmed(text, outside_code(text, dropped)))
    if gone:
        counts = harvest.repaired.copy()
        counts[Repair.PICTURE_PLACEHOLDER] += gone
        harvest = replace(harvest, repaired=counts)
    return _switched_off(harvest)


def _trimmed(before: str, after: str) -> str:
    """Return *after* without the blank that a sign left at its ends; as it is when none went."""
    return after if after == before else after.strip()


def _described(match: re.Match[str]) -> str:
    """Return the words that stood for a picture, when they say something."""
    return "" if _NO_ALT.fullmatch(match[1]) else f"({match[1].strip()})"


def _switched_off(harvest: Harvest) -> Harvest:
    """Return *harvest* with what nobody understands without its picture off, and a problem for each."""
    found: list[Problem] = []
    questions = tuple(
        _off(one, found) if _needs(one.prompt) or (one.scenario and _needs(one.scenario)) else one
        for one in harvest.questions
    )
    cards = tuple(_off(one, found) if _needs(one.front) else one for one in harvest.cards)
    return with_problems(replace(harvest, questions=questions, cards=cards), found) if found else harvest


def _needs(text: str) -> bool:
    """Return whether *text* speaks of a picture, and shows nothing that could be meant instead."""
    if not has_any(text, _WORDS):
        return False
    return not has_any(text, ("```", "~~~", "|", "![")) and _NEEDS.search(text) is not None


def _off(draft: _D, found: list[Problem]) -> _D:
    """Return *draft* switched off, with its problem in *found*."""
    if _REASON in draft.off:
        return draft
    message = f"“{named(draft)}” speaks of a picture that is not here, so it is switched off."
    mend = "Say in words what the picture shows, then switch it on."
    found.append(Problem(Fault.NEEDS_PICTURE, draft.span.first, message, mend))
    return replace(draft, off=(*draft.off, _REASON))
