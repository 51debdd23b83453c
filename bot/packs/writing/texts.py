"""YAML as the packs have it: plain where that is safe, quotes where they are needed, ``|`` for long text.

The strict reader takes every scalar for text, but other tools do not: what they would take for a number, a
date or a truth value is put in quotes, unless it is a :class:`Bare` word that is meant as one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Union

WIDEST: Final = 110
"""A list or record that is wanted on one line gets one only when the line is no wider than this."""

_PLAIN = re.compile(r"[^\W_](?:[^\n\t\r:#]|:(?=\S)|(?<!\s)#)*(?<!\s)")
_PLAIN_INSIDE = re.compile(r"[^\W_][^\n\t\r:#?,\[\]{}]*(?<!\s)")
_LOOKS_TYPED = re.compile(
    r"(?:y|n|yes|no|on|off|true|false|null|nan|inf)|[0-9][0-9_,.:eExXoO+-]*(?:[a-fA-F0-9_]*)", re.IGNORECASE
)
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\t": "\\t", "\n": "\\n", "\r": "\\r"}


class Bare(str):
    """A number, a date, an id or another word that stands without quotes."""

    __slots__ = ()


class OneLine(tuple["Value", ...]):
    """A list that stands on one line, in brackets, as long as it fits."""

    __slots__ = ()


class Braces(dict[str, "Value"]):
    """A record that stands on one line, in braces, as long as it fits."""

    __slots__ = ()


# The operator | takes no name that is defined later.
Value = Union[str, Mapping[str, "Value"], Sequence["Value"]]  # noqa: UP007 - as said above


def document(fields: Mapping[str, Value], comment: str = "") -> bytes:
    """Return *fields* as a file, below a *comment* of one line if there is one."""
    lines = [f"# {comment}"] if comment else []
    lines += _record(fields, "")
    return ("\n".join(lines) + "\n").encode()


def _record(fields: Mapping[str, Value], indent: str) -> Iterator[str]:
    """Yield the lines of a record that stands at *indent*."""
    for name, value in fields.items():
        yield from _entry(f"{indent}{_name(name)}:", value, indent)


def _entry(head: str, value: Value, indent: str) -> Iterator[str]:
    """Yield the lines of *head*, which ends in a colon, with *value* behind or below it."""
    if isinstance(value, str):
        yield from _text(head, value, indent + "  ")
    elif (short := _short(value, WIDEST - len(head) - 1)) is not None:
        yield f"{head} {short}"
    else:
        yield head
        if isinstance(value, Mapping):
            yield from _record(value, indent + "  ")
        else:
            yield from _listing(value, indent + "  ")


def _listing(values: Sequence[Value], indent: str) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield from _text(f"{indent}-", value, indent + "  ")
        elif (short := _short(value, WIDEST - len(indent) - 2)) is not None:
            yield f"{indent}- {short}"
        elif isinstance(value, Mapping):
            lines = _record(value, indent + "  ")
            yield f"{indent}- {next(lines)[len(indent) + 2 :]}"
            yield from lines
        else:
            yield f"{indent}-"
            yield from _listing(value, indent + "  ")


def _text(head: str, text: str, indent: str) -> Iterator[str]:
    """Yield *text* behind *head*, or below it when it has several lines."""
    if "\n" not in text or not _fits_block(text):
        yield f"{head} {scalar(text)}"
        return
    yield f"{head} |"
    for line in text.split("\n"):
        yield f"{indent}{line}" if line else ""


def _fits_block(text: str) -> bool:
    """Tell whether block text gives *text* back but for a line end: its first line tells the indent."""
    return "\r" not in text and text[:1] not in (" ", "\n", "\t") and text[-1:] != "\n"


def scalar(text: str, *, inside: bool = False) -> str:
    """Return *text* on one line, quoted if it needs to be; *inside* brackets a colon needs quotes too."""
    if isinstance(text, Bare):
        return text
    if (_PLAIN_INSIDE if inside else _PLAIN).fullmatch(text) and not _LOOKS_TYPED.fullmatch(text):
        return text
    if any(character in text for character in "\n\r\t") or ("'" in text and '"' not in text):
        return '"' + "".join(_ESCAPED.get(character, character) for character in text) + '"'
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _name(name: str) -> str:
    return name if name.isidentifier() and not _LOOKS_TYPED.fullmatch(name) else scalar(name, inside=True)


def _short(value: Value, room: int) -> str | None:
    """Return *value* on one line when it is empty, or wanted on one line and has *room* there."""
    match value:
        case str():
            line = scalar(value, inside=True)
        case OneLine() | Braces() if (parts := _parts(value, room)) is not None:
            opening, closing = "{}" if isinstance(value, Braces) else "[]"
            line = f"{opening}{', '.join(parts)}{closing}"
        case _:
            return None
    return line if len(line) <= room and "\\n" not in line else None


def _parts(value: OneLine | Braces, room: int) -> list[str] | None:
    """Return the entries of *value*, each on one line; None when one of them cannot be."""
    parts: list[str] = []
    if isinstance(value, Braces):
        for name, one in value.items():
            if (short := _short(one, room)) is None:
                return None
            parts.append(f"{_name(name)}: {short}")
        return parts
    for one in value:
        if (short := _short(one, room)) is None:
            return None
        parts.append(short)
    return parts
