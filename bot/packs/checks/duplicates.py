"""Items and cards that a pack has twice, or nearly."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, assert_never

from bot.core.cards import Card
from bot.core.items import (
    BlanksKey,
    ChoiceKey,
    Item,
    Kind,
    MatchKey,
    NumberKey,
    OrderKey,
    TextKey,
)
from bot.packs.checks.likeness import Likeness, Wording, alike, normal
from bot.packs.checks.places import Ledger, where
from bot.packs.fields import Fields
from bot.packs.problems import Code

E = TypeVar("E", Item, Card)


def check_duplicates(
    items: Sequence[Item], cards: Sequence[Card], places: Mapping[str, Fields], ledger: Ledger
) -> None:
    """Report each item and each card that says the same as an earlier one, or nearly."""
    for found in alike_items(items):
        _report(items[found.first].id, items[found.second].id, found, places, ledger)
    for found in alike_cards(cards):
        _report(cards[found.first].id, cards[found.second].id, found, places, ledger)


def alike_items(items: Iterable[Item]) -> tuple[Likeness, ...]:
    """Return which of *items* are like an earlier one."""
    return tuple(alike([_item(item) for item in items]))


def alike_cards(cards: Iterable[Card]) -> tuple[Likeness, ...]:
    """Return which of *cards* are like an earlier one."""
    return tuple(alike([Wording(normal(card.front), normal(_back(card))) for card in cards]))


def answer_texts(item: Item) -> tuple[str, ...]:
    """Return what is right about *item*, in words."""
    key = item.key
    match key:
        case ChoiceKey(right=right):
            return tuple(item.option(option).text for option in right)
        case OrderKey(order=order):
            return tuple(item.option(option).text for option in order)
        case MatchKey(pairs=pairs):
            stems = {stem.id: stem.text for stem in item.stems}
            return tuple(f"{stems[stem]} {item.option(option).text}" for stem, option in pairs)
        case BlanksKey(blanks=blanks):
            return tuple(blank.accept[0] for blank in blanks)
        case NumberKey():
            return (f"{key.value} {key.unit}",)
        case TextKey():
            return (*key.accept[:1], *(point.say for point in key.points))
        case _:
            assert_never(key)


def _item(item: Item) -> Wording:
    if item.kind is Kind.TRUE_FALSE:
        # Half of all such items have the same answer, which says nothing.
        return Wording(normal(item.prompt))
    choices = sorted(normal(option.text) for option in item.options)
    return Wording(normal(item.prompt), normal(" ".join(answer_texts(item))), " ".join(choices))


def _back(card: Card) -> str:
    return " ".join(blank.accept[0] for blank in card.blanks) or card.back


def _report(first: str, second: str, found: Likeness, places: Mapping[str, Fields], ledger: Ledger) -> None:
    earlier, place = first.partition("/")[2], places[second.partition("/")[2]]
    at = where(places[earlier])
    if found.share == 1:
        code, said = Code.DUPLICATE_ENTRY, f"This says the same as `{earlier}` ({at})"
    else:
        code, said = Code.NEAR_DUPLICATE, f"This is {found.share:.0%} alike to `{earlier}` ({at})"
    ledger.at(place).report(
        code, place.line, f"{said}.", "Delete one of the two, or ask about another side of it."
    )
