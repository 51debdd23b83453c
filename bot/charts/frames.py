"""Frames: what every picture shares: the card, its head and foot, texts in their place, bars and signs.

A picture is 480 units wide and painted at 720 pixels: sharp on a phone, where it is shown at about 340, and
in Discord and Slack, where it is shown at up to 550.
"""

from collections.abc import Iterable
from typing import Final, Literal

from bot.charts.directions import runs_leftward
from bot.charts.elements import NAMESPACE, Element, element
from bot.charts.themes import Token
from bot.charts.typesetting import BOLD, fitted, width, wrapped

WIDTH: Final = 480
MARGIN: Final = 24
LEFT: Final = MARGIN
RIGHT: Final = WIDTH - MARGIN
INNER: Final = RIGHT - LEFT

_FAMILIES: Final = "Inter, Segoe UI, system-ui, Noto Sans, Liberation Sans, Arial, sans-serif"
_TIGHT: Final = 0.9
"""A text that fills more of its place than this is squeezed on the page, if the reader's font is wider."""

Anchor = Literal["start", "middle", "end"]


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
    text: str, x: float, y: float, place: float, *, lines: int, size: float, weight: int = 400, leading: float
) -> list[Element]:
    """Return *text* on at most so many lines; *leading* is from one to the next."""
    broken = wrapped(text, place, size, lines=lines, bold=weight >= BOLD)
    return [
        label(line, x, y + leading * row, place, size=size, weight=weight) for row, line in enumerate(broken)
    ]


def head(title: str, subtitle: str) -> tuple[list[Element], float]:
    """Return the head of a card, its title on up to two lines, and where what follows it may begin."""
    titles = labels(title, LEFT, 42, INNER, lines=2, size=20, weight=700, leading=26)
    y = 42 + 26 * (len(titles) - 1)
    if subtitle:
        y += 23
        titles.append(label(subtitle, LEFT, y, INNER, size=14, fill=Token.INK_2))
    return titles, y + 18


def foot(note: str, y: float) -> tuple[list[Element], float]:
    """Return the note below all, if there is one, and where the card ends."""
    if not note:
        return [], y + 14
    return [label(note, LEFT, y + 20, INNER, size=13, fill=Token.INK_2)], y + 38


def card(parts: Iterable[Element], height: float, *, title: str, alt: str) -> Element:
    """Return the drawing: a card of that *height* with *parts* on it, named for a screen reader."""
    ground = element(
        "rect", x=0.5, y=0.5, width=WIDTH - 1, height=height - 1, rx=16, fill=Token.SURFACE, stroke=Token.LINE
    )
    return element(
        "svg", element("title", title), element("desc", alt), ground, *parts,
        xmlns=NAMESPACE, viewBox=f"0 0 {WIDTH} {height:.0f}", width=WIDTH, height=round(height),
        role="img", font_family=_FAMILIES,
    )  # fmt: skip


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
    start = f"M{x - size * 0.42:.2f} {y + size * 0.02:.2f}"
    path = f"{start}l{size * 0.28:.2f} {size * 0.3:.2f}l{size * 0.54:.2f} {-size * 0.62:.2f}"
    return stroke(path, colour, max(1.4, size * 0.17))


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
