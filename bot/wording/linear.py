r"""Linear: a formula as one line of Unicode, where there is one that is short and says the same.

What is not known, and what would read as something else on one line, has no such form: ``2\frac{1}{2}`` is
not 21/2, and ``x^{q}`` has no raised letter to be written with. Nothing is ever left out.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core.errors import StudyHallError
from bot.wording.formulas import flaw, tokens
from bot.wording.tex_symbols import (
    ACCENTS,
    ALPHABETS,
    FRACTIONS,
    NOTHING,
    ROOTS,
    SIGNS,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    TYPED,
    WORDS,
    Kind,
)

LONGEST_LINE: Final = 60

_WHOLE: Final = frozenset((Kind.OPERAND, Kind.NUMBER, Kind.SCRIPTED, Kind.GROUP, Kind.POSTFIX, Kind.ROOT))
_OPERANDS: Final = _WHOLE | {Kind.CLOSE}
"""What an operand may end with."""

_BEGINS_OPERAND: Final = _WHOLE | {Kind.OPEN, Kind.FUNCTION, Kind.LARGE, Kind.FRACTION}
_RAISED: Final = frozenset((Kind.OPERAND, Kind.NUMBER, Kind.CLOSE, Kind.POSTFIX, Kind.FUNCTION, Kind.LARGE))
_ALONE: Final = frozenset((Kind.OPERAND, Kind.NUMBER))
_PRODUCT: Final = frozenset((Kind.OPERAND, Kind.NUMBER, Kind.SCRIPTED, Kind.OPEN, Kind.CLOSE))
_WORD: Final = re.compile(r"[^\\{}^_$&#%~`]*")


class _NoFormError(StudyHallError):
    """This formula is nothing on one line."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """A part of the line."""

    text: str
    kind: Kind


@lru_cache(maxsize=1024)
def linear(tex: str) -> str:
    """Return *tex* as one line of Unicode, "" when there is none."""
    if flaw(tex) is not None:
        return ""
    try:
        line = _joined(_Reading(tokens(tex)).row())
    except _NoFormError:
        return ""
    return line if len(line) <= LONGEST_LINE else ""


# -------------------------------------------------------------------------------------------------- reading


class _Reading:
    """One pass over the tokens of a formula, whose braces are known to be closed."""

    def __init__(self, read: Sequence[str]) -> None:
        self._read = read
        self._at = 0

    def row(self, end: str = "") -> list[_Sign]:
        """Read signs up to *end*, which is read too, or to the end of all."""
        row: list[_Sign] = []
        while (part := self._next()) != end:
            if part in {"^", "_"}:
                row.append(self._scripted(row.pop() if row else _Sign("", Kind.OPERAND), part))
            elif not part.isspace() and part not in NOTHING:
                row.append(self._sign(part))
        return row

    def _next(self) -> str:
        self._at += 1
        return self._read[self._at - 1] if self._at <= len(self._read) else ""

    def _peek(self) -> str:
        return self._read[self._at] if self._at < len(self._read) else ""

    def _skip_space(self) -> None:
        while self._peek().isspace():
            self._at += 1

    def _sign(self, part: str) -> _Sign:
        if part == "{":
            return _grouped(self.row("}"))
        if part.isdecimal() and part.isascii():
            return self._number(part)
        if part in FRACTIONS:
            return _fraction(self._argument(), self._argument())
        if part == "\\sqrt":
            return self._root()
        if part in {"\\left", "\\right"}:
            return self._fence(part)
        if part in ACCENTS:
            return _accented(self._argument(), ACCENTS[part])
        if part in ALPHABETS or part in WORDS:
            return self._words(part)
        return self._known(part)

    def _known(self, part: str) -> _Sign:
        if part in SPACES:
            return _Sign(" ", Kind.SPACE)
        if part in {",", ";", ":", "?", "."}:
            return _Sign(part + " " * self._peek().isspace(), Kind.PUNCTUATION)
        if part in SIGNS:
            return _Sign(*SIGNS[part])
        if part in TYPED:
            return _Sign(part, TYPED[part])
        if part.isalpha():
            return _Sign(part, Kind.OPERAND)
        raise _NoFormError

    def _number(self, digit: str) -> _Sign:
        digits = digit
        while self._peek().isdecimal() or self._is_point():
            digits += self._next()
        return _Sign(digits, Kind.NUMBER)

    def _is_point(self) -> bool:
        following = self._read[self._at + 1 : self._at + 2]
        return self._peek() == "." and following != [] and following[0].isdecimal()

    def _argument(self) -> list[_Sign]:
        """Read a group, or the one sign that stands in its place."""
        self._skip_space()
        part = self._next()
        if part == "{":
            return self.row("}")
        if part.isdecimal():
            return [_Sign(part, Kind.NUMBER)]
        return [self._known(part)]

    def _root(self) -> _Sign:
        degree = ""
        self._skip_space()
        if self._peek() == "[":
            self._at += 1
            degree = _joined(self.row("]"))
        content = self._argument()
        if degree not in ROOTS or not content:
            raise _NoFormError
        inner = _joined(content)
        alone = len(content) == 1 and content[0].kind in _ALONE
        return _Sign(ROOTS[degree] + (inner if alone else f"({inner})"), Kind.ROOT)

    def _fence(self, side: str) -> _Sign:
        self._skip_space()
        sign = self._known(self._next())
        if sign.kind not in {Kind.OPEN, Kind.CLOSE, Kind.BAR}:
            raise _NoFormError
        return _Sign(sign.text, Kind.OPEN if side == "\\left" else Kind.CLOSE)

    def _words(self, command: str) -> _Sign:
        """Read words in braces, which mean nothing but themselves."""
        self._skip_space()
        if self._next() != "{":
            raise _NoFormError
        said = ""
        while (part := self._next()) != "}":
            said += part
        if not _WORD.fullmatch(said) or not said.strip():
            raise _NoFormError
        if command in ALPHABETS:
            return _Sign("".join(_styled(letter, ALPHABETS[command]) for letter in said), Kind.OPERAND)
        if command == "\\text" and said != said.strip():
            return _Sign(" ".join(f" {said} ".split(" ")), Kind.PUNCTUATION)
        plain = said if command == "\\text" else "".join(said.split())
        return _Sign(plain, Kind.FUNCTION if command == "\\operatorname" else Kind.OPERAND)

    def _scripted(self, base: _Sign, mark: str) -> _Sign:
        """Read what stands below and above *base*, each at most once."""
        if base.kind not in _RAISED:
            raise _NoFormError
        scripts = {mark: self._script(mark)}
        self._skip_space()
        while (other := self._peek()) in {"^", "_"}:
            self._at += 1
            if other in scripts:
                raise _NoFormError
            scripts[other] = self._script(other)
            self._skip_space()
        kind = Kind.SCRIPTED if base.kind in _ALONE else base.kind
        return _Sign(base.text + scripts.get("_", "") + scripts.get("^", ""), kind)

    def _script(self, mark: str) -> str:
        table = SUBSCRIPTS if mark == "_" else SUPERSCRIPTS
        said = "".join(sign.text for sign in self._argument())
        if not said or any(sign not in table for sign in said):
            raise _NoFormError
        return "".join(table[sign] for sign in said)


# ------------------------------------------------------------------------------------------ putting together


def _grouped(row: list[_Sign]) -> _Sign:
    if len(row) == 1:
        return row[0]
    tight = next((sign.kind for sign in row if sign.kind in {Kind.FRACTION, Kind.ROOT}), Kind.GROUP)
    return _Sign(_joined(row), tight if row else Kind.OPERAND)


def _fraction(above: list[_Sign], below: list[_Sign]) -> _Sign:
    """Return a fraction with brackets wherever it could be read in another way."""
    if not above or not below:
        raise _NoFormError
    product = all(sign.kind in _PRODUCT for sign in above)
    alone = len(below) == 1 and below[0].kind in _ALONE | {Kind.SCRIPTED}
    top, low = _joined(above), _joined(below)
    return _Sign(f"{top if product else f'({top})'}/{low if alone else f'({low})'}", Kind.FRACTION)


def _accented(content: list[_Sign], accent: str) -> _Sign:
    if len(content) != 1 or len(content[0].text) != 1 or not content[0].text.isalpha():
        raise _NoFormError
    return _Sign(unicodedata.normalize("NFC", content[0].text + accent), Kind.OPERAND)


def _styled(letter: str, alphabet: str) -> str:
    """Return the *letter* of Unicode's mathematical *alphabet*."""
    if not letter.isascii() or not letter.isalpha():
        raise _NoFormError
    name = f"{alphabet} {'SMALL' if letter.islower() else 'CAPITAL'} {letter.upper()}"
    try:
        return unicodedata.lookup(f"MATHEMATICAL {name}")
    except KeyError:
        # Those that had a place before the alphabets were made whole.
        return unicodedata.lookup(name)


def _joined(row: Sequence[_Sign]) -> str:
    """Return *row* as text, with spaces around what relates or joins two parts."""
    seen = [sign for sign in row if sign.kind is not Kind.SPACE]
    if any(_misread(*three) for three in zip([None, *seen], seen, [*seen[1:], None], strict=False)):
        raise _NoFormError
    line, before = "", None
    for place, sign in enumerate(row):
        after = next((one for one in row[place + 1 :] if one.kind is not Kind.SPACE), None)
        line += _spaced(before, sign, after)
        before = before if sign.kind is Kind.SPACE else sign
    return " ".join(line.split())


def _misread(before: _Sign | None, sign: _Sign, after: _Sign | None) -> bool:
    """Tell whether *sign* would take in, or be taken into, what stands beside it."""
    around = [one for one in (before, after) if one is not None]
    if sign.kind is Kind.FRACTION:
        if any(one.kind is Kind.SLASH or one.text == "÷" for one in around):
            return True
        if before is not None and before.kind in _OPERANDS | {Kind.FUNCTION, Kind.FRACTION}:
            return True
    tight = sign.kind in {Kind.FRACTION, Kind.ROOT}
    return tight and after is not None and after.kind in _BEGINS_OPERAND


def _spaced(before: _Sign | None, sign: _Sign, after: _Sign | None) -> str:
    """Return *sign* with the white space that it has between these two."""
    follows = before is not None and before.kind in _OPERANDS | {Kind.FRACTION}
    match sign.kind:
        case Kind.RELATION:
            return f" {sign.text} "
        case Kind.BINARY:
            return f" {sign.text} " if follows and after is not None else sign.text
        case Kind.FUNCTION | Kind.LARGE:
            opens = after is not None and after.kind is Kind.OPEN and sign.kind is Kind.FUNCTION
            return " " * follows + sign.text + " " * (not opens)
        case _:
            return sign.text
