"""Suspicions: items that the strong get wrong, found by how a group answers them.

The learners with enough other answers stand in the order of their share of right ones, without those to the
item itself. What is compared is the strongest third with the weakest: the share of right answers of one less
that of the other is Ebel's discrimination index (R. L. Ebel, "Procedures for the analysis of classroom
tests", Educational and Psychological Measurement 14, 1954; thirds instead of Kelley's 27 %, as groups are
small). By Ebel an item below 0.20 is poor and to be rejected or mended.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from bot.core.ids import OptionId

FEWEST_LEARNERS: Final = 8
FEWEST_OTHERS: Final = 20
FEWEST_STRONG: Final = 4
POOR: Final = Fraction(1, 5)
MOST_MISS: Final = Fraction(2, 3)


@dataclass(frozen=True, slots=True)
class Tried:
    """What one learner did at an item first, and how many *others* they answered, so many of them *right*.

    *option* is the one that was chosen, "" where several were or none can be.
    """

    learner: int
    solved: bool
    option: OptionId
    others: int
    right: int

    @property
    def strength(self) -> Fraction:
        """The share of right answers among the others."""
        return Fraction(self.right, self.others) if self.others else Fraction(0)


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Of so many *strong*, so many *missed* the item, and *chose* the wrong *option* if there is one."""

    strong: int
    missed: int
    option: OptionId = OptionId("")  # noqa: RUF009 - the empty text is one value
    chose: int = 0


def suspicion_of(tried: Sequence[Tried]) -> Suspicion | None:
    """Return what is wrong with an item that was *tried* so; None when nothing is, or too few have tried.

    It is suspect when two thirds of the strong miss it and it tells them poorly from the weak, or when more
    than half of the strong choose one and the same wrong option, more of them than of the weak.
    """
    known = sorted(
        (one for one in tried if one.others >= FEWEST_OTHERS),
        key=lambda one: (-one.strength, -one.others, one.learner),
    )
    if len(known) < FEWEST_LEARNERS:
        return None
    size = max(FEWEST_STRONG, -(-len(known) // 3))
    strong, weak = known[:size], known[-size:]
    missed = sum(not one.solved for one in strong)
    found = _distractor(strong, weak)
    poor = Fraction(missed, size) >= MOST_MISS and _share(strong) - _share(weak) < POOR
    if found is not None:
        return Suspicion(size, missed, *found)
    return Suspicion(size, missed) if poor else None


def _share(of: Sequence[Tried]) -> Fraction:
    return Fraction(sum(one.solved for one in of), len(of))


def _distractor(strong: Sequence[Tried], weak: Sequence[Tried]) -> tuple[OptionId, int] | None:
    """Return the wrong option that attracts the strong rather than the weak, and how many of them."""
    wrong = Counter(one.option for one in strong if not one.solved and one.option)
    if not wrong:
        return None
    option, chose = min(wrong.items(), key=lambda pair: (-pair[1], pair[0]))
    by_weak = sum(one.option == option for one in weak)
    return (option, chose) if 2 * chose > len(strong) and chose > by_weak else None
