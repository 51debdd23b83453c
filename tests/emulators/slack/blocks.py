"""Blocks, as far as Slack allows them: how many, of which kinds, how long, and where."""

from collections.abc import Mapping
from typing import Final

from tests.emulators.slack.checks import (
    LONGEST_ID,
    LONGEST_URL,
    Check,
    Form,
    a_file,
    any_text,
    anything,
    either,
    flag,
    items,
    kinds,
    number,
    one_of,
    only,
    plain,
    real,
    shape,
    text,
)
from tests.emulators.slack.elements import ELEMENTS, IMAGE, IN_ACTIONS, IN_INPUT, IN_SECTION, LONGEST_ALT
from tests.emulators.slack.rich_texts import ELEMENTS as RICH
from tests.emulators.slack.rich_texts import rich_cell
from tests.emulators.slack.texts import cell_text

MOST_BLOCKS: Final = {"message": 50, "modal": 100, "home": 100}
LONGEST_SECTION: Final = 3_000
LONGEST_FIELD: Final = 2_000
LONGEST_HEADER: Final = 150
LONGEST_MARKDOWN: Final = 12_000
LONGEST_LABEL: Final = 2_000
MOST_ELEMENTS: Final = 25
MOST_FIELDS: Final = 10
MOST_CONTEXT: Final = 10
MOST_ROWS: Final = 100
MOST_COLUMNS: Final = 20
MOST_CELLS: Final = 10_000
"""How many characters the cells of all tables of a message have together at most."""

MOST_CHARTS: Final = 2


def _block_id(form: Form, path: str, value: object) -> None:
    text(LONGEST_ID)(form, path, value)
    if isinstance(value, str) and value in form.block_ids:
        form.add(path, f"`block_id` {value} already exists")
    form.block_ids.add(str(value))


def _block(needed: Mapping[str, Check], allowed: Mapping[str, Check] = {}, *more: Check) -> Check:
    return shape({"type": anything, **needed}, {"block_id": _block_id, **allowed}, *more)


# ---------------------------------------------------------------------------------------------------- tables

_RAW = shape({"type": anything, "text": text(MOST_CELLS)})
_NUMBER = shape({"type": anything, "value": real}, {"text": text(MOST_CELLS)})
_COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})
_CELL = kinds({"raw_text": _RAW, "rich_text": rich_cell})
_DATA_CELL = kinds({"raw_text": _RAW, "rich_text": rich_cell, "raw_number": _NUMBER})


def _even(form: Form, path: str, value: object) -> None:
    """Check that all rows have as many cells, and that there is not too much in them."""
    if form.wrong or not isinstance(value, dict):
        return
    rows = value["rows"]
    if len({len(row) for row in rows}) > 1:
        form.add(f"{path}/rows", "all rows must have the same number of cells")
    if sum(len(cell_text(cell)) for row in rows for cell in row) > MOST_CELLS:
        form.add(f"{path}/rows", f"must be less than {MOST_CELLS + 1} characters in all cells")


def _heads(form: Form, path: str, value: object) -> None:
    if not form.wrong and isinstance(value, dict):
        for index, cell in enumerate(value["rows"][0]):
            if cell["type"] == "rich_text":
                form.add(f"{path}/rows/0/{index}/type", "rich_text is not allowed in the header")


# ---------------------------------------------------------------------------------------------------- charts

_POINT = shape({"label": text(20, 1), "value": real})
_SERIES = shape({"name": text(20, 1), "data": items(_POINT, 1, 20)})
_AXIS = shape({"categories": items(text(20, 1), 1, 20)}, {"x_label": text(50), "y_label": text(50)})
_PLOT = shape({"type": anything, "series": items(_SERIES, 1, 6), "axis_config": _AXIS})
_PIE = shape({"type": anything, "segments": items(_POINT, 1, 6)})
_CHART = kinds({"pie": _PIE, "bar": _PLOT, "area": _PLOT, "line": _PLOT})


def _drawn(form: Form, path: str, value: object) -> None:
    """Check that a chart has a number for each label, and that no slice of a pie is empty."""
    if form.wrong or not isinstance(value, dict):
        return
    chart = value["chart"]
    if any(segment["value"] <= 0 for segment in chart.get("segments") or ()):
        form.add(f"{path}/chart/segments", "values must be positive")
    series = chart.get("series") or []
    if len({one["name"] for one in series}) != len(series):
        form.add(f"{path}/chart/series", "names must be unique")
    for index, one in enumerate(series):
        if [point["label"] for point in one["data"]] != chart["axis_config"]["categories"]:
            form.add(f"{path}/chart/series/{index}/data", "labels must match the categories")


# ---------------------------------------------------------------------------------------------------- blocks

_IN_CONTEXT = {
    "image": IMAGE,
    "plain_text": plain(LONGEST_SECTION),
    "mrkdwn": shape({"type": anything, "text": text(LONGEST_SECTION, 1)}, {"verbatim": flag}),
}
_IMAGE = _block(
    {"alt_text": text(LONGEST_ALT, 1)},
    {"image_url": text(LONGEST_URL, 1), "slack_file": a_file, "title": plain(2_000)},
    either("image_url", "slack_file"),
)
EVERYWHERE: Final[dict[str, Check]] = {
    "section": _block(
        {},
        {
            "text": any_text(LONGEST_SECTION),
            "fields": items(any_text(LONGEST_FIELD), 1, MOST_FIELDS),
            "accessory": kinds({**only(ELEMENTS, IN_SECTION), "image": IMAGE}, "accessory"),
            "expand": flag,
        },
        either("text", "fields"),
    ),
    "header": _block({"text": plain(LONGEST_HEADER)}, {"level": number(1, 4)}),
    "divider": _block({}),
    "context": _block({"elements": items(kinds(_IN_CONTEXT), 1, MOST_CONTEXT)}),
    "image": _IMAGE,
    "actions": _block({"elements": items(kinds(only(ELEMENTS, IN_ACTIONS), "element"), 1, MOST_ELEMENTS)}),
    "input": _block(
        {"label": plain(LONGEST_LABEL), "element": kinds(only(ELEMENTS, IN_INPUT), "element")},
        {"hint": plain(LONGEST_LABEL), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": _block({"elements": RICH}),
}
IN_MESSAGES: Final[dict[str, Check]] = {
    **EVERYWHERE,
    "markdown": _block({"text": text(LONGEST_MARKDOWN, 1)}),
    "table": _block(
        {"rows": items(items(_CELL, 1, MOST_COLUMNS), 1, MOST_ROWS)},
        {"column_settings": items(_COLUMN, 1, MOST_COLUMNS)},
        _even,
    ),
    "data_table": _block(
        {
            "rows": items(items(_DATA_CELL, 1, MOST_COLUMNS), 2, MOST_ROWS + 1),
            "caption": text(LONGEST_SECTION, 1),
        },
        {"page_size": number(1, 100), "row_header_column_index": number(0, MOST_COLUMNS - 1)},
        _even,
        _heads,
    ),
    "data_visualization": _block({"title": text(50, 1), "chart": _CHART}, {}, _drawn),
}
_ALERT = _block(
    {"text": any_text(LONGEST_SECTION)},
    {"level": one_of("default", "info", "warning", "error", "success")},
)
KINDS: Final[dict[str, Mapping[str, Check]]] = {
    "message": IN_MESSAGES,
    "modal": {**EVERYWHERE, "alert": _ALERT},
    "home": EVERYWHERE,
}


def check_blocks(form: Form, path: str, blocks: object) -> None:
    """Check the blocks of a message or a view; *form* knows of which."""
    if not isinstance(blocks, list):
        form.add(path, "must provide an array")
        return
    most = MOST_BLOCKS[form.surface]
    if len(blocks) > most:
        form.add(path, f"no more than {most} items allowed")
    each = kinds(KINDS[form.surface], "type")
    for index, block in enumerate(blocks[: most + 1]):
        form.action_ids = set()
        each(form, f"{path}/{index}", block)
    if not form.wrong:
        _check_totals(form, path, blocks)


def _check_totals(form: Form, path: str, blocks: list[dict[str, object]]) -> None:
    tables = [block for block in blocks if block["type"] in {"table", "data_table"}]
    rows = [row for table in tables for row in table["rows"]]  # type: ignore[attr-defined]  # checked before
    if len(tables) > 1 and sum(len(cell_text(cell)) for row in rows for cell in row) > MOST_CELLS:
        form.add(path, f"tables must be less than {MOST_CELLS + 1} characters together")
    if sum(block["type"] == "data_visualization" for block in blocks) > MOST_CHARTS:
        form.add(path, f"no more than {MOST_CHARTS} charts allowed")
