"""Cleaning: what people and packs wrote, made harmless to show and otherwise left alone.

Control characters could end a line early or break a payload; bidirectional overrides could make a text read
as something else than it is. Nothing else is taken away.
"""

import re
import unicodedata
from typing import Final

LONGEST_NAME: Final = 80
"""How many characters of a name are shown."""

_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROLS: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069]")
_SURROGATES: Final = re.compile("[\ud800-\udfff]")
_INVISIBLE_LETTERS: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean_text(text: str) -> str:
    """Return *text* without control characters and bidirectional overrides; lines stay lines."""
    lines = _LINE_ENDS.sub("\n", text)
    return _SURROGATES.sub("\ufffd", _CONTROLS.sub("", lines))


def clean_line(text: str) -> str:
    """Return *text* cleaned and on one line, its white space drawn together."""
    return " ".join(clean_text(text).split())


def clean_name(name: str) -> str:
    """Return *name* on one line and at most 80 characters long; "" when nothing in it can be seen."""
    line = clean_line(name)
    if not any(_is_visible(character) for character in line):
        return ""
    return line if len(line) <= LONGEST_NAME else line[: LONGEST_NAME - 1].rstrip() + "…"


def shorten(text: str, longest: int) -> str:
    """Return *text* on one line and at most *longest* characters long, "…" in place of the rest."""
    line = clean_line(text)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _is_visible(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character not in _INVISIBLE_LETTERS
