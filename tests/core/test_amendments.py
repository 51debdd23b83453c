"""Amendments: what a group has decided about items, laid over what authors wrote."""

from dataclasses import replace

from bot.core.amendments import Amendment, Verdict, amended
from bot.core.ids import ItemId
from bot.core.packs import Library
from tests.core.builders import choice, deck, pack

FIRST, SECOND = choice(0), choice(1)
LIBRARY = Library((pack(deck(FIRST, SECOND), deck(name="empty")), pack(deck(name="other"), name="other")))
NEW = replace(FIRST, prompt="Which one, really?")


def test_a_mended_item_is_asked_in_its_new_version_and_nothing_else_changes() -> None:
    """It keeps the deck and the topic that the pack has it under by now."""
    moved = replace(NEW, topic=replace(SECOND, topic=FIRST.topic).topic)

    after = amended(LIBRARY, [Amendment(FIRST.id, 3, Verdict.MENDED, moved)])

    items = after.decks[0].items
    assert items == (replace(NEW, version=3), SECOND)
    assert after.packs[1] is LIBRARY.packs[1]
    assert after.decks[1] is LIBRARY.decks[1]


def test_what_is_off_or_void_is_not_asked() -> None:
    """Each is said to be off, by the word for why."""
    rows = [Amendment(FIRST.id, 1, Verdict.OFF), Amendment(SECOND.id, 2, Verdict.VOID)]

    assert [item.off for item in amended(LIBRARY, rows).decks[0].items] == ["off", "void"]


def test_the_newest_decision_holds_and_keeps_what_was_mended_before() -> None:
    """An item that is kept is as it was when that was decided: its author's, or the mended one."""
    rows = [Amendment(FIRST.id, 2, Verdict.KEPT, NEW), Amendment(FIRST.id, 1, Verdict.OFF)]

    (first, _) = amended(LIBRARY, rows).decks[0].items

    assert first == replace(NEW, version=2)


def test_a_person_who_keeps_an_item_that_was_off_switches_it_on() -> None:
    """Somebody has decided, which is what it was waiting for."""
    doubted = Library((pack(deck(replace(FIRST, off="The key and the explanation disagree."))),))

    (item,) = amended(doubted, [Amendment(FIRST.id, 1, Verdict.KEPT)]).decks[0].items

    assert item == replace(FIRST, version=1)


def test_a_library_without_decisions_is_the_very_same() -> None:
    """As is one whose packs have none of the items."""
    assert amended(LIBRARY, []) is LIBRARY
    assert amended(LIBRARY, [Amendment(ItemId("strange/item"), 1, Verdict.OFF)]) is LIBRARY
