"""HTML as a tree: whatever is wrong in it, every word of it has its place."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

DEEPEST: Final = 60
"""Tags deeper than this are passed over, and their words kept."""
_VOID: Final = frozenset({"br", "hr", "img", "wbr", "input", "source", "embed", "col", "link", "meta"})
BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "pre",
        "blockquote",
        "hr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "dl",
        "dt",
        "dd",
        "section",
        "article",
        "header",
        "footer",
        "center",
        "figure",
        "figcaption",
        "body",
        "html",
        "caption",
    ]
)
_CLOSES: Final = {
    "li": frozenset({"li"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}
_FENCES: Final = {"li": ("ul", "ol"), "tr": ("table",), "td": ("tr", "table"), "th": ("tr", "table")}


@dataclass(slots=True)
class Node:
    """An element: its name in small letters, its attributes, and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def text(self) -> str:
        """Return all words in it, as they stand."""
        pieces: list[str] = []
        waiting: list[Node | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                pieces.append(one)
            elif one.tag == "br":
                pieces.append("\n")
            else:
                waiting.extend(reversed(one.children))
        return "".join(pieces)


def parsed(html: str) -> Node:
    """Return *html* as a tree; whatever is wrong in it, every word has its place."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return parser.root


class _Parser(HTMLParser):
    """Builds the tree; closing tags that were left out are added where a browser would."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("body")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS and self._open[-1].tag == "p":
            self._open.pop()
        self._close_before(tag)
        node = Node(tag, {name: value or "" for name, value in attrs})
        if len(self._open) > DEEPEST:
            node = Node(tag) if tag in _VOID else Node("")
        if node.tag:
            self._open[-1].children.append(node)
            if tag not in _VOID:
                self._open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and self._open[-1].tag == tag and len(self._open) > 1:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)

    def _close_before(self, tag: str) -> None:
        """Close what cannot stand around *tag*."""
        closes, fences = _CLOSES.get(tag, frozenset()), _FENCES.get(tag, ())
        last = len(self._open)
        for at in range(len(self._open) - 1, 0, -1):
            if self._open[at].tag in fences:
                break
            if self._open[at].tag in closes:
                last = at
        del self._open[last:]
