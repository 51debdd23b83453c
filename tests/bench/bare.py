"""Bare loops: the same rows as an answer writes, with nothing around them."""

import sqlite3
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import aiosqlite

from tests.bench.loops import GroupCommit, closed_loop

SCHEMA = (
    "CREATE TABLE events (id TEXT PRIMARY KEY, at INTEGER) STRICT, WITHOUT ROWID",
    """CREATE TABLE participants (round TEXT, learner INTEGER, score INTEGER, body TEXT,
       PRIMARY KEY (round, learner)) STRICT, WITHOUT ROWID""",
    "CREATE TABLE rounds (id TEXT PRIMARY KEY, version INTEGER, body TEXT) STRICT, WITHOUT ROWID",
    "CREATE TABLE outbox (key TEXT PRIMARY KEY, due INTEGER, body TEXT) STRICT, WITHOUT ROWID",
)
PERSON, ROUND, MESSAGE = "p" * 300, "r" * 700, "m" * 900
"""As large as the real ones are."""


@asynccontextmanager
async def open_bare(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    """Open an empty database with the same settings as ours."""
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0"):
            await connection.execute(f"PRAGMA {pragma}")
        for statement in SCHEMA:
            await connection.execute(statement)
        yield connection


async def commit_in_batches(path: Path, answers: int, at_once: int) -> float:
    """Commit the rows of *answers* answers for *at_once* callers who wait for each commit; return seconds.

    What arrives during a commit shares the next one, which crosses to the thread once: all that group
    commit needs, and nothing more.
    """
    async with open_bare(path) as connection:

        async def commit(numbers: Sequence[int]) -> None:
            await connection._execute(_batch, connection._conn, numbers)  # type: ignore[no-untyped-call]  # the bare way

        return await closed_loop(GroupCommit(commit), answers, at_once)


async def commit_each(path: Path, answers: int, flush: float = 0.0) -> float:
    """Commit the rows of each answer alone through aiosqlite's own methods; return seconds."""
    async with open_bare(path) as connection:
        began = time.perf_counter()
        for number in range(answers):
            await connection.execute("BEGIN IMMEDIATE")
            await connection.execute("INSERT INTO events VALUES (?, ?)", (f"e{number}", number))
            await connection.execute(
                "INSERT INTO participants VALUES (?, ?, ?, ?)", ("round", number, 0, PERSON)
            )
            await connection.execute(
                "INSERT OR REPLACE INTO rounds VALUES (?, ?, ?)", ("round", number, ROUND)
            )
            await connection.execute(
                "INSERT OR REPLACE INTO outbox VALUES (?, ?, ?)", ("ask", number, MESSAGE)
            )
            await connection._execute(_commit, connection._conn, flush)  # type: ignore[no-untyped-call]  # as above
        return time.perf_counter() - began


def _batch(connection: sqlite3.Connection, numbers: Sequence[int]) -> None:
    first = numbers[0]
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT INTO events VALUES (?, ?)", [(f"e{n}", n) for n in numbers])
    connection.executemany(
        "INSERT INTO participants VALUES (?, ?, ?, ?)", [("round", n, 0, PERSON) for n in numbers]
    )
    connection.execute("INSERT OR REPLACE INTO rounds VALUES (?, ?, ?)", ("round", first, ROUND))
    connection.execute("INSERT OR REPLACE INTO outbox VALUES (?, ?, ?)", ("ask", first, MESSAGE))
    connection.execute("COMMIT")


def _commit(connection: sqlite3.Connection, flush: float) -> None:
    connection.execute("COMMIT")
    if flush:
        time.sleep(flush)
