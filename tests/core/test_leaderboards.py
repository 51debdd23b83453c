"""Leaderboards: who leads, what a reader sees, and what nobody gets by being lucky, hidden or tireless."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import LearnerId
from bot.core.leaderboards import (
    ACCURACY_ANSWERS,
    IMPROVEMENT_ANSWERS,
    MILLION,
    NEAR,
    Measure,
    Total,
    accuracy,
    improvement,
    lacking,
    leaderboard,
    most_from_item,
    value,
)
from bot.core.scoring import points_for

WEEK = timedelta(days=7)


def total(number: int, points: int = 0, *, hidden: bool = False, name: str = "") -> Total:
    """Return a learner's total with one answer."""
    return Total(LearnerId(number), name or f"P{number:02}", points, answers=1, right=1, hidden=hidden)


def crowd(count: int) -> list[Total]:
    """Return learners 1 to *count*; the first has the most points."""
    return [total(number, 1000 - number) for number in range(1, count + 1)]


def test_ties_share_a_rank_and_the_next_rank_counts_them_all() -> None:
    """1, 1, 3: equals stand by name."""
    found = leaderboard([total(1, 5), total(2, 9, name="bea"), total(3, 9, name="Ann")], Measure.POINTS)

    assert [(line.rank, line.name, line.value) for line in found.lines] == [
        (1, "Ann", 9),
        (1, "bea", 9),
        (3, "P01", 5),
    ]


@pytest.mark.parametrize(
    "page, shown, numbers",
    [(1, 1, range(1, 11)), (3, 3, range(21, 26)), (9, 3, range(21, 26)), (0, 1, range(1, 11))],
)
def test_a_board_has_pages(page: int, shown: int, numbers: range) -> None:
    """One that does not exist is the nearest that does."""
    found = leaderboard(crowd(25), Measure.POINTS, page=page)

    assert (found.page, found.pages, found.ranked) == (shown, 3, 25)
    assert [line.learner for line in found.lines] == list(numbers)


def test_an_empty_board_has_one_empty_page() -> None:
    """And the reader is told what it takes."""
    found = leaderboard([], Measure.POINTS, reader=LearnerId(1))

    assert (found.lines, found.page, found.pages, found.own, found.near) == ((), 1, 1, None, ())
    assert found.lacking == 1


@pytest.mark.parametrize(
    "reader, near", [(1, [1, 2, 3]), (2, [1, 2, 3, 4]), (15, [13, 14, 15, 16, 17]), (25, [23, 24, 25])]
)
def test_the_readers_own_line_and_neighbours_are_always_there(reader: int, near: list[int]) -> None:
    """On whichever page they look."""
    found = leaderboard(crowd(25), Measure.POINTS, reader=LearnerId(reader), page=2)

    assert found.own is not None
    assert (found.own.learner, found.own.rank, found.own.mine) == (reader, reader, True)
    assert [line.learner for line in found.near] == near
    assert [line.learner for line in found.lines if line.mine] == [n for n in range(11, 21) if n == reader]
    assert found.lacking == 0


def test_a_reader_who_is_not_ranked_sees_whom_they_would_have_to_pass() -> None:
    """The end of the leaderboard, and how many answers they lack."""
    found = leaderboard([*crowd(5), Total(LearnerId(9), "New")], Measure.POINTS, reader=LearnerId(9))

    assert found.own is None
    assert [line.learner for line in found.near] == [4, 5]
    assert found.lacking == 1
    assert found.ranked == 5


def test_nobody_in_particular_may_look() -> None:
    """A leaderboard that is posted to a channel is for no reader."""
    found = leaderboard(crowd(2), Measure.POINTS)

    assert found.own is None
    assert found.lacking == 0
    assert not any(line.mine for line in found.lines)


def test_who_hides_is_not_listed_and_takes_nobodys_rank() -> None:
    """No hole in the ranks tells that somebody is there."""
    totals = [total(1, 90), total(2, 80, hidden=True), total(3, 70)]

    found = leaderboard(totals, Measure.POINTS, reader=LearnerId(3))

    assert [(line.rank, line.learner) for line in found.lines] == [(1, 1), (2, 3)]
    assert [line.learner for line in found.near] == [1, 3]
    assert found.ranked == 2


def test_who_hides_sees_themselves_with_the_rank_they_would_have() -> None:
    """Beside the page, which is the same for all."""
    totals = [total(1, 90), total(2, 80, hidden=True), total(3, 80), total(4, 70)]

    found = leaderboard(totals, Measure.POINTS, reader=LearnerId(2))

    assert [line.learner for line in found.lines] == [1, 3, 4]
    assert found.own is not None
    assert found.own.rank == 2
    assert [(line.rank, line.learner) for line in found.near] == [(1, 1), (2, 2), (2, 3), (3, 4)]


def test_who_hides_and_has_not_answered_is_nowhere() -> None:
    """Hiding is no answer."""
    hidden = Total(LearnerId(2), "Hid", hidden=True)

    found = leaderboard([total(1, 90), hidden], Measure.POINTS, reader=LearnerId(2))

    assert (found.own, [line.learner for line in found.near], found.lacking) == (None, [1], 1)


def test_one_lucky_answer_leads_nothing() -> None:
    """Accuracy asks for ten answers, and ranks nine of ten behind ninety of a hundred."""
    lucky = Total(LearnerId(1), "Lucky", answers=1, right=1)
    few = Total(LearnerId(2), "Few", answers=10, right=9)
    many = Total(LearnerId(3), "Many", answers=100, right=90)

    found = leaderboard([lucky, few, many], Measure.ACCURACY, reader=LearnerId(1))

    assert [(line.rank, line.name, line.right, line.answers) for line in found.lines] == [
        (1, "Many", 90, 100),
        (2, "Few", 9, 10),
    ]
    assert found.lacking == ACCURACY_ANSWERS - 1


@pytest.mark.parametrize(
    "right, answers, bound",
    [(0, 0, 0), (0, 50, 0), (1, 1, 206_543), (9, 10, 595_843), (10, 10, 722_459), (90, 100, 825_632)],
)
def test_accuracy_is_the_lower_bound_of_the_wilson_interval(right: int, answers: int, bound: int) -> None:
    """In millionths; with nothing right it is nothing, however often that was tried."""
    assert accuracy(right, answers) == bound


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_the_bound_solves_wilsons_equation(drawn: tuple[int, int]) -> None:
    """It is the share from which the one seen lies 1.96 standard errors above."""
    right, answers = drawn

    bound = accuracy(right, answers) / MILLION

    assert 0 <= bound < right / answers
    assert right / answers - bound == pytest.approx(1.96 * sqrt(bound * (1 - bound) / answers), abs=1e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_right_answer_more_never_lowers_accuracy_and_a_wrong_one_never_raises_it(
    drawn: tuple[int, int],
) -> None:
    """So that answering right always pays."""
    right, answers = drawn

    assert accuracy(right + 1, answers + 1) > accuracy(right, answers) >= accuracy(right, answers + 1)


@pytest.mark.parametrize(
    "now, before, gain",
    [
        ((5, 5), (5, 5), 0),
        ((5, 5), (0, 5), 714_285),
        ((50, 50), (0, 50), 961_538),
        ((6, 10), (5, 10), 83_333),
        ((5, 10), (6, 10), -83_333),
        ((1, 3), (1, 3), 0),
    ],
)
def test_improvement_is_the_growth_of_the_share_of_right_answers(
    now: tuple[int, int], before: tuple[int, int], gain: int
) -> None:
    """In millionths, with small numbers drawn towards the middle."""
    assert improvement(*now, *before) == gain


def test_the_most_improved_lead_and_nobody_is_named_for_having_become_worse() -> None:
    """Five answers in both periods are asked for, so that nobody improves on nothing."""
    up = Total(LearnerId(1), "Up", answers=10, right=9, answers_before=10, right_before=4)
    some = Total(LearnerId(2), "Some", answers=5, right=4, answers_before=5, right_before=3)
    same = Total(LearnerId(3), "Same", answers=8, right=4, answers_before=8, right_before=4)
    down = Total(LearnerId(4), "Down", answers=8, right=1, answers_before=8, right_before=7)
    new = Total(LearnerId(5), "New", answers=9, right=9, answers_before=IMPROVEMENT_ANSWERS - 1)
    rare = Total(LearnerId(6), "Rare", answers=3, right=3, answers_before=9)

    found = leaderboard([up, some, same, down, new, rare], Measure.IMPROVEMENT, reader=LearnerId(6))

    assert [line.name for line in found.lines] == ["Up", "Some"]
    assert found.lacking == 2
    assert lacking(new, Measure.IMPROVEMENT) == 0
    assert lacking(None, Measure.IMPROVEMENT) == IMPROVEMENT_ANSWERS


totals = st.lists(
    st.builds(
        Total,
        st.integers(1, 30).map(LearnerId),
        st.sampled_from(["Ann", "ann", "Bea", "Çem"]),
        st.integers(0, 5),
        st.integers(10, 12),
        st.integers(0, 10),
        st.integers(5, 6),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=30,
    unique_by=lambda line: line.learner,
)


@given(totals, st.sampled_from(Measure), st.integers(1, 30).map(LearnerId), st.integers(1, 7))
def test_the_pages_of_a_board_are_the_whole_of_it(
    lines: list[Total], measure: Measure, reader: LearnerId, size: int
) -> None:
    """Everybody who is ranked and does not hide stands on one page, and a rank counts who has more."""
    first = leaderboard(lines, measure, reader=reader, size=size)
    pages = [leaderboard(lines, measure, reader=reader, page=n + 1, size=size) for n in range(first.pages)]

    shown = [line for page in pages for line in page.lines]
    values = {line.learner: score for line in lines if (score := value(line, measure)) is not None}
    listed = {line.learner for line in lines if not line.hidden} & values.keys()
    assert {line.learner for line in shown} == listed
    assert len(shown) == len(listed) == first.ranked
    assert all(line.rank == 1 + sum(values[who] > line.value for who in listed) for line in shown)
    assert len({(page.own, page.near) for page in pages}) == 1
    assert (first.own is not None) == (reader in values)
    if first.own is not None:
        assert first.own.rank == 1 + sum(values[who] > first.own.value for who in listed)
        assert first.own in first.near
        assert len(first.near) <= 2 * NEAR + 1


@given(totals, st.sampled_from(Measure), st.integers(1, 30).map(LearnerId))
def test_hiding_changes_what_others_see_and_not_what_one_sees_of_oneself(
    lines: list[Total], measure: Measure, reader: LearnerId
) -> None:
    """The same rank and the same value, listed or not."""
    hidden = [replace(line, hidden=True) if line.learner == reader else line for line in lines]
    listed = [replace(line, hidden=False) if line.learner == reader else line for line in lines]

    one = leaderboard(hidden, measure, reader=reader).own
    other = leaderboard(listed, measure, reader=reader).own

    assert one == other
    assert all(line.learner != reader for line in leaderboard(hidden, measure, size=30).lines)


@given(st.lists(st.integers(1, 3 * 24 * 60), max_size=60), st.integers(1, 60))
def test_points_from_one_item_stay_under_their_bound(gaps: list[int], days: int) -> None:
    """However often it is answered, right, at once and in a row, in any period."""
    rewarded: list[tuple[timedelta, int]] = []
    now = timedelta(0)
    for gap in gaps:
        now += timedelta(minutes=gap)
        repeats = sum(points > 0 and now - at < WEEK for at, points in rewarded)
        earned = points_for(Fraction(1), elapsed_ms=0, window_ms=30_000, answer_streak=99, repeats=repeats)
        rewarded.append((now, earned.total))

    length = timedelta(days=days)
    for start, _ in rewarded:
        held = sum(points for at, points in rewarded if start <= at < start + length)
        assert held < most_from_item(length)


@pytest.mark.parametrize(
    "length, most",
    [(WEEK, 400), (timedelta(days=1), 400), (timedelta(days=30), 2000), (WEEK + timedelta(hours=1), 800)],
)
def test_the_bound_on_an_item_is_twice_the_most_for_each_week_begun(length: timedelta, most: int) -> None:
    """A week with an hour more, in autumn, has begun a second one."""
    assert most_from_item(length) == most
