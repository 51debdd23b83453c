"""Provenance: which source gave what, kept beside the pack in ``imports.yaml``.

It lets a later import know what it gave before, although prompts were corrected, files renamed and items
mended by hand. Whoever deletes the file loses nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from bot.packs.fields import Fields, open_record, shape
from bot.packs.problems import Spot
from bot.packs.scalars import as_format, as_line
from bot.packs.trees import Node, Record, Scalar
from bot.packs.writing.texts import Bare, Value, document

FILE: Final = "imports.yaml"
FAMILIES: Final = ("items", "cards", "notes", "labs")
"""What a source may have given; ids are unique in each."""

LINKED: Final = "linked"
ALSO: Final = "+"
"""Stands between the fingerprints of a question that took in another one, and of the same one alone."""

_COMMENT: Final = "Written by `studyhall content import`, which finds here what it took from where."
_WORDS: Final = 4
_FILE = shape("the record of imports", "format sources")
_SOURCE = shape("a source", "path deck items cards notes labs")


class Trace(NamedTuple):
    """What one thing was in its source: fingerprints of its prompt and of all of it, topic, number, own id.

    *whole* is :data:`LINKED` where another source's thing was kept in the place of this one.
    """

    prompt: str
    whole: str
    topic: str = ""
    number: str = ""
    own: str = ""


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """What the source at *path* gave: for each family, traces by id. *deck* is the deck that is its own."""

    path: str
    deck: str = ""
    traces: Mapping[str, Mapping[str, Trace]] = field(default_factory=dict)

    def of(self, family: str) -> Mapping[str, Trace]:
        """Return the traces of one family."""
        return self.traces.get(family, {})


@dataclass(frozen=True, slots=True)
class Imports:
    """Every source that was ever imported into a pack, by its path."""

    sources: tuple[SourceRecord, ...] = ()

    def with_records(self, records: Iterable[SourceRecord]) -> "Imports":
        """Return the same with *records* in the place of those of their paths."""
        by_path = {one.path: one for one in self.sources} | {one.path: one for one in records}
        return Imports(tuple(by_path[path] for path in sorted(by_path)))


def imports_file(imports: Imports) -> bytes:
    """Return ``imports.yaml``."""
    entries = tuple(map(_entry, imports.sources))
    return document({"format": Bare(1), "sources": entries}, _COMMENT)


def _entry(record: SourceRecord) -> Value:
    entry: dict[str, Value] = {"path": record.path}
    if record.deck:
        entry["deck"] = record.deck
    for family in FAMILIES:
        if record.of(family):
            entry[family] = {own: _written(trace) for own, trace in record.of(family).items()}
    return entry


def _written(trace: Trace) -> str:
    """Return *trace* in one line; the source's own id stands last, since it may hold spaces."""
    return f"{trace.prompt} {trace.whole} {trace.topic or '-'} {trace.number or '-'} {trace.own}".rstrip()


def read_imports(node: Node, spot: Spot) -> Imports:
    """Return what ``imports.yaml`` says; an entry that somebody broke is reported and left out."""
    fields = open_record(node, spot, _FILE)
    if fields is None:
        return Imports()
    fields.need("format", as_format, "1")
    nodes = fields.list_of("sources", len(node_entries(fields))) if fields.has("sources") else ()
    read = (open_record(entry, spot, _SOURCE) for entry in nodes or ())
    return Imports(tuple(_record(one) for one in read if one is not None))


def node_entries(fields: Fields) -> tuple[Node, ...]:
    """Return the entries of the list ``sources``, however many there are."""
    node = fields.nodes["sources"]
    return getattr(node, "nodes", (node,))


def _record(fields: Fields) -> SourceRecord:
    return SourceRecord(
        fields.need("path", as_line, ""),
        fields.get("deck", as_line, ""),
        {family: _traces(fields.nodes[family]) for family in FAMILIES if fields.has(family)},
    )


def _traces(node: Node) -> dict[str, Trace]:
    entries = node.entries if isinstance(node, Record) else ()
    return {
        name.text: Trace(*_words(value.text))
        for name, value in entries
        if isinstance(value, Scalar) and len(value.text.split(" ", 4)) >= _WORDS
    }


def _words(text: str) -> list[str]:
    prompt, whole, topic, number, *own = text.split(" ", 4)
    return [prompt, whole, "" if topic == "-" else topic, "" if number == "-" else number, *own]
