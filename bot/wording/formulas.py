"""Formulas: what an author wrote in TeX, and whether it can be drawn.

Only what is known here is ever handed on to be drawn. So a formula can neither read a file nor define a
command, and its length and depth are held: the time that drawing takes doubles with every level.
"""

import re
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bot.wording.tex_symbols import ENVIRONMENTS, KNOWN, TYPED

LONGEST: Final = 400
"""A formula of more characters is shown as it was written."""

DEEPEST: Final = 4
"""How many braces, brackets that grow and tables may stand in each other."""

_TOKEN: Final = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)
_ENVIRONMENT: Final = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_CHARACTER: Final = re.compile(r"[ -\"&-Z\[\]^_a-~\n\u00c0-\u017f\u0391-\u03c9−×·]")
"""What the font of the drawings has; ``#``, ``$`` and ``%`` mean something else to TeX."""

_CLOSES: Final = {"}": "{", "\\right": "\\left"}


class Fault(Enum):
    """What keeps a formula from being drawn."""

    EMPTY = auto()
    LONG = auto()
    DEEP = auto()
    BRACES = auto()
    COMMAND = auto()
    CHARACTER = auto()
    SCRIPT = auto()


@dataclass(frozen=True, slots=True)
class Flaw:
    """A fault, and the part of the formula that has it."""

    fault: Fault
    what: str = ""


def tokens(tex: str) -> list[str]:
    """Return the commands, characters and stretches of white space of *tex*, which put together are *tex*."""
    return _TOKEN.findall(tex)


def flaw(tex: str) -> Flaw | None:
    """Return the first thing that keeps *tex* from being drawn; None when nothing is known to."""
    if len(tex) > LONGEST:
        return Flaw(Fault.LONG, f"{len(tex)}")
    read = [token for token in tokens(tex) if not token.isspace()]
    if not read:
        return Flaw(Fault.EMPTY)
    unknown = (_unknown(token) for token in read)
    return next((one for one in unknown if one), None) or _unbalanced(read) or _unscripted(read)


def _unknown(token: str) -> Flaw | None:
    if found := _ENVIRONMENT.fullmatch(token):
        return None if found[2] in ENVIRONMENTS else Flaw(Fault.COMMAND, token)
    if token[0] == "\\" and token not in KNOWN:
        return Flaw(Fault.COMMAND, token)
    if token[0] != "\\" and token not in TYPED and not _CHARACTER.fullmatch(token):
        return Flaw(Fault.CHARACTER, token)
    return None


def _unbalanced(read: list[str]) -> Flaw | None:
    """Return where what is opened is not closed, or is open too deep."""
    open_: list[str] = []
    for token in read:
        opens, closes = _bracket(token)
        if opens:
            open_.append(opens)
        elif closes and (not open_ or open_.pop() != closes):
            return Flaw(Fault.BRACES, token)
        if len(open_) > DEEPEST:
            return Flaw(Fault.DEEP, token)
    return Flaw(Fault.BRACES, open_[-1]) if open_ else None


def _bracket(token: str) -> tuple[str, str]:
    """Return what *token* opens and what it closes, "" for nothing."""
    if found := _ENVIRONMENT.fullmatch(token):
        return (found[2], "") if found[1] == "begin" else ("", found[2])
    if token in _CLOSES.values():
        return token, ""
    return "", _CLOSES.get(token, "")


def _unscripted(read: list[str]) -> Flaw | None:
    """Return a sign that raises or lowers nothing."""
    for token, after in zip(read, [*read[1:], "}"], strict=True):
        if token in {"^", "_"} and after in {"}", "^", "_", "&", "\\\\", "\\right"}:
            return Flaw(Fault.SCRIPT, token)
    return None
