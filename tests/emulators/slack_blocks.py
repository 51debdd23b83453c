"""Blocks for the emulator's own tests."""

from tests.emulators.slack_bots import options, plain
from tests.emulators.slack_desks import Json


def actions(*elements: Json) -> Json:
    """Return a row of elements."""
    return {"type": "actions", "elements": list(elements)}


def button(**more: object) -> Json:
    """Return a button."""
    return {"type": "button", "text": plain("Go"), "action_id": "go", **more}


def select(kind: str = "static_select", **more: object) -> Json:
    """Return a select, or what is made like one."""
    return {"type": kind, "action_id": "pick", "options": options("a", "b"), **more}


def rich(*inline: Json, kind: str = "rich_text_section", **more: object) -> Json:
    """Return a block of rich text."""
    return {"type": "rich_text", "elements": [{"type": kind, "elements": list(inline), **more}]}


def cell(text: str = "x") -> Json:
    """Return a cell of a table."""
    return {"type": "raw_text", "text": text}


def table(rows: int, columns: int, text: str = "x") -> Json:
    """Return a table."""
    return {"type": "table", "rows": [[cell(text) for _ in range(columns)] for _ in range(rows)]}


def chart(**more: object) -> Json:
    """Return a chart of bars."""
    points = [{"label": "A", "value": 3}, {"label": "B", "value": 4}]
    plot: Json = {"type": "bar", "series": [{"name": "All", "data": points}]}
    plot["axis_config"] = {"categories": ["A", "B"]}
    return {"type": "data_visualization", "title": "Answers", "chart": {**plot, **more}}


MARKED: Json = {"type": "mrkdwn", "text": "x"}
IMAGE: Json = {"type": "image", "image_url": "https://x.test/a.png", "alt_text": "A picture"}
TEXT: Json = {"type": "text", "text": "x"}
