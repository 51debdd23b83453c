"""What the store on PostgreSQL costs: rows are found by their keys, and an answer takes two round trips."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.records import Asked, Changes, LearnerRow, Place
from bot.store import postgres
from bot.store.postgres import PostgresStore
from bot.store.postgres.texts import texts
from bot.store.sql.statements import SHARED, statements
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN,
    BEN_ID,
    YARD,
    YARD_ID,
    ask,
    attempt_row,
    edit_row,
    part,
    post_row,
    round_row,
    save,
    study,
)
from tests.postgres import PostgresServer

pytestmark = pytest.mark.postgres

GENERIC_PLANS = 16
"""The first PostgreSQL that shows the plan of a statement whose parameters are not given."""

WHOLE = {
    *("web_channels", "person_save", "migrations_applied", "migrations_there"),  # the whole of a small table
    *("migrations_lock", "migrations_table", "people_lock"),  # nothing to find
}
"""Statements that need no key."""

# asyncpg gives a statement its parameters; the plan for whatever they are is only told without them.
_PLAN = """
CREATE OR REPLACE FUNCTION plan(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'EXPLAIN (GENERIC_PLAN, COSTS OFF) ' || statement;
END
$$
"""


@pytest.fixture
async def store(schema_database: str) -> AsyncIterator[PostgresStore]:
    """A store with one running round in each of two places."""
    opened = await PostgresStore.open(schema_database)
    await begin(opened)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def planned(postgres_server: PostgresServer, schema_template: str) -> AsyncIterator[str]:
    """The address of a database with the same in it, for tests that plan statements and run none."""
    with postgres_server.database(schema_template) as dsn:
        opened = await PostgresStore.open(dsn)
        await begin(opened)
        async with opened._connections._pool.acquire() as connection:
            await connection.execute(_PLAN)
        await opened.close()
        yield dsn


@pytest.fixture
async def planning(planned: str) -> AsyncIterator[PostgresStore]:
    """A store whose statements are planned, as they would be in any process; it is left as it is."""
    opened = await PostgresStore.open(planned)
    yield opened
    await opened.close()


async def begin(store: PostgresStore) -> None:
    """Begin a round in each of two places."""
    rounds = [round_row(), round_row("r2", place=YARD, channel=YARD_ID)]
    parts = [part(ANN_ID), part(ANN_ID, "r2")]
    await save(store, study(rounds=rounds, participants=parts, outbox=[post_row()]))


async def said(store: PostgresStore, asked: list[Asked], changes: Changes) -> list[str]:
    """Return the first words of what the server is told when *changes* is what comes of *asked*."""
    words: list[str] = []
    async with store._connections._pool.acquire() as connection:
        connection.add_query_logger(lambda record: words.append(record.query.split()[0].strip(";")))
    await store.transact(asked, {"r1", "r2"}, lambda _: changes)
    return words


async def test_an_answer_takes_two_round_trips(store: PostgresStore) -> None:
    """One that reads and one that writes and commits, in however many places a batch of them is."""
    one = Changes(events=[("web:1", 1)], rounds=[round_row(version=2)], participants=[part(ANN_ID)])
    two = Changes(
        events=[("web:2", 1), ("web:3", 1)],
        rounds=[round_row(version=3), round_row("r2", place=YARD, channel=YARD_ID, version=2)],
        participants=[part(ANN_ID, score=1), part(ANN_ID, "r2")],
        outbox=[edit_row(), edit_row("m2", place=YARD)],
    )

    assert await said(store, [ask(account=ANN, event="web:1")], one) == ["WITH", "WITH"]
    asked = [ask(account=ANN, event="web:2"), ask(YARD, ANN, event="web:3")]
    assert await said(store, asked, two) == ["WITH", "WITH"]


async def test_more_kinds_of_rows_take_a_transaction(store: PostgresStore) -> None:
    """With one statement for each kind that there is, and none for those that there are not."""
    changes = Changes(
        events=[("web:1", 1)],
        learners=[LearnerRow(BEN, BEN_ID, "Ben")],
        rounds=[round_row(version=2)],
        participants=[part(ANN_ID), part(BEN_ID)],
        attempts=[attempt_row()],
        outbox=[post_row("m3"), edit_row()],
    )

    words = await said(store, [ask(account=BEN, event="web:1", everyone=True)], changes)

    reading = ["WITH", "SELECT", "SELECT"]  # the batch, everyone, their repeats
    assert words == [*reading, "BEGIN", "SELECT", "WITH", "WITH", "INSERT", "INSERT", "COMMIT"]


async def test_a_batch_that_changes_nothing_still_looks_whether_it_was_right(store: PostgresStore) -> None:
    """In the rounds that it was about; where there is none, it only reads."""
    assert await said(store, [ask(account=ANN)], Changes()) == ["WITH", "WITH"]
    assert await said(store, [ask(Place("web", "attic"))], Changes()) == ["WITH"]


@pytest.mark.parametrize("name", sorted(statements("asyncpg", SHARED)))
async def test_every_shared_statement_can_be_prepared(planning: PostgresStore, name: str) -> None:
    """Also those that only other stores use: they are shared because they read the same here."""
    async with planning._connections._pool.acquire() as connection:
        await connection.prepare(texts()[name].text)


def _used() -> set[str]:
    """Return the names of the statements that the store's modules mention."""
    folder = Path(postgres.__file__).parent
    code = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    return {name for name in texts() if f'"{name}"' in code}


def test_every_statement_of_this_dialect_is_used() -> None:
    """A shared one may be left to other stores, which write row by row."""
    own = statements("asyncpg", Path(postgres.__file__).parent / "queries")

    assert set(own) - _used() == set()


@pytest.mark.parametrize("name", sorted(_used() - WHOLE))
async def test_rows_are_found_by_their_keys(planning: PostgresStore, name: str) -> None:
    """No statement reads a table from end to end, however little was in it when its plan was made."""
    text = texts()[name].text
    async with planning._connections._pool.acquire() as connection:
        if connection.get_server_version().major < GENERIC_PLANS:
            pytest.skip("needs a PostgreSQL that shows generic plans")
        lines = await connection.fetch("SELECT plan($1)", text)

    plan = "\n".join(line for (line,) in lines)
    assert re.findall(r"(?:Seq Scan|Hash Join|Merge Join|Hash Right|Hash Left).*", plan) == []
