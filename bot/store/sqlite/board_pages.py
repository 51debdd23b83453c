"""Reading leaderboards on SQLite: a few small statements in one transaction, as each costs microseconds."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

from bot.core.errors import StoreError
from bot.core.leaderboards import Measure
from bot.ports import RankedBy
from bot.records import BoardPage, PairRow
from bot.store.board_pages import Listing, Look, Run, Seen, excerpt
from bot.store.boards import KINDS, SHIFT, WIDTH, Board, Held

FAR: Final = 500
"""Rows that are skipped one by one; beyond that the counts say where a page begins."""

_GREATEST: Final = 2**62

# What a database returns has the types of its columns, which the checker cannot see.
Row: TypeAlias = Sequence[Any]
Parameter: TypeAlias = str | int | None


class _Asks(NamedTuple):
    """The statements that differ by measure, and the kinds of its counts: of values, and of spans."""

    rows: str
    over: str
    under: str
    fine: int
    coarse: int


_ASKS: Final[Mapping[RankedBy, _Asks]] = {
    Measure.POINTS: _Asks(
        "board_rows_points", "board_over_points", "board_under_points", *KINDS[Measure.POINTS]
    ),
    Measure.ACCURACY: _Asks(
        "board_rows_accuracy", "board_over_accuracy", "board_under_accuracy", *KINDS[Measure.ACCURACY]
    ),
}


class Reading:
    """Boards as they are in the transaction that is open."""

    def __init__(self, cursor: sqlite3.Cursor, sql: Mapping[str, str]) -> None:
        self._cursor = cursor
        self._sql = sql

    def look(self, key: str, measure: RankedBy, look: Look) -> BoardPage:
        """Return what is wanted of a board."""
        board, own = self._part(key, look.reader)
        if board is None:
            return BoardPage()
        if not board.grown:
            return self._listing(board, measure).look(look)
        grown = Grown(self, board.id, measure)
        listed = grown.size()
        page = grown.page(look.first(listed), look.wanted) if look.wanted else Run()
        return excerpt(measure, listed, own, page, grown.near(own, look.reach))

    def pairs(self, key: str, before: str, reader: int | None, most: int) -> Sequence[PairRow] | None:
        """Return who is listed on both boards, and *reader*; None when they are more than *most*."""
        board, own = self._part(key, reader)
        earlier, then = self._part(before, reader)
        if board is None:
            return []
        if self.look(key, Measure.POINTS, Look()).listed > most:
            return None
        before_id = None if earlier is None else earlier.id
        rows = self.rows("board_pairs", board_id=board.id, before_id=before_id)
        pairs = {pair.learner: pair for pair in (PairRow(*row) for row in rows)}
        if own is not None:
            earned = then.held if then is not None else Held()
            pairs[own.learner] = PairRow(
                own.learner, own.name, *own.held[:3], earned.answers, earned.right, own.held.hidden
            )
        return [pair for _, pair in sorted(pairs.items())]

    def rows(self, name: str, **parameters: Parameter) -> list[Row]:
        """Return what the statement *name* selects."""
        return self._cursor.execute(self._sql[name], parameters).fetchall()

    def seen(self, name: str, **parameters: Parameter) -> list[Seen]:
        """Return the learners that the statement *name* selects."""
        return [_seen(row) for row in self.rows(name, **parameters)]

    def _part(self, key: str, learner: int | None) -> tuple[Board | None, Seen | None]:
        """Return a board, and what one learner has on it."""
        rows = self.rows("board_part", key=key, learner_id=learner)
        if not rows:
            return None, None
        id_, room, grown, *own = rows[0]
        return Board(id_, key, room, bool(grown)), None if own[0] is None else _seen(own)

    def _listing(self, board: Board, measure: RankedBy) -> Listing:
        return Listing(self.seen("board_small", board_id=board.id), measure)


class Grown:
    """A board that is read by its indexes and counts."""

    def __init__(self, reading: Reading, board: int, measure: RankedBy) -> None:
        self._reading = reading
        self._board = board
        self._measure = measure
        self._asks = _ASKS[measure]

    def size(self) -> int:
        """Return how many are listed."""
        rows = self._reading.rows("counts_sum", board_id=self._board, kind=self._asks.coarse)
        return int(rows[0][0])

    def page(self, first: int, wanted: int) -> Run:
        """Return up to *wanted* rows after the *first*."""
        start, skipped = self._seek(first) if first > FAR else (_GREATEST, first)
        asked: dict[str, Parameter] = {"start": start, "skipped": skipped, "wanted": wanted}
        return self._run(self._reading.seen(self._asks.rows, board_id=self._board, **asked))

    def near(self, own: Seen | None, reach: int) -> Run:
        """Return up to *reach* rows on either side of *own*, or the last ones when that is not ranked."""
        value = None if own is None else own.value(self._measure)
        if own is None or value is None:
            # From the end on: who stands before somebody with less than anybody has.
            return self._run(self._beside(self._asks.over, -_GREATEST, 0, reach)[::-1])
        over = self._beside(self._asks.over, value, own.learner, reach)
        return self._run([*over[::-1], own, *self._beside(self._asks.under, value, own.learner, reach)])

    def _beside(self, name: str, value: int, learner: int, reach: int) -> list[Seen]:
        if not reach:
            return []
        asked: dict[str, Parameter] = {"value": value, "learner_id": learner, "wanted": reach}
        return self._reading.seen(name, board_id=self._board, **asked)

    def _run(self, seen: Sequence[Seen]) -> Run:
        """Return rows that follow each other with what has to be counted."""
        value = seen[0].value(self._measure) if seen else None
        if value is None:
            return Run()
        kinds: dict[str, Parameter] = {"fine": self._asks.fine, "coarse": self._asks.coarse}
        rows = self._reading.rows("counts_above", board_id=self._board, value=value, **kinds)
        return Run(seen, *rows[0])

    def _seek(self, offset: int) -> tuple[int, int]:
        """Find the value of the row after *offset* others, and how many of its equals come before it."""
        span, skipped = _walk(self._counts(self._asks.coarse, -_GREATEST, _GREATEST), offset)
        first = span << SHIFT
        return _walk(self._counts(self._asks.fine, first, first + WIDTH - 1), skipped)

    def _counts(self, kind: int, first: int, last: int) -> list[Row]:
        return self._reading.rows("counts_between", board_id=self._board, kind=kind, first=first, last=last)


def _walk(counts: Iterable[Row], offset: int) -> tuple[int, int]:
    """Return the bucket of the row after *offset* others, and how many of those are in it."""
    for bucket, members in counts:
        if members > offset:
            return bucket, offset
        offset -= members
    raise StoreError("The counts of a leaderboard do not come to what it lists.")


def _seen(row: Row) -> Seen:
    learner, name, points, answers, right, hidden = row
    return Seen(learner, name, Held(points, answers, right, bool(hidden)))
