"""Bringing a database's schema up to date."""

import sqlite3
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from bot.core.errors import MigrationError
from bot.core.leaderboards import Measure
from bot.store.boards import Held
from bot.store.sql.migrations import Applied, Migration, migrations, pending
from bot.store.sqlite.connections import transaction

FOLDER = Path(__file__).parent / "migrations"

_RECORDS = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT
"""

_RECORD = """
INSERT INTO schema_migrations (number, name, checksum, at)
VALUES (?, ?, ?, CAST(strftime('%s', 'now') AS INTEGER) * 1000)
"""


@cache
def known() -> tuple[Migration, ...]:
    """Return the migrations that this program knows."""
    return migrations(FOLDER)


def migrate(connection: sqlite3.Connection, steps: Sequence[Migration] | None = None) -> int:
    """Apply what the database still needs of *steps* (all that are known); return how many that was.

    Each step and its record are one transaction, so an interrupted run goes on where it was. Raises
    MigrationError when the database is newer than *steps* or was made by others.
    """
    available = known() if steps is None else steps
    connection.create_function("accuracy", 2, _accuracy, deterministic=True)
    count = 0
    while _step(connection, available):
        count += 1
    return count


def applied(connection: sqlite3.Connection) -> Sequence[Applied]:
    """Return the records of the migrations that a database has had, by number."""
    rows = connection.execute("SELECT number, name, checksum FROM schema_migrations ORDER BY number")
    return [Applied(*row) for row in rows]


def statements_of(text: str) -> Iterator[str]:
    """Yield the statements of an SQL text one by one, comments included."""
    statement = ""
    *ended, rest = text.split(";")
    for part in ended:
        statement += f"{part};"
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
    lines = [line.strip() for line in (statement + rest).splitlines()]
    for line in lines:
        if line and not line.startswith("--"):
            raise MigrationError(f"A migration ends in the middle of a statement: {line}")


def _accuracy(right: int, answers: int) -> int | None:
    """Return a learner's accuracy, for a step to fill in: not every SQLite can draw a root."""
    return Held(0, answers, right).value(Measure.ACCURACY)


def _step(connection: sqlite3.Connection, available: Sequence[Migration]) -> bool:
    """Apply one migration, if one is needed; others may be at it too, so look under the lock."""
    with transaction(connection) as cursor:
        cursor.execute(_RECORDS)
        todo = pending(available, applied(connection))
        if not todo:
            return False
        for statement in statements_of(todo[0].text):
            cursor.execute(statement)
        cursor.execute(_RECORD, (todo[0].number, todo[0].name, todo[0].checksum))
    return True
