"""What a view looks like on Slack, as the golden text of a test: each block a line or more."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.adapters.slack.outbound import Part, parts_of
from bot.wording.pictures import Facts
from bot.wording.views import Block, Control, Paragraph, Text, Tone, View
from tests.adapters.slack.limits import Payload, decoded, over

GROUP = "S0GROUP"


def words(text: str) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Text(text),))


def said(*blocks: Block, controls: tuple[Control, ...] = ()) -> View:
    """Return a view of *blocks*."""
    return View(Tone.INFO, "Title", "alt", blocks, controls)


def parts(view: View, drawn: Mapping[Facts, str] | None = None, *, native: bool = False) -> tuple[Part, ...]:
    """Return the messages of *view*, none of which is over a limit."""
    made = parts_of(view, drawn=drawn or {}, native=native)
    for number, part in enumerate(made):
        assert over(part.blocks, part.text, called=GROUP if number == 0 else "") == []
    return made


def shown(view: View, drawn: Mapping[Facts, str] | None = None, *, native: bool = False) -> str:
    """Return what *view* looks like, with a line of equal signs between messages."""
    return "\n======\n".join(look(part.blocks) for part in parts(view, drawn, native=native))


def body(view: View, *, native: bool = False) -> str:
    """Return the text of *view* without its title."""
    return shown(view, native=native).split("\n", 1)[-1]


def look(blocks: Sequence[Payload]) -> str:
    """Return what *blocks* look like."""
    return "\n".join(_block(block) for block in blocks)


def _block(block: Payload) -> str:
    match block["type"]:
        case "header":
            return f"# {decoded(block['text']['text'])}"
        case "context":
            return "~ " + " ".join(decoded(one["text"]) for one in block["elements"])
        case "rich_text":
            return "\n".join(_framed(one) for one in block["elements"])
        case "table":
            return "\n".join("| " + " | ".join(_cell(cell) for cell in row) for row in block["rows"])
        case "image":
            return f"<{block['slack_file']['id']}> {block['alt_text']}"
        case "actions":
            return " ".join(_control(one) for one in block["elements"])
        case "input":
            hint = f" ({decoded(block['hint']['text'])})" if "hint" in block else ""
            return f"{decoded(block['label']['text'])}{hint}: {_control(block['element'])}"
        case kind:
            return f"<{kind}>"


def _cell(cell: Payload) -> str:
    return str(cell["text"]) if cell["type"] == "raw_text" else _block(cell)


def _framed(one: Payload) -> str:
    match one["type"]:
        case "rich_text_list":
            return "\n".join(_item(one, place) for place in range(len(one["elements"])))
        case "rich_text_quote":
            return "\n".join(f"> {line}" for line in _runs(one).split("\n"))
        case "rich_text_preformatted":
            bar = "|" if one.get("border") else ""
            return f"{bar}```\n{_runs(one)}\n```"
        case _:
            return _runs(one)


def _item(one: Payload, place: int) -> str:
    mark = "-" if one["style"] == "bullet" else f"{one.get('offset', 0) + place + 1}."
    bar = "|" if one.get("border") else ""
    return f"{bar}{'  ' * one.get('indent', 0)}{mark} {_runs(one['elements'][place])}"


def _runs(one: Payload) -> str:
    return "".join(_run(run) for run in one["elements"])


def _run(run: Payload) -> str:
    style: Mapping[str, Any] = run.get("style", {})
    text = _bare(run)
    for name, mark in (("code", "`"), ("italic", "_"), ("bold", "*")):
        text = f"{mark}{text}{mark}" if style.get(name) else text
    return text


def _bare(run: Payload) -> str:
    match run["type"]:
        case "link":
            return f"[{run['text']}]({run['url']})"
        case "date":
            return f"<{run['timestamp']} {run['format']}>"
        case "emoji":
            return f":{run['name']}:"
        case "channel":
            return f"<#{run['channel_id']}>"
        case "usergroup":
            return f"<!{run['usergroup_id']}>"
        case _:
            return str(run["text"])


def _control(one: Payload) -> str:
    if one["type"] == "button":
        return f"[{decoded(one['text']['text'])}]"
    hint = decoded(one["placeholder"]["text"]) if "placeholder" in one else ""
    options = " | ".join(decoded(option["text"]["text"]) for option in one.get("options", ()))
    return f"<{one['type']} {hint}>".replace(" >", ">") + (f" {options}" if options else "")
