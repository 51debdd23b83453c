"""Packs written as tables: one of questions and one of cards for each deck."""

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from bot.core.cards import Card
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Difficulty,
    Item,
    Kind,
    MatchKey,
    NumberKey,
    OrderKey,
    Place,
    Source,
    TextKey,
)
from bot.core.packs import Pack
from bot.packs.formats.csv_cells import joined, table
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.losses import losses, own_id, studies

_MOST: Final = 20
_NUMBERED: Final = ("option", "feedback", "place", "stem", "point")
_COLUMNS: Final = (
    *("id", "kind", "topic", "difficulty", "prompt"),
    *(f"{name}_{number}" for name in _NUMBERED for number in range(1, _MOST + 1)),
    *("key", "tolerance", "unit", "units", "unit_required", "need", "exact", "explanation", "hints"),
    *("sources", "valid_until", "seconds", "case", "scenario"),
)
_CARD_COLUMNS: Final = (
    *("id", "kind", "topic", "front", "back"),
    *(f"blank_{number}" for number in range(1, _MOST + 1)),
    *("exact", "sources"),
)
_HELD: Final = frozenset(
    ["explanation", "feedback", "difficulty", "hints", "sources", "valid_until", "seconds", "places", "case"]
)
_NO_PLACE: Final = "a table has no column for it"


def write(pack: Pack) -> Exported:
    """Return the decks of *pack* as tables, and everything that these do not hold."""
    left_out: list[LeftOut] = []
    files: dict[str, bytes] = {}
    for deck in pack.decks:
        rows = [_question(item, pack) for item in deck.items]
        files[f"{own_id(deck.id)}.csv"] = table(_COLUMNS, rows)
        left_out += (loss for item in deck.items for loss in _losses(item))
    for cards in pack.cards:
        rows = [_card(card, pack) for card in cards.cards]
        files[f"{own_id(cards.id)}-cards.csv"] = table(_CARD_COLUMNS, rows)
        left_out += (loss for card in cards.cards for loss in _card_losses(card))
    left_out.extend(studies(pack, _NO_PLACE, cards=True))
    return Exported(files, tuple(left_out))


def _losses(item: Item) -> Iterator[LeftOut]:
    yield from losses(item, _HELD, _NO_PLACE)
    if isinstance(item.key, MatchKey) and any(option.feedback for option in item.options):
        yield LeftOut(item.id, "the feedback on what is matched", _NO_PLACE)


def _card_losses(card: Card) -> Iterator[LeftOut]:
    if card.valid_until:
        yield LeftOut(card.id, "the date until which it is valid", _NO_PLACE)
    if card.serves:
        yield LeftOut(card.id, "the other blueprints that it serves", _NO_PLACE)


def _question(item: Item, pack: Pack) -> dict[str, str]:
    return {
        "id": own_id(item.id),
        "kind": item.kind.value,
        "topic": pack.topics.get(item.topic, item.topic),
        "difficulty": "" if item.difficulty is Difficulty.MEDIUM else item.difficulty.value,
        "prompt": item.prompt,
        "explanation": item.explanation,
        "hints": joined(item.hints),
        "sources": _sources(item.sources),
        "valid_until": item.valid_until.isoformat() if item.valid_until else "",
        "seconds": str(item.seconds or ""),
        "case": own_id(item.case) if item.case else "",
        "scenario": item.scenario,
        **_options(item),
        **_key(item),
    }


def _options(item: Item) -> dict[str, str]:
    texts = [] if item.kind is Kind.TRUE_FALSE else [option.text for option in item.options]
    ordered = sorted(item.options, key=lambda option: option.id == "false")
    told = ordered if item.kind is Kind.TRUE_FALSE else item.options
    return {
        **_numbered("option", texts),
        **_numbered("feedback", [option.feedback for option in told]),
        **_numbered("place", ["" if one.place is Place.ANY else one.place.value for one in item.options]),
        **_numbered("stem", [stem.text for stem in item.stems]),
    }


def _key(item: Item) -> dict[str, str]:
    """Return the cells that tell what is right."""
    numbers = {option.id: str(number) for number, option in enumerate(item.options, 1)}
    match item.key:
        case ChoiceKey(right) if item.kind is Kind.TRUE_FALSE:
            return {"key": right[0]}
        case ChoiceKey(right) | OrderKey(right):
            return {"key": " ".join(numbers[one] for one in right)}
        case MatchKey(pairs):
            chosen = dict(pairs)
            drawn = (f"{at}={numbers[chosen[stem.id]]}" for at, stem in enumerate(item.stems, 1))
            return {"key": " ".join(drawn)}
        case BlanksKey(blanks):
            return {**_numbered("option", [joined(one.accept) for one in blanks]), "exact": _exact(blanks)}
        case NumberKey():
            return _number(item.key)
        case TextKey(accept, points, need, exact):
            said = _numbered("point", [joined((one.say, *one.any_of)) for one in points])
            more = {"need": str(need or ""), "exact": "1" if exact else ""}
            return _numbered("option", accept) | said | more
        case _:
            assert_never(item.key)


def _number(key: NumberKey) -> dict[str, str]:
    return {
        "key": f"{key.value:f}",
        "tolerance": f"{key.tolerance:f}{'%' * key.percent}",
        "unit": key.unit,
        "units": joined([f"{name}={size:f}" for name, size in key.units]),
        "unit_required": "yes" if key.unit_required else "",
    }


def _card(card: Card, pack: Pack) -> dict[str, str]:
    return {
        "id": own_id(card.id),
        "kind": card.kind.value,
        "topic": pack.topics.get(card.topic, card.topic),
        "front": card.front,
        "back": card.back,
        **_numbered("blank", [joined(one.accept) for one in card.blanks]),
        "exact": _exact(card.blanks),
        "sources": _sources(card.sources),
    }


def _numbered(name: str, texts: Sequence[str]) -> dict[str, str]:
    return {f"{name}_{number}": text for number, text in enumerate(texts, 1)}


def _exact(blanks: Sequence[Blank]) -> str:
    return " | ".join(str(number) for number, blank in enumerate(blanks, 1) if blank.exact)


def _sources(sources: Sequence[Source]) -> str:
    return joined([f"{one.title} {one.url}" for one in sources])
