"""Text files of Anki's notes: read, and written so that Anki's library and we read them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from anki.collection import Collection, ImportCsvRequest
from hypothesis import given, settings

from bot.core.cards import CardKind
from bot.core.packs import Pack
from bot.packs.formats import tsv
from bot.packs.importing.drafts import Fault, Harvest, unaccounted
from bot.packs.importing.sources import SourceFile
from tests.packs.any_packs import packs
from tests.packs.formats.study_packs import a_pack, shown


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection of Anki's."""
    made = Collection(str(tmp_path / "collection.anki2"))
    yield made
    made.close()


def read(text: str) -> Harvest:
    """Return what stands in *text*, every line of it accounted for."""
    source = SourceFile("cards.txt", text.encode())
    harvest = tsv.read(source)
    blank = frozenset(number for number, line in enumerate(source.lines, 1) if not line.strip())
    assert unaccounted(harvest, blank) == ()
    return harvest


def written(pack: Pack) -> str:
    """Return *pack* as text."""
    return next(iter(tsv.write(pack).files.values())).decode()


def test_the_lines_at_the_top_say_what_the_columns_are() -> None:
    """Ids, decks and tags come from the columns that are named, the sides from the others."""
    harvest = read(
        "#separator:semicolon\n#html:true\n#guid column:1\n#deck column:2\n#tags column:5\n"
        'a;Ropes::Knots;"What is\na <b>bight</b>?";A curve.;leech knots\n'
        "b;Ropes::Knots;The {{c1::bowline}} has a loop.;;knots\n"
    )

    question, cloze = harvest.cards
    assert (question.kind, question.front, question.back) == (
        CardKind.QUESTION,
        "What is\na **bight**?",
        "A curve.",
    )
    assert (question.id, question.deck, question.topic, question.span) == ("a", "Knots", "knots", (6, 7))
    assert (cloze.kind, cloze.front, cloze.blanks[0].accept) == (
        CardKind.CLOZE,
        "The ___ has a loop.",
        ("bowline",),
    )


def test_a_file_without_a_header_is_fronts_and_backs() -> None:
    """Two columns parted by a tab are enough; a third one holds tags."""
    harvest = read("bight\tA curve.\tknots\n\nWhy?\tBecause.\tknots\n")

    assert [(card.kind, card.front, card.topic) for card in harvest.cards] == [
        (CardKind.TERM, "bight", "knots"),
        (CardKind.QUESTION, "Why?", "knots"),
    ]


def test_tags_after_the_first_are_told() -> None:
    """Ten by name, the rest by their number."""
    tags = " ".join(f"t{number}" for number in range(13))
    harvest = read(f"bight\tA curve.\t{tags}\n")

    assert harvest.cards[0].topic == "t0"
    assert [(one.fault, one.line) for one in harvest.problems] == [(Fault.MORE_TOPICS, 1)]
    assert harvest.problems[0].message.endswith("t8, t9, t10 and 2 more.")


def test_text_that_is_no_html_keeps_its_signs() -> None:
    """With `#html:false` an angle bracket is one."""
    harvest = read("#separator:tab\n#html:false\nx < y\ta <b>tag</b>\n")

    assert (harvest.cards[0].front, shown(harvest.cards[0].back)) == ("x < y", "a <b>tag</b>")


def test_a_row_with_an_empty_side_is_dropped_and_said_so() -> None:
    """The other rows stay."""
    harvest = read("#separator:tab\nalone\nfront\tback\n\tonly back\n")

    assert [card.front for card in harvest.cards] == ["front"]
    assert [one.span for one in harvest.dropped] == [(2, 2), (4, 4)]


@pytest.mark.parametrize(
    "text, sure",
    [
        ("#separator:tab\na\tb\n", tsv.SURE),
        ("a\tb\nc\td\n", tsv.LIKELY),
        ("# Heading\n\nProse\n", 0),
        ("id\tkind\ttopic\tprompt\n", 0),
        ("", 0),
    ],
)
def test_a_file_is_recognised_by_its_first_lines(text: str, sure: int) -> None:
    """A heading of Markdown is no header."""
    assert tsv.recognise(SourceFile("x.txt", text.encode())) == sure


def test_anki_reads_a_file_of_ours_with_decks_tags_and_ids(collection: Collection, tmp_path: Path) -> None:
    """Each item and each card is a note in its deck; a second import adds none."""
    pack = a_pack()
    path = tmp_path / "pack.tsv"
    path.write_text(written(pack), encoding="utf-8")
    wanted = sum(len(deck.items) for deck in pack.decks) + sum(len(deck.cards) for deck in pack.cards)

    for _ in range(2):
        metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
        collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))

    assert collection.note_count() == wanted
    names = {one.name for one in collection.decks.all_names_and_ids()}
    assert {"Climbing::Ropes", "Climbing::Words & all"} <= names
    assert len(collection.find_notes("tag:Knots_of_all_kinds")) == wanted


def test_what_is_not_in_the_file_is_named() -> None:
    """Sources, other answers, and that items become cards."""
    told = {(one.id, one.what) for one in tsv.write(a_pack()).left_out}

    assert ("climbing/stopper", "the sources") in told
    assert ("climbing/factor", "the other accepted answers of a blank: 2") in told
    assert ("climbing/single", "how it is asked: it becomes a card") in told


@settings(max_examples=20, deadline=None)
@given(packs())
def test_any_pack_comes_back_with_its_cards_as_they_were_shown(pack: Pack) -> None:
    """Kind, sides, gaps, deck and id of each card are the same."""
    harvest = read(written(pack))

    back = {card.id: card for card in harvest.cards}
    for card in (one for deck in pack.cards for one in deck.cards):
        found = back[card.id.partition("/")[2]]
        assert (found.kind, shown(found.front), shown(found.back)) == (
            card.kind,
            shown(card.front),
            shown(card.back),
        )
        assert [one.accept for one in found.blanks] == [one.accept[:1] for one in card.blanks]
