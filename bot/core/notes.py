"""Notes: study texts in sections, checked and frozen."""

from dataclasses import dataclass
from datetime import date

from bot.core.ids import NoteId, PackId, Topic
from bot.core.items import Source


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the small Markdown below it, up to the next heading of its level."""

    heading: str
    body: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term that a note explains in its key terms."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A question at the end of a note or of a lab's step, with what a good answer says."""

    ask: str
    answer: str


@dataclass(frozen=True, slots=True)
class Note:
    """A study text about one topic.

    *sections* are all of its text, in the author's order; *objectives*, *terms* and *checkpoints* are what
    the sections of these names hold, once more and taken apart.
    """

    id: NoteId
    pack: PackId
    title: str
    topic: Topic
    summary: str
    sections: tuple[Section, ...]
    objectives: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    sources: tuple[Source, ...] = ()
    valid_until: date | None = None
    serves: tuple[str, ...] = ()
    off: str = ""
