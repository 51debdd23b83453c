"""Markdown that no transport can show: pictures, footnotes, links that lead nowhere, tables in lists."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from bot.packs import prose
from bot.packs.checks.places import Ledger, scalars
from bot.packs.fields import Fields, clipped
from bot.packs.origins import Origins
from bot.packs.problems import Code, Spot
from bot.packs.trees import Listing, Node, Record

_ITEMS_PROSE: Final = ("prompt", "explanation", "scenario", "hints", "text", "feedback", "front", "back")
_LABS_PROSE: Final = (
    "goal",
    "do",
    "expect",
    "problem",
    "fix",
    "ask",
    "answer",
    "cost",
    "prerequisites",
    "clean_up",
)
PROSE: Final = frozenset({*_ITEMS_PROSE, *_LABS_PROSE, "summary"})
"""The fields that hold small Markdown."""

_HEADED: Final = frozenset({"do", "expect", "goal"})
"""Fields of some length, in which a heading may stand."""

_PICTURE = re.compile(r"(?<!\\)!\[([^\]\n]*)\](?:\(|\[)")
_LINK = re.compile(r"(?<![\\!])\[([^\]\n]*)\]\(\s*<?([^)\s>]*)")
_REFERENCE = re.compile(r"^ {0,3}\[([^\]\n^]+)\]:\s*\S+", re.MULTILINE)
_AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]+)>")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_TASK = re.compile(r"^[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]+(\[[ xX]?\])[ \t]", re.MULTILINE)
_STRUCK = re.compile(r"(?<!~)~~(?=\S)[^~\n]+~~(?!~)")
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S.*$|^(?!\s*[|>#-])\S.*\n {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE)
_NESTED_TABLE = re.compile(r"^(?:[ ]{2,}|[ ]{0,3}>).*\|?[ \t]*:?-{3,}:?[ \t]*\|.*$", re.MULTILINE)
_SUSPECT = re.compile(r"[\[<~#|]|^ {0,3}(?:=+|-{2,})[ \t]*$", re.MULTILINE)
"""What a text has that has any of what is looked for here; most have none."""

_SAFE = re.compile(r"https?://[^/\s]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Text:
    """A text without its code, which keeps its length, and how to tell the line of a character."""

    name: str
    bare: str
    whole: str
    line_at: Callable[[int], int]


def check_markup(origins: Origins, ledger: Ledger) -> None:
    """Report what the texts of a pack hold that cannot be shown."""
    for place in origins.entries.values():
        _check_record(place, ledger.at(place), headings=False)
    for place in (*origins.labs.values(), *origins.notes.values()):
        _check_record(place, ledger.at(place), headings=True)
    for body in origins.bodies.values():
        spot = ledger.spot(body.spot.findings.file, body.spot.item)
        _check_body(body.text, body.line, spot)


def _check_body(text: str, line: int, spot: Spot) -> None:
    bare = prose.without_code(text)
    _check(
        _Text("The note", bare, text, lambda offset: line + text.count("\n", 0, offset)), spot, headings=True
    )


def _check_record(place: Fields, spot: Spot, *, headings: bool) -> None:
    for name, node in _prose_in(place.nodes):
        for scalar in scalars(node):
            if _SUSPECT.search(scalar.text):
                text = _Text(f"`{name}`", prose.without_code(scalar.text), scalar.text, scalar.line_at)
                _check(text, spot, headings=headings and name in _HEADED)


def _prose_in(nodes: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    """Yield the fields with Markdown; the parts of a case study are entries of their own."""
    for name, node in nodes.items():
        if name in PROSE:
            yield name, node
        elif name not in ("items", "key", "sources"):
            yield from _prose_below(node)


def _prose_below(node: Node) -> Iterator[tuple[str, Node]]:
    match node:
        case Listing():
            for one in node.nodes:
                yield from _prose_below(one)
        case Record():
            yield from _prose_in({name.text: value for name, value in node.entries})
        case _:
            return


def _check(text: _Text, spot: Spot, *, headings: bool) -> None:
    for offset, code, message, mend in (*_links(text), *_rest(text, headings=headings)):
        spot.report(code, text.line_at(offset), message, mend)


def _links(text: _Text) -> Iterator[tuple[int, Code, str, str]]:
    """Yield each link that leads nowhere, with offset, code, message and mend."""
    for found in _LINK.finditer(text.bare):
        target = text.whole[slice(*found.span(2))]
        if not _SAFE.match(target):
            yield (
                found.start(),
                Code.LINK,
                f"{text.name} links to `{clipped(target)}`, which is no address of a web page.",
                "Write the whole address, starting with `https://`, or take the link away.",
            )
    for pattern in (_REFERENCE, _AUTOLINK):
        for found in pattern.finditer(text.bare):
            yield (
                found.start(),
                Code.LINK,
                f"{text.name} holds `{clipped(found[0])}`, which is shown as text and leads nowhere.",
                "Write the link as `[what it is](https://example.org/page)`.",
            )


def _rest(text: _Text, *, headings: bool) -> Iterator[tuple[int, Code, str, str]]:
    """Yield everything else that is not shown as it was meant."""
    for found in _PICTURE.finditer(text.bare):
        yield (
            found.start(),
            Code.PICTURE,
            f"{text.name} holds the picture `{clipped(found[1])}`, and of a picture only its name is shown.",
            "Say in words what the picture shows, or write it as a table or formula.",
        )
    for pattern, what, mend in _UNSHOWN:
        for found in pattern.finditer(text.bare):
            shown = clipped(found[0])
            yield found.start(), Code.MARKDOWN, f"{text.name} holds {what}, `{shown}`.", mend
    for found in _HEADING.finditer(text.bare) if not headings else ():
        yield (
            found.start(),
            Code.HEADING,
            f"{text.name} holds the heading `{clipped(found[0])}`, too large for a question or card.",
            "Write it in **bold**, or as a sentence.",
        )


_UNSHOWN: Final = (
    (_FOOTNOTE, "a footnote, which is shown as text", "Put the note in brackets where it belongs."),
    (_TASK, "a box to tick, which is shown as text", "Write a plain list."),
    (_STRUCK, "text to strike out, which is shown with its tildes", "Leave out what does not hold."),
    (
        _NESTED_TABLE,
        "a table inside of a list or quote, which cannot be shown",
        "Put the table below the list.",
    ),
)
