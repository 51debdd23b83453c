"""Typefaces: the fonts in this package, which of them has a character, and how a text is set in it.

Nothing is read before the first question, and the files are mapped, not loaded: a script that nobody writes
in costs no memory. The fonts of the machine are never asked, so a picture is the same everywhere.
"""

import json
import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import cycle
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
    font = _font(face.path)
    places = _shaped(font, text, leftward=leftward).glyph_positions
    return sum(float(place.x_advance) for place in places) / _em(font)


@lru_cache(maxsize=1024)
def outline(face: Typeface, text: str, *, leftward: bool) -> tuple[str, float]:
    """Return *text* as a path that begins at (0, 0), y upwards, and the size that its letters have there.

    Not for :data:`EMOJI`, whose glyphs are pictures of several colours.
    """
    font = _font(face.path)
    buffer = _shaped(font, text, leftward=leftward)
    parts, x = list[str](), 0
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        path = _glyph(face.path, info.codepoint)
        if path:
            parts.append(f"M{x + place.x_offset} {place.y_offset}{path}")
        x += place.x_advance
    return "".join(parts), _em(font)


def _shaped(font: uharfbuzz.Font, text: str, *, leftward: bool) -> uharfbuzz.Buffer:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftward else "ltr"
    uharfbuzz.shape(font, buffer)
    return buffer


def _em(font: uharfbuzz.Font) -> float:
    return float(font.face.upem)


@cache
def _font(path: str) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


@lru_cache(maxsize=4096)
def _glyph(path: str, glyph: int) -> str:
    """Return a glyph's outline with every step relative to the one before, so that it can be put anywhere."""
    pen = _Pen()
    _font(path).draw_glyph(glyph, _pen_functions(), pen)
    return "".join(pen.path)


class _Pen:
    """Writes down what a font draws. A contour that is closed goes on from where it began, as in SVG."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self._at = self._began = (0.0, 0.0)

    def step(self, command: str, *numbers: float) -> None:
        """Write a step to points given as x and y in turn."""
        x, y = self._at
        steps = (f"{number - (y if odd else x):g}" for odd, number in zip(cycle((0, 1)), numbers))
        self.path.append(command + " ".join(steps))
        self._at = (numbers[-2], numbers[-1])
        if command == "m":
            self._began = self._at

    def close(self) -> None:
        """Close the contour."""
        self.path.append("z")
        self._at = self._began


@cache
def _pen_functions() -> uharfbuzz.DrawFuncs:
    functions = uharfbuzz.DrawFuncs()
    functions.set_move_to_func(lambda x, y, pen: pen.step("m", x, y))
    functions.set_line_to_func(lambda x, y, pen: pen.step("l", x, y))
    functions.set_quadratic_to_func(lambda a, b, x, y, pen: pen.step("q", a, b, x, y))
    functions.set_cubic_to_func(lambda a, b, c, d, x, y, pen: pen.step("c", a, b, c, d, x, y))
    functions.set_close_path_func(lambda pen: pen.close())
    return functions


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
