"""What a durable answer costs on PostgreSQL, held against bare asyncpg loops in the same run."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import astuple
from itertools import count
from statistics import median
from typing import cast

import asyncpg

from bot.ports import Store
from bot.store.postgres import PostgresStore
from tests.bench.answers import ALONE, ANSWERS, AT_ONCE, TURNS, Rates
from tests.bench.bare import Recorder, Written
from tests.bench.figures import Figure
from tests.bench.loops import GroupCommit, closed_loop
from tests.bench.worlds import world
from tests.postgres import PostgresServer, server

WRITERS = 2

EVENTS = "INSERT INTO events (id, at) SELECT * FROM unnest($1::text[], $2::bigint[])"
PEOPLE = (
    "INSERT INTO participants (round_id, learner_id, score, body)"
    " SELECT * FROM unnest($1::text[], $2::bigint[], $3::integer[], $4::text[])"
    " ON CONFLICT (round_id, learner_id) DO UPDATE SET score = excluded.score, body = excluded.body"
)
ROUND = "UPDATE rounds SET version = $1, wake_at = $2, body = $3 WHERE id = $4"
MESSAGE = (
    "INSERT INTO outbox ("
    "seq, key, action, platform, external_id, recipient, question_id, not_before, body, state)"
    " VALUES (nextval('outbox_numbers'), $1, $2, $3, $4, $5, $6, $7, $8, 'waiting')"
    " ON CONFLICT (key, action) DO UPDATE SET body = excluded.body, revision = outbox.revision + 1"
)
_names = count(1)


async def postgres_figures() -> list[Figure]:
    """Measure at 64 concurrent learners in one round."""
    with server() as running:
        runs = [await _measure(running) for _ in range(TURNS)]
    rates = Rates(*(median(values) for values in zip(*map(astuple, runs), strict=True)))
    return [
        Figure(
            "PostgreSQL: answers/s, 64 at once, to a bare group commit of the same rows",
            rates.ours,
            rates.bare,
            least=0.5,
        ),
        Figure("PostgreSQL: answers/s, 64 at once, to one bare commit each", rates.ours, rates.each, 4.0),
    ]


async def _measure(running: PostgresServer) -> Rates:
    """Let many answer through the engine, and commit the rows of as many others bare, on copies."""
    ours, bare, each = (f"bench_{next(_names)}" for _ in range(3))
    await asyncio.to_thread(running.sql, f"CREATE DATABASE {ours}")
    store = await PostgresStore.open(running.dsn(ours))
    made = await world(store, people=2 * ANSWERS + ALONE)
    await store.close()
    for copy in (bare, each):
        await asyncio.to_thread(running.sql, f"CREATE DATABASE {copy} TEMPLATE {ours}")
    store = await PostgresStore.open(running.dsn(ours))
    recorder = Recorder(store)
    made.move_to(cast("Store", recorder))  # answers ask nothing else of it
    await made.answers(range(ANSWERS), at_once=AT_ONCE)
    written = recorder.written()
    made.move_to(store)  # what is timed is not recorded: keeping every row slows the collector down
    together = await made.answers(range(ANSWERS, 2 * ANSWERS), at_once=AT_ONCE)
    alone = await made.answers(range(2 * ANSWERS, 2 * ANSWERS + ALONE), at_once=1)
    await store.close()
    return Rates(
        ANSWERS / together,
        ALONE / alone,
        len(written) / await _commit_in_batches(running.dsn(bare), written),
        ALONE / await _commit_each(running.dsn(each), written[:ALONE]),
    )


async def _commit_in_batches(dsn: str, written: Sequence[Written]) -> float:
    """Commit *written* for callers who wait for each commit, with two writers; return seconds."""
    async with asyncpg.create_pool(dsn, min_size=WRITERS, max_size=WRITERS) as pool:

        async def commit(numbers: Sequence[int]) -> None:
            async with pool.acquire() as connection:
                await _commit(cast("asyncpg.Connection", connection), [written[n] for n in numbers])

        return await closed_loop(GroupCommit(commit, WRITERS), len(written), AT_ONCE)


async def _commit_each(dsn: str, written: Sequence[Written]) -> float:
    """Commit the rows of each answer alone; return seconds."""
    connection = await asyncpg.connect(dsn)
    began = time.perf_counter()
    for answer in written:
        await _commit(connection, [answer])
    seconds = time.perf_counter() - began
    await connection.close()
    return seconds


async def _commit(connection: asyncpg.Connection, rows: Sequence[Written]) -> None:
    people = [row.person for row in rows]
    last, message = rows[-1].round, rows[-1].message
    async with connection.transaction():
        await connection.execute(EVENTS, [row.event[0] for row in rows], [row.event[1] for row in rows])
        await connection.execute(PEOPLE, *map(list, zip(*people, strict=True)))
        await connection.execute(ROUND, last.version, last.wake_at, last.body, last.id)
        await connection.execute(
            MESSAGE,
            message.key,
            message.action,
            *message.place,
            message.to,
            message.question,
            message.not_before,
            message.body,
        )
