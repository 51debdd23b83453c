"""English by ear, as far as an item needs it: whether "a" or "an" stands before a word, and its number."""

import re
from enum import Enum, auto
from typing import Final

_FIRST = re.compile(r"[A-Za-z0-9]+")
_CONSONANT_SOUND: Final = re.compile(r"(?:uni(?!n)|use|usu|user|util|eu|ewe|one\b|once|ubiq)", re.IGNORECASE)
_SILENT_H: Final = re.compile(r"(?:hour|honest|honou?r|heir)", re.IGNORECASE)
_SPELT_VOWELS: Final = frozenset("AEFHILMNORSX")
_SPELT_CONSONANTS: Final = frozenset("BCDGJKPQTUVWYZ")
_ARTICLES: Final = frozenset({"a", "an", "the", "one", "no"})
_SINGULAR_ENDINGS: Final = ("ss", "us", "is", "os", "ics", "news", "series")


class Sound(Enum):
    """How a word begins: with "a" or "an" before it, or one cannot tell."""

    VOWEL = auto()
    CONSONANT = auto()
    EITHER = auto()


def sound_of(text: str) -> Sound:
    """Return how the first word of *text* begins when it is said.

    A word that begins with capitals may be spelt or said (``SAM`` is a name, ``S3`` is not), so it counts
    only when both begin alike.
    """
    found = _FIRST.match(text)
    if found is None or found[0].lower() in _ARTICLES:
        return Sound.EITHER
    word = found[0]
    said = _said(word)
    if (len(word) > 1 and word[:2].isupper()) or (word[0].isupper() and word[1:2].isdigit()):
        spelt = Sound.VOWEL if word[0] in _SPELT_VOWELS else Sound.CONSONANT
        return said if said is spelt else Sound.EITHER
    return said


def is_plural(text: str) -> bool:
    """Tell whether the noun that *text* ends in looks like a plural."""
    word = text.rstrip(" .").rpartition(" ")[2].lower()
    return len(word) > 2 and word.endswith("s") and not word.endswith(_SINGULAR_ENDINGS)  # noqa: PLR2004


def _said(word: str) -> Sound:
    if word[0].isdigit():
        return Sound.VOWEL if word[0] == "8" or word in ("11", "18") else Sound.CONSONANT
    if _SILENT_H.match(word):
        return Sound.VOWEL
    vowel = word[0].lower() in "aeiou" and not _CONSONANT_SOUND.match(word)
    return Sound.VOWEL if vowel else Sound.CONSONANT
