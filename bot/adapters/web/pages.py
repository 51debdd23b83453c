"""Pages: the files of the web page, read once, each with its type and a tag that changes when it does."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.core.errors import ConfigError
from bot.wording.web_sentences import SAY

FOLDER: Final = Path(__file__).parent / "page"
INDEX: Final = "index.html"

TYPES: Final = MappingProxyType(
    {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml; charset=utf-8",
        ".woff2": "font/woff2",
    }
)
"""What the page may be made of; a file of another kind is not served."""


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is served."""

    content: bytes
    type: str
    tag: str


def read_files(folder: Path) -> Mapping[str, File]:
    """Return the files in *folder* by their path in it; a ConfigError when the page itself is missing."""
    files = {
        path.relative_to(folder).as_posix(): _file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in TYPES
    }
    if INDEX not in files:
        raise ConfigError(SAY.page_missing(str(folder)))
    return files


def version_of(files: Mapping[str, File]) -> str:
    """Return what changes when any of *files* does, so that an old page can tell that it is old."""
    tags = "".join(f"{name}:{file.tag};" for name, file in sorted(files.items()))
    return _digest(tags.encode())


def _file(path: Path) -> File:
    content = path.read_bytes()
    return File(content, TYPES[path.suffix], _digest(content))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
