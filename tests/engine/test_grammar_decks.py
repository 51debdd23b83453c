"""What is typed after ``/quiz decks``."""

import pytest

from bot.core.commands import Intent, ListDecks, NotUnderstood
from bot.core.deck_commands import AddDecks, Draft, ExportDeck, OpenWriting, RemoveDeck, ShowProposals
from bot.core.drafting import item_of
from bot.core.ids import DeckId
from bot.core.items import Item
from bot.core.own_packs import OwnPack, with_item, with_own
from bot.core.packs import Library
from bot.engine.grammar import complete, parse
from bot.engine.shelves import nothing_of
from bot.wording.menu import InputProblem
from tests.core.builders import choice, deck, pack


def written(own: OwnPack, prompt: str, title: str) -> OwnPack:
    """Return *own* with one more question."""
    item = item_of(Draft(prompt, "* yes\nno", deck=title), own, title, str(len(prompt)))
    assert isinstance(item, Item)
    return with_item(own, item, title)


OWN = written(written(nothing_of(1), "What floats?", "Sea water"), "What burns?", "Sea fire")
WATER, FIRE = (one.id for one in OWN.pack.decks)
LIBRARY = with_own(Library((pack(deck(choice(0), choice(1))),)), [OWN])


@pytest.mark.parametrize(
    "line, intent",
    [
        ("decks", ListDecks()),
        ("decks list", ListDecks()),
        ("decks show", ListDecks()),
        ("decks add", AddDecks()),
        ("decks upload the file:x.md", AddDecks()),
        ("decks write a question", OpenWriting()),
        ("decks propose", OpenWriting(proposal=True)),
        ("decks proposals", ShowProposals()),
        ("decks remove deck:sea-fire", RemoveDeck(FIRE)),
        ("decks delete the deck sea water", RemoveDeck(WATER)),
        (f"decks remove {WATER}", RemoveDeck(WATER)),
        ("decks export", ExportDeck(None, "pack")),
        ("decks export gift", ExportDeck(None, "gift")),
        ("decks export sea fire as gift", ExportDeck(FIRE, "gift")),
        ('decks download format:csv deck:"Sea water"', ExportDeck(WATER, "csv")),
        ("decks export deck:fire", ExportDeck(FIRE, "pack")),
    ],
)
def test_a_line_is_read(line: str, intent: Intent) -> None:
    """In the words that people use."""
    assert parse(line, LIBRARY) == intent


@pytest.mark.parametrize(
    "line, problem, said, near",
    [
        ("decks knots", InputProblem.BAD_DECKS, "knots", ""),
        ("decks wriet", InputProblem.BAD_DECKS, "wriet", "/quiz decks write"),
        ("decks list all", InputProblem.NO_OPTIONS, "all", "/quiz decks list"),
        ("decks remove", InputProblem.VALUE_MISSING, "deck", ""),
        ("decks remove deck:", InputProblem.VALUE_MISSING, "deck", ""),
        ("decks remove deck:sea", InputProblem.SEVERAL_DECKS, "sea", ""),
        ("decks remove birds", InputProblem.NO_OWN_DECK, "birds", ""),
        ("decks remove sea fyre", InputProblem.NO_OWN_DECK, "sea fyre", f"/quiz decks remove deck:{FIRE}"),
        (
            "decks remove dekc:sea-fire",
            InputProblem.UNKNOWN_OPTION,
            "dekc",
            "/quiz decks remove deck:sea-fire",
        ),
        ("decks export deck:birds", InputProblem.NO_OWN_DECK, "birds", ""),
        ("decks export format:gitf", InputProblem.BAD_FORMAT, "gitf", "/quiz decks export format:gift"),
        ("decks export format:stone", InputProblem.BAD_FORMAT, "stone", ""),
        ("decks export x:1", InputProblem.UNKNOWN_OPTION, "x", ""),
    ],
)
def test_what_cannot_be_read_is_said_kindly(line: str, problem: InputProblem, said: str, near: str) -> None:
    """With what was probably meant."""
    assert parse(line, LIBRARY) == NotUnderstood(problem.value, said, near)


def test_a_deck_that_ships_is_never_named_by_what_changes_decks() -> None:
    """Nor is anything, where a group has none of its own."""
    assert isinstance(parse("decks remove deck", Library()), NotUnderstood)
    assert isinstance(parse(f"decks remove {DeckId('pack/deck')}", LIBRARY), NotUnderstood)


def test_only_own_decks_are_offered_for_what_changes_them() -> None:
    """A file is nothing that could be typed."""
    removing = [one.label for one in complete("/quiz decks remove deck:", LIBRARY)]
    playing = [one.label for one in complete("/quiz play deck:", LIBRARY)]
    adding = [one.label for one in complete("/quiz decks add ", LIBRARY)]
    after_name = [one.label for one in complete("/quiz decks add", LIBRARY)]
    exporting = [one.label for one in complete("/quiz decks export", LIBRARY)]

    assert removing == [f"deck:{WATER}", f"deck:{FIRE}"]
    assert "deck:pack/deck" in playing
    assert adding == []
    assert after_name == ["/quiz decks add"]
    assert exporting == ["/quiz decks export", "deck:", "format:"]
