"""The files of a pack: which there are, whether they may be read, and their text."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.packs.problems import Code, Findings, Problem, Spot

MANIFEST = "pack.yaml"
LARGEST = 5_000_000
"""No file that is read has more bytes."""

_READ = {
    "blueprints": ".yaml",
    "decks": ".yaml",
    "cards": ".yaml",
    "notes": ".md",
    "labs": ".yaml",
    "exams": ".yaml",
    "readings": ".yaml",
}
_KNOWN = frozenset({*_READ, "assets"})
_DEEPEST = 8

Stamp = tuple[str, int, int, int, int]
Signature = tuple[Stamp, ...]
"""Of every file its name, time of change, size, identity and time of status change."""


@dataclass(slots=True)
class PackFiles:
    """What stands in a pack's folder. Files that may not be read are left out and reported."""

    manifest: Path | None = None
    folders: dict[str, list[Path]] = field(default_factory=lambda: {name: [] for name in _READ})
    problems: list[Problem] = field(default_factory=list)

    def within(self, folder: str) -> list[Path]:
        """Return the files of *folder*, by name."""
        return self.folders[folder]


def pack_folders(root: Path) -> tuple[Path, ...]:
    """Return the folders under *root* that should be packs, by name; *root* itself when it is one.

    Raises OSError when *root* cannot be listed.
    """
    if (root / MANIFEST).is_file():
        return (root,)
    return tuple(sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")))


def name_of(folder: Path) -> str:
    """Return the name of *folder*, also when it was given as ``.``."""
    return Path(os.path.abspath(folder)).name  # noqa: PTH100 - a linked folder keeps its own name


def shown(path: Path) -> str:
    """Return *path* as a text that can be printed, whatever its bytes are."""
    return os.fsencode(path.as_posix()).decode("utf-8", "replace")


def survey(folder: Path) -> PackFiles:
    """Return the files of the pack in *folder*."""
    files = PackFiles()
    root = _real(folder)
    try:
        for path in _walk(folder, root, files.problems):
            _sort(path, path.relative_to(folder).parts, files)
    except OSError as error:
        _report(files.problems, folder, Code.UNREADABLE, *_unreadable(error))
    if files.manifest is None and not files.problems:
        _report(
            files.problems,
            folder / MANIFEST,
            Code.MISSING_FILE,
            f"The folder has no {MANIFEST}.",
            f"Write a {MANIFEST} as content/README.md shows, or move the folder away.",
        )
    return files


def signature(folder: Path) -> Signature:
    """Return what tells whether anything in *folder* was changed since."""
    try:
        return tuple(_stamp(path, folder) for path in _walk(folder, _real(folder), []))
    except OSError as error:
        return ((f"unreadable: {error.strerror}", 0, 0, 0, 0),)


def read_file(path: Path, spot: Spot) -> str | None:
    """Return the text of *path*; None, reported, when it is no UTF-8 text of a fair size."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            spot.report(Code.UNREADABLE, 1, "This is no ordinary file.", "Put a text file in its place.")
            return None
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        spot.report(Code.UNREADABLE, 1, *_unreadable(error))
        return None
    return _decode(data, spot)


def _decode(data: bytes, spot: Spot) -> str | None:
    if len(data) > LARGEST:
        spot.report(
            Code.TOO_LARGE,
            1,
            f"The file has more than {LARGEST:,} bytes.",
            "Split it over several files.",
        )
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        table = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "another encoding"
        spot.report(
            Code.ENCODING,
            line,
            f"The file is not UTF-8 from this line on; it may be in {table}.",
            "Save the file as UTF-8 in your editor.",
        )
        return None


def _walk(folder: Path, root: Path, problems: list[Problem], depth: int = 0) -> Iterator[Path]:
    """Yield the files under *folder* by name, without hidden ones; report links that leave *root*."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_symlink() and not _real(path).is_relative_to(root):
            _report(
                problems,
                path,
                Code.OUTSIDE_PACK,
                "This link leads out of the pack.",
                "Copy what it leads to into the pack.",
            )
        elif not path.is_dir():
            yield path
        elif depth < _DEEPEST and (depth == 0 or not path.is_symlink()):
            yield from _walk(path, root, problems, depth + 1)


def _real(path: Path) -> Path:
    """Return where *path* leads; unlike ``Path.resolve`` this never raises, not for circles either."""
    return Path(os.path.realpath(path))


def _sort(path: Path, parts: tuple[str, ...], files: PackFiles) -> None:
    """Put *path* among the files that are read, or warn when it stands where nothing is read."""
    if parts == (MANIFEST,):
        files.manifest = path
    elif len(parts) == 2 and path.suffix == _READ.get(parts[0]):  # noqa: PLR2004 - folder and file
        files.folders[parts[0]].append(path)
    elif parts[0] in _READ:
        ending = _READ[parts[0]]
        _report(
            files.problems,
            path,
            Code.STRAY_FILE,
            f"This file is not read; in `{parts[0]}` only files that end in `{ending}` are.",
            f"Move it to `{parts[0]}/{path.stem}{ending}`, or out of the pack.",
        )
    elif len(parts) > 1 and parts[0] not in _KNOWN:
        _report(
            files.problems,
            path,
            Code.STRAY_FILE,
            f"This file is not read; a pack has no folder `{parts[0]}`.",
            f"Move it to one of {', '.join(sorted(_KNOWN))}, or out of the pack.",
        )


def _report(problems: list[Problem], path: Path, code: Code, message: str, mend: str) -> None:
    findings = Findings(shown(path))
    Spot(findings).report(code, 1, message, mend)
    problems += findings.kept


def _unreadable(error: OSError) -> tuple[str, str]:
    """Return message and mend for a file that the system does not let us read."""
    return (
        f"This cannot be read: {error.strerror or error}.",
        "Check that it exists and that you may read it.",
    )


def _stamp(path: Path, folder: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        found = path.lstat()
    return str(path.relative_to(folder)), found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns
