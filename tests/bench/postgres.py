"""What a durable answer costs on PostgreSQL, held against a bare asyncpg loop in the same run."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import count

import asyncpg

from bot.store.postgres import PostgresStore
from tests.bench.answers import AT_ONCE, Measure, rate, turns
from tests.bench.figures import Figure
from tests.bench.loops import GroupCommit, closed_loop
from tests.bench.worlds import world
from tests.postgres import PostgresServer, server

ANSWERS = 6_400
ALONE = 800
WRITERS = 2
PERSON, ROUND, MESSAGE = "p" * 250, "r" * 700, "m" * 900
"""As large as the real ones are."""

SCHEMA = """
    CREATE TABLE events (id text PRIMARY KEY, at bigint);
    CREATE TABLE participants (
        round text, learner bigint, score bigint, body text, PRIMARY KEY (round, learner)
    );
    CREATE TABLE rounds (id text PRIMARY KEY, version bigint, body text);
    CREATE TABLE outbox (key text PRIMARY KEY, due bigint, body text);
"""
EVENTS = "INSERT INTO events SELECT * FROM unnest($1::text[], $2::bigint[])"
PEOPLE = "INSERT INTO participants SELECT 'round', l, 0, b FROM unnest($1::bigint[], $2::text[]) AS t (l, b)"
ROUNDS = (
    "INSERT INTO rounds VALUES ('round', $1, $2)"
    " ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body"
)
OUTBOX = (
    "INSERT INTO outbox VALUES ('ask', $1, $2)"
    " ON CONFLICT (key) DO UPDATE SET due = excluded.due, body = excluded.body"
)
_names = count(1)


async def postgres_figures() -> list[Figure]:
    """Measure at 64 concurrent learners, with two writers on both sides."""
    with server() as running:
        bare, each, ours = await turns(
            _on(running, lambda dsn: rate(ANSWERS, _bare(dsn, ANSWERS, AT_ONCE, WRITERS))),
            _on(running, lambda dsn: rate(ALONE, _bare(dsn, ALONE, 1, 1))),
            _on(running, _ours),
        )
    return [
        Figure("PostgreSQL: answers/s, 64 at once, to bare batches of the same rows", ours, bare, least=0.5),
        Figure("PostgreSQL: answers/s, 64 at once, to one bare commit each", ours, each, least=4.0),
    ]


async def _bare(dsn: str, answers: int, at_once: int, writers: int) -> float:
    async with asyncpg.create_pool(dsn, min_size=writers, max_size=writers) as pool:
        await pool.execute(SCHEMA)

        async def commit(numbers: Sequence[int]) -> None:
            async with pool.acquire() as connection, connection.transaction():
                await connection.execute(EVENTS, [f"e{n}" for n in numbers], list(numbers))
                await connection.execute(PEOPLE, list(numbers), [PERSON] * len(numbers))
                await connection.execute(ROUNDS, numbers[0], ROUND)
                await connection.execute(OUTBOX, numbers[0], MESSAGE)

        return await closed_loop(GroupCommit(commit, writers), answers, at_once)


async def _ours(dsn: str) -> float:
    store = await PostgresStore.open(dsn)
    made = await world(store, people=ANSWERS, rounds=8, lanes=WRITERS)
    seconds = await made.answers(range(ANSWERS), at_once=AT_ONCE)
    await store.close()
    return ANSWERS / seconds


def _on(running: PostgresServer, measure: Callable[[str], Awaitable[float]]) -> Measure:
    """Give *measure* a fresh database each time."""

    async def measured() -> float:
        name = f"bench_{next(_names)}"
        await asyncio.to_thread(running.sql, f"CREATE DATABASE {name}")
        return await measure(running.dsn(name))

    return measured
