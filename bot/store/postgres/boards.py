"""Leaderboards on PostgreSQL: totals in the batch's transaction, and reading beside it.

Locks are taken in one order: learners by id and boards by key, shared with all but hiding and growing; then
totals by learner and board, counts, and the boards' numbers of members.
"""

from collections.abc import Mapping, Sequence

from bot.core.errors import StoreError
from bot.ports import RankedBy
from bot.records import BoardPage, BoardRow, HidingRow, PairRow, TotalRow
from bot.store.board_steps import (
    Result,
    Steps,
    around_steps,
    page_steps,
    pairs_steps,
    place_steps,
    size_steps,
    top_steps,
)
from bot.store.boards import GROWN, Board, Held, Move, counted, merged, moved
from bot.store.postgres import columns
from bot.store.postgres.connections import Connections, Session


class PostgresBoards:
    """Leaderboards; every question is answered from one state."""

    _connections: Connections

    async def page(
        self, board: str, measure: RankedBy, reader: int | None, page: int, size: int, reach: int
    ) -> BoardPage:
        """Return *page*, counted from 1 and held within the pages there are, as *reader* sees the board."""
        return await self._ask(page_steps(board, measure, reader, page, size, reach))

    async def top(self, board: str, measure: RankedBy, offset: int, limit: int) -> Sequence[BoardRow]:
        """Return up to *limit* rows after the first *offset*."""
        return await self._ask(top_steps(board, measure, offset, limit))

    async def place(self, board: str, learner: int, measure: RankedBy) -> BoardRow | None:
        """Return the row of *learner*, its rank 0 when they have too few answers; None without one."""
        return await self._ask(place_steps(board, learner, measure))

    async def around(self, board: str, learner: int, measure: RankedBy, reach: int) -> Sequence[BoardRow]:
        """Return the row of *learner* with up to *reach* above and below; nothing if they are not ranked."""
        return await self._ask(around_steps(board, learner, measure, reach))

    async def size(self, board: str, measure: RankedBy) -> int:
        """Return how many are listed."""
        return await self._ask(size_steps(board, measure))

    async def pairs(self, board: str, before: str, reader: int | None, most: int) -> Sequence[PairRow] | None:
        """Return who is listed on both boards, and *reader*; None when they are more than *most*."""
        return await self._ask(pairs_steps(board, before, reader, most))

    async def _ask(self, steps: Steps[Result]) -> Result:
        async with self._connections.aside() as session, session.transaction(still=True):
            return await _answered(session, steps)


async def hide(session: Session, rows: Sequence[HidingRow], totals: Sequence[TotalRow]) -> None:
    """Write down who hides, and take them off the lists of grown boards; or the reverse."""
    wanted = {row.learner: row for row in rows}
    if not wanted:
        return
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
    boards = await _hold(session, gains)
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


async def _hold(session: Session, gains: Mapping[str, Mapping[int, TotalRow]]) -> list[Board]:
    """Return the boards, made where they are missing; they and the learners are held from now on."""
    keys = list(gains)
    learners = sorted({learner for of_board in gains.values() for learner in of_board})
    rows = await session.rows("boards_hold", keys=keys, learners=learners)
    boards = [Board(*row) for row in rows if row["key"] is not None]
    if len(rows) - len(boards) < len(learners):
        raise StoreError("A total names a learner who is not there: save them first.")
    if len(boards) < len(keys):
        await session.rows("boards_add", keys=keys)
        rows = await session.rows("boards_hold", keys=keys, learners=())
        boards = [Board(*row) for row in rows]
    return boards


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


async def _answered(session: Session, steps: Steps[Result]) -> Result:
    """Run what *steps* asks for, and return what it comes to."""
    try:
        name, parameters = next(steps)
        while True:
            name, parameters = steps.send(await session.rows(name, **parameters))
    except StopIteration as done:
        result: Result = done.value
        return result
