"""What boards on PostgreSQL promise beside the contract: the core's figures, and one trip for a question."""

import re
from collections.abc import AsyncIterator
from random import Random

import asyncpg
import pytest

from bot.core.leaderboards import ACCURACY_ANSWERS, Measure, accuracy
from bot.records import Account, Changes, LearnerRow, TotalRow
from bot.store.boards import GROWN
from bot.store.postgres import PostgresStore
from bot.store.postgres.texts import texts
from tests.contracts.stores import save

pytestmark = pytest.mark.postgres

GENERIC_PLANS = 16
"""The first PostgreSQL that shows the plan of a statement whose parameters are not given."""

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
    """A store with nothing in it."""
    opened = await PostgresStore.open(schema_database)
    yield opened
    await opened.close()


@pytest.fixture
async def connection(schema_database: str) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    """A connection to a database with today's schema."""
    opened = await asyncpg.connect(schema_database)
    yield opened
    await opened.close()


async def test_the_servers_accuracy_is_the_cores(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """To the last millionth, for few answers and for many; with too few there is none."""
    random = Random(3)
    shares = [(right, answers) for answers in range(120) for right in range(answers + 1)]
    shares += [(random.randrange(n + 1), n) for n in (random.randrange(10**6) for _ in range(5000))]
    rows = await connection.fetch(
        "SELECT accuracy(r, n) FROM unnest($1::bigint[], $2::bigint[])"
        " WITH ORDINALITY AS t (r, n, i) ORDER BY i",
        [right for right, _ in shares],
        [answers for _, answers in shares],
    )

    enough = ACCURACY_ANSWERS
    assert [value for (value,) in rows] == [accuracy(r, n) if n >= enough else None for r, n in shares]


async def said(store: PostgresStore, board: str) -> list[str]:
    """Return the first words of what the server is told when somebody looks at a board in every way."""
    words: list[str] = []
    async with store._connections._pool.acquire() as connection:
        connection.add_query_logger(lambda record: words.append(record.query.split()[0]))
    await store.page(board, Measure.POINTS, 7, 3, 10, 2)
    await store.page(board, Measure.ACCURACY, 7, 3, 10, 2)
    await store.top(board, Measure.POINTS, 5, 10)
    await store.place(board, 7, Measure.POINTS)
    await store.around(board, 7, Measure.POINTS, 2)
    await store.size(board, Measure.POINTS)
    await store.pairs(board, board, 7, 2 * GROWN)
    return words


@pytest.mark.parametrize("size", [0, 9, GROWN + 9])
async def test_every_question_takes_one_round_trip(store: PostgresStore, size: int) -> None:
    """Without a transaction around it, as one statement sees one state, however many are on the board."""
    people = [LearnerRow(Account("web", f"p{n}"), n, f"Person {n}") for n in range(1, size + 1)]
    totals = [TotalRow("board", row.id, row.id, ACCURACY_ANSWERS, 1) for row in people]
    await save(store, Changes(learners=people, totals=totals))

    assert await said(store, "board") == ["WITH"] * 7


@pytest.mark.parametrize("name", ["board_look_points", "board_look_accuracy", "board_pairs", "board_all"])
async def test_a_look_reads_no_index_through(store: PostgresStore, name: str) -> None:
    """Every table is entered by a key, also in a plan that was made while nothing was there."""
    async with store._connections._pool.acquire() as connection:
        if connection.get_server_version().major < GENERIC_PLANS:
            pytest.skip("needs a PostgreSQL that shows generic plans")
        await connection.execute(_PLAN)
        rows = await connection.fetch("SELECT plan($1)", texts()[name].text)

    plan = "\n".join(line for (line,) in rows)
    assert len(re.findall(r"Index (?:Only )?Scan", plan)) == len(re.findall("Index Cond", plan))
    assert re.findall(r"Seq Scan.*|Hash .*|Merge Join.*|Materialize.*", plan) == []
