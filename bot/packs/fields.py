"""Records read field by field, with every slip reported at its line.

A reader that meets a slip reports it and goes on with a stand-in, so that one check finds everything
there is to mend. Stand-ins are never served: an error anywhere keeps the whole pack back.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from rapidfuzz import process

from bot.packs.problems import Code, Spot
from bot.packs.trees import Hole, Listing, Node, Record, Scalar

T = TypeVar("T")
D = TypeVar("D")

LONGEST = 20_000
"""No text of a pack is longer than this, in characters."""

SHOWN = 60
"""So many characters of what an author wrote are repeated in a message."""

SAMPLES = {
    "accept": "accept: [AUC, area under the curve]",
    "answer": "answer: What a good answer says.",
    "answers": "answers:",
    "any_of": "any_of: [first phrase, second phrase]",
    "ask": "ask: What is asked?",
    "back": "back: What stands on the back.",
    "blueprint": "blueprint: mla-c02",
    "cards": "cards:",
    "code": "code: MLA-C02",
    "date": "date: 2026-11-22",
    "description": "description: What this is about, in one line.",
    "do": "do: What to do, step by step.",
    "domains": "domains:",
    "explanation": "explanation: Why the key is right.",
    "feedback": "feedback: Why this one is right or wrong.",
    "fix": "fix: What helps.",
    "format": "format: 1",
    "found": "found: What the reader answered, and why.",
    "front": "front: What stands on the front.",
    "goal": "goal: What works at the end.",
    "high": "high: 1000",
    "id": "id: a-short-name",
    "item": "item: an-item-id",
    "items": "items:",
    "key": "key: an-option-id",
    "kind": "kind: single_choice",
    "language": "language: en",
    "licence": "licence: CC-BY-4.0",
    "low": "low: 100",
    "minutes": "minutes: 90",
    "options": "options:",
    "pass": "pass: 720",
    "points": "points:",
    "problem": "problem: What goes wrong.",
    "prompt": "prompt: What is asked?",
    "questions": "questions: 65",
    "reader": "reader: Who read, and with what at hand.",
    "say": "say: the point in a few words",
    "scenario": "scenario: What all parts of the case share.",
    "settled": "settled: mended",
    "stems": "stems:",
    "steps": "steps:",
    "summary": "summary: What the note teaches, in one sentence.",
    "tasks": "tasks:",
    "text": "text: What a learner reads.",
    "title": "title: A short title",
    "topic": 'topic: "1.1"',
    "url": "url: https://example.org/page",
    "valid_from": "valid_from: 2026-09-29",
    "value": "value: 0.8",
    "version": "version: 2026.11.1",
    "weight": "weight: 28",
    "why": "why: What the documentation says.",
}
"""What a missing field would look like."""


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a record, with its name and place."""

    name: str
    node: Scalar
    spot: Spot

    @property
    def text(self) -> str:
        """The text without the white space around it."""
        return self.node.text.strip()

    def refuse(self, code: Code, message: str, mend: str) -> None:
        """Report that this text does not do."""
        self.spot.report(code, self.node.line, message, mend)


Reader = Callable[[Field], T | None]
"""Turns a text into what the field needs; reports and returns None when it cannot."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a record is called in messages, and the fields that it may have, the most telling first.

    *elsewhere* are fields that belong to records like this one, only of another kind.
    """

    what: str
    fields: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()


def shape(what: str, fields: str, elsewhere: tuple[str, ...] = ()) -> Shape:
    """Return a shape whose *fields* are given as words with spaces between."""
    return Shape(what, tuple(fields.split()), elsewhere)


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one record, by name."""

    what: str
    line: int
    spot: Spot
    nodes: dict[str, Node]

    def has(self, name: str) -> bool:
        """Tell whether the author wrote the field *name*."""
        return name in self.nodes

    def line_of(self, name: str) -> int:
        """Return the line of *name*'s value, or of the record where there is none."""
        return self.nodes[name].line if name in self.nodes else self.line

    def node(self, name: str) -> Node | None:
        """Return what stands under *name*; report it when there is nothing."""
        if name not in self.nodes:
            self._missing(name)
        return self.nodes.get(name)

    def need(self, name: str, read: Reader[T], other: D) -> T | D:
        """Return the field *name*; report it and return *other* when it is missing or does not do."""
        node = self.node(name)
        if node is None:
            return other
        value = read_text(name, node, self.spot, read)
        return other if value is None else value

    def get(self, name: str, read: Reader[T], other: D) -> T | D:
        """Return the field *name*, or *other* when it is not there; report it when it does not do."""
        return self.need(name, read, other) if name in self.nodes else other

    def list_of(self, name: str, most: int) -> tuple[Node, ...] | None:
        """Return the entries of the list *name*; report it and return None when it is no such list."""
        node = self.node(name)
        if node is None or isinstance(node, Hole):
            return None
        if not isinstance(node, Listing):
            self.spot.report(
                Code.WRONG_TYPE,
                node.line,
                f"`{name}` is {_type_of(node)} but must be a list.",
                f"Write one entry a line under `{name}:`, each starting with `- `.",
            )
            return None
        return self._counted(name, node, most)

    def texts(self, name: str, read: Reader[T], most: int) -> tuple[T, ...]:
        """Return the list of texts *name*, without those that do not do."""
        nodes = self.list_of(name, most) or ()
        values = [read_text(name, node, self.spot, read) for node in nodes]
        return tuple(value for value in values if value is not None)

    def record(self, name: str, wanted: Shape) -> "Fields | None":
        """Return the record *name*; report it and return None when it is missing or none."""
        node = self.node(name)
        return None if node is None else open_record(node, self.spot, wanted)

    def _counted(self, name: str, node: Listing, most: int) -> tuple[Node, ...] | None:
        if not node.nodes:
            self._empty(name, node)
            return None
        if len(node.nodes) > most:
            self.spot.report(
                Code.OUT_OF_RANGE,
                node.line,
                f"`{name}` has {len(node.nodes)} entries, but at most {most} are allowed.",
                "Take some out, or split them over two.",
            )
        return node.nodes[:most]

    def _missing(self, name: str) -> None:
        self.spot.report(
            Code.MISSING_FIELD,
            self.line,
            f"{sentence(self.what)} has no `{name}`.",
            f"Add `{SAMPLES.get(name, name + ':')}` to it.",
        )

    def _empty(self, name: str, node: Listing) -> None:
        self.spot.report(
            Code.EMPTY_FIELD,
            node.line,
            f"`{name}` is an empty list.",
            f"Write at least one entry under `{name}:`.",
        )


def open_record(node: Node, spot: Spot, wanted: Shape) -> Fields | None:
    """Return the fields of *node*, unknown ones reported; None when it is not a record."""
    if isinstance(node, Hole):
        return None
    if not isinstance(node, Record):
        spot.report(
            Code.WRONG_TYPE,
            node.line,
            f"{sentence(wanted.what)} must be a record, but this is {_type_of(node)}.",
            f"Write fields with a colon behind each name: {in_words(wanted.fields)}.",
        )
        return None
    for name, _ in node.entries:
        if name.text not in wanted.fields:
            _report_unknown(name, spot, wanted)
    return Fields(wanted.what, node.line, spot, {name.text: value for name, value in node.entries})


def read_text(name: str, node: Node, spot: Spot, read: Reader[T]) -> T | None:
    """Return what *read* makes of the text *node*; report a node that is no text, empty or endless."""
    if isinstance(node, Hole):
        return None
    if not isinstance(node, Scalar):
        spot.report(
            Code.WRONG_TYPE,
            node.line,
            f"`{name}` is {_type_of(node)} but must be a text.",
            f"Write one text behind `{name}:`, in quotes if it holds brackets or a colon.",
        )
        return None
    field = Field(name, node, spot)
    return read(field) if _has_text(field) else None


def peek(node: Node, name: str) -> str:
    """Return the text of the field *name* of *node*, or nothing; report nothing either."""
    if isinstance(node, Record):
        for key, value in node.entries:
            if key.text == name and isinstance(value, Scalar):
                return value.text.strip()
    return ""


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the one of *known* that *word* was probably meant to be."""
    found = process.extractOne(word[:SHOWN], list(known), score_cutoff=60)
    return None if found is None else str(found[0])


def in_words(words: Iterable[str]) -> str:
    """Return *words* as a list in code marks."""
    return ", ".join(f"`{word}`" for word in words)


def clipped(text: str) -> str:
    """Return *text* in one line that a message can hold."""
    flat = " ".join(text.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 3] + "..."


def counted(number: int, one: str, many: str = "") -> str:
    """Return *number* with the noun *one*, or with its plural."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """Return *text* with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def _has_text(field: Field) -> bool:
    if not field.text:
        field.refuse(
            Code.EMPTY_FIELD,
            f"`{field.name}` has nothing in it.",
            f"Write its text, as in `{SAMPLES.get(field.name, field.name + ': ...')}`, or delete the line.",
        )
    elif len(field.text) > LONGEST:
        field.refuse(
            Code.TOO_LONG,
            f"`{field.name}` has {len(field.text)} characters; no text may have more than {LONGEST}.",
            "Shorten it, or split the item.",
        )
    return 0 < len(field.text) <= LONGEST


def _report_unknown(name: Scalar, spot: Spot, wanted: Shape) -> None:
    """Report a field that does not belong, with the one that was probably meant."""
    shown = clipped(name.text)
    if name.text in wanted.elsewhere:
        mend = f"Delete `{shown}`, or change the kind to one that has it."
    elif meant := nearest(name.text, wanted.fields):
        mend = f"Write `{meant}` if that is what you meant, or delete the line."
    else:
        mend = f"Delete it, or use one of {in_words(wanted.fields)}."
    spot.report(Code.UNKNOWN_FIELD, name.line, f"`{shown}` is no field of {wanted.what}.", mend)


def _type_of(node: Node) -> str:
    """Return what *node* is, in an author's words."""
    match node:
        case Listing():
            return "a list"
        case Record():
            return "a record of fields"
        case _:
            return "a single text"
