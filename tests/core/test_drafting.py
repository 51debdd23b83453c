"""Questions that are typed into a form, read as items."""

from dataclasses import replace

import pytest

from bot.core.deck_commands import Draft
from bot.core.drafting import MOST_ITEMS, Flaw, Flawed, item_of, mark_of
from bot.core.ids import DeckId, PackId
from bot.core.items import ChoiceKey, Item, Kind
from bot.core.own_packs import OwnPack, empty_pack, with_item

OWN = empty_pack(PackId("own-abc"), "Own decks")
DRAFT = Draft("What floats?", "* Cork\nLead\nGlass", "Cork is lighter.", "Sea and water")


def drafted(draft: Draft = DRAFT, own: OwnPack = OWN, mark: str = "0badcafe") -> Item:
    """Return the item that a draft makes."""
    item = item_of(draft, own, "Untitled", mark)
    assert isinstance(item, Item), item
    return item


def test_a_draft_becomes_an_item_with_ids_of_its_words() -> None:
    """One star makes single choice."""
    item = drafted()

    assert item.id == "own-abc/what-floats-0badcafe"
    assert (item.deck, item.topic) == ("own-abc/sea-and-water", "sea-and-water")
    assert item.kind is Kind.SINGLE_CHOICE
    assert [(one.id, one.text) for one in item.options] == [
        ("cork", "Cork"),
        ("lead", "Lead"),
        ("glass", "Glass"),
    ]
    assert item.key == ChoiceKey((item.options[0].id,))
    assert (item.prompt, item.explanation) == ("What floats?", "Cork is lighter.")


def test_several_stars_make_multiple_response() -> None:
    """A star may stand close to its option; two of them begin bold text."""
    item = drafted(replace(DRAFT, options="*Cork\n* **Balsa** wood\n**Lead**\n\nGlass"))

    assert item.kind is Kind.MULTIPLE_RESPONSE
    assert [one.text for one in item.options] == ["Cork", "**Balsa** wood", "**Lead**", "Glass"]
    assert item.key == ChoiceKey((item.options[0].id, item.options[1].id))


def test_words_without_plain_letters_have_ids_all_the_same() -> None:
    """And no two options have one id."""
    item = drafted(Draft("Τι επιπλέει;", "* φελλός\nμόλυβδος\nA b\nA-b\noption 2\nOption-4", deck="Θάλασσα"))

    ids = [one.id for one in item.options]
    assert item.id == "own-abc/question-0badcafe"
    assert item.deck == "own-abc/deck-0badcafe"
    assert ids == ["option-1", "option-2", "a-b", "option-4", "option-5", "option-6"]
    assert len(set(ids)) == len(ids)


def test_ids_that_are_taken_by_words_go_on() -> None:
    """An option may be called what another would get by its place."""
    item = drafted(replace(DRAFT, options="* option 2\n!!!\n???"))

    assert [one.id for one in item.options] == ["option-2", "option-2-2", "option-3"]


def test_a_deck_is_known_by_its_title_or_its_id_however_it_is_written() -> None:
    """And its new question is about what the others are about."""
    own = with_item(OWN, drafted(), "Sea and water")

    for title in ("sea  AND water", "sea-and-water"):
        item = drafted(Draft("What sinks?", "Cork\n* Lead", deck=title), own)
        assert (item.deck, item.topic) == ("own-abc/sea-and-water", "sea-and-water")
    assert drafted(Draft("What sinks?", "Cork\n* Lead"), own).deck == "own-abc/untitled"


def test_a_new_deck_never_takes_the_id_of_another() -> None:
    """Titles that differ in signs alone have the same letters."""
    own = with_item(OWN, drafted(), "Sea and water")

    item = drafted(Draft("What sinks?", "Cork\n* Lead", deck="Sea, and water!"), own)

    assert item.deck == "own-abc/sea-and-water-0badcafe"


@pytest.mark.parametrize(
    "draft, flaw, said",
    [
        (replace(DRAFT, prompt="  \n"), Flaw.NO_PROMPT, ""),
        (replace(DRAFT, prompt="x" * 2001), Flaw.LONG_PROMPT, ""),
        (replace(DRAFT, explanation="x" * 3001), Flaw.LONG_EXPLANATION, ""),
        (replace(DRAFT, deck="x" * 81), Flaw.LONG_DECK, ""),
        (replace(DRAFT, options="* Cork"), Flaw.FEW_OPTIONS, ""),
        (replace(DRAFT, options="* 0\n" + "\n".join("123456789x")), Flaw.MANY_OPTIONS, ""),
        (replace(DRAFT, options="* Cork\n*"), Flaw.EMPTY_OPTION, ""),
        (replace(DRAFT, options="* Cork\n" + "x" * 301), Flaw.LONG_OPTION, "x" * 301),
        (replace(DRAFT, options="* Cork\nLead\ncork"), Flaw.SAME_OPTIONS, "cork"),
        (replace(DRAFT, options="Cork\nLead"), Flaw.NONE_RIGHT, ""),
        (replace(DRAFT, options="* Cork\n* Lead"), Flaw.ALL_RIGHT, ""),
    ],
)
def test_what_cannot_be_asked_is_said(draft: Draft, flaw: Flaw, said: str) -> None:
    """One thing at a time, with the part that is meant."""
    assert item_of(draft, OWN, "Untitled", "m") == Flawed(flaw, said)


def test_a_question_that_is_there_is_not_taken_again() -> None:
    """However its words are spaced."""
    own = with_item(OWN, drafted(), "Sea and water")

    twice = item_of(replace(DRAFT, prompt=" what  FLOATS? ", deck="Other"), own, "Untitled", "m")

    assert twice == Flawed(Flaw.THERE_ALREADY)


def test_a_full_deck_takes_no_more() -> None:
    """Others do."""
    own = with_item(OWN, drafted(), "Sea and water")
    (deck,) = own.pack.decks
    full = OwnPack(replace(own.pack, decks=(replace(deck, items=deck.items * MOST_ITEMS),)))

    new = replace(DRAFT, prompt="What sinks?")

    assert item_of(new, full, "Untitled", "m") == Flawed(Flaw.FULL_DECK)
    assert isinstance(item_of(replace(new, deck="Other"), full, "Untitled", "m"), Item)


def test_a_mark_is_the_same_for_the_same_event() -> None:
    """And another for another."""
    assert mark_of("e1") == mark_of("e1") != mark_of("e2")
    assert DeckId(mark_of("e1")).isalnum()


def test_each_flaw_is_about_a_field_of_the_form() -> None:
    """So that its sentence can stand below that field."""
    assert [Flaw(one).place for one in ("no_prompt", "none_right", "long_explanation", "full_deck")] == [
        0,
        1,
        2,
        3,
    ]
