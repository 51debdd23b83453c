"""Points for one answer: the formula, its bounds, and that nothing can be farmed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.scoring import BASE, SPEED, STREAK_CAP, Points, points_for, streak_bonus

RIGHT = Fraction(1)


@pytest.mark.parametrize(
    "elapsed_ms, speed",
    [
        (0, 50),
        (500, 50),
        (501, 49),
        (15_250, 25),
        (29_999, 0),
        (30_000, 0),
        (99_999, 0),
    ],
)
def test_the_first_half_second_earns_the_whole_speed_bonus(elapsed_ms: int, speed: int) -> None:
    """From there it falls evenly to nothing at the end of the window."""
    points = points_for(RIGHT, elapsed_ms=elapsed_ms, window_ms=30_000, answer_streak=1)

    assert points == Points(base=100, speed=speed, streak=0)


@pytest.mark.parametrize("window_ms, speed_bonus", [(None, True), (30_000, False), (None, False)])
def test_without_a_clock_or_with_the_bonus_off_speed_earns_nothing(
    window_ms: int | None, *, speed_bonus: bool
) -> None:
    """Quick or slow."""
    points = points_for(RIGHT, elapsed_ms=0, window_ms=window_ms, answer_streak=1, speed_bonus=speed_bonus)

    assert points == Points(base=100)


@pytest.mark.parametrize("window_ms", [0, 1, 499, 500, 501])
def test_a_window_shorter_than_the_free_time_divides_by_nothing(window_ms: int) -> None:
    """Settings do not allow it, and nothing breaks."""
    assert points_for(RIGHT, elapsed_ms=500, window_ms=window_ms, answer_streak=1).speed == 50
    assert points_for(RIGHT, elapsed_ms=502, window_ms=window_ms, answer_streak=1).speed == 0


@pytest.mark.parametrize(
    "answer_streak, bonus", [(0, 0), (1, 0), (2, 10), (3, 20), (6, 50), (7, 50), (1000, 50)]
)
def test_the_streak_bonus_grows_to_its_cap(answer_streak: int, bonus: int) -> None:
    """The first right answer is no streak yet."""
    assert streak_bonus(answer_streak) == bonus
    points = points_for(RIGHT, elapsed_ms=0, window_ms=None, answer_streak=answer_streak)
    assert points == Points(base=100, streak=bonus)


@pytest.mark.parametrize(
    "credit, points",
    [
        (Fraction(0), Points()),
        (Fraction(1, 3), Points(base=33, speed=16)),
        (Fraction(1, 2), Points(base=50, speed=25)),
        (Fraction(2, 3), Points(base=66, speed=33)),
        (Fraction(1), Points(base=100, speed=50, streak=20)),
    ],
)
def test_part_of_an_answer_earns_its_part_and_no_streak(credit: Fraction, points: Points) -> None:
    """Each part is rounded down by itself."""
    assert points_for(credit, elapsed_ms=0, window_ms=30_000, answer_streak=3) == points


@pytest.mark.parametrize("repeats, total", [(0, 200), (1, 100), (2, 49), (3, 24), (8, 0), (200, 0)])
def test_each_repetition_within_the_week_halves_the_points(repeats: int, total: int) -> None:
    """Every part of them, rounded down."""
    points = points_for(RIGHT, elapsed_ms=0, window_ms=30_000, answer_streak=9, repeats=repeats)

    assert points.total == total


CREDITS = st.fractions(0, 1, max_denominator=12)
TIMES = st.integers(0, 700_000)
WINDOWS = st.none() | st.integers(5_000, 600_000)
STREAKS = st.integers(0, 60)


@given(credit=CREDITS, elapsed=TIMES, window=WINDOWS, streak=STREAKS, repeats=st.integers(0, 40))
def test_points_stay_within_their_bounds(
    credit: Fraction, elapsed: int, window: int | None, streak: int, repeats: int
) -> None:
    """Whatever happened, each part is whole, not negative and no more than its most."""
    points = points_for(credit, elapsed_ms=elapsed, window_ms=window, answer_streak=streak, repeats=repeats)

    assert 0 <= points.base <= BASE * credit
    assert 0 <= points.speed <= SPEED * credit
    assert 0 <= points.streak <= STREAK_CAP
    assert points.total == points.base + points.speed + points.streak


@given(elapsed=TIMES, later=TIMES, window=WINDOWS, streak=STREAKS)
def test_a_slower_answer_never_earns_more(elapsed: int, later: int, window: int | None, streak: int) -> None:
    """All else being equal."""
    quick, slow = (
        points_for(RIGHT, elapsed_ms=ms, window_ms=window, answer_streak=streak).total
        for ms in sorted((elapsed, later))
    )

    assert quick >= slow


@given(window=WINDOWS, slow=TIMES)
def test_a_slow_right_answer_beats_a_fast_half_right_one(window: int | None, slow: int) -> None:
    """Speed is worth less than being right."""
    right = points_for(RIGHT, elapsed_ms=slow, window_ms=window, answer_streak=1)
    half = points_for(Fraction(1, 2), elapsed_ms=0, window_ms=window, answer_streak=0)

    assert right.total >= 100 > half.total


@given(elapsed=TIMES, window=WINDOWS, streak=STREAKS, times=st.integers(1, 60))
def test_an_item_asked_over_and_over_earns_less_than_twice_its_first_reward(
    elapsed: int, window: int | None, streak: int, times: int
) -> None:
    """However often a group plays it within a week."""
    earned = [
        points_for(RIGHT, elapsed_ms=elapsed, window_ms=window, answer_streak=streak, repeats=n).total
        for n in range(times)
    ]

    assert sum(earned) < 2 * earned[0]
