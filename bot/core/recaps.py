"""Recaps: what is worth telling of a group's week.

A recap tells of the seven days before its moment, up to the hour: from the moment that it had a week earlier.
So every answer is told of once, whatever the weekday and the hour.

Shares are smoothed as for improvement (:func:`bot.core.leaderboards.improvement`): with one right and one
wrong answer added, so that two answers say less than twenty.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.core.effects import Improved
from bot.core.ids import ItemId, PackId, Topic
from bot.core.leaderboards import Measure, Total, leaderboard

MOST_SHOWN: Final = 3
"""So many topics and so many who improved."""

LEAST_LEARNERS: Final = 2
"""An item that one learner alone got wrong is not called hard."""

TOPIC_ANSWERS: Final = 3
GOOD: Final = Fraction(8, 10)
"""From this share on a topic goes well enough."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How an item was answered: *right* of *answers*, by so many *learners*.

    *open* says that it is asked just now: its key is not told then.
    """

    item: ItemId
    topic: Topic
    right: int
    answers: int
    learners: int = 1
    open: bool = False

    @property
    def pack(self) -> PackId:
        """The pack that the item is of: topics of two packs may have one id."""
        return PackId(self.item.partition("/")[0])


def hardest(items: Iterable[Answered]) -> Answered | None:
    """Return what was answered worst, and of equals what most answered; None when all went well."""
    missed = [
        one for one in items if one.learners >= LEAST_LEARNERS and one.right < one.answers and not one.open
    ]
    return min(missed, key=lambda one: (_share(one), -one.answers, one.item), default=None)


def weak_topics(items: Iterable[Answered]) -> tuple[Answered, ...]:
    """Return up to three topics that go badly, the worst first; their *item* is the hardest of each."""
    by_topic: dict[tuple[PackId, Topic], list[Answered]] = {}
    for one in items:
        by_topic.setdefault((one.pack, one.topic), []).append(one)
    sums = [_together(of) for of in by_topic.values()]
    weak = [one for one in sums if one.answers >= TOPIC_ANSWERS and Fraction(one.right, one.answers) < GOOD]
    return tuple(sorted(weak, key=lambda one: (_share(one), -one.answers, one.topic, one.item))[:MOST_SHOWN])


def most_improved(totals: Sequence[Total]) -> tuple[Improved, ...]:
    """Return up to three of *totals* whose share of right answers grew most; who hides is not named."""
    known = {total.learner: total for total in totals}
    lines = leaderboard(totals, Measure.IMPROVEMENT, size=MOST_SHOWN).lines
    return tuple(_improved(known[line.learner]) for line in lines)


def _improved(total: Total) -> Improved:
    before = total.right_before / total.answers_before
    return Improved(total.name, before, total.right / total.answers)


def _together(items: Sequence[Answered]) -> Answered:
    worst = min(items, key=lambda one: (_share(one), one.item))
    right, answers = sum(one.right for one in items), sum(one.answers for one in items)
    return Answered(worst.item, worst.topic, right, answers)


def _share(one: Answered) -> Fraction:
    return Fraction(one.right + 1, one.answers + 2)
