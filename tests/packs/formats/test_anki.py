"""Packages of Anki's without its library: decoys, newer databases, and those that mean harm."""

import io
import json
import sqlite3
import zipfile
from contextlib import closing

import pytest
import zstandard
from hypothesis import given, settings

from bot.core.packs import Pack
from bot.packs.formats import anki
from bot.packs.importing.drafts import Fault, Harvest, unaccounted
from bot.packs.importing.sources import SourceFile
from tests.packs.any_packs import packs
from tests.packs.formats.study_packs import a_pack, shown

MODEL = {
    "name": "Basic",
    "type": 0,
    "flds": [{"name": "Front"}, {"name": "Back"}],
    "tmpls": [{"qfmt": "{{Front}}", "afmt": "{{FrontSide}}<hr>{{Back}}"}],
}


def database(*notes: str, more: str = "") -> bytes:
    """Return a collection in the old schema with *notes*, whose sides a tab parts."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE col (models TEXT, decks TEXT);"
            "CREATE TABLE notes (id INTEGER, guid TEXT, mid INTEGER, tags TEXT, flds TEXT);"
            "CREATE TABLE cards (nid INTEGER, did INTEGER, ord INTEGER);" + more
        )
        decks = json.dumps({"1": {"name": "Sea"}})
        connection.execute("INSERT INTO col VALUES (?, ?)", (json.dumps({"7": MODEL}), decks))
        for number, note in enumerate(notes, 1):
            fields = note.replace("\t", "\x1f")
            connection.execute(
                "INSERT INTO notes VALUES (?, ?, 7, ' knots ', ?)", (number, f"g{number}", fields)
            )
            connection.execute("INSERT INTO cards VALUES (?, 1, 0)", (number,))
        connection.commit()
        return connection.serialize()


def package(**files: bytes) -> bytes:
    """Return an archive of *files*, by what stands behind `collection.` in their names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(f"collection.{name}", data)
    return out.getvalue()


def read(data: bytes) -> Harvest:
    """Return what a package holds, every note of it accounted for."""
    source = SourceFile("deck.apkg", data)
    harvest = anki.read(source)
    assert unaccounted(harvest) == ()
    return harvest


def test_the_decoy_beside_a_newer_collection_is_never_a_card() -> None:
    """The newest collection in the package is the one that is read."""
    decoy = database("Please update to the latest Anki version.\tThen import again.")
    newer = zstandard.ZstdCompressor().compress(database("What floats?\tA rope of hemp."))

    harvest = read(package(anki2=decoy, anki21b=newer))

    assert [(card.front, card.back) for card in harvest.cards] == [("What floats?", "A rope of hemp.")]


def test_pictures_and_sounds_are_reported_and_a_front_that_needs_one_is_switched_off() -> None:
    """A sound on the back does no harm to the question."""
    harvest = read(
        package(anki2=database('What is <img src="a.png">?\tA bight', "Bight\tA loop [sound:b.mp3]"))
    )

    assert [bool(card.off) for card in harvest.cards] == [True, False]
    assert [problem.fault for problem in harvest.problems] == [Fault.NEEDS_PICTURE] * 2
    assert "[sound" not in harvest.cards[1].back


def test_a_note_with_an_empty_side_is_dropped() -> None:
    """The report says which one it is."""
    harvest = read(package(anki2=database("Front\tBack", "Front\t  ", "\tBack")))

    assert [one.span.first for one in harvest.dropped] == [2, 3]


@pytest.mark.parametrize(
    "data",
    [
        package(anki2=b"no database"),
        package(anki21b=b"no zstd"),
        package(anki21b=zstandard.ZstdCompressor().compress(b"SQLite format 3\x00" + b"x" * 500)),
        package(anki2=database()[:3000]),
        package(anki2=database(more="DROP TABLE notes;")),
        package(anki2=b"SQLite format 3\x00"),
        package(anki2=database())[:-60],
    ],
)
def test_a_broken_package_gives_one_problem(data: bytes) -> None:
    """Nothing is raised, and the sentence says what to do."""
    harvest = anki.read(SourceFile("deck.apkg", data))

    assert [problem.fault for problem in harvest.problems] == [Fault.BROKEN_FILE]
    assert harvest.cards == ()


def test_a_view_in_the_place_of_the_notes_is_not_run() -> None:
    """A database can hold programs; only plain tables are read."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE col (models TEXT, decks TEXT); INSERT INTO col VALUES ('{}', '{}');"
            "CREATE TABLE cards (nid INTEGER, did INTEGER, ord INTEGER);"
            "CREATE VIEW notes AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
            "SELECT id, 'g' AS guid, 7 AS mid, '' AS tags, 'a' AS flds FROM n;"
        )
        data = connection.serialize()

    harvest = anki.read(SourceFile("deck.apkg", package(anki2=data)))

    assert [problem.fault for problem in harvest.problems] == [Fault.BROKEN_FILE]


def test_a_collection_that_would_unpack_to_far_too_much_is_refused() -> None:
    """It is given up at the limit, whatever it says about itself."""
    bomb = zstandard.ZstdCompressor().compress(bytes(210_000_000))

    harvest = anki.read(SourceFile("deck.apkg", package(anki21b=bomb)))

    assert "over 200 MB" in harvest.problems[0].message


def test_the_same_pack_gives_the_same_file() -> None:
    """Nothing in it tells when it was written."""
    assert anki.write(a_pack()) == anki.write(a_pack())


def test_what_anki_does_not_hold_is_named_one_by_one() -> None:
    """Difficulty, hints, dates, and how a number is graded."""
    told = {(one.id, one.what) for one in anki.write(a_pack()).left_out}

    assert ("climbing/single", "the difficulty") in told
    assert ("climbing/case/part", "the hints") in told
    assert ("climbing/number", "how its answer is graded; it comes back as a card") in told


@settings(max_examples=20, deadline=None)
@given(packs())
def test_any_pack_comes_back_with_its_cards_as_they_were_shown(pack: Pack) -> None:
    """Kind, sides, gaps and sources of each card are the same, and no item is lost."""
    harvest = read(next(iter(anki.write(pack).files.values())))

    back = {card.id: card for card in harvest.cards}
    for card in (one for deck in pack.cards for one in deck.cards):
        found = back[card.id.partition("/")[2]]
        assert found.kind is card.kind
        assert [shown(text) for text in (found.front, found.back)] == [
            shown(text) for text in (card.front, card.back)
        ]
        assert [one.accept for one in found.blanks] == [one.accept for one in card.blanks]
        assert [one.url for one in found.sources] == [one.url for one in card.sources]
    items = sum(len(deck.items) for deck in pack.decks)
    assert len(harvest.questions) + len(harvest.cards) == items + sum(len(deck.cards) for deck in pack.cards)
