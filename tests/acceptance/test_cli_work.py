"""The commands that work on a database, on packs and on simulations."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance.commands import BROKEN, GOOD, studyhall
from tests.acceptance.program import write_pack

# ------------------------------------------------------------------------------------------------- database


def test_a_database_may_be_upgraded_twice(tmp_path: Path) -> None:
    """The second time there is nothing to do."""
    first, second = studyhall(tmp_path, "db", "upgrade"), studyhall(tmp_path, "db", "upgrade")

    assert (first.code, second.code) == (0, 0), first.err + second.err
    assert (tmp_path / "studyhall.db").is_file()


@pytest.mark.parametrize("command", [("db", "upgrade"), ("run", "--no-open")], ids=" ".join)
def test_a_database_that_cannot_be_opened_is_told_in_one_sentence(
    tmp_path: Path, command: tuple[str, ...]
) -> None:
    """A folder that is not there; nothing is made in its place."""
    done = studyhall(tmp_path, *command, STUDYHALL_DATABASE_URL="sqlite:///no/such/folder/hall.db")

    assert "make its folder, and let this user write there" in done.sentence
    assert done.code == 1
    assert not (tmp_path / "no").exists()


def test_a_database_that_may_not_be_written_is_told_in_one_sentence(tmp_path: Path) -> None:
    """A folder stands where the file should be, which not even root can write."""
    (tmp_path / "studyhall.db").mkdir()

    done = studyhall(tmp_path, "db", "upgrade")

    assert "studyhall.db cannot be opened" in done.sentence
    assert done.code == 1


def test_a_file_that_is_no_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    """And it is left as it was."""
    (tmp_path / "studyhall.db").write_text("This is my diary, and no database.\n" * 40)

    done = studyhall(tmp_path, "run", "--no-open", STUDYHALL_WEB__PORT="0")

    assert "studyhall.db is not an SQLite database: set another database_url" in done.err
    assert "Traceback" not in done.err
    assert done.code == 1
    assert (tmp_path / "studyhall.db").read_text().startswith("This is my diary")


def test_a_newer_database_is_told_in_one_sentence(tmp_path: Path) -> None:
    """A later version was here before: this one does not touch its tables."""
    studyhall(tmp_path, "db", "upgrade")
    with closing(sqlite3.connect(tmp_path / "studyhall.db")) as connection, connection:
        connection.execute("INSERT INTO schema_migrations VALUES (9999, 'later', 'x', 0)")

    done = studyhall(tmp_path, "db", "upgrade")

    assert "newer" in done.sentence
    assert done.code == 1


# -------------------------------------------------------------------------------------------------- content


def test_a_good_pack_passes(tmp_path: Path) -> None:
    """With its counts, for people and for machines."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    told = studyhall(tmp_path, "content", "check", "packs")
    as_json = studyhall(tmp_path, "content", "check", "packs/tea", "--json")

    assert (told.code, as_json.code) == (0, 0), told.out
    assert "Tea: 1 deck, 1 item, 0 errors, 0 warnings, served" in told.out
    assert json.loads(as_json.out)["packs"][0]["items"] == 1


def test_a_broken_pack_is_told_with_file_line_item_and_mend(tmp_path: Path) -> None:
    """So that an author knows where to go and what to write there."""
    write_pack(tmp_path / "packs", "tea", BROKEN)
    told = studyhall(tmp_path, "content", "check", "packs")
    as_json = json.loads(studyhall(tmp_path, "content", "check", "packs", "--json").out)
    (problem,) = as_json["problems"]

    assert told.code == 1
    assert "green.yaml:8: water [" in told.out or "green.yaml:8: water unknown-topic" in told.out
    assert problem["mend"] in told.out
    assert (problem["line"], problem["item"]) == (8, "water")
    assert "not served" in told.out


def test_a_folder_of_packs_that_is_not_there_is_told(tmp_path: Path) -> None:
    """By name, with exit code 1."""
    done = studyhall(tmp_path, "content", "check", "no/packs")

    assert "no/packs" in done.out
    assert "Traceback" not in done.out + done.err
    assert done.code == 1


def test_the_figures_of_packs_are_told_for_people_and_for_machines(tmp_path: Path) -> None:
    """Kinds, topics and keys."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    told = studyhall(tmp_path, "content", "stats", "packs")
    as_json = json.loads(studyhall(tmp_path, "content", "stats", "packs", "--json").out)

    assert told.code == 0
    assert "Tea 1\n" in told.out
    assert " green " in told.out
    assert as_json["packs"][0]["id"] == "tea"


# ------------------------------------------------------------------------------------------- examinations


def test_the_set_up_is_examined_for_people_and_for_machines(tmp_path: Path) -> None:
    """What is fine and what is not, with what to do next; nothing is made on the way."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    (tmp_path / "empty").mkdir()
    told = studyhall(tmp_path, "doctor", STUDYHALL_CONTENT="packs")
    as_json = studyhall(tmp_path, "doctor", "--json", STUDYHALL_CONTENT="packs")
    wrong = studyhall(tmp_path, "doctor", STUDYHALL_CONTENT="empty")

    assert (told.code, as_json.code, wrong.code) == (0, 0, 1), told.out + told.err
    assert "Decks that can be played: 1." in told.out
    assert [one["about"] for one in json.loads(as_json.out)] == ["Database", "Packs"]
    assert "studyhall content check" in wrong.out
    assert not (tmp_path / "studyhall.db").exists()


# ----------------------------------------------------------------------------------------------- simulations


def test_a_simulation_tells_its_figures(tmp_path: Path) -> None:
    """For people and for machines, the same from the same seed, with the transcript beside them."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    args = ("simulate", "--rounds", "3", "--players", "2", "--seed", "x", "--transcript", "seen.txt")
    told = studyhall(tmp_path, *args, STUDYHALL_CONTENT="packs")
    as_json = studyhall(tmp_path, *args, "--json", STUDYHALL_CONTENT="packs")
    report = json.loads(as_json.out)

    assert (told.code, as_json.code) == (0, 0), told.out + told.err
    assert report["faults"] == []
    assert report["figures"]["rounds"] >= 3
    assert f"transcript: {report['digest']}\n" in told.out
    assert "Every acknowledged answer counted" in told.out
    assert "Green tea wants cooler water" in (tmp_path / "seen.txt").read_text(encoding="utf-8")


def test_a_simulation_of_nothing_is_told_in_one_sentence(tmp_path: Path) -> None:
    """Without packs there are no rounds."""
    done = studyhall(tmp_path, "simulate", "--rounds", "1", STUDYHALL_CONTENT="nowhere")

    assert "There is nothing to play in nowhere" in done.sentence
    assert done.code == 1
