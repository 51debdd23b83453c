"""Clusters: what a reader takes for one character, so that no text is cut inside one.

A close reading of Unicode's extended grapheme clusters (UAX 29) by the properties that Python knows.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

MOST_MARKS: Final = 4
"""Marks kept on one letter: as many as writing needs, too few to climb over the lines above."""

_JOINER: Final = "\u200d"
_VIRAMA: Final = 9
"""The combining class of the sign that joins consonants in Indic scripts."""

_EXTENDS: Final = re.compile("[\u200c\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e01ef]")
_FLAG: Final = re.compile("[\U0001f1e6-\U0001f1ff]")
_JAMO: Final = re.compile("[\u1100-\u11ff]")


def clusters(text: str) -> Iterator[str]:
    """Yield the clusters of *text* in order, with no more marks on each than writing needs."""
    cluster = ""
    for character in text:
        if cluster and _goes_on(cluster, character):
            cluster += character
            continue
        if cluster:
            yield _with_few_marks(cluster)
        cluster = character
    if cluster:
        yield _with_few_marks(cluster)


def _goes_on(cluster: str, character: str) -> bool:
    """Tell whether *character* belongs to the *cluster* before it."""
    last = cluster[-1]
    if unicodedata.category(character)[0] == "M" or _EXTENDS.match(character):
        return True
    if last == _JOINER:
        return unicodedata.category(character) in {"So", "Sm", "Po"}
    if unicodedata.combining(last) == _VIRAMA:
        return unicodedata.category(character) == "Lo"
    if _FLAG.match(character):
        return len(cluster) == 1 and _FLAG.match(last) is not None
    return bool(_JAMO.match(character) and _JAMO.match(last))


def _with_few_marks(cluster: str) -> str:
    kept, marks = "", 0
    for character in cluster:
        marks += unicodedata.category(character) == "Mn"
        if marks <= MOST_MARKS or unicodedata.category(character) != "Mn":
            kept += character
    return kept
