"""Leaderboards: who leads in a period, by points, by accuracy or by improvement.

Every measure comes to a whole number, its *value*, so that ties are exact and every database orders values
alike. Ranks are those of :func:`bot.core.standings.standing`: ties share one, and the next counts them all.

Points are what :mod:`bot.core.scoring` gave. Accuracy is the lower bound of the Wilson interval
(:func:`accuracy`), so that one lucky answer leads nothing. Improvement compares two periods
(:func:`improvement`). Each measure asks for a least number of answers; who has fewer is not ranked and is
told how many are lacking.

Who hides is neither listed nor counted in anybody's rank. They alone see themselves, with the rank that they
would have.

Nobody climbs by answering one item over and over: scoring halves the points with each attempt that earned
any within the week before, in the same group, so that any seven days bring less than twice the most that one
answer can earn. :func:`most_from_item` is that bound for a period of any length. It bounds one item, not
how many items somebody plays alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import Final, assert_never

from bot.core.ids import LearnerId
from bot.core.scoring import BASE, SPEED, STREAK_CAP
from bot.core.standings import standing

SIZE: Final = 10
"""Lines on a page."""

NEAR: Final = 2
"""So many neighbours above the reader, and as many below."""

ACCURACY_ANSWERS: Final = 10
IMPROVEMENT_ANSWERS: Final = 5
"""In each of the two periods: a group with a question each working day has that many in a week."""

MILLION: Final = 1_000_000
"""Shares are whole millionths: fine enough to tell any two learners apart, and the same in every database."""

_Z: Final = 1.96
_REPEAT_WINDOW: Final = timedelta(days=7)


class Measure(StrEnum):
    """What a leaderboard ranks by."""

    POINTS = "points"
    ACCURACY = "accuracy"
    IMPROVEMENT = "improvement"


@dataclass(frozen=True, slots=True)
class Total:
    """What a learner did in one period: *points*, *answers* given and how many of them were *right*.

    *answers_before* and *right_before* are those of the period before; only improvement looks at them.
    """

    learner: LearnerId
    name: str
    points: int = 0
    answers: int = 0
    right: int = 0
    answers_before: int = 0
    right_before: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a leaderboard: *value* is points, or millionths; *mine* marks the reader's own."""

    rank: int
    learner: LearnerId
    name: str
    value: int
    right: int
    answers: int
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """One page of a leaderboard as one reader sees it.

    *page* counts from 1 and is held within *pages*; *ranked* is how many are listed on all pages. *own* is
    the reader's line wherever it stands, and *near* holds it with its neighbours, in their order; a reader
    who is not ranked has no own line and sees the leaderboard's end. *lacking* is how many answers they need.
    """

    measure: Measure
    lines: tuple[Line, ...]
    page: int
    pages: int
    ranked: int
    own: Line | None
    near: tuple[Line, ...]
    lacking: int = 0


@dataclass(frozen=True, slots=True)
class _Ranked:
    """A total as standings take it."""

    learner: LearnerId
    name: str
    score: int
    right: int
    gained: int = 0
    answer_streak: int = 0
    team: int = 0


def leaderboard(
    totals: Iterable[Total],
    measure: Measure,
    *,
    reader: LearnerId | None = None,
    page: int = 1,
    size: int = SIZE,
) -> Leaderboard:
    """Return *page* of the leaderboard of *totals*, one a learner, by *measure*, as *reader* sees it."""
    known = {total.learner: total for total in totals}
    listed = _lines([total for total in known.values() if not total.hidden], measure, reader)
    me = known.get(reader) if reader is not None else None
    around = _with_hidden(listed, me, measure) if me is not None and me.hidden else listed
    own = next((line for line in around if line.mine), None)
    pages = max(1, -(-len(listed) // size))
    page = min(max(page, 1), pages)
    return Leaderboard(
        measure,
        listed[(page - 1) * size : page * size],
        page,
        pages,
        len(listed),
        own,
        neighbours(around, own),
        lacking(me, measure) if reader is not None else 0,
    )


def neighbours(lines: Sequence[Line], own: Line | None) -> tuple[Line, ...]:
    """Return *own* with up to two lines above and below it; the last two of all where there is no own."""
    if own is None:
        return tuple(lines[-NEAR:])
    at = lines.index(own)
    return tuple(lines[max(0, at - NEAR) : at + NEAR + 1])


def value(total: Total, measure: Measure) -> int | None:
    """Return what *total* is ranked by; None when it is not ranked.

    Nobody is ranked without an answer, and none by improvement who did not improve: nobody is named there
    for having become worse.
    """
    if lacking(total, measure):
        return None
    match measure:
        case Measure.POINTS:
            return total.points
        case Measure.ACCURACY:
            return accuracy(total.right, total.answers)
        case Measure.IMPROVEMENT:
            return _gain(total)
        case _:
            assert_never(measure)


def _gain(total: Total) -> int | None:
    if total.answers_before < IMPROVEMENT_ANSWERS:
        return None
    gain = improvement(total.right, total.answers, total.right_before, total.answers_before)
    return gain if gain > 0 else None


def lacking(total: Total | None, measure: Measure) -> int:
    """Return how many answers more in this period are needed to be ranked, 0 when there are enough.

    Too few answers in the period before cannot be made up for, and are not counted here.
    """
    answers = total.answers if total else 0
    match measure:
        case Measure.POINTS:
            return max(0, 1 - answers)
        case Measure.ACCURACY:
            return max(0, ACCURACY_ANSWERS - answers)
        case Measure.IMPROVEMENT:
            return max(0, IMPROVEMENT_ANSWERS - answers)
        case _:
            assert_never(measure)


def accuracy(right: int, answers: int) -> int:
    """Return the lower bound of the 95 % Wilson score interval of *right* out of *answers*, in millionths.

    ::

        (p + z²/2n - z sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n)      with p = right/n and z = 1.96

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    American Statistical Association 22 (1927), 209-212. It is 0 when nothing is right or nothing was
    answered, and rounded down.
    """
    if not right:
        return 0
    n, p, z2 = answers, right / answers, _Z * _Z
    centre = p + z2 / (2 * n)
    spread = _Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    return int(MILLION * (centre - spread) / (1 + z2 / n))


def improvement(right: int, answers: int, right_before: int, answers_before: int) -> int:
    """Return by how much the share of right answers has grown since the period before, in millionths.

    ::

        (right + 1) / (answers + 2) - (right_before + 1) / (answers_before + 2)

    One right and one wrong answer are added to either side, as A. Agresti and B. Caffo do in "Simple and
    effective confidence intervals for proportions and differences of proportions result from adding two
    successes and two failures", The American Statistician 54 (2000), 280-288: it draws small numbers towards
    the middle, so that five answers move nobody as far as fifty. Rounded towards zero; negative for a fall.
    """
    now = Fraction(right + 1, answers + 2)
    then = Fraction(right_before + 1, answers_before + 2)
    return int(MILLION * (now - then))


def most_from_item(length: timedelta) -> int:
    """Return what one learner's points from one item stay under in a period of *length*.

    Any seven days bring less than twice the most that one answer earns; a period is cut into such.
    """
    weeks = -(-length // _REPEAT_WINDOW)
    return weeks * 2 * (BASE + SPEED + STREAK_CAP)


def _lines(totals: Iterable[Total], measure: Measure, reader: LearnerId | None) -> tuple[Line, ...]:
    known = {total.learner: total for total in totals}
    valued = ((total, value(total, measure)) for total in known.values())
    ranked = [_Ranked(t.learner, t.name, score, t.right) for t, score in valued if score is not None]
    return tuple(
        Line(place.rank, who, place.name, place.points, place.right, known[who].answers, mine=who == reader)
        for place in standing(ranked)
        if (who := place.learner) is not None
    )


def _with_hidden(listed: tuple[Line, ...], me: Total, measure: Measure) -> tuple[Line, ...]:
    """Return *listed* with the line of a reader who hides put in its place; nobody else's rank moves."""
    score = value(me, measure)
    if score is None:
        return listed
    above = sum(line.value > score for line in listed)
    own = Line(above + 1, me.learner, me.name, score, me.right, me.answers, mine=True)
    return (*listed[:above], own, *listed[above:])
