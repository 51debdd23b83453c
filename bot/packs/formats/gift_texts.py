"""Texts in GIFT: its escapes, its marks of format, and the places where a sign means something."""

import re
from typing import Final

from bot.packs.formats.html_text import markdown_of

_SIGNS: Final = re.compile(r"[\\~=#{}:]")
_ESCAPE: Final = re.compile(r"\\([\\~=#{}:n])")
_FORMAT: Final = re.compile(r"\s*\[(html|markdown|plain|moodle)\]", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_WEIGHT: Final = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_PLAIN: Final = re.compile(r"([\\`*_<>$&~])")


def escaped(text: str) -> str:
    """Return *text* with a backslash before every sign that means something, on one line."""
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "\\n")


def unescaped(text: str) -> str:
    """Return *text* without the backslashes that GIFT asks for."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def format_of(text: str) -> tuple[str, str]:
    """Return the name of the format that *text* begins with, "" for none, and the rest."""
    found = _FORMAT.match(text)
    return (found[1].lower(), text[found.end() :]) if found else ("", text)


def markdown(text: str, kind: str) -> str:
    """Return a raw *text* of GIFT in small Markdown; *kind* names the format that it is in."""
    own, rest = format_of(text)
    said = unescaped(rest).strip()
    match own or kind:
        case "markdown":
            return said
        case "plain":
            return _PLAIN.sub(r"\\\1", said)
        case "html":
            return markdown_of(said)
        case _:
            return markdown_of(said.replace("\n", "<br>")) if _TAG.search(said) else said


def positions(text: str, signs: str) -> list[int]:
    """Return where one of *signs* stands in *text* without a backslash before it."""
    found, at = [], 0
    while at < len(text):
        if text[at] == "\\":
            at += 1
        elif text[at] in signs:
            found.append(at)
        at += 1
    return found


def parted(text: str, signs: str) -> list[str]:
    """Return what stands before the first of *signs*, and each piece that begins with one of them."""
    cuts = positions(text, signs)
    ends = [*cuts, len(text)]
    return [text[: ends[0]], *(text[a:b] for a, b in zip(cuts, ends[1:], strict=True))]


def weighed(text: str) -> tuple[float | None, str]:
    """Return the per cent that *text* begins with, None for none, and the rest."""
    found = _WEIGHT.match(text.lstrip())
    return (float(found[1]), text.lstrip()[found.end() :]) if found else (None, text)


def begins_weighed(text: str) -> bool:
    """Return whether *text* would be taken to begin with a per cent."""
    return text.startswith("%")
