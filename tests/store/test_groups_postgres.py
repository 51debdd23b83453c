"""Groups on PostgreSQL: those of earlier versions, several processes, and what shares cost."""

import asyncio

import asyncpg
import pytest

from bot.core.groups import GroupSettings
from bot.engine.codec import settings_of
from bot.records import Changes, SettingsRow
from bot.store.postgres import PostgresStore
from bot.store.postgres.connections import Connections
from bot.store.postgres.migrating import known, migrate
from bot.store.postgres.texts import texts
from tests.contracts.stores import ANN_ID, CHANNELS, GROUP_ID, HALL, HALL_ID, ask, save, snapshot, study

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("version", range(1, 5))
async def test_a_group_of_an_earlier_version_has_no_settings_until_it_chooses(
    fresh_database: str, version: int
) -> None:
    """It keeps its channels, and what stood there before counts for nothing."""
    connections = await Connections.open(fresh_database, texts())
    async with connections.session() as session:
        await migrate(session, known()[:version])
    await connections.close()
    connection = await asyncpg.connect(fresh_database)
    await connection.execute("INSERT INTO groups (id) VALUES ($1)", GROUP_ID)
    await connection.execute("INSERT INTO channels VALUES ($1, $2)", HALL_ID, GROUP_ID)
    await connection.execute("INSERT INTO places VALUES ($1, $2, $3)", *HALL, HALL_ID)
    await connection.close()

    store = await PostgresStore.open(fresh_database)
    before = await snapshot(store, ask())
    await save(store, Changes(settings=[SettingsRow(GROUP_ID, "", "{}")]))
    after = await snapshot(store, ask())
    await store.close()

    assert before.channels == {HALL: CHANNELS[0]}
    assert after.channels == {HALL: CHANNELS[0]._replace(settings="{}")}


@pytest.mark.parametrize("zone", ["Europe/Berlin", "a \"quoted\"; 'ünï' 😀"])
async def test_a_zone_of_an_earlier_version_is_among_the_settings(fresh_database: str, zone: str) -> None:
    """As settings are read today; a group without one has no settings."""
    connections = await Connections.open(fresh_database, texts())
    async with connections.session() as session:
        await migrate(session, known()[:5])
    await connections.close()
    connection = await asyncpg.connect(fresh_database)
    await connection.executemany("INSERT INTO groups (id, zone) VALUES ($1, $2)", [(GROUP_ID, zone), (8, "")])
    await connection.close()

    store = await PostgresStore.open(fresh_database)
    found = await snapshot(store, ask()._replace(group=GROUP_ID), ask()._replace(group=8))
    await store.close()

    assert settings_of(found.settings[GROUP_ID]) == GroupSettings(zone=zone)
    assert found.settings[8] == ""


async def test_processes_that_change_settings_at_once_do_not_wait_for_each_other_for_ever(
    schema_database: str,
) -> None:
    """In whatever order they name the groups; the server never has to break a tie."""
    stores = [await PostgresStore.open(schema_database) for _ in range(2)]
    await save(stores[0], Changes(channels=[CHANNELS[0], CHANNELS[1]._replace(group=8, own=8)]))
    rows = [SettingsRow(group, "", "") for group in (GROUP_ID, 8)]

    await asyncio.gather(
        *(save(store, Changes(settings=rows[:: 1 - 2 * (at % 2)])) for store in stores for at in range(20))
    )

    connection = await asyncpg.connect(schema_database)
    query = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
    assert await connection.fetchval(query) == 0
    await connection.close()
    for store in stores:
        await store.close()


_MANY = """
INSERT INTO rounds (id, channel_id, group_id, platform, external_id, version, open, started_at, body)
SELECT 'r' || n, CASE WHEN n % 100 = 0 THEN $1::bigint ELSE $2 END, $3, 'web', 'hall', 1, false, n, '{}'
FROM generate_series(1, 5000) AS n
"""
_ANSWERED = """
INSERT INTO attempts
SELECT 'r' || n || '.0', 'r' || n, $1, 1, $2, 'pack/i' || n % 300, '1.1', n, 500, 0.5, 0, '{}'
FROM generate_series(1, 5000) AS n
"""


async def test_shares_read_the_rounds_of_one_channel_and_their_attempts(schema_database: str) -> None:
    """By the indexes that were there already, and nothing of other channels."""
    store = await PostgresStore.open(schema_database)
    await save(store, study())
    hall, yard = CHANNELS
    async with store._connections._pool.acquire() as connection:
        await connection.execute(_MANY, hall.id, yard.id, GROUP_ID)
        await connection.execute(_ANSWERED, GROUP_ID, ANN_ID)
        await connection.execute("ANALYZE")
        await connection.execute(f"PREPARE credits AS {texts()['credits_of_channels'].text}")
        text = f"EXPLAIN (ANALYZE, TIMING OFF) EXECUTE credits ('{{{hall.id}}}')"
        plan = "\n".join(line for (line,) in await connection.fetch(text))
        await connection.execute("DEALLOCATE credits")

    assert [name for name in ("rounds_of_channel", "attempts_of_round") if name not in plan] == []
    assert "Seq Scan" not in plan
    found = await snapshot(store, ask()._replace(shares=True))
    assert found.shares == {HALL: {"pack/i0": 0.5, "pack/i100": 0.5, "pack/i200": 0.5}}
    await store.close()
