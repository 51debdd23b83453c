"""Texts turned into what a field needs: words, ids, dates, numbers, addresses."""

import re
from collections.abc import Callable, Collection
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlsplit

from bot.packs import prose
from bot.packs.fields import Field, Reader, clipped, in_words, nearest
from bot.packs.maths import warn_of_formulas
from bot.packs.problems import Code

E = TypeVar("E", bound=StrEnum)

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_TASK = re.compile(r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?")
LONGEST_ID = 60


def as_line(field: Field) -> str:
    """Read a text of one line: line breaks become spaces."""
    return " ".join(field.text.split())


def as_prose(longest: int) -> Reader[str]:
    """Return a reader of small Markdown that warns of HTML, odd formulas and over *longest* characters."""

    def read(field: Field) -> str:
        for offset, tag in prose.html(field.node.text):
            _warn_html(field, offset, tag)
        warn_of_formulas(field)
        if len(field.text) > longest:
            field.refuse(
                Code.LONG_TEXT,
                f"`{field.name}` has {len(field.text)} characters; over {longest} are hard to read in chat.",
                "Shorten it, or move what matters less to the explanation.",
            )
        return field.text

    return read


def as_rationale(longest: int) -> Reader[str]:
    """Return a reader of small Markdown that also warns where an option is named by letter or place."""
    read_prose = as_prose(longest)

    def read(field: Field) -> str | None:
        for offset, words in prose.cited_letters(field.node.text):
            field.spot.report(
                Code.CITES_LETTER,
                field.node.line_at(offset),
                f"`{field.name}` says `{words}`, but options are shuffled and have no fixed letter or place.",
                "Refer to the option by what it says.",
            )
        return read_prose(field)

    return read


def is_id(text: str) -> bool:
    """Tell whether *text* is lower-case letters and digits with single hyphens between, and not too long."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


def is_url(text: str) -> bool:
    """Tell whether *text* is the whole address of a web page."""
    try:
        parts = urlsplit(text)
        hosted = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return hosted and not re.search(r"[\s<>\"]", text)


def is_number(text: str) -> bool:
    """Tell whether *text* is a number, of a size that can be reckoned with."""
    return _NUMBER.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """Tell whether *text* is a language tag."""
    return _LANGUAGE.fullmatch(text) is not None


def as_id(field: Field) -> str | None:
    """Read an id: lower-case letters and digits with single hyphens between."""
    if is_id(field.text):
        return field.text
    meant = re.sub(r"[^a-z0-9]+", "-", field.text.lower()).strip("-")[:LONGEST_ID].strip("-")
    field.refuse(
        Code.BAD_ID,
        f"`{_shown(field)}` is no id: ids are lower-case letters, digits and single hyphens, at most 60.",
        f"Write `{meant or 'a-short-name'}`.",
    )
    return None


def as_task(field: Field) -> str | None:
    """Read the id of a topic, task or domain: letters and digits with single dots or hyphens between."""
    if _TASK.fullmatch(field.text) and len(field.text) <= LONGEST_ID:
        return field.text
    field.refuse(
        Code.BAD_ID,
        f"`{_shown(field)}` is no id of a topic: letters and digits with single dots or hyphens, at most 60.",
        'Write something like `"1.1"` or `belays`.',
    )
    return None


def as_language(field: Field) -> str | None:
    """Read a language tag such as ``en`` or ``pt-BR``."""
    if is_language(field.text):
        return field.text
    field.refuse(
        Code.BAD_WORD, f"`{_shown(field)}` is no language tag.", "Write a tag such as `en`, `de` or `pt-BR`."
    )
    return None


def as_format(field: Field) -> str | None:
    """Read the format's number, which is 1."""
    if field.text == "1":
        return field.text
    field.refuse(
        Code.FORMAT,
        f"This file says format `{_shown(field)}`, but only format 1 is known here.",
        "Write `format: 1`, or use a newer Study Hall.",
    )
    return None


def as_word(words: type[E]) -> Callable[[Field], E | None]:
    """Return a reader of one of the words of an enumeration."""

    def read(field: Field) -> E | None:
        known = [word.value for word in words]
        if field.text in known:
            return words(field.text)
        refuse_word(field, known)
        return None

    return read


def refuse_word(field: Field, known: Collection[str]) -> None:
    """Report that the text is none of the words *known*."""
    meant = nearest(field.text, known)
    first = f"Write `{meant}`, or another of" if meant else "Write one of"
    field.refuse(Code.BAD_WORD, f"`{field.name}` cannot be `{_shown(field)}`.", f"{first} {in_words(known)}.")


def as_flag(field: Field) -> bool | None:
    """Read ``true`` or ``false``."""
    if field.text in ("true", "false"):
        return field.text == "true"
    refuse_word(field, ("true", "false"))
    return None


def as_date(field: Field) -> date | None:
    """Read a date such as ``2027-12-31``."""
    try:
        if _DATE.fullmatch(field.text):
            return date.fromisoformat(field.text)
    except ValueError:
        pass  # the 30th of February looks like a date; it is refused below, like the rest
    field.refuse(
        Code.BAD_DATE, f"`{_shown(field)}` is no date.", "Write year, month and day, as in `2027-12-31`."
    )
    return None


def as_decimal(field: Field) -> Decimal | None:
    """Read a number exactly as it is written; its size is held between 1e-99 and 1e129."""
    if is_number(field.text):
        return Decimal(field.text)
    field.refuse(
        Code.BAD_NUMBER,
        f"`{_shown(field)}` is no number.",
        "Write digits with a point for decimals and nothing between thousands, as in `1250.5`.",
    )
    return None


def as_positive(field: Field) -> Decimal | None:
    """Read a number above zero."""
    number = as_decimal(field)
    if number is not None and number <= 0:
        field.refuse(
            Code.OUT_OF_RANGE, f"`{field.name}` is {number}, but must be above 0.", "Write a number above 0."
        )
        return None
    return number


def as_integer(low: int, high: int) -> Callable[[Field], int | None]:
    """Return a reader of a whole number from *low* to *high*."""

    def read(field: Field) -> int | None:
        if not re.fullmatch(r"-?[0-9]{1,9}", field.text):
            field.refuse(
                Code.BAD_NUMBER,
                f"`{field.name}` is `{_shown(field)}`, which is no whole number.",
                f"Write digits only, from {low} to {high}.",
            )
            return None
        number = int(field.text)
        if not low <= number <= high:
            field.refuse(
                Code.OUT_OF_RANGE,
                f"`{field.name}` is {number}, but must be from {low} to {high}.",
                f"Write a number from {low} to {high}.",
            )
            return None
        return number

    return read


def as_url(field: Field) -> str | None:
    """Read the address of a web page."""
    if is_url(field.text):
        return field.text
    field.refuse(
        Code.BAD_URL,
        f"`{_shown(field)}` is no address of a web page.",
        "Write the whole address, starting with `https://`.",
    )
    return None


def _shown(field: Field) -> str:
    """Return the text as a message can hold it."""
    return clipped(field.text)


def _warn_html(field: Field, offset: int, tag: str) -> None:
    """Warn that what looks like HTML is shown as it stands."""
    field.spot.report(
        Code.RAW_HTML,
        field.node.line_at(offset),
        f"`{field.name}` holds `{clipped(tag)}`, and HTML is shown as text, not followed.",
        "Use Markdown, or put it in backticks if it is code.",
    )
