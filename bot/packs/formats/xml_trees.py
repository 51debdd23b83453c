"""XML from others, read without anything that XML could make a reader do.

A document type is refused, and with it every entity; so is what is nested very deep. Names lose their
prefixes, since the formats that are read here do not need them.
"""

from typing import Final
from xml.parsers import expat

from bot.core.errors import ContentError
from bot.packs.formats.html_trees import Node

DEEPEST: Final = 60
_SEPARATOR: Final = "\x1f"


class _Refusal(Exception):  # noqa: N818 - leaves this module as a ContentError
    """What the handlers raise through the parser."""


def xml_tree(data: bytes) -> Node:
    """Return the root of the document *data*; a ContentError, without the file's name, says what is wrong."""
    root = Node("")
    open_ = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_) > DEEPEST:
            raise _Refusal("is nested too deep")
        node = Node(_local(name), {_local(key): value for key, value in attributes.items()})
        node.attributes.setdefault("xmlns", name.rpartition(_SEPARATOR)[0])
        open_[-1].children.append(node)
        open_.append(node)

    def end(_: str) -> None:
        open_.pop()

    def words(text: str) -> None:
        open_[-1].children.append(text)

    def refuse(*_: object) -> None:
        raise _Refusal("has a document type, which may not be read")

    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - the parser takes it so
    except _Refusal as error:
        raise ContentError(str(error)) from error
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise ContentError(f"is no XML that can be read ({error})") from error
    return next(one for one in root.children if isinstance(one, Node))


def _local(name: str) -> str:
    return name.rpartition(_SEPARATOR)[2]


def descendants(node: Node, *tags: str) -> list[Node]:
    """Return every element in *node* that is called one of *tags*, in order."""
    found: list[Node] = []
    waiting = [one for one in reversed(node.children) if isinstance(one, Node)]
    while waiting:
        one = waiting.pop()
        if one.tag in tags:
            found.append(one)
        waiting.extend(child for child in reversed(one.children) if isinstance(child, Node))
    return found


def child(node: Node, tag: str) -> Node | None:
    """Return the first element right in *node* that is called *tag*."""
    return next((one for one in node.children if isinstance(one, Node) and one.tag == tag), None)
