"""Packs written as Moodle's XML: a file a deck, a category a topic."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final, assert_never
from xml.sax.saxutils import escape

from bot.core.items import (
    BlanksKey,
    ChoiceKey,
    Item,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    TextKey,
)
from bot.core.packs import Deck, Pack
from bot.packs import prose
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.gift_writing import absolute, plainly
from bot.packs.formats.losses import losses, own_id, studies, whole_prompt
from bot.packs.formats.qti_xml import safe

_HELD: Final = ("explanation", "feedback", "hints")
_NO_PLACE: Final = "Moodle's XML has no place for it"
_GAP_SIGNS: Final = re.compile(r"[\\{}~#/\"=]")


def write(pack: Pack) -> Exported:
    """Return the decks of *pack* as XML, and everything that these files do not hold."""
    left_out: list[LeftOut] = []
    files = {f"{own_id(deck.id)}.xml": _deck(deck, pack, left_out).encode() for deck in pack.decks}
    left_out.extend(studies(pack, _NO_PLACE))
    return Exported(files, tuple(left_out))


def _deck(deck: Deck, pack: Pack, left_out: list[LeftOut]) -> str:
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    topic: str | None = None
    for item in deck.items:
        if isinstance(item.key, OrderKey):
            left_out.append(LeftOut(item.id, "the question", "Moodle's own kinds do not put things in order"))
            continue
        if item.topic != topic:
            topic = item.topic
            title = " ".join(pack.topics.get(item.topic, topic).split()).replace("/", "//")
            parts += ['<question type="category">', f" <category>{_text(title)}</category>", "</question>"]
        left_out += losses(item, _HELD, _NO_PLACE)
        left_out += (LeftOut(item.id, what, _NO_PLACE) for what in _not_held(item))
        parts += _question(item)
    return "\n".join([*parts, "</quiz>", ""])


def _not_held(item: Item) -> Iterator[str]:
    """Yield what is not held of the key."""
    match item.key:
        case NumberKey(units=units):
            yield from (f"the unit {name}" for name, size in units if not _is_exact(size))
        case TextKey(points=points, exact=exact):
            yield from (f"the point {point.say}" for point in points)
            if exact:
                yield "that the answer is exact"
        case BlanksKey((blank,)) if blank.exact:
            yield "that the answer is exact"
        case MatchKey() if any(option.feedback for option in item.options):
            yield "the feedback on what is matched"
        case _:
            pass


def _text(text: str) -> str:
    return f"<text>{escape(safe(text))}</text>"


def _said(tag: str, text: str, more: str = "") -> str:
    return f' <{tag} format="markdown">{_text(text)}{more}</{tag}>'


def _type(item: Item) -> str:
    match item.key:
        case ChoiceKey():
            return "truefalse" if item.kind is Kind.TRUE_FALSE else "multichoice"
        case BlanksKey(blanks):
            return "shortanswer" if len(blanks) == 1 else "cloze"
        case NumberKey():
            return "numerical"
        case TextKey(accept):
            return "shortanswer" if accept else "essay"
        case MatchKey() | OrderKey():
            return "matching"
        case _:
            assert_never(item.key)


def _question(item: Item) -> Iterator[str]:
    yield f'<question type="{_type(item)}">'
    yield f" <name>{_text(own_id(item.id))}</name>"
    yield _said("questiontext", _prompt(item))
    yield _said("generalfeedback", item.explanation)
    yield f" <idnumber>{escape(own_id(item.id))}</idnumber>"
    yield from _answers(item)
    yield from (_said("hint", hint) for hint in item.hints)
    yield "</question>"


def _prompt(item: Item) -> str:
    """Return the prompt, with what each blank accepts in it when there are several."""
    prompt = whole_prompt(item)
    if not isinstance(item.key, BlanksKey) or len(item.key.blanks) == 1:
        return prompt
    pieces, done = [], 0
    gaps = prose.BLANK.finditer(prose.without_code(prompt))
    for gap, blank in zip(gaps, item.key.blanks, strict=False):
        accepted = "~".join(f"={_in_gap(text)}" for text in blank.accept)
        kind = "SHORTANSWER_C" if blank.exact else "SHORTANSWER"
        pieces += [prompt[done : gap.start()], f"{{1:{kind}:{accepted}}}"]
        done = gap.end()
    return "".join(pieces) + prompt[done:]


def _in_gap(text: str) -> str:
    return _GAP_SIGNS.sub(r"\\\g<0>", escape(text))


def _answers(item: Item) -> Iterator[str]:
    match item.key:
        case ChoiceKey(right) if item.kind is Kind.TRUE_FALSE:
            yield from (_answer(100 * (one.id in right), one.id, one.feedback) for one in item.options)
        case ChoiceKey(right):
            several = item.kind is Kind.MULTIPLE_RESPONSE
            yield f" <single>{'false' if several else 'true'}</single>"
            yield " <shuffleanswers>true</shuffleanswers>"
            yield from (_choice(one, one.id in right, len(right), -100 * several) for one in item.options)
        case BlanksKey(blanks):
            yield from (_answer(100, _starred(text)) for text in blanks[0].accept if len(blanks) == 1)
        case TextKey(accept):
            yield from (_answer(100, _starred(text)) for text in accept)
        case NumberKey():
            yield from _number(item.key)
        case MatchKey(pairs):
            chosen = dict(pairs)
            yield " <shuffleanswers>true</shuffleanswers>"
            yield from (_pair(stem.text, item.option(chosen[stem.id]).text) for stem in item.stems)
            free = (one for one in item.options if one.id not in set(chosen.values()))
            yield from (_pair("", option.text) for option in free)
        case OrderKey():
            return
        case _:
            assert_never(item.key)


def _starred(text: str) -> str:
    return text.replace("*", "\\*")


def _answer(fraction: int, text: str, feedback: str = "") -> str:
    said = f'<feedback format="markdown">{_text(feedback)}</feedback>' if feedback else ""
    return f' <answer fraction="{fraction}" format="plain_text">{_text(text)}{said}</answer>'


def _choice(option: Option, right: bool, rights: int, wrong: int) -> str:  # noqa: FBT001
    share = f"{100 / rights:.5f}".rstrip("0").rstrip(".") if right else str(wrong)
    said = f'<feedback format="markdown">{_text(option.feedback)}</feedback>' if option.feedback else ""
    return f' <answer fraction="{share}" format="markdown">{_text(option.text)}{said}</answer>'


def _pair(left: str, right: str) -> str:
    return _said("subquestion", left, f"<answer>{_text(right)}</answer>")


def _number(key: NumberKey) -> Iterator[str]:
    value, tolerance = plainly(key.value), plainly(absolute(key))
    yield f' <answer fraction="100">{_text(value)}<tolerance>{tolerance}</tolerance></answer>'
    yield f" <unitgradingtype>{int(key.unit_required)}</unitgradingtype>"
    if key.unit:
        others = [(name, 1 / size) for name, size in key.units if _is_exact(size)]
        units = "".join(_unit(name, many) for name, many in ((key.unit, Decimal(1)), *others))
        yield f" <units>{units}</units>"


def _unit(name: str, many: Decimal) -> str:
    told = escape(safe(name))
    return f"<unit><multiplier>{plainly(many)}</multiplier><unit_name>{told}</unit_name></unit>"


def _is_exact(size: Decimal) -> bool:
    """Return whether a unit of that *size* can be told as how many of it make one."""
    return size * (1 / size) == 1
