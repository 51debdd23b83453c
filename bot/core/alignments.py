"""Reading one row of words as another, with the mistakes counted.

How many mistakes a word and a whole text may hold, and where none is forgiven, are the rules 3 to 5 of
:mod:`bot.core.text_matching`.
"""

from collections.abc import Iterator
from enum import IntEnum
from fractions import Fraction

from rapidfuzz.distance import OSA

from bot.core.opposites import opposed
from bot.core.words import Word, Words, joined


class Room(IntEnum):
    """How many mistakes are looked past, counted from what rule 4 allows."""

    EXACT = -9
    TYPING = 0
    NEAR = 1


_FIRST_MISTAKE = 5
_SECOND_MISTAKE = 9
_THIRD_MISTAKE = 20
_LEAST_ACRONYM = 3
_LEAST_NEAR_NAME = 5
_LONGEST_SPELT = 12
"""No acronym stands for more words."""

_NEAR_LETTERS = Fraction(7, 2)
"""A near miss has at most two slips in seven letters; *types* is not close to *trees*."""

_MOST_LETTERS = 3
"""Two words that differ by more letters than this are no slips apart, in any room."""

_PIECE = 2
_VOWELS = frozenset("aeiouy")
FAR = 1 << 20
"""More mistakes than any text holds: it is not the same text at all."""

_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1))
"""How many words of the key stand against how many typed ones, written together."""

SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"}
)
"""Words whose initial an acronym may leave out."""


def ends(key: Words, answer: Words, room: Room) -> dict[int, int]:
    """Align all of *key* with the first words of *answer*.

    Return for each number of words that *key* can stand for the fewest mistakes. The alignment is found
    word by word (dynamic programming over the words of both), and leaves out alignments over the limit of
    the whole.
    """
    limit = max(0, _allowance(sum(len(word.text) for word in key), whole=True) + room)
    rows: list[dict[int, int]] = [{} for _ in range(len(key) + 1)]
    rows[0][0] = 0
    for at_key, row in enumerate(rows):
        for at in range(len(answer) + 1):
            if at in row:
                for key_step, step, cost in _steps(key[at_key:], answer[at:], room):
                    if row[at] + cost <= limit:
                        target = rows[at_key + key_step]
                        target[at + step] = min(target.get(at + step, FAR), row[at] + cost)
    return rows[-1]


def _steps(key: Words, answer: Words, room: Room) -> Iterator[tuple[int, int, int]]:
    """Yield how many words of each may be read next, and with how many mistakes."""
    if answer and answer[0].filler:
        yield 0, 1, 0
    if key and key[0].filler:
        yield 1, 0, 0
    for own, theirs in _SHAPES:
        if own <= len(key) and theirs <= len(answer):
            cost = _parts_cost(key[:own], answer[:theirs], room)
            if cost is not None:
                yield own, theirs, cost
    if answer and room is not Room.EXACT:
        yield from ((size, 1, 1) for size in _spelt(answer[0], key[:_LONGEST_SPELT]))


def _spelt(acronym: Word, key: Words) -> Iterator[int]:
    """Yield how many words at the start of *key* have *acronym* as their initials.

    It counts as one mistake, so that a rival that was written out wins.
    """
    if len(acronym.text) >= _LEAST_ACRONYM:
        for size in range(_LEAST_ACRONYM, len(key) + 1):
            if spells(acronym.text, key[:size]):
                yield size


def spells(letters: str, long: Words) -> bool:
    """Return whether three or more *letters* are the initials of *long*; small words need not have one."""
    if len(letters) < _LEAST_ACRONYM:
        return False
    reached = {0}
    for word in long:
        taken = {at + 1 for at in reached if letters[at : at + 1] == word.text[0]}
        reached = taken | reached if word.text in SMALL_WORDS else taken
    return len(letters) in reached


def _parts_cost(key: Words, answer: Words, room: Room) -> int | None:
    """Count the mistakes between words that are written together; an article is not part of a word."""
    if len(key) == len(answer) == 1:
        return _word_cost(key[0], answer[0], room)
    letters = sum(len(part.text) for part in key) - sum(len(part.text) for part in answer)
    if abs(letters) > _MOST_LETTERS or key[0].text[0] != answer[0].text[0]:
        return None
    if any(part.filler for part in (*key, *answer)):
        return None
    return _word_cost(joined(key), joined(answer), room)


def _word_cost(key: Word, typed: Word, room: Room) -> int | None:
    """Count the mistakes in *typed* when it is read as *key*, or return None when it is another word."""
    if key.text == typed.text or (key.stem and key.stem == typed.stem):
        return 0
    if room is Room.EXACT or abs(len(key.text) - len(typed.text)) > _MOST_LETTERS:
        return None
    if key.rigid or typed.rigid:
        return _name_cost(key, typed) if room is Room.NEAR else None
    return _slips_cost(key, typed, room) if _allowance(len(key.text)) else None


def _slips_cost(key: Word, typed: Word, room: Room) -> int | None:
    """Count by text or by stem, whichever is nearer."""
    pairs = ((key.text, typed.text), (key.stem, typed.stem))
    costs = [_slips(*pair) for pair in pairs if _tolerable(*pair, room)]
    if not costs or any(opposed(*pair, tie=room is Room.TYPING) for pair in pairs):
        return None
    return min(costs)


def _name_cost(key: Word, typed: Word) -> int | None:
    """Return 1 for a long camel-case name or identifier with one slip in its letters: a near miss."""
    signs = _signs(key.text)
    if key.stem or len(key.text) - len(signs) < _LEAST_NEAR_NAME or signs != _signs(typed.text):
        return None
    cost = OSA.distance(key.text, typed.text)
    return None if cost > 1 or opposed(key.text, typed.text, tie=True) else cost


def _signs(text: str) -> str:
    return "".join(character for character in text if not character.isalpha())


def _slips(key: str, typed: str) -> int:
    """Count letters missing, added, changed and exchanged with a neighbour."""
    return OSA.distance(key, typed)


def _tolerable(key: str, typed: str, room: Room) -> bool:
    """Return whether *typed* is near enough to *key* to be it, or to be a near miss."""
    slips = _slips(key, typed)
    allowance = _allowance(min(len(key), len(typed)))
    if room is Room.NEAR:
        return slips <= allowance + 1 and slips * _NEAR_LETTERS <= len(key)
    return slips <= allowance and _starts_alike(key, typed) and not (slips > 1 and _in_one_place(key, typed))


def _starts_alike(key: str, typed: str) -> bool:
    return key[0] == typed[0] or key[:2] == typed[1::-1]


def _in_one_place(key: str, typed: str) -> bool:
    """Return whether a piece of *key* was replaced, as in explo-it-ation for explo-r-ation.

    Two slips of the finger are mostly apart; other letters in a row are mostly another word. Vowels excepted:
    maint-ai-nance is how *maintenance* sounds.
    """
    start = _alike(key, typed)
    end = _alike(key[start:][::-1], typed[start:][::-1])
    own, other = key[start : len(key) - end], typed[start : len(typed) - end]
    short = 0 < len(own) <= _PIECE and 0 < len(other) <= _PIECE
    return short and set(own).isdisjoint(other) and not _VOWELS.issuperset(own + other)


def _alike(one: str, other: str) -> int:
    """Return how many letters *one* and *other* share from the start."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _allowance(letters: int, *, whole: bool = False) -> int:
    """Return how many mistakes a word of so many letters may hold, or a *whole* answer."""
    third = whole and letters >= _THIRD_MISTAKE
    return (letters >= _FIRST_MISTAKE) + (letters >= _SECOND_MISTAKE) + third
