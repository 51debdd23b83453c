"""Groups on SQLite: those of earlier versions, and what it costs to know how well items were answered."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.groups import GroupSettings
from bot.engine.codec import settings_of
from bot.records import Changes, SettingsRow
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.connections import bare
from bot.store.sqlite.migrating import known, migrate
from bot.store.sqlite.texts import texts
from tests.contracts.stores import CHANNELS, GROUP_ID, HALL, HALL_ID, ask, save, snapshot


@pytest.mark.parametrize("version", range(1, 5))
async def test_a_group_of_an_earlier_version_has_no_settings_until_it_chooses(
    tmp_path: Path, version: int
) -> None:
    """It keeps its channels, and what stood there before counts for nothing."""
    path = tmp_path / "study.db"
    with closing(bare(path, writes=True)) as connection:
        migrate(connection, known()[:version])
        connection.execute("INSERT INTO groups (id) VALUES (?)", (GROUP_ID,))
        connection.execute("INSERT INTO channels VALUES (?, ?)", (HALL_ID, GROUP_ID))
        connection.execute("INSERT INTO places VALUES (?, ?, ?)", (*HALL, HALL_ID))

    store = await SqliteStore.open(path)
    before = await snapshot(store, ask())
    await save(store, Changes(settings=[SettingsRow(GROUP_ID, "", "{}")]))
    after = await snapshot(store, ask())
    await store.close()

    assert before.channels == {HALL: CHANNELS[0]}
    assert after.channels == {HALL: CHANNELS[0]._replace(settings="{}")}
    with closing(bare(path, writes=False)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "a \"quoted\"; 'ünï' 😀"])
async def test_a_zone_of_an_earlier_version_is_among_the_settings(tmp_path: Path, zone: str) -> None:
    """As settings are read today; a group without one has no settings."""
    path = tmp_path / "study.db"
    with closing(bare(path, writes=True)) as connection:
        migrate(connection, known()[:5])
        connection.executemany("INSERT INTO groups (id, zone) VALUES (?, ?)", [(GROUP_ID, zone), (8, "")])

    store = await SqliteStore.open(path)
    found = await snapshot(store, ask()._replace(group=GROUP_ID), ask()._replace(group=8))
    await store.close()

    assert settings_of(found.settings[GROUP_ID]) == GroupSettings(zone=zone)
    assert found.settings[8] == ""


def test_shares_read_the_rounds_of_one_channel_and_their_attempts() -> None:
    """By the indexes that were there already, and nothing of other channels."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection)
        text = f"EXPLAIN QUERY PLAN {texts()['channel_credits']}"
        plan = [row[3] for row in connection.execute(text, {"channel_id": 1})]

    assert [step for step in plan if step.startswith(("SCAN", "SEARCH"))] == [
        "SEARCH rounds USING COVERING INDEX rounds_of_channel (channel_id=?)",
        "SEARCH attempts USING INDEX attempts_of_round (round_id=?)",
    ]
