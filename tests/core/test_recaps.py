"""Recaps: what is worth telling of a week."""

from dataclasses import replace

import pytest

from bot.core.effects import Improved
from bot.core.ids import ItemId, LearnerId, Topic
from bot.core.leaderboards import Total
from bot.core.recaps import Answered, hardest, most_improved, weak_topics


def item(name: str, right: int, answers: int, topic: str = "1.1", learners: int = 0) -> Answered:
    """Return how an item was answered, each time by somebody else unless it says by how many."""
    return Answered(
        ItemId(name if "/" in name else f"p/{name}"), Topic(topic), right, answers, learners or answers
    )


@pytest.mark.parametrize(
    "items, worst",
    [
        ([], None),
        ([item("a", 3, 3), item("b", 2, 2)], None),
        ([item("a", 0, 1)], None),
        ([item("a", 0, 3, learners=1)], None),  # one learner alone, three times
        ([replace(item("a", 0, 9), open=True), item("b", 3, 4)], "b"),  # its key would be told
        ([item("a", 1, 2), item("b", 0, 2)], "b"),
        ([item("a", 0, 2), item("b", 1, 20)], "b"),  # twenty answers say more than two
        ([item("a", 1, 2), item("b", 5, 10)], "b"),  # equals: what more people answered
        ([item("b", 1, 2), item("a", 1, 2)], "a"),
    ],
)
def test_the_hardest_item_is_the_one_that_went_worst(items: list[Answered], worst: str | None) -> None:
    """Where enough have answered to say so, and somebody was wrong."""
    found = hardest(items)

    assert (found.item if found else None) == (worst and f"p/{worst}")


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


def test_topics_of_two_packs_are_two_topics() -> None:
    """Though they have one id."""
    items = [item("nets/a", 1, 3), item("tea/a", 0, 4), item("tea/b", 0, 1)]

    found = [(one.pack, one.topic, one.right, one.answers) for one in weak_topics(items)]

    assert found == [("tea", "1.1", 0, 5), ("nets", "1.1", 1, 3)]


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
