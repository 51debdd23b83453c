"""Boards: what every store keeps of leaderboards, whatever it keeps them in.

Rule 1: a board is in the order of its values, greatest first, and of equals the lower learner first.
Rule 2: a rank is one more than how many listed values are greater, so ties share it.
Rule 3: a small board is a handful of totals, put in order by whoever looks at it. Only one that has grown to
:data:`GROWN` learners has its values in an index, and counts of them beside, so that nothing counts rows.

Counts are kept on two levels: of each value, and of each :data:`WIDTH` values together. However values are
spread, a rank is the sum of the greater spans' counts and of fewer than ``WIDTH`` values' counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from bot.core.leaderboards import ACCURACY_ANSWERS, Measure, accuracy
from bot.ports import RankedBy
from bot.records import TotalRow

GROWN: Final = 1024
"""From so many learners on, a board is kept in order; below, putting it in order is cheap."""

SHIFT: Final = 10
WIDTH: Final = 1 << SHIFT
"""How many values a span holds."""

KINDS: Final[Mapping[RankedBy, tuple[int, int]]] = {Measure.POINTS: (0, 1), Measure.ACCURACY: (2, 3)}
"""Of each measure, the kind of the counts of its values and that of its spans."""


class Held(NamedTuple):
    """What a board holds of one learner."""

    points: int = 0
    answers: int = 0
    right: int = 0
    hidden: bool = False

    def plus(self, row: TotalRow) -> "Held":
        """Return this with what *row* adds."""
        return Held(self.points + row.points, self.answers + row.answers, self.right + row.right, self.hidden)

    def value(self, measure: RankedBy) -> int | None:
        """Return what is ranked, hidden or not; None with too few answers."""
        if measure is Measure.ACCURACY:
            return accuracy(self.right, self.answers) if self.answers >= ACCURACY_ANSWERS else None
        return self.points if self.answers > 0 else None

    @property
    def listed(self) -> tuple[int | None, int | None]:
        """What a grown board lists them by: the value of each measure, None where they are left out."""
        if self.hidden or self.answers <= 0:
            return None, None
        enough = self.answers >= ACCURACY_ANSWERS
        return self.points, accuracy(self.right, self.answers) if enough else None


class Move(NamedTuple):
    """A learner's way on a grown board: what they were listed by, and the row that is to be there."""

    was: tuple[int | None, int | None]
    row: tuple[int, int, int, int, int, int | None, int | None]


def moved(board: int, learner: int, before: Held, after: Held) -> Move:
    """Return the way of *learner* on *board* from one state to another."""
    points, answers, right, _ = after
    return Move(before.listed, (board, learner, points, answers, right, *after.listed))


class Board(NamedTuple):
    """A board's row: it cannot have grown before *room* more learners have gained something there."""

    id: int
    key: str
    room: int
    grown: bool


def merged(rows: Iterable[TotalRow]) -> dict[str, dict[int, TotalRow]]:
    """Return the sums by board and learner, both in order."""
    sums: dict[str, dict[int, TotalRow]] = {}
    for row in rows:
        board = sums.setdefault(row.board, {})
        one = board.get(row.learner)
        if one is not None:
            row = TotalRow(  # noqa: PLW2901 - the sum stands for it from here on
                *row[:2], one.points + row.points, one.answers + row.answers, one.right + row.right
            )
        board[row.learner] = row
    return {key: dict(sorted(board.items())) for key, board in sorted(sums.items())}


def counted(moves: Iterable[Move]) -> list[tuple[int, int, int, int]]:
    """Return what *moves* add to the counts: board, kind, bucket and how many, in order, without zeros."""
    found: defaultdict[tuple[int, int, int], int] = defaultdict(int)
    for was, row in moves:
        board, *_, points, rate = row
        for (fine, coarse), old, new in zip(KINDS.values(), was, (points, rate), strict=True):
            if old == new:
                continue
            if old is not None:
                found[board, fine, old] -= 1
                found[board, coarse, old >> SHIFT] -= 1
            if new is not None:
                found[board, fine, new] += 1
                found[board, coarse, new >> SHIFT] += 1
    return [(*key, count) for key, count in sorted(found.items()) if count]
