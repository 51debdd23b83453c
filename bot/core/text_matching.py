"""Whether a typed text is an accepted one: exact where it must be, tolerant where people mistype.

The rules, in the order in which they are tried:

1. The same text, apart from what :mod:`bot.core.words` levels, is right.
2. The same text as another item's answer (a rival) is wrong.
3. A text is right when its words stand for the key's words one after the other, with nothing left over on
   either side but articles and an inner *and*. So a list of every candidate is never right. Two words may
   be written as one, one as two; three or more may be given by their initials. An acronym is read as its long
   form only where that is accepted too, for many phrases have the same initials.
4. A word may hold mistakes by the length of the shorter of the two: none under 5 letters, one from 5, two
   from 9, the steps that search engines use (Meilisearch's ``minWordSizeForTypos``). A mistake is one
   letter missing, added or changed, or two neighbours exchanged (optimal string alignment): four in five
   misspellings are one such (Damerau, "A technique for computer detection and correction of spelling
   errors", 1964). The first letter must be right or exchanged with the second, for people rarely err there
   (Yannakoudakis and Fawthrop, "The rules of spelling errors", 1983) and another first letter is mostly
   another word: *affect*, *effect*. Two mistakes must not be one piece put for another: *exploration*,
   *exploitation*. The whole answer may hold at most three.
5. No mistake is forgiven in digits, signs, identifiers, acronyms, roman numerals, number words, negations and
   scripts without letter case, nor where it leads to an opposite (:mod:`bot.core.opposites`).
6. A mistake is forgiven only when no rival is as near to what was typed.
7. A text with one mistake more in a word than rule 4 allows, and with no more than two in seven letters, is
   a near miss. What rule 5 forbids is never one, for there "close" would tell which of two it is. Only a
   camel-case name or an identifier with one slip in its letters is near.
"""

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import lru_cache
from operator import itemgetter

from rapidfuzz.distance import OSA

from bot.core.alignments import FAR, SMALL_WORDS, Room, ends, spells
from bot.core.words import NEGATIONS, Words, compose, content, solid, words


class Verdict(Enum):
    """What comparing one text with what is accepted comes to."""

    RIGHT = "right"
    NEAR = "near"
    WRONG = "wrong"


_NOT_SAID: tuple[int, Words] = (FAR, ())
_GLOSS = re.compile(r"(.+?)\s*\((.+)\)")
_PREFIXES = frozenset({
    "anti", "de", "dis", "half", "in", "inter", "intra", "mis", "multi", "non", "over", "post", "pre",
    "pseudo", "quasi", "re", "self", "semi", "sub", "super", "un", "under",
})  # fmt: skip
_SUFFIXES = frozenset({"free", "less"})
_BETWEEN = frozenset({"a", "an", "any", "be", "been", "being", "really", "that", "the", "to", "very"})
"""What may stand between a negation and what it negates."""

_key_words = lru_cache(maxsize=8192)(words)


def judge(typed: str, accept: Sequence[str], rivals: Iterable[str], *, exact: bool = False) -> Verdict:
    """Compare *typed* with every accepted text.

    With *exact* only the same characters count: small and capital letters may differ, unless two of the
    accepted texts and rivals differ by nothing else. There are no near misses then.
    """
    if not accept:
        return Verdict.WRONG
    if exact:
        return Verdict.RIGHT if _same_characters(typed, accept, rivals) else Verdict.WRONG
    if not any("_" in text for text in accept):
        typed = typed.replace("_", " ")  # learning_rate, where no identifier is asked for
    answer = words(typed, typed=True)
    if _is_one_of(typed, answer, accept):
        return Verdict.RIGHT
    others = [rival for rival in rivals if not _is_one_of(rival, _key_words(rival), accept)]
    if _is_one_of(typed, answer, others):
        return Verdict.WRONG
    return _tolerate(_without_gloss(typed, answer, accept), accept, others)


def spoken(answer: Words, phrases: Sequence[str], rivals: Iterable[str], *, exact: bool = False) -> bool:
    """Return whether *answer* says one of *phrases*, as whole words in a row and not negated right before.

    Words may be mistyped, unless *exact*. A mistyped run that is as near to a rival does not count.
    """
    room = Room.EXACT if exact else Room.TYPING
    cost, run = min(
        (_said(_key_words(phrase), answer, room) for phrase in phrases), default=_NOT_SAID, key=itemgetter(0)
    )
    if cost in {0, FAR}:
        return cost == 0
    others = (rival for rival in rivals if not _is_one_of(rival, _key_words(rival), phrases))
    return not any(_fits(rival, run, cost) for rival in others)


def _same_characters(typed: str, accept: Sequence[str], rivals: Iterable[str]) -> bool:
    accepted = {compose(text) for text in accept}
    known = accepted | {compose(text) for text in rivals}
    if len({text.casefold() for text in known}) < len(known):
        return compose(typed) in accepted
    return compose(typed).casefold() in {text.casefold() for text in accepted}


def _is_one_of(typed: str, answer: Words, texts: Iterable[str]) -> bool:
    """Return whether *typed* is one of *texts* but for case, spaces, hyphens, articles and the like."""
    whole, letters = compose(typed).casefold(), solid(content(answer))
    return any(whole == text or letters in solids for text, solids in map(_forms, texts))


@lru_cache(maxsize=8192)
def _forms(text: str) -> tuple[str, frozenset[str]]:
    """Return *text* as it is compared whole, and its letters with and without its articles."""
    own = _key_words(text)
    return compose(text).casefold(), frozenset({solid(own), solid(content(own))})


def _without_gloss(typed: str, answer: Words, accept: Sequence[str]) -> Words:
    """Read ``AUC (area under the curve)``, either way round, as its long form.

    It is read as its short form when no accepted text has several words.
    """
    match = _GLOSS.fullmatch(compose(typed))
    if match is None:
        return answer
    first, second = (words(part, typed=True) for part in match.groups())
    for short, long in ((first, second), (second, first)):
        if spells(solid(short), long):
            return long if any(len(_key_words(text)) > 1 for text in accept) else short
    return answer


def _tolerate(answer: Words, accept: Sequence[str], rivals: Sequence[str]) -> Verdict:
    """Apply the rules on mistakes and rivals."""
    for room, verdict in ((Room.TYPING, Verdict.RIGHT), (Room.NEAR, Verdict.NEAR)):
        cost = min((_cost(_key_words(text), answer, room) for text in accept), default=FAR)
        if cost < FAR:
            return Verdict.WRONG if any(_fits(rival, answer, cost) for rival in rivals) else verdict
    return Verdict.WRONG


def _fits(rival: str, answer: Words, cost: int) -> bool:
    """Return whether *rival* is within *cost* mistakes of *answer*, by words or letter by letter."""
    known = _key_words(rival)
    if OSA.distance(solid(content(known)), solid(content(answer)), score_cutoff=cost) <= cost:
        return True
    return _cost(known, answer, Room.NEAR) <= cost


def _cost(key: Words, answer: Words, room: Room) -> int:
    """Count the mistakes in *answer* when it is read as *key*; far when it cannot be."""
    if len(answer) > 3 * len(key) + 3:
        return FAR
    return ends(key, answer, room).get(len(answer), FAR)


def _said(phrase: Words, answer: Words, room: Room) -> tuple[int, Words]:
    """Return the run of *answer* that says *phrase* best, after its mistakes; far when there is none."""
    best = _NOT_SAID
    openings = _openings(phrase)
    for start, word in enumerate(answer):
        if word.text[0] in openings and not _negated(answer, start):
            window = answer[start : start + 3 * len(phrase) + 3]
            for length, cost in ends(phrase, window, room).items():
                if cost < best[0] and not _undone(answer, start + length):
                    best = (cost, window[:length])
    return best


def _openings(phrase: Words) -> str:
    """Return the letters with which a run can begin that says *phrase*.

    They are the first two of each word up to the first that must be there, in a phrase or its initials.
    """
    letters = ""
    for word in phrase:
        letters += word.text[:2]
        if word.text not in SMALL_WORDS:
            break
    return letters


def _negated(answer: Words, start: int) -> bool:
    """Return whether what begins at *start* is negated right before, or is the rest of un-labelled."""
    if answer[start].linked and answer[start - 1].text in _PREFIXES:
        return True
    at = start
    while at > 0 and not answer[at].pause:
        at -= 1
        if answer[at].text in NEGATIONS:
            return True
        if answer[at].text not in _BETWEEN:
            return False
    return False


def _undone(answer: Words, end: int) -> bool:
    """Return whether what ends at *end* goes on as in label-free."""
    return end < len(answer) and answer[end].linked and answer[end].text in _SUFFIXES
