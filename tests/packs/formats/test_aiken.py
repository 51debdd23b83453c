"""Aiken: read as others write it, and written so that it comes back."""

from hypothesis import given, settings

from bot.core.packs import Pack
from bot.packs.formats import aiken
from bot.packs.importing.recognising import recognised
from bot.packs.importing.sources import SourceFile
from tests.packs.any_packs import packs
from tests.packs.formats.exchange_checks import comes_back, gathered
from tests.packs.formats.study_packs import a_pack


def test_a_pack_comes_back_and_its_files_are_recognised() -> None:
    """Each kind is held or named among what is left out."""
    exported = aiken.write(a_pack())

    comes_back(a_pack(), exported, aiken.read, named=False)
    for name, data in exported.files.items():
        found = recognised(SourceFile(name, data))
        assert found is not None
        assert found.NAME == aiken.NAME


def test_the_same_pack_gives_the_same_bytes() -> None:
    """Nothing in a file tells when it was written."""
    assert aiken.write(a_pack()) == aiken.write(a_pack())


@settings(max_examples=25, deadline=None)
@given(packs())
def test_any_pack_comes_back(pack: Pack) -> None:
    """Whatever signs its texts hold."""
    comes_back(pack, aiken.write(pack), aiken.read, named=False)


def test_what_is_wrong_is_told_by_its_line() -> None:
    """An answer without its option, and a question without an answer."""
    harvest = gathered(aiken.read, b"One?\nA. a\nB) b\nANSWER: C\n\nTwo?\nA. a\nB. b\n\nalone\n")

    assert [(one.fault.value, one.line) for one in harvest.problems] == [
        ("bad-key", 4),
        ("no-key", 8),
        ("too-few-options", 10),
    ]
    assert all(one.off for one in harvest.questions)
