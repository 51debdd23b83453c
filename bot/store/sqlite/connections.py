"""Connections: one thread each, on which whole functions run."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import aiosqlite

from bot.core.errors import StoreError
from bot.store.sqlite.faults import faults

Result = TypeVar("Result")

BUSY_S = 5.0
"""How long a statement waits for another program's lock."""

CACHED_STATEMENTS = 128
"""More than there are statements, so that each is compiled once."""

_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",
    "PRAGMA cache_size = -8000",
    "PRAGMA temp_store = MEMORY",
)
_WRITER_PRAGMAS = ("PRAGMA journal_mode = WAL", "PRAGMA wal_autocheckpoint = 0")


class Connection(aiosqlite.Connection):
    """aiosqlite's connection, able to run a function of ours on its thread."""

    path: Path
    shut: bool = False

    async def run(self, work: Callable[[sqlite3.Connection], Result]) -> Result:
        """Return what *work* returns; it has the database to itself until then.

        What it raises is raised here, SQLite's errors as StoreError. When the caller is cancelled, *work*
        still runs to its end.
        """
        if self.shut:
            raise StoreError("The store is closed: nothing can be read or written any more.")
        with faults(self.path):
            # aiosqlite has no public call for this: the decision record on stores says why this one is used.
            done: Result = await self._execute(work, self._conn)  # type: ignore[no-untyped-call]
        return done

    async def close(self) -> None:
        """Finish what waits, and close; a second time does nothing."""
        self.shut = True
        await super().close()


async def connect(path: Path, *, writes: bool) -> Connection:
    """Return a connection to the database at *path*, which :func:`bare` has opened before."""
    connection = Connection(partial(bare, path, writes=writes), iter_chunk_size=64)
    connection.path = path
    with faults(path):
        await connection
    return connection


def bare(path: Path, *, writes: bool) -> sqlite3.Connection:
    """Return an open connection; the file at *path* is made if it is not there and this one *writes*."""
    connection = sqlite3.connect(
        f"{path.as_uri()}?mode={'rwc' if writes else 'ro'}",
        uri=True,
        timeout=BUSY_S,
        isolation_level=None,
        cached_statements=CACHED_STATEMENTS,
        check_same_thread=False,
    )
    try:
        for pragma in (*_PRAGMAS, *(_WRITER_PRAGMAS if writes else ())):
            connection.execute(pragma).close()
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    """Commit what happens inside, or nothing of it when that raises."""
    cursor = connection.cursor()
    cursor.execute("BEGIN IMMEDIATE")
    try:
        yield cursor
        cursor.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            cursor.execute("ROLLBACK")
        raise
    finally:
        cursor.close()


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[sqlite3.Cursor]:
    """Let every statement inside see the same state."""
    cursor = connection.cursor()
    cursor.execute("BEGIN")
    try:
        yield cursor
    finally:
        cursor.execute("COMMIT")
        cursor.close()
