"""A small library that has every kind of item, and texts that must stay hidden in each."""

from decimal import Decimal
from typing import Final

from bot.core.ids import DeckId, ItemId, OptionId, PackId, StemId, Topic
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Item,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Stem,
    TextKey,
)
from bot.core.packs import Deck, Library, Pack

PACK: Final = PackId("tea")
NAMES: Final = ("leaf", "steep", "kettle", "cup")


def _id(name: str) -> OptionId:
    return OptionId(name)


def _item(deck: DeckId, number: int, kind: Kind, key: Key, *, names: tuple[str, ...] = NAMES) -> Item:
    options = tuple(
        Option(_id(name), f"the {name}", f"The feedback on the {name} in item {number}.") for name in names
    )
    stems = tuple(Stem(StemId(f"s{at}"), f"line {at}") for at in range(2)) if kind is Kind.MATCHING else ()
    return Item(
        id=ItemId(f"{PACK}/{deck.rpartition('/')[2]}-{number}"),
        deck=deck,
        kind=kind,
        prompt=f"What goes first, number {number} of {deck}? ___",
        key=key,
        topic=Topic(f"1.{number % 3}"),
        options=() if kind in {Kind.FILL_IN, Kind.NUMERIC, Kind.FREE_TEXT} else options,
        stems=stems,
        explanation=f"Nobody may read the explanation of item {number} before the reveal.",
        hints=("Think of water.",),
    )


def _deck(name: str) -> Deck:
    deck = DeckId(f"{PACK}/{name}")
    right = ChoiceKey((_id("leaf"),))
    pairs = MatchKey(((StemId("s0"), _id("cup")), (StemId("s1"), _id("leaf"))))
    keys: tuple[tuple[Kind, Key], ...] = (
        (Kind.SINGLE_CHOICE, right),
        (Kind.MULTIPLE_RESPONSE, ChoiceKey((_id("leaf"), _id("cup")))),
        (Kind.TRUE_FALSE, right),
        (Kind.FILL_IN, BlanksKey((Blank(("hybrid search",)),))),
        (Kind.NUMERIC, NumberKey(Decimal(42))),
        (Kind.FREE_TEXT, TextKey(("SageMaker",))),
        (Kind.ORDERING, OrderKey(tuple(map(_id, NAMES)))),
        (Kind.MATCHING, pairs),
    )
    items = tuple(
        _item(deck, number, kind, key, names=NAMES[:2] if kind is Kind.TRUE_FALSE else NAMES)
        for number, (kind, key) in enumerate(keys)
    )
    return Deck(deck, PACK, name.title(), "", items)


LIBRARY: Final = Library(
    (Pack(PACK, "Tea", "en", "CC0-1.0", "1", "", (_deck("green"), _deck("black"), _deck("white"))),)
)
