"""Archives: what stands in a .zip or a .tar, taken out in memory and never further than the limits.

Nothing is written anywhere, so a path can overwrite nothing; one that climbs out, or a link, is refused all
the same, since nobody packs such a thing by accident.
"""

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from bot.core.errors import ContentError
from bot.packs.importing.sources import SetAside, SourceFile

MOST_FILES: Final = 10_000
LARGEST_UNPACKED: Final = 200_000_000
"""An archive gives at most so many bytes, whatever it says about itself."""

LARGEST_RATIO: Final = 200
"""A file of over a megabyte that is packed tighter than this is a bomb; texts come to about 10."""

_MEGABYTE: Final = 1_000_000
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_GZIP: Final = b"\x1f\x8b"
_BZIP: Final = b"BZh"
_XZ: Final = b"\xfd7zXZ\x00"
_PACKED: Final = (_GZIP, _BZIP, _XZ)
_UNKNOWN: Final = {b"7z\xbc\xaf\x27\x1c": "7z", b"Rar!\x1a\x07": "rar"}
_TAR: Final = slice(257, 262)
_BROKEN: Final = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    NotImplementedError,
)
PICTURES: Final = frozenset(
    [
        ".png",
        ".jpg",
        ".jpeg",
        ".gif",
        ".webp",
        ".svg",
        ".bmp",
        ".ico",
        ".tif",
        ".tiff",
        ".mp3",
        ".mp4",
        ".m4a",
        ".wav",
        ".ogg",
        ".webm",
        ".woff",
        ".woff2",
        ".ttf",
        ".css",
        ".js",
        ".map",
        ".pdf",
    ]
)
"""Endings of what holds no questions; such a file is listed and not opened."""


def is_picture(path: str) -> bool:
    """Tell whether the file at *path* holds no questions; those in the ``assets`` of a pack belong to it."""
    found = PurePosixPath(path)
    return found.suffix.lower() in PICTURES and "assets" not in found.parts


def is_archive(data: bytes) -> bool:
    """Tell whether *data* is an archive, by how it begins; also one that cannot be opened here."""
    return data.startswith((*_ZIP, *_PACKED, *_UNKNOWN)) or data[_TAR] == b"ustar"


def unpacked(source: SourceFile) -> tuple[SourceFile, ...]:
    """Return the files in the archive *source*, in order of their paths.

    Raises ContentError, in one sentence, for an archive that is broken, locked or not safe.
    """
    kind = next((name for mark, name in _UNKNOWN.items() if source.data.startswith(mark)), "")
    if kind:
        raise ContentError(f"{source.path} is a {kind} archive; pack it as .zip, and import again.")
    read = _zipped(source) if source.data.startswith(_ZIP) else _taped(source)
    try:
        return tuple(sorted(read, key=lambda one: one.path))
    except _BROKEN as error:
        raise ContentError(
            f"{source.path} is broken or was cut off ({error}); pack it again, and import it again."
        ) from error


def _zipped(source: SourceFile) -> Iterator[SourceFile]:
    """Yield the files of a .zip."""
    with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check_amount(source, len(entries), sum(entry.file_size for entry in entries))
        for entry in entries:
            _check_entry(source, entry)
            path = _safe(source, entry.filename)
            if path is not None:
                yield _zip_file(archive, entry, path)


def _zip_file(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, path: str) -> SourceFile:
    if is_picture(path):
        return set_aside(path)
    with archive.open(entry) as file:
        return SourceFile(path, file.read())


def _check_entry(source: SourceFile, entry: zipfile.ZipInfo) -> None:
    """Refuse a locked file, a link and a bomb before anything of it is unpacked."""
    if entry.flag_bits & 1:
        raise ContentError(f"{source.path} is locked with a password; pack it without, and import again.")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ContentError(_unsafe(source, entry.filename, "is a link"))
    if entry.file_size > _MEGABYTE and entry.file_size > LARGEST_RATIO * max(entry.compress_size, 1):
        raise ContentError(_unsafe(source, entry.filename, "would unpack to far more than it is"))


def _taped(source: SourceFile) -> Iterator[SourceFile]:
    """Yield the files of a .tar, packed or not."""
    data = source.data
    if data.startswith(_PACKED):
        with _opener(data) as packed:
            data = packed.read(LARGEST_UNPACKED + 1)
        _check_amount(source, 0, len(data))
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
        for number, entry in enumerate(archive):
            _check_amount(source, number, entry.size)
            if entry.isdir():
                continue
            if not entry.isfile():
                raise ContentError(_unsafe(source, entry.name, "is a link or a device"))
            path = _safe(source, entry.name)
            file = archive.extractfile(entry) if path is not None else None
            if path is not None and file is not None:
                yield set_aside(path) if is_picture(path) else SourceFile(path, file.read())


def _opener(data: bytes) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    """Return what unpacks *data*, by how it begins."""
    file = io.BytesIO(data)
    if data.startswith(_GZIP):
        return gzip.GzipFile(fileobj=file)
    return bz2.BZ2File(file) if data.startswith(_BZIP) else lzma.LZMAFile(file)


def _check_amount(source: SourceFile, files: int, size: int) -> None:
    if files > MOST_FILES:
        raise ContentError(f"{source.path} holds over {MOST_FILES:,} files; split it over several archives.")
    if size > LARGEST_UNPACKED:
        raise ContentError(
            f"{source.path} would unpack to over {LARGEST_UNPACKED // _MEGABYTE} MB; leave out what is no "
            "study material."
        )


def _safe(source: SourceFile, name: str) -> str | None:
    """Return the path under which the report shows the file called *name*; None for a hidden one."""
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or ":" in parts[0] or "\x00" in name:
        raise ContentError(_unsafe(source, name, "leads out of the archive"))
    parts = [part for part in parts if part not in ("", ".")]
    if any(part.startswith(".") or part == "__MACOSX" for part in parts):
        return None
    return "/".join((source.path, *parts))


def set_aside(path: str, why: str = "no text; pictures and the like are not imported") -> SetAside:
    """Return a file that is listed and not opened."""
    return SetAside(path, b"", why)


def _unsafe(source: SourceFile, name: str, what: str) -> str:
    return f"{source.path} is not safe to open: {name[:100]!r} in it {what}; nothing was imported."
