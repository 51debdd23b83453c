"""Questions about boards, as databases are asked them.

A question is a generator, which yields statements and is sent rows: one way of asking for a store that waits
and for one that does not. A small board is read as a whole and put in order here; of a grown one a few rows
are read, and counts say the rest.
"""

from collections.abc import Generator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final, NamedTuple, TypeAlias, TypeVar

from bot.core.leaderboards import Measure
from bot.ports import RankedBy
from bot.records import BoardPage, BoardRow, PairRow
from bot.store.boards import KINDS, SHIFT, WIDTH, Board, Held, Listing, Seen, within

FAR: Final = 500
"""Rows that are skipped one by one; beyond that the counts say where a page begins."""

_GREATEST: Final = 2**62

Result = TypeVar("Result")
Parameters: TypeAlias = Mapping[str, str | int | Sequence[int] | None]
# What a database returns has the types of its columns, which the checker cannot see.
Rows: TypeAlias = Sequence[Any]
Steps: TypeAlias = Generator[tuple[str, Parameters], Rows, Result]
"""Asks for rows by statement name and parameters, and comes to a result."""


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


def page_steps(
    board: str, measure: RankedBy, reader: int | None, page: int, size: int, reach: int
) -> Steps[BoardPage]:
    """Ask for all that one reader sees of a board."""
    found, own = yield from _part(board, reader)
    if found is None:
        return BoardPage()
    if not found.grown:
        listing = yield from _listing(found, measure)
        return (yield from _named(listing.page(reader, page, size, reach)))
    listed = yield from _size(found, measure)
    offset = (within(page, listed, size) - 1) * size
    rows = yield from _rows(found, measure, offset, size)
    near: Sequence[Seen] = []
    if own is not None and own.value(measure) is not None:
        near = yield from _near(found, measure, own, reach)
    elif reader is not None:
        near = yield from _last(found, measure, reach)
    shown, around = yield from _ranked(found, measure, rows, near)
    mine = next((row for row in around if row.learner == reader), None)
    if own is not None and mine is None:
        mine = own.row(0)
    return BoardPage(tuple(shown), listed, mine, tuple(around))


def top_steps(board: str, measure: RankedBy, offset: int, limit: int) -> Steps[Sequence[BoardRow]]:
    """Ask for rows by their position."""
    found, _ = yield from _part(board, None)
    if found is None:
        return []
    if found.grown:
        rows = yield from _rows(found, measure, offset, limit)
        return (yield from _ranked(found, measure, rows))[0]
    listing = yield from _listing(found, measure)
    page = yield from _named(BoardPage(tuple(listing.top(offset, limit))))
    return list(page.rows)


def place_steps(board: str, learner: int, measure: RankedBy) -> Steps[BoardRow | None]:
    """Ask for one learner's row."""
    found, own = yield from _part(board, learner)
    if found is None or own is None:
        return None
    if found.grown:
        if own.value(measure) is None:
            return own.row(0)
        return (yield from _ranked(found, measure, [own]))[0][0]
    listing = yield from _listing(found, measure)
    row = listing.own(learner)
    return None if row is None else row._replace(name=own.name)


def around_steps(board: str, learner: int, measure: RankedBy, reach: int) -> Steps[Sequence[BoardRow]]:
    """Ask for one learner's row and its neighbours."""
    found, own = yield from _part(board, learner)
    if found is None or own is None or own.value(measure) is None:
        return []
    if found.grown:
        near = yield from _near(found, measure, own, reach)
        return (yield from _ranked(found, measure, near))[0]
    listing = yield from _listing(found, measure)
    page = yield from _named(BoardPage(near=tuple(listing.around(learner, reach))))
    return list(page.near)


def size_steps(board: str, measure: RankedBy) -> Steps[int]:
    """Ask how many are listed."""
    found, _ = yield from _part(board, None)
    if found is None:
        return 0
    if found.grown:
        return (yield from _size(found, measure))
    return len((yield from _listing(found, measure)))


def pairs_steps(board: str, before: str, reader: int | None, most: int) -> Steps[Sequence[PairRow] | None]:
    """Ask for those who are on two boards, unless they are too many."""
    found, own = yield from _part(board, reader)
    earlier, then = yield from _part(before, reader)
    if found is None:
        return []
    if (yield from size_steps(board, Measure.POINTS)) > most:
        return None
    asked = {"board_id": found.id, "before_id": None if earlier is None else earlier.id}
    rows = yield "board_pairs", asked
    pairs = {pair.learner: pair for pair in (PairRow(*row) for row in rows)}
    if own is not None:
        earned = then.held if then is not None else Held()
        pairs[own.learner] = PairRow(
            own.learner, own.name, *own.held[:3], earned.answers, earned.right, own.held.hidden
        )
    return [pair for _, pair in sorted(pairs.items())]


def _part(board: str, learner: int | None) -> Steps[tuple[Board | None, Seen | None]]:
    """Ask for a board and for one learner's state on it."""
    rows = yield "board_part", {"key": board, "learner_id": learner}
    if not rows:
        return None, None
    id_, room, grown, *own = rows[0]
    return Board(id_, board, room, bool(grown)), None if own[0] is None else _seen(own)


def _listing(board: Board, measure: RankedBy) -> Steps[Listing]:
    """Ask for all of a small board, without the names."""
    rows = yield "board_all", {"board_id": board.id}
    return Listing((_seen((row[0], "", *row[1:])) for row in rows), measure)


def _named(page: BoardPage) -> Steps[BoardPage]:
    """Ask for the names of those on *page*."""
    rows = (*page.rows, *page.near, *([] if page.own is None else [page.own]))
    found = yield "names_of", {"ids": sorted({row.learner for row in rows})}
    names: dict[int, str] = dict(found)

    def named(row: BoardRow) -> BoardRow:
        return row._replace(name=names[row.learner])

    own = None if page.own is None else named(page.own)
    return BoardPage(tuple(map(named, page.rows)), page.listed, own, tuple(map(named, page.near)))


def _size(board: Board, measure: RankedBy) -> Steps[int]:
    rows = yield "counts_sum", {"board_id": board.id, "kind": _ASKS[measure].coarse}
    return int(rows[0][0])


def _rows(board: Board, measure: RankedBy, offset: int, limit: int) -> Steps[Sequence[Seen]]:
    start, skipped = _GREATEST, offset
    if offset > FAR:
        start, skipped = yield from _seek(board, measure, offset)
    asked = {"board_id": board.id, "start": start, "skipped": skipped, "wanted": limit}
    rows = yield _ASKS[measure].rows, asked
    return [_seen(row) for row in rows]


def _seek(board: Board, measure: RankedBy, offset: int) -> Steps[tuple[int, int]]:
    """Find the value of the row after *offset* others, and how many of its equals come before it."""
    asks = _ASKS[measure]
    asked = {"board_id": board.id, "kind": asks.coarse, "first": -_GREATEST, "last": _GREATEST}
    span, skipped = _walk((yield "counts_between", asked), offset)
    if span is None:
        return -_GREATEST, 0
    first = span << SHIFT
    asked = {"board_id": board.id, "kind": asks.fine, "first": first, "last": first + WIDTH - 1}
    value, skipped = _walk((yield "counts_between", asked), skipped)
    return -_GREATEST if value is None else value, skipped


def _walk(counts: Rows, offset: int) -> tuple[int | None, int]:
    """Return the bucket of the row after *offset* others, None beyond the end, and how many remain in it."""
    for bucket, members in counts:
        if members > offset:
            return bucket, offset
        offset -= members
    return None, 0


def _near(board: Board, measure: RankedBy, own: Seen, reach: int) -> Steps[Sequence[Seen]]:
    """Ask for up to *reach* rows on either side of one that is ranked."""
    asked = {
        "board_id": board.id,
        "value": own.value(measure),
        "learner_id": own.learner,
        "wanted": reach,
    }
    over = yield _ASKS[measure].over, asked
    under = yield _ASKS[measure].under, asked
    return [*(_seen(row) for row in reversed(over)), own, *(_seen(row) for row in under)]


def _last(board: Board, measure: RankedBy, reach: int) -> Steps[Sequence[Seen]]:
    """Ask for the last rows, from the end on: who stands before somebody with less than anybody has."""
    asked = {"board_id": board.id, "value": -_GREATEST, "learner_id": 0, "wanted": reach}
    rows = yield _ASKS[measure].over, asked
    return [_seen(row) for row in reversed(rows)]


def _ranked(board: Board, measure: RankedBy, *runs: Sequence[Seen]) -> Steps[list[list[BoardRow]]]:
    """Ask for the ranks in *runs* of rows that follow each other.

    Only where a run begins does anything have to be counted: the rest follows from what stands before it.
    """
    asks = _ASKS[measure]
    starts = {value for run in runs for one in run[:1] if (value := one.value(measure)) is not None}
    counts: dict[int, tuple[int, int]] = {}
    if starts:
        kinds = {"fine": asks.fine, "coarse": asks.coarse}
        rows = yield "counts_above", {"board_id": board.id, "given": sorted(starts), **kinds}
        counts = {value: (int(above), int(members)) for value, above, members in rows}
    return [_in_ranks(run, measure, counts) for run in runs]


def _in_ranks(
    run: Sequence[Seen], measure: RankedBy, counts: Mapping[int, tuple[int, int]]
) -> list[BoardRow]:
    """Return a run with its ranks: *counts* says how many are above its first value, and how many have it."""
    tied = [(value, list(same)) for value, same in groupby(run, lambda one: one.value(measure))]
    found: list[BoardRow] = []
    above = 0
    for at, (value, same) in enumerate(tied):
        members = sum(not one.held.hidden for one in same)
        if at == 0 and value is not None:
            above, members = counts.get(value, (0, members))
        found += [one.row(above + 1) for one in same]
        above += members
    return found


def _seen(row: Sequence[Any]) -> Seen:
    learner, name, points, answers, right, hidden = row
    return Seen(learner, name, Held(points, answers, right, bool(hidden)))
