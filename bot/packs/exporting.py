"""Exporting: a pack in another format, with everything named that the format does not hold."""

import io
import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, Protocol, TypeVar

from bot.core.cards import Card
from bot.core.errors import ContentError
from bot.core.items import Item
from bot.core.packs import Pack
from bot.packs.blueprints import Blueprint
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.loading import load_pack
from bot.packs.writing.files import pack_files

PACK: Final = "pack"
"""The lossless format: the pack's own files."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)

T = TypeVar("T", Item, Card)


class Writer(Protocol):
    """What a module of a format offers that is written."""

    @property
    def NAME(self) -> str:  # noqa: N802 - a module's constant
        """The name that ``--format`` takes."""
        ...

    def write(self, pack: Pack) -> Exported:
        """Return *pack* in this format."""
        ...


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export wrote where, and what is not in it."""

    format: str
    files: tuple[str, ...]
    left_out: tuple[LeftOut, ...]


@cache
def writers() -> dict[str, Writer]:
    """Return every format that is written, by its name; the pack's own is not among them."""
    from bot.packs.formats import (  # noqa: PLC0415 - who only checks a pack needs none of them
        aiken,
        anki,
        csv_sheets,
        gift,
        kahoot,
        mkdocs_quiz,
        moodle_xml,
        qti,
        tsv,
    )

    written: tuple[Writer, ...] = (mkdocs_quiz, gift, aiken, moodle_xml, qti, anki, tsv, csv_sheets, kahoot)
    return {module.NAME: module for module in written}


def formats() -> tuple[str, ...]:
    """Return the names of all formats that a pack is exported to."""
    return (PACK, *sorted(writers()))


def export(
    pack: Pack, format_: str, decks: Collection[str] = (), blueprints: Sequence[Blueprint] = ()
) -> Exported:
    """Return *pack*, or only those of its *decks*, in the format of that name.

    Every file is deterministic. What is switched off goes into the pack's own format only. Raises
    ContentError for a format or a deck that is not there.
    """
    chosen = only(pack, decks)
    wanted = format_.casefold().replace("_", "-")
    if wanted == PACK:
        files = {f"{pack.id}/{name}": data for name, data in pack_files(chosen, blueprints).items()}
        return Exported({f"{pack.id}.zip": zipped(files)})
    writer = next((one for name, one in writers().items() if name.replace("_", "-") == wanted), None)
    if writer is None:
        raise ContentError(f"There is no format {format_} to export to; choose from {', '.join(formats())}.")
    awake, sleeping = _without_off(chosen)
    exported = writer.write(awake)
    return replace(exported, left_out=(*sleeping, *exported.left_out))


def export_folder(
    folder: Path, format_: str, decks: Collection[str], to: Path, today: date, *, force: bool
) -> ExportReport:
    """Write the pack in *folder* to *to*, and return what was written where.

    In the pack's own format all files of the folder are taken as they are. Raises ContentError for a pack
    that has errors, and for what cannot be written.
    """
    checked = load_pack(folder, today)
    if checked.pack is None:
        raise ContentError(
            f"{folder} is no pack that could be read; mend what `studyhall content check {folder}` tells."
        )
    exported = export(checked.pack, format_, decks, checked.blueprints)
    if format_ == PACK and not decks:
        exported = Exported({f"{checked.pack.id}.zip": folder_zipped(folder, checked.pack.id)})
    return ExportReport(format_, write_files(exported.files, to, force=force), exported.left_out)


def only(pack: Pack, decks: Collection[str]) -> Pack:
    """Return *pack* with only those *decks* of items and of cards; all of it when none is named."""
    if not decks:
        return pack
    known = [deck.id.partition("/")[2] for deck in pack.decks]
    known += [deck.id.partition("/")[2] for deck in pack.cards]
    missing = [name for name in decks if name not in known]
    if missing:
        raise ContentError(
            f"The pack has no deck {missing[0]}; choose from {', '.join(dict.fromkeys(known)) or 'none'}."
        )
    return replace(
        pack,
        decks=tuple(deck for deck in pack.decks if deck.id.partition("/")[2] in decks),
        cards=tuple(deck for deck in pack.cards if deck.id.partition("/")[2] in decks),
        notes=(),
        labs=(),
    )


def folder_zipped(folder: Path, name: str) -> bytes:
    """Return all files of a pack's *folder*, without hidden ones, as a .zip under *name*."""
    files = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(".") for part in parts):
            files["/".join((name, *parts))] = path.read_bytes()
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return *files* as a .zip; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def write_files(files: Mapping[str, bytes], to: Path, *, force: bool) -> tuple[str, ...]:
    """Write *files* to the file or into the folder *to*; return their paths.

    A single file goes to *to* itself unless that is a folder. What is there stays, and is named in a
    ContentError, unless *force*.
    """
    single = len(files) == 1 and not to.is_dir()
    targets = {to if single else to / name: data for name, data in files.items()}
    taken = next((path for path in targets if path.exists()), None)
    if taken is not None and not force:
        raise ContentError(f"{taken} is there already; name another with --to, or overwrite it with --force.")
    for path, data in targets.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_name(f".{path.name}.half")
            half.write_bytes(data)
            half.replace(path)
        except OSError as error:
            raise ContentError(
                f"{path} cannot be written ({error.strerror or error}); name another place with --to."
            ) from error
    return tuple(str(path) for path in targets)


def _without_off(pack: Pack) -> tuple[Pack, tuple[LeftOut, ...]]:
    """Return *pack* without what is switched off, and what that is."""
    asleep = [(str(one.id), one.off) for deck in pack.decks for one in deck.items if one.off]
    asleep += [(str(one.id), one.off) for deck in pack.cards for one in deck.cards if one.off]
    asleep += [(str(note.id), note.off) for note in pack.notes if note.off]
    asleep += [(str(lab.id), lab.off) for lab in pack.labs if lab.off]
    awake = replace(
        pack,
        decks=tuple(replace(deck, items=_awake(deck.items)) for deck in pack.decks),
        cards=tuple(replace(deck, cards=_awake(deck.cards)) for deck in pack.cards),
        notes=tuple(note for note in pack.notes if not note.off),
        labs=tuple(lab for lab in pack.labs if not lab.off),
    )
    return awake, tuple(LeftOut(own, "all of it", f"switched off: {why}") for own, why in asleep)


def _awake(things: Sequence[T]) -> tuple[T, ...]:
    return tuple(one for one in things if not one.off)
