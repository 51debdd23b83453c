r"""Maths: where a text holds a formula, told strictly enough that money never is one.

A formula stands in ``$…$`` or ``\(…\)``, and a displayed one in ``$$…$$`` or ``\[…\]``. It has a sign of
TeX's in it (``\ ^ _ { } =``), or is a single letter. Between single dollars it neither begins nor ends with
a space, and the dollars stand in no word. A text that is no formula keeps every character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.wording.cleaning import clean_line
from bot.wording.formulas import flaw
from bot.wording.linear import linear
from bot.wording.pictures import FormulaPicture
from bot.wording.views import Code, Inline, Paragraph, Picture, Text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

FARTHEST: Final = 2000
"""So many characters after its beginning a formula has ended, or is none."""

_OPENINGS: Final = {"$$": "$$", "$": "$", "\\(": "\\)", "\\[": "\\]"}
_OPENING: Final = re.compile(r"\$\$|\$|\\[(\[]")
_STEP: Final = re.compile(r"\\.|\$\$|[$`]|\n[ \t]*\n", re.DOTALL)
_ANY: Final = re.compile(r"\\[^(\[]|\$\$|\$|\\[(\[]", re.DOTALL)

_SIGN: Final = re.compile(r"\\[A-Za-z{}|,;:!% ]|[\^_{}=]")
_LETTER: Final = re.compile(r"[A-Za-z]")
_NEVER: Final = re.compile(r"__|[A-Za-z]{2}_[A-Za-z]{2}|^\{\w+\}|[¢£¤¥€₩₹]")
"""A blank to fill, a name in a program, a variable of a shell's, other money."""

_AMOUNT: Final = re.compile(r"[-+−(]?[.,]?[0-9]")
_COMMANDS: Final = re.compile(r"\\(?:text|mathrm|operatorname)\s*\{[^{}]*\}|\\[A-Za-z]+")
_PROSE: Final = re.compile(r"[A-Za-z]{3}|\s[A-Za-z]{2}")
_GOES_ON: Final = re.compile(r"[\w({$]")


@dataclass(frozen=True, slots=True)
class Found:
    """A formula in a text, and where what closes it ends."""

    tex: str
    end: int
    displayed: bool


def formula_at(text: str, at: int, end: int) -> Found | None:
    """Return the formula that begins at *at* in *text*, which is read up to *end*; None when none does."""
    opening = _OPENING.match(text, at, end)
    close = _close(text, opening.end(), end, _OPENINGS[opening[0]]) if opening else None
    if opening is None or close is None:
        return None
    inside, after = text[opening.end() : close], close + len(opening[0])
    if not (_SIGN.search(inside) or _LETTER.fullmatch(inside.strip())) or _NEVER.search(inside):
        return None
    if opening[0] == "$" and not _stands_alone(text, at, inside, after):
        return None
    return Found(clean_line(inside), after, displayed=opening[0] in {"$$", "\\["})


def formulas_in(text: str) -> Iterator[tuple[int, Found]]:
    """Yield each formula of *text*, which has no code in it, with its offset."""
    at = 0
    while opening := _ANY.search(text, at):
        found = formula_at(text, opening.start(), len(text))
        if found:
            yield opening.start(), found
        at = found.end if found else opening.end()


def _close(text: str, start: int, end: int, closing: str) -> int | None:
    """Return where *closing* stands; None where code, an empty line or another opening comes first."""
    for step in _STEP.finditer(text, start, min(end, start + FARTHEST)):
        if step[0] == closing:
            return step.start()
        if step[0][0] != "\\" or step[0] in _OPENINGS:
            return None
    return None


def _stands_alone(text: str, at: int, inside: str, after: int) -> bool:
    """Tell whether single dollars around *inside* are no money, and no signs of a program's."""
    if inside != inside.strip() or (at and (text[at - 1].isalnum() or text[at - 1] == "$")):
        return False
    if _GOES_ON.match(text, after):
        return False
    return not (_AMOUNT.match(inside) and _PROSE.search(_COMMANDS.sub(" ", inside)))


# ----------------------------------------------------------------------------------------------- the parser


def teach(parser: "MarkdownIt") -> None:
    """Let *parser* read formulas as tokens of the type ``math``."""
    parser.inline.ruler.before("escape", "math", _inline)
    interrupts = ["paragraph", "reference", "blockquote", "list"]
    parser.block.ruler.before("fence", "math", _block, {"alt": interrupts})


def _inline(state: "StateInline", silent: bool) -> bool:  # noqa: FBT001 - the parser calls it so
    """Read a formula in a line of text."""
    found = formula_at(state.src, state.pos, state.posMax)
    if found is None:
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content, token.meta = found.tex, {"displayed": found.displayed}
    state.pos = found.end
    return True


def _block(state: "StateBlock", start_line: int, end_line: int, silent: bool) -> bool:  # noqa: FBT001 - as above
    """Read a displayed formula that has its lines to itself, before they are taken for a list."""
    begin = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[begin : begin + 2] not in {"$$", "\\["} or state.is_code_block(start_line):
        return False
    last = next((line for line in range(start_line, end_line) if _ends(state, line, begin + 2)), None)
    if last is None or any(state.sCount[line] < state.blkIndent for line in range(start_line, last + 1)):
        return False
    lines = state.getLines(start_line, last + 1, state.blkIndent, keepLastLF=False).strip()
    found = formula_at(lines, 0, len(lines))
    if found is None or found.end != len(lines):
        return False
    if not silent:
        token = state.push("math", "", 0)
        token.content, token.meta = found.tex, {"displayed": True}
        state.line = last + 1
    return True


def _ends(state: "StateBlock", line: int, begin: int) -> bool:
    """Tell whether a displayed formula may end with *line*: also where the line is empty, or far away."""
    text = state.src[max(begin, state.bMarks[line]) : state.eMarks[line]].rstrip()
    far = state.bMarks[line] > begin + FARTHEST
    return far or text.endswith(("$$", "\\]")) or state.isEmpty(line)


# --------------------------------------------------------------------------------------------- what it says


def run_of(tex: str) -> Inline:
    """Return *tex* as a part of a line: in Unicode where that is short and true, else its source."""
    line = linear(tex)
    return Text(line) if line else Code(tex)


def block_of(tex: str) -> Paragraph | Picture:
    """Return the formula *tex* as a block of its own, drawn where it is nothing in one line."""
    if not is_drawn(tex):
        return Paragraph((run_of(tex),))
    return Picture(FormulaPicture(tex, tex), (Paragraph((Code(tex),)),))


def is_drawn(tex: str) -> bool:
    """Tell whether the formula *tex* is to be drawn."""
    return not linear(tex) and flaw(tex) is None


def breaks(token: "Token") -> bool:
    """Tell whether *token*, of a line of text, is a formula that stands between paragraphs."""
    if token.type != "math" or token.level > 0:
        return False
    return bool(token.meta["displayed"]) or is_drawn(token.content)
