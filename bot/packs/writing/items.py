"""Items as records, with their fields in the order in which authors write them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TypeVar, assert_never

from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Difficulty,
    Item,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Place,
    Point,
    Source,
    TextKey,
)
from bot.packs.writing.texts import Bare, Braces, OneLine, Value

T = TypeVar("T")
Entry = dict[str, Value]


def entries(items: Iterable[Item]) -> Iterator[Entry]:
    """Yield a record for each item; neighbours that are parts of one case study become one record."""
    for case, together in groupby(items, key=lambda item: item.case):
        if case is None:
            yield from (_item(item, item.id.partition("/")[2]) for item in together)
        else:
            yield _case(case.partition("/")[2], tuple(together))


def sources(pages: Iterable[Source]) -> tuple[Value, ...]:
    """Return *pages* as records of one line each."""
    return tuple(Braces(title=page.title, url=page.url) for page in pages)


def blank(entry: Blank) -> Braces:
    """Return what one blank accepts as a record."""
    return Braces({"accept": OneLine(entry.accept)} | ({"exact": "true"} if entry.exact else {}))


def serves(blueprints: Iterable[str]) -> OneLine:
    """Return the ids of *blueprints* as a list on one line."""
    return OneLine(blueprints)


def _item(item: Item, own: str) -> Entry:
    entry: Entry = {"id": own, "kind": Bare(item.kind.value), "topic": item.topic}
    if item.difficulty is not Difficulty.MEDIUM:
        entry["difficulty"] = Bare(item.difficulty.value)
    entry |= {"prompt": item.prompt, **_choices(item), "key": _key(item.key, item.kind)}
    if item.kind is Kind.TRUE_FALSE and any(option.feedback for option in item.options):
        entry["feedback"] = {str(option.id): option.feedback for option in item.options if option.feedback}
    if item.explanation:
        entry["explanation"] = item.explanation
    if item.hints:
        entry["hints"] = OneLine(item.hints)
    if item.sources:
        entry["sources"] = sources(item.sources)
    if item.valid_until is not None:
        entry["valid_until"] = Bare(item.valid_until.isoformat())
    if item.seconds is not None:
        entry["seconds"] = Bare(item.seconds)
    return entry | _ending(item.serves, item.off)


def _ending(served: Sequence[str], off: str) -> Entry:
    entry: Entry = {"serves": serves(served)} if served else {}
    return entry | ({"off": off} if off else {})


def _choices(item: Item) -> Entry:
    """Return the stems and options of *item*; those of true and false are the same for every item."""
    entry: Entry = {}
    if item.stems:
        entry["stems"] = tuple(Braces(id=stem.id, text=stem.text) for stem in item.stems)
    if item.options and item.kind is not Kind.TRUE_FALSE:
        entry["options"] = tuple(map(_option, item.options))
    return entry


def _option(option: Option) -> Value:
    entry: Entry = {"id": option.id, "text": option.text}
    if option.feedback:
        entry["feedback"] = option.feedback
    if option.place is not Place.ANY:
        entry["place"] = Bare(option.place.value)
    return entry if option.feedback else Braces(entry)


def _key(key: Key, kind: Kind) -> Value:
    match key:
        case ChoiceKey(right) if kind is Kind.MULTIPLE_RESPONSE:
            return OneLine(right)
        case ChoiceKey(right):
            return right[0]
        case BlanksKey(blanks):
            return tuple(map(blank, blanks))
        case NumberKey():
            return _number(key)
        case TextKey():
            return _text(key)
        case OrderKey(order):
            return OneLine(order)
        case MatchKey(pairs):
            return Braces({str(stem): option for stem, option in pairs})
        case _:
            assert_never(key)


def _number(key: NumberKey) -> Value:
    entry: Entry = {"value": Bare(key.value)}
    if key.tolerance or key.percent:
        entry["tolerance"] = Bare(f"{key.tolerance}%" if key.percent else key.tolerance)
    if key.unit:
        entry["unit"] = key.unit
    if key.units:
        entry["units"] = Braces({unit: Bare(size) for unit, size in key.units})
    if key.unit_required:
        entry["unit_required"] = "true"
    return Braces(entry)


def _text(key: TextKey) -> Value:
    entry: Entry = {}
    if key.accept:
        entry["accept"] = OneLine(key.accept)
    if key.points:
        entry["points"] = tuple(map(_point, key.points))
    if key.need:
        entry["need"] = Bare(key.need)
    if key.exact:
        entry["exact"] = "true"
    return entry if key.points else Braces(entry)


def _point(point: Point) -> Value:
    return Braces(say=point.say, any_of=OneLine(point.any_of))


def _case(own: str, parts: Sequence[Item]) -> Entry:
    """Return a case study; what all of its parts share stands in it once, and each part's own in the part."""
    entry: Entry = {"id": own, "kind": Bare("case_study")}
    shared: set[str] = set()
    whole = {**_item(parts[0], ""), "difficulty": Bare(parts[0].difficulty.value)}
    for name in ("topic", "difficulty", "sources", "valid_until", "serves", "off"):
        values = [getattr(part, name) for part in parts]
        if name in whole and all(value == values[0] for value in values):
            shared.add(name)
    for name in ("topic", "difficulty"):
        if name in shared:
            entry[name] = whole[name]
    entry |= {
        "scenario": parts[0].scenario,
        "items": tuple(_part(part, shared) for part in parts),
    }
    return entry | {name: whole[name] for name in whole if name in shared - entry.keys()}


def _part(item: Item, shared: set[str]) -> Entry:
    return {
        name: value for name, value in _item(item, item.id.rpartition("/")[2]).items() if name not in shared
    }
