"""A crowd that has been answering for long, loaded as rows: what boards have to be fast among.

The attempts are written as the version before the boards kept them, and the boards come from the migration:
what is measured is what an upgraded database holds.
"""

import time
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import asyncpg

from bot.store.postgres.connections import Connections
from bot.store.postgres.migrating import known as postgres_steps
from bot.store.postgres.migrating import migrate as migrate_postgres
from bot.store.postgres.texts import texts
from bot.store.sqlite.connections import bare
from bot.store.sqlite.migrating import known as sqlite_steps
from bot.store.sqlite.migrating import migrate as migrate_sqlite

ROOMS = 60
SEATS = 50
WITHOUT_BOARDS = 2


class Crowd(NamedTuple):
    """How many learners, and how many attempts they have made between them."""

    learners: int
    attempts: int


class Loaded(NamedTuple):
    """How many seconds it took to write the rows, and to fill the boards from them."""

    rows: float
    boards: float


SMALL = Crowd(10_000, 100_000)
LARGE = Crowd(1_000_000, 10_000_000)

_NUMBERS = {
    "sqlite": "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {count})",
    "postgres": "WITH n AS (SELECT i FROM generate_series(0, {count} - 1) AS g (i))",
}

# A learner's share falls with the root of their number: a few have thousands of answers, most have five.
# Multiplied by one prime and divided by another, the numbers of the attempts are spread evenly, the same in
# every run.
_ROWS = """
INSERT INTO groups (id) VALUES (1);

INSERT INTO channels (id, group_id) {rooms} SELECT i + 1, 1 FROM n;

INSERT INTO places (platform, external_id, channel_id) {rooms} SELECT 'bench', 'c' || i, i + 1 FROM n;

INSERT INTO learners (id, name) {people} SELECT i + 1, 'Learner ' || i FROM n;

INSERT INTO accounts (platform, external_id, learner_id) {people}
SELECT 'bench', 'p' || i, i + 1 FROM n;

INSERT INTO rounds (
    id, channel_id, group_id, platform, external_id, version, open, started_at, item, body
) {rooms}
SELECT 'r' || i, i + 1, 1, 'bench', 'c' || i, 1, {true}, 0, 'pack/i0', '{{}}' FROM n;

INSERT INTO attempts (
    question_id, round_id, group_id, channel_id, learner_id, item, topic, at, elapsed_ms, credit, points, body
) {answers}, drawn (i, u) AS (SELECT i, ((i * 2654435761) % 2147483647) / 2147483647.0 FROM n)
SELECT
    'q' || (100000000 + i), 'r0', 1, 1, 1 + cast({people_count} * u * u AS bigint) % {people_count},
    'pack/i' || i % 997, 't0', i, 500, CASE WHEN i % 10 < 7 THEN 1.0 ELSE 0.0 END,
    CASE WHEN i % 10 < 7 THEN 100 + i % 101 ELSE 0 END, '{{}}'
FROM drawn
"""


def _rows(dialect: str, crowd: Crowd) -> list[str]:
    """Return the statements that write a crowd."""

    def numbers(count: int) -> str:
        return _NUMBERS[dialect].format(count=count)

    words = {
        "rooms": numbers(ROOMS),
        "people": numbers(crowd.learners),
        "people_count": crowd.learners,
        "answers": numbers(crowd.attempts),
        "true": "1" if dialect == "sqlite" else "true",
    }
    return _ROWS.format(**words).split(";\n")


def load_sqlite(path: Path, crowd: Crowd) -> Loaded:
    """Write a crowd into a new database at *path*, its indexes made at the end."""
    with closing(bare(path, writes=True)) as connection:
        migrate_sqlite(connection, sqlite_steps()[:WITHOUT_BOARDS])
        for pragma in (
            "journal_mode = OFF",
            "synchronous = OFF",
            "foreign_keys = OFF",
            "cache_size = -400000",
        ):
            connection.execute(f"PRAGMA {pragma}")
        indexes = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'attempts' AND type = 'index' AND sql <> ''"
        ).fetchall()
        began = time.perf_counter()
        statements = [f"DROP INDEX {name}" for name, _ in indexes]
        statements += [*_rows("sqlite", crowd), *(text for _, text in indexes)]
        for statement in statements:
            connection.execute(statement)
        written = time.perf_counter()
        migrate_sqlite(connection)
        return Loaded(written - began, time.perf_counter() - written)


async def load_postgres(dsn: str, crowd: Crowd) -> Loaded:
    """Write a crowd into the empty database at *dsn*, its indexes made at the end."""
    connections = await Connections.open(dsn, texts())
    async with connections.session() as session:
        await migrate_postgres(session, postgres_steps()[:WITHOUT_BOARDS])
    connection = await asyncpg.connect(dsn)
    began = time.perf_counter()
    await _write(connection, crowd)
    written = time.perf_counter()
    async with connections.session() as session:
        await migrate_postgres(session)
    filled = time.perf_counter()
    await connection.execute("VACUUM ANALYZE", timeout=None)
    await connection.close()
    await connections.close()
    return Loaded(written - began, filled - written)


async def _write(connection: asyncpg.Connection, crowd: Crowd) -> None:
    indexes = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename = 'attempts' AND indexname <> 'attempts_pkey'"
    )
    # Foreign keys are looked up by triggers, row by row; these rows are known to be right.
    await connection.execute("SET session_replication_role = replica; SET synchronous_commit = off")
    for name, _ in indexes:
        await connection.execute(f"DROP INDEX {name}")
    for statement in (*_rows("postgres", crowd), *(text for _, text in indexes)):
        await connection.execute(statement, timeout=None)
