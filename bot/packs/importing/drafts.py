"""Drafts: what one source gave, before it is repaired, linked and given ids.

A format's reader makes drafts and says where each came from; it never writes, never raises for what an
author wrote, and leaves no unit of its source unaccounted for. Units are lines of a text, rows of a sheet,
records of anything else, counted from 1.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from bot.core.cards import CardKind
from bot.core.items import Blank, BlanksKey, Difficulty, Kind, NumberKey, Place, Source, TextKey
from bot.core.labs import Step, Trouble
from bot.core.notes import Section


class Span(NamedTuple):
    """Units from *first* to *last*, both included and counted from 1."""

    first: int
    last: int


class Origin(StrEnum):
    """What a card was in its source; the report counts by it."""

    CARD = "card"
    TERM = "term"
    PAIR = "pair"
    CHECKPOINT = "checkpoint"
    QUESTION = "question"


class Fault(StrEnum):
    """The kinds of what a person has to look at; stable, for tools and for the authors' guide."""

    # A source as a whole
    UNREADABLE = "unreadable"
    NOT_UTF8 = "not-utf8"
    TOO_LARGE = "too-large"
    UNKNOWN_FORMAT = "unknown-format"
    BROKEN_FILE = "broken-file"
    UNSAFE_ARCHIVE = "unsafe-archive"
    NOTHING_FOUND = "nothing-found"
    UNKNOWN_TOPIC = "unknown-topic"
    MORE_TOPICS = "more-topics"

    # A question or a card
    NO_KEY = "no-key"
    NO_PROMPT = "no-prompt"
    TOO_FEW_OPTIONS = "too-few-options"
    TOO_MANY_OPTIONS = "too-many-options"
    SAME_OPTIONS = "same-options"
    ALL_RIGHT = "all-right"
    BAD_KEY = "bad-key"
    UNCLOSED = "unclosed"
    NO_ANSWER = "no-answer"
    PARTIAL_POINTS = "partial-points"
    NOT_SUPPORTED = "not-supported"
    TOO_LONG = "too-long"

    # What the repairs find
    CONTRADICTION = "contradiction"
    SOURCES_DISAGREE = "sources-disagree"
    TWO_MARKED = "two-marked"
    NEEDS_PICTURE = "needs-picture"
    GARBLED_MATHS = "garbled-maths"
    DOLLAR_SIGNS = "dollar-signs"
    LOST_TABLE = "lost-table"
    GARBLED_TEXT = "garbled-text"
    PAST_DATE = "past-date"
    KEY_POSITION = "key-position"
    KEY_LENGTH = "key-length"

    # What the pack has already
    BOTH_CHANGED = "both-changed"
    NOT_IN_SOURCE = "not-in-source"


class Repair(StrEnum):
    """The kinds of what is repaired without asking; the report counts by them."""

    MAC_ROMAN = "mac-roman"
    WINDOWS_1252 = "windows-1252"
    HTML_ENTITIES = "html-entities"
    CITED_LETTER = "cited-letter"
    CLOSING_ANSWER = "closing-answer"
    DOUBLED_MATHS = "doubled-maths"
    PICTURE_PLACEHOLDER = "picture-placeholder"
    ONE_LINE_CODE = "one-line-code"


class Problem(NamedTuple):
    """What a person has to look at, and what to do: *message* and *mend* are one sentence each."""

    fault: Fault
    line: int
    message: str
    mend: str


class Dropped(NamedTuple):
    """Units that became nothing, and *why*, in a few words."""

    span: Span
    why: str


@dataclass(frozen=True, slots=True)
class DraftOption:
    """One choice. *id* is the source's own name of it, "" when it has none."""

    text: str
    right: bool = False
    feedback: str = ""
    place: Place = Place.ANY
    id: str = ""


@dataclass(frozen=True, slots=True)
class DraftQuestion:
    """One question.

    *options* are those of a choice, or the steps of an ordering in their right order, or all right-hand
    sides of a matching, whose *pairs* are stems with the text of their option. The other kinds have a *key*;
    in prompts each blank is ``___``. *answer* is the short answer of an open question. *id*, *number* and
    *topic* are the source's own: an identifier that stays when the prompt changes, "Q7" or "3.", the title of
    the section. Parts of one case study follow one another with the same *case* and *scenario*. *links* are
    the targets of links to other pages that ask the same. *off* are reasons not to ask it until a person
    decides.
    """

    kind: Kind
    prompt: str
    span: Span
    options: tuple[DraftOption, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    key: BlanksKey | NumberKey | TextKey | None = None
    explanation: str = ""
    answer: str = ""
    hints: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    topic: str = ""
    difficulty: Difficulty = Difficulty.MEDIUM
    valid_until: date | None = None
    seconds: int | None = None
    id: str = ""
    number: str = ""
    case: str = ""
    scenario: str = ""
    links: tuple[str, ...] = ()
    off: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All that it says in one text; only for looking whether something is in there."""
        said = [self.prompt, self.scenario, self.explanation, self.answer, *self.hints]
        for option in self.options:
            said += (option.text, option.feedback)
        for pair in self.pairs:
            said += pair
        return "\n".join(said)


@dataclass(frozen=True, slots=True)
class DraftCard:
    """One card; *deck* is the title of the deck that it stands in, if the source says so."""

    kind: CardKind
    front: str
    back: str
    span: Span
    blanks: tuple[Blank, ...] = ()
    origin: Origin = Origin.CARD
    deck: str = ""
    topic: str = ""
    sources: tuple[Source, ...] = ()
    id: str = ""
    off: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """All that it says in one text; only for looking whether something is in there."""
        return f"{self.front}\n{self.back}"


@dataclass(frozen=True, slots=True)
class DraftNote:
    """One study text; *syllabus* is the line that says which part of an exam it serves."""

    title: str
    sections: tuple[Section, ...]
    span: Span
    topic: str = ""
    syllabus: str = ""
    sources: tuple[Source, ...] = ()
    id: str = ""

    @property
    def whole(self) -> str:
        """All that it says in one text; only for looking whether something is in there."""
        return "\n".join(section.body for section in self.sections)


@dataclass(frozen=True, slots=True)
class DraftLab:
    """One exercise step by step."""

    title: str
    goal: str
    steps: tuple[Step, ...]
    span: Span
    topic: str = ""
    syllabus: str = ""
    prerequisites: tuple[str, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    clean_up: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Stub:
    """An entry of an index: a title without a body, listed in the report and never shown as a note."""

    title: str
    span: Span
    syllabus: str = ""


@dataclass(frozen=True)
class Harvest:
    """Everything that one source gave. *units* is how many lines, rows or records it has.

    *kept* are spans that gave no draft of their own but are used, such as a title; blank lines need not be
    mentioned. Together with the drafts' spans and *dropped* they cover the source: see :func:`unaccounted`.
    """

    path: str
    format: str
    units: int
    title: str = ""
    description: str = ""
    questions: tuple[DraftQuestion, ...] = ()
    cards: tuple[DraftCard, ...] = ()
    notes: tuple[DraftNote, ...] = ()
    labs: tuple[DraftLab, ...] = ()
    stubs: tuple[Stub, ...] = ()
    kept: tuple[Span, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()
    repaired: Counter[Repair] = field(default_factory=Counter)

    @cached_property
    def said(self) -> str:
        """All that questions, cards and notes say, in one text, so that a repair passes by clean sources."""
        drafts: Iterable[DraftQuestion | DraftCard | DraftNote] = chain(
            self.questions, self.cards, self.notes
        )
        return "\n".join(one.whole for one in drafts)


def unaccounted(harvest: Harvest, blank: frozenset[int] = frozenset()) -> tuple[Span, ...]:
    """Return the units of *harvest* that no draft, no kept and no dropped span has, without those *blank*."""
    covered = bytearray(harvest.units + 1)
    covered[0] = 1
    for first, last in _taken(harvest):
        covered[first : last + 1] = b"\1" * (last + 1 - first)
    return spans(unit for unit in _zeros(covered, harvest.units) if unit not in blank)


def _zeros(covered: bytearray, last: int) -> Iterator[int]:
    """Yield the places up to *last* that are not *covered*."""
    at = covered.find(0)
    while 0 <= at <= last:
        yield at
        at = covered.find(0, at + 1)


def _taken(harvest: Harvest) -> Iterator[Span]:
    """Yield the span of everything in *harvest*."""
    yield from harvest.kept
    yield from (one.span for one in harvest.questions)
    yield from (one.span for one in harvest.cards)
    yield from (one.span for one in harvest.notes)
    yield from (one.span for one in harvest.labs)
    yield from (one.span for one in harvest.stubs)
    yield from (one.span for one in harvest.dropped)


def spans(units: Iterable[int]) -> tuple[Span, ...]:
    """Return ascending *units* as spans, the longest there are."""
    found: list[Span] = []
    for unit in units:
        if found and found[-1].last == unit - 1:
            found[-1] = Span(found[-1].first, unit)
        else:
            found.append(Span(unit, unit))
    return tuple(found)
