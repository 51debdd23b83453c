"""Alike: what a question asks, in a form in which two sources that ask the same are found to do so.

Two texts are one when they have the same words, articles apart, or differ in letters as a typing mistake
does. A number, a "not", a name or a sign more makes another question.
"""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from bot.core.opposites import opposed

Words = tuple[str, ...]
"""A text as it is compared: its words in their order, and behind them its pieces of code as they are."""

ALIKE: Final = 88
"""Two texts with a lower ratio (0 to 100) are not looked at word by word."""

LONGEST: Final = 5000
"""Longer prompts are the same only when they are so word by word."""

SURE: Final = 2
"""So many words of its own make clear what a prompt is about, wherever it stands."""

_CODE: Final = re.compile(r"(?s)```.*?(?:```|\Z)|`[^`\n]+`")
_MINUS: Final = re.compile(r"(?<![\w)])[-−](?=[\d.])")
_DROPPED: Final = ".,:;?!()[]{}\"“”„«»‘’'´*_`~\\|–—-\u2026\u00a0"
_MARKS: Final = str.maketrans(dict.fromkeys(_DROPPED, " ") | dict.fromkeys("'’", ""))
_LIGHT: Final = frozenset(("a", "an", "the", "of", "these", "this", "following", "please", "below"))
_UNITED: Final = {
    "which": "what",
    "colour": "color",
    "isnt": "not",
    "arent": "not",
    "doesnt": "not",
    "dont": "not",
    "cant": "cannot",
}
_SOFT: Final = frozenset(
    ("in", "for", "you", "we", "would", "do", "does", "that", "it", "its", "there", "used", "called", "by")
)
_NAME: Final = re.compile(r"(?<![.!?:] )(?<!^)\b[^\W\d_a-z]\w*")
_SHORTEST, _LONG = 5, 9
_COMMON: Final = frozenset((
    "what", "how", "why", "when", "where", "who", "is", "are", "was", "were", "be", "do", "does", "did",
    "can", "could", "would", "should", "will", "may", "has", "have", "had", "not", "and", "or", "for",
    "in", "on", "at", "to", "by", "with", "from", "as", "it", "its", "you", "your", "we", "they", "if",
    "that", "there", "one", "two", "main", "best", "most", "some", "example", "examples", "name", "list",
    "describe", "explain", "define", "compare", "statement", "statements", "true", "correct", "answer",
    "question", "option", "options", "use", "used", "using", "called", "mean", "means", "work", "works",
    "happens", "result", "output", "value", "types", "type", "kinds", "kind", "advantages", "benefits",
    "symptoms", "causes", "steps", "purpose", "difference", "differences", "between", "scenario",
))  # fmt: skip
"""Words that many prompts have, whatever they are about."""


def words(text: str) -> Words:
    """Return *text* as it is compared; a text of nothing but marks and articles is compared as it is."""
    told = text.casefold()
    code: Words = ()
    if "`" in told:
        code = tuple(" ".join(piece.strip("`").split()) for piece in _CODE.findall(text))
    if "-" in told or "−" in told:
        told = _MINUS.sub(" minus ", told)
    if "__" in told:
        told = re.sub("_{2,}", " ¬ ", told)
    found = [_UNITED.get(word, word) for word in told.translate(_MARKS).split() if word not in _LIGHT]
    return (*found, *code) if found or code else (told.strip(),)


def nearly_same(one: str, other: str) -> bool:
    """Return whether two prompts ask the same in words that are not quite the same."""
    here, there = words(one), words(other)
    if here == there:
        return True
    if max(len(one), len(other)) > LONGEST or fuzz.ratio(" ".join(here), " ".join(there)) < ALIKE:
        return False
    mine, theirs = Counter(here), Counter(there)
    # The same words in another order may ask something else: "Is A in B?", "Is B in A?".
    return mine != theirs and _matched(
        [word for word in (mine - theirs).elements() if word not in _SOFT],
        [word for word in (theirs - mine).elements() if word not in _SOFT],
        _names(one) | _names(other),
    )


def _matched(here: list[str], there: list[str], names: frozenset[str]) -> bool:
    """Return whether each word of one side alone is one of the other side mistyped, and none is a name."""
    if len(here) != len(there) or names & {*here, *there}:
        return False
    for word in here:
        like = next((other for other in there if _mistyped(word, other)), None)
        if like is None:
            return False
        there.remove(like)
    return True


def names_differ(one: str, other: str) -> bool:
    """Return whether one of two texts has a name that the other has nowhere."""
    here, there = words(one), words(other)
    return not (_names(one) <= {*there} and _names(other) <= {*here})


def _names(text: str) -> frozenset[str]:
    """Return the words of *text* that have a capital though no sentence begins with them."""
    return frozenset(found[0].casefold() for found in _NAME.finditer(text))


def _mistyped(one: str, other: str) -> bool:
    """Return whether two words are one, written wrongly; words that mean something else are two."""
    shortest = min(len(one), len(other))
    if shortest < _SHORTEST or not (one.isalpha() and other.isalpha()):
        return False
    if one.rstrip("s") == other.rstrip("s"):
        return False  # one or several is what a question may turn on
    most = 1 if shortest < _LONG else 2
    return OSA.distance(one, other, score_cutoff=most) <= most and not opposed(one, other, tie=False)


def own_words(text: Words) -> frozenset[str]:
    """Return those of the words that tell what a text is about."""
    return frozenset(word for word in text if len(word) > 2 and word not in _COMMON)  # noqa: PLR2004 - "is"


def is_specific(prompt: Words) -> bool:
    """Return whether a prompt says by itself what it is about; "What are the main symptoms?" does not."""
    return len(own_words(prompt)) >= SURE


def many_words(texts: Iterable[str]) -> frozenset[str]:
    """Return what several texts are about."""
    return frozenset().union(*(_about(text) for text in texts if text))


@lru_cache(maxsize=4096)
def _about(text: str) -> frozenset[str]:
    """Return what one text is about; each is compared with several others in turn."""
    return own_words(words(text))
