"""Deck lines: what is typed after ``/quiz decks``: nothing, or what to do with the group's own decks."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.core.commands import Intent, ListDecks, NotUnderstood
from bot.core.deck_commands import AddDecks, ExportDeck, OpenWriting, RemoveDeck, ShowProposals
from bot.core.ids import DeckId
from bot.core.own_packs import is_own
from bot.core.packs import Library
from bot.core.review_commands import ShowReviews
from bot.engine.deck_names import Named, deck_names, meant, nearest
from bot.engine.typed_lines import Piece, joined, not_understood, with_instead
from bot.wording.menu import DECKS_COMMANDS, EXPORT_FORMATS, InputProblem

_OTHER_NAMES: Final = {
    "delete": "remove",
    "download": "export",
    "import": "add",
    "new": "write",
    "flagged": "review",
    "flags": "review",
    "proposal": "proposals",
    "reviews": "review",
    "show": "list",
    "suggest": "propose",
    "upload": "add",
}
_PLAIN: Final[dict[str, Intent]] = {
    "list": ListDecks(),
    "add": AddDecks(),
    "write": OpenWriting(),
    "propose": OpenWriting(proposal=True),
    "proposals": ShowProposals(),
    "review": ShowReviews(),
}
_FILLERS: Final = frozenset({"a", "as", "deck", "in", "my", "our", "please", "question", "the", "to"})
_FILE: Final = "file"
_USUAL_FORMAT: Final = EXPORT_FORMATS[0]


def read_decks(text: str, pieces: Sequence[Piece], library: Library) -> Intent:
    """Return what the line *text* asks for; *pieces* are what stands after ``decks`` in it."""
    if not pieces:
        return ListDecks()
    said = pieces[0].said.casefold()
    name = _OTHER_NAMES.get(said, said)
    rest = [piece for piece in pieces[1:] if piece.key or piece.value.casefold() not in _FILLERS]
    reading: dict[str, Callable[[], Intent]] = {
        "remove": lambda: _remove(text, rest, library),
        "export": lambda: _export(text, rest, library),
    }
    if name in reading:
        return reading[name]()
    if name not in _PLAIN:
        near = nearest(said, DECKS_COMMANDS)
        offer = with_instead(text, pieces[0], near) if near else ""
        return not_understood(InputProblem.BAD_DECKS, pieces[0].said, offer)
    stray = [piece for piece in rest if piece.key.casefold() != _FILE]
    if stray:
        return not_understood(InputProblem.NO_OPTIONS, stray[0].said, f"/quiz decks {name}")
    return _PLAIN[name]


def _remove(text: str, pieces: Sequence[Piece], library: Library) -> RemoveDeck | NotUnderstood:
    wrong = _unknown_option(text, pieces, ("deck",))
    if wrong is not None:
        return wrong
    if not any(piece.value for piece in pieces):
        return not_understood(InputProblem.VALUE_MISSING, "deck")
    deck = _deck(text, joined(pieces), library)
    return deck if isinstance(deck, NotUnderstood) else RemoveDeck(deck)


def _export(text: str, pieces: Sequence[Piece], library: Library) -> ExportDeck | NotUnderstood:
    wrong = _unknown_option(text, pieces, ("deck", "format"))
    if wrong is not None:
        return wrong
    format_ = _USUAL_FORMAT
    names: list[Piece] = []
    for piece in pieces:
        value = piece.value.casefold()
        if piece.key.casefold() == "format" and value not in EXPORT_FORMATS:
            near = nearest(value, EXPORT_FORMATS)
            offer = with_instead(text, piece, f"format:{near}") if near else ""
            return not_understood(InputProblem.BAD_FORMAT, piece.value, offer)
        if piece.key.casefold() != "deck" and value in EXPORT_FORMATS:
            format_ = value
        else:
            names.append(piece)
    if not names:
        return ExportDeck(None, format_)
    deck = _deck(text, joined(names), library)
    return deck if isinstance(deck, NotUnderstood) else ExportDeck(deck, format_)


def _unknown_option(text: str, pieces: Sequence[Piece], names: Sequence[str]) -> NotUnderstood | None:
    """Return what is wrong with the first option that the command does not have, or has without a value."""
    for piece in pieces:
        if piece.key and piece.key.casefold() not in names:
            near = nearest(piece.key, names)
            offer = with_instead(text, piece, f"{near}:{piece.value}") if near else ""
            return not_understood(InputProblem.UNKNOWN_OPTION, piece.key, offer)
        if piece.key and not piece.value:
            return not_understood(InputProblem.VALUE_MISSING, piece.key)
    return None


def _deck(text: str, piece: Piece, library: Library) -> DeckId | NotUnderstood:
    """Return the own deck that *piece* names: never one that ships, and never several."""
    names = own_deck_names(library)
    found = meant(names, piece.value)
    if len(found) == 1 and len(found[0].decks) == 1:
        return found[0].decks[0]
    if found:
        return not_understood(InputProblem.SEVERAL_DECKS, piece.value)
    by_name = {name: named.insert for named in names for name in named.names}
    near = by_name.get(nearest(piece.value, tuple(by_name)), "")
    offer = with_instead(text, piece, f"deck:{near}") if near else ""
    return not_understood(InputProblem.NO_OWN_DECK, piece.value, offer)


def own_deck_names(library: Library) -> tuple[Named, ...]:
    """Return what the decks are called that the group has brought itself."""
    own = Library(tuple(pack for pack in library.packs if is_own(pack.id)))
    return tuple(named for named in deck_names(own) if is_own(DeckId(named.insert)) and "/" in named.insert)
