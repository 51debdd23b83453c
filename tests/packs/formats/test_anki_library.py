"""Our .apkg in Anki's own library, and packages of that library read by us."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.decks import DeckId
from anki.models import NotetypeDict

from bot.core.cards import Card, CardKind
from bot.core.items import Kind
from bot.core.packs import Pack
from bot.packs.formats import anki
from bot.packs.importing.drafts import Fault, Harvest, unaccounted
from bot.packs.importing.sources import SourceFile
from tests.packs.formats.study_packs import a_pack, first_card_with


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection of Anki's."""
    made = Collection(str(tmp_path / "collection.anki2"))
    yield made
    made.close()


def brought_in(collection: Collection, pack: Pack, folder: Path) -> None:
    """Let Anki import *pack*."""
    path = folder / "pack.apkg"
    path.write_bytes(next(iter(anki.write(pack).files.values())))
    options = ImportAnkiPackageOptions(merge_notetypes=True, with_scheduling=False, with_deck_configs=False)
    collection.import_anki_package(ImportAnkiPackageRequest(package_path=str(path), options=options))


def exported(collection: Collection, folder: Path, *, legacy: bool) -> Harvest:
    """Return what we read of all that Anki exports."""
    path = folder / "theirs.apkg"
    options = ExportAnkiPackageOptions(
        with_scheduling=False, with_deck_configs=False, with_media=True, legacy=legacy
    )
    collection.export_anki_package(out_path=str(path), options=options, limit=None)
    source = SourceFile(path.name, path.read_bytes())
    assert anki.recognise(source) == anki.SURE
    harvest = anki.read(source)
    assert unaccounted(harvest) == ()
    return harvest


def type_named(collection: Collection, name: str) -> NotetypeDict:
    """Return a note type that every collection has."""
    found = collection.models.by_name(name)
    assert found is not None
    return found


def test_anki_takes_every_card_and_item_of_a_pack_into_a_deck_for_each_of_ours(
    collection: Collection, tmp_path: Path
) -> None:
    """Anki finds as many notes as the pack has cards and items, in decks below the pack's title."""
    pack = a_pack()

    brought_in(collection, pack, tmp_path)

    wanted = sum(len(deck.items) for deck in pack.decks) + sum(len(deck.cards) for deck in pack.cards)
    assert collection.note_count() == collection.card_count() == wanted
    names = {one.name for one in collection.decks.all_names_and_ids()}
    titles = {deck.title for deck in pack.decks} | {deck.title for deck in pack.cards}
    assert {f"{pack.title}::{title}" for title in titles} <= names


def test_anki_shows_the_front_and_back_of_every_card_without_a_fault_in_its_template(
    collection: Collection, tmp_path: Path
) -> None:
    """No side is empty, and no template asks for a field that is not there."""
    brought_in(collection, a_pack(), tmp_path)

    for own in collection.find_cards(""):
        card = collection.get_card(own)
        assert card.question(reload=True).strip()
        assert "{{" not in card.question() + card.answer()
        assert len(card.answer()) > len(card.question()) // 2


def test_a_pack_that_is_imported_twice_into_anki_is_there_once(
    collection: Collection, tmp_path: Path
) -> None:
    """The ids of notes stay, so that Anki knows them again."""
    brought_in(collection, a_pack(), tmp_path)
    before = collection.note_count()

    brought_in(collection, a_pack(), tmp_path)

    assert collection.note_count() == before


def test_a_later_version_of_a_pack_updates_its_cards_in_anki(collection: Collection, tmp_path: Path) -> None:
    """The new words are shown, and no note more is there."""
    pack = a_pack()
    brought_in(collection, pack, tmp_path)
    before = collection.note_count()
    first = first_card_with(pack, CardKind.TERM)
    mended: Card = replace(first, back="A wording that was mended.")
    cards = replace(
        pack.cards[0], cards=tuple(mended if one is first else one for one in pack.cards[0].cards)
    )

    brought_in(collection, replace(pack, version="2026.12.1", cards=(cards,)), tmp_path)

    assert collection.note_count() == before
    assert len(collection.find_notes('"A wording that was mended."')) == 1


@pytest.mark.parametrize("legacy", [True, False])
def test_what_anki_exports_of_our_cards_reads_back_the_same(
    legacy: bool,  # noqa: FBT001 - a parameter of a test
    collection: Collection,
    tmp_path: Path,
) -> None:
    """Through Anki and back, in its old schema and in its new one, the cards are what they were."""
    pack = a_pack()
    brought_in(collection, pack, tmp_path)

    harvest = exported(collection, tmp_path, legacy=legacy)

    own = {one.id: one for one in harvest.cards}
    for card in pack.cards[0].cards:
        back = own[card.id.partition("/")[2]]
        assert (back.kind, back.front, back.back, back.sources) == (
            card.kind,
            card.front,
            card.back,
            card.sources,
        )
        assert [one.accept for one in back.blanks] == [one.accept for one in card.blanks]
        assert (back.deck, back.topic) == (pack.cards[0].title, pack.topics[card.topic])
    assert {one.kind for one in harvest.questions} == {
        Kind.SINGLE_CHOICE,
        Kind.MULTIPLE_RESPONSE,
        Kind.TRUE_FALSE,
        Kind.FILL_IN,
        Kind.ORDERING,
        Kind.MATCHING,
    }


@pytest.mark.parametrize("legacy", [True, False])
def test_notes_made_in_anki_become_cards_in_their_decks(
    legacy: bool,  # noqa: FBT001 - a parameter of a test
    collection: Collection,
    tmp_path: Path,
) -> None:
    """Basic, reversed, typed and cloze notes give the cards that Anki would show."""
    deck = DeckId(collection.decks.add_normal_deck_with_name("Climbing::Knots").id)
    for name, front, back in (
        ("Basic", "What is a <b>bight</b>?", "A loop<br>that does not cross."),
        ("Basic (and reversed card)", "Bowline", "Makes a fixed loop"),
        ("Basic (type in the answer)", "How many strands?", "3"),
        (
            "Cloze",
            "The {{c1::bowline::knot}} has {{c2::one}} loop &amp; {{c2::two}} turns.",
            "Sailors' words",
        ),
    ):
        note = collection.new_note(type_named(collection, name))
        note.fields[:2] = [front, back]
        note.tags = ["leech", "knots::basic_ones"]
        collection.add_note(note, deck)

    harvest = exported(collection, tmp_path, legacy=legacy)

    assert [(card.kind, card.front, card.back) for card in harvest.cards] == [
        (CardKind.QUESTION, "What is a **bight**?", "A loop\\\nthat does not cross."),
        (CardKind.TERM, "Bowline", "Makes a fixed loop"),
        (CardKind.QUESTION, "Makes a fixed loop", "Bowline"),
        (CardKind.QUESTION, "How many strands?", "3"),
        (CardKind.CLOZE, "The ___ (knot) has one loop & two turns.", "Sailors' words"),
        (CardKind.CLOZE, "The bowline has ___ loop & ___ turns.", "Sailors' words"),
    ]
    assert {(card.deck, card.topic) for card in harvest.cards} == {("Knots", "basic ones")}
    assert len({card.id for card in harvest.cards}) == len(harvest.cards)
    assert [blank.accept for blank in harvest.cards[5].blanks] == [("one",), ("two",)]
    assert harvest.problems == ()


def test_tags_after_the_first_are_told_once(collection: Collection, tmp_path: Path) -> None:
    """A card has one topic; whoever brings it reads which tags became none."""
    deck = DeckId(collection.decks.add_normal_deck_with_name("Knots").id)
    for front, tags in (("Bight", ["one"]), ("Bend", ["one", "two"]), ("Hitch", ["one", "three", "two"])):
        note = collection.new_note(type_named(collection, "Basic (and reversed card)"))
        note.fields[:2] = [front, "A knot."]
        note.tags = tags
        collection.add_note(note, deck)

    harvest = exported(collection, tmp_path, legacy=False)

    (problem,) = harvest.problems
    assert (problem.fault, problem.line) == (Fault.MORE_TOPICS, 2)
    assert "left out: two, three." in problem.message
    assert {card.topic for card in harvest.cards} == {"one"}


def test_a_whole_collection_is_read_as_well(collection: Collection, tmp_path: Path) -> None:
    """A .colpkg in the newest schema holds the same notes."""
    brought_in(collection, a_pack(), tmp_path)
    count = collection.note_count()
    path = tmp_path / "all.colpkg"

    collection.export_collection_package(str(path), include_media=False, legacy=False)

    harvest = anki.read(SourceFile(path.name, path.read_bytes()))
    assert (harvest.units, harvest.problems) == (count, ())
