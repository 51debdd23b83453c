"""The schema on SQLite: from every earlier version to the newest, and never past a surprise."""

import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.errors import MigrationError
from bot.core.leaderboards import Measure
from bot.records import totals_of
from bot.store.sql.migrations import Applied, Migration, migrations, pending
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.connections import bare
from bot.store.sqlite.migrating import applied, known, migrate, statements_of
from bot.store.sqlite.stores import prepare
from tests.contracts.stores import ANN_ID, GROUP_ID, HALL_ID, LEARNERS, round_row, save, study
from tests.store.histories import HISTORY, all_time

NEWEST = len(known())

_POSTED = """
INSERT INTO outbox (key, action, platform, external_id, recipient, question_id, not_before, body, state, ref)
VALUES
    ('r1.1.ask', 'post', 'web', 'hall', '', '', 0, '{}', 'delivered', '7,8'),
    ('r1.1.ask', 'edit', 'web', 'hall', '', '', 0, '{}', 'delivered', '9'),
    ('r1.1.reveal', 'post', 'web', 'hall', '', '', 0, '{}', 'waiting', '')
"""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An empty database."""
    with closing(bare(tmp_path / "study.db", writes=True)) as opened:
        yield opened


def schema(connection: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """Return every table and index, in the order of their names, with its text."""
    rows = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master ORDER BY type, name")
    return rows.fetchall()


def step(number: int, text: str) -> Migration:
    """Return a migration."""
    return Migration(number, f"step {number}", text)


@pytest.mark.parametrize("version", range(NEWEST + 1))
def test_every_earlier_version_comes_to_the_same_schema(connection: sqlite3.Connection, version: int) -> None:
    """A database that was made by any version ends up like one that is made today."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
        assert migrate(fresh) == NEWEST

        assert migrate(connection, known()[:version]) == version
        assert migrate(connection) == NEWEST - version

        assert schema(connection) == schema(fresh)
        assert list(applied(connection)) == list(applied(fresh))


def test_migrating_twice_does_nothing_the_second_time(connection: sqlite3.Connection) -> None:
    """The records say what has been done."""
    migrate(connection)
    before = schema(connection)

    assert migrate(connection) == 0
    assert schema(connection) == before


def test_each_step_is_recorded_with_its_name_checksum_and_time(connection: sqlite3.Connection) -> None:
    """So that one can read from the database how it came about."""
    migrate(connection)

    rows = connection.execute("SELECT number, name, checksum, at FROM schema_migrations").fetchall()
    assert [row[:3] for row in rows] == [(one.number, one.name, one.checksum) for one in known()]
    assert all(row[3] > 1_700_000_000_000 for row in rows)


def test_a_step_that_fails_leaves_nothing_and_can_be_done_again(connection: sqlite3.Connection) -> None:
    """The steps before it stay; its own first half does not."""
    first = step(1, "CREATE TABLE a (x);")
    broken = step(2, "CREATE TABLE b (x); CREATE TABLE c (y); CREATE TABLE a (z);")

    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection, [first, broken])

    assert [name for _, name, _ in schema(connection)] == ["a", "schema_migrations"]
    assert migrate(connection, [first, step(2, "CREATE TABLE b (x);")]) == 1


def test_a_newer_schema_is_refused(connection: sqlite3.Connection) -> None:
    """An older program would not know what the newer one has promised."""
    migrate(connection)
    future = step(NEWEST + 1, "CREATE TABLE later (x);")
    migrate(connection, [*known(), future])

    with pytest.raises(MigrationError, match="newer than this program"):
        migrate(connection)


def test_a_changed_step_is_refused(connection: sqlite3.Connection) -> None:
    """What was applied and what is in the files must be one and the same."""
    migrate(connection, [step(1, "CREATE TABLE a (x);")])

    with pytest.raises(MigrationError, match="changed afterwards"):
        migrate(connection, [step(1, "CREATE TABLE a (x, y);")])


async def test_a_store_says_so_when_the_schema_is_not_its_own(tmp_path: Path) -> None:
    """Opening fails as migrating does."""
    path = tmp_path / "study.db"
    with closing(bare(path, writes=True)) as connection:
        migrate(connection, [*known(), step(NEWEST + 1, "CREATE TABLE later (x);")])

    with pytest.raises(MigrationError):
        await SqliteStore.open(path)


def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    """Each step is done once, by whoever comes first."""
    with ThreadPoolExecutor(4) as threads:
        counts = list(threads.map(prepare, [tmp_path / "study.db"] * 4))

    assert sum(counts) == NEWEST


def test_line_ends_do_not_change_a_checksum() -> None:
    """A checkout on another system has the same migrations."""
    assert step(1, "a\r\nb\r\n").checksum == step(1, "a\nb\n").checksum
    assert step(1, "a\nb").checksum != step(1, "a\n b").checksum


@pytest.mark.parametrize(
    "names", [["0002_a.sql"], ["0001_a.sql", "0003_b.sql"], ["0001_a.sql", "0001_b.sql"]]
)
def test_migrations_are_numbered_without_a_gap(tmp_path: Path, names: Sequence[str]) -> None:
    """A number that is missing or doubled is a mistake of the programmer's."""
    for name in names:
        (tmp_path / name).write_text("SELECT 1;", encoding="utf-8")

    with pytest.raises(MigrationError, match="without a gap"):
        migrations(tmp_path)


def test_what_is_pending_is_what_was_not_applied() -> None:
    """In order; none when all were."""
    steps = [step(1, "a"), step(2, "b")]
    done = [Applied(one.number, one.name, one.checksum) for one in steps]

    assert [len(pending(steps, done[:count])) for count in range(3)] == [2, 1, 0]


def test_a_text_is_split_at_the_ends_of_its_statements() -> None:
    """Not at a semicolon in a text, a comment or a trigger."""
    text = """
-- First; really.
CREATE TABLE a (x TEXT DEFAULT ';'); CREATE TRIGGER t AFTER INSERT ON a BEGIN
    DELETE FROM a;
    SELECT 1;
END;
-- The end;
"""

    first, second = statements_of(text)

    assert first.endswith("DEFAULT ';');")
    assert second.endswith("END;")


def test_half_a_statement_is_refused() -> None:
    """A forgotten semicolon would leave a step half done."""
    with pytest.raises(MigrationError, match="CREATE TABLE b"):
        list(statements_of("CREATE TABLE a (x);\nCREATE TABLE b (x)\n"))


async def test_answers_of_an_earlier_version_are_on_the_boards_of_all_time(tmp_path: Path) -> None:
    """What the migration fills in is what keeping the totals from the start would have come to."""
    old, fresh = tmp_path / "old.db", await SqliteStore.open(tmp_path / "fresh.db")
    with closing(bare(old, writes=True)) as connection:
        migrate(connection, known()[:2])
        write_history(connection)
    await save(fresh, study(rounds=[round_row()], attempts=HISTORY, totals=totals_of(HISTORY, all_time)))

    migrated = await SqliteStore.open(old)

    for board in {board for attempt in HISTORY for board in all_time(attempt)}:
        for measure in (Measure.POINTS, Measure.ACCURACY):
            found = await migrated.page(board, measure, ANN_ID, 1, 10, 2)
            assert found == await fresh.page(board, measure, ANN_ID, 1, 10, 2)
            assert found.rows or measure is Measure.ACCURACY
    await migrated.close()
    await fresh.close()


async def test_messages_of_an_earlier_version_are_found_by_their_ids(tmp_path: Path) -> None:
    """Each part of them, and no edit."""
    with closing(bare(tmp_path / "old.db", writes=True)) as connection:
        migrate(connection, known()[:7])
        connection.execute(_POSTED)

    store = await SqliteStore.open(tmp_path / "old.db")

    assert [await store.key_of("web", ref) for ref in ("7", "8", "9", "")] == ["r1.1.ask", "r1.1.ask", "", ""]
    await store.close()


def write_history(connection: sqlite3.Connection) -> None:
    """Write the attempts as the second version kept them."""
    connection.execute("INSERT INTO groups (id) VALUES (?)", (GROUP_ID,))
    connection.execute("INSERT INTO channels VALUES (?, ?)", (HALL_ID, GROUP_ID))
    connection.executemany("INSERT INTO learners VALUES (?, ?)", [(row.id, row.name) for row in LEARNERS])
    row = round_row()
    columns = (row.id, row.channel, row.group, *row.place, *row[4:10])
    connection.execute(f"INSERT INTO rounds VALUES ({', '.join('?' * len(columns))})", columns)  # noqa: S608 - no text
    connection.executemany(f"INSERT INTO attempts VALUES ({', '.join('?' * 12)})", HISTORY)  # noqa: S608 - no text
