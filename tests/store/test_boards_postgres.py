"""What boards on PostgreSQL promise beside the contract: the core's own figures."""

from collections.abc import AsyncIterator
from random import Random

import asyncpg
import pytest

from bot.core.leaderboards import ACCURACY_ANSWERS, accuracy
from bot.store.postgres import PostgresStore

pytestmark = pytest.mark.postgres


@pytest.fixture
async def connection(fresh_database: str) -> "AsyncIterator[asyncpg.Connection[asyncpg.Record]]":
    """A connection to a database with today's schema."""
    store = await PostgresStore.open(fresh_database)
    await store.close()
    opened = await asyncpg.connect(fresh_database)
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
