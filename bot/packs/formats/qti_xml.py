"""Elements of QTI: names, texts and small Markdown as a valid item holds them."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator
from typing import Final

from bot.packs.formats.markdown_html import html_of, inline_html_of
from bot.packs.formats.study_html import STAND_IN

QTI: Final = "http://www.imsglobal.org/xsd/imsqti_v2p1"
PACKAGING: Final = "http://www.imsglobal.org/xsd/imscp_v1p1"
_SCHEMA: Final = "http://www.w3.org/2001/XMLSchema-instance"
_ATTRIBUTES: Final = frozenset({"href", "class"})
_RIGHT: Final = "text-align:right"
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def element(tag: str, /, text: str = "", **attributes: str) -> ET.Element:
    """Return an element of QTI; a trailing underscore of an attribute's name is left away."""
    node = ET.Element(tag, {name.rstrip("_"): safe(value) for name, value in attributes.items()})
    node.text = safe(text) or None
    return node


def add(parent: ET.Element, tag: str, /, text: str = "", **attributes: str) -> ET.Element:
    """Add such an element to *parent*, and return it."""
    node = element(tag, text, **attributes)
    parent.append(node)
    return node


def safe(text: str) -> str:
    """Return *text* with U+FFFD for what XML cannot hold."""
    return _ILLEGAL.sub("\ufffd", text)


def fill(parent: ET.Element, text: str) -> ET.Element:
    """Put the small Markdown *text* into *parent* as blocks, and return *parent*."""
    return _filled(parent, html_of(text))


def fill_inline(parent: ET.Element, text: str) -> ET.Element:
    """Put the small Markdown *text* into *parent*, as words alone where it is one paragraph."""
    return _filled(parent, inline_html_of(text))


def _filled(parent: ET.Element, html: str) -> ET.Element:
    inner = ET.fromstring(f"<div>{safe(html)}</div>")  # noqa: S314 - written by our own renderer
    for node in inner.iter():
        _make_valid(node)
    parent.text = inner.text
    parent.extend(inner)
    return parent


def _make_valid(node: ET.Element) -> None:
    """Leave the attributes that QTI knows; where a list starts and how a cell stands become classes."""
    start, style = node.attrib.pop("start", ""), node.attrib.pop("style", "")
    for name in set(node.attrib) - _ATTRIBUTES:
        del node.attrib[name]
    if start:
        node.set("class", f"start-{start}")
    elif _RIGHT in style:
        node.set("class", "right")


def with_blanks(root: ET.Element, blanks: Iterable[ET.Element]) -> None:
    """Put the next of *blanks* in the place of each stand-in among the words in *root*."""
    _take_places(root, iter(blanks))


def _take_places(node: ET.Element, waiting: Iterator[ET.Element]) -> None:
    """Do so in *node*, whose words and children are gone through as they are read."""
    children = list(node)
    before, *after = (node.text or "").split(STAND_IN)
    node.text = before
    node[:] = _followed(after, waiting)
    for child in children:
        _take_places(child, waiting)
        before, *after = (child.tail or "").split(STAND_IN)
        child.tail = before
        node.append(child)
        node.extend(_followed(after, waiting))


def _followed(texts: Iterable[str], waiting: Iterator[ET.Element]) -> list[ET.Element]:
    """Return a blank in front of each of *texts*."""
    found = []
    for text in texts:
        blank = next(waiting)
        blank.tail = text
        found.append(blank)
    return found


def document(root: ET.Element, namespace: str, schema: str) -> bytes:
    """Return *root* as a file, all of it in *namespace*."""
    root.set("xmlns", namespace)
    root.set("xmlns:xsi", _SCHEMA)
    root.set("xsi:schemaLocation", schema)
    text = ET.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
