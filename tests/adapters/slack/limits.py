"""The limits of Slack's messages, forms and tabs, and what in them could call somebody."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

Payload = Mapping[str, Any]

CALLING: Final = {"user", "usergroup", "broadcast", "team"}
STYLES: Final = {"bold", "italic", "code"}
INSIDE_RICH: Final = {
    "rich_text_section",
    "rich_text_list",
    "rich_text_quote",
    "rich_text_preformatted",
}
ROW_KINDS: Final = {"button", "static_select", "external_select"}
INPUT_KINDS: Final = {
    "plain_text_input",
    "static_select",
    "multi_static_select",
    "radio_buttons",
    "checkboxes",
}
_ENTITY: Final = re.compile("&(amp|lt|gt);")


def long(text: str) -> int:
    """Return how long *text* is."""
    return len(text.encode("utf-16-le")) // 2


def decoded(text: str) -> str:
    """Return *text* as Slack shows it, which decodes three signs."""
    return _ENTITY.sub(lambda found: {"amp": "&", "lt": "<", "gt": ">"}[found[1]], text)


def walked(payload: object) -> Iterator[Payload]:
    """Yield every object with a type, the outer before the inner."""
    if isinstance(payload, Mapping):
        if "type" in payload:
            yield payload
        for value in payload.values():
            yield from walked(value)
    elif isinstance(payload, list | tuple):
        for one in payload:
            yield from walked(one)


def words(blocks: Sequence[Payload]) -> str:
    """Return what somebody reads in *blocks*, without what stands on controls."""
    return "".join(_words(blocks))


def _words(blocks: Sequence[Payload]) -> Iterator[str]:
    for block in blocks:
        match block["type"]:
            case "header":
                yield decoded(block["text"]["text"])
            case "context":
                yield from (decoded(one["text"]) for one in block["elements"])
            case "rich_text":
                yield from (_said(one) for one in walked(block))
            case "table":
                yield from (cell["text"] for row in block["rows"] for cell in row if "text" in cell)
                yield from (_said(one) for row in block["rows"] for one in walked(row))
            case "image":
                yield block["alt_text"]
            case _:
                pass


def _said(one: Payload) -> str:
    match one["type"]:
        case "text" | "link":
            return str(one["text"])
        case "date":
            return str(one["fallback"])
        case _:
            return ""


def over(blocks: Sequence[Payload], text: str, *, called: str = "") -> list[str]:
    """Return what in a message is over a limit; *called* is the group that it may call."""
    wrong = list(_over(blocks, most=50))
    if len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":"))) > 12_000:
        wrong.append("too much")
    if not 0 < long(text) <= 4000 or not text.strip() or re.search("[<>]|&(?!amp;|lt;|gt;)", text):
        wrong.append(f"text: {text!r}")
    if any(block["type"] in {"input", "divider"} for block in blocks):
        wrong.append("a block of another place")
    calls = [one for one in walked(blocks) if one["type"] in CALLING]
    if calls not in ([], [{"type": "usergroup", "usergroup_id": called}]):
        wrong.append(f"calls: {calls}")
    return wrong


def over_modal(modal: Payload) -> list[str]:
    """Return what in a form is over a limit."""
    wrong = list(_over(modal["blocks"], most=100))
    inputs = [block for block in modal["blocks"] if block["type"] == "input"]
    heads = [modal[name] for name in ("title", "close", "submit") if name in modal]
    wrong.extend(f"head: {head!r}" for head in heads if not 0 < long(head["text"]) <= 24)
    if bool(inputs) != ("submit" in modal) or long(modal.get("callback_id", "")) > 255:
        wrong.append("a form that cannot be sent, or no form")
    if any(block["type"] == "table" for block in modal["blocks"]):
        wrong.append("a block of another place")
    if any(one["type"] in CALLING for one in walked(modal)):
        wrong.append("calls somebody")
    return wrong


def over_home(home: Payload) -> list[str]:
    """Return what in a home tab is over a limit."""
    wrong = list(_over(home["blocks"], most=100)) if home["blocks"] else []
    if home["type"] != "home" or any(one["type"] in CALLING | {"table"} for one in walked(home)):
        wrong.append("no home")
    return wrong


def _over(blocks: Sequence[Payload], *, most: int) -> Iterator[str]:
    if not 1 <= len(blocks) <= most:
        yield f"{len(blocks)} blocks"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) < len(ids) or not all(0 < len(id_) <= 255 for id_ in ids):
        yield "block ids"
    actions = [
        one["action_id"] for block in blocks for one in block.get("elements", ()) if "action_id" in one
    ]
    if len(set(actions)) < len(actions):
        yield "an action id twice"
    for block in blocks:
        yield from _over_block(block)
    for one in walked(blocks):
        yield from _over_any(one)
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield "several tables"


def _over_block(block: Payload) -> Iterator[str]:  # noqa: C901 - one case a block
    match block["type"]:
        case "header":
            yield from _length("header", block["text"], 150)
        case "context" if not 1 <= len(block["elements"]) <= 10:
            yield "context"
        case "actions":
            if (
                not 1 <= len(block["elements"]) <= 25
                or {one["type"] for one in block["elements"]} - ROW_KINDS
            ):
                yield "actions"
        case "image" if not 0 < long(block["alt_text"]) <= 2000 or not block["slack_file"]["id"]:
            yield "image"
        case "input":
            yield from _length("label", block["label"], 2000)
            yield from _length("hint", block.get("hint"), 2000)
            if block["element"]["type"] not in INPUT_KINDS:
                yield "an input of another place"
        case "rich_text":
            yield from _rich(block)
        case "table":
            yield from _table(block)
        case kind:
            if kind not in {"context", "image", "divider"}:
                yield f"a block {kind}"


def _rich(block: Payload) -> Iterator[str]:
    if not block["elements"]:
        yield "an empty rich text"
    for one in block["elements"]:
        if one["type"] not in INSIDE_RICH or not one["elements"]:
            yield f"in a rich text: {one}"
        inner = {child["type"] for child in one["elements"]}
        if (one["type"] == "rich_text_list") != (inner == {"rich_text_section"}):
            yield "a list of something else"
        if one["type"] == "rich_text_preformatted" and (inner - {"text", "link"} or "style" in str(one)):
            yield "more than words in a box of code"
        if not 0 <= one.get("indent", 0) <= 8:
            yield "indent"


def _table(block: Payload) -> Iterator[str]:
    rows = block["rows"]
    if not 1 <= len(rows) <= 100 or len({len(row) for row in rows}) > 1 or not 1 <= len(rows[0]) <= 20:
        yield "rows of a table"
    if len(block["column_settings"]) > 20 or long(words([block])) > 10_000:
        yield "a table"
    if {cell["type"] for row in rows for cell in row} - {"raw_text", "rich_text"}:
        yield "cells of a table"


def _over_any(one: Payload) -> Iterator[str]:
    if "action_id" in one and not 0 < long(one["action_id"]) <= 255:
        yield "an action id"
    match one["type"]:
        case "mrkdwn":
            yield "markup"
        case "plain_text" if one["emoji"] or not 0 < long(one["text"]) <= 3000:
            yield f"plain text: {one}"
        case "text" | "link" | "raw_text" if not one["text"]:
            yield "no text"
        case "date" if not one["fallback"] or not isinstance(one["timestamp"], int):
            yield "date"
        case "button":
            yield from _length("label", one["text"], 75)
            if long(one["value"]) > 2000 or long(one.get("accessibility_label", "")) > 75:
                yield "button"
        case _:
            yield from _chosen(one)
    if set(one.get("style", ())) - STYLES and isinstance(one.get("style"), dict):
        yield "style"


def _chosen(one: Payload) -> Iterator[str]:
    yield from _length("placeholder", one.get("placeholder"), 150)
    if one["type"] == "plain_text_input" and not 1 <= one["max_length"] <= 3000:
        yield "the length of an input"
    options = one.get("options")
    if options is None:
        return
    most = 10 if one["type"] in {"radio_buttons", "checkboxes"} else 100
    values = {option["value"] for option in options}
    if not 1 <= len(options) <= most or len(values) < len(options):
        yield "options"
    for option in options:
        yield from _length("option", option["text"], 75)


def _length(name: str, text: Payload | None, most: int) -> Iterator[str]:
    if text is not None and not 0 < long(text["text"]) <= most:
        yield f"{name}: {text['text']!r}"
