"""Typefaces: the fonts in this package, which of them has a character, and how wide a text is in it.

Nothing is read before the first question, and the files are mapped, not loaded: a script that nobody writes
in costs no memory. The fonts of the machine are never asked, so a picture is the same everywhere.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Final, TypedDict

import uharfbuzz  # type: ignore[import-untyped]  # It has no types; what leaves this module has.

FONTS: Final = Path(__file__).resolve().parent / "fonts"
EMOJI: Final = "NotoColorEmoji.ttf"
SUBSTITUTE: Final = "□"
"""Stands for what no font has."""

_AS_EMOJI: Final = re.compile("[\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff]")
_FIRST_PICTOGRAPH: Final = "\U0001f000"
_TEXT_STYLE: Final = "\ufe0e"


@dataclass(frozen=True, slots=True)
class Typeface:
    """One font file: *starts* and *ends* are the ranges of characters that it has."""

    file: str
    family: str
    bold: bool
    starts: tuple[int, ...] = field(repr=False)
    ends: tuple[int, ...] = field(repr=False)

    @property
    def path(self) -> str:
        """Where the file is."""
        return str(FONTS / self.file)

    def has(self, character: str) -> bool:
        """Tell whether the font draws *character*."""
        place = bisect_right(self.starts, ord(character)) - 1
        return place >= 0 and ord(character) <= self.ends[place]

    def has_all(self, cluster: str) -> bool:
        """Tell whether the font draws *cluster*, apart from what is never drawn by itself."""
        return all(self.has(character) or _is_silent(character) for character in cluster)


class _FontRow(TypedDict):
    file: str
    family: str
    bold: bool
    codes: str


class _Index(TypedDict):
    emoji_first: str
    fonts: list[_FontRow]


@cache
def typefaces() -> tuple[Typeface, ...]:
    """Return all fonts, in the order in which they are asked for a character."""
    return tuple(
        Typeface(row["file"], row["family"], row["bold"], *_ranges(row["codes"])) for row in _index()["fonts"]
    )


@lru_cache(maxsize=4096)
def typeface_of(cluster: str, *, bold: bool = False) -> Typeface | None:
    """Return the font that draws *cluster*; bold letters where there are any. None when no font has it."""
    faces = [face for face in typefaces() if bold or not face.bold]
    if bold:
        faces.sort(key=lambda face: not face.bold)
    if _wants_emoji(cluster):
        faces.sort(key=lambda face: face.file != EMOJI)
    return next((face for face in faces if face.has_all(cluster)), None)


@lru_cache(maxsize=8192)
def advance(face: Typeface, text: str, *, leftward: bool) -> float:
    """Return how far *text* reaches in *face* at size 1, kerning, ligatures and joined letters included."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftward else "ltr"
    font = _font(face.path)
    uharfbuzz.shape(font, buffer)
    return sum(float(glyph.x_advance) for glyph in buffer.glyph_positions) / float(font.face.upem)


@cache
def _font(path: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


@cache
def _index() -> _Index:
    index: _Index = json.loads((FONTS / "index.json").read_text(encoding="utf-8"))
    return index


@cache
def _emoji_first() -> frozenset[int]:
    """Return the characters below the pictographs that are emoji unless told otherwise."""
    starts, ends = _ranges(_index()["emoji_first"])
    return frozenset(code for low, high in zip(starts, ends, strict=True) for code in range(low, high + 1))


def _ranges(codes: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    pairs = [part.partition("-") for part in codes.split()]
    return tuple(int(low, 16) for low, _, _ in pairs), tuple(int(high or low, 16) for low, _, high in pairs)


def _wants_emoji(cluster: str) -> bool:
    if _TEXT_STYLE in cluster:
        return False
    first = cluster[0]
    return bool(_AS_EMOJI.search(cluster)) or first >= _FIRST_PICTOGRAPH or ord(first) in _emoji_first()


def _is_silent(character: str) -> bool:
    """Tell whether *character* only steers how others are drawn."""
    return (
        unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f" or character == "\u034f"
    )
