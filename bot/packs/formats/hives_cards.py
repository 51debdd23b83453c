"""Flashcards of a study hive: ``Deck Title(5 cards shown)``, then ``Question``, front, ``Answer``, back."""

import re
from collections.abc import Sequence
from typing import Final

from bot.core.cards import CardKind
from bot.core.items import Blank
from bot.packs import prose
from bot.packs.formats.hives_marks import Mark, end_of_text
from bot.packs.formats.hives_texts import readable
from bot.packs.formats.page_lines import Gathering, clipped
from bot.packs.importing.drafts import DraftCard, Fault, Repair, Span

_FRONT: Final = "Question"
_BACK: Final = "Answer"
_OR = re.compile(r"(.+?)[ ]*\((?:or|also)[ ]+([^()]+)\)", re.IGNORECASE)
_OR_WORD = re.compile(r"[ ]*(?:,|\bor\b)[ ]*")
_BETWEEN: Final = (";", ",", " and ")


def read_deck(mark: Mark, end: int, page: Gathering) -> int:
    """Add the cards between *mark* and line *end*; return the line behind the last one."""
    lines = page.lines
    page.keep(mark.at, mark.at + 1)
    places = _places(lines, mark.at + 1, end)
    stops = [front for front, _ in places[1:]] + [end]
    behind = mark.at + 1
    for (front, back), stop in zip(places, stops, strict=False):
        behind = max(end_of_text(lines, back + 1, stop), back + 1)
        _add(mark.label, front, back, behind, page)
    if len(places) < mark.number:
        page.report(
            Fault.BROKEN_FILE,
            mark.at,
            f"The deck “{clipped(mark.label)}” shows {mark.number} cards, and {len(places)} were found.",
            "Copy the page again down to its end, if cards are missing.",
        )
    return behind


def _places(lines: Sequence[str], start: int, end: int) -> list[tuple[int, int]]:
    """Return where each card's front and back are announced.

    A line ``Question`` that no ``Answer`` follows before the next one is text of a back.
    """
    found: list[tuple[int, int]] = []
    front = -1
    for at in range(start, end):
        line = lines[at].strip()
        if line == _FRONT and (front < 0 or found):
            front = at
        elif line == _BACK and front >= 0 and (not found or found[-1][0] != front):
            found.append((front, at))
    return found


def _add(deck: str, front: int, back: int, end: int, page: Gathering) -> None:
    lines, span = page.lines, Span(front + 1, end)
    face, codes = readable(lines[front + 1 : back])
    reverse, more = readable(lines[back + 1 : end])
    page.repaired.update([Repair.ONE_LINE_CODE] * (codes + more))
    if not face or not reverse:
        fault, what = (Fault.NO_PROMPT, "front") if not face else (Fault.NO_ANSWER, "back")
        page.report(fault, front, f"A card has no {what}.", f"Write what stands on its {what}.")
        if not face:
            page.drop(front, end, "a card without a front")
            return
    gaps = len(prose.blanks(face)) if "___" in face else 0
    if gaps:
        _add_cloze(deck, face, reverse, gaps, span, page)
        return
    off = () if reverse else ("The card has no back.",)
    page.cards.append(DraftCard(CardKind.QUESTION, face, reverse, span, deck=deck, off=off))


def _add_cloze(deck: str, face: str, reverse: str, gaps: int, span: Span, page: Gathering) -> None:
    """Add a card whose front has *gaps* blanks, answered by the first line of its back."""
    first, _, rest = reverse.partition("\n")
    blanks = _blanks(first, gaps)
    off: tuple[str, ...] = ()
    if reverse and len(blanks) != gaps:
        message = f"The front has {gaps} blanks, but “{clipped(first)}” does not answer as many."
        mend = "Give one answer for each blank, with semicolons between."
        off = (page.report(Fault.BAD_KEY, span.first - 1, message, mend),)
        blanks = ()
    elif not reverse:
        off = ("The card has no back.",)
    shown = _three_wide(face)
    back = rest.strip() if blanks else reverse
    page.cards.append(DraftCard(CardKind.CLOZE, shown, back, span, blanks, deck=deck, off=off))


def _three_wide(face: str) -> str:
    """Return *face* with each blank outside of code as three underscores."""
    bare = prose.without_code(face)
    runs = [(run.start(), run.end()) for run in prose.BLANK.finditer(bare)]
    for start, end in reversed(runs):
        face = f"{face[:start]}___{face[end:]}"
    return face


def _blanks(said: str, gaps: int) -> tuple[Blank, ...]:
    """Return what *said* accepts in each of *gaps* blanks, none when it answers another number."""
    said = said.strip()
    if not said:
        return ()
    if gaps == 1:
        return (_blank(said),)
    for sign in _BETWEEN:
        parts = [part.strip() for part in said.replace(" and ", sign).split(sign)] if sign != ";" else []
        parts = parts or [part.strip() for part in said.split(sign)]
        parts = [part for part in parts if part]
        if len(parts) == gaps:
            return tuple(_blank(part) for part in parts)
    return ()


def _blank(said: str) -> Blank:
    """Return the accepted answers of ``X (or Y)`` and of ``X``."""
    said = said.strip().strip("*`").rstrip(".").strip() or said
    found = _OR.fullmatch(said)
    if found is None:
        return Blank((said,))
    others = [other for other in _OR_WORD.split(found[2]) if other]
    return Blank(tuple(dict.fromkeys([found[1].strip(), *others])))
