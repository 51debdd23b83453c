"""Rows of a table as drafts."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from bot.core.cards import CardKind
from bot.core.items import Blank, BlanksKey, Difficulty, Kind, NumberKey, Place, Point, Source, TextKey
from bot.packs import prose
from bot.packs.formats.csv_cells import split
from bot.packs.importing.drafts import DraftCard, DraftOption, DraftQuestion, Span

_YES: Final = frozenset({"yes", "true", "1", "x"})
_TRUTHS: Final = {"true": True, "false": False, "t": True, "f": False, "yes": True, "no": False}

Row = Mapping[str, str]


def card_of(row: Row, span: Span) -> DraftCard:
    """Return the card that *row* holds."""
    exact = split(row.get("exact", ""))
    blanks = tuple(
        Blank(split(cell), str(number) in exact) for number, cell in enumerate(_series(row, "blank"), 1)
    )
    guess = CardKind.QUESTION if row["front"].endswith("?") else CardKind.TERM
    named = next((one for one in CardKind if one == row.get("kind", "").casefold()), guess)
    kind = CardKind.CLOZE if blanks else named
    return DraftCard(
        CardKind.TERM if kind is CardKind.CLOZE and not blanks else kind,
        row["front"],
        row.get("back", ""),
        span,
        blanks,
        topic=row.get("topic", ""),
        deck=row.get("deck", ""),
        sources=_sources(row),
        id=row.get("id", ""),
    )


def question_of(row: Row, span: Span) -> tuple[DraftQuestion, str]:
    """Return the question that *row* holds, and what is wrong with its key, "" when nothing is."""
    draft = DraftQuestion(
        _kind(row),
        row["prompt"],
        span,
        explanation=row.get("explanation", ""),
        hints=split(row.get("hints", "")),
        sources=_sources(row),
        topic=row.get("topic", ""),
        difficulty=next((one for one in Difficulty if one == row.get("difficulty", "")), Difficulty.MEDIUM),
        valid_until=_date(row.get("valid_until", "")),
        seconds=int(row["seconds"]) if row.get("seconds", "").isdecimal() else None,
        id=row.get("id", ""),
        case=row.get("case", ""),
        scenario=row.get("scenario", ""),
    )
    keyed, said = _keyed(draft, row)
    return (replace(keyed, off=(said,)) if said else keyed), said


def _kind(row: Row) -> Kind:
    """Return the kind that *row* names, or the one that its cells speak of."""
    named = re.sub(r"[\s-]+", "_", row.get("kind", "").casefold())
    found = next((one for one in Kind if one == named), None)
    if found is not None:
        return found
    key = row.get("key", "").casefold()
    if "option_1" in row and key:
        return Kind.MULTIPLE_RESPONSE if len(_numbers(key)) > 1 else Kind.SINGLE_CHOICE
    if key in _TRUTHS:
        return Kind.TRUE_FALSE
    if prose.blanks(row["prompt"]):
        return Kind.FILL_IN
    return Kind.NUMERIC if "tolerance" in row else Kind.FREE_TEXT


def _keyed(draft: DraftQuestion, row: Row) -> tuple[DraftQuestion, str]:
    """Return *draft* with options and key, and what is wrong with them."""
    key = row.get("key", "")
    match draft.kind:
        case Kind.TRUE_FALSE:
            return _truth(draft, row, key.casefold())
        case Kind.SINGLE_CHOICE | Kind.MULTIPLE_RESPONSE:
            return _choice(draft, row, key)
        case Kind.ORDERING:
            return _order(draft, row, _numbers(key))
        case Kind.MATCHING:
            return _pairs(draft, row, re.findall(r"(\d+)\s*=\s*(\d+)", key))
        case Kind.NUMERIC:
            number = _number(row)
            return replace(draft, key=number), "" if number else f"The key `{key}` is no number."
        case _:
            return _typed(draft, row), ""


def _truth(draft: DraftQuestion, row: Row, key: str) -> tuple[DraftQuestion, str]:
    right = _TRUTHS.get(key)
    said = _options(row, 2)
    options = tuple(
        DraftOption(word, right is value, said[at].feedback if at < len(said) else "")
        for at, (word, value) in enumerate((("True", True), ("False", False)))
    )
    return replace(draft, options=options), "" if right is not None else "The key is neither true nor false."


def _choice(draft: DraftQuestion, row: Row, key: str) -> tuple[DraftQuestion, str]:
    options = _options(row)
    texts = [option.text for option in options]
    numbers = [texts.index(key) + 1] if key in texts and not key.isdecimal() else _numbers(key)
    good = bool(numbers) and all(0 < number <= len(options) for number in numbers)
    marked = tuple(
        replace(option, right=good and number in numbers) for number, option in enumerate(options, 1)
    )
    said = "" if good else f"The key `{key}` names no option by its number."
    return replace(draft, options=marked), said


def _order(draft: DraftQuestion, row: Row, numbers: list[int]) -> tuple[DraftQuestion, str]:
    options = _options(row)
    if sorted(numbers) != list(range(1, len(options) + 1)):
        return replace(draft, options=options), "The key does not name each option once."
    return replace(draft, options=tuple(options[number - 1] for number in numbers)), ""


def _pairs(draft: DraftQuestion, row: Row, key: list[tuple[str, str]]) -> tuple[DraftQuestion, str]:
    options, stems = _options(row), _series(row, "stem")
    chosen = {int(stem): int(option) for stem, option in key}
    good = chosen.keys() == set(range(1, len(stems) + 1)) and set(chosen.values()) <= set(
        range(1, len(options) + 1)
    )
    pairs = tuple((stem, options[chosen[at] - 1].text if good else "?") for at, stem in enumerate(stems, 1))
    return replace(draft, options=options, pairs=pairs), "" if good else "The key pairs not each stem once."


def _typed(draft: DraftQuestion, row: Row) -> DraftQuestion:
    """Return what is typed into blanks or in free words."""
    said = _series(row, "option") or [row.get("key", "")]
    exact = split(row.get("exact", ""))
    if draft.kind is Kind.FILL_IN:
        blanks = (Blank(split(cell), str(number) in exact) for number, cell in enumerate(said, 1))
        return replace(draft, key=BlanksKey(tuple(blanks)))
    points = [split(cell) for cell in _series(row, "point")]
    need = int(row["need"]) if row.get("need", "").isdecimal() else 0
    accept = tuple(text for text in said if text)
    key = TextKey(accept, tuple(Point(one[0], one[1:] or one) for one in points), need, "1" in exact)
    return replace(draft, key=key)


def _number(row: Row) -> NumberKey | None:
    """Return the number of *row*; None when it is none."""
    tolerance = row.get("tolerance", "0")
    units = [one.rpartition("=") for one in split(row.get("units", ""))]
    try:
        return NumberKey(
            Decimal(row.get("key", "")),
            Decimal(tolerance.rstrip("% ") or "0"),
            tolerance.endswith("%"),
            row.get("unit", ""),
            tuple((name.strip(), Decimal(size.strip())) for name, _, size in units),
            row.get("unit_required", "").casefold() in _YES,
        )
    except InvalidOperation:
        return None


def _options(row: Row, at_least: int = 0) -> tuple[DraftOption, ...]:
    places = {place.value: place for place in Place}
    texts = {number: row[f"option_{number}"] for number in _used(row, "option")}
    numbers = range(1, max((at_least, *texts)) + 1)
    return tuple(
        DraftOption(
            texts.get(number, ""),
            feedback=row.get(f"feedback_{number}", ""),
            place=places.get(row.get(f"place_{number}", ""), Place.ANY),
        )
        for number in numbers
    )


def _series(row: Row, name: str) -> list[str]:
    """Return the cells of the columns called *name* with a number, in order."""
    return [row[f"{name}_{number}"] for number in _used(row, name)]


def _used(row: Row, name: str) -> list[int]:
    found = (re.fullmatch(rf"{name}_(\d{{1,2}})", column) for column in row)
    return sorted(int(one[1]) for one in found if one)


def _numbers(key: str) -> list[int]:
    """Return the numbers of options in *key*; letters stand for them as well."""
    return [
        int(one) if one.isdecimal() else ord(one.upper()) - 64
        for one in re.findall(r"\b(?:\d{1,3}|[A-Za-z])\b", key)
    ]


def _sources(row: Row) -> tuple[Source, ...]:
    """Return the sources: an address each, with a title before it or none."""
    read = (one.rpartition(" ") for one in split(row.get("sources", "")))
    return tuple(Source(title.strip(), url) for title, _, url in read)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
