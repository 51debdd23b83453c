"""The schema on PostgreSQL: from every earlier version to the newest, and never past a surprise."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import asyncpg
import pytest

from bot.core.errors import MigrationError, StoreError
from bot.core.leaderboards import Measure
from bot.records import totals_of
from bot.store.postgres import PostgresStore
from bot.store.postgres.connections import Connections, Session
from bot.store.postgres.migrating import applied, known, migrate
from bot.store.postgres.stores import prepare
from bot.store.postgres.texts import texts
from bot.store.sql.migrations import Migration
from tests.contracts.stores import ANN_ID, GROUP_ID, HALL_ID, LEARNERS, round_row, save, study
from tests.postgres import PostgresServer
from tests.store.histories import HISTORY, all_time

pytestmark = pytest.mark.postgres

NEWEST = len(known())

_SCHEMA = """
SELECT 'column', format('%s.%s', table_name, column_name),
    format('%s %s %s %s', data_type, collation_name, is_nullable, column_default)
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT 'constraint', format('%s.%s', conrelid::regclass, conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT 'storage', relname, array_to_string(reloptions, ' ')
FROM pg_class WHERE relnamespace = 'public'::regnamespace
UNION ALL
SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
ORDER BY 1, 2, 3
"""


@pytest.fixture
async def connections(fresh_database: str) -> AsyncIterator[Connections]:
    """Connections to an empty database."""
    opened = await Connections.open(fresh_database, texts())
    yield opened
    await opened.close()


@pytest.fixture
async def session(connections: Connections) -> AsyncIterator[Session]:
    """A connection to an empty database."""
    async with connections.session() as given:
        yield given


async def schema(dsn: str) -> list[tuple[str, str, str]]:
    """Return every column, index, constraint and function, in one order."""
    connection = await asyncpg.connect(dsn)
    try:
        return [(kind, name, text) for kind, name, text in await connection.fetch(_SCHEMA)]
    finally:
        await connection.close()


async def tables(dsn: str) -> set[str]:
    """Return the names of the tables."""
    return {name.partition(".")[0] for kind, name, _ in await schema(dsn) if kind == "column"}


def step(number: int, text: str) -> Migration:
    """Return a migration."""
    return Migration(number, f"step {number}", text)


@pytest.mark.parametrize("version", range(NEWEST + 1))
async def test_every_earlier_version_comes_to_the_same_schema(
    schema_database: str, fresh_database: str, session: Session, version: int
) -> None:
    """A database that was made by any version ends up like one that is made today."""
    assert await migrate(session, known()[:version]) == version
    assert await migrate(session) == NEWEST - version

    assert await schema(fresh_database) == await schema(schema_database)
    assert [(one.number, one.checksum) for one in await applied(session)] == [
        (one.number, one.checksum) for one in known()
    ]


async def test_migrating_twice_does_nothing_the_second_time(fresh_database: str, session: Session) -> None:
    """The records say what has been done."""
    await migrate(session)
    before = await schema(fresh_database)

    assert await migrate(session) == 0
    assert await schema(fresh_database) == before


async def test_each_step_is_recorded_with_its_time(fresh_database: str, session: Session) -> None:
    """So that one can read from the database how it came about."""
    await migrate(session)

    connection = await asyncpg.connect(fresh_database)
    rows = await connection.fetch("SELECT name, at FROM schema_migrations ORDER BY number")
    await connection.close()
    assert [name for name, _ in rows] == [one.name for one in known()]
    assert all(at > 1_700_000_000_000 for _, at in rows)


async def test_a_step_that_fails_leaves_nothing_and_can_be_done_again(
    fresh_database: str, session: Session
) -> None:
    """The steps before it stay; its own first half does not."""
    first = step(1, "CREATE TABLE a (x int);")
    broken = step(2, "CREATE TABLE b (x int); CREATE TABLE c (y int); CREATE TABLE a (z int);")

    with pytest.raises(StoreError, match="already exists"):
        await migrate(session, [first, broken])

    assert await tables(fresh_database) == {"a", "schema_migrations"}
    assert await migrate(session, [first, step(2, "CREATE TABLE b (x int);")]) == 1


async def test_a_newer_schema_is_refused(fresh_database: str, session: Session) -> None:
    """An older program would not know what the newer one has promised."""
    await migrate(session)
    await migrate(session, [*known(), step(NEWEST + 1, "CREATE TABLE later (x int);")])

    with pytest.raises(MigrationError, match="newer than this program"):
        await PostgresStore.open(fresh_database)


async def test_a_changed_step_is_refused(session: Session) -> None:
    """What was applied and what is in the files must be one and the same."""
    await migrate(session, [step(1, "CREATE TABLE a (x int);")])

    with pytest.raises(MigrationError, match="changed afterwards"):
        await migrate(session, [step(1, "CREATE TABLE a (x int, y int);")])


async def test_processes_may_migrate_at_once(fresh_database: str) -> None:
    """Each step is done once, by whoever comes first, and all of them find it done."""
    processes = [await Connections.open(fresh_database, texts()) for _ in range(5)]

    counts: Sequence[int] = await asyncio.gather(*(prepare(process) for process in processes))

    assert sum(counts) == NEWEST
    for process in processes:
        await process.close()


async def test_a_user_who_may_not_make_tables_can_use_those_that_are_there(
    postgres_server: PostgresServer, schema_database: str
) -> None:
    """Somebody else may do the migrating; the program needs no more rights than it uses."""
    connection = await asyncpg.connect(schema_database)
    await connection.execute("""
        CREATE ROLE modest LOGIN;
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO modest;
        GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO modest;
    """)
    try:
        store = await PostgresStore.open(schema_database.replace("studyhall@", "modest@"))
        await store.ping()
        await store.close()
    finally:
        await connection.execute("DROP OWNED BY modest; DROP ROLE modest;")
        await connection.close()
    assert postgres_server.folder.exists()


async def test_answers_of_an_earlier_version_are_on_the_boards_of_all_time(
    schema_database: str, fresh_database: str, session: Session
) -> None:
    """What the migration fills in is what keeping the totals from the start would have come to."""
    kept = await PostgresStore.open(schema_database)
    await save(kept, study(rounds=[round_row()], attempts=HISTORY, totals=totals_of(HISTORY, all_time)))
    await migrate(session, known()[:2])
    await write_history(fresh_database)

    migrated = await PostgresStore.open(fresh_database)

    for board in {board for attempt in HISTORY for board in all_time(attempt)}:
        for measure in (Measure.POINTS, Measure.ACCURACY):
            found = await migrated.page(board, measure, ANN_ID, 1, 10, 2)
            assert found == await kept.page(board, measure, ANN_ID, 1, 10, 2)
            assert found.rows or measure is Measure.ACCURACY
    await migrated.close()
    await kept.close()


async def write_history(dsn: str) -> None:
    """Write the attempts as the second version kept them."""
    connection = await asyncpg.connect(dsn)
    row = round_row()
    await connection.execute("INSERT INTO groups (id) VALUES ($1)", GROUP_ID)
    await connection.execute("INSERT INTO channels VALUES ($1, $2)", HALL_ID, GROUP_ID)
    learners = [(learner.id, learner.name) for learner in LEARNERS]
    await connection.copy_records_to_table("learners", records=learners)
    await connection.copy_records_to_table(
        "rounds", records=[(row.id, row.channel, row.group, *row.place, *row[4:10])]
    )
    await connection.copy_records_to_table("attempts", records=HISTORY)
    await connection.close()
