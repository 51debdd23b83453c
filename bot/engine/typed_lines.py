"""Typed lines: a line cut into pieces, each a word, a quoted phrase or ``key:value``."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.commands import NotUnderstood
from bot.wording.cleaning import shorten
from bot.wording.menu import ROOT, InputProblem

LONGEST_SAID: Final = 100

_ROOT: Final = re.compile(r"\s*/?quiz(?:\s+|$)", re.IGNORECASE)
_NAME: Final = re.compile(r"\s*(\S+)\s*")
_PIECE: Final = re.compile(
    r"(?:(?P<key>[A-Za-z_]{1,20})\s*[:=]\s*)?"
    r"(?:\"(?P<straight>[^\"]*)\"?|“(?P<curly>[^”]*)”?|'(?P<single>[^']*)'|(?P<word>\S+))"
)
_KEY_ALONE: Final = re.compile(r"([A-Za-z_]{1,20})[:=]")
_KEY: Final = re.compile(r"[A-Za-z_]{1,20}\s*[:=]\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a line: *start* and *end* say where it stands, *said* is all of it. *key* may be ""."""

    key: str
    value: str
    start: int
    end: int
    said: str


def pieces_of(text: str) -> list[Piece]:
    """Return the pieces of *text* after ``/quiz``, which may be missing."""
    root = _ROOT.match(text)
    return [_piece(found) for found in _PIECE.finditer(text, root.end() if root else 0)]


def _piece(found: re.Match[str]) -> Piece:
    quoted = next((found[name] for name in ("straight", "curly", "single") if found[name] is not None), None)
    key = found["key"] or ""
    value = found["word"].rstrip(",;") if quoted is None else quoted.strip()
    if not key and quoted is None and (alone := _KEY_ALONE.fullmatch(value)):
        key, value = alone[1], ""
    return Piece(key, value, found.start(), found.end(), found[0])


def joined(pieces: Sequence[Piece]) -> Piece:
    """Return neighbouring pieces as one phrase."""
    value = " ".join(piece.value for piece in pieces)
    return Piece("", value, pieces[0].start, pieces[-1].end, value)


def as_typed(text: str, pieces: Sequence[Piece]) -> str:
    """Return how the values of neighbouring *pieces* stand in *text*, with commas and quotation marks."""
    said = text[pieces[0].start : pieces[-1].end]
    return _KEY.sub("", said, count=1) if pieces[0].key else said


def with_instead(text: str, piece: Piece, better: str) -> str:
    """Return the whole command with *better* in the place of *piece*."""
    line = f"{text[: piece.start]}{better}{text[piece.end :]}"
    root = _ROOT.match(line)
    return f"{ROOT} {' '.join(line[root.end() if root else 0 :].split())}"


def rest_of(text: str, command: str) -> str | None:
    """Return what stands after the name of *command* in *text*, as it is; None when it is another command."""
    root = _ROOT.match(text)
    name = _NAME.match(text, root.end() if root else 0)
    return text[name.end() :] if name and name[1].casefold() == command else None


def not_understood(problem: InputProblem, said: str, near: str = "") -> NotUnderstood:
    """Return that *said* could not be read; *near* is a whole line that was probably meant."""
    return NotUnderstood(
        problem.value, shorten(said, LONGEST_SAID), near if len(near) <= LONGEST_SAID else ""
    )


def quoted(value: str) -> str:
    """Return *value* as it is typed after a key."""
    return f'"{value}"' if " " in value else value
