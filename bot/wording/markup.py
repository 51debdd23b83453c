"""Markup: the small Markdown of the packs, turned into blocks.

CommonMark with tables and without raw HTML, which is shown as the text that it is. Pictures become their
description. A run of underscores is a blank to fill, never emphasis and never a rule. What cannot be
followed safely (an address that is not http or https) stays as words. A formula is a part of its line where
Unicode has it, else it is drawn between two paragraphs; where no picture can stand, it is its own source.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from bot.wording.cleaning import clean_line, clean_text
from bot.wording.maths import block_of, breaks, run_of, teach
from bot.wording.plain import plain_inline
from bot.wording.views import (
    Block,
    Break,
    Bullets,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

SHOWN_BLANK: Final = "_____"
SHORTEST_BLANK: Final = 3
DEEPEST: Final = 8
"""How many quotes, lists and stresses may stand in each other; what is deeper keeps its words alone."""

_LINE_ENDS: Final = re.compile(r"[ \t]*\n\s*")
_PARSED_DEPTH: Final = 40
"""Where the parser itself gives up; a text that comes so far is shown as it was written."""


@lru_cache(maxsize=1024)
def blocks_of(text: str, *, numbered: bool = False) -> tuple[Block, ...]:
    """Return the blocks of *text*; with *numbered* its blanks are counted from 1."""
    written = clean_text(text)
    tokens = _parser().parse(written, {})
    if any(token.level >= _PARSED_DEPTH - 1 for token in tokens):
        return _as_written(written)
    return _Reading(tokens, numbered=numbered).blocks(depth=0)


@lru_cache(maxsize=1024)
def inline_of(text: str) -> tuple[Inline, ...]:
    """Return *text* as one run of words, its emphasis, code and links kept; line ends become spaces."""
    tokens = _parser().parseInline(_LINE_ENDS.sub("\n", clean_text(text)), {})
    return _Reading(tokens, numbered=False).runs(tokens[0].children or ())


def _as_written(text: str) -> tuple[Block, ...]:
    """Return each paragraph of *text* with its marks left in it."""
    return tuple(Paragraph((Text(clean_line(part)),)) for part in text.split("\n\n") if part.strip())


# ----------------------------------------------------------------------------------------------- the parser


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    """Make the parser once, at the first use: its import is not free."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - keeps the start quick
    from markdown_it.rules_block.hr import hr  # noqa: PLC0415 - as above

    def rule(state: "StateBlock", start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
        at = state.bMarks[start_line] + state.tShift[start_line]
        return state.src[at : at + 1] != "_" and hr(state, start_line, end_line, silent)

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _PARSED_DEPTH}).enable("table")
    parser.disable(["reference", "autolink", "html_block", "html_inline"])
    parser.block.ruler.at("hr", rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    parser.inline.ruler.before("emphasis", "blank", _blank)
    teach(parser)
    return parser


def _blank(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Read a run of underscores as a blank, before emphasis takes it."""
    end = state.pos
    while end < state.posMax and state.src[end] == "_":
        end += 1
    length = end - state.pos
    if length < SHORTEST_BLANK:
        return False
    if not silent:
        state.push("blank", "", 0)
    state.pos = end
    return True


# ----------------------------------------------------------------------------------------- tokens to blocks


class _Reading:
    """One pass over the parser's tokens."""

    def __init__(self, tokens: Sequence["Token"], *, numbered: bool) -> None:
        self._tokens: Iterator[Token] = iter(tokens)
        self._numbered = numbered
        self._blanks = 0

    def blocks(self, *, depth: int) -> tuple[Block, ...]:
        """Read blocks until the container that holds them closes."""
        read: list[Block] = []
        for token in self._tokens:
            if token.nesting < 0 and token.type not in {"heading_close", "paragraph_close"}:
                break
            read.extend(self._block(token, depth))
        return tuple(read)

    def _block(self, token: "Token", depth: int) -> tuple[Block, ...]:
        match token.type:
            case "paragraph_open":
                return tuple(self._paragraphs(next(self._tokens).children or ()))
            case "heading_open":
                return tuple(Heading(runs) for runs in (self._next_runs(),) if runs)
            case "fence" | "code_block":
                return (_code(token),)
            case "math":
                return (block_of(token.content),)
            case "table_open":
                return (self._table(),)
            case "blockquote_open":
                inner = self.blocks(depth=depth + 1)
                return (Quote(inner),) if depth < DEEPEST else inner
            case "bullet_list_open" | "ordered_list_open":
                return self._list(token, depth)
            case _:
                return ()

    def _paragraphs(self, tokens: Sequence["Token"]) -> Iterator[Block]:
        """Yield a paragraph, or its parts with the formulas that stand between them."""
        for breaking, some in groupby(tokens, breaks):
            part = list(some)
            if breaking:
                yield from (block_of(token.content) for token in part)
            elif runs := (_trimmed if len(part) < len(tokens) else tuple)(self.runs(part)):
                yield Paragraph(runs)

    def _next_runs(self) -> tuple[Inline, ...]:
        return self.runs(next(self._tokens).children or ())

    def _list(self, token: "Token", depth: int) -> tuple[Block, ...]:
        items = []
        while next(self._tokens).nesting > 0:
            items.append(self.blocks(depth=depth + 1))
        if depth >= DEEPEST:
            return tuple(block for item in items for block in item)
        start = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
        return (Bullets(tuple(items), start),)

    def _table(self) -> Table:
        rows: list[list[tuple[Inline, ...]]] = []
        align: list[Literal["left", "right"]] = []
        while (token := next(self._tokens)).type != "table_close":
            if token.type == "tr_open":
                rows.append([])
            elif token.type in {"th_open", "td_open"}:
                rows[-1].append(self._next_runs())
                if token.type == "th_open":
                    align.append("right" if "right" in str(token.attrs.get("style", "")) else "left")
        header = tuple(plain_inline(cell) for cell in rows[0])
        return Table(header, tuple(tuple(row) for row in rows[1:]), tuple(align))

    def runs(self, tokens: Sequence["Token"]) -> tuple[Inline, ...]:
        """Return the runs of one line of text."""
        stack: list[list[Inline]] = [[]]
        urls: list[str] = []
        for token in tokens:
            if token.nesting > 0:
                stack.append([])
                urls.append(str(token.attrs.get("href", "")))
            elif token.nesting < 0:
                children = _merged(stack.pop())
                stack[-1].extend(_wrapped(token.type, children, urls.pop(), depth=len(stack)))
            else:
                stack[-1].append(self._run(token))
        return _merged(stack[0])

    def _run(self, token: "Token") -> Inline:
        match token.type:
            case "code_inline":
                return Code(clean_text(token.content))
            case "hardbreak":
                return Break()
            case "softbreak":
                return Text(" ")
            case "image":
                return Text(plain_inline(self.runs(token.children or ())))
            case "math":
                return run_of(token.content)
            case "blank":
                return Text(self._shown_blank())
            case _:
                return Text(clean_text(token.content).replace("\n", " "))

    def _shown_blank(self) -> str:
        self._blanks += 1
        return f"({self._blanks}) {SHOWN_BLANK}" if self._numbered else SHOWN_BLANK


def _code(token: "Token") -> CodeBlock:
    language = token.info.split(maxsplit=1)[0] if token.info.strip() else ""
    return CodeBlock(clean_text(token.content).rstrip("\n"), language)


def _wrapped(kind: str, children: tuple[Inline, ...], url: str, *, depth: int) -> tuple[Inline, ...]:
    """Return *children* inside what closes with *kind*; alone when it is too deep or leads nowhere safe."""
    if not children or depth > DEEPEST:
        return children
    match kind:
        case "strong_close":
            return (Strong(children),)
        case "em_close":
            return (Emphasis(children),)
        case _:
            return (Link(children, clean_line(url)),) if _is_web(url) else children


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _trimmed(runs: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Return *runs* without the white space and the line ends that parted them from a formula."""
    left = list(runs)
    while left and _is_blank(left[:1]):
        left.pop(0)
    while left and _is_blank(left[-1:]):
        left.pop()
    if left and isinstance(first := left[0], Text):
        left[0] = Text(first.text.lstrip())
    if left and isinstance(last := left[-1], Text):
        left[-1] = Text(last.text.rstrip())
    return tuple(left)


def _is_blank(runs: Sequence[Inline]) -> bool:
    return all(isinstance(run, Break) or (isinstance(run, Text) and not run.text.strip()) for run in runs)


def _merged(runs: Sequence[Inline]) -> tuple[Inline, ...]:
    """Join neighbouring texts, and drop empty ones."""
    merged: list[Inline] = []
    for run in runs:
        if not isinstance(run, Text):
            merged.append(run)
        elif merged and isinstance(last := merged[-1], Text):
            merged[-1] = Text(last.text + run.text)
        elif run.text:
            merged.append(run)
    return tuple(merged)
