"""QTI 2.1 packages: recognised, read and written; items of 2.0 and 2.2 are read too.

A package holds every kind of item, its feedback, explanation, sources, topic and scenario. Cards, notes and
labs have no place in it. The reading stands in :mod:`bot.packs.formats.qti_packages` and
:mod:`bot.packs.formats.qti_items`, the writing in :mod:`bot.packs.formats.qti_writing`.
"""

import io
import zipfile
from typing import Final

from bot.packs.formats.qti_packages import MANIFEST, read_package, read_single
from bot.packs.formats.qti_writing import write
from bot.packs.importing.archives import is_archive
from bot.packs.importing.drafts import Harvest
from bot.packs.importing.sources import SourceFile

NAME: Final = "qti"
EXTENSIONS: Final = (".zip", ".xml")

SURE: Final = 96
_HEAD: Final = 65536
_MARKS: Final = (b"imsqti", b"assessmentItem", b"qti-assessment-item", b"questestinterop")

__all__ = ["EXTENSIONS", "NAME", "SURE", "read", "recognise", "write"]


def recognise(source: SourceFile) -> int:
    """Return how sure it is that *source* is of QTI: by the manifest of the archive, or by its root."""
    if is_archive(source.data):
        head = _manifest(source.data)
    else:
        head = (
            source.data[:_HEAD] if source.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else b""
        )
    return SURE if any(mark in head for mark in _MARKS) else 0


def _manifest(data: bytes) -> bytes:
    """Return how the manifest in an archive begins; nothing where there is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = next(one for one in archive.namelist() if one.rpartition("/")[2] == MANIFEST)
            with archive.open(name) as file:
                return file.read(4 * _HEAD)
    except (
        StopIteration,
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ):
        return b""


def read(source: SourceFile) -> Harvest:
    """Return the items of *source*. Raises ContentError for an archive that is not safe to open."""
    return read_package(source, NAME) if is_archive(source.data) else read_single(source, NAME)
