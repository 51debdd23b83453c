"""Rounds on SQLite: the batch on the writer's thread, and reading beside it."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence

from bot.ports import Decide, MyRecord, RoundRecord
from bot.records import Account, Asked, AttemptRow, ParticipantRow, Place
from bot.store.rounds import round_row
from bot.store.schedules import woken
from bot.store.sqlite.connections import Connection, reading, transaction
from bot.store.sqlite.loading import load, questions_of
from bot.store.sqlite.saving import save


class SqliteRounds:
    """The tables that rounds live in."""

    _writer: Connection
    _reader: Connection
    _sql: Mapping[str, str]

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Load what *asked* needs, call *decide*, write its changes and commit, in one go on one thread."""

        def batch(connection: sqlite3.Connection) -> None:
            with transaction(connection) as cursor:
                save(cursor, self._sql, decide(load(cursor, self._sql, asked, known)))

        await self._writer.run(batch)

    async def waking(self, until: int, limit: int) -> Sequence[tuple[Place, int]]:
        """Return places that want a Tick by *until* and when, earliest first; a place may come twice."""
        text, wanted = self._sql["places_waking"], {"until": until, "wanted": limit}
        rows = await self._reader.run(lambda connection: connection.execute(text, wanted).fetchall())
        return [woken(*columns[:4]) for columns in rows]

    async def look(self, round_: str) -> RoundRecord | None:
        """Return a round, open or ended, with its questions; None when there is none."""

        def read(connection: sqlite3.Connection) -> RoundRecord | None:
            with reading(connection) as cursor:
                row = cursor.execute(self._sql["round_by_id"], {"id": round_}).fetchone()
                if row is None:
                    return None
                return RoundRecord(round_row(row[:-1]), questions_of(cursor, self._sql, round_), row[-1])

        return await self._reader.run(read)

    async def mine(self, round_: str, account: Account) -> MyRecord | None:
        """Return what the learner behind *account* did in a round; None when they took no part."""
        asked = {"round_id": round_, "platform": account.platform, "external_id": account.id}

        def read(connection: sqlite3.Connection) -> MyRecord | None:
            with reading(connection) as cursor:
                row = cursor.execute(self._sql["round_mine"], asked).fetchone()
                if row is None:
                    return None
                part = ParticipantRow(*row)
                rows = cursor.execute(
                    self._sql["round_attempts_of"],
                    {"round_id": round_, "learner_id": part.own or part.learner},
                )
                return MyRecord(part, tuple(AttemptRow(*columns) for columns in rows))

        return await self._reader.run(read)

    async def playing(self, group: int, account: Account) -> Sequence[str]:
        """Return the open rounds of a group in which the learner behind *account* has a row, by their ids."""
        text = self._sql["rounds_playing"]
        asked = {"group_id": group, "platform": account.platform, "external_id": account.id}
        rows = await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())
        return [id_ for (id_,) in rows]

    async def standing(self, round_: str, limit: int) -> Sequence[tuple[int, int, int]]:
        """Return (learner, points, right) from the attempts alone, most points first, then by learner."""
        text, wanted = self._sql["round_standing"], {"round_id": round_, "wanted": limit}
        return await self._reader.run(lambda connection: connection.execute(text, wanted).fetchall())
