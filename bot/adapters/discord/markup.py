r"""Markup: words and their stresses as Discord's Markdown, which reads back as exactly those words.

Text is escaped where it stands, sign by sign, so that nothing in it becomes markup, a mention, a link, an
emoji or a time. Discord reads by patterns and not by a grammar, so some marks cannot stand beside each other:

* ``*a*`` is stress, but ``_a_`` where a ``**`` stands next to it: of ``***`` nobody knows what it means.
* A stress neither begins nor ends with white space.
* What is in the code font and holds a mark is not stressed as well: Discord would end the stress there.
* A blank without width stands where marks would otherwise run into each other.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, assert_never

from bot.wording.cleaning import clean_line, clean_text
from bot.wording.plain import plain_inline
from bot.wording.views import (
    Break,
    ChannelName,
    Code,
    Emphasis,
    Inline,
    Link,
    Moment,
    RoleName,
    Strong,
    Text,
)

GAP: Final = "\u200b"
"""A blank without width."""

LONGEST_URL: Final = 1000
"""A longer address is shown and not linked."""

_ALWAYS: Final = re.compile(r"[\\*_~|`<\[\]@]|:(?=\S)(?!(?<=[0-9]:)[0-9]{2}[.,;)]*\s)")
"""Signs that may mean something anywhere; the colon of a time of day, as in 9:00, does not."""

_AT_START: Final = re.compile(r"\s*(?:[0-9]+(?=\.)|(?=[#>+-]))")
_TICKS: Final = re.compile(r"`(?=`)")
_MARKS: Final = re.compile(r"[*_\\]")
_EDGES: Final = re.compile(r"([\s\ufeff]*)(.*?)([\s\ufeff]*)", re.DOTALL)
_NOT_IN_URL: Final = re.compile(r"[\s<>()\[\]\\\"`]")
_WORD: Final = re.compile(r"[A-Za-z0-9]")
_WEB: Final = re.compile(r"https?://\S", re.IGNORECASE)
_ID: Final = re.compile(r"[0-9]{1,20}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Style:
    """How some words stand out."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    url: str = ""


PLAIN: Final = Style()
STRONG: Final = Style(strong=True)


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one style, on one line; a *token* is Discord's own, written as it is and never cut."""

    text: str
    style: Style = PLAIN
    token: bool = False


Runs = tuple[Run, ...]


def lines_of(content: Iterable[Inline]) -> tuple[Runs, ...]:
    """Return *content* as lines of runs, at least one line."""
    lines: list[list[Run]] = [[]]
    for run in _runs(content, PLAIN):
        first, *others = (run.text,) if run.token else run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines.extend([replace(run, text=text)] for text in others)
    return tuple(tidied(line) for line in lines)


def line_of(content: Iterable[Inline]) -> Runs:
    """Return *content* as one line: its line ends become spaces."""
    return joined(lines_of(content), (Run(" "),))


def joined(parts: Iterable[Runs], between: Runs) -> Runs:
    """Return *parts* as one line, with *between* in between."""
    runs: list[Run] = []
    for number, part in enumerate(parts):
        runs.extend((*between, *part) if number else part)
    return tidied(runs)


def strengthened(runs: Iterable[Run]) -> Runs:
    """Return *runs* with all of it important."""
    return tidied(replace(run, style=replace(run.style, strong=True)) for run in runs)


def written(runs: Sequence[Run]) -> str:
    """Return one line of tidy *runs* as Markdown that stands at the beginning of a line."""
    return _Writer(runs).write()


# ------------------------------------------------------------------------------------------- inline to runs


def _runs(content: Iterable[Inline], style: Style) -> Iterator[Run]:
    for one in content:
        yield from _run(one, style)


def _run(one: Inline, style: Style) -> Iterator[Run]:
    match one:
        case Text(text=text):
            yield Run(clean_text(text), style)
        case Code(text=text):
            yield Run(clean_text(text), replace(style, code=True))
        case Strong(children=children):
            yield from _runs(children, replace(style, strong=True))
        case Emphasis(children=children):
            yield from _runs(children, replace(style, emphasis=True))
        case Link():
            yield from _link(one, style)
        case Break():
            yield Run("\n", style)
        case Moment(at=at):
            yield Run(f"<t:{int(at.timestamp())}:f>", style, token=True)
        case RoleName(id=role):
            yield _named("@&", role, style)
        case ChannelName(id=channel):
            yield _named("#", channel, style)
        case _:
            assert_never(one)


def _named(sign: str, id_: str, style: Style) -> Run:
    """Return the name of a role or a channel, which Discord shows for its id; of no id, the text it is."""
    if _ID.fullmatch(id_):
        return Run(f"<{sign}{id_}>", style, token=True)
    return Run(f"{sign[0]}{clean_line(id_)}", style)


def _link(link: Link, style: Style) -> Iterator[Run]:
    """Yield a link that can be followed; words that might mislead Discord have the address beside them."""
    url, said = clean_line(link.url), clean_line(plain_inline(link.children))
    safe = _NOT_IN_URL.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    if not _WEB.match(url) or len(safe) > LONGEST_URL:
        beside = f" ({url})" if said and said != url else ""
        yield from _runs(link.children or (Text(url),), style)
        yield Run(beside, style)
    elif said in {url, ""}:
        yield Run(f"<{safe}>", style, token=True)
    elif "://" in said or "[" in said or "]" in said or style.url:
        yield from (*_runs(link.children, style), Run(" (", style))
        yield from (Run(f"<{safe}>", style, token=True), Run(")", style))
    else:
        yield from _runs(link.children, replace(style, url=safe))


# -------------------------------------------------------------------------------------------------- tidying


def tidied(runs: Iterable[Run]) -> Runs:
    """Return *runs* so that they can be written: no style at the edges of words, and neighbours joined."""
    given = tuple(runs)
    if len(given) == 1 and given[0].style is PLAIN:
        return given if given[0].text else ()
    pieces = [piece for run in given for piece in _pieces(_unmarked(run))]
    styled = [
        replace(piece, style=_between(pieces, place)) if _is_blank(piece) else piece
        for place, piece in enumerate(pieces)
    ]
    merged: list[Run] = []
    for run in styled:
        last = merged[-1] if merged else None
        if last is not None and last.style == run.style and not last.token and not run.token:
            merged[-1] = Run(last.text + run.text, run.style)
        else:
            merged.append(run)
    return tuple(merged)


def _unmarked(run: Run) -> Run:
    """Return *run* without a stress that a mark in its code or its token would end."""
    if (run.style.code or run.token) and _MARKS.search(run.text):
        return replace(run, style=replace(run.style, strong=False, emphasis=False))
    return run


def _pieces(run: Run) -> Iterator[Run]:
    """Yield the white space before, the words and the white space after."""
    if run.token or run.style.code:
        if run.text:
            yield run
        return
    found = _EDGES.fullmatch(run.text)
    for text in found.groups() if found else ():
        if text:
            yield replace(run, text=text)


def _is_blank(run: Run) -> bool:
    return not (run.token or run.style.code) and not run.text.replace("\ufeff", "").strip()


def _between(pieces: Sequence[Run], place: int) -> Style:
    """Return the style of the white space at *place*: what the words on both sides share."""
    before = next((piece.style for piece in reversed(pieces[:place]) if not _is_blank(piece)), PLAIN)
    after = next((piece.style for piece in pieces[place + 1 :] if not _is_blank(piece)), PLAIN)
    return Style(
        strong=before.strong and after.strong,
        emphasis=before.emphasis and after.emphasis,
        url=before.url if before.url == after.url else "",
    )


# -------------------------------------------------------------------------------------------------- writing


class _Writer:
    """Writes one line. Marks nest in one order: a link, then what is strong, then what is stressed."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []

    def write(self) -> str:
        for place, run in enumerate(self._runs):
            self._turn_to(run.style, place)
            self._say(self._body(run, place))
        self._turn_to(PLAIN, len(self._runs))
        return "".join(self._out)

    def _turn_to(self, style: Style, place: int) -> None:
        """Close what ends here, the innermost first, and open what begins."""
        wanted = [("[", style.url)] if style.url else []
        wanted += [("**", "")] if style.strong else []
        wanted += [("*", "")] if style.emphasis else []
        kept = 0
        for (mark, url), want in zip(self._open, wanted, strict=False):
            if ("*" if mark == "_" else mark, url) != want:
                break
            kept += 1
        while len(self._open) > kept:
            self._close()
        for mark, url in wanted[kept:]:
            self._begin(self._stress(place) if mark == "*" else mark, url)

    def _begin(self, mark: str, url: str) -> None:
        if mark == "_" and self._out and _WORD.fullmatch(self._out[-1][-1:]):
            self._out.append(GAP)
        self._say(mark)
        self._open.append((mark, url))

    def _close(self) -> None:
        mark, url = self._open.pop()
        self._out.append(f"]({url})" if mark == "[" else mark)

    def _say(self, text: str) -> None:
        """Write *text*; a word right after a closing ``_`` would keep it from closing."""
        ended = bool(self._out) and self._out[-1] == "_" and ("_", "") not in self._open
        if ended and (_WORD.match(text) or text == "_"):
            self._out.append(GAP)
        if text:
            self._out.append(text)

    def _stress(self, place: int) -> str:
        """Return the mark of the stress that begins at *place*."""
        style = self._runs[place].style
        end = place
        while end < len(self._runs) and replace(self._runs[end].style, code=False) == replace(
            style, code=False
        ):
            end += 1
        after = self._runs[end].style if end < len(self._runs) else PLAIN
        closes_strong = style.strong and not (after.strong and after.url == style.url)
        opens = (after.strong and not style.strong) or after.emphasis
        before = "".join(self._out[-1:])
        return "_" if before.endswith("*") or closes_strong or opens else "*"

    def _body(self, run: Run, place: int) -> str:
        if run.token:
            return run.text
        if run.style.code:
            return coded(run.text)
        ends = place + 1 == len(self._runs)
        return escaped(run.text, starts=place == 0, ends=ends)


def escaped(text: str, *, starts: bool = True, ends: bool = True) -> str:
    """Return the words *text* as Markdown; *starts* and *ends* say whether its line does with it."""
    head = ""
    if starts and (found := _AT_START.match(text)):
        head, text = escaped_signs(found[0]) + "\\" + text[found.end()], text[found.end() + 1 :]
    body = escaped_signs(text)
    return head + (
        body[:-1] + "\\:" if not ends and body.endswith(":") and not body.endswith("\\:") else body
    )


def escaped_signs(text: str) -> str:
    """Return *text* with a backslash before each sign that may mean something anywhere in a line."""
    return _ALWAYS.sub(lambda sign: f"\\{sign[0]}", text)


def coded(text: str) -> str:
    """Return *text* in the code font; backticks in it are kept apart from those around it."""
    if "`" not in text:
        return f"`{text}`"
    apart = _TICKS.sub("`" + GAP, text)
    before = GAP if apart.startswith("`") else ""
    after = GAP if apart.endswith("`") else ""
    return f"``{before}{apart}{after}``"
