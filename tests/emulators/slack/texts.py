"""All the text that a message or a view shows, as a person would read it from top to bottom."""

from collections.abc import Iterator
from typing import Final

from tests.emulators.slack.refusals import Json
from tests.emulators.slack.residents import Message, View

_SHOWN: Final = ("title", "label", "text", "description", "hint", "placeholder", "alt_text", "caption")


def text_of(shown: Message | View) -> str:
    """Return all text of *shown*: its blocks, tables by row; the text of a message that has no blocks."""
    if isinstance(shown, View):
        heading = [shown.title] if shown.title else []
        ends = [shown.body[key]["text"] for key in ("submit", "close") if shown.body.get(key)]
        return "\n".join([*heading, *lines_of(shown.blocks), *ends])
    if not shown.blocks:
        return shown.text
    return "\n".join([*lines_of(shown.blocks), *(file.title or file.name for file in shown.files)])


def lines_of(blocks: list[Json]) -> Iterator[str]:
    """Return the lines of *blocks*."""
    for block in blocks:
        yield from _lines(block)


def characters(blocks: list[Json]) -> int:
    """Return how many characters the blocks show."""
    return sum(len(line) for line in lines_of(blocks))


def _lines(block: Json) -> Iterator[str]:
    match block["type"]:
        case "rich_text":
            yield from _rich_lines(block)
        case "table" | "data_table":
            yield from filter(None, [block.get("caption")])
            yield from (" | ".join(cell_text(cell) for cell in row) for row in block["rows"])
        case "data_visualization":
            yield from _chart(block)
        case _:
            yield from _plain(block)


def _plain(part: Json) -> Iterator[str]:
    for key in _SHOWN:
        yield from _said(part.get(key))
    for field in part.get("fields") or ():
        yield from _said(field)
    for inside in (part.get("accessory"), part.get("element"), *(part.get("elements") or ())):
        if inside:
            yield from _plain(inside)
    groups = part.get("option_groups") or ()
    for option in (part.get("options") or [one for group in groups for one in group["options"]]) or ():
        yield from _said(option["text"])
        yield from _said(option.get("description"))


def _said(value: object) -> Iterator[str]:
    text = value.get("text") if isinstance(value, dict) else value
    if isinstance(text, str) and text:
        yield text


def cell_text(cell: Json) -> str:
    """Return the text of one cell of a table."""
    if cell["type"] == "rich_text":
        return "\n".join(_rich_lines(cell))
    return str(cell.get("text", cell.get("value", "")))


def _chart(block: Json) -> Iterator[str]:
    yield block["title"]
    chart = block["chart"]
    for segment in chart.get("segments") or ():
        yield f"{segment['label']}: {segment['value']}"
    for series in chart.get("series") or ():
        yield series["name"]
        yield from (f"{point['label']}: {point['value']}" for point in series["data"])


# ------------------------------------------------------------------------------------------------- rich text


def _rich_lines(block: Json) -> Iterator[str]:
    for element in block["elements"]:
        if element["type"] == "rich_text_list":
            yield from ("".join(_inline(item["elements"])) for item in element["elements"])
        else:
            yield "".join(_inline(element["elements"]))


def _inline(elements: list[Json]) -> Iterator[str]:
    for one in elements:
        match one["type"]:
            case "text":
                yield one["text"]
            case "link":
                yield one.get("text") or one["url"]
            case "emoji":
                yield f":{one['name']}:"
            case "user":
                yield f"<@{one['user_id']}>"
            case "usergroup":
                yield f"<!subteam^{one['usergroup_id']}>"
            case "broadcast":
                yield f"<!{one['range']}>"
            case "channel":
                yield f"<#{one['channel_id']}>"
            case _:
                yield str(one.get("fallback") or one.get("value") or "")
