"""Suspicions: items that the strong get wrong."""

from bot.core.ids import OptionId
from bot.core.suspicions import Suspicion, Tried, suspicion_of

A, B, C = (OptionId(letter) for letter in "abc")


def tried(options: str, *, key: OptionId = A, others: int = 40) -> list[Tried]:
    """Return learners from the strongest to the weakest, each with the option that they chose."""
    many = len(options)
    return [
        Tried(n, OptionId(option) == key, OptionId(option), others, others * (many - n) // (many + 1))
        for n, option in enumerate(options)
    ]


def test_an_item_whose_distractor_the_strong_choose_is_suspect() -> None:
    """With how many of them chose it."""
    assert suspicion_of(tried("bbbabaaaaaaa")) == Suspicion(4, 3, B, 3)
    assert suspicion_of(tried("bbbbcbbba" + "a" * 18)) == Suspicion(9, 8, B, 7)


def test_an_item_that_the_strong_miss_in_many_ways_is_suspect_when_it_tells_them_poorly_from_the_weak() -> (
    None
):
    """Two thirds have to miss it, and Ebel's index to be below a fifth."""
    assert suspicion_of(tried("bcbabcbcbcba")) == Suspicion(4, 3)
    assert suspicion_of(tried("bcaabcbcbcbc")) is None


def test_an_item_that_is_only_hard_is_not() -> None:
    """The strong get it right more often than the weak, who choose what is wrong."""
    assert suspicion_of(tried("aaababbbbbbb")) is None


def test_a_distractor_that_attracts_the_weak_as_well_is_the_items_difficulty() -> None:
    """All choose it: then the item as such is missed by the strong."""
    assert suspicion_of(tried("bbbbbbbbbbbb")) == Suspicion(4, 4)


def test_too_few_learners_or_answers_say_nothing() -> None:
    """Eight learners with twenty other answers each are the least."""
    assert suspicion_of(tried("bbbbbbb")) is None
    assert suspicion_of(tried("bbbbaaaa")) == Suspicion(4, 4, B, 4)
    assert suspicion_of(tried("bbbbaaaa", others=19)) is None


def test_somebody_without_other_answers_has_no_strength() -> None:
    """Nothing is divided by nothing."""
    assert Tried(1, solved=True, option=A, others=0, right=0).strength == 0


def test_an_item_that_all_strong_get_right_is_fine() -> None:
    """There is nothing to look for then."""
    assert suspicion_of(tried("aaaabbbb")) is None


def test_answers_that_are_no_single_option_are_only_missed() -> None:
    """As of several options, or of what is typed."""
    assert suspicion_of([*tried("    aaaa", key=A)]) is not None
