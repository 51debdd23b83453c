"""Formulas: TeX as outlines, in the middle of a card.

The library draws what :func:`bot.wording.formulas.flaw` has nothing against and no more, and of what it draws
only outlines and bars are taken over, in colours of ours.
"""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from bot.charts.elements import Element, element
from bot.charts.frames import Frame
from bot.charts.themes import Token
from bot.core.errors import StudyHallError
from bot.wording.formulas import flaw
from bot.wording.pictures import FormulaPicture

if TYPE_CHECKING:
    from types import ModuleType

SIZE: Final = 24
"""How large the letters are where there is room."""

_ABOVE: Final = 14
_SMALLEST: Final = 0.35
"""No formula is drawn at less of its size."""

_LOCK: Final = Lock()
"""The library keeps what it knows of its font in one place."""

_KEPT: Final = {"path": ("d",), "rect": ("x", "y", "width", "height")}


class FormulaError(StudyHallError):
    """A formula could not be drawn; its source says the same."""


@dataclass(frozen=True, slots=True)
class _Outline:
    """A formula whose upper left corner is at (*left*, *top*)."""

    parts: tuple[Element, ...]
    left: float
    top: float
    width: float
    height: float


def formula(facts: FormulaPicture, frame: Frame) -> Element:
    """Draw a formula, smaller where it must be to fit.

    Raises FormulaError when it cannot be drawn, or not so that it could be read.
    """
    drawn = _outline(facts.tex)
    head, y = frame.head(facts.title, "") if facts.title else ([], _ABOVE)
    scale = min(1.0, frame.inner / drawn.width)
    if scale < _SMALLEST:
        raise FormulaError(f"{facts.tex[:80]!r} is too wide to be read when it is drawn; show its source")
    x = frame.left + (frame.inner - drawn.width * scale) / 2 - drawn.left * scale
    at = f"matrix({scale:.4f} 0 0 {scale:.4f} {x:.2f} {y - drawn.top * scale:.2f})"
    height = y + drawn.height * scale + _ABOVE
    group = element("g", *drawn.parts, transform=at)
    return frame.card([*head, group], height, title=facts.title, alt=facts.alt)


@lru_cache(maxsize=256)
def _outline(tex: str) -> _Outline:
    """Return the outlines of *tex*."""
    if flaw(tex) is not None:
        raise FormulaError(f"expected a formula of known commands, not {tex[:80]!r}; show its source instead")
    try:
        with _LOCK:
            root: ET.Element = _library().Latex(tex, size=SIZE).svgxml()
    except Exception as error:
        # The library has many errors of its own, and gives up with those of the language as well.
        raise FormulaError(f"{tex[:80]!r} cannot be drawn: {error}; show its source instead") from error
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    return _Outline(tuple(_parts(root)), left, top, max(width, 1), max(height, 1))


def _parts(root: ET.Element) -> Iterator[Element]:
    """Yield the outlines and bars of what the library drew, in our colour."""
    for node in root:
        if node.tag == "g" and node.attrib.keys() <= {"fill"}:
            yield from _parts(node)
        elif node.tag in _KEPT:
            kept = {name: node.attrib[name] for name in _KEPT[node.tag]}
            yield element(node.tag, **kept, fill=Token.INK)
        else:
            raise FormulaError(f"expected outlines and bars in a formula, not <{node.tag}>")


@cache
def _library() -> "ModuleType":
    """Return the library, which is not opened before the first formula: it reads its font at once."""
    with warnings.catch_warnings():
        # It finds its font by a function that Python has a newer one for.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath  # noqa: PLC0415 - as above
        from ziamath.config import config  # noqa: PLC0415 - as above
    # Each glyph is a path of its own, in place of a reference to one that a page would have to look up.
    config.svg2 = False
    return ziamath
