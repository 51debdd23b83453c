"""A pseudo-locale: every letter of the catalogue's own stands accented between ⟦ and ⟧."""

from typing import Final

from bot.wording.catalogues import Catalogue

_PLAIN: Final = "ACDEGHIKLNORSTUWYZacdeghiklnorstuwyz"
_ACCENTED: Final = "ÅÇĎÉĜĤÎĶĻÑÖŔŠŢÛŴÝŽåçďéĝĥîķļñöŕšţûŵýž"
_ACCENTS: Final = str.maketrans(_PLAIN, _ACCENTED)


def pseudo(piece: str) -> str:
    """Return a piece of a template marked as the catalogue's own."""
    return f"⟦{piece.translate(_ACCENTS)}⟧" if any(map(str.isalpha, piece)) else piece


PSEUDO: Final = Catalogue(pseudo)
"""English with every piece of its own marked."""
