"""Notes as authors write them: ``notes/*.md``, Markdown below front matter in the same strict YAML."""

import re
from dataclasses import dataclass

from bot.core.ids import NoteId, Topic
from bot.core.notes import Note
from bot.packs.blueprints import read_own_id
from bot.packs.fields import Fields, clipped, open_record, read_text, shape
from bot.packs.item_records import Scope, read_serves, read_sources, read_topic, read_valid_until
from bot.packs.origins import Prose
from bot.packs.problems import Code, Spot
from bot.packs.scalars import as_format, as_line, as_prose
from bot.packs.sections import Placed, parts_of, sections_of
from bot.packs.trees import UNPRINTABLE, Scalar, read_tree

_NOTE = shape("the note", "format id title topic summary serves valid_until sources off")
_LONGEST_SECTION = 10_000
_FENCE = re.compile(r"---[ \t]*")


@dataclass(frozen=True, slots=True)
class _Halves:
    """The two halves of a note's file; *line* is the line of the file that the body's first line is on."""

    front: str
    body: str
    line: int


def read_note(text: str, stem: str, spot: Spot, scope: Scope) -> Note | None:
    """Return the note in *text*, whose file is called *stem*; None when there is nothing to read it from."""
    spot = spot.at(stem)
    halves = _halves(text, spot)
    if halves is None or not _is_printable(halves, spot):
        return None
    tree = read_tree(halves.front, spot)
    fields = None if tree is None else open_record(tree, spot, _NOTE)
    return None if fields is None else _note(fields, halves, stem, scope)


def _halves(text: str, spot: Spot) -> _Halves | None:
    """Return front matter and body; report a file without the two lines ``---``."""
    lines = text.split("\n")
    if lines == [""]:
        spot.report(
            Code.EMPTY_FILE, 1, "This file is empty.", "Start it with front matter, or delete the file."
        )
        return None
    ends = [number for number, line in enumerate(lines) if _FENCE.fullmatch(line.rstrip("\r"))]
    if len(ends) > 1 and ends[0] == 0:
        # An empty line in the place of the first `---` keeps the numbers of the lines.
        front = "\n".join(["", *lines[1 : ends[1]], ""])
        return _Halves(front, "\n".join(lines[ends[1] + 1 :]).replace("\r\n", "\n"), ends[1] + 2)
    spot.report(
        Code.FRONT_MATTER,
        1,
        "The note does not start with front matter between two lines `---`.",
        "Write `---` on the first line, then `format: 1` and the other fields, then `---`.",
    )
    return None


def _is_printable(halves: _Halves, spot: Spot) -> bool:
    """Report the characters of the body that no text may hold; the front matter is checked as YAML."""
    clean = True
    for number, line in enumerate(halves.body.split("\n"), halves.line):
        if found := UNPRINTABLE.search(line):
            spot.report(
                Code.BAD_CHARACTER,
                number,
                f"This line holds the unprintable character U+{ord(found[0]):04X}.",
                "Delete the character, or type a space or a line break in its place.",
            )
            clean = False
    return clean


def _note(fields: Fields, halves: _Halves, stem: str, scope: Scope) -> Note:
    fields.need("format", as_format, "1")
    own = read_own_id(fields, stem, "file")
    scope.origins.notes[own] = fields
    scope.origins.bodies[own] = Prose(fields.spot, halves.body, halves.line)
    placed = sections_of(halves.body)
    if not placed:
        fields.spot.report(
            Code.EMPTY_FIELD,
            halves.line,
            "The note has nothing below its front matter.",
            "Write its text there, with `## ` before each heading.",
        )
    for one in placed:
        _check_prose(one, halves, fields.spot)
    sections = tuple(one.section for one in placed)
    parts = parts_of(sections)
    return Note(
        id=NoteId(f"{scope.pack}/{own}"),
        pack=scope.pack,
        title=fields.need("title", as_line, ""),
        topic=read_topic(fields, scope) or Topic(""),
        summary=fields.need("summary", as_prose(1000), ""),
        sections=sections,
        objectives=parts.objectives,
        terms=parts.terms,
        checkpoints=parts.checkpoints,
        sources=read_sources(fields),
        valid_until=read_valid_until(fields, scope),
        serves=read_serves(fields, scope),
        off=fields.get("off", as_line, ""),
    )


def _check_prose(placed: Placed, halves: _Halves, spot: Spot) -> None:
    """Check the text of a section as that of any field; its name in messages is its heading."""
    if not placed.section.body:
        return
    line = halves.line + halves.body.count("\n", 0, placed.body_at)
    # A literal's first line is the one below the line that it stands on.
    node = Scalar(placed.section.body, line - 1, literal=True)
    read_text(clipped(placed.section.heading) or "the beginning", node, spot, as_prose(_LONGEST_SECTION))
