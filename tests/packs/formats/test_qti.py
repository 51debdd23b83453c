"""QTI packages: what is written is valid, other readers read it, and what others write comes in."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from lxml import etree  # type: ignore[import-untyped]
from onyx2moodle.parser import parse_item  # type: ignore[import-untyped]

from bot.core.errors import ContentError
from bot.core.items import BlanksKey, ChoiceKey, Item, Kind, NumberKey, Place
from bot.core.packs import Pack
from bot.packs.formats import qti
from bot.packs.importing.drafts import DraftQuestion, Fault, Harvest, unaccounted
from bot.packs.importing.sources import SourceFile
from bot.packs.loading import load_pack
from tests.packs.any_packs import packs
from tests.packs.formats.study_packs import a_pack, shown

HERE: Final = Path(__file__).parent
CONTENT: Final = HERE.parents[2] / "content"
SCHEMA: Final = etree.RelaxNG(etree.parse(HERE / "qti-item.rng"))
ITEM: Final = """<?xml version="1.0"?>
<q:assessmentItem xmlns:q="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="{id}" title="T"
  adaptive="false" timeDependent="false">{inside}</q:assessmentItem>"""


def written(pack: Pack) -> bytes:
    """Return *pack* as a package."""
    return next(iter(qti.write(pack).files.values()))


def files_of(data: bytes) -> dict[str, bytes]:
    """Return the files of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(**files: str) -> bytes:
    """Return *files*, by their names without the ending, as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name.replace('__', '/')}.xml", text)
    return out.getvalue()


def read(data: bytes, name: str = "pack.zip") -> Harvest:
    """Return what a package holds, every file of it accounted for."""
    harvest = qti.read(SourceFile(name, data))
    assert unaccounted(harvest) == ()
    return harvest


def one(inside: str) -> Harvest:
    """Return what a single item of another tool gives; the prefix of its elements is `q`."""
    return read(ITEM.format(id="x1", inside=inside).encode(), "item.xml")


def by_id(pack: Pack) -> dict[str, Item]:
    """Return the items by their ids inside the pack."""
    return {item.id.partition("/")[2]: item for deck in pack.decks for item in deck.items}


def check_same(draft: DraftQuestion, item: Item) -> None:
    """See that *draft* asks what *item* asks, with the same words and the same key."""
    assert draft.kind is item.kind
    assert shown(draft.prompt) == shown(item.prompt)
    assert shown(draft.explanation) == shown(item.explanation)
    assert shown(draft.scenario) == shown(item.scenario)
    assert [source.url for source in draft.sources] == [source.url for source in item.sources]
    if isinstance(item.key, ChoiceKey):
        told = [(option.id, shown(option.text), shown(option.feedback)) for option in item.options]
        assert sorted((own.id, shown(own.text), shown(own.feedback)) for own in draft.options) == sorted(told)
        assert {own.id for own in draft.options if own.right} == set(item.key.right)
    if isinstance(item.key, BlanksKey | NumberKey):
        kept = item.key if isinstance(item.key, BlanksKey) else draft.key
        assert draft.key == kept


def test_a_pack_comes_back_item_by_item() -> None:
    """Kinds, prompts, options, keys, feedback, explanations, sources, topics and scenarios are the same."""
    pack = a_pack()

    harvest = read(written(pack))

    items = by_id(pack)
    assert (harvest.title, harvest.problems, harvest.dropped) == ("Climbing", (), ())
    assert [draft.id for draft in harvest.questions] == list(items)
    assert {draft.topic for draft in harvest.questions} == set(pack.topics.values())
    for draft in harvest.questions:
        check_same(draft, items[draft.id])
    drafts = {draft.id: draft for draft in harvest.questions}
    assert drafts["number"].key == items["number"].key
    assert [step.text for step in drafts["order"].options] == ["thread", "tie", "follow"]
    assert [right for _, right in drafts["match"].pairs] == ["climb <up>", "brake", "climb <up>"]
    assert drafts["single"].options[-1].place is Place.LAST
    assert drafts["case/part"].case == "case"


def test_what_is_written_is_valid_by_the_grammar_of_what_is_written() -> None:
    """Elements stand in the order of the standard, with its attributes and identifiers."""
    for name, data in files_of(written(a_pack())).items():
        if name.startswith("items/"):
            SCHEMA.assertValid(etree.fromstring(data))


def test_the_manifest_names_every_file_once_and_nothing_else() -> None:
    """So that a tool finds the test and its items."""
    files = files_of(written(a_pack()))
    manifest = etree.fromstring(files["imsmanifest.xml"])

    named = [node.get("href") for node in manifest.iter("{*}file")]
    identifiers = [node.get("identifier") for node in manifest.iter("{*}resource")]

    assert sorted(named) == sorted(set(files) - {"imsmanifest.xml"})
    assert len(set(identifiers)) == len(identifiers)
    assert {node.get("identifierref") for node in manifest.iter("{*}dependency")} <= set(identifiers)


def test_another_reader_of_qti_finds_the_same_choices_and_keys(tmp_path: Path) -> None:
    """The parser of a converter to Moodle sees our options, feedback and correct responses."""
    items = by_id(a_pack())
    for name, data in files_of(written(a_pack())).items():
        own = name.removeprefix("items/").removesuffix(".xml").replace(".", "/")
        if own not in items or not isinstance(items[own].key, ChoiceKey):
            continue
        path = tmp_path / "item.xml"
        path.write_bytes(data)
        seen = parse_item(path)

        key = items[own].key
        assert isinstance(key, ChoiceKey)
        assert seen.response_decls["RESPONSE"].correct_values == list(key.right)
        assert {choice.identifier for choice in seen.interactions[0].choices} == {
            option.id for option in items[own].options
        }


@settings(max_examples=20, deadline=None)
@given(packs())
def test_any_pack_is_valid_and_comes_back(pack: Pack) -> None:
    """Hostile texts neither break a file nor change what is asked."""
    data = written(pack)
    for name, file in files_of(data).items():
        if name.startswith("items/"):
            SCHEMA.assertValid(etree.fromstring(file))
    items = by_id(pack)

    harvest = read(data)

    assert sorted(draft.id for draft in harvest.questions) == sorted(items)
    for draft in harvest.questions:
        check_same(draft, items[draft.id])


@pytest.mark.parametrize("name", ["aws-mle", "night-sky"])
def test_the_packs_that_ship_come_back(name: str) -> None:
    """Every item of ours is the same after the way out and in."""
    pack = load_pack(CONTENT / name, date(2026, 11, 22)).pack
    assert pack is not None
    items = by_id(pack)

    harvest = read(written(pack))

    assert len(harvest.questions) == len(items)
    for draft in harvest.questions:
        check_same(draft, items[draft.id])


def test_an_item_of_another_tool_is_read_whatever_its_prefixes() -> None:
    """Prompt inside of the interaction, feedback beside the options, and points for parts."""
    harvest = one(
        '<q:responseDeclaration identifier="R" cardinality="multiple" baseType="identifier"><q:mapping>'
        '<q:mapEntry mapKey="A" mappedValue="1"/><q:mapEntry mapKey="C" mappedValue="0.5"/>'
        '<q:mapEntry mapKey="B" mappedValue="-1"/></q:mapping></q:responseDeclaration><q:itemBody>'
        '<q:p>See <q:img src="a.png" alt="a knot"/>.</q:p>'
        '<q:choiceInteraction responseIdentifier="R" maxChoices="0">'
        "<q:prompt>Which <q:b>two</q:b>?</q:prompt>"
        '<q:simpleChoice identifier="A">one<q:feedbackInline identifier="A">Yes.'
        '</q:feedbackInline></q:simpleChoice><q:simpleChoice identifier="B">two</q:simpleChoice>'
        '<q:simpleChoice identifier="C" fixed="true">three</q:simpleChoice>'
        "</q:choiceInteraction></q:itemBody>"
    )

    (draft,) = harvest.questions
    assert (draft.kind, draft.prompt) == (Kind.MULTIPLE_RESPONSE, "See a knot.\n\nWhich **two**?")
    assert [(option.text, option.right, option.feedback) for option in draft.options] == [
        ("one", True, "Yes."),
        ("two", False, ""),
        ("three", True, ""),
    ]
    assert draft.options[2].place is Place.LAST
    assert {problem.fault for problem in harvest.problems} == {Fault.PARTIAL_POINTS, Fault.NEEDS_PICTURE}
    assert draft.off == ("It needs a picture that was not imported.",)


def test_a_choice_without_a_right_answer_is_switched_off() -> None:
    """It is kept for a person to decide."""
    harvest = one(
        '<q:responseDeclaration identifier="R" cardinality="single" baseType="identifier"/>'
        "<q:itemBody><q:p>Why?"
        '</q:p><q:choiceInteraction responseIdentifier="R"><q:simpleChoice identifier="A">a</q:simpleChoice>'
        '<q:simpleChoice identifier="B">b</q:simpleChoice></q:choiceInteraction></q:itemBody>'
    )

    assert harvest.questions[0].off == ("No option is marked as right.",)
    assert [problem.fault for problem in harvest.problems] == [Fault.NO_KEY]


def test_what_cannot_be_asked_is_dropped_with_a_reason() -> None:
    """A slider is no question here."""
    harvest = one('<q:itemBody><q:p>Move.</q:p><q:sliderInteraction responseIdentifier="R"/></q:itemBody>')

    assert harvest.questions == ()
    assert "sliderInteraction" in harvest.dropped[0].why
    assert [problem.fault for problem in harvest.problems] == [Fault.NOT_SUPPORTED]


@pytest.mark.parametrize("root, version", [("questestinterop", "1.2"), ("qti-assessment-item", "3.0")])
def test_another_version_of_qti_is_named(root: str, version: str) -> None:
    """The report says which one it is, and what to do."""
    source = SourceFile("item.xml", f"<{root}/>".encode())

    assert qti.recognise(source) == qti.SURE
    assert f"QTI {version}" in read(source.data, "item.xml").problems[0].message


@pytest.mark.parametrize(
    "text, said",
    [
        ('<!DOCTYPE x [<!ENTITY a "b">]><assessmentItem>&a;</assessmentItem>', "document type"),
        ("<assessmentItem>" + "<div>" * 100, "nested too deep"),
        ("<assessmentItem><p>", "no XML that can be read"),
        ("<assessmentItem>&nbsp;</assessmentItem>", "no XML that can be read"),
    ],
)
def test_xml_that_is_broken_or_unsafe_gives_one_problem(text: str, said: str) -> None:
    """The other files of a package would go in."""
    good = ITEM.format(id="y", inside="<q:itemBody><q:p>Q?</q:p><q:extendedTextInteraction/></q:itemBody>")
    harvest = read(packed(imsmanifest="<manifest>imsqti</manifest>", bad=text, sub__good=good))

    assert [draft.prompt for draft in harvest.questions] == ["Q?"]
    assert len(harvest.problems) == 1
    assert said in harvest.problems[0].message


def test_an_archive_whose_paths_lead_out_of_it_is_refused() -> None:
    """Nothing of it is read."""
    with pytest.raises(ContentError, match="leads out of the archive"):
        read(packed(imsmanifest="<manifest>imsqti</manifest>", **{"..__evil": "<a/>"}))


def test_other_archives_and_pages_are_not_taken_for_qti() -> None:
    """A manifest of something else is none of ours."""
    other = packed(imsmanifest="<manifest>a course</manifest>")

    assert qti.recognise(SourceFile("x.zip", other)) == 0
    assert qti.recognise(SourceFile("x.xml", b"<quiz/>")) == 0
    assert qti.recognise(SourceFile("x.zip", b"PK\x03\x04broken")) == 0
    assert qti.recognise(SourceFile("x.zip", written(a_pack()))) == qti.SURE
