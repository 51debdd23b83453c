"""HTML as other programs keep it, turned into the small Markdown of the packs.

What the small Markdown knows is kept, of any other tag its words; pictures and sounds are named among what
was dropped. A text gets no backslash that it can do without.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.packs.formats.html_trees import BLOCKS, Node, parsed
from bot.packs.formats.markdown_html import markdown_blocks
from bot.wording.maths import formulas_in

_SILENT: Final = frozenset({"script", "style", "head", "template", "object", "audio", "video", "iframe"})
_MEDIA: Final = frozenset({"img", "object", "audio", "video", "iframe", "embed", "svg"})
_EMPHASIS: Final = {"b": "**", "strong": "**", "i": "*", "em": "*"}
_CODE: Final = frozenset({"code", "tt", "kbd", "samp"})
_RAISED: Final = dict(zip("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ", strict=True))
_LOWERED: Final = dict(zip("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", strict=True))
_SPACE: Final = re.compile(r"[ \t\f\r]*\n[ \t\f\r\n]*|[ \t\f\r]+")
_SIGNS: Final = re.compile(r"[\\`*_<>$|&~]")
_EVERY_SIGN: Final = re.compile(r"[\\`*_<>$|&~#+\-=.!:{}\"']")
_LANGUAGE: Final = re.compile(r"\blanguage-(\S+)")
_START: Final = re.compile(r"\bstart-([0-9]{1,9})\b")
_HARD: Final = "\\\n"
# An even number of backslashes are escaped ones.
_BREAK_BEHIND: Final = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")
# Signs at the end of a heading close it.
_CLOSING: Final = re.compile(r"(?<!\S)#+$")
_BACKSLASH: Final = r"\\\g<0>"


@dataclass(frozen=True, slots=True)
class HtmlText:
    """The small Markdown of some HTML, and the pictures, sounds and films that are not in it."""

    text: str
    dropped: tuple[str, ...] = ()


def read_html(html: str) -> HtmlText:
    """Return *html* as small Markdown."""
    return read_node(parsed(html))


def markdown_of(html: str) -> str:
    """Return *html* as small Markdown, whatever is dropped."""
    return read_html(html).text


def read_node(node: Node) -> HtmlText:
    """Return what stands in *node* as small Markdown."""
    writing = _Writing()
    return HtmlText(writing.blocks(node), tuple(writing.dropped))


Escape = Callable[[str], str]


@dataclass(slots=True)
class _Writing:
    """One pass over a tree."""

    dropped: list[str] = field(default_factory=list)

    def blocks(self, node: Node) -> str:
        """Return the blocks in *node* with empty lines between."""
        return "\n\n".join(part for part in self._blocks(node) if part)

    def _blocks(self, node: Node) -> Iterator[str]:
        line: list[Node | str] = []
        for child in _loosened(node.children):
            if isinstance(child, str) or child.tag not in BLOCKS:
                line.append(child)
                continue
            yield from self._paragraphs(line)
            line = []
            yield from self._block(child)
        yield from self._paragraphs(line)

    def _block(self, node: Node) -> Iterator[str]:
        match node.tag:
            case "pre":
                yield _fenced(node)
            case "ul" | "ol":
                yield self._list(node)
            case "table":
                yield from self._table(node)
            case "blockquote":
                inner = self.blocks(node)
                yield "\n".join(f"> {row}".rstrip() for row in inner.split("\n")) if inner else ""
            case "hr":
                yield "* * *"
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                said = " ".join(self._inline(node.children).replace(_HARD, " ").split())
                yield f"{'#' * int(node.tag[1])} {_CLOSING.sub(_BACKSLASH, said)}" if said else ""
            case _:
                yield from self._blocks(node)

    def _paragraphs(self, line: Sequence[Node | str]) -> Iterator[str]:
        """Yield the paragraphs of a run of words; two line ends part them."""
        part: list[Node | str] = []
        breaks = 0
        for child in line:
            if isinstance(child, Node) and child.tag == "br":
                breaks += 1
                part.append(child)
                continue
            if isinstance(child, str) and not child.strip() and breaks:
                continue
            if breaks > 1:
                yield self._inline(part)
                part = []
            breaks = 0
            part.append(child)
        yield self._inline(part)

    def _inline(self, children: Sequence[Node | str]) -> str:
        """Return a run of words in the plainest of the ways that show the same."""
        before = len(self.dropped)
        reference = _trimmed(self._runs(children, _all_escaped, ("\\(", "\\)")))
        kept = self.dropped[:]
        wanted = markdown_blocks(reference)
        found = reference
        for escape in (str, _escaped, _all_escaped):
            for marks in (("$", "$"), ("\\(", "\\)")):
                one = _trimmed(self._runs(children, escape, marks))
                if markdown_blocks(one) == wanted:
                    found = one
                    break
            else:
                continue
            break
        self.dropped[:] = kept if len(kept) > before else self.dropped[:before]
        return found

    def _runs(self, children: Sequence[Node | str], escape: Escape, maths: tuple[str, str]) -> str:
        return "".join(self._run(child, escape, maths) for child in children)

    def _run(self, node: Node | str, escape: Escape, maths: tuple[str, str]) -> str:
        if isinstance(node, str):
            return _words(node, escape, maths)
        tag = node.tag
        if tag in _MEDIA:
            return self._media(node, escape, maths)
        if tag in _SILENT:
            return ""
        if tag == "br":
            return _HARD
        if tag in _CODE:
            return _code(re.sub(r"\s", " ", node.text()))
        inner = self._runs(node.children, escape, maths)
        if tag in _EMPHASIS:
            return _around(inner, _EMPHASIS[tag])
        if tag == "a":
            return _link(inner, node.attributes.get("href", "").strip())
        if tag in {"sub", "sup"}:
            return _moved(inner, tag)
        return f" {inner} " if tag in BLOCKS else inner

    def _media(self, node: Node, escape: Escape, maths: tuple[str, str]) -> str:
        name = node.attributes.get("src") or node.attributes.get("data") or node.tag
        self.dropped.append(name[:100])
        return _words(node.attributes.get("alt", ""), escape, maths)

    def _list(self, node: Node) -> str:
        """Return a list; each entry is set in behind its mark."""
        number = _first_number(node)
        entries, loose = [], False
        for child in node.children:
            if isinstance(child, str) and not child.strip():
                continue
            inside = child if isinstance(child, Node) else Node("li", {}, [child])
            loose = loose or any(isinstance(one, Node) and one.tag == "p" for one in inside.children)
            entries.append("\n\n".join(part for part in self._entry(inside)))
        rows = []
        for at, entry in enumerate(entries):
            mark = f"{number + at}. " if node.tag == "ol" else "- "
            rows.append(mark + entry.replace("\n", "\n" + " " * len(mark)))
        text = ("\n\n" if loose else "\n").join(row.rstrip() for row in rows)
        return re.sub(r"\n[ ]+(?=\n)", "\n", text)

    def _entry(self, node: Node) -> Iterator[str]:
        """Yield what stands in an entry; a list right below words stays right below them."""
        parts = [part for part in self._blocks(node) if part]
        tight = not any(isinstance(one, Node) and one.tag == "p" for one in node.children)
        yield "\n".join(parts) if tight and len(parts) > 1 and _is_list(parts[1]) else "\n\n".join(parts)

    def _table(self, node: Node) -> Iterator[str]:
        rows = [row for row in _rows(node) if row]
        if not rows:
            return
        width = max(map(len, rows))
        cells = [[self._cell(cell) for cell in row] + [""] * (width - len(row)) for row in rows]
        heads = [*rows[0], *[Node("th")] * (width - len(rows[0]))]
        rule = ["---:" if _is_right(cell) else "---" for cell in heads]
        lines = (f"| {' | '.join(row)} |" for row in (cells[0], rule, *cells[1:]))
        yield "\n".join(lines)

    def _cell(self, node: Node) -> str:
        words = " ".join(self.blocks(node).replace(_HARD, " ").split())
        return re.sub(r"(?<!\\)\|", r"\\|", words)


def _loosened(children: Sequence[Node | str]) -> Iterator[Node | str]:
    """Yield *children*; one that is no block but has a block in it gives way to what it holds."""
    for child in children:
        if isinstance(child, Node) and child.tag not in BLOCKS | _SILENT and _holds_block(child):
            yield from _loosened(child.children)
        else:
            yield child


def _holds_block(node: Node) -> bool:
    waiting: list[Node | str] = list(node.children)
    while waiting:
        one = waiting.pop()
        if isinstance(one, Node):
            if one.tag in BLOCKS:
                return True
            waiting.extend(one.children)
    return False


def _is_list(text: str) -> bool:
    return re.match(r"(?:[-*+]|\d+[.)]) ", text) is not None


def _first_number(node: Node) -> int:
    """Return what the first entry is counted by: an attribute says it, or a class where none may stand."""
    said = f"start-{node.attributes.get('start', '')} {node.attributes.get('class', '')}"
    found = _START.search(said)
    return int(found[1]) if found else 1


def _rows(node: Node) -> Iterator[list[Node]]:
    for child in node.children:
        if isinstance(child, Node) and child.tag == "tr":
            yield [cell for cell in child.children if isinstance(cell, Node) and cell.tag in {"td", "th"}]
        elif isinstance(child, Node):
            yield from _rows(child)


def _is_right(node: Node) -> bool:
    return any("right" in node.attributes.get(name, "") for name in ("style", "align", "class"))


def _fenced(node: Node) -> str:
    """Return code as it stands; its language is what a class says."""
    code = node.text().strip("\n")
    inner = next((one for one in node.children if isinstance(one, Node) and one.tag == "code"), node)
    language = _LANGUAGE.search(inner.attributes.get("class", ""))
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language[1] if language else ''}\n{code}\n{fence}"


def _code(code: str) -> str:
    if not code:
        return ""
    runs = {len(run) for run in re.findall(r"`+", code)}
    ticks = "`" * next(width for width in range(1, len(runs) + 2) if width not in runs)
    padded = code.strip() and code[0] == code[-1] == " "
    space = " " if padded or code[0] == "`" or code[-1] == "`" else ""
    return f"{ticks}{space}{code}{space}{ticks}"


def _words(text: str, escape: Escape, maths: tuple[str, str]) -> str:
    """Return words with their white space drawn together, and formulas left as they are."""
    text = _SPACE.sub(lambda found: "\n" if "\n" in found[0] else " ", text)
    pieces, done = [], 0
    for at, found in formulas_in(text):
        if text[at] == "$" and text[at : at + 2] != "$$":
            continue
        opening, closing = ("$$", "$$") if maths[0] == "$" else ("\\[", "\\]")
        around = (opening, closing) if found.displayed else maths
        pieces += [escape(text[done:at]), around[0], found.tex, around[1]]
        done = found.end
    return "".join((*pieces, escape(text[done:])))


def _escaped(text: str) -> str:
    text = _SIGNS.sub(r"\\\g<0>", text.replace("&", "&amp;")).replace("\\&amp;", "&amp;")
    text = text.replace("[", "&#91;")
    return re.sub(r"(?m)^([#+\-=~]|\d+[.)])", lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)


def _all_escaped(text: str) -> str:
    return _EVERY_SIGN.sub(r"\\\g<0>", text).replace("[", "&#91;").replace(")", "&#41;")


def _around(inner: str, mark: str) -> str:
    """Return *inner* with *mark* around it; white space at its ends stays outside."""
    core = inner.strip(" \n")
    if not core or core == _HARD.strip():
        return inner
    at = inner.index(core)
    return f"{inner[:at]}{mark}{core}{mark}{inner[at + len(core) :]}"


def _link(inner: str, url: str) -> str:
    if not url.lower().startswith(("http://", "https://")) or not inner.strip() or "\n" in url:
        return inner
    shown = re.sub(r"[()<>\s\\]", lambda found: f"%{ord(found[0]):02X}", url)
    return f"[{inner.strip()}]({shown})"


def _moved(inner: str, tag: str) -> str:
    """Return a number above or below the line in the signs that Unicode has for it."""
    signs = _RAISED if tag == "sup" else _LOWERED
    if inner and all(letter in signs for letter in inner):
        return "".join(signs[letter] for letter in inner)
    return f"{'^' if tag == 'sup' else '_'}{inner}" if len(inner) == 1 else f"({inner})" if inner else ""


def _trimmed(text: str) -> str:
    """Return *text* without breaks and spaces at its ends and around its lines."""
    text = re.sub(r"[ ]*\n[ \n]*", "\n", text).strip()
    while text.startswith(_HARD):
        text = text.removeprefix(_HARD).strip()
    while _BREAK_BEHIND.search(text):
        text = text[:-1].rstrip()
    return text
