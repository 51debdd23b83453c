"""What flags and the ids of messages cost on SQLite: their rows are found by keys, in an index's order."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite.connections import bare
from bot.store.sqlite.stores import prepare
from bot.store.sqlite.texts import texts


@pytest.fixture
def prepared(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with its schema."""
    prepare(tmp_path / "study.db")
    with closing(bare(tmp_path / "study.db", writes=True)) as connection:
        yield connection


class _Anything(dict[str, int]):
    """A value for every name."""

    def __missing__(self, name: str) -> int:
        return 1


def plan(connection: sqlite3.Connection, name: str) -> list[str]:
    """Return the steps of a statement's plan."""
    return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {texts()[name]}", _Anything())]


@pytest.mark.parametrize("name", ["flags_of_group", "flag_of_account", "round_asked_last", "outbox_key_of"])
def test_no_statement_reads_a_table_through_or_sorts_what_it_found(
    prepared: sqlite3.Connection, name: str
) -> None:
    """Whatever there is beside what it asks for. Flags of several groups have to be put in order."""
    steps = plan(prepared, name)

    sorts = [step for step in steps if "TEMP B-TREE" in step]
    assert [step for step in steps if step.startswith("SCAN")] == []
    assert sorts == (["USE TEMP B-TREE FOR ORDER BY"] if name == "flags_of_group" else [])


def test_a_message_that_is_forgotten_takes_its_ids_along(prepared: sqlite3.Connection) -> None:
    """They are found by an index, so that a purge reads no table through."""
    rows = prepared.execute("EXPLAIN QUERY PLAN DELETE FROM outbox_refs WHERE seq = 1").fetchall()

    assert [row[3] for row in rows] == [
        "SEARCH outbox_refs USING COVERING INDEX outbox_refs_of_message (seq=?)"
    ]
