"""Signs: the few pictures and bars of characters that a chat shows beside its words, never in their place."""

from typing import Final

from bot.wording.views import Mark

BAR: Final = 10
"""How many cells a bar has at most."""

MARKS: Final = {Mark.NONE: "", Mark.RIGHT: "✅ ", Mark.WRONG: "❌ "}
MEDALS: Final = {1: "🥇", 2: "🥈", 3: "🥉"}
"""The signs of the first three ranks."""


def bar(value: int, total: int) -> str:
    """Return a bar that *value* of *total* fill, as many cells as there are up to ten; *total* is above 0."""
    cells = min(total, BAR)
    full = max(0, min(cells, value * cells // total))
    return "▰" * full + "▱" * (cells - full)
