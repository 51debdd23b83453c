"""A reader of Discord's Markdown, by the patterns of Discord's own program: what somebody sees of a text.

It knows nothing of how we write. At each place it tries the rules in their order; between stress and
importance the longer match wins, and stress where both are as long.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

ZERO_WIDTH = "\u200b"


@dataclass(frozen=True, slots=True)
class Look:
    """How a character looks; *kind* names what is more than words: a token, or the rule that took them."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    url: str = ""
    kind: str = ""


Seen = tuple[str, Look]

_QUOTE = re.compile(r" *>(?!>>) [^\n]*(?:\n *>(?!>>) [^\n]*)*\n?")
_QUOTE_MARK = re.compile(r"^ *> ?", re.MULTILINE)
_HEADING = re.compile(r" *(#{1,3})\s+([^\n]+?)#*\s*(?:\n|$)")
_SUBTEXT = re.compile(r" *-# +([^\n]+)(?:\n|$)")
_ITEM = re.compile(r" *(?:[*+-]|[0-9]+\.) +(?=\S)")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
_FENCE = re.compile(r"```(?:([a-z0-9_+\-.#]+?)\n)?\n*([^\n][\s\S]*?)\n*```", re.IGNORECASE)
_TOKEN = re.compile(
    r"<(?:@[!&]?\d+|#\d+|t:-?\d+(?::[tTdDfFRsS])?|a?:\w+:\d+|/[^<>:\n]+:\d+|id:\w+)>|@everyone|@here"
)
_AUTOLINK = re.compile(r"<([^: >]+:/[^ >]+)>")
_URL = re.compile(r"(?:https?|steam)://[^\s<]+[^<.,:;\"')\]\s]")
_LINK = re.compile(r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?\s*\)")
_EMOJI = re.compile(r":([^\s:]+?(?:::skin-tone-\d)?):")
_EM = re.compile(
    r"_((?:__|\\[\s\S]|[^\\_])+?)_(?![0-9A-Za-z_])"
    r"|\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"
)
_STRONG = re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")
_UNDER = re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")
_STRIKE = re.compile(r"~~([\s\S]+?)~~(?!_)")
_SPOILER = re.compile(r"\|\|([\s\S]+?)\|\|")
_CODE = re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")
_WORDS = re.compile(r"[\s\S]+?(?=[^0-9A-Za-z\s\u00c0-\uffff]|\n|\w+:\S|$)")


def seen(text: str) -> list[Seen]:
    """Return every character that somebody sees of *text*, with its look; frames and marks are not seen."""
    return list(_blocks(text, quoted=False))


def words(text: str) -> str:
    """Return what somebody reads of *text*, without blanks that have no width."""
    return "".join(character for character, _ in seen(text)).replace(ZERO_WIDTH, "")


def _blocks(text: str, *, quoted: bool) -> Iterator[Seen]:
    place, starts = 0, True
    while place < len(text):
        if starts:
            place, found = _frame(text, place, quoted=quoted)
            yield from found
            if found or place >= len(text):
                continue
        if fence := _FENCE.match(text, place):
            yield from ((character, Look(code=True, kind="block")) for character in fence[2])
            place, starts = fence.end(), True
            continue
        starts = text[place] == "\n"
        place, inside = _step(text, place, Look())
        yield from inside


def _frame(text: str, place: int, *, quoted: bool) -> tuple[int, list[Seen]]:
    """Read a quote, a heading or small print; of an item of a list only its mark."""
    if not quoted and (quote := _QUOTE.match(text, place)):
        inside = _QUOTE_MARK.sub("", quote[0])
        return quote.end(), [*_blocks(inside, quoted=True), ("\n", Look())]
    for rule, kind in ((_HEADING, "heading"), (_SUBTEXT, "subtext")):
        if framed := rule.match(text, place):
            content = framed[framed.lastindex or 0]
            return framed.end(), [*_inline(content, Look(kind=kind)), ("\n", Look())]
    if item := _ITEM.match(text, place):
        return _frame(text, item.end(), quoted=True)
    return place, []


def _inline(text: str, look: Look) -> Iterator[Seen]:
    place = 0
    while place < len(text):
        place, inside = _step(text, place, look)
        yield from inside


def _step(text: str, place: int, look: Look) -> tuple[int, list[Seen]]:
    """Read what stands at *place*, and return where it ends."""
    if escape := _ESCAPE.match(text, place):
        return escape.end(), [(escape[1], look)]
    for rule, kind in ((_TOKEN, "token"), (_EMOJI, "emoji"), (_URL, "url")):
        if found := rule.match(text, place):
            return found.end(), [(character, replace(look, kind=kind)) for character in found[0]]
    if found := _AUTOLINK.match(text, place):
        return found.end(), [(character, replace(look, url=found[1])) for character in found[1]]
    if not look.url and (found := _LINK.match(text, place)):
        return found.end(), list(_inline(found[1], replace(look, url=found[2])))
    return _stress(text, place, look)


def _stress(text: str, place: int, look: Look) -> tuple[int, list[Seen]]:
    rules = (
        (_EM, 0.2, replace(look, emphasis=True)),
        (_STRONG, 0.1, replace(look, strong=True)),
        (_UNDER, 0.0, replace(look, kind="underline")),
    )
    matches = [
        (found.end() + bonus, found, inner)
        for rule, bonus, inner in rules
        if (found := rule.match(text, place))
    ]
    if matches:
        _, found, inner = max(matches, key=lambda match: match[0])
        return found.end(), list(_inline(found[found.lastindex or 0], inner))
    for rule, kind in ((_STRIKE, "strike"), (_SPOILER, "spoiler")):
        if found := rule.match(text, place):
            return found.end(), list(_inline(found[1], replace(look, kind=kind)))
    if found := _CODE.match(text, place):
        return found.end(), [(character, replace(look, code=True)) for character in found[2]]
    found = _WORDS.match(text, place)
    end = found.end() if found and text[place] != "\n" else place + 1
    return end, [(character, look) for character in text[place:end]]
