"""Link lines: what is typed after ``/quiz link``: nothing, what to link, a code, or what to take back."""

from collections.abc import Sequence
from typing import Final

from bot.core.commands import Intent, LinkKind, MakeCode, NotUnderstood, RedeemCode, ShowLinks, Unlink
from bot.engine import codes
from bot.engine.deck_names import nearest
from bot.engine.typed_lines import Piece, not_understood, with_instead
from bot.wording.menu import LINK_OPTION_NAMES, InputProblem

_KINDS: Final = {
    "account": LinkKind.ME,
    "accounts": LinkKind.ME,
    "channel": LinkKind.CHANNEL,
    "group": LinkKind.GROUP,
    "me": LinkKind.ME,
    "myself": LinkKind.ME,
    "room": LinkKind.CHANNEL,
    "server": LinkKind.GROUP,
    "workspace": LinkKind.GROUP,
}
_OFF: Final = frozenset({"leave", "off", "remove", "stop", "undo", "unlink"})
_SHOW: Final = frozenset({"list", "show", "status"})
_FILLERS: Final = frozenset({"a", "code", "for", "my", "our", "please", "the", "this", "to", "with"})
_OTHER_NAMES: Final = {"for": "what", "kind": "what", "redeem": "code", "undo": "off", "unlink": "off"}
_WORDS: Final = (*_KINDS, "off", "show")


def read_link(text: str, pieces: Sequence[Piece]) -> Intent:
    """Return what the line *text* asks for; *pieces* are what stands after ``link`` in it."""
    said = [piece for piece in pieces if piece.key or piece.value.casefold() not in _FILLERS]
    if not said:
        return MakeCode()
    first, rest = said[0], said[1:]
    if first.key:
        return _option(text, first, rest)
    word = first.value.casefold()
    if word in _OFF:
        return _undo(text, rest)
    if word in _SHOW and not rest:
        return ShowLinks()
    if word in _KINDS and not rest:
        return MakeCode(_KINDS[word])
    return _code(text, said)


def _option(text: str, piece: Piece, rest: Sequence[Piece]) -> Intent:
    """Read what has a key; a code may go on in pieces of its own."""
    said = piece.key.casefold()
    name = _OTHER_NAMES.get(said, said)
    if name not in LINK_OPTION_NAMES:
        near = nearest(said, LINK_OPTION_NAMES)
        offer = with_instead(text, piece, f"{near}:{piece.value}") if near else ""
        return not_understood(InputProblem.UNKNOWN_OPTION, piece.key, offer)
    if not piece.value:
        return not_understood(InputProblem.VALUE_MISSING, piece.key)
    bare = [Piece("", piece.value, piece.start, piece.end, piece.value), *rest]
    if name == "off":
        return _undo(text, bare)
    if name == "code":
        return _code(text, bare)
    return read_link(text, bare)


def _undo(text: str, pieces: Sequence[Piece]) -> Unlink | NotUnderstood:
    if not pieces:
        return Unlink()
    kind = _KINDS.get(pieces[0].value.casefold())
    if kind is None or len(pieces) > 1:
        return _unknown(text, pieces[0] if kind is None else pieces[1])
    return Unlink(kind)


def _code(text: str, pieces: Sequence[Piece]) -> RedeemCode | NotUnderstood:
    code = codes.read("".join(piece.said for piece in pieces))
    return RedeemCode(code) if code else _unknown(text, pieces[0])


def _unknown(text: str, piece: Piece) -> NotUnderstood:
    near = nearest(piece.value, _WORDS)
    return not_understood(InputProblem.BAD_LINK, piece.said, with_instead(text, piece, near) if near else "")
