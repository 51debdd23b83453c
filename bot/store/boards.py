"""Boards: what every store does with leaderboards, whatever it keeps them in.

Rule 1: a board is in the order of its values, greatest first, and of equals the lower learner first.
Rule 2: a rank is one more than how many listed values are greater, so ties share it.
Rule 3: a small board is a handful of totals, put in order by whoever looks at it. Only one that has grown to
:data:`GROWN` learners has its values in an index, and counts of them beside, so that nothing counts rows.

Counts are kept on two levels: of each value, and of each :data:`WIDTH` values together. However values are
spread, a rank is the sum of the greater spans' counts and of fewer than ``WIDTH`` values' counts.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from bot.core.leaderboards import ACCURACY_ANSWERS, Measure, accuracy
from bot.ports import RankedBy
from bot.records import BoardPage, BoardRow, TotalRow

GROWN: Final = 1024
"""From so many learners on, a board is kept in order; below, putting it in order is cheap."""

SHIFT: Final = 10
WIDTH: Final = 1 << SHIFT
"""How many values a span holds."""

KINDS: Final[Mapping[RankedBy, tuple[int, int]]] = {Measure.POINTS: (0, 1), Measure.ACCURACY: (2, 3)}
"""Of each measure, the kind of the counts of its values and that of its spans."""

LEAST: Final = -(2**63)
"""Less than any learner's id."""


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


class Seen(NamedTuple):
    """A learner on a board, before their rank is known."""

    learner: int
    name: str
    held: Held

    def value(self, measure: RankedBy) -> int | None:
        """Return what is ranked."""
        return self.held.value(measure)

    def row(self, rank: int) -> BoardRow:
        """Return the row with its *rank*."""
        points, answers, right, hidden = self.held
        return BoardRow(self.learner, self.name, points, answers, right, rank, hidden)


class Listing:
    """A small board, put in order by one measure."""

    def __init__(self, seen: Iterable[Seen], measure: RankedBy) -> None:
        self._measure = measure
        self._seen = {one.learner: one for one in seen}
        self._order = sorted(
            (-value, one.learner)
            for one in self._seen.values()
            if not one.held.hidden and (value := one.value(measure)) is not None
        )

    def __len__(self) -> int:
        return len(self._order)

    def page(self, reader: int | None, page: int, size: int, reach: int) -> BoardPage:
        """Return what *reader* sees."""
        if not self._seen:
            return BoardPage()
        page = within(page, len(self), size)
        own = None if reader is None else self.own(reader)
        near = self.around(reader, reach) if reader is not None else ()
        if reader is not None and not near:
            near = self.top(max(0, len(self) - reach), reach)
        return BoardPage(tuple(self.top((page - 1) * size, size)), len(self), own, tuple(near))

    def top(self, offset: int, limit: int) -> list[BoardRow]:
        """Return up to *limit* rows after the first *offset*."""
        return [self._row(self._seen[learner]) for _, learner in self._order[offset : offset + limit]]

    def own(self, learner: int) -> BoardRow | None:
        """Return the row of *learner*, its rank 0 when they have too few answers; None without one."""
        one = self._seen.get(learner)
        return None if one is None else self._row(one)

    def around(self, learner: int, reach: int) -> Sequence[BoardRow]:
        """Return the row of *learner* with its neighbours; nothing if they are not ranked."""
        own = self.own(learner)
        value = self._seen[learner].value(self._measure) if own is not None else None
        if own is None or value is None:
            return []
        at = bisect_left(self._order, (-value, learner))
        start = max(0, at - reach)
        return [*self.top(start, at - start), own, *self.top(at + (not own.hidden), reach)]

    def _row(self, one: Seen) -> BoardRow:
        value = one.value(self._measure)
        return one.row(0 if value is None else 1 + bisect_left(self._order, (-value, LEAST)))


def within(page: int, listed: int, size: int) -> int:
    """Return *page*, held within the pages that there are."""
    return min(max(page, 1), max(1, -(-listed // size)))


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
