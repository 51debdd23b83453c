"""Letters: what somebody typed as letters, numbers and lines, read as kindly as it can be read for sure."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

_TOKEN: Final = re.compile(r"[0-9]+|[^\W\d_]+")
_NUMBERED: Final = re.compile(r"\s*\(?([0-9]{1,3})(?:\)\.|[.):])\s*(.*)")


def positions_of(text: str, letters: Sequence[str]) -> tuple[int, ...] | None:
    """Return the positions of the *letters* typed in *text*, in any case and however parted; else None."""
    found: list[int] = []
    for token in _tokens(text):
        positions = _spelled(token, letters)
        if positions is None:
            return None
        found.extend(positions)
    return tuple(found)


def pairs_of(text: str, lines: int, letters: Sequence[str]) -> tuple[int, ...] | None:
    """Return for each of *lines* lines the position of its letter, from ``1B 2A`` or a letter a line."""
    tokens = list(_tokens(text))
    if not any(token.isdecimal() for token in tokens):
        found = positions_of(text, letters)
        return found if found is not None and len(found) == lines else None
    given: dict[int, int] = {}
    for pair in _twos(tokens):
        number, spelled = sorted(pair, key=lambda token: not token.isdecimal())
        positions = _spelled(spelled, letters)
        if not number.isdecimal() or positions is None or len(positions) != 1 or int(number) in given:
            return None
        given[int(number)] = positions[0]
    if sorted(given) != list(range(1, lines + 1)):
        return None
    return tuple(given[number] for number in range(1, lines + 1))


def texts_of(text: str, lines: int) -> tuple[str, ...] | None:
    """Return the *lines* lines of *text*, without empty ones and the numbers that count them; else None."""
    if lines == 1:
        return (text,)
    said = [line.strip() for line in text.splitlines() if line.strip()]
    if len(said) != lines:
        return None
    numbered = [_NUMBERED.fullmatch(line) for line in said]
    counted = [found[2] for place, found in enumerate(numbered, 1) if found and int(found[1]) == place]
    return tuple(counted if len(counted) == lines else said)


def _tokens(text: str) -> Iterator[str]:
    return (found[0] for found in _TOKEN.finditer(_folded(text)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


def _twos(tokens: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield *tokens* two by two; one that is left alone is a pair of its own, which cannot be read."""
    for start in range(0, len(tokens), 2):
        yield tokens[start], tokens[start + 1] if start + 1 < len(tokens) else ""


def _spelled(token: str, letters: Sequence[str]) -> tuple[int, ...] | None:
    """Return the positions that *token* says: it is one of the *letters*, or several without a space."""
    places = {_folded(letter): place for place, letter in enumerate(letters)}
    if token in places:
        return (places[token],)
    found = [places.get(character) for character in token]
    known = tuple(place for place in found if place is not None)
    return known if token and len(known) == len(found) else None
