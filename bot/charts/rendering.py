"""Rendering: SVG of ours to PNG, with our fonts only, in this very process.

The renderer holds the interpreter's lock while it works, so a thread would not keep it off the event loop:
that is what :mod:`bot.charts.painting` has a process for.
"""

from typing import Final

import resvg_py

from bot.charts.elements import markup, parsed
from bot.charts.themes import Theme
from bot.charts.typefaces import EMOJI, FONTS
from bot.charts.typesetting import typeset

_FONTS: Final = [str(FONTS / EMOJI)]
"""All that the renderer sets itself."""


def render(svg: str, theme: Theme, zoom: float) -> bytes:
    """Return *svg*, a drawing of ours, as PNG in *theme*, *zoom* times its size."""
    return resvg_py.svg_to_bytes(
        svg_string=markup(typeset(parsed(svg), theme)),
        skip_system_fonts=True,
        font_files=_FONTS,
        zoom=zoom,
    )
