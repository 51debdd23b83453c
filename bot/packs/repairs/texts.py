"""Texts that were decoded with the wrong table, put right before anything is read from them.

Only what cannot well be meant is touched: characters that a wrong table makes of UTF-8, in the order that
UTF-8 has them, whose bytes are a character that a text may have. Everything else stays as it is.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from bot.packs.importing.drafts import Repair


class _Table(NamedTuple):
    """A wrong table: the *bytes* of its characters, and what *finds* text that was read with it."""

    repair: Repair
    bytes: dict[str, int]
    finds: re.Pattern[str]


def _characters(codec: str) -> tuple[str, ...]:
    """Return the 256 characters of *codec*; a byte that it lacks stands for itself, as browsers have it."""
    found = (bytes([byte]).decode(codec, errors="ignore") or chr(byte) for byte in range(256))
    return tuple(found)


def _any(found: Iterable[str]) -> str:
    """Return a regular expression for one of the characters *found*."""
    return "[" + "".join(re.escape(one) for one in found) + "]"


def _table(repair: Repair, codec: str, pairs: str, shortest: int) -> _Table:
    """Return the table of *codec*.

    *pairs* finds single characters of two bytes that are surely damaged; those of Greek and Cyrillic count
    only when at least *shortest* follow one another, those of Asian scripts when two do.
    """
    table = _characters(codec)
    rest = _any(table[0x80:0xC0])
    kinds = (
        f"{re.escape(table[0xF0])}{re.escape(table[0x9F])}{rest}{{2}}",
        f"{re.escape(table[0xE2])}{_any(table[0x80:0xB0])}{rest}",
        f"{re.escape(table[0xEF])}{_any(table[0xB8:0xBE])}{rest}",
        f"{re.escape(table[0xE1])}{_any(table[0xBA:0xBC])}{rest}",
        f"(?:{_any(table[0xE3:0xEE])}{rest}{{2}}){{2,}}",
        f"(?:{_any(table[0xCE:0xD2])}{rest}){{{shortest},}}",
        pairs,
    )
    return _Table(repair, {one: byte for byte, one in enumerate(table)}, re.compile("|".join(kinds)))


# Behind a capital, a quotation mark or a dash is punctuation ("MANHÃ”") and not the rest of a character.
_WINDOWS: Final = _table(
    Repair.WINDOWS_1252,
    "cp1252",
    r"(?<![^\W\d_a-zß-ÿ])[ÂÃ](?:[\xa0-¿]|[€-™Œ-ž‘-”†-…‰‹›Ÿ\x80-\x9fƒˆ˜])|[ÂÃ][¡-ª¬-º¼-¿‰€‡ˆŠŒŽ]"
    r"|(?<![^\W_])Ã(?:–(?=[a-zß-ÿ])|—(?= ?\d))",
    2,
)
# A root or a "not" before a sign of mathematics is meant; only what no formula has is taken for damage.
# The sign of the maker starts each character of a picture and is often lost; without it, no letter may stand
# beside the rest, and the second sign is none of those that Turkish and German have there.
_ROOTS: Final = (
    r"√[©®´¨≠ß†°¢£§•¶™ºªüú]|(?<=[a-z])√[∂∏≥±](?=[a-z])|¬[†∞∑©´ª£ß®]"
    r"|(?<![\w\uf8ff])ü[åéèêëíìîïñóòôõúùû§•¶ß®©™´][^\x00-\x7f](?!\w)"
)
_MACINTOSH: Final = _table(Repair.MAC_ROMAN, "mac_roman", _ROOTS, 3)

_CONTROLS: Final = frozenset("\u2028\u2029\ufffe\uffff")


def repaired_text(text: str) -> tuple[str, Counter[Repair]]:
    """Return *text* as it was meant, with the same lines, and how many places were repaired."""
    counts: Counter[Repair] = Counter()
    if text.isascii():
        return text, counts
    before = ""
    # What was damaged twice comes right in two rounds; each repair makes the text shorter, so this ends.
    while before != text:
        before = text
        for table in (_MACINTOSH, _WINDOWS):
            text = _decoded(text, table, counts)
    return text, counts


def _decoded(text: str, table: _Table, counts: Counter[Repair]) -> str:
    """Return *text* with what *table* damaged put right, and count the places."""

    def meant(match: re.Match[str]) -> str:
        """Return what one place was, or the place as it is when its bytes are no text."""
        found = _meant(match[0], table)
        counts[table.repair] += found != match[0]
        return found

    text = table.finds.sub(meant, text)
    if not counts[table.repair]:
        del counts[table.repair]
    return text


def _meant(damaged: str, table: _Table) -> str:
    """Return the text whose UTF-8 *damaged* is by *table*; *damaged* itself when there is none."""
    first = "\uf8ff" if damaged[0] == "ü" and table.repair is Repair.MAC_ROMAN else ""
    try:
        found = bytes(table.bytes[one] for one in first + damaged).decode()
    except (KeyError, UnicodeDecodeError, ValueError):
        return damaged
    plausible = all(one >= "\u00a0" and one not in _CONTROLS for one in found)
    return found if plausible else damaged
