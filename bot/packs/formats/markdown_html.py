r"""The small Markdown of the packs as HTML that is well-formed XML too, for formats that hold HTML.

Raw HTML is shown as text, pictures are their descriptions, and formulas stand in ``\(…\)`` and ``\[…\]``,
which is what Anki, Moodle and most players of QTI read.
"""

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Final

from bot.wording.maths import teach

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_PARAGRAPH: Final = re.compile(r"<p>((?:(?!</?p>).)*)</p>\s*", re.DOTALL)
_TAG: Final = re.compile(r"<[^<>]*>")
_FEWEST: Final = 3


def html_of(text: str) -> str:
    """Return *text* as HTML blocks, without a line end behind them."""
    html = markdown_blocks(text)
    if text.strip() and not _TAG.sub("", html).strip() and "<hr" not in html:
        return f"<p>{escape(text.strip(), quote=False)}</p>"  # a lone mark, which Markdown makes nothing of
    return html


def markdown_blocks(text: str) -> str:
    """Return *text* as the HTML blocks that Markdown makes of it: nothing, it may be, of a lone mark."""
    return str(_parser().render(text)).strip()


def inline_html_of(text: str) -> str:
    """Return *text* as HTML: without the tag of a paragraph when one paragraph is all that it is."""
    html = html_of(text)
    found = _PARAGRAPH.fullmatch(html)
    return found[1] if found else html


@lru_cache(maxsize=1)
def _parser() -> "MarkdownIt":
    """Make the parser once, at the first use: its import is not free."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - keeps the start quick

    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": True, "maxNesting": 40}).enable("table")
    parser.disable(["reference", "autolink", "html_block", "html_inline"])
    parser.inline.ruler.before("emphasis", "blank", _blank)
    teach(parser)
    for name, rule in (("math", _math), ("blank", _shown_blank), ("image", _picture)):
        parser.add_render_rule(name, rule)
    return parser


def _blank(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Read a run of underscores as a blank, before emphasis takes it."""
    end = state.pos
    while end < state.posMax and state.src[end] == "_":
        end += 1
    if end - state.pos < _FEWEST:
        return False
    if not silent:
        state.push("blank", "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


_Self = Any  # the renderer hands itself over, and nothing here looks at it
_Env = MutableMapping[str, Any]


def _math(_: _Self, tokens: Sequence["Token"], at: int, __: object, ___: _Env) -> str:
    displayed = tokens[at].meta["displayed"]
    tex = escape(tokens[at].content, quote=False)
    shown = f"\\[{tex}\\]" if displayed else f"\\({tex}\\)"
    return f"<p>{shown}</p>\n" if tokens[at].block else shown


def _shown_blank(_: _Self, tokens: Sequence["Token"], at: int, __: object, ___: _Env) -> str:
    return tokens[at].content


def _picture(_: _Self, tokens: Sequence["Token"], at: int, __: object, ___: _Env) -> str:
    return escape(tokens[at].content, quote=False)
