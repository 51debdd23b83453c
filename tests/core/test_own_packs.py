"""Groups' own packs: beside those that ship, with more and fewer questions, and what became of them."""

from dataclasses import replace

from bot.core.cards import Card, CardDeck, CardKind
from bot.core.deck_commands import Draft
from bot.core.drafting import item_of
from bot.core.ids import CardId, DeckId, PackId, Topic
from bot.core.items import Item
from bot.core.own_packs import (
    DeckCount,
    OwnPack,
    deck_of,
    difference,
    empty_pack,
    is_own,
    with_item,
    with_own,
    without_deck,
)
from bot.core.packs import Library
from tests.core.builders import choice, deck, pack

OWN = empty_pack(PackId("own-abc"), "Own decks")
SHIPPED = Library((pack(deck(choice(0))),))


def written(own: OwnPack, prompt: str, title: str) -> OwnPack:
    """Return *own* with one more question."""
    item = item_of(Draft(prompt, "* yes\nno", deck=title), own, title, str(len(prompt)))
    assert isinstance(item, Item)
    return with_item(own, item, title)


SEA = written(OWN, "What floats?", "Sea")
BOTH = written(written(SEA, "What sinks?", "Sea"), "What burns?", "Fire")


def test_own_packs_stand_behind_those_that_ship() -> None:
    """An empty one is not there at all."""
    assert with_own(SHIPPED, [OWN]) is SHIPPED
    assert [one.id for one in with_own(SHIPPED, [OWN, BOTH]).decks] == [
        SHIPPED.decks[0].id,
        "own-abc/sea",
        "own-abc/fire",
    ]
    assert [is_own(one.id) for one in with_own(SHIPPED, [SEA]).packs] == [False, True]


def test_questions_are_added_to_their_decks_with_their_topics() -> None:
    """A topic keeps the title that it has."""
    assert {one.title: len(one.items) for one in BOTH.pack.decks} == {"Sea": 2, "Fire": 1}
    assert BOTH.pack.topics == {"sea": "Sea", "fire": "Fire"}


def test_a_deck_goes_with_the_topics_that_nothing_else_is_about() -> None:
    """Those of cards stay."""
    card = Card(CardId("own-abc/c"), DeckId("own-abc/cards"), CardKind.TERM, "a", "b", Topic("fire"))
    cards = CardDeck(card.deck, PackId("own-abc"), "Cards", "", (card,))
    kept = replace(BOTH, pack=replace(BOTH.pack, cards=(cards,)))
    fire = deck_of(BOTH, DeckId("own-abc/fire"))

    assert fire is not None
    assert deck_of(BOTH, DeckId("own-abc/air")) is None
    assert without_deck(BOTH, fire.id).pack.topics == {"sea": "Sea"}
    assert without_deck(kept, fire.id).pack.topics == {"sea": "Sea", "fire": "Fire"}


def test_what_became_of_a_pack_is_counted_by_deck() -> None:
    """New questions, changed ones, and what there is besides."""
    card = Card(CardId("own-abc/c"), DeckId("own-abc/cards"), CardKind.TERM, "a", "b", Topic("fire"))
    cards = CardDeck(card.deck, PackId("own-abc"), "Cards", "", (card,))
    sea, fire = BOTH.pack.decks
    mended = replace(sea, items=(replace(sea.items[0], explanation="So."), *sea.items[1:]))
    after = replace(BOTH.pack, decks=(mended, fire), cards=(cards,))

    found = difference(SEA.pack, after)

    assert (found.new, found.changed, found.others) == (2, 1, 1)
    assert found.decks == (
        DeckCount(sea.id, "Sea", 2, 1),
        DeckCount(fire.id, "Fire", 1, 1),
    )
    assert difference(after, after).decks == ()
