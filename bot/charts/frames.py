"""Frames: what every picture shares: the card, its head and foot, texts in their place, bars and signs.

A picture is 480 units wide and painted at 720 pixels: sharp on a phone, where it is shown at about 340, and
in Discord and Slack, where it is shown at up to 550. A page on a phone asks for a narrow one instead, so that
its letters are as large as the page's own.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from bot.charts.directions import runs_leftward
from bot.charts.elements import NAMESPACE, Element, element
from bot.charts.themes import Token
from bot.charts.typesetting import BOLD, fitted, width, wrapped

WIDTH: Final = 480

_FAMILIES: Final = "Inter, Segoe UI, system-ui, Noto Sans, Liberation Sans, Arial, sans-serif"
_TIGHT: Final = 0.9
"""A text that fills more of its place than this is squeezed on the page, if the reader's font is wider."""

_LEAST_WIDE: Final = 440
_MARGIN, _SMALL_MARGIN = 24, 14

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Frame:
    """A card that is *width* units wide, and what stands on each of them."""

    width: int = WIDTH

    @property
    def left(self) -> int:
        """Where its inside begins; a narrow card has little to give away at its sides."""
        return _MARGIN if self.width >= _LEAST_WIDE else _SMALL_MARGIN

    @property
    def right(self) -> int:
        """Where its inside ends."""
        return self.width - self.left

    @property
    def inner(self) -> int:
        """How wide its inside is."""
        return self.right - self.left

    def head(self, title: str, subtitle: str) -> tuple[list[Element], float]:
        """Return the head of a card, on as many lines as it needs, and where what follows it may begin."""
        parts = labels(title, self.left, 42, self.inner, lines=3, size=20, weight=700)
        y = 42 + leading(20) * (len(parts) - 1) if parts else 3
        below = labels(subtitle, self.left, y + 23, self.inner, lines=2, size=14, fill=Token.INK_2)
        y += 23 + leading(14) * (len(below) - 1) if below else 0
        return [*parts, *below], y + 18 if parts or below else 14

    def foot(self, note: str, y: float) -> tuple[list[Element], float]:
        """Return the note below all, if there is one, and where the card ends."""
        if not note:
            return [], y + 14
        return [label(note, self.left, y + 20, self.inner, size=13, fill=Token.INK_2)], y + 38

    def card(self, parts: Iterable[Element], height: float, *, title: str, alt: str) -> Element:
        """Return the drawing: a card of that *height* with *parts* on it, named for a screen reader."""
        ground = element(
            "rect", x=0.5, y=0.5, width=self.width - 1, height=height - 1, rx=16,
            fill=Token.SURFACE, stroke=Token.LINE,
        )  # fmt: skip
        return element(
            "svg", element("title", title), element("desc", alt), ground, *parts,
            xmlns=NAMESPACE, viewBox=f"0 0 {self.width} {height:.0f}", width=self.width, height=round(height),
            role="img", font_family=_FAMILIES,
        )  # fmt: skip


def label(
    text: str,
    x: float,
    y: float,
    place: float,
    *,
    size: float = 15,
    weight: int = 400,
    anchor: Anchor = "start",
    fill: str = Token.INK,
) -> Element:
    """Return *text* at a place that is so wide; cut where it does not fit, with the whole of it on hover."""
    bold = weight >= BOLD
    shown = fitted(text, place, size, bold=bold)
    reach = width(shown, size, bold=bold)
    tight = reach > place * _TIGHT
    whole = [element("title", text)] if shown.endswith("…") and not text.endswith(shown) else []
    return element(
        "text", *whole, _isolated(shown),
        x=x, y=y, font_size=size, font_weight=str(weight), text_anchor=anchor, fill=fill,
        textLength=reach if tight else None, lengthAdjust="spacingAndGlyphs" if tight else None,
    )  # fmt: skip


def labels(
    text: str,
    x: float,
    y: float,
    place: float,
    *,
    lines: int,
    size: float,
    weight: int = 400,
    fill: str = Token.INK,
) -> list[Element]:
    """Return *text* on at most so many lines, the first of them at *y*."""
    broken = wrapped(text, place, size, lines=lines, bold=weight >= BOLD)
    return [
        label(line, x, y + leading(size) * row, place, size=size, weight=weight, fill=fill)
        for row, line in enumerate(broken)
    ]


def leading(size: float) -> int:
    """Return how far it is from one line to the next."""
    return round(size * 1.33)


def room(text: str, size: float, most: float, *, bold: bool = False) -> float:
    """Return the place that *text* needs, *most* at most, with some to spare for a reader's wider font."""
    return min(most, width(text, size, bold=bold) / _TIGHT + 1)


def bar(x: float, y: float, length: float, share: float, fill: str, *, thickness: float = 8) -> list[Element]:
    """Return a track with its filled part; anything more than nothing can be seen."""
    filled = max(thickness, length * held(share)) if share > 0 else 0
    track = element("rect", x=x, y=y, width=length, height=thickness, rx=thickness / 2, fill=Token.SUNKEN)
    if not filled:
        return [track]
    return [track, element("rect", x=x, y=y, width=filled, height=thickness, rx=thickness / 2, fill=fill)]


def held(share: float) -> float:
    """Return *share* held between 0 and 1."""
    return min(1.0, max(0.0, share))


def tick(x: float, y: float, size: float, colour: str) -> Element:
    """Return a tick about (x, y)."""
    return stroke(tick_path(x, y, size), colour, max(1.4, size * 0.17))


def tick_path(x: float, y: float, size: float) -> str:
    """Return the path of a tick about (x, y)."""
    start = f"M{x - size * 0.42:.2f} {y + size * 0.02:.2f}"
    return f"{start}l{size * 0.28:.2f} {size * 0.3:.2f}l{size * 0.54:.2f} {-size * 0.62:.2f}"


def stroke(path: str, colour: str, thickness: float) -> Element:
    """Return a line along *path*."""
    return element(
        "path",
        d=path,
        fill="none",
        stroke=colour,
        stroke_width=thickness,
        stroke_linecap="round",
        stroke_linejoin="round",
    )


def _isolated(text: str) -> str:
    """Return *text* so that a page shows it in its own direction."""
    return f"\u2067{text}\u2069" if runs_leftward(text) else text
