"""Mending: an item as the text of a form, and back as the next version of the item.

A mended item keeps what it was made of: as many options, blanks and stems, each with the id that it had, so
that what was answered before can be looked at again. What is right, and how everything is worded, may change.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, assert_never

from bot.core.ids import OptionId
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
    Point,
    TextKey,
)
from bot.core.review_commands import Mending

LONGEST_PROMPT: Final = 2000
LONGEST_OPTION: Final = 300
LONGEST_ACCEPTED: Final = 200
MOST_ACCEPTED: Final = 20
LONGEST_EXPLANATION: Final = 3000

_RIGHT: Final = re.compile(r"\*\s+|\*(?!\*)")
_BLANK: Final = re.compile(r"_{3,}")
_OR: Final = " | "
_IS: Final = " = "
_NUMBER: Final = re.compile(
    r"(?P<value>[-+]?[\d.]+)(?:\s*(?:±|\+/-|\+-)\s*(?P<within>[\d.]+)\s*(?P<percent>%?))?"
)


class Slip(StrEnum):
    """Why an item cannot be mended as it was typed."""

    NO_PROMPT = "no_prompt"
    LONG_PROMPT = "long_prompt"
    LONG_EXPLANATION = "long_explanation"
    OTHER_COUNT = "other_count"
    LONG_OPTION = "long_option"
    EMPTY_OPTION = "empty_option"
    SAME_OPTIONS = "same_options"
    NONE_RIGHT = "none_right"
    ALL_RIGHT = "all_right"
    ONE_RIGHT = "one_right"
    OTHER_BLANKS = "other_blanks"
    NO_ANSWER = "no_answer"
    LONG_ANSWER = "long_answer"
    NO_NUMBER = "no_number"
    UNKNOWN_OPTION = "unknown_option"
    NO_PAIR = "no_pair"
    NO_POINT = "no_point"

    @property
    def place(self) -> int:
        """The field of the form that it is about: the question, its answers or its explanation."""
        match self:
            case Slip.NO_PROMPT | Slip.LONG_PROMPT | Slip.OTHER_BLANKS:
                return 0
            case Slip.LONG_EXPLANATION:
                return 2
            case _:
                return 1


@dataclass(frozen=True, slots=True)
class Slipped:
    """What is wrong with what was typed; *said* is the part that is meant, "" where that is clear."""

    slip: Slip
    said: str = ""


def mending_of(item: Item) -> Mending:
    """Return *item* as its form shows it."""
    return Mending(item.prompt, "\n".join(_lines(item)), item.explanation)


def mended(item: Item, typed: Mending) -> Item | Slipped:
    """Return *item* as it was *typed*, or what is wrong with that."""
    wrong = _wrong_words(item, typed)
    if wrong is not None:
        return wrong
    lines = [line.strip() for line in typed.answers.splitlines() if line.strip()]
    after = _with_answers(item, lines)
    if isinstance(after, Slipped):
        return after
    return replace(after, prompt=typed.prompt.strip(), explanation=typed.explanation.strip())


def key_in_words(item: Item) -> tuple[str, ...]:
    """Return what is right, one text a line, as anybody may read it once it is no secret."""
    match item.key:
        case ChoiceKey(right=right):
            return tuple(option.text for option in item.options if option.id in right)
        case BlanksKey(blanks=blanks):
            return tuple(blank.accept[0] for blank in blanks)
        case TextKey(accept=accept, points=points):
            return accept[:1] or tuple(point.say for point in points)
        case NumberKey() | OrderKey() | MatchKey():
            return tuple(_lines(item))
        case _:
            assert_never(item.key)


# --------------------------------------------------------------------------------------------- item -> lines


def _lines(item: Item) -> list[str]:
    key = item.key
    match key:
        case ChoiceKey(right=right):
            return [f"{'* ' if one.id in right else ''}{_line(one.text)}" for one in item.options]
        case BlanksKey(blanks=blanks):
            return [_OR.join(blank.accept) for blank in blanks]
        case NumberKey():
            return [_number_line(key)]
        case TextKey(accept=accept, points=points):
            return [*accept, *(f"{point.say}{_IS}{_OR.join(point.any_of)}" for point in points)]
        case OrderKey(order=order):
            return [_line(item.option(one).text) for one in order]
        case MatchKey(pairs=pairs):
            stems = {stem.id: stem.text for stem in item.stems}
            return [f"{_line(stems[stem])}{_IS}{_line(item.option(one).text)}" for stem, one in pairs]
        case _:
            assert_never(key)


def _line(text: str) -> str:
    return " ".join(text.split())


def _number_line(key: NumberKey) -> str:
    if not key.tolerance:
        return str(key.value)
    return f"{key.value} ± {key.tolerance}{' %' if key.percent else ''}"


# --------------------------------------------------------------------------------------------- lines -> item


def _wrong_words(item: Item, typed: Mending) -> Slipped | None:
    prompt = typed.prompt.strip()
    if not prompt:
        return Slipped(Slip.NO_PROMPT)
    if len(prompt) > LONGEST_PROMPT:
        return Slipped(Slip.LONG_PROMPT)
    if len(typed.explanation.strip()) > LONGEST_EXPLANATION:
        return Slipped(Slip.LONG_EXPLANATION)
    blanks = len(_BLANK.findall(item.prompt))
    if isinstance(item.key, BlanksKey) and len(_BLANK.findall(prompt)) != blanks:
        return Slipped(Slip.OTHER_BLANKS, str(blanks))
    return None


def _with_answers(item: Item, lines: Sequence[str]) -> Item | Slipped:
    key = item.key
    match key:
        case ChoiceKey():
            return _with_options(item, lines)
        case BlanksKey():
            return _keyed(item, _blanks(key, lines))
        case NumberKey():
            return _keyed(item, _number(key, lines))
        case TextKey():
            return _keyed(item, _texts(key, lines))
        case OrderKey():
            return _keyed(item, _order(item, lines))
        case MatchKey():
            return _keyed(item, _pairs(item, key, lines))
        case _:
            assert_never(key)


def _keyed(item: Item, key: Key | Slipped) -> Item | Slipped:
    return key if isinstance(key, Slipped) else replace(item, key=key)


def _with_options(item: Item, lines: Sequence[str]) -> Item | Slipped:
    """Return *item* with its options as they are on *lines*, a star before each right one."""
    texts = [line[found.end() :].strip() if (found := _RIGHT.match(line)) else line for line in lines]
    wrong = _wrong_options(item, texts)
    if wrong is not None:
        return wrong
    options = _reworded(item.options, texts)
    by_text = dict(zip(texts, options, strict=True))
    starred = {by_text[text].id for text, line in zip(texts, lines, strict=True) if _RIGHT.match(line)}
    right = tuple(option.id for option in item.options if option.id in starred)
    if not right:
        return Slipped(Slip.NONE_RIGHT)
    if item.kind is not Kind.MULTIPLE_RESPONSE and len(right) > 1:
        return Slipped(Slip.ONE_RIGHT)
    if len(right) == len(options):
        return Slipped(Slip.ALL_RIGHT)
    by_id = {option.id: option for option in options}
    return replace(item, options=tuple(by_id[option.id] for option in item.options), key=ChoiceKey(right))


def _wrong_options(item: Item, texts: Sequence[str]) -> Slipped | None:
    if len(texts) != len(item.options):
        return Slipped(Slip.OTHER_COUNT, str(len(item.options)))
    if not all(texts):
        return Slipped(Slip.EMPTY_OPTION)
    known = {_line(option.text) for option in item.options}
    long = next((text for text in texts if len(text) > LONGEST_OPTION and text not in known), None)
    if long is not None:
        return Slipped(Slip.LONG_OPTION, long)
    same = [_line(text) for text in texts]
    twice = next((text for place, text in enumerate(texts) if _line(text) in same[:place]), None)
    return None if twice is None else Slipped(Slip.SAME_OPTIONS, twice)


def _reworded(options: Sequence[Option], texts: Sequence[str]) -> list[Option]:
    """Return the option of each text: the one that says so, and else the next one that nothing says."""
    said = {_line(option.text): option for option in options}
    kept = {_line(text) for text in texts}
    left = [option for option in options if _line(option.text) not in kept]
    found = []
    for text in texts:
        same = said.get(_line(text))
        option = same or left.pop(0)
        found.append(option if _line(option.text) == text else replace(option, text=text))
    return found


def _accepted(line: str) -> tuple[str, ...] | Slipped:
    texts = tuple(dict.fromkeys(part.strip() for part in line.split(_OR.strip()) if part.strip()))
    if not texts or len(texts) > MOST_ACCEPTED:
        return Slipped(Slip.NO_ANSWER, line)
    long = next((text for text in texts if len(text) > LONGEST_ACCEPTED), None)
    return texts if long is None else Slipped(Slip.LONG_ANSWER, long)


def _blanks(key: BlanksKey, lines: Sequence[str]) -> BlanksKey | Slipped:
    if len(lines) != len(key.blanks):
        return Slipped(Slip.OTHER_COUNT, str(len(key.blanks)))
    found: list[Blank] = []
    for blank, line in zip(key.blanks, lines, strict=True):
        accept = _accepted(line)
        if isinstance(accept, Slipped):
            return accept
        found.append(replace(blank, accept=accept))
    return BlanksKey(tuple(found))


def _number(key: NumberKey, lines: Sequence[str]) -> NumberKey | Slipped:
    said = " ".join(lines)
    found = _NUMBER.fullmatch(said)
    if found is None:
        return Slipped(Slip.NO_NUMBER, said)
    try:
        value, within = Decimal(found["value"]), Decimal(found["within"] or 0)
    except InvalidOperation:
        return Slipped(Slip.NO_NUMBER, said)
    return replace(key, value=value, tolerance=within, percent=bool(found["percent"]))


def _texts(key: TextKey, lines: Sequence[str]) -> TextKey | Slipped:
    """Return a key of whole answers, and of points on lines that say what shows each."""
    accept = tuple(line for line in lines if _IS not in line)
    points: list[Point] = []
    for line in (line for line in lines if _IS in line):
        say, _, phrases = line.partition(_IS)
        any_of = _accepted(phrases)
        if isinstance(any_of, Slipped):
            return any_of
        points.append(Point(say.strip(), any_of))
    long = next((text for text in accept if len(text) > LONGEST_ACCEPTED), None)
    if long is not None:
        return Slipped(Slip.LONG_ANSWER, long)
    if not accept and not points:
        return Slipped(Slip.NO_ANSWER)
    if key.need > len(points):
        return Slipped(Slip.NO_POINT, str(key.need))
    return replace(key, accept=accept, points=tuple(points))


def _order(item: Item, lines: Sequence[str]) -> OrderKey | Slipped:
    if len(lines) != len(item.options):
        return Slipped(Slip.OTHER_COUNT, str(len(item.options)))
    found = [_option_called(item, line) for line in lines]
    strange = next((line for line, one in zip(lines, found, strict=True) if one is None), None)
    if strange is not None:
        return Slipped(Slip.UNKNOWN_OPTION, strange)
    order = tuple(one for one in found if one is not None)
    twice = next((line for place, line in enumerate(lines) if order[place] in order[:place]), None)
    return OrderKey(order) if twice is None else Slipped(Slip.SAME_OPTIONS, twice)


def _pairs(item: Item, key: MatchKey, lines: Sequence[str]) -> MatchKey | Slipped:
    if len(lines) != len(key.pairs):
        return Slipped(Slip.OTHER_COUNT, str(len(key.pairs)))
    stems = {_line(stem.text): stem.id for stem in item.stems}
    found = {}
    for line in lines:
        for at in (match.start() for match in re.finditer(re.escape(_IS), line)):
            stem, option = stems.get(_line(line[:at])), _option_called(item, line[at + len(_IS) :])
            if stem is not None and option is not None:
                found[stem] = option
                break
        else:
            return Slipped(Slip.NO_PAIR, line)
    if len(found) < len(key.pairs):
        return Slipped(Slip.NO_PAIR)
    return MatchKey(tuple((stem, found[stem]) for stem, _ in key.pairs))


def _option_called(item: Item, text: str) -> OptionId | None:
    """Return the option that says *text*; None when none does."""
    return next((option.id for option in item.options if _line(option.text) == _line(text)), None)
