"""Recognising: which format a source is in, by what stands in it."""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Final, Protocol, cast

from bot.core.errors import ContentError
from bot.packs.importing.drafts import Harvest
from bot.packs.importing.sources import SourceFile

FORMATS: Final = (
    "mkdocs_quiz",
    "collapsibles",
    "headings",
    "hives",
    "gift",
    "aiken",
    "moodle_xml",
    "qti",
    "anki",
    "tsv",
    "csv_sheets",
    "open_tdb",
    "red_trivia",
    "kahoot",
)
"""The modules of ``bot.packs.formats`` that read, those that are surer of the same text first."""


class Format(Protocol):
    """What a module of a format offers."""

    NAME: str
    EXTENSIONS: tuple[str, ...]

    def recognise(self, source: SourceFile) -> int:
        """Return how sure it is that *source* is of this format, from 0 to 100."""
        ...

    def read(self, source: SourceFile) -> Harvest:
        """Return what *source* holds."""
        ...


@cache
def formats() -> dict[str, Format]:
    """Return every format that is read, by its name."""
    found = (f"bot.packs.formats.{name}" for name in FORMATS)
    modules = [cast("Format", import_module(name)) for name in found if find_spec(name) is not None]
    return {module.NAME: module for module in modules}


def named(name: str) -> Format:
    """Return the format called *name*; a ContentError lists those that there are."""
    wanted = name.casefold().replace("_", "-")
    for own, module in formats().items():
        if own.replace("_", "-") == wanted:
            return module
    raise ContentError(f"There is no format {name}; choose from {', '.join(sorted(formats()))}.")


def recognised(source: SourceFile) -> Format | None:
    """Return the format that *source* most likely is in, or None."""
    return max(_scores(source), key=lambda pair: pair[0], default=(0, None))[1]


def _scores(source: SourceFile) -> Iterator[tuple[float, Format | None]]:
    """Yield how sure each format is; the ending of the name decides between equals."""
    for module in formats().values():
        if sure := module.recognise(source):
            yield sure + (0.5 if source.suffix in module.EXTENSIONS else 0), module
