"""Bare loops: the very rows that the engine wrote, committed again with nothing around them."""

import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import aiosqlite

from bot.ports import Decide, Store
from bot.records import Asked, Changes, OutboxRow, ParticipantRow, RoundRow, Snapshot
from tests.bench.loops import GroupCommit, closed_loop

EVENT = "INSERT INTO events (id, at) VALUES (?, ?)"
PERSON = (
    "INSERT INTO participants (round_id, learner_id, score, body) VALUES (?, ?, ?, ?)"
    " ON CONFLICT DO UPDATE SET score = excluded.score, body = excluded.body"
)
ROUND = "UPDATE rounds SET version = ?, wake_at = ?, body = ? WHERE id = ?"
MESSAGE = (
    "INSERT INTO outbox (key, action, platform, external_id, recipient, question_id, not_before, body)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (key, action) DO UPDATE SET body = excluded.body, revision = outbox.revision + 1"
)


@dataclass(slots=True)
class Written:
    """What one answer wrote: rows of its own, and those that it shared with its batch."""

    event: tuple[str, int]
    person: ParticipantRow
    round: RoundRow
    message: OutboxRow


@dataclass(slots=True)
class Recorder:
    """A store that remembers what every batch wrote; it is taken apart when the clock has stopped."""

    store: Store
    batches: list[Changes] = field(default_factory=list)

    async def transact(self, asked: Sequence[Asked], known: dict[str, object], decide: Decide) -> None:
        """Do as the store does, and remember what was written."""

        def keeping(snapshot: Snapshot) -> Changes:
            changes = decide(snapshot)
            self.batches.append(changes)
            return changes

        await self.store.transact(asked, known, keeping)

    def written(self) -> list[Written]:
        """Return the rows of every answer."""
        return [written for changes in self.batches for written in _written(changes)]


def _written(changes: Changes) -> Iterator[Written]:
    """Yield the rows of each answer of a batch that held nothing but answers."""
    (count,) = (row for row in changes.outbox if row.action == "edit" and row.key.endswith(".ask"))
    for event, person in zip(changes.events, changes.participants, strict=True):
        yield Written(event, person, changes.rounds[-1], count)


@asynccontextmanager
async def open_bare(path: Path) -> AsyncIterator[aiosqlite.Connection]:
    """Open a copy of the engine's database with the same settings as ours."""
    async with aiosqlite.connect(path, isolation_level=None) as connection:
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=0", "foreign_keys=ON"):
            await connection.execute(f"PRAGMA {pragma}")
        yield connection


async def commit_in_batches(path: Path, written: Sequence[Written], at_once: int) -> float:
    """Commit *written* for *at_once* callers who wait for each commit; return seconds.

    What arrives during a commit shares the next one, which crosses to the thread once: all that group
    commit needs, and nothing more.
    """
    async with open_bare(path) as connection:

        async def commit(numbers: Sequence[int]) -> None:
            rows = [written[number] for number in numbers]
            await connection._execute(_batch, connection._conn, rows)  # type: ignore[no-untyped-call]  # the bare way

        return await closed_loop(GroupCommit(commit), len(written), at_once)


async def commit_each(path: Path, written: Sequence[Written], flush: float = 0.0) -> float:
    """Commit the rows of each answer alone through aiosqlite's own methods; return seconds."""
    async with open_bare(path) as connection:
        began = time.perf_counter()
        for answer in written:
            await connection.execute("BEGIN IMMEDIATE")
            await connection.execute(EVENT, answer.event)
            await connection.execute(PERSON, answer.person)
            await connection.execute(ROUND, _round(answer.round))
            await connection.execute(MESSAGE, _message(answer.message))
            await connection._execute(_commit, connection._conn, flush)  # type: ignore[no-untyped-call]  # as above
        return time.perf_counter() - began


def _batch(connection: sqlite3.Connection, rows: Sequence[Written]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(EVENT, [row.event for row in rows])
    connection.executemany(PERSON, [row.person for row in rows])
    connection.execute(ROUND, _round(rows[-1].round))
    connection.execute(MESSAGE, _message(rows[-1].message))
    connection.execute("COMMIT")


def _round(row: RoundRow) -> tuple[int, int | None, str, str]:
    return row.version, row.wake_at, row.body, row.id


def _message(row: OutboxRow) -> tuple[object, ...]:
    return row.key, row.action, *row.place, row.to, row.question, row.not_before, row.body


def _commit(connection: sqlite3.Connection, flush: float) -> None:
    connection.execute("COMMIT")
    if flush:
        time.sleep(flush)
