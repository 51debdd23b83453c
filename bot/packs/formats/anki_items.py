"""Questions of our own that come back from Anki: what one chooses, orders, matches or fills in."""

from collections.abc import Sequence
from dataclasses import replace

from bot.core.items import Blank, BlanksKey, Kind, Source
from bot.packs.formats.html_text import read_node
from bot.packs.formats.html_trees import Node, parsed
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Span

_CHOICES = (Kind.SINGLE_CHOICE, Kind.MULTIPLE_RESPONSE, Kind.TRUE_FALSE)


def item_of(
    fields: dict[str, str], span: Span, own: str, topic: str, sources: tuple[Source, ...]
) -> DraftQuestion | None:
    """Return the question that the *fields* of a note hold; None for a kind that needs more than these."""
    kind = next((one for one in Kind if one == fields["Kind"].strip()), None)
    if kind is None:
        return None
    draft = DraftQuestion(
        kind,
        read_node(parsed(fields["Prompt"])).text,
        span,
        explanation=read_node(parsed(fields["Explanation"])).text,
        id=own,
        topic=topic,
        sources=sources,
    )
    answer = parsed(fields["Answer"])
    options = _entries(parsed(fields["Options"]), "ul")
    if kind in _CHOICES:
        return replace(draft, options=_choices(options, _entries(answer, "ul"), fields["Feedback"]))
    if kind is Kind.ORDERING:
        said = _feedback(fields["Feedback"])
        steps = (_text(one) for one in _entries(answer, "ol"))
        return replace(draft, options=tuple(DraftOption(text, feedback=said.get(text, "")) for text in steps))
    if kind is Kind.MATCHING:
        pairs = tuple((_text(row[0]), _text(row[1])) for row in _rows(answer) if len(row) > 1)
        return replace(draft, options=tuple(DraftOption(_text(one)) for one in options), pairs=pairs)
    if kind is Kind.FILL_IN:
        blanks = tuple(Blank(tuple(one.text().split("\n"))) for one in _entries(answer, "ol"))
        return replace(draft, key=BlanksKey(blanks))
    return None


def _choices(options: Sequence[Node], right: Sequence[Node], feedback: str) -> tuple[DraftOption, ...]:
    marked = {_text(one) for one in right}
    said = _feedback(feedback)
    texts = [_text(one) for one in options]
    return tuple(DraftOption(text, text in marked, said.get(text, "")) for text in texts)


def _feedback(html: str) -> dict[str, str]:
    """Return what is said of each option, by its text."""
    inside = [one for one in parsed(html).children if isinstance(one, Node) and one.tag == "dl"]
    parts = [one for one in (inside[0].children if inside else ()) if isinstance(one, Node)]
    return {_text(name): _text(said) for name, said in zip(parts[::2], parts[1::2], strict=False)}


def _entries(node: Node, tag: str) -> list[Node]:
    """Return the entries of the last list called *tag* right in *node*."""
    lists = [one for one in node.children if isinstance(one, Node) and one.tag == tag]
    return [one for one in (lists[-1].children if lists else ()) if isinstance(one, Node)]


def _rows(node: Node) -> list[list[Node]]:
    """Return the cells of the first table in *node*, row by row."""
    table = next(
        (one for one in node.children if isinstance(one, Node) and one.tag == "table"), Node("table")
    )
    waiting, rows = [one for one in table.children if isinstance(one, Node)], []
    for row in waiting:
        inner = row.children if row.tag == "tr" else ()
        rows.append([one for one in inner if isinstance(one, Node) and one.tag in {"td", "th"}])
        if row.tag == "tbody":
            waiting.extend(one for one in row.children if isinstance(one, Node))
    return rows


def _text(node: Node) -> str:
    return read_node(node).text
