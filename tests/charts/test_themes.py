"""Themes: the colours are those of the web chat's page."""

import re
from pathlib import Path

import pytest

from bot.charts.themes import DARK, LIGHT, Theme, Token, coloured

CSS = Path(__file__).resolve().parents[2] / "bot" / "adapters" / "web" / "page" / "style.css"


def _brightness(colour: str) -> float:
    digits = colour.removeprefix("#")
    full = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(full[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(theme: Theme, one: Token, other: Token) -> float:
    low, high = sorted((_brightness(theme.colours[one]), _brightness(theme.colours[other])))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme,opening", [(LIGHT, ":root {"), (DARK, ':root[data-theme="dark"] {')])
def test_each_token_is_a_colour_of_the_page(theme: Theme, opening: str) -> None:
    """A picture in the chat looks as the page around it does."""
    rules = CSS.read_text(encoding="utf-8").partition(opening)[2].partition("}")[0]
    of_page = {f"var({name})": value for name, value in re.findall(r"(--[a-z0-9-]+): ([^;]+);", rules)}

    assert {token: of_page[token] for token in Token} == theme.colours


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    "ink,ground",
    [
        (Token.INK, Token.SURFACE),
        (Token.INK_2, Token.SURFACE),
        (Token.INK, Token.ACCENT_SOFT),
        (Token.INK_2, Token.ACCENT_SOFT),
        (Token.ACCENT_INK, Token.ACCENT),
        (Token.BRASS, Token.BRASS_SOFT),
        (Token.SURFACE, Token.GOOD),
        (Token.INK, Token.SUNKEN),
    ],
)
def test_words_can_be_read_on_what_they_stand_on(theme: Theme, ink: Token, ground: Token) -> None:
    """The contrast is that of WCAG AA, also for weak eyes and bad screens."""
    assert _contrast(theme, ink, ground) >= 4.5


def test_only_tokens_are_filled_in() -> None:
    """A value without a token stays as it is."""
    assert coloured("none", DARK) == "none"
    assert coloured("var(--ink)", LIGHT) == "#1c2623"
