"""Moodle's XML: read as others write it, and written so that it comes back."""

from hypothesis import given, settings

from bot.core.packs import Pack
from bot.packs.formats import moodle_xml
from bot.packs.importing.recognising import recognised
from bot.packs.importing.sources import SourceFile
from tests.packs.any_packs import packs
from tests.packs.formats.exchange_checks import comes_back
from tests.packs.formats.study_packs import a_pack


def test_a_pack_comes_back_and_its_files_are_recognised() -> None:
    """Each kind is held or named among what is left out."""
    exported = moodle_xml.write(a_pack())

    comes_back(a_pack(), exported, moodle_xml.read, lines=False)
    for name, data in exported.files.items():
        found = recognised(SourceFile(name, data))
        assert found is not None
        assert found.NAME == moodle_xml.NAME


def test_the_same_pack_gives_the_same_bytes() -> None:
    """Nothing in a file tells when it was written."""
    assert moodle_xml.write(a_pack()) == moodle_xml.write(a_pack())


@settings(max_examples=25, deadline=None)
@given(packs())
def test_any_pack_comes_back(pack: Pack) -> None:
    """Whatever signs its texts hold."""
    comes_back(pack, moodle_xml.write(pack), moodle_xml.read, lines=False)


def test_entities_and_broken_files_are_refused() -> None:
    """Nothing of them is opened."""
    bomb = b'<?xml version="1.0"?><!DOCTYPE quiz [<!ENTITY a "b">]><quiz><question/></quiz>'

    for data in (bomb, b"<quiz><question>"):
        harvest = moodle_xml.read(SourceFile("a.xml", data))
        assert [one.fault.value for one in harvest.problems] == ["broken-file"]


def test_html_and_embedded_answers_are_read() -> None:
    """A blank in the text, and a kind that is not known."""
    harvest = moodle_xml.read(
        SourceFile(
            "a.xml",
            b'<quiz><question type="cloze"><questiontext format="html"><text><![CDATA[<p>A <b>knot</b> is '
            b'{1:SA:=tied~%50%bent}.</p>]]></text></questiontext></question><question type="drag"/></quiz>',
        )
    )

    assert harvest.questions[0].prompt == "A **knot** is ___."
    assert [one.fault.value for one in harvest.problems] == ["not-supported"]
