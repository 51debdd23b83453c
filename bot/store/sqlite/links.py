"""Learners that are one person, and codes that link, on SQLite: with a batch, and reading beside it."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.errors import StoreError
from bot.records import (
    Account,
    Asked,
    AttemptRow,
    Changes,
    CodeRow,
    DoubledRow,
    HidingRow,
    JoinRow,
    Place,
    Snapshot,
    TotalRow,
)
from bot.store.batches import looked_up
from bot.store.joins import MOST_TRIES, Turns, code_columns, code_row, sums, turned
from bot.store.sqlite.boards import turn
from bot.store.sqlite.connections import Connection

_OVERTAKEN = (
    "Others changed whose learner is whose, or the learner is not there: load them, then decide again."
)


class SqliteLinks:
    """What links there are."""

    _reader: Connection
    _sql: Mapping[str, str]

    async def code(self, hash_: str) -> CodeRow | None:
        """Return the code of this hash, used or not; None when there is none."""
        rows = await self._rows("code_by_hash", {"hash": hash_})
        return code_row(rows[0]) if rows else None

    async def selves(self, account: Account) -> Sequence[tuple[Account, int, str]]:
        """Return the accounts of the person behind *account*, each with its own learner and name."""
        asked = {"platform": account.platform, "external_id": account.id}
        own = await self._rows("own_of_account", asked)
        rows = await self._rows("members_beside", {"learner_id": own[0][0]}) if own else ()
        return [(Account(platform, id_), learner, name) for platform, id_, learner, name in rows]

    async def at_same(self, learner: int, other: int) -> Sequence[DoubledRow]:
        """Return what one learner answered that another answered too, by question."""
        rows = await self._rows("attempts_at_same", {"learner_id": learner, "other_id": other})
        return [DoubledRow(AttemptRow(*row[:12]), Place(*row[12:])) for row in rows]

    async def together(self, learner: int, other: int) -> bool:
        """Tell whether two own learners take part in the same open round."""
        return bool(await self._rows("rounds_shared", {"learner_id": learner, "other_id": other}))

    async def kin(self, group: int) -> Sequence[tuple[int, str]]:
        """Return the groups that are in one union with *group*, itself included, each with its platform."""
        rows = await self._rows("platforms_of_group", {"group_id": group})
        return sorted({int(of): str(platform) for of, platform in rows}.items())

    async def _rows(self, name: str, asked: Mapping[str, str | int]) -> Sequence[Sequence[Any]]:
        text = self._sql[name]
        return await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())


def load_codes(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], snapshot: Snapshot, asked: Sequence[Asked]
) -> None:
    """Load codes, and the latest wrong tries of those who bring one."""
    for hash_, account in looked_up(asked):
        row = cursor.execute(sql["code_by_hash"], {"hash": hash_}).fetchone()
        if row is not None:
            snapshot.codes[hash_] = code_row(row)
        wanted = {"platform": account.platform, "account_id": account.id, "wanted": MOST_TRIES}
        snapshot.tries[account] = tuple(at for (at,) in cursor.execute(sql["tries_of"], wanted))


def save_codes(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write codes that are new, use up those that are used, and note wrong tries."""
    for row in changes.codes:
        columns = code_columns(row)
        if not row.used:
            cursor.execute(sql["codes_replace"], columns)
            cursor.execute(sql["code_add"], columns)
        elif not cursor.execute(sql["code_use"], {"hash": row.hash}).fetchall():
            raise StoreError("A code was used by others meanwhile: load it, then decide again.")
    for account, at in changes.tries:
        cursor.execute(sql["try_add"], {"platform": account.platform, "account_id": account.id, "at": at})


def save_joins(cursor: sqlite3.Cursor, sql: Mapping[str, str], rows: Sequence[JoinRow]) -> list[TotalRow]:
    """Make persons of learners and end others; return what the new persons hold from the beginning."""
    if not rows:
        return []
    turns = turned(rows)
    for row in turns.rows:
        asked = {"learner_id": row.learner, "before": row.before, "person_id": row.person}
        if cursor.execute(sql["join_set"], asked).rowcount < 1:
            raise StoreError(_OVERTAKEN)
        leads = {"learner_id": row.learner, "effective_id": row.person or row.learner}
        cursor.execute(sql["accounts_lead"], leads)
    turn(cursor, sql, _hiding(cursor, sql, turns))
    for person in turns.over:
        if cursor.execute(sql["members_of"], {"person_id": person}).fetchone():
            raise StoreError(_OVERTAKEN)
        cursor.execute(sql["totals_forget"], {"learner_id": person})
    return sums(turns, {row.learner: _held(cursor, sql, row.learner) for row in turns.rows if row.person})


def _hiding(cursor: sqlite3.Cursor, sql: Mapping[str, str], turns: Turns) -> list[HidingRow]:
    """Return who is off the lists now, and who is on them again: as they had chosen for themselves."""
    found = [HidingRow(person, hidden=True) for person in turns.over]
    for row in turns.rows:
        hid = cursor.execute(sql["hid_of"], {"learner_id": row.learner}).fetchone()[0]
        found.append(HidingRow(row.learner, hidden=bool(row.person or hid)))
    for person in turns.new:
        members = cursor.execute(sql["members_of"], {"person_id": person}).fetchall()
        own = cursor.execute(sql["hiding_of"], {"learner_id": person}).fetchone()
        found.append(HidingRow(person, hidden=bool(own) or any(hid for _, hid in members)))
    return found


def _held(cursor: sqlite3.Cursor, sql: Mapping[str, str], learner: int) -> list[TotalRow]:
    return [TotalRow(*row) for row in cursor.execute(sql["totals_of_learner"], {"learner_id": learner})]
