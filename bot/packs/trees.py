"""Strict YAML: text in, a tree of texts with exact lines out.

PyYAML's parser gives the events; nothing is ever constructed from a tag, and no scalar becomes anything
but text: ``yes``, ``no``, ``1.10`` and dates stay as they were written. Aliases, anchors, tags, repeated
keys, several documents and tabs are problems. The tree is built with a stack of its own, so that no depth
of nesting can exhaust the interpreter's.
"""

import re
from dataclasses import dataclass, field
from typing import Protocol

import yaml

from bot.packs.problems import Code, Spot
from bot.packs.syntax import report_syntax, report_tab

DEEPEST = 20
"""Nesting beyond this is an error; no field of format 1 needs more than nine levels."""

UNPRINTABLE = re.compile(
    "[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]|[\u2028\u2029\ufeff]"
)
"""Characters that YAML refuses, or that count as line ends in YAML and in no editor."""

LOADER: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = (
    yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
)
"""libyaml's parser where PyYAML was built with it, else the one in Python; only its events are used."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text. With *literal* it was begun by ``|``: each of its lines is a line of the file."""

    text: str
    line: int
    literal: bool = False

    def line_at(self, offset: int) -> int:
        """Return the line of the file that holds the character at *offset*, as nearly as it is known."""
        if not self.literal:
            return self.line
        return self.line + 1 + self.text.count("\n", 0, offset)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list."""

    nodes: tuple["Node", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Record:
    """Fields by name, in the author's order; each name occurs once."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Hole:
    """Something that was refused and reported; readers pass over it in silence."""

    line: int


Node = Scalar | Listing | Record | Hole


def read_tree(
    text: str, spot: Spot, *, loader: type[yaml.SafeLoader] | type[yaml.CSafeLoader] = LOADER
) -> Node | None:
    """Return the tree of *text*, or None when there is none; whatever is wrong is reported to *spot*.

    A tree may come back although there were problems, so that the rest of the file is checked too.
    """
    if not _printable(text, spot):
        return None
    builder = _Builder(spot, text.splitlines())
    try:
        for event in yaml.parse(text, Loader=loader):
            if not builder.take(event):
                break
    except yaml.YAMLError as error:
        report_syntax(error, builder.lines, spot)
        return None
    builder.check_tabs()
    return builder.finished()


def _printable(text: str, spot: Spot) -> bool:
    """Report the first unprintable character of each line; tell whether there was none."""
    clean = True
    for number, line in enumerate(text.split("\n"), 1):
        if found := UNPRINTABLE.search(line):
            _report_character(found[0], number, spot)
            clean = False
    return clean


def _report_character(character: str, line: int, spot: Spot) -> None:
    """Report a character that no text may hold."""
    spot.report(
        Code.BAD_CHARACTER,
        line,
        f"This line holds the unprintable character U+{ord(character):04X}.",
        "Delete the character, or type a space or a line break in its place.",
    )


_CUT = re.compile(r"\s+(#[^\s#]\S*)")


class _Mark(Protocol):
    """A place in the text, counted from 0; PyYAML has one class of it for each of its parsers."""

    line: int
    column: int


@dataclass(slots=True)
class _Open:
    """A list or record whose end has not come yet; a record's keys and values alternate."""

    line: int
    record: bool
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class _Builder:
    """Takes the parser's events one by one and builds the tree."""

    spot: Spot
    lines: list[str]
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    documents: int = 0
    blocks: set[int] = field(default_factory=set)

    def take(self, event: yaml.Event) -> bool:
        """Add *event*; False means that the rest of the file is not worth reading."""
        match event:
            case yaml.DocumentStartEvent():
                return self._document(event)
            case yaml.AliasEvent():
                self._alias(event)
            case yaml.ScalarEvent():
                self._scalar(event)
            case yaml.CollectionStartEvent():
                return self._begin(event)
            case yaml.CollectionEndEvent():
                self._end()
            case _:
                pass  # the stream's and the document's ends carry nothing
        return not self.spot.findings.full

    def finished(self) -> Node | None:
        """Return the root; an empty file is reported here."""
        if self.root is None or (isinstance(self.root, Scalar) and not self.root.text):
            self.spot.report(
                Code.EMPTY_FILE, 1, "This file is empty.", "Start it with `format: 1`, or delete the file."
            )
            return None
        return self.root

    def check_tabs(self) -> None:
        """Report every line with a tab outside of block text, where a tab is a character like another."""
        for number, line in enumerate(self.lines, 1):
            if "\t" in line and number not in self.blocks:
                report_tab(number, self.spot)

    def _document(self, event: yaml.DocumentStartEvent) -> bool:
        self.documents += 1
        if self.documents > 1:
            self.spot.report(
                Code.SEVERAL_DOCUMENTS,
                _line(event),
                "A second YAML document starts here.",
                "Delete the `---`, or move what follows into a file of its own.",
            )
        return self.documents == 1

    def _alias(self, event: yaml.AliasEvent) -> None:
        self.spot.report(
            Code.ALIAS,
            _line(event),
            f"`*{event.anchor}` is a YAML alias, which packs do not use.",
            "Write the value out, or put the text in quotes if it starts with a star.",
        )
        self._put(Hole(_line(event)))

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        self._refuse_extras(event)
        text, line = str(event.value), _line(event)
        if event.style in ("|", ">"):
            self.blocks.update(range(line + 1, _mark(event.end_mark).line + 2))
        elif event.style is None or event.style == "":
            self._look_behind(event)
        for character in UNPRINTABLE.findall(text)[:1]:
            _report_character(character, line, self.spot)
        self._put(Scalar(text, line, literal=event.style == "|"))

    def _look_behind(self, event: yaml.ScalarEvent) -> None:
        """Warn when text without quotes was cut off at something like ``#3``."""
        end = _mark(event.end_mark)
        if end.line < len(self.lines) and (cut := _CUT.match(self.lines[end.line], end.column)):
            self.spot.report(
                Code.CUT_BY_COMMENT,
                end.line + 1,
                f"The text ends before `{cut[1]}`, which YAML takes for a comment.",
                "Put the text in quotes, or write a space after the `#` of a comment.",
            )

    def _begin(self, event: yaml.CollectionStartEvent) -> bool:
        self._refuse_extras(event)
        self.stack.append(_Open(_line(event), isinstance(event, yaml.MappingStartEvent)))
        if len(self.stack) > DEEPEST:
            self.spot.report(
                Code.TOO_DEEP,
                _line(event),
                f"Lists and fields are nested more than {DEEPEST} deep here.",
                "Look for brackets that are opened and never closed.",
            )
            self.root = Hole(_line(event))
        return len(self.stack) <= DEEPEST

    def _end(self) -> None:
        done = self.stack.pop()
        self._put(self._record(done) if done.record else Listing(tuple(done.nodes), done.line))

    def _put(self, node: Node) -> None:
        if self.stack:
            self.stack[-1].nodes.append(node)
        else:
            self.root = node

    def _record(self, done: _Open) -> Record:
        """Pair keys with values; of a repeated key the first is kept."""
        entries: dict[str, tuple[Scalar, Node]] = {}
        for name, value in zip(done.nodes[::2], done.nodes[1::2], strict=False):
            if not isinstance(name, Scalar):
                self._refuse_key(name)
            elif name.text in entries:
                self._refuse_repeat(name, entries[name.text][0])
            else:
                entries[name.text] = (name, value)
            if self.spot.findings.full:
                break
        return Record(tuple(entries.values()), done.line)

    def _refuse_key(self, name: Node) -> None:
        self.spot.report(
            Code.WRONG_TYPE,
            name.line,
            "The name of a field is a list or a record here.",
            "Write a plain name before the colon, and put text that starts with a bracket in quotes.",
        )

    def _refuse_repeat(self, name: Scalar, first: Scalar) -> None:
        self.spot.report(
            Code.DUPLICATE_KEY,
            name.line,
            f"`{name.text}` is given twice; the first is on line {first.line}.",
            f"Keep one `{name.text}` and delete the other.",
        )

    def _refuse_extras(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        """Report an anchor or a tag."""
        if event.anchor is not None:
            self.spot.report(
                Code.ALIAS,
                _line(event),
                f"`&{event.anchor}` is a YAML anchor, which packs do not use.",
                "Delete it, or put the text in quotes if it starts with `&`.",
            )
        if event.tag is not None:
            self.spot.report(
                Code.TAG,
                _line(event),
                f"`{event.tag}` is a YAML tag, which packs do not use.",
                "Delete it, or put the text in quotes if it starts with `!`.",
            )


def _line(event: yaml.Event) -> int:
    """Return the line, from 1, on which *event* starts."""
    return _mark(event.start_mark).line + 1


def _mark(mark: _Mark | None) -> _Mark:
    """Return *mark*, which every event of a parser has."""
    if mark is None:
        raise TypeError(mark)
    return mark
