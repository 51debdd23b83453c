"""The sections of a note, and what those of certain names hold: objectives, terms, checkpoint questions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.notes import Checkpoint, Section, Term
from bot.packs import prose

OBJECTIVES = "Objectives"
KEY_TERMS = "Key terms"
CHECKPOINTS = "Checkpoint questions"
NEEDED = (
    OBJECTIVES,
    KEY_TERMS,
    "Explanation",
    "Worked example",
    CHECKPOINTS,
    "Common confusions",
)
"""The sections that a note for an exam has, in this order; others may stand between them."""

_ALSO = {
    "learning objectives": OBJECTIVES,
    "key terms & glossary": KEY_TERMS,
    "glossary": KEY_TERMS,
    "checkpoints": CHECKPOINTS,
}
_HEADING = re.compile(r"^ {0,3}##[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_ASKED = re.compile(r"^ {0,3}###[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_BULLET = re.compile(r"(?:[-*+]|[0-9]{1,3}[.)])[ \t]+(.*)")
_TERM = re.compile(r"\*\*(.+?)(?::\*\*|\*\*[ \t]*(?::|-|–|—))[ \t]*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Placed:
    """A section with the offsets of its heading and of its body in the note's text."""

    section: Section
    heading_at: int
    body_at: int


@dataclass(frozen=True, slots=True)
class Parts:
    """What the sections of a note hold, taken apart."""

    objectives: tuple[str, ...]
    terms: tuple[Term, ...]
    checkpoints: tuple[Checkpoint, ...]


def sections_of(text: str) -> tuple[Placed, ...]:
    """Return the sections of a note's *text*: each ``##`` begins one, but not inside of code.

    What stands before the first has an empty heading; there is none when that is nothing.
    """
    found = list(_HEADING.finditer(prose.without_code(text)))
    starts = [(0, 0, ""), *((match.start(), match.end(), _said(_HEADING, text, match)) for match in found)]
    ends = [*(match.start() for match in found), len(text)]
    placed = []
    for (at, begin, heading), end in zip(starts, ends, strict=True):
        body = text[begin:end]
        inside = begin + len(body) - len(body.lstrip("\n \t"))
        if heading or body.strip():
            # The first line keeps its indentation, which makes code of it.
            line_start = text.rfind("\n", 0, inside) + 1
            first = max(begin, line_start) if body.strip() else inside
            placed.append(Placed(Section(heading.strip(), text[first:end].rstrip()), at, first))
    return tuple(placed)


def _said(heading: re.Pattern[str], text: str, match: re.Match[str]) -> str:
    """Return what a heading of *text* says; *match* was found where its code is blanked out."""
    whole = heading.match(text[match.start() : match.end()])
    return whole[1] if whole else ""


def parts_of(sections: tuple[Section, ...]) -> Parts:
    """Return what the *sections* of a note hold, taken apart by their headings, whatever their case."""
    bodies: dict[str, list[str]] = {OBJECTIVES: [], KEY_TERMS: [], CHECKPOINTS: []}
    for section in sections:
        name = named(section.heading)
        if name in bodies:
            bodies[name].append(section.body)
    return Parts(
        tuple(one for body in bodies[OBJECTIVES] for one in _bullets(body)),
        tuple(term for body in bodies[KEY_TERMS] for one in _bullets(body) if (term := _term(one))),
        tuple(one for body in bodies[CHECKPOINTS] for one in _checkpoints(body)),
    )


def named(heading: str) -> str:
    """Return the one of :data:`NEEDED` that *heading* means, else *heading* itself."""
    plain = prose.plain(heading).rstrip(":").casefold()
    return _ALSO.get(plain) or next((name for name in NEEDED if name.casefold() == plain), heading)


def _bullets(body: str) -> Iterator[str]:
    """Yield each entry of the lists in *body*, in one line; a list inside an entry belongs to it."""
    entry: list[str] = []
    for line in body.splitlines():
        begun = _BULLET.match(line)
        if begun or (line.strip() and not line[0].isspace()):
            if entry:
                yield " ".join(entry)
            entry = [begun[1].strip()] if begun else []
        elif entry and line.strip():
            entry.append(line.strip())
    if entry:
        yield " ".join(entry)


def _term(entry: str) -> Term | None:
    """Return the term that *entry* explains, as in ``**Term**: its meaning``."""
    found = _TERM.fullmatch(entry)
    return Term(found[1].strip(), found[2].strip()) if found else None


def _checkpoints(body: str) -> Iterator[Checkpoint]:
    """Yield each question under a ``###`` of its own, with what stands below it."""
    found = list(_ASKED.finditer(prose.without_code(body)))
    ends = (*(match.start() for match in found[1:]), len(body)) if found else ()
    for match, end in zip(found, ends, strict=True):
        yield Checkpoint(_said(_ASKED, body, match).strip(), body[match.end() : end].strip())
