"""Themes: the colours of the web chat's page, by the same names.

A drawing names its colours by tokens, as ``var(--ink)``. On the page these follow the page's own theme,
also when a reader changes it; in a PNG they are filled in from one of the two themes here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Token(StrEnum):
    """A colour by what it is for."""

    SURFACE = "var(--surface)"
    SUNKEN = "var(--sunken)"
    INK = "var(--ink)"
    INK_2 = "var(--ink-2)"
    LINE = "var(--line)"
    LINE_STRONG = "var(--line-strong)"
    ACCENT = "var(--accent)"
    ACCENT_INK = "var(--accent-ink)"
    ACCENT_SOFT = "var(--accent-soft)"
    BRASS = "var(--brass)"
    BRASS_BAR = "var(--brass-bar)"
    BRASS_SOFT = "var(--brass-soft)"
    GOOD = "var(--good)"
    BAD = "var(--bad)"
    BAD_SOFT = "var(--bad-soft)"


@dataclass(frozen=True, slots=True)
class Theme:
    """A colour for each token."""

    name: str
    colours: Mapping[Token, str]


_LIGHT: Final = (
    "#fff #f1eee6 #1c2623 #56625d #e1dccf #8b938b #17654e #fff "
    "#e2f0ea #80560a #c8902a #f8eed7 #17663a #a3322b #fae6e3"
)
_DARK: Final = (
    "#1c2320 #27302b #e7ece8 #a6b3ad #2d3732 #74817a #74cba9 #0b1d16 "
    "#1d3a30 #e9bd63 #d9a53f #352b16 #83d29b #ff9f95 #412220"
)

LIGHT: Final = Theme("light", MappingProxyType(dict(zip(Token, _LIGHT.split(), strict=True))))
DARK: Final = Theme("dark", MappingProxyType(dict(zip(Token, _DARK.split(), strict=True))))

_TOKEN: Final = re.compile(r"var\(--[a-z0-9-]+\)")


def coloured(value: str, theme: Theme) -> str:
    """Return *value* of an attribute with its tokens filled in from *theme*."""
    return _TOKEN.sub(lambda found: theme.colours[Token(found[0])], value)
