"""Recaps: what is worth telling of a group's week.

A recap tells of the ISO week that most lately had most of its days: one on Thursday to Sunday of the week
that runs, one on Monday to Wednesday of the week before.

Shares are smoothed as for improvement (:func:`bot.core.leaderboards.improvement`): with one right and one
wrong answer added, so that two answers say less than twenty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from bot.core.effects import Improved
from bot.core.ids import ItemId, Topic
from bot.core.leaderboards import Measure, Total, leaderboard
from bot.core.local_times import DAY

MOST_SHOWN: Final = 3
"""So many topics and so many who improved."""

LEAST_ANSWERS: Final = 2
"""An item that one learner alone got wrong is not called hard."""

TOPIC_ANSWERS: Final = 3
GOOD: Final = Fraction(8, 10)
"""From this share on a topic goes well enough."""

_BACK: Final = 3 * DAY


@dataclass(frozen=True, slots=True)
class Answered:
    """How an item was answered: *right* of *answers*."""

    item: ItemId
    topic: Topic
    right: int
    answers: int


def day_told(day: date) -> date:
    """Return a date of the week that a recap of *day* tells of."""
    return day - _BACK


def hardest(items: Iterable[Answered]) -> Answered | None:
    """Return what was answered worst, and of equals what most people answered; None when all went well."""
    missed = [one for one in items if one.answers >= LEAST_ANSWERS and one.right < one.answers]
    return min(missed, key=lambda one: (_share(one), -one.answers, one.item), default=None)


def weak_topics(items: Iterable[Answered]) -> tuple[Answered, ...]:
    """Return up to three topics that go badly, the worst first; their *item* is the hardest of each."""
    by_topic: dict[Topic, list[Answered]] = {}
    for one in items:
        by_topic.setdefault(one.topic, []).append(one)
    sums = [_together(topic, of) for topic, of in by_topic.items()]
    weak = [one for one in sums if one.answers >= TOPIC_ANSWERS and Fraction(one.right, one.answers) < GOOD]
    return tuple(sorted(weak, key=lambda one: (_share(one), -one.answers, one.topic))[:MOST_SHOWN])


def most_improved(totals: Sequence[Total]) -> tuple[Improved, ...]:
    """Return up to three of *totals* whose share of right answers grew most; who hides is not named."""
    known = {total.learner: total for total in totals}
    lines = leaderboard(totals, Measure.IMPROVEMENT, size=MOST_SHOWN).lines
    return tuple(_improved(known[line.learner]) for line in lines)


def _improved(total: Total) -> Improved:
    before = total.right_before / total.answers_before
    return Improved(total.name, before, total.right / total.answers)


def _together(topic: Topic, items: Sequence[Answered]) -> Answered:
    worst = min(items, key=lambda one: (_share(one), one.item))
    return Answered(worst.item, topic, sum(one.right for one in items), sum(one.answers for one in items))


def _share(one: Answered) -> Fraction:
    return Fraction(one.right + 1, one.answers + 2)
