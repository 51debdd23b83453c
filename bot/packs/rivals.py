"""Rivals: answers of other items in a deck that look like an item's own.

A grader takes a small difference for a typing mistake. Between "Type I" and "Type II", or "S3" and "EC2",
it is none; so every item whose answer is typed carries the answers of its neighbours that look alike, and
what was typed is held against them too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz, process

from bot.core.items import BlanksKey, ChoiceKey, Item, Kind, TextKey
from bot.packs import prose

ALIKE = 60
"""Two answers whose ratio (0 to 100) is at least this look alike."""

MOST = 50
"""An item carries at most so many rivals, the most alike first."""

MOST_COMPARED = 10_000
"""With more answers in a deck, only those that differ in a word, in digits or in a numeral are looked for."""

_LONGEST = 100
_DIGITS = re.compile(r"[0-9]+")
_ROMAN = re.compile(r"(?=[ivxlcdm])m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")


def with_rivals(items: Sequence[Item]) -> list[Item]:
    """Return *items*, those whose answer is typed with their rivals."""
    if not any(map(_is_typed, items)):
        return list(items)
    deck = _Answers(items)
    return [replace(item, rivals=deck.rivals_of(item)) if _is_typed(item) else item for item in items]


def answers(item: Item) -> tuple[str, ...]:
    """Return every whole answer that *item* takes for right, as a learner would type it."""
    match item.key:
        case BlanksKey(blanks=blanks):
            return tuple(text for blank in blanks for text in blank.accept)
        case TextKey(accept=accept):
            return accept
        case ChoiceKey(right=right) if item.kind is not Kind.TRUE_FALSE:
            return tuple(prose.plain(option.text) for option in item.options if option.id in right)
        case _:
            return ()


class _Answers:
    """The answers of a deck, found again by what they look like."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._texts: dict[str, str] = {}
        for item in items:
            for text in answers(item):
                if len(text) <= _LONGEST:
                    self._texts.setdefault(_flat(text), text)
        self._flat = tuple(self._texts)
        self._by_outline: dict[str, list[str]] = defaultdict(list)
        for flat in self._flat:
            for outline in _outlines(flat):
                self._by_outline[outline].append(flat)

    def rivals_of(self, item: Item) -> tuple[str, ...]:
        """Return the answers of other items that look like one of *item*'s own, most alike first."""
        own = {_flat(text) for text in answers(item) if len(text) <= _LONGEST}
        scores: dict[str, float] = {}
        for text in own:
            for rival, score in self._alike(text):
                if rival not in own:
                    scores[rival] = max(score, scores.get(rival, 0.0))
        ranked = sorted(scores, key=lambda rival: (-scores[rival], rival))
        return tuple(self._texts[rival] for rival in ranked[:MOST])

    def _alike(self, text: str) -> Iterator[tuple[str, float]]:
        compared = self._flat if len(self._flat) <= MOST_COMPARED else ()
        found = process.extract(text, compared, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=MOST + 10)
        for rival, score, _ in found:
            yield rival, score
        for outline in _outlines(text):
            for rival in self._by_outline[outline][:MOST]:
                yield rival, fuzz.ratio(text, rival)


def _is_typed(item: Item) -> bool:
    return isinstance(item.key, BlanksKey | TextKey)


def _flat(text: str) -> str:
    """Return *text* as it is compared."""
    return " ".join(text.casefold().split())


def _outlines(text: str) -> Iterable[str]:
    """Return what *text* shares with texts that differ in one word, in digits or in a roman numeral."""
    words = text.split()
    outlines = {" ".join(_without_count(word) for word in words)} - {text}
    if len(words) > 1:
        outlines |= {" ".join([*words[:place], "*", *words[place + 1 :]]) for place in range(len(words))}
    return sorted(outlines)


def _without_count(word: str) -> str:
    """Return *word* with a mark in place of its digits, or of all of it when it is a roman numeral."""
    if word.isalpha() and word[0] not in "ivxlcdm":
        return word
    return "#" if _ROMAN.fullmatch(word) else _DIGITS.sub("#", word)
