"""The store on SQLite as the app sees it: opened, kept in shape, closed."""

import asyncio
import sqlite3
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Self

from bot.core.errors import StoreError
from bot.store.sqlite.amendments import SqliteAmendments
from bot.store.sqlite.boards import SqliteBoards
from bot.store.sqlite.chat import SqliteChatLog
from bot.store.sqlite.connections import Connection, bare, connect, transaction
from bot.store.sqlite.faults import faults
from bot.store.sqlite.flags import SqliteFlags
from bot.store.sqlite.installations import SqliteVault
from bot.store.sqlite.links import SqliteLinks
from bot.store.sqlite.migrating import migrate
from bot.store.sqlite.outbox import SqliteOutbox
from bot.store.sqlite.own_packs import SqliteOwnPacks
from bot.store.sqlite.rounds import SqliteRounds
from bot.store.sqlite.schedules import SqliteDays
from bot.store.sqlite.texts import texts

OLDEST = (3, 37, 0)
"""The first SQLite with STRICT tables."""

LONG_LOG = 16_384
"""Pages of log (64 MB) from which a checkpoint makes writers wait, so that the log starts over."""

FORGOTTEN_AT_ONCE = 2_000
"""How many rows one transaction of a purge deletes."""


class SqliteStore(
    SqliteRounds,
    SqliteDays,
    SqliteBoards,
    SqliteFlags,
    SqliteLinks,
    SqliteOwnPacks,
    SqliteAmendments,
    SqliteOutbox,
    SqliteChatLog,
    SqliteVault,
):
    """Every port of a store on one SQLite file.

    All writing goes through one connection, in the order of the calls. Reading has its own connection and
    waits for no commit; it sees whatever was committed before it began.
    """

    def __init__(self, writer: Connection, reader: Connection, keeper: Connection) -> None:
        self._writer = writer
        self._reader = reader
        self._keeper = keeper
        self._sql = texts()

    @classmethod
    async def open(cls, path: Path | str) -> Self:
        """Open the database at *path*, made if it is not there, and bring its schema up to date.

        Raises StoreError when that cannot be done, MigrationError when the schema is not this program's.
        """
        if sqlite3.sqlite_version_info < OLDEST:
            raise StoreError(f"SQLite 3.37 or newer is needed; this Python has {sqlite3.sqlite_version}.")
        file = await asyncio.to_thread(Path(path).absolute)
        await asyncio.to_thread(prepare, file)
        return cls(*await _three(file))

    async def purge(self, before: int) -> int:
        """Forget event ids, codes, uploads and settled outbox rows from before *before*; return how many.

        Goes in steps, between which others write.
        """
        gone = 0
        for name in ("events_forget", "outbox_forget", "codes_forget", "tries_forget", "uploads_forget"):
            step = FORGOTTEN_AT_ONCE
            while step == FORGOTTEN_AT_ONCE:
                step = await self._forget(name, before)
                gone += step
        return gone

    async def checkpoint(self) -> int:
        """Fold the log into the tables, without making anyone wait; return how many pages are still to fold.

        Nothing else does this, so call it every few seconds. Only when readers and writers have kept the log
        from starting over until it is long do writers wait for a moment.
        """
        return await self._keeper.run(_checkpoint)

    async def ping(self) -> None:
        """Return if the database can be written now; raise StoreError if not."""
        await self._writer.run(_write_nothing)

    async def close(self) -> None:
        """Finish what was asked for, fold the whole log into the tables, and close.

        A second time does nothing.
        """
        if self._writer.shut:
            return
        async with AsyncExitStack() as closing_them:  # all of them, even when one of the steps fails
            closing_them.push_async_callback(self._writer.close)
            closing_them.push_async_callback(self._writer.run, _truncate)
            closing_them.push_async_callback(self._keeper.close)
            closing_them.push_async_callback(self._reader.close)

    async def _forget(self, name: str, before: int) -> int:
        text, wanted = self._sql[name], {"before": before, "wanted": FORGOTTEN_AT_ONCE}
        return await self._writer.run(lambda connection: connection.execute(text, wanted).rowcount)


def prepare(file: Path) -> int:
    """Make the database at *file* if it is not there and bring its schema up to date; return the steps taken.

    Raises StoreError when that cannot be done, MigrationError when the schema is not this program's.
    """
    with faults(file), closing(bare(file, writes=True)) as connection:
        steps = migrate(connection)
        _write_nothing(connection)
        return steps


async def _three(file: Path) -> tuple[Connection, Connection, Connection]:
    """Open a writer, a reader and a keeper, or none of them."""
    opened: list[Connection] = []
    async with AsyncExitStack() as closing_them:
        for writes in (True, False, True):
            connection = await connect(file, writes=writes)
            closing_them.push_async_callback(connection.close)
            opened.append(connection)
        closing_them.pop_all()
    writer, reader, keeper = opened
    return writer, reader, keeper


def _write_nothing(connection: sqlite3.Connection) -> None:
    """Raise if the database cannot be written: SQLite opens a file that may only be read without a word."""
    with transaction(connection) as cursor:
        cursor.execute("DELETE FROM schema_migrations WHERE number = 0")


def _checkpoint(connection: sqlite3.Connection) -> int:
    _, logged, folded = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    if logged >= LONG_LOG:
        _, logged, folded = connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
    return int(logged) - int(folded)


def _truncate(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
