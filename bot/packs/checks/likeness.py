"""Texts that say nearly the same, found among thousands without comparing each with each.

Two texts that share most of their words share some of their rarest words (prefix filtering, as in Chaudhuri,
Ganti and Kaushik, "A primitive operator for similarity joins in data cleaning", 2006); so only texts with
rare words in common are compared, letter by letter.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from rapidfuzz import fuzz

ALIKE: Final = 0.87
"""Texts at least this much alike are taken for near-duplicates."""

SHARED: Final = 0.65
"""Texts that have a smaller share of their words in common are not looked at."""

RARE_SHARED: Final = 2
"""So many of their rare words two texts have in common; a text with few words only needs one."""

FEW: Final = 6

CROWD: Final = 30
"""A word that so many texts before this one have is too common to find its like by; of them the last are
looked at."""

_SLACK: Final = 1e-9
"""So much less than what is needed is looked at all the same, for sums of fractions are not exact."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared: what is asked, what is right, and all there is to choose from, ``""`` where none."""

    asked: str
    right: str = ""
    choices: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two wordings by their numbers, the earlier one first; 1 is the same to the letter."""

    first: int
    second: int
    share: float


def normal(text: str) -> str:
    """Return the words of *text* in lower case with single spaces between; marks and punctuation go."""
    return " ".join(_WORD.findall(text.casefold()))


def alike(wordings: Sequence[Wording]) -> Iterator[Likeness]:
    """Yield, for each of the *wordings* that is like an earlier one, the one that it is most like."""
    words = [frozenset(f"{one.asked} {one.right}".split()) for one in wordings]
    frequency = Counter(word for own in words for word in own)
    having: dict[str, list[int]] = defaultdict(list)
    exact: dict[Wording, int] = {}
    for number, wording in enumerate(wordings):
        if wording in exact:
            yield Likeness(exact[wording], number, 1.0)
            continue
        exact[wording] = number
        rare = _rarest(words[number], frequency)
        met = Counter(chain.from_iterable(having[word][-CROWD:] for word in rare))
        wanted = _rare_shared(words[number])
        near = [other for other, count in met.items() if count >= wanted]
        best, share = -1, 0.0
        for other in near:
            if _may_be_alike(words[other], words[number]):
                found = _share(wordings[other], wording, max(share, ALIKE))
                if found > share:
                    best, share = other, found
        if share >= ALIKE:
            yield Likeness(best, number, share)
        for word in rare:
            having[word].append(number)


def _rarest(words: frozenset[str], frequency: Counter[str]) -> list[str]:
    """Return so many of *words*, the rarest first, that a text that shares enough has some of them."""
    count = len(words) - math.ceil(SHARED * len(words)) + _rare_shared(words)
    return sorted(words, key=lambda word: (frequency[word], word))[:count]


def _rare_shared(words: frozenset[str]) -> int:
    return RARE_SHARED if len(words) > FEW else 1


def _may_be_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two texts share enough words to be looked at letter by letter."""
    fewer, more = sorted((len(one), len(other)))
    # The share of common words is counted only where it can be large enough.
    return fewer >= SHARED * more and (common := len(one & other)) >= SHARED * (fewer + more - common)


def _share(one: Wording, other: Wording, least: float) -> float:
    """Return how much two wordings are alike: the question counts for half, the answers for the rest.

    What is surely less than *least* is 0, and is not looked at to its end.
    """
    asked = _ratio(one.asked, other.asked, 2 * least - 1)
    pairs = [pair for pair in ((one.right, other.right), (one.choices, other.choices)) if pair[0] or pair[1]]
    if not pairs or not asked:
        return asked
    answers: list[float] = []
    for number, pair in enumerate(pairs, 1):
        needed = 2 * len(pairs) * (least - asked / 2) - sum(answers) - (len(pairs) - number)
        answers.append(_ratio(*pair, needed))
    return asked / 2 + sum(answers) / (2 * len(pairs))


def _ratio(one: str, other: str, least: float) -> float:
    """Return how much two texts are alike; 0 when that is less than *least*."""
    return fuzz.ratio(one, other, score_cutoff=100 * (least - _SLACK)) / 100
