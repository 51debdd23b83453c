"""Texts as a pack can hold them: printable, with one kind of line end, and nothing around them."""

import re
import unicodedata
from typing import Final

from bot.packs.scalars import LONGEST_ID
from bot.packs.trees import UNPRINTABLE

LONGEST_SLUG: Final = 40
"""Ids made of words are no longer than this, so that a hash and a number fit behind them."""

_BREAKS = re.compile("\r\n?|\x0b|\x0c|\x1c|\x1d|\x1e|\x85|\u2028|\u2029")
_REPLACED: Final = "\ufffd"
_SMALL_WORDS: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "is",
        "are",
        "do",
        "does",
        "which",
        "what",
        "who",
        "how",
        "and",
        "or",
        "for",
    ]
)
_WORD = re.compile(r"[a-z0-9]+")
_NOT_WORD = re.compile(r"[\W_]+")
_PLAIN_WORDS: Final = {code: " " for code in range(128) if not chr(code).isalnum()}


def cleaned(text: str) -> str:
    """Return *text* without white space around it; what cannot be printed becomes U+FFFD, never nothing.

    Every sign that ends a line ends one in the same way, and marks of byte order inside go.
    """
    # Whole tens of thousands of texts come by here, and asking this is quicker than the pattern.
    if not text.isprintable() and (UNPRINTABLE.search(text) or "\r" in text):
        text = _BREAKS.sub("\n", text).replace("\ufeff", "")
        text = UNPRINTABLE.sub(_REPLACED, text)
    return text.strip()


def line(text: str) -> str:
    """Return *text* cleaned and on one line."""
    return " ".join(cleaned(text).split())


def lost(text: str) -> bool:
    """Tell whether cleaning *text* replaces a character that cannot be printed."""
    return not text.isprintable() and _REPLACED in cleaned(text) and _REPLACED not in text


def words(text: str) -> str:
    """Return *text* as it is compared: its words in small letters, without signs and white space."""
    if text.isascii():
        flat = " ".join(text.lower().translate(_PLAIN_WORDS).split())
    else:
        flat = _NOT_WORD.sub(" ", text.casefold()).strip()
    return flat or " ".join(text.split())


def slug(text: str, *, longest: int = LONGEST_SLUG, short: bool = False) -> str:
    """Return *text* as an id of at most *longest* characters, cut at a word; "" when it has no Latin word.

    *short* leaves out words such as "the" while others remain.
    """
    plain = text.lower()
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    found = _WORD.findall(plain)
    if short:
        found = [word for word in found if word not in _SMALL_WORDS] or found
    joined = "-".join(found)
    if len(joined) <= longest:
        return joined
    return joined[: longest + 1].rpartition("-")[0] or joined[:longest]


def distinct(wanted: str, taken: set[str]) -> str:
    """Return *wanted*, or with a number behind it what is not in *taken*, and take it.

    The number is looked for by halves, since thousands of questions may have the same prompt.
    """
    own = wanted
    if wanted in taken:
        low, high = 1, 2
        while _numbered(wanted, high) in taken:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if _numbered(wanted, middle) in taken else (low, middle)
        own = _numbered(wanted, high)
    taken.add(own)
    return own


def _numbered(wanted: str, number: int) -> str:
    return f"{wanted[: LONGEST_ID - len(str(number)) - 1]}-{number}"
