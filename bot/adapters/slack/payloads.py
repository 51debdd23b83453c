"""Payloads: the shapes of Block Kit that everything else is made of, and how long they are.

Words of people and packs are only ever the text of a rich text or a plain text, which Slack reads as it
stands: no markup, no mention, no emoji by its name. The one thing that Slack decodes even there is what it
has encoded itself, the three signs of its own markup.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Final

from bot.wording.cleaning import clean_line
from bot.wording.cuts import size

Block = Mapping[str, object]
"""A block, an element of one, or any other object of Slack's, as it is sent."""

_ENCODED: Final = re.compile(r"&(?=(?:amp|lt|gt);)")


def plain_text(text: str) -> Block:
    """Return *text* as words that are nothing but words; what looks like an encoded sign stays what it is."""
    return {"type": "plain_text", "text": _encoded(text), "emoji": False}


def length(text: str) -> int:
    """Return how long *text* is as a plain text."""
    return size(_encoded(text))


def fitting(text: str, longest: int) -> str:
    """Return *text* on one line and at most *longest* long; who shortens it says the whole elsewhere."""
    line = clean_line(text)
    if length(line) <= longest:
        return line
    fewest, most = 0, longest
    while fewest < most:
        middle = (fewest + most + 1) // 2
        if length(_first(line, middle)) <= longest:
            fewest = middle
        else:
            most = middle - 1
    return _first(line, fewest)


def _first(line: str, count: int) -> str:
    return line[:count].rstrip() + "…"


def _encoded(text: str) -> str:
    return _ENCODED.sub("&amp;", text)


def escaped(text: str) -> str:
    """Return *text* for where Slack reads markup: nothing in it is a mention or a link then."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cost(blocks: Sequence[Block]) -> int:
    """Return how much of a message *blocks* take: Slack counts more than their words, so all of it counts."""
    return size(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))
