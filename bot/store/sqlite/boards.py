"""Leaderboards on SQLite: totals in the batch's transaction, and reading beside it."""

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from bot.ports import RankedBy
from bot.records import BoardPage, HidingRow, PairRow, TotalRow
from bot.store.board_pages import BoardPages, Look
from bot.store.boards import GROWN, Board, Held, Move, counted, merged, moved
from bot.store.joins import with_persons
from bot.store.sqlite.board_pages import Reading
from bot.store.sqlite.connections import Connection, Result, reading


class SqliteBoards(BoardPages):
    """Leaderboards; every question is answered from one state."""

    _reader: Connection
    _sql: Mapping[str, str]

    async def pairs(self, board: str, before: str, reader: int | None, most: int) -> Sequence[PairRow] | None:
        """Return who is listed on both boards, and *reader*; None when they are more than *most*."""
        return await self._read(lambda boards: boards.pairs(board, before, reader, most))

    async def _look(self, board: str, measure: RankedBy, look: Look) -> BoardPage:
        return await self._read(lambda boards: boards.look(board, measure, look))

    async def _read(self, ask: Callable[[Reading], Result]) -> Result:
        def read(connection: sqlite3.Connection) -> Result:
            with reading(connection) as cursor:
                return ask(Reading(cursor, self._sql))

        return await self._reader.run(read)


def hide(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Sequence[HidingRow]) -> None:
    """Let learners hide or show themselves; what a person chooses, each of its members has chosen."""
    for row in rows:
        cursor.execute(sql["hid_set"], {"hidden": row.hidden, "learner_id": row.learner})
    turn(cursor, sql, rows)


def turn(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Sequence[HidingRow]) -> None:
    """Write down who hides, and take them off the lists of grown boards; or the reverse."""
    for row in rows:
        asked = {"learner_id": row.learner}
        if bool(cursor.execute(sql["hiding_of"], asked).fetchone()) == row.hidden:
            continue
        cursor.execute(sql["hiding_add" if row.hidden else "hiding_drop"], asked)
        held = cursor.execute(sql["totals_grown"], asked).fetchall()
        _move(cursor, sql, [moved(board, row.learner, *_turned(held_, row)) for board, *held_ in held])


def add_totals(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Sequence[TotalRow]) -> None:
    """Add *rows* to what the boards hold; a board that comes to enough learners grows."""
    if not rows:
        return
    asked = {"learners": json.dumps(sorted({row.learner for row in rows}))}
    if person_of := dict(cursor.execute(sql["persons_of"], asked).fetchall()):
        rows = with_persons(rows, person_of)
    small: dict[int, int] = {}
    added: list[tuple[int, ...]] = []
    moves: list[Move] = []
    for key, gains in merged(rows).items():
        board = _board(cursor, sql, key)
        if board.grown:
            moves += _moves(cursor, sql, board, gains)
        else:
            small[board.id] = board.room - len(gains)
            added += [(board.id, *gain[1:]) for gain in gains.values()]
    cursor.executemany(sql["total_add"], added)
    _move(cursor, sql, moves)
    for board_id, room in small.items():
        cursor.execute(sql["board_room"], {"id": board_id, "room": room})
        if room <= 0:
            grow(cursor, sql, board_id)


def _board(cursor: sqlite3.Cursor, sql: Mapping[str, str], key: str) -> Board:
    """Return a board, made if it is not there."""
    row = cursor.execute(sql["board_by_key"], {"key": key}).fetchone()
    if row is None:
        cursor.execute(sql["board_add"], {"key": key})
        row = cursor.execute(sql["board_by_key"], {"key": key}).fetchone()
    return Board(*row)


def grow(cursor: sqlite3.Cursor, sql: Mapping[str, str], board: int) -> None:
    """Let a board grow if enough learners are on it, and else see how many are lacking."""
    held = cursor.execute(sql["board_all"], {"board_id": board}).fetchall()
    if len(held) < GROWN:
        cursor.execute(sql["board_room"], {"id": board, "room": GROWN - len(held)})
        return
    cursor.execute(sql["board_grown"], {"id": board})
    _move(cursor, sql, [moved(board, learner, Held(), Held(*columns)) for learner, *columns in held])


def _moves(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], board: Board, gains: Mapping[int, TotalRow]
) -> list[Move]:
    """Return where *gains* lead from what a grown board holds."""
    asked = {"board_id": board.id, "learners": json.dumps(list(gains))}
    rows = cursor.execute(sql["totals_held"], asked).fetchall()
    held = [(learner, Held(*columns)) for learner, *columns in rows]
    return [moved(board.id, learner, before, before.plus(gains[learner])) for learner, before in held]


def _move(cursor: sqlite3.Cursor, sql: Mapping[str, str], moves: Sequence[Move]) -> None:
    """Write where learners on grown boards are now, and count it."""
    cursor.executemany(sql["total_save"], [move.row for move in moves])
    cursor.executemany(sql["count_add"], counted(moves))


def _turned(columns: Sequence[int], row: HidingRow) -> tuple[Held, Held]:
    """Return what a board holds of a learner, before and after they hid or came out."""
    points, answers, right = columns
    return Held(points, answers, right, not row.hidden), Held(points, answers, right, row.hidden)
