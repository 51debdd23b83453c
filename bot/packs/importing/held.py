"""Held: what a pack holds before an import, and what an import makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.core.errors import ContentError
from bot.core.packs import Pack
from bot.packs.blueprints import Blueprint
from bot.packs.folders import name_of
from bot.packs.importing.provenance import Imports
from bot.packs.importing.reports import ImportReport
from bot.packs.scalars import is_language


@dataclass(frozen=True, slots=True)
class Held:
    """A pack as it stands, with the blueprints beside it and what was imported into it before."""

    pack: Pack
    imports: Imports = field(default_factory=Imports)
    blueprints: tuple[Blueprint, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What the one who imports says: the id of a new pack and its manifest, and *format* to insist on."""

    pack: str
    today: date
    title: str = ""
    language: str = "en"
    licence: str = "unknown"
    format: str = ""


def options_for(
    folder: Path, today: date, *, title: str, language: str, licence: str, format_: str
) -> Options:
    """Return the options for a pack in *folder*; a ContentError tells what cannot be used."""
    if not is_language(language):
        raise ContentError(f"{language!r} is no language; write a tag such as en, de or pt-BR.")
    return Options(name_of(folder), today, title, language, licence, format_)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import. *pack* is whole: it loads without an error.

    *others* are files that belong beside a new pack, such as pictures.
    """

    pack: Pack
    imports: Imports
    report: ImportReport
    blueprints: tuple[Blueprint, ...] = ()
    others: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def held(self) -> Held:
        """Everything that the next import has to know."""
        return Held(self.pack, self.imports, self.blueprints)
