"""A pack's folder is written whole or not at all, and what did not change stays byte by byte."""

import shutil
from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.packs.importing.held import Options
from bot.packs.importing.saving import held_in, import_into
from tests.packs.importing.test_identity import BEND, LOOP, page
from tests.packs.samples import TODAY, good_pack

OPTIONS = Options("climbing", TODAY)


def silent(_done: int, _every: int, _path: str) -> None:
    """Show no progress."""


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file under *folder*."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def bring(folder: Path, *blocks: str, dry: bool = False) -> tuple[str, ...]:
    """Import a page of *blocks*; return the names of the files that changed."""
    source = folder.parent / "knots.md"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_bytes(page(*blocks).data)
    return import_into(folder, [source], OPTIONS, silent, dry=dry)[1]


def test_importing_again_touches_no_file(tmp_path: Path) -> None:
    """Not even its time of change, so that nothing is loaded again."""
    folder = tmp_path / "climbing"
    bring(folder, LOOP, BEND)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}

    assert bring(folder, LOOP, BEND) == ()
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    """Neither a new pack nor into one that is there."""
    folder = good_pack(tmp_path)
    before = contents(folder)

    assert bring(folder, LOOP, dry=True) == ()
    assert bring(tmp_path / "new", LOOP, dry=True) == ()
    assert contents(folder) == before
    assert not (tmp_path / "new").exists()


def test_other_files_and_the_comments_of_other_decks_stay(tmp_path: Path) -> None:
    """An import into a pack that was written by hand adds to it."""
    folder = good_pack(tmp_path)
    deck = folder / "decks/ropes.yaml"
    deck.write_text("# by hand\n" + deck.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "REVIEW.md").write_text("Read blind.", encoding="utf-8")
    before = contents(folder)

    bring(folder, BEND)

    assert before.items() <= contents(folder).items()
    assert sorted(contents(folder).keys() - before.keys()) == ["decks/knots.yaml", "imports.yaml"]


def test_a_pack_with_errors_is_not_imported_into(tmp_path: Path) -> None:
    """What is broken is mended first, since half of it could not be read."""
    folder = good_pack(tmp_path)
    (folder / "decks/ropes.yaml").write_text("nonsense", encoding="utf-8")
    before = contents(folder)

    with pytest.raises(ContentError, match="studyhall content check"):
        bring(folder, LOOP)
    assert contents(folder) == before


def test_what_a_killed_import_left_is_put_right(tmp_path: Path) -> None:
    """Killed before the names changed, or between the two changes where the system needs two."""
    folder = good_pack(tmp_path)
    before = contents(folder)
    shutil.copytree(folder, tmp_path / ".importing-climbing")
    assert held_in(folder, TODAY) is not None
    assert not (tmp_path / ".importing-climbing").exists()

    folder.rename(tmp_path / ".replaced-climbing")
    shutil.copytree(tmp_path / ".replaced-climbing", tmp_path / ".importing-climbing")
    assert held_in(folder, TODAY) is not None
    assert contents(folder) == before
    assert [path.name for path in tmp_path.iterdir()] == ["climbing"]


@pytest.mark.parametrize("name", ["Has Spaces", "UPPER", "a--b", "-"])
def test_a_folder_that_cannot_be_a_pack_is_refused(tmp_path: Path, name: str) -> None:
    """The name of the folder is the pack's id."""
    with pytest.raises(ContentError, match="cannot be a pack's id"):
        bring(tmp_path / name, LOOP)


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Somebody named their home by mistake."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home/letter.txt").write_text("Dear", encoding="utf-8")

    with pytest.raises(ContentError, match=r"has no pack\.yaml"):
        bring(tmp_path / "home", LOOP)
    assert (tmp_path / "home/letter.txt").read_text(encoding="utf-8") == "Dear"


def test_a_broken_record_of_imports_is_told(tmp_path: Path) -> None:
    """It is the program's own file, and may be deleted."""
    folder = tmp_path / "climbing"
    bring(folder, LOOP)
    (folder / "imports.yaml").write_text("format: 2\nsources: []\n", encoding="utf-8")

    with pytest.raises(ContentError, match="Mend or delete the file"):
        bring(folder, LOOP)
    (folder / "imports.yaml").unlink()
    assert bring(folder, LOOP) == ("imports.yaml",)
