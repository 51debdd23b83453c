"""Points for one graded answer.

The formula, for a credit ``c`` from 0 to 1, an answer after ``t`` ms in a window of ``w`` ms, the ``s``-th
right answer in a row and ``r`` earlier rewarded attempts at the same item within a week::

    base   = 100 c
    speed  =  50 c (1 - max(0, t - 500) / (w - 500))        0 without a clock or with the bonus off
    streak =  min(50, 10 (s - 1))                           only for a right answer
    points = (base + speed + streak) / 2^r                  each part rounded down

The first half second earns the whole speed bonus: it is the time that hands and networks differ by, not
heads. The speed bonus is half of the base, so that a slow right answer always beats a fast wrong one, and a
streak is worth at most as much as speed. Halving leaves nothing to farm: an item asked over and over in a
week earns less than twice its first reward in all.
"""

from dataclasses import dataclass
from fractions import Fraction

BASE = 100
SPEED = 50
FULL_SPEED_MS = 500
STREAK_STEP = 10
STREAK_CAP = 50


@dataclass(frozen=True, slots=True)
class Points:
    """What one attempt earned, by part; all are whole and not negative."""

    base: int = 0
    speed: int = 0
    streak: int = 0

    @property
    def total(self) -> int:
        """The sum of the parts."""
        return self.base + self.speed + self.streak


NO_POINTS = Points()


def points_for(
    credit: Fraction,
    *,
    elapsed_ms: int,
    window_ms: int | None,
    answer_streak: int,
    repeats: int = 0,
    speed_bonus: bool = True,
) -> Points:
    """Return the points for an answer worth *credit*.

    *elapsed_ms* counts from the moment the question was posted; *window_ms* is None without a clock.
    *answer_streak* counts right answers in a row with this one. *repeats* counts rewarded attempts at the
    item within the week before.
    """
    speed = Fraction(0)
    if speed_bonus and window_ms is not None:
        speed = SPEED * credit * _speed_share(elapsed_ms, window_ms)
    streak = streak_bonus(answer_streak) if credit == 1 else 0
    shrink = 2**repeats
    return Points(int(BASE * credit / shrink), int(speed / shrink), streak // shrink)


def streak_bonus(answer_streak: int) -> int:
    """Return the bonus for the *answer_streak*-th right answer in a row: 0, 10, 20 … 50, 50."""
    return min(STREAK_CAP, STREAK_STEP * max(0, answer_streak - 1))


def _speed_share(elapsed_ms: int, window_ms: int) -> Fraction:
    late = max(0, elapsed_ms - FULL_SPEED_MS)
    slope = max(1, window_ms - FULL_SPEED_MS)
    return max(Fraction(0), 1 - Fraction(late, slope))
