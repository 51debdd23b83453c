"""What it costs on SQLite to see what goes on in a group: a few rows of indexes, however much has ended."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite.connections import bare
from bot.store.sqlite.stores import prepare
from bot.store.sqlite.texts import texts


class _Anything(dict[str, int]):
    """A value for every name."""

    def __missing__(self, name: str) -> int:
        return 1


def plan(path: Path, name: str) -> list[str]:
    """Return the steps of a statement's plan."""
    prepare(path)
    with closing(bare(path, writes=True)) as connection:
        rows: list[sqlite3.Row] = connection.execute(
            f"EXPLAIN QUERY PLAN {texts()[name]}", _Anything()
        ).fetchall()
    return [row[3] for row in rows]


@pytest.mark.parametrize("name", ["rounds_playing", "schedules_of_group"])
def test_no_table_is_read_through(tmp_path: Path, name: str) -> None:
    """Whatever there is beside what is asked for."""
    read = [step for step in plan(tmp_path / "study.db", name) if step.startswith("SCAN")]

    assert read == []


def test_rounds_that_have_ended_are_not_read(tmp_path: Path) -> None:
    """Of each channel of the group the one that is open is found by an index that has no other."""
    steps = plan(tmp_path / "study.db", "rounds_playing")

    assert [step for step in steps if "rounds_open" in step] != []
