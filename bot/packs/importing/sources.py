"""Sources: one file that somebody brings, as its reader sees it."""

from dataclasses import dataclass
from functools import cached_property

TEXT_MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
"""What a text may begin with, and the encoding that it tells."""


@dataclass(frozen=True)
class SourceFile:
    """A file's *data*, under the *path* that the report shows (``archive.zip/folder/page.md``)."""

    path: str
    data: bytes

    @property
    def name(self) -> str:
        """The last part of the path."""
        return self.path.rpartition("/")[2]

    @property
    def suffix(self) -> str:
        """What stands behind the last dot of the name, in small letters, with the dot; "" without one."""
        dot = self.name.rpartition(".")
        return f".{dot[2].lower()}" if dot[0] else ""

    @cached_property
    def text(self) -> str:
        """The file as text with one kind of line end.

        Raises UnicodeDecodeError when it is none: UTF-8, or UTF-16 with a mark in front, is what is read.
        """
        encoding = next((name for mark, name in TEXT_MARKS.items() if self.data.startswith(mark)), "utf-8")
        return self.data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines of the text, without their ends; after a last line end there is none."""
        lines = self.text.split("\n")
        return tuple(lines[:-1] if lines[-1] == "" else lines)


@dataclass(frozen=True)
class SetAside(SourceFile):
    """A file that is listed in the report and not opened; *why* says so in a few words."""

    why: str
