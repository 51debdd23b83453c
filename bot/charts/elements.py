"""Elements of a drawing: a small tree that becomes markup in one place, so that text can never be markup."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as ET

NAMESPACE: Final = "http://www.w3.org/2000/svg"

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_ESCAPED: Final = re.compile('[&<>"]')


@dataclass(frozen=True, slots=True)
class Element:
    """One element with its attributes in order; *children* are elements and plain text."""

    tag: str
    attributes: Mapping[str, str]
    children: tuple["Element | str", ...] = ()


def element(tag: str, *children: Element | str, **attributes: str | float | None) -> Element:
    """Return an element; ``font_size=12`` is ``font-size="12"``, and None leaves an attribute out."""
    written = {
        name.rstrip("_").replace("_", "-"): value if isinstance(value, str) else number(value)
        for name, value in attributes.items()
        if value is not None
    }
    return Element(tag, written, children)


def number(value: float) -> str:
    """Write *value* with at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def markup(root: Element | str) -> str:
    """Return the markup of *root*; characters that XML has no place for become U+FFFD."""
    if isinstance(root, str):
        return _escape(root)
    attributes = "".join(f' {name}="{_escape(value)}"' for name, value in root.attributes.items())
    inner = "".join(map(markup, root.children))
    return f"<{root.tag}{attributes}>{inner}</{root.tag}>" if inner else f"<{root.tag}{attributes}/>"


def parsed(svg: str) -> Element:
    """Return the tree of a drawing that :func:`markup` wrote.

    Raises ValueError for anything else, above all for a document type, which could make a small text large.
    """
    if "<!" in svg or "<?" in svg:
        raise ValueError("expected a drawing of ours, which has neither a document type nor instructions")
    try:
        return _from_xml(ET.fromstring(svg))  # noqa: S314 - without a document type there are no entities
    except ET.ParseError as error:
        raise ValueError(f"expected a well-formed drawing: {error}") from error


def _from_xml(node: ET.Element) -> Element:
    tag = node.tag.removeprefix(f"{{{NAMESPACE}}}")
    children: list[Element | str] = [node.text] if node.text else []
    for child in node:
        children.append(_from_xml(child))
        children += [child.tail] if child.tail else []
    attributes = {"xmlns": NAMESPACE} if tag == "svg" else {}
    return Element(tag, {**attributes, **node.attrib}, tuple(children))


def _escape(text: str) -> str:
    return _ESCAPED.sub(lambda found: _ESCAPES[found[0]], _FORBIDDEN.sub("\ufffd", text))
