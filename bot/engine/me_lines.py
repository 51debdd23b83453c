"""Me lines: what is typed after ``/quiz me``: nothing, or whether to be seen on leaderboards."""

from collections.abc import Sequence
from typing import Final

from bot.core.commands import Hide, NotUnderstood, ShowMe
from bot.engine.deck_names import nearest
from bot.engine.typed_lines import Piece, not_understood, with_instead
from bot.wording.menu import InputProblem

_WORDS: Final = {
    "hidden": True,
    "hide": True,
    "listed": False,
    "show": False,
    "unhide": False,
    "visible": False,
}
_SWITCHES: Final = {"on": True, "yes": True, "true": True, "off": False, "no": False, "false": False}
_FILLERS: Final = frozenset({"me", "please"})


def read_me(text: str, pieces: Sequence[Piece]) -> ShowMe | Hide | NotUnderstood:
    """Return what the line *text* asks for; *pieces* are what stands after ``me`` in it."""
    said = [piece for piece in pieces if piece.key or piece.value.casefold() not in _FILLERS]
    if not said:
        return ShowMe()
    first = said[0]
    hidden = _WORDS.get((first.key or first.value).casefold())
    if hidden is None:
        return _unknown(text, first)
    if len(said) == 1 and not first.key:
        return Hide(hidden)
    value, more = (first, said[1:]) if first.key else (said[1], said[2:])
    switch = _SWITCHES.get(value.value.casefold())
    if switch is None:
        return _no_switch(text, value)
    return not_understood(InputProblem.BAD_HIDE, more[0].said) if more else Hide(hidden is switch)


def _unknown(text: str, piece: Piece) -> NotUnderstood:
    near = nearest(piece.key or piece.value, tuple(_WORDS))
    word = f"hide:{'on' if _WORDS[near] else 'off'}" if near else ""
    return _refused(text, piece, word)


def _no_switch(text: str, piece: Piece) -> NotUnderstood:
    near = nearest(piece.value, tuple(_SWITCHES))
    key = f"{piece.key}:" if piece.key else ""
    return _refused(text, piece, key + near if near else "")


def _refused(text: str, piece: Piece, better: str) -> NotUnderstood:
    offer = with_instead(text, piece, better) if better else ""
    return not_understood(InputProblem.BAD_HIDE, piece.said, offer)
