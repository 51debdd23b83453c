"""Which headings and titles ask something, for prompts need not be questions."""

import re
from typing import Final

from bot.packs.formats.page_answers import numbered

_ORDERS: Final = frozenset({
    "calculate", "compare", "contrast", "define", "derive", "describe", "design", "differentiate",
    "discuss", "distinguish", "estimate", "evaluate", "explain", "give", "identify", "imagine",
    "implement", "justify", "list", "name", "outline", "prove", "scenario", "show", "sketch",
    "state", "summarise", "summarize", "suppose", "tell", "walk",
})  # fmt: skip
_ASKING: Final = frozenset({
    "are", "can", "could", "did", "do", "does", "had", "has", "have", "how", "is", "may", "must",
    "should", "was", "were", "what", "when", "where", "which", "who", "whom", "whose", "why",
    "will", "would",
})  # fmt: skip
_FIRST_WORD = re.compile(r"[\W_]*([A-Za-z]+)")


def is_prompt(text: str) -> bool:
    """Return whether *text* asks or orders something: a question mark, an order, or a scenario."""
    return text.rstrip("*_` ").endswith("?") or _first(text) in _ORDERS


def may_be_prompt(text: str) -> bool:
    """Return whether *text* at least begins as questions do, or has a number in front."""
    number, bare = numbered(text)
    return bool(number) or is_prompt(bare) or _first(bare) in _ASKING


def _first(text: str) -> str:
    found = _FIRST_WORD.match(text)
    return found[1].casefold() if found else ""
