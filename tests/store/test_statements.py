"""Statements are read by name, and a name is one statement."""

from pathlib import Path

import pytest

from bot.store.sql.statements import SHARED, statements

HERE = Path(SHARED).parent
TWICE = "-- name: first(id)^\nSELECT 1 WHERE :id;\n"


def test_a_later_folder_replaces_what_an_earlier_one_says(tmp_path: Path) -> None:
    """A dialect may say something in its own words."""
    for folder, number in (("shared", 1), ("own", 2)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "some.sql").write_text(f"-- name: first()^\nSELECT {number};\n")

    assert statements("sqlite3", tmp_path / "shared", tmp_path / "own")["first"].text == "SELECT 2;"


def test_a_name_twice_in_one_folder_is_an_error(tmp_path: Path) -> None:
    """Whoever called the first would silently be answered by the second."""
    for name in ("some.sql", "more.sql"):
        (tmp_path / name).write_text(TWICE)

    with pytest.raises(ValueError, match="twice there: first"):
        statements("sqlite3", tmp_path)


@pytest.mark.parametrize("dialect, driver", [("sqlite", "sqlite3"), ("postgres", "asyncpg")])
def test_every_store_reads_its_statements(dialect: str, driver: str) -> None:
    """None of ours stands twice."""
    assert statements(driver, SHARED, HERE / dialect / "queries")
