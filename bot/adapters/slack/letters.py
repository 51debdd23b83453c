"""Letters: the emoji by which people answer below a question, by the names that Slack has for them.

Slack has no regional indicators alone, and of single letters only a few. Every workspace has the keycaps from
1 to 10: the first stands for A. A question with more options than ten is answered by its control instead.
"""

import re
from typing import Final

from bot.wording import reactions
from bot.wording.reactions import Signal, emoji_of

KEYCAPS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "keycap_ten")
"""The names of the emoji that stand for A to J."""

SIGNALS: Final = {
    "triangular_flag_on_post": "\N{TRIANGULAR FLAG ON POST}",
    "question": "\N{BLACK QUESTION MARK ORNAMENT}",
    "grey_question": "\N{WHITE QUESTION MARK ORNAMENT}",
}
"""The emoji that ask for something and are no letter."""

_SKIN_TONE: Final = re.compile(r"(?:::skin-tone-[2-6])+\Z")
_ALPHABET: Final = re.compile(r"alphabet-(?:white|yellow)-(?P<letter>[a-t])", re.ASCII)
"""A set of letters that many workspaces have."""


def emoji_name(letter: str) -> str:
    """Return Slack's name of the emoji that stands for *letter*, one of a view; "" when there is none."""
    position = reactions.position_of(letter)
    return KEYCAPS[position] if position is not None and position < len(KEYCAPS) else ""


def letter_of(name: str) -> str | None:
    """Return the emoji that we know by Slack's *name* of it, in any skin tone.

    That is the letter it stands for, or the sign for a flag or an explanation; None when it means nothing.
    """
    bare = _SKIN_TONE.sub("", name)
    if bare in KEYCAPS:
        return emoji_of(KEYCAPS.index(bare))
    if found := _ALPHABET.fullmatch(bare):
        return emoji_of(ord(found["letter"]) - ord("a"))
    return SIGNALS.get(bare)


def emoji_names(letters: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of the emoji to put below a message for *letters*; none where Slack has not enough."""
    names = tuple(emoji_name(letter) for letter in letters)
    return names if all(names) else ()


def position_of(name: str) -> int | None:
    """Return the position of the option for which the emoji *name* stands; None when it is no letter."""
    return reactions.position_of(letter_of(name) or "")


def signal_of(name: str) -> Signal | None:
    """Return what the emoji *name* asks for, None when it asks for nothing."""
    return reactions.signal_of(letter_of(name) or "")
