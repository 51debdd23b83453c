"""Several processes with schedules on one PostgreSQL database: nothing lost, nothing twice, nobody stuck."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import count

import asyncpg
import pytest

from bot.core.errors import StoreError
from bot.records import Changes, Place, Snapshot
from bot.store.postgres import PostgresStore
from bot.store.postgres.texts import texts
from tests.contracts.schedules import DAILY, DAILY_CHANNEL, DAILY_ID, day_row, schedule_row
from tests.contracts.stores import ANN, GROUP_ID, HALL, YARD, ask, post_row, round_row, save, snapshot, study

pytestmark = pytest.mark.postgres


@pytest.fixture
async def stores(schema_database: str) -> AsyncIterator[Sequence[PostgresStore]]:
    """Three stores on one database, as three processes would have them."""
    opened = [await PostgresStore.open(schema_database) for _ in range(3)]
    yield opened
    for store in opened:
        await store.close()


@pytest.fixture
async def operator(schema_database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Somebody with a connection of their own to the same database."""
    connection = await asyncpg.connect(schema_database)
    yield connection
    await connection.close()


_WAITING = (
    "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
)


async def wait_for_locks(operator: "asyncpg.Connection[asyncpg.Record]", wanted: int) -> None:
    """Return when so many wait for a lock."""
    async with asyncio.timeout(10):
        while await operator.fetchval(_WAITING) < wanted:  # noqa: ASYNC110 - only the server knows
            await asyncio.sleep(0.01)


async def test_of_processes_that_settle_one_day_one_posts(stores: Sequence[PostgresStore]) -> None:
    """The others see that it is settled, and leave no trace of what they had in mind."""
    await save(stores[0], study(schedules=[schedule_row(due_at=100)]))
    posted: list[int] = []

    async def settle(store: PostgresStore, worker: int) -> None:
        mine: list[int] = []

        def decide(found: Snapshot) -> Changes:
            row = found.schedules["s1"]
            mine[:] = [] if row.settled else [worker]
            if row.settled:
                return Changes()
            day = day_row(at=worker)
            return Changes(
                channels=[DAILY_CHANNEL],
                schedules=[row._replace(version=2, settled=day.day, due_at=200)],
                days=[day],
                rounds=[round_row(day.round, place=DAILY, channel=DAILY_ID, wake_at=500)],
                outbox=[post_row(f"{day.round} {worker}", place=DAILY)],
            )

        await store.transact([ask(DAILY, schedules=True)], (), decide)
        posted.extend(mine)

    await asyncio.gather(
        *(settle(store, at * 3 + who) for who, store in enumerate(stores) for at in range(4))
    )

    assert len(posted) == 1
    assert list(await stores[1].ledger("s1")) == [day_row(at=posted[0])]
    assert (await stores[1].backlog()).depth == 1
    assert list(await stores[2].waking(500, 9)) == [(DAILY, 200), (DAILY, 500)]


@pytest.mark.parametrize("known", [True, False], ids=["a known channel", "a new channel"])
async def test_of_two_who_make_the_first_schedule_of_a_channel_one_wins(
    stores: Sequence[PostgresStore],
    known: bool,  # noqa: FBT001
) -> None:
    """The others are told of the one that is there, as if they had come later."""
    if known:
        await save(stores[0], study())
    names, told = count(), list[str]()

    def begin(found: Snapshot) -> Changes:
        if found.schedules:
            told.extend(found.schedules)
            return Changes()
        return study(schedules=[schedule_row(f"s{next(names)}")])

    await asyncio.gather(
        *(store.transact([ask(schedules=True)], (), begin) for store in stores for _ in range(3))
    )

    [winner] = await stores[0].schedules(HALL)
    assert told == [winner.id] * 8


async def test_batches_over_crossing_homes_do_not_wait_for_each_other_for_ever(
    stores: Sequence[PostgresStore], operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """In whatever order they name the homes, their rounds included; the server never has to break a tie."""
    rows = [schedule_row(), schedule_row("s2", place=YARD)]
    await save(stores[0], study(schedules=rows, rounds=[round_row(version=1)]))
    orders = [(HALL, YARD), (YARD, HALL)]

    def decide(found: Snapshot) -> Changes:
        schedules = [row._replace(version=row.version + 1) for row in found.schedules.values()]
        rounds = [row._replace(version=row.version + 1) for row in found.rounds.values()]
        return Changes(schedules=schedules[::-1], rounds=rounds)

    async def write(store: PostgresStore, places: Sequence[Place]) -> None:
        await store.transact([ask(place, ANN, schedules=True) for place in places], (), decide)

    await asyncio.gather(*(write(store, orders[at % 2]) for store in stores for at in range(15)))

    found = await snapshot(stores[0], ask(schedules=True), ask(YARD, schedules=True))
    assert [row.version for row in found.schedules.values()] == [46, 46]
    assert found.rounds[HALL].version == 46
    query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert await operator.fetchval(query) == 0


async def test_a_batch_that_others_overtake_decides_again(
    stores: Sequence[PostgresStore], operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """On the schedules that are there then, also when those it writes are not the ones that changed."""
    await save(stores[0], study(schedules=[schedule_row(), schedule_row("s2")]))
    seen: list[list[int]] = []

    def decide(found: Snapshot) -> Changes:
        seen.append([row.version for row in found.schedules.values()])
        row = found.schedules["s1"]
        return Changes(schedules=[row._replace(version=row.version + 1)])

    async with stores[2]._connections.session() as session, session.transaction():
        await session.rows("homes_lock", platforms=[HALL.platform], external_ids=[HALL.id])
        first = asyncio.ensure_future(save(stores[1], Changes(schedules=[schedule_row("s2", version=2)])))
        await wait_for_locks(operator, 1)
        second = asyncio.ensure_future(stores[0].transact([ask(schedules=True)], (), decide))
        await wait_for_locks(operator, 2)
    await asyncio.gather(first, second)

    assert seen == [[1, 1], [1, 2]]
    assert [row.version for row in await stores[0].schedules(HALL)] == [2, 2]


async def test_a_batch_that_is_always_overtaken_is_given_up(stores: Sequence[PostgresStore]) -> None:
    """After a few turns, with an error and without a trace."""
    turns = count()

    def decide(_: Snapshot) -> Changes:
        return Changes(schedules=[schedule_row(version=7)], events=[(f"web:{next(turns)}", 1)])

    await save(stores[0], study(schedules=[schedule_row()]))
    with pytest.raises(StoreError, match="changed the same schedules"):
        await stores[0].transact([ask(schedules=True)], (), decide)

    assert 1 < next(turns) < 20
    assert await stores[0].purge(9) == 0


async def test_who_only_reads_schedules_waits_for_nobody(stores: Sequence[PostgresStore]) -> None:
    """Whoever holds their home; what was committed before is what is there."""
    await save(stores[0], study(schedules=[schedule_row()]))

    async with stores[1]._connections.session() as session, session.transaction():
        await session.rows("homes_lock", platforms=[HALL.platform], external_ids=[HALL.id])
        async with asyncio.timeout(10):
            found = await snapshot(stores[0], ask(DAILY, schedules=True))

    assert list(found.schedules) == ["s1"]


_MANY = """
INSERT INTO schedules (id, platform, external_id, group_id, version, due_at, body)
SELECT 's' || n, 'web', 'room ' || n, $1, 1, 1000000 + n, '{}' FROM generate_series(1, 100000) AS n
"""


async def test_a_hundred_thousand_schedules_cost_nothing_while_none_is_due(
    stores: Sequence[PostgresStore], operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """What is due is found by its time, and no other process of the server is started to help with it."""
    await save(stores[0], study(rounds=[round_row(wake_at=2_000_000)]))
    await operator.execute(_MANY, GROUP_ID)
    await operator.execute("ANALYZE")
    async with stores[0]._connections._pool.acquire() as connection:
        await connection.execute(f"PREPARE due AS {texts()['places_waking'].text}")
        lines = [line for (line,) in await connection.fetch("EXPLAIN (ANALYZE) EXECUTE due (5, 100)")]
        await connection.execute("DEALLOCATE due")

    plan = "\n".join(lines)
    assert "Gather" not in plan
    assert [name for name in ("rounds_waking", "schedules_due") if name not in plan] == []
    assert "Filter" not in plan
    assert list(await stores[0].waking(5, 100)) == []
    assert list(await stores[0].waking(1_000_001, 100)) == [(Place("web", "room 1~s1"), 1_000_001)]
