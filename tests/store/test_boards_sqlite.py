"""What boards on SQLite cost: their rows are found by keys and read in the order of an index."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.store.sqlite.connections import bare
from bot.store.sqlite.stores import prepare
from bot.store.sqlite.texts import texts

LISTS = [
    f"board_{which}_{measure}" for which in ("rows", "over", "under") for measure in ("points", "accuracy")
]
TABLES = ("boards", "totals", "board_counts", "hiding", "learners", "attempts", "participants")


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


@pytest.mark.parametrize(
    "name",
    [
        *LISTS,
        *("board_part", "board_all", "board_small", "board_pairs", "board_by_key"),
        *(
            "total_add",
            "total_save",
            "totals_held",
            "count_add",
            "counts_sum",
            "counts_between",
            "counts_above",
        ),
        *("hiding_of", "hiding_add", "hiding_drop"),
    ],
)
def test_no_statement_on_boards_reads_a_table_through(prepared: sqlite3.Connection, name: str) -> None:
    """Whatever there is beside what it asks for."""
    assert [step for step in plan(prepared, name) if re.match(rf"SCAN ({'|'.join(TABLES)})\b", step)] == []


@pytest.mark.parametrize("name", LISTS)
def test_lists_are_read_in_the_order_of_their_index(prepared: sqlite3.Connection, name: str) -> None:
    """As many rows as are wanted and no more; only those few are sorted again, when they have their names."""
    index = f"totals_by_{name.rpartition('_')[2]}"
    steps = plan(prepared, name)

    assert [step for step in steps if " totals " in step and index not in step] == []
    assert [at for at, step in enumerate(steps) if "TEMP B-TREE" in step] == [len(steps) - 1]


def test_who_hides_is_looked_for_on_grown_boards_only(prepared: sqlite3.Connection) -> None:
    """Those are few; on a small board whoever looks leaves out who hides."""
    assert plan(prepared, "totals_grown") == [
        "SCAN boards USING INDEX boards_grown",
        "SEARCH totals USING PRIMARY KEY (board_id=? AND learner_id=?)",
    ]


def test_repeats_are_found_by_item_and_learner(prepared: sqlite3.Connection) -> None:
    """However much the group has answered within the week."""
    steps = plan(prepared, "round_repeats")

    assert (
        "SEARCH attempts USING INDEX attempts_at_item (group_id=? AND item=? AND learner_id=? AND at>?)"
        in steps
    )
