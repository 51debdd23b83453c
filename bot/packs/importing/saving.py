"""Saving: a pack's folder read for an import, and written in one step or not at all.

Everything is written into a folder beside the pack's own, flushed to the disk, and then the two folders
change names: in one step where the system can, else in two, between which the next import can put things
right. Whoever is killed in between leaves the old pack or the new one, and a folder with a dot in front of
its name, which nobody reads and which the next import clears away.
"""

import contextlib
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from bot.core.errors import ContentError
from bot.packs.folders import MANIFEST, name_of
from bot.packs.importing.exchanging import exchange
from bot.packs.importing.held import Held, Imported, Options
from bot.packs.importing.opening import opened
from bot.packs.importing.provenance import FILE, Imports, imports_file, read_imports
from bot.packs.importing.running import Progress, run
from bot.packs.loading import load_pack
from bot.packs.problems import Findings, Severity, Spot
from bot.packs.scalars import is_id
from bot.packs.trees import read_tree
from bot.packs.writing.files import pack_files

_NEW: Final = ".importing-"
_OLD: Final = ".replaced-"


def held_in(folder: Path, today: date, *, mend: bool = True) -> Held | None:
    """Return the pack in *folder*, or None when there is none yet.

    What an import left that was killed is put right first if *mend*.

    Raises ContentError when there is something else, or a pack that has errors.
    """
    if mend:
        _recover(folder)
    own = name_of(folder)
    if not is_id(own):
        raise ContentError(
            f"{own!r} cannot be a pack's id; name a folder of lower-case letters, digits and hyphens."
        )
    if not os.path.lexists(folder):
        return None
    if not folder.is_dir():
        raise ContentError(f"{folder} is no folder; name the folder of a pack, or a new one.")
    if not (folder / MANIFEST).is_file():
        if any(folder.iterdir()):
            raise ContentError(f"{folder} has no {MANIFEST}; name the folder of a pack, or a new one.")
        return None
    checked = load_pack(folder, today)
    if checked.pack is None:
        errors = sum(problem.severity is Severity.ERROR for problem in checked.problems)
        what = "an error" if errors == 1 else f"{errors} errors"
        raise ContentError(
            f"The pack in {folder} has {what}; mend what `studyhall content check {folder}` tells, "
            "and import again."
        )
    return Held(checked.pack, _imports_in(folder), checked.blueprints)


def save(folder: Path, imported: Imported, before: Held | None) -> tuple[str, ...]:
    """Write what *imported* changed into *folder*, all of it or nothing; return the files that changed.

    Other files of the folder stay, and so does, byte by byte, every file whose contents mean the same.
    """
    written = changed_files(imported, before)
    if not written and before is not None:
        return ()
    home = Path(os.path.realpath(folder))
    new = home.with_name(f"{_NEW}{home.name}")
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        if new.exists():
            shutil.rmtree(new)
        if home.exists():
            shutil.copytree(home, new, symlinks=True)
        else:
            new.mkdir()
        _write(new, written)
        _swap(new, home)
    except OSError as error:
        with contextlib.suppress(OSError):
            shutil.rmtree(new)
        raise ContentError(
            f"The pack cannot be written to {folder} ({error.strerror or error}), and is as it was before."
        ) from error
    return tuple(sorted(written))


def changed_files(imported: Imported, before: Held | None) -> dict[str, bytes]:
    """Return the files of the pack that are not what they were; an import takes none away."""
    blueprints = imported.blueprints if before is None else ()
    now = dict(imported.others) if before is None else {}
    now |= pack_files(imported.pack, blueprints)
    if imported.imports.sources:
        now[FILE] = imports_file(imported.imports)
    if before is None:
        return now
    old = pack_files(before.pack)
    if before.imports.sources:
        old[FILE] = imports_file(before.imports)
    return {name: data for name, data in now.items() if old.get(name) != data}


def import_into(
    folder: Path, sources: Sequence[Path], options: Options, progress: Progress, *, dry: bool
) -> tuple[Imported, tuple[str, ...]]:
    """Import the files and folders *sources* into the pack in *folder*; return also the files it changed.

    Nothing is written when *dry*, when nothing is found, or when a ContentError is raised.
    """
    before = held_in(folder, options.today, mend=not dry)
    imported = run(opened(sources), before, options, progress)
    changed = () if dry or imported.report.empty else save(folder, imported, before)
    return imported, changed


def _imports_in(folder: Path) -> Imports:
    """Return what was imported into *folder* before; nothing when the record is not there or is broken."""
    path = folder / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Imports()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(f"{path} cannot be read ({error}); mend or delete it.") from error
    spot = Spot(Findings(str(path)))
    tree = read_tree(text, spot)
    imports = Imports() if tree is None else read_imports(tree, spot)
    if spot.findings.kept:
        first = spot.findings.kept[0]
        raise ContentError(f"{path}, line {first.line}: {first.message} Mend or delete the file.")
    return imports


def _write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write *files* under *root*, each and the folders that hold them down to the disk."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):
            path.unlink()
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    for path in {root, *((root / name).parent for name in files)}:
        _flush(path)


def _swap(new: Path, home: Path) -> None:
    """Put *new* in the place of *home*."""
    old = home.with_name(f"{_OLD}{home.name}")
    if not home.exists():
        new.rename(home)
    elif exchange(new, home):
        old = new
    else:
        home.rename(old)
        new.rename(home)
    _flush(home.parent)
    if old.exists():
        shutil.rmtree(old)


def _recover(folder: Path) -> None:
    """Put right what an import left that was killed: the old pack comes back unless the new one is there."""
    home = Path(os.path.realpath(folder))
    old, new = (home.with_name(f"{mark}{home.name}") for mark in (_OLD, _NEW))
    try:
        if old.exists() and not home.exists():
            old.rename(home)
        for left in _existing(old, new):
            shutil.rmtree(left)
    except OSError as error:
        raise ContentError(
            f"{error.filename or home} is left from an import that was cut off and cannot be cleared away "
            f"({error.strerror}); delete it."
        ) from error


def _existing(*paths: Path) -> Iterator[Path]:
    yield from (path for path in paths if path.exists())


def _flush(folder: Path) -> None:
    """Make the names in *folder* last."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
