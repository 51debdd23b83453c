"""Files that no pack may hold, and files that nobody reads, are told; nothing outside a pack is ever read."""

import os
from pathlib import Path

import pytest

from bot.packs.folders import LARGEST
from bot.packs.problems import Code, Problem, Severity
from tests.packs.samples import BLUEPRINT, PACK, check, edited, good_pack, write


def only(folder: Path) -> Problem:
    """Return the one problem of the pack in *folder*."""
    problems = check(folder).problems
    assert len(problems) == 1, problems
    return problems[0]


def test_a_folder_without_a_manifest_is_told(tmp_path: Path) -> None:
    """The decks of such a folder belong to nothing."""
    folder = good_pack(tmp_path)
    (folder / "pack.yaml").unlink()

    problem = only(folder)

    assert (problem.code, problem.file, problem.line) == ("missing-file", f"{folder}/pack.yaml", 1)
    assert "pack.yaml" in problem.mend


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A mistyped name does not end in a traceback."""
    problem = only(tmp_path / "nowhere")

    assert problem.code == "unreadable"
    assert "No such file" in problem.message


@pytest.mark.parametrize(
    "data, line, says",
    [
        ("format: 1\ntitle: Caf\xe9\n".encode("latin-1"), 2, "another encoding"),
        ("format: 1\n".encode("utf-16"), 1, "UTF-16"),
        (b"format: 1\n\n\x80\n", 3, "another encoding"),
    ],
)
def test_a_file_in_another_encoding_is_told_with_its_first_bad_line(
    data: bytes, line: int, says: str, tmp_path: Path
) -> None:
    """Guessing the encoding would put wrong letters before learners."""
    folder = good_pack(tmp_path)
    write(folder, decks__ropes=data)

    problem = only(folder)

    assert (problem.code, problem.line) == ("encoding", line)
    assert says in problem.message
    assert "UTF-8" in problem.mend


def test_a_file_over_the_limit_is_not_read(tmp_path: Path) -> None:
    """The limit is told in the message."""
    folder = good_pack(tmp_path)
    write(folder, decks__ropes=b"# " + b"x" * LARGEST)

    problem = only(folder)

    assert (problem.code, problem.line) == ("too-large", 1)
    assert "5,000,000" in problem.message
    assert "Split" in problem.mend


@pytest.mark.parametrize("name", ["decks/secrets.yaml", "assets/picture.png", "pack.yaml"])
def test_a_link_that_leaves_the_pack_is_refused(name: str, tmp_path: Path) -> None:
    """A pack from a stranger must not show what else is on the machine."""
    folder = good_pack(tmp_path)
    (tmp_path / "secrets.yaml").write_text("format: 1\nid: secrets\n")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secrets.yaml")

    problem = only(folder)

    assert (problem.code, problem.file) == ("outside-pack", f"{folder}/{name}")
    assert "Copy" in problem.mend
    assert check(folder).pack is None


def test_a_linked_folder_that_leaves_the_pack_is_refused(tmp_path: Path) -> None:
    """Neither is a whole folder read through a link."""
    folder = good_pack(tmp_path)
    (tmp_path / "elsewhere").mkdir()
    (folder / "notes").symlink_to(tmp_path / "elsewhere")

    assert only(folder).code == "outside-pack"


def test_links_inside_a_pack_are_followed(tmp_path: Path) -> None:
    """Orchestrators mount a folder of files as links into a hidden folder beside them."""
    folder = good_pack(tmp_path)
    (folder / "..data").mkdir()
    (folder / "decks").rename(folder / "..data/decks")
    (folder / "decks").symlink_to("..data/decks")
    (folder / "pack.yaml").rename(folder / "..data/pack.yaml")
    (folder / "pack.yaml").symlink_to("..data/pack.yaml")

    checked = check(folder)

    assert checked.problems == ()
    assert checked.pack is not None
    assert len(checked.pack.decks) == 1


def test_a_pipe_in_the_place_of_a_deck_does_not_hang_the_check(tmp_path: Path) -> None:
    """Only ordinary files are opened."""
    folder = good_pack(tmp_path)
    os.mkfifo(folder / "decks/pipe.yaml")

    problem = only(folder)

    assert (problem.code, problem.file) == ("unreadable", f"{folder}/decks/pipe.yaml")


def test_a_broken_link_is_told(tmp_path: Path) -> None:
    """The file that it leads to is not there."""
    folder = good_pack(tmp_path)
    (folder / "decks/gone.yaml").symlink_to("nowhere.yaml")

    problem = only(folder)

    assert (problem.code, problem.file) == ("unreadable", f"{folder}/decks/gone.yaml")


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    """Following it would never end."""
    folder = good_pack(tmp_path)
    (folder / "decks/loop.yaml").symlink_to("loop.yaml")

    problem = only(folder)

    assert (problem.code, problem.file) == ("unreadable", f"{folder}/decks/loop.yaml")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    """The system's own words are in the message."""
    folder = good_pack(tmp_path)
    (folder / "decks/ropes.yaml").chmod(0)

    problem = only(folder)

    assert problem.code == "unreadable"
    assert "Permission" in problem.message


@pytest.mark.parametrize(
    "name", ["decks/more.yml", "decks/notes.txt", "deck/ropes.yaml", "decks/old/ropes.yaml"]
)
def test_a_file_that_nobody_reads_is_a_warning(name: str, tmp_path: Path) -> None:
    """A deck in the wrong place would otherwise be missed in silence."""
    folder = good_pack(tmp_path)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text("format: 1\n")

    problem = only(folder)

    assert (problem.code, problem.file) == ("stray-file", f"{folder}/{name}")
    assert problem.severity is Severity.WARNING
    assert check(folder).pack is not None


def test_a_name_that_is_no_text_can_be_printed(tmp_path: Path) -> None:
    """A file name may be any bytes; a report is text."""
    folder = good_pack(tmp_path)
    try:
        (folder / os.fsdecode(b"decks/\xff.txt")).write_text("")
    except OSError:
        pytest.skip("this file system takes only names that are text")

    assert "\ufffd" in only(folder).file.encode().decode()


def test_a_pack_without_decks_is_a_warning(tmp_path: Path) -> None:
    """A pack may begin with its manifest."""
    write(tmp_path / "climbing", pack=PACK)

    problem = only(tmp_path / "climbing")

    assert (problem.code, problem.severity) == ("no-decks", Severity.WARNING)


def test_a_blueprint_past_its_end_is_a_warning_where_it_is_named(tmp_path: Path) -> None:
    """The exam has changed; the pack is served all the same."""
    folder = tmp_path / "climbing"
    write(folder, pack=edited(PACK, PACK[PACK.index("topics:") :], "blueprint: exam1\n"))
    old = edited(edited(BLUEPRINT, "id: exam-1", "id: exam1"), "2028-12-31", "2026-10-01")
    write(folder, blueprints__exam1=old)

    problems = {problem.code: problem for problem in check(folder).problems}

    assert set(problems) == {Code.OUT_OF_DATE, Code.NO_DECKS}
    named = problems[Code.OUT_OF_DATE]
    assert (named.file, named.line) == (f"{folder}/pack.yaml", 8)


def test_a_pack_given_as_the_working_folder_has_that_folder_s_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An author checks the pack they stand in."""
    monkeypatch.chdir(good_pack(tmp_path))

    assert check(Path()).problems == ()
