"""Reactions: what an emoji below a message of ours means.

The letters of options are the regional indicator symbols, in Unicode's order, which is the alphabet's. Two in
a row may be shown as a country's flag, but a reaction is always one alone.
"""

from enum import StrEnum
from typing import Final

from bot.core.reactions import MOST_LETTERS

_FIRST: Final = ord("\N{REGIONAL INDICATOR SYMBOL LETTER A}")
_AS_PICTURE: Final = "\N{VARIATION SELECTOR-16}"
"""Some platforms put it after an emoji, and some do not."""


class Signal(StrEnum):
    """What a reaction asks for that is no letter."""

    FLAG = "flag"
    EXPLAIN = "explain"


_SIGNALS: Final = {
    "\N{TRIANGULAR FLAG ON POST}": Signal.FLAG,
    "\N{BLACK QUESTION MARK ORNAMENT}": Signal.EXPLAIN,
    "\N{WHITE QUESTION MARK ORNAMENT}": Signal.EXPLAIN,
}


def emoji_of(position: int) -> str:
    """Return the emoji for the option at *position*: regional indicator A for 0."""
    return chr(_FIRST + position)


def position_of(emoji: str) -> int | None:
    """Return the position whose emoji this is; None when it is no letter that a question can have."""
    plain = emoji.removesuffix(_AS_PICTURE)
    position = ord(plain) - _FIRST if len(plain) == 1 else -1
    return position if 0 <= position < MOST_LETTERS else None


def signal_of(emoji: str) -> Signal | None:
    """Return what *emoji* asks for, None when it asks for nothing."""
    return _SIGNALS.get(emoji.removesuffix(_AS_PICTURE))
