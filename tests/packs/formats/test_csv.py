"""Tables: read as others write it, and written so that it comes back."""

from hypothesis import given, settings

from bot.core.packs import Pack
from bot.packs.formats import csv_sheets
from bot.packs.importing.recognising import recognised
from bot.packs.importing.sources import SourceFile
from tests.packs.any_packs import packs
from tests.packs.formats.exchange_checks import comes_back, gathered
from tests.packs.formats.study_packs import a_pack


def test_a_pack_comes_back_and_its_files_are_recognised() -> None:
    """Each kind is held or named among what is left out."""
    exported = csv_sheets.write(a_pack())

    comes_back(a_pack(), exported, csv_sheets.read)
    for name, data in exported.files.items():
        found = recognised(SourceFile(name, data))
        assert found is not None
        assert found.NAME == csv_sheets.NAME


def test_a_table_of_nothing_but_open_questions_is_recognised() -> None:
    """As we write one ourselves: it has neither options nor keys."""
    head = b"id,kind,topic,prompt,point_1,need,explanation\n"

    assert recognised(SourceFile("open.csv", head + b"a,free_text,x,Why?,grip,1,Because.\n")) is not None


def test_the_same_pack_gives_the_same_bytes() -> None:
    """Nothing in a file tells when it was written."""
    assert csv_sheets.write(a_pack()) == csv_sheets.write(a_pack())


@settings(max_examples=25, deadline=None)
@given(packs())
def test_any_pack_comes_back(pack: Pack) -> None:
    """Whatever signs its texts hold."""
    comes_back(pack, csv_sheets.write(pack), csv_sheets.read)


def test_a_plain_table_is_read_and_ragged_rows_are_told() -> None:
    """Semicolons part the columns; a row with too many cells is dropped with its line."""
    harvest = gathered(csv_sheets.read, b"Prompt;Option 1;Option 2;Key\nWhat?;a;'=b;2\nx;a;b;1;5\n")

    assert [(one.text, one.right) for one in harvest.questions[0].options] == [("a", False), ("=b", True)]
    assert [one.line for one in harvest.problems] == [3]


def test_no_cell_begins_like_a_formula() -> None:
    """A spreadsheet would run it."""
    assert csv_sheets.read(SourceFile("a.csv", b"front,back\n'=1+1,'-x\n")).cards[0].front == "=1+1"
