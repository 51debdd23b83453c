"""Packs written as GIFT: a file a deck, a category a topic."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, assert_never

from bot.core.items import BlanksKey, ChoiceKey, Item, Kind, MatchKey, NumberKey, Option, OrderKey, TextKey
from bot.core.packs import Deck, Pack
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.gift_texts import begins_weighed, escaped, format_of
from bot.packs.formats.losses import losses, own_id, studies, whole_prompt

_HELD: Final = ("explanation", "feedback")
_NO_PLACE: Final = "GIFT has no place for it"


def write(pack: Pack) -> Exported:
    """Return the decks of *pack* as GIFT, and everything that these files do not hold."""
    left_out: list[LeftOut] = []
    files = {f"{own_id(deck.id)}.gift": _deck(deck, pack, left_out).encode() for deck in pack.decks}
    left_out.extend(studies(pack, _NO_PLACE))
    return Exported(files, tuple(left_out))


def _deck(deck: Deck, pack: Pack, left_out: list[LeftOut]) -> str:
    parts = [f"// {' '.join(deck.title.split())}", ""]
    topic: str | None = None
    for item in deck.items:
        why = _reason(item)
        if why:
            left_out.append(LeftOut(item.id, "the question", why))
            continue
        if item.topic != topic:
            topic = item.topic
            title = " ".join(pack.topics.get(item.topic, topic).split())
            parts += [f"$CATEGORY: {escaped(title.replace('/', '//'))}", ""]
        left_out += losses(item, _HELD, _NO_PLACE)
        left_out += (LeftOut(item.id, what, _NO_PLACE) for what in _not_held(item))
        parts += [_question(item), ""]
    return "\n".join(parts)


def _reason(item: Item) -> str:
    """Return why GIFT cannot hold *item*, or ""."""
    match item.key:
        case OrderKey():
            return "GIFT does not ask to put things in order"
        case BlanksKey(blanks) if len(blanks) > 1:
            return "GIFT asks for one blank in a question"
        case MatchKey() if any("->" in text for text in _sides(item)):
            return "a text of it holds the arrow that GIFT puts between the sides"
        case _:
            return ""


def _sides(item: Item) -> Iterator[str]:
    yield from (stem.text for stem in item.stems)
    yield from (option.text for option in item.options)


def _not_held(item: Item) -> Iterator[str]:
    """Yield what is not held of the key."""
    match item.key:
        case NumberKey(unit=unit, units=units):
            if unit:
                yield f"the unit {unit}"
            yield from (f"the unit {name}" for name, _ in units)
        case TextKey(points=points):
            yield from (f"the point {point.say}" for point in points)
        case MatchKey():
            if any(option.feedback for option in item.options):
                yield "the feedback on what is matched"
        case _:
            pass
    blanks = item.key.blanks if isinstance(item.key, BlanksKey) else ()
    if any(blank.exact for blank in blanks) or (isinstance(item.key, TextKey) and item.key.exact):
        yield "that the answer is exact"


def _question(item: Item) -> str:
    own = own_id(item.id)
    answers = [f"\t{one}" for one in _answers(item)]
    said = [f"\t####{_said(item.explanation)}"] if item.explanation else []
    head = f"// [id:{own}]\n::{own}::[markdown]{escaped(whole_prompt(item))} {{"
    inner = [*answers, *said]
    return "\n".join([head, *inner, "}"]) if inner else f"{head}}}"


def _answers(item: Item) -> Iterator[str]:
    match item.key:
        case ChoiceKey(right) if item.kind is Kind.TRUE_FALSE:
            yield _truth(item, right[0])
        case ChoiceKey(right):
            yield from (_choice(item, option, len(right), option.id in right) for option in item.options)
        case BlanksKey(blanks):
            yield from map(_accepted, blanks[0].accept)
        case TextKey(accept):
            yield from map(_accepted, accept)
        case NumberKey():
            yield f"#{plainly(item.key.value)}:{plainly(absolute(item.key))}"
        case MatchKey():
            yield from _matched(item, item.key)
        case OrderKey():
            return
        case _:
            assert_never(item.key)


def _said(text: str) -> str:
    """Return *text* escaped, and told to be Markdown where it would be taken to name its format."""
    return f"[markdown]{escaped(text)}" if format_of(text)[0] else escaped(text)


def _truth(item: Item, right: str) -> str:
    said = {option.id: option.feedback for option in item.options}
    wrong = next(option.id for option in item.options if option.id != right)
    feedback = [said[wrong], next(said[one.id] for one in item.options if one.id == right)]
    tail = "".join(f"#{_said(one)}" for one in feedback) if any(feedback) else ""
    return f"{'TRUE' if right == 'true' else 'FALSE'}{tail}"


def _choice(item: Item, option: Option, rights: int, right: bool) -> str:  # noqa: FBT001
    several = item.kind is Kind.MULTIPLE_RESPONSE
    share = f"{100 / rights:.5f}".rstrip("0").rstrip(".")
    weight = f"%{share}%" if several and right else "%-100%" if several else ""
    if begins_weighed(option.text) and not several:
        weight = "%100%" if right else "%0%"
    said = f"#{_said(option.feedback)}" if option.feedback else ""
    return f"{'=' if right and not several else '~'}{weight}{_said(option.text)}{said}"


def _accepted(text: str) -> str:
    weight = "%100%" if begins_weighed(text) else ""
    return f"={weight}{escaped(text.replace('*', chr(92) + '*'))}"


def _matched(item: Item, key: MatchKey) -> Iterator[str]:
    chosen = dict(key.pairs)
    for stem in item.stems:
        yield f"={_said(stem.text)} -> {_said(item.option(chosen[stem.id]).text)}"
    used = set(chosen.values())
    yield from (f"= -> {_said(option.text)}" for option in item.options if option.id not in used)


def absolute(key: NumberKey) -> Decimal:
    """Return the tolerance of *key* as a number to add and to take away."""
    return abs(key.value) * key.tolerance / 100 if key.percent else key.tolerance


def plainly(number: Decimal) -> str:
    """Return *number* without an exponent."""
    return f"{number:f}"
