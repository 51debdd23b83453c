"""Recognising: which format a source is in, by what stands in it."""

from functools import cache
from typing import Protocol

from bot.core.errors import ContentError
from bot.packs.importing.drafts import Harvest
from bot.packs.importing.sources import SourceFile


class Format(Protocol):
    """What a module of a format offers."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """The name that ``--format`` takes."""
        ...

    @property
    def SURE(self) -> int:  # noqa: N802 - a module's constant
        """The most that it is ever sure."""
        ...

    @property
    def EXTENSIONS(self) -> tuple[str, ...]:  # noqa: N802 - a module's constant
        """How names of such files end, with the dot."""
        ...

    def recognise(self, source: SourceFile) -> int:
        """Return how sure it is that *source* is of this format, from 0 to 100."""
        ...

    def read(self, source: SourceFile) -> Harvest:
        """Return what *source* holds."""
        ...


@cache
def formats() -> dict[str, Format]:
    """Return every format that is read, by its name, those that are surer of the same text first."""
    from bot.packs.formats import (  # noqa: PLC0415 - who only checks a pack needs none of them
        aiken,
        anki,
        collapsibles,
        csv_sheets,
        gift,
        headings,
        hives,
        kahoot,
        mkdocs_quiz,
        moodle_xml,
        open_tdb,
        qti,
        red_trivia,
        tsv,
    )

    pages: tuple[Format, ...] = (mkdocs_quiz, collapsibles, headings, hives)
    exchanged: tuple[Format, ...] = (gift, aiken, moodle_xml, qti, anki, tsv, csv_sheets, open_tdb)
    games: tuple[Format, ...] = (red_trivia, kahoot)
    return {module.NAME: module for module in (*pages, *exchanged, *games)}


def named(name: str) -> Format:
    """Return the format called *name*; a ContentError lists those that there are."""
    wanted = name.casefold().replace("_", "-")
    for own, module in formats().items():
        if own.replace("_", "-") == wanted:
            return module
    raise ContentError(f"There is no format {name}; choose from {', '.join(sorted(formats()))}.")


def recognised(source: SourceFile) -> Format | None:
    """Return the format that *source* most likely is in, or None.

    The ending of the name decides between equals. Who cannot be surer than another one was is not asked.
    """
    best, chosen = 0.0, None
    suffix = source.suffix
    for module in _surest_first():
        ending = 0.5 if suffix in module.EXTENSIONS else 0
        if module.SURE + ending > best and (sure := module.recognise(source)) and sure + ending > best:
            best, chosen = sure + ending, module
    return chosen


@cache
def _surest_first() -> tuple[Format, ...]:
    return tuple(sorted(formats().values(), key=lambda module: -module.SURE))
