"""HTML that came along when a text was copied: entities and stray tags become the text they stand for."""

import html
import re
from dataclasses import replace
from html.entities import html5
from typing import Final

from bot.packs.importing.drafts import Harvest, Repair
from bot.packs.repairs.passages import outside_code, rewritten

_SIGNS: Final = ("&", "<br", "<p>", "<span", "<div", "<b>", "<strong>", "<i>", "<em>")
_MARKUP: Final = re.compile(r"\b(?:HTML|XML|XSS|entit(?:y|ies)|tags?|escap(?:e|ed|es|ing))\b", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_ELEMENT: Final = re.compile(r"&lt;(/?[A-Za-z][^&<>`\n]{0,80})&gt;")
_BREAK: Final = re.compile(r"[ \t]*<br ?/?>\n?")
_PAIRS: Final = (
    (re.compile(r"<(b|strong)>(\S(?:[^<>\n]*\S)?)</\1>"), r"**\2**"),
    (re.compile(r"<(i|em)>(\S(?:[^<>\n]*\S)?)</\1>"), r"*\2*"),
    (re.compile(r"<(span|div|p)(?: [^<>\n]{0,200})?>([^<>]*)</\1>"), r"\2"),
)


def plain(harvest: Harvest) -> Harvest:
    """Return *harvest* with the text that entities and stray tags stand for, and count them."""
    count = 0

    def read(text: str) -> str:
        """Return a text without entities and stray tags; one that speaks of them stays as it is."""
        nonlocal count
        if not any(sign in text for sign in _SIGNS) or _MARKUP.search(text):
            return text
        found, places = _read(text)
        count += places
        return found

    harvest = rewritten(harvest, _SIGNS, lambda text: outside_code(text, read))
    if not count:
        return harvest
    counts = harvest.repaired.copy()
    counts[Repair.HTML_ENTITIES] += count
    return replace(harvest, repaired=counts)


def _read(text: str) -> tuple[str, int]:
    """Return what *text* stands for and how many places changed; what was coded twice is read twice."""
    text, count = _BREAK.subn("\n", text)
    before = ""
    while before != text:
        before = text
        for pattern, meant in _PAIRS:
            text, more = pattern.subn(meant, text)
            count += more
        # An element that was meant to be read is code: bare, it would be a stray tag itself.
        text, more = _ELEMENT.subn(lambda match: f"`<{html.unescape(match[1])}>`", text)
        count += more
        pieces = text.split("`")
        for place in range(0, len(pieces), 2):
            found = _ENTITY.sub(_character, pieces[place])
            count += len(_ENTITY.findall(pieces[place])) if found != pieces[place] else 0
            pieces[place] = found
        text = "`".join(pieces)
    return text, count


def _character(match: re.Match[str]) -> str:
    """Return the character of one entity, or the entity when there is none; no hard space, which hides."""
    # The library reads "&nothing;" as "&not" and more; only whole names count here.
    if match[0][1] != "#" and match[0][1:] not in html5:
        return match[0]
    found = html.unescape(match[0])
    return " " if found == "\xa0" else found if found.isprintable() else match[0]
