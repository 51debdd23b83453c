"""Exports: each format by its name, with everything named that is not in it, and nothing overwritten."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.errors import ContentError
from bot.core.packs import Pack
from bot.packs.exporting import PACK, export, export_folder, formats, only
from bot.packs.importing.held import Options
from bot.packs.importing.running import run
from bot.packs.importing.sources import SourceFile
from bot.wording.menu import EXPORT_FORMATS
from tests.packs.samples import TODAY, check, good_pack


def sample(tmp_path: Path) -> Pack:
    """Return the good pack."""
    pack = check(good_pack(tmp_path)).pack
    assert pack is not None
    return pack


def test_the_packs_own_format_comes_back_equal_under_any_id(tmp_path: Path) -> None:
    """Lossless, and deterministic: the same pack gives the same bytes."""
    pack = sample(tmp_path)
    files = export(pack, PACK).files
    assert files == export(pack, PACK).files

    back = run([SourceFile("climbing.zip", files["climbing.zip"])], None, Options("climbing", TODAY))

    assert back.pack == pack
    assert back.report.files[0].format == "pack"


def test_every_format_is_written_or_names_what_it_does_not_hold(tmp_path: Path) -> None:
    """No writer fails on a pack with an item of every kind."""
    pack = sample(tmp_path)

    for name in formats():
        exported = export(pack, name)
        assert exported.files or exported.left_out, name
        assert all(one.id and one.what and one.why for one in exported.left_out), name


def test_what_is_switched_off_goes_into_the_packs_own_format_only(tmp_path: Path) -> None:
    """Nobody takes a question elsewhere that a person still has to decide about."""
    pack = sample(tmp_path)
    deck = pack.decks[0]
    off = replace(deck.items[0], off="Two are marked.")
    doubtful = replace(pack, decks=(replace(deck, items=(off, *deck.items[1:])),))
    other = next(name for name in formats() if name != PACK)

    assert any("Two are marked." in one.why for one in export(doubtful, other).left_out)
    assert export(doubtful, PACK).left_out == ()


def test_one_deck_is_exported_alone(tmp_path: Path) -> None:
    """By its id; another is refused with those that there are."""
    pack = sample(tmp_path)

    assert [deck.id for deck in only(pack, ["ropes"]).decks] == ["climbing/ropes"]
    with pytest.raises(ContentError, match="no deck hooks; choose from ropes"):
        only(pack, ["hooks"])


def test_an_unknown_format_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    """The names are those of the reports."""
    with pytest.raises(ContentError, match="There is no format word to export to; choose from pack"):
        export(sample(tmp_path), "word")


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    """An export is often aimed at the wrong place."""
    folder = good_pack(tmp_path)
    target = tmp_path / "out.zip"
    target.write_bytes(b"mine")

    with pytest.raises(ContentError, match="is there already"):
        export_folder(folder, PACK, (), target, TODAY, force=False)
    assert target.read_bytes() == b"mine"

    report = export_folder(folder, PACK, (), target, TODAY, force=True)
    assert report.files == (str(target),)


def test_a_folder_goes_out_whole(tmp_path: Path) -> None:
    """With its reviews and pictures, without hidden files."""
    folder = good_pack(tmp_path)
    (folder / "assets").mkdir()
    (folder / "assets/knot.png").write_bytes(b"\x89PNG")
    (folder / ".hidden").write_bytes(b"")

    export_folder(folder, PACK, (), tmp_path / "out.zip", TODAY, force=False)

    with zipfile.ZipFile(io.BytesIO((tmp_path / "out.zip").read_bytes())) as archive:
        names = archive.namelist()
    assert names == ["climbing/assets/knot.png", "climbing/decks/ropes.yaml", "climbing/pack.yaml"]
    back = run([SourceFile("o.zip", (tmp_path / "out.zip").read_bytes())], None, Options("new", TODAY))
    assert back.others == {"assets/knot.png": b"\x89PNG"}


def test_the_chat_offers_every_format_and_no_other() -> None:
    """Whoever asks for one in a chat gets it."""
    assert sorted(EXPORT_FORMATS) == sorted(formats())
