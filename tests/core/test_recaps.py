"""Recaps: which week is told of, and what of it."""

from datetime import date

import pytest

from bot.core.effects import Improved
from bot.core.ids import ItemId, LearnerId, Topic
from bot.core.leaderboards import Total
from bot.core.recaps import Answered, day_told, hardest, most_improved, weak_topics


def item(name: str, right: int, answers: int, topic: str = "1.1") -> Answered:
    """Return how an item was answered."""
    return Answered(ItemId(name), Topic(topic), right, answers)


@pytest.mark.parametrize(
    "day, week",
    [
        (date(2026, 11, 16), 46),  # a Monday looks back
        (date(2026, 11, 18), 46),
        (date(2026, 11, 19), 47),  # a Thursday looks at its own week
        (date(2026, 11, 22), 47),
        (date(2026, 1, 1), 1),
        (date(2025, 12, 31), 52),
    ],
)
def test_a_recap_tells_of_the_week_that_is_mostly_over(day: date, week: int) -> None:
    """The one before until Wednesday, and from Thursday on the one that runs."""
    assert day_told(day).isocalendar().week == week


@pytest.mark.parametrize(
    "items, worst",
    [
        ([], None),
        ([item("a", 3, 3), item("b", 2, 2)], None),
        ([item("a", 0, 1)], None),  # one learner alone
        ([item("a", 1, 2), item("b", 0, 2)], "b"),
        ([item("a", 0, 2), item("b", 1, 20)], "b"),  # twenty answers say more than two
        ([item("a", 1, 2), item("b", 5, 10)], "b"),  # equals: what more people answered
        ([item("b", 1, 2), item("a", 1, 2)], "a"),
    ],
)
def test_the_hardest_item_is_the_one_that_went_worst(items: list[Answered], worst: str | None) -> None:
    """Where enough have answered to say so, and somebody was wrong."""
    found = hardest(items)

    assert (found.item if found else None) == worst


def test_topics_are_weak_when_enough_answers_were_wrong() -> None:
    """The worst first, three at most, each with the sums of its items."""
    items = [
        item("a", 1, 2, "1.1"),
        item("b", 2, 4, "1.1"),
        item("c", 0, 2, "1.2"),  # too few answers
        item("d", 8, 10, "1.3"),  # well enough
        item("e", 1, 9, "1.4"),
        item("f", 7, 10, "1.5"),
        item("g", 2, 3, "1.6"),
    ]

    found = [(one.topic, one.right, one.answers) for one in weak_topics(items)]

    assert found == [("1.4", 1, 9), ("1.1", 3, 6), ("1.6", 2, 3)]


def test_who_improved_most_is_named_first() -> None:
    """With the shares that people can check; nobody for having become worse, and nobody who hides."""
    totals = [
        Total(LearnerId(1), "Ann", 0, 10, 9, 10, 5),
        Total(LearnerId(2), "Ben", 0, 10, 6, 10, 5),
        Total(LearnerId(3), "Cat", 0, 10, 2, 10, 5),
        Total(LearnerId(4), "Dan", 0, 10, 10, 10, 0, hidden=True),
        Total(LearnerId(5), "Eve", 0, 4, 4, 10, 0),
    ]

    assert most_improved(totals) == (Improved("Ann", 0.5, 0.9), Improved("Ben", 0.5, 0.6))
