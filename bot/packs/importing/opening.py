"""Opening: files and folders of this machine as sources."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bot.core.errors import ContentError
from bot.packs.folders import shown
from bot.packs.importing.archives import MOST_FILES, is_picture, set_aside
from bot.packs.importing.sources import SourceFile

LARGEST: Final = 100_000_000
"""A source has at most so many bytes; a larger one is not read."""

_MEGABYTE: Final = 1_000_000


def opened(paths: Sequence[Path]) -> tuple[SourceFile, ...]:
    """Return the files at *paths* and in the folders there, without hidden ones, each once.

    A path is shown as it stands below the folder that was named. Raises ContentError for what cannot be
    read, and for more than anybody means to import.
    """
    sources: list[SourceFile] = []
    seen: set[str] = set()
    for path, label in zip(paths, labels(paths), strict=True):
        for file, name in _files(path, label):
            real = os.path.realpath(file)
            if real not in seen:
                seen.add(real)
                sources.append(_opened(file, name, path))
            if len(sources) > MOST_FILES:
                raise ContentError(f"{path} holds over {MOST_FILES:,} files; import a part of it at a time.")
    return tuple(sources)


def labels(paths: Sequence[Path]) -> list[str]:
    """Return for each of *paths* its name, with as much of the way to it as tells it from the others."""
    wanted = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links keep their own names
    most = max((len(path.parts) for path in wanted), default=1)
    named = [shown(path) for path in wanted]
    for count in range(1, most):
        named = [shown(Path(*path.parts[-count:])) for path in wanted]
        if len(set(named)) == len(set(wanted)):
            break
    return named


def _files(path: Path, label: str) -> Iterator[tuple[Path, str]]:
    """Yield the file at *path*, or those of the folder, each with the path to show."""
    if not path.is_dir():
        yield path, label
        return
    try:
        entries = sorted(path.iterdir())
    except OSError as error:
        raise ContentError(_unreadable(path, error)) from error
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_symlink() and entry.is_dir():
            continue  # a link to a folder could lead in a circle
        yield from _files(entry, f"{label}/{shown(Path(entry.name))}")


def _opened(file: Path, name: str, root: Path) -> SourceFile:
    """Return the file as a source; pictures, and links that lead elsewhere, are listed and not read."""
    if is_picture(name) and file != root:
        return set_aside(name)
    if file.is_symlink() and not Path(os.path.realpath(file)).is_relative_to(os.path.realpath(root)):
        return set_aside(name, "a link that leads out of the folder")
    return SourceFile(name, _read(file))


def _read(file: Path) -> bytes:
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise ContentError(f"{shown(file)} is no ordinary file; name a file or a folder.")
        if found.st_size > LARGEST:
            raise ContentError(
                f"{shown(file)} has {found.st_size // _MEGABYTE} MB, and at most {LARGEST // _MEGABYTE} MB "
                "are read; leave out what is no study material."
            )
        return file.read_bytes()
    except OSError as error:
        raise ContentError(_unreadable(file, error)) from error


def _unreadable(path: Path, error: OSError) -> str:
    return f"{shown(path)} cannot be read ({error.strerror or error}); name a file or folder that can be."
