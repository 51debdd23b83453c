"""Anki's packages, .apkg and .colpkg: recognised and read; .apkg is written as well.

An .apkg holds cards whole: their kinds, blanks, sources and topics. Choices, orderings and matchings come
back from it as questions, other questions as cards. Notes and labs have no place in it. The reading stands
in :mod:`bot.packs.formats.anki_reading`, the writing in :mod:`bot.packs.formats.anki_writing`.
"""

from typing import Final

from bot.packs.formats.anki_collections import is_package
from bot.packs.formats.anki_reading import read_package
from bot.packs.formats.anki_writing import write
from bot.packs.importing.drafts import Harvest
from bot.packs.importing.sources import SourceFile

NAME: Final = "anki"
EXTENSIONS: Final = (".apkg", ".colpkg")

SURE: Final = 99

__all__ = ["EXTENSIONS", "NAME", "SURE", "read", "recognise", "write"]


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is a package of Anki's: an archive with a collection in it."""
    return SURE if is_package(source.data) else 0


def read(source: SourceFile) -> Harvest:
    """Return the cards of *source*; what learners did with them is left where it is."""
    return read_package(source, NAME)
