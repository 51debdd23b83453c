"""Grading: what an answer to an item is worth.

:func:`grade` is pure and total: for every item and response it returns a :class:`Grade`, or says as data
why the answer cannot be graded, so that the learner may send it again.

The exam rule is all or nothing. With partial credit

- multiple response earns (right chosen - wrong chosen) / number right, at least 0: a wrong choice takes
  back a right one, so that choosing more for luck does not pay and choosing everything is never worth the
  whole (the right-minus-wrong rule of Moodle's and Canvas's multiple-answer questions);
- ordering earns the share of neighbouring pairs that follow each other at once, as in the right order
  (Moodle's "relative to the next item, excluding last"): one option out of place costs its own
  neighbourhoods, where counting positions would count every option that it moved;
- fill-in earns the share of blanks, matching the share of stems, free text the share of the points needed.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from bot.core.grades import RIGHT, WRONG, Grade, Unreadable
from bot.core.ids import OptionId
from bot.core.items import BlanksKey, ChoiceKey, Item, Kind, MatchKey, NumberKey, OrderKey, TextKey
from bot.core.numbers import agrees, read_number
from bot.core.responses import Chosen, Response, Typed
from bot.core.text_matching import Verdict, judge, spoken
from bot.core.words import compose, words

__all__ = ["LONGEST_TEXT", "Grade", "Unreadable", "grade"]

LONGEST_TEXT = 1000
"""The most characters that one typed text may have, before and after NFKC, which can make 18 of one."""

_WORDS_FOR_ALL = 25
_WORDS_A_POINT = 15
"""Room for a sentence a point and one more. A longer text would find the points by naming everything."""

_NEAR_TOLERANCES = 2
"""A number off by up to twice the tolerance is a near miss; without a tolerance none is."""


def grade(item: Item, response: Response, *, partial: bool = False) -> Grade | Unreadable:
    """Return what *response* to *item* is worth, or why it cannot be graded.

    *partial* gives part of the credit as the module says; without it everything but a right answer is worth
    0.
    """
    match response:
        case Chosen(options=options):
            return _grade_options(item, options, partial=partial)
        case Typed(texts=texts):
            return _grade_texts(item, texts, partial=partial)
        case _:
            assert_never(response)


def _grade_options(item: Item, options: tuple[OptionId, ...], *, partial: bool) -> Grade | Unreadable:
    key = item.key
    if not options:
        return Unreadable.EMPTY
    match key:
        case ChoiceKey():
            if item.kind is Kind.MULTIPLE_RESPONSE:
                return _grade_several(item, key, options, partial=partial)
            return _grade_single(item, key, options)
        case OrderKey():
            return _grade_order(item, key, options, partial=partial)
        case MatchKey():
            return _grade_pairs(item, key, options, partial=partial)
        case BlanksKey() | NumberKey() | TextKey():
            return Unreadable.UNKNOWN_OPTION
        case _:
            assert_never(key)


def _grade_texts(item: Item, texts: tuple[str, ...], *, partial: bool) -> Grade | Unreadable:
    key = item.key
    match key:
        case BlanksKey():
            refusal = _why_not(texts, len(key.blanks))
            return refusal or _grade_blanks(item, key, texts, partial=partial)
        case NumberKey():
            return _why_not(texts, 1) or _grade_number(key, texts[0])
        case TextKey():
            return _why_not(texts, 1) or _grade_text(item, key, texts[0], partial=partial)
        case ChoiceKey() | OrderKey() | MatchKey():
            return Unreadable.UNKNOWN_OPTION
        case _:
            assert_never(key)


# ------------------------------------------------------------------------------------------- chosen options


def _grade_single(item: Item, key: ChoiceKey, options: tuple[OptionId, ...]) -> Grade | Unreadable:
    if len(options) > 1:
        return Unreadable.ONE_ONLY
    if options[0] in key.right:
        return RIGHT
    return WRONG if _has_all(item, options) else Unreadable.UNKNOWN_OPTION


def _grade_several(
    item: Item, key: ChoiceKey, options: tuple[OptionId, ...], *, partial: bool
) -> Grade | Unreadable:
    chosen = set(options)
    if len(chosen) < len(options):
        return Unreadable.REPEATED_OPTION
    if chosen == set(key.right):
        return RIGHT
    if not _has_all(item, options):
        return Unreadable.UNKNOWN_OPTION
    right = len(chosen.intersection(key.right))
    wrong = len(chosen) - right
    return _share(right - wrong, len(key.right), partial=partial)


def _grade_order(
    item: Item, key: OrderKey, options: tuple[OptionId, ...], *, partial: bool
) -> Grade | Unreadable:
    if not _has_all(item, options):
        return Unreadable.UNKNOWN_OPTION
    if len(set(options)) < len(options):
        return Unreadable.REPEATED_OPTION
    if len(options) < len(key.order):
        return Unreadable.INCOMPLETE
    parts = tuple(given == wanted for given, wanted in zip(options, key.order, strict=True))
    if all(parts):
        return Grade(Fraction(1), parts=parts)
    follows = set(pairwise(key.order))
    kept = sum(pair in follows for pair in pairwise(options))
    return _share(kept, len(follows), parts, partial=partial)


def _grade_pairs(
    item: Item, key: MatchKey, options: tuple[OptionId, ...], *, partial: bool
) -> Grade | Unreadable:
    if not _has_all(item, options):
        return Unreadable.UNKNOWN_OPTION
    if len(options) != len(key.pairs):
        return Unreadable.INCOMPLETE
    parts = tuple(given == wanted for given, (_, wanted) in zip(options, key.pairs, strict=True))
    return _share(sum(parts), len(parts), parts, partial=partial)


def _has_all(item: Item, options: tuple[OptionId, ...]) -> bool:
    known = [option.id for option in item.options]
    return all(option in known for option in options)


# --------------------------------------------------------------------------------------------- typed texts


def _why_not(texts: tuple[str, ...], count: int) -> Unreadable | None:
    """Return why *texts* are not looked at; of several blanks some may be left empty, but not all."""
    if len(texts) != count:
        return Unreadable.WRONG_COUNT
    if any(len(text) > LONGEST_TEXT for text in texts):
        return Unreadable.TOO_LONG
    composed = [compose(text) for text in texts]
    if any(len(text) > LONGEST_TEXT for text in composed):
        return Unreadable.TOO_LONG
    return None if any(composed) else Unreadable.EMPTY


def _grade_blanks(item: Item, key: BlanksKey, texts: tuple[str, ...], *, partial: bool) -> Grade:
    verdicts = [_judge_blank(item, key, position, text) for position, text in enumerate(texts)]
    parts = tuple(verdict is Verdict.RIGHT for verdict in verdicts)
    near = not all(parts) and Verdict.WRONG not in verdicts
    return _share(sum(parts), len(parts), parts, near=near, partial=partial)


def _judge_blank(item: Item, key: BlanksKey, position: int, text: str) -> Verdict:
    """Judge one blank; what the other blanks accept is no slip in this one."""
    others = [accepted for at, blank in enumerate(key.blanks) if at != position for accepted in blank.accept]
    blank = key.blanks[position]
    return judge(text, blank.accept, [*item.rivals, *others], exact=blank.exact)


def _grade_number(key: NumberKey, text: str) -> Grade | Unreadable:
    value = read_number(text, key)
    if isinstance(value, Unreadable):
        return value
    if agrees(value, key):
        return RIGHT
    return Grade(Fraction(0), near=agrees(value, key, times=_NEAR_TOLERANCES))


def _grade_text(item: Item, key: TextKey, text: str, *, partial: bool) -> Grade | Unreadable:
    verdict = judge(text, key.accept, item.rivals, exact=key.exact)
    if verdict is Verdict.RIGHT:
        return Grade(Fraction(1), parts=(True,) * len(key.points))
    if not key.points:
        return Grade(Fraction(0), near=verdict is Verdict.NEAR)
    if len(text.split()) > _WORDS_FOR_ALL + _WORDS_A_POINT * len(key.points):
        return Unreadable.TOO_LONG
    return _grade_points(item, key, text, partial=partial)


def _grade_points(item: Item, key: TextKey, text: str, *, partial: bool) -> Grade:
    """Grade by the points said; one short of enough, with something said, is a near miss."""
    need = key.need or len(key.points)
    answer = words(text, typed=True)
    parts = tuple(spoken(answer, point.any_of, item.rivals, exact=key.exact) for point in key.points)
    said = sum(parts)
    return _share(said, need, parts, near=0 < said == need - 1, partial=partial)


def _share(earned: int, of: int, parts: Sequence[bool] = (), *, near: bool = False, partial: bool) -> Grade:
    """Return *earned* out of *of*, held between 0 and 1; without *partial* all or nothing."""
    credit = Fraction(min(max(earned, 0), of), of) if partial else Fraction(earned >= of)
    return Grade(credit, near=near, parts=tuple(parts))
