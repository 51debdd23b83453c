"""Kahoot's sheets: read as others write it, and written so that it comes back."""

from hypothesis import given, settings

from bot.core.packs import Pack
from bot.packs.formats import kahoot
from bot.packs.importing.recognising import recognised
from bot.packs.importing.sources import SourceFile
from tests.packs.any_packs import packs
from tests.packs.formats.exchange_checks import comes_back
from tests.packs.formats.study_packs import a_pack


def test_a_pack_comes_back_and_its_files_are_recognised() -> None:
    """Each kind is held or named among what is left out."""
    exported = kahoot.write(a_pack())

    comes_back(a_pack(), exported, kahoot.read, named=False, lines=False)
    for name, data in exported.files.items():
        found = recognised(SourceFile(name, data))
        assert found is not None
        assert found.NAME == kahoot.NAME


def test_the_same_pack_gives_the_same_bytes() -> None:
    """Nothing in a file tells when it was written."""
    assert kahoot.write(a_pack()) == kahoot.write(a_pack())


@settings(max_examples=25, deadline=None)
@given(packs())
def test_any_pack_comes_back(pack: Pack) -> None:
    """Whatever signs its texts hold."""
    comes_back(pack, kahoot.write(pack), kahoot.read, named=False, lines=False)
