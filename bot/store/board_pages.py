"""Board pages: whatever is asked of a leaderboard is a look at it, the same in every store.

A look at a small board is taken of all its rows, put in order here. Of a grown board the store gives the rows
that are wanted, and how many are above them.
"""

from abc import ABC, abstractmethod
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from bot.ports import RankedBy
from bot.records import BoardPage, BoardRow
from bot.store.boards import Held

LEAST: Final = -(2**63)
"""Less than any learner's id."""


class Look(NamedTuple):
    """What is wanted of a board: the rows of one page, and *reach* of them on either side of the reader's.

    The *wanted* rows come after the first *skipped*, which is held within the last page of *step* rows.
    """

    reader: int | None = None
    skipped: int = 0
    step: int = 1
    wanted: int = 0
    reach: int = 0

    def first(self, listed: int) -> int:
        """Return how many rows stand before the page, of so many that are *listed*."""
        return min(self.skipped, max(0, (listed - 1) // self.step * self.step))


class BoardPages(ABC):
    """The questions about single boards, each of them one look."""

    async def page(
        self, board: str, measure: RankedBy, reader: int | None, page: int, size: int, reach: int
    ) -> BoardPage:
        """Return *page*, counted from 1 and held within the pages there are, as *reader* sees the board."""
        near = 0 if reader is None else reach
        return await self._look(board, measure, Look(reader, (max(page, 1) - 1) * size, size, size, near))

    async def top(self, board: str, measure: RankedBy, offset: int, limit: int) -> Sequence[BoardRow]:
        """Return up to *limit* rows after the first *offset*."""
        seen = await self._look(board, measure, Look(skipped=offset, wanted=limit))
        return list(seen.rows) if offset < seen.listed else []

    async def place(self, board: str, learner: int, measure: RankedBy) -> BoardRow | None:
        """Return the row of *learner*, its rank 0 when they have too few answers; None without one."""
        return (await self._look(board, measure, Look(learner))).own

    async def around(self, board: str, learner: int, measure: RankedBy, reach: int) -> Sequence[BoardRow]:
        """Return the row of *learner* with up to *reach* above and below; nothing if they are not ranked."""
        seen = await self._look(board, measure, Look(learner, reach=reach))
        return list(seen.near) if seen.own is not None and seen.own.rank else []

    async def size(self, board: str, measure: RankedBy) -> int:
        """Return how many are listed."""
        return (await self._look(board, measure, Look())).listed

    @abstractmethod
    async def _look(self, board: str, measure: RankedBy, look: Look) -> BoardPage:
        """Return what is wanted of a board, all of one moment; an empty page of one that never was."""


class Seen(NamedTuple):
    """A learner on a board, before their rank is known."""

    learner: int
    name: str
    held: Held

    def value(self, measure: RankedBy) -> int | None:
        """Return what is ranked."""
        return self.held.value(measure)

    def order(self, measure: RankedBy) -> tuple[int, int]:
        """Return what puts those who are ranked in order."""
        return -(self.value(measure) or 0), self.learner

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

    def look(self, look: Look) -> BoardPage:
        """Return what is wanted."""
        first = look.first(len(self))
        rows = self.rows(first, first + look.wanted)
        own = None if look.reader is None else self._seen.get(look.reader)
        value = None if own is None else own.value(self._measure)
        if own is None or value is None:
            mine = None if own is None else own.row(0)
            return BoardPage(rows, len(self), mine, self.rows(len(self) - look.reach, len(self)))
        mine = self._row(own)
        at = bisect_left(self._order, (-value, own.learner))
        below = at + (not mine.hidden)
        near = (*self.rows(at - look.reach, at), mine, *self.rows(below, below + look.reach))
        return BoardPage(rows, len(self), mine, near)

    def rows(self, start: int, end: int) -> tuple[BoardRow, ...]:
        """Return the rows from one position to before another, as far as there are any."""
        return tuple(self._row(self._seen[learner]) for _, learner in self._order[max(0, start) : end])

    def _row(self, one: Seen) -> BoardRow:
        value = one.value(self._measure)
        return one.row(0 if value is None else 1 + bisect_left(self._order, (-value, LEAST)))


class Run(NamedTuple):
    """Rows of a grown board that follow each other.

    So many are listed with more than the first one's value, and so many with that value. No more needs to be
    counted: the other ranks follow from what stands before.
    """

    seen: Sequence[Seen] = ()
    above: int = 0
    members: int = 0

    def rows(self, measure: RankedBy) -> tuple[BoardRow, ...]:
        """Return the rows with their ranks."""
        found: list[BoardRow] = []
        above, members = self.above, self.members
        for _, tied in groupby(self.seen, lambda one: one.value(measure)):
            same = list(tied)
            if found:
                above, members = above + members, sum(not one.held.hidden for one in same)
            found += [one.row(above + 1) for one in same]
        return tuple(found)


def excerpt(measure: RankedBy, listed: int, own: Seen | None, page: Run, near: Run) -> BoardPage:
    """Return the page of a grown board, *own* being the reader where they have a row."""
    around = near.rows(measure)
    mine = None
    if own is not None:
        mine = next((row for row in around if row.learner == own.learner), own.row(0))
    return BoardPage(page.rows(measure), listed, mine, around)
