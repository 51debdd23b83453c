"""Garbled: texts that look wrongly decoded still, after what can be repaired was."""

import re
from collections.abc import Iterator
from typing import Final

from bot.packs.importing.drafts import DraftCard, DraftNote, Fault, Harvest, Problem
from bot.packs.repairs.passages import Draft, drafts, named, with_problems, without_code

_GARBLED: Final = re.compile(r"\ufffd|â€|Ã[\x80-\xbf€‚ƒ„†‡‰‹]|Â[€‚ƒ„†‡‰‹]|ðŸ|‚Ä|√[©®´¨≠ß†¢£§•¶™º]|ï¿½")


def without_garbled(harvest: Harvest) -> Harvest:
    """Return *harvest* with a problem for each draft that has signs which nobody types."""
    found = [_problem(draft) for draft in drafts(harvest) if any(map(_is_garbled, _texts(draft)))]
    return with_problems(harvest, found) if found else harvest


def _is_garbled(text: str) -> bool:
    return not text.isascii() and _GARBLED.search(without_code(text)) is not None


def _texts(draft: Draft) -> Iterator[str]:
    """Yield the texts of *draft*, each alone: whether one has only plain letters is known at once."""
    if isinstance(draft, DraftCard):
        yield from (draft.front, draft.back)
    elif isinstance(draft, DraftNote):
        yield from (section.body for section in draft.sections)
    else:
        yield from (draft.prompt, draft.scenario, draft.explanation, draft.answer, *draft.hints)
        for option in draft.options:
            yield option.text
            yield option.feedback
        for pair in draft.pairs:
            yield from pair


def _problem(draft: Draft) -> Problem:
    message = f"“{named(draft)}” has signs that come of a wrong decoding and could not be put right."
    mend = "Look at the place in the source, type what was meant, and import again."
    return Problem(Fault.GARBLED_TEXT, draft.span.first, message, mend)
