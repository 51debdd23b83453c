"""Cuts: where a text that is too long for its place may be parted, and how long it is there.

A text is parted between words, and between characters only where a word is too long; never inside what a
reader takes for one character.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

LONGEST_CLUSTER: Final = 30
"""So many characters belong together at most: more marks than writing needs are no reason not to cut."""

_WORDS: Final = re.compile(r"\s*\S+\s*$|\s*\S+|\s+")
_JOINER: Final = "\u200d"
_EXTENDS: Final = re.compile("[\u200b-\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]")
_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]")


def size(text: str) -> int:
    """Return how long *text* is by the strictest count, that of UTF-16."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def word_ends(text: str) -> Iterator[int]:
    """Yield where words of *text* end, each with the white space before it."""
    return (found.end() for found in _WORDS.finditer(text))


def cluster_ends(text: str) -> Iterator[int]:
    """Yield where what a reader takes for characters of *text* ends."""
    return accumulate(map(len, clusters(text)))


def clusters(text: str) -> list[str]:
    """Return *text* cut into what a reader takes for characters."""
    found: list[str] = []
    for character in text:
        if found and len(found[-1]) < LONGEST_CLUSTER and _goes_on(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def _goes_on(cluster: str, character: str) -> bool:
    """Tell whether *character* belongs to the *cluster* before it."""
    if unicodedata.category(character)[0] == "M" or _EXTENDS.match(character) or cluster[-1] == _JOINER:
        return True
    return bool(len(cluster) == 1 and _FLAG.match(cluster) and _FLAG.match(character))
