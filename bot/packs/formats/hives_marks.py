"""The lines of a copied study hive that say what begins: a note, an index, a question, a deck, a count."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import Final, NamedTuple

_NOTE = re.compile(r"(?P<label>[A-Z][A-Za-z&/()'’ -]{2,48}?[A-Za-z)])(?P<count>\d[\d,]*) words")
_INDEX = re.compile(r"More [A-Z][A-Za-z& -]{2,40} ?\((?P<count>\d[\d,]*)\)")
_QUESTION = re.compile(r"Q(?P<count>\d{1,5})[ ]?(?P<label>easy|medium|hard)", re.IGNORECASE)
_DECK = re.compile(r"(?P<label>\S.*?)[ ]?\((?P<count>\d[\d,]*) cards? shown\)")
_COUNT = re.compile(r"\d[\d,.]*[+kKM]{0,2}")
_WORDS = re.compile(r"\d[\d,]* words")
_PAGE = re.compile(
    r"(?:(?:more )?(?:practice|sample) questions|flashcards?|flashcard (?:decks|collections)"
    r"|(?:more )?flashcards|study (?:notes|guides|materials?)(?: & .{1,40})?|hands-on labs|related hives"
    r"|ready to (?:study|pass|practi[cs]e)\b.{0,80}|start (?:studying|practi[cs]ing)\b.{0,80}"
    r"|sign (?:up|in)\b.{0,60}|about this (?:exam|hive)|frequently asked questions|©.{0,80}"
    r"|privacy(?: policy)?|terms(?: of (?:service|use))?)(?: ?\(\d[\d,]*\))?[.:]?",
    re.IGNORECASE,
)
_LONGEST: Final = 200
READ_ON: Final = "read full article"


class Kind(StrEnum):
    """What a mark begins."""

    NOTE = "note"
    INDEX = "index"
    QUESTION = "question"
    DECK = "deck"


class Mark(NamedTuple):
    """A line that begins something: its *label* and its number are what it says."""

    at: int
    kind: Kind
    label: str
    number: int


def marks(lines: Sequence[str]) -> list[Mark]:
    """Return the marks among *lines*, in order."""
    return [mark for at, line in enumerate(lines) if (mark := _mark(at, line.strip())) is not None]


def _mark(at: int, line: str) -> Mark | None:
    if not line or len(line) > _LONGEST:
        return None
    kind, pattern = Kind.NOTE, _NOTE
    if line.endswith("shown)"):
        kind, pattern = Kind.DECK, _DECK
    elif line.startswith("More "):
        kind, pattern = Kind.INDEX, _INDEX
    elif line[0] in "Qq" and line[-1:].casefold() in {"y", "m", "d"}:
        kind, pattern = Kind.QUESTION, _QUESTION
    elif not line.endswith(" words"):
        return None
    found = pattern.fullmatch(line)
    if found is None:
        return None
    label = "" if kind is Kind.INDEX else found["label"].strip()
    return Mark(at, kind, label, int(found["count"].replace(",", "")))


def is_count(line: str) -> bool:
    """Return whether *line* is a number alone, as in ``1,150`` or ``5k+``."""
    return bool(_COUNT.fullmatch(line.strip()))


def is_word_count(line: str) -> bool:
    """Return whether *line* is the last one of an index entry: ``920 words``."""
    return bool(_WORDS.fullmatch(line.strip()))


def is_page_heading(line: str) -> bool:
    """Return whether *line* heads or ends a part of the page, rather than a part of a note."""
    line = line.strip()
    return len(line) <= _LONGEST and bool(_PAGE.fullmatch(line))


def end_of_text(lines: Sequence[str], start: int, end: int) -> int:
    """Return where the text that starts at *start* ends, without headings of the page that follow it.

    These stand after a blank line, with nothing behind them but other such lines and counts.
    """
    last = _without_blanks(lines, start, end)
    at = last
    while at > start + 1:
        above = lines[at - 1].strip()
        if not above or is_page_heading(above) or is_count(above) or _is_label(lines, at - 1):
            at -= 1
            if is_page_heading(above) and not lines[at - 1].strip():
                last = _without_blanks(lines, start, at)
        else:
            break
    return last


def _is_label(lines: Sequence[str], at: int) -> bool:
    """Return whether line *at* is the label of a count, which stands on the line above."""
    return at > 0 and is_count(lines[at - 1]) and not is_count(lines[at])


def _without_blanks(lines: Sequence[str], start: int, end: int) -> int:
    while end > start and not lines[end - 1].strip():
        end -= 1
    return end
