"""Leaderboards on PostgreSQL: totals in the batch's transaction, and reading beside it.

Locks are taken in one order: learners by id and boards by key, shared with all but hiding and growing; then
totals by learner and board, counts, and the boards' numbers of members.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from bot.core.errors import StoreError
from bot.ports import RankedBy
from bot.records import BoardPage, HidingRow, PairRow, TotalRow
from bot.store.board_pages import BoardPages, Look
from bot.store.boards import GROWN, Board, Held, Move, counted, merged, moved
from bot.store.joins import with_persons
from bot.store.postgres import columns
from bot.store.postgres.board_pages import LOOKS, page_of
from bot.store.postgres.connections import Connections, Session

FARTHEST: Final = 2**62
"""More rows than any board has, and as many as a statement can be told to skip."""


class PostgresBoards(BoardPages):
    """Leaderboards; every question is one statement, which sees one state."""

    _connections: Connections

    async def pairs(self, board: str, before: str, reader: int | None, most: int) -> Sequence[PairRow] | None:
        """Return who is listed on both boards, and *reader*; None when they are more than *most*."""
        async with self._connections.aside() as session:
            rows = await session.rows("board_pairs", key=board, before=before, reader=reader, most=most)
        if rows and rows[0]["listed"] > most:
            return None
        return [PairRow(*pair) for _, *pair in rows if pair[0] is not None]

    async def _look(self, board: str, measure: RankedBy, look: Look) -> BoardPage:
        async with self._connections.aside() as session:
            asked = look._replace(skipped=min(look.skipped, FARTHEST))
            rows = await session.rows(LOOKS[measure], key=board, **asked._asdict())
        return page_of(rows, measure, look)


async def hide(session: Session, rows: Sequence[HidingRow], totals: Sequence[TotalRow]) -> None:
    """Let learners hide or show themselves; what a person chooses, each of its members has chosen."""
    wanted = {row.learner: row.hidden for row in rows}
    if wanted:
        await turn(session, rows, totals)
        await session.rows("hid_keep", ids=list(wanted), hidden=list(wanted.values()))


async def turn(session: Session, rows: Sequence[HidingRow], totals: Sequence[TotalRow]) -> None:
    """Write down who hides, and take them off the lists of grown boards; or the reverse."""
    wanted = {row.learner: row for row in rows}
    # Those who are about to be added to as well: two batches that hid one another's would wait for ever.
    await session.rows("learners_lock", ids=sorted({*wanted, *(row.learner for row in totals)}))
    found = {learner for (learner,) in await session.rows("hiding_of", ids=sorted(wanted))}
    turned = {one: row for one, row in sorted(wanted.items()) if row.hidden != (one in found)}
    await session.rows("hiding_add", ids=[one for one, row in turned.items() if row.hidden])
    await session.rows("hiding_drop", ids=[one for one, row in turned.items() if not row.hidden])
    held = await session.rows("totals_grown", ids=list(turned))
    await _move(session, [moved(board, one, *_turned(rest, turned[one])) for board, one, *rest in held])


async def add_totals(session: Session, rows: Sequence[TotalRow]) -> list[int]:
    """Add *rows* to what the boards hold; return the boards that may have become large enough to grow."""
    gains = merged(rows)
    if not gains:
        return []
    boards, person_of = await _hold(session, gains)
    if person_of:
        await session.rows("boards_hold", keys=(), learners=sorted({*person_of.values()}))
        gains = merged(with_persons(rows, person_of))
    small = [board for board in boards if not board.grown]
    if small:
        added = [(board.id, *gain[1:]) for board in small for gain in gains[board.key].values()]
        await session.rows("totals_add", **columns.gains(sorted(added)))
    await _move(session, await _moves(session, [board for board in boards if board.grown], gains))
    if not small:
        return []
    taken = sorted((board.id, len(gains[board.key])) for board in small)
    left = await session.rows("boards_room", ids=[one for one, _ in taken], taken=[many for _, many in taken])
    return [id_ for id_, room in left if room <= 0]


async def grow(session: Session, board: int) -> None:
    """Let a board grow if enough learners are on it, and else see how many are lacking.

    A transaction must be open. Waits until whoever is adding to the board or hiding has committed, and lets
    nobody begin before this has.
    """
    if not await session.rows("board_lock", id=board):
        return
    await session.rows("board_learners_lock", board_id=board)
    held = await session.rows("board_all", board_id=board)
    if len(held) < GROWN:
        await session.rows("board_room", id=board, room=GROWN - len(held))
        return
    await session.rows("board_grown", id=board)
    await _move(session, [moved(board, learner, Held(), Held(*rest)) for learner, *rest in held])


async def _hold(
    session: Session, gains: Mapping[str, Mapping[int, TotalRow]]
) -> tuple[list[Board], dict[int, int]]:
    """Return the boards, made where they are missing, and of which persons learners are part.

    Boards and learners are held from now on.
    """
    keys = list(gains)
    learners = sorted({learner for of_board in gains.values() for learner in of_board})
    rows = await session.rows("boards_hold", keys=keys, learners=learners)
    boards = [Board(*row) for row in rows if row["key"] is not None]
    person_of = {row["id"]: row["room"] for row in rows if row["key"] is None and row["room"] is not None}
    if len(rows) - len(boards) < len(learners):
        raise StoreError("A total names a learner who is not there: save them first.")
    if len(boards) < len(keys):
        await session.rows("boards_add", keys=keys)
        rows = await session.rows("boards_hold", keys=keys, learners=())
        boards = [Board(*row) for row in rows]
    return boards, person_of


async def _moves(
    session: Session, boards: Sequence[Board], gains: Mapping[str, Mapping[int, TotalRow]]
) -> list[Move]:
    """Return where *gains* lead from what grown boards hold."""
    if not boards:
        return []
    keys = {board.id: board.key for board in boards}
    pairs = sorted((board.id, learner) for board in boards for learner in gains[board.key])
    rows = await session.rows(
        "totals_held", boards=[board for board, _ in pairs], learners=[learner for _, learner in pairs]
    )
    held = [(board, learner, Held(*rest)) for board, learner, *rest in rows]
    return [moved(board, one, before, before.plus(gains[keys[board]][one])) for board, one, before in held]


async def _move(session: Session, moves: Sequence[Move]) -> None:
    """Write where learners on grown boards are now, and count it."""
    if moves:
        await session.rows("totals_save", **columns.totals(sorted(move.row for move in moves)))
    if counts := counted(moves):
        await session.rows("counts_add", **columns.counts(counts))


def _turned(rest: Sequence[int], row: HidingRow) -> tuple[Held, Held]:
    """Return what a board holds of a learner, before and after they hid or came out."""
    points, answers, right = rest
    return Held(points, answers, right, not row.hidden), Held(points, answers, right, row.hidden)
