"""The limits of blocks in the emulated Slack: each is kept, and one above it is refused where it stands."""

from collections.abc import AsyncIterator

import pytest

from tests.emulators.slack_blocks import (
    IMAGE,
    MARKED,
    TEXT,
    actions,
    button,
    cell,
    chart,
    rich,
    select,
    table,
)
from tests.emulators.slack_bots import options, plain, section, typed
from tests.emulators.slack_desks import Desk, desk, refusal


@pytest.fixture
async def at() -> AsyncIterator[Desk]:
    """A desk whose posts are not limited in time."""
    async with desk() as it:
        it.server.limits.on = False
        yield it


ALLOWED = {
    "section": section("x" * 3_000),
    "fields": {"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 1_000}] * 10},
    "header": {"type": "header", "text": plain("x" * 150)},
    "context": {"type": "context", "elements": [MARKED] * 9 + [IMAGE]},
    "divider": {"type": "divider"},
    "image": {**IMAGE, "alt_text": "x" * 2_000, "title": plain("A")},
    "actions": actions(*({**button(), "action_id": str(one)} for one in range(25))),
    "button": actions(button(text=plain("x" * 75), value="x" * 2_000, style="primary")),
    "accessory": {**section("x"), "accessory": button()},
    "select": actions(select(options=[*options(*map(str, range(100)))], placeholder=plain("x" * 150))),
    "option": actions(select(options=options("x" * 75))),
    "radio": actions(select("radio_buttons", options=options(*"abcdefghij"))),
    "checkboxes": actions(select("checkboxes", options=options(*"abcdefghij"))),
    "external": actions({"type": "external_select", "action_id": "find", "min_query_length": 1}),
    "several": {**section("x"), "accessory": select("multi_static_select", max_selected_items=2)},
    "overflow": actions(select("overflow", options=options(*"abcde"))),
    "input": typed(multiline=True, max_length=3_000),
    "rich": rich(
        TEXT,
        {"type": "user", "user_id": "U1"},
        {"type": "emoji", "name": "one"},
        {"type": "link", "url": "https://x.test", "text": "x", "style": {"bold": True}},
    ),
    "list": rich({"type": "rich_text_section", "elements": [TEXT]}, kind="rich_text_list", style="bullet"),
    "code": rich(TEXT, kind="rich_text_preformatted", border=0),
    "table": {**table(100, 20), "column_settings": [{"align": "right"}, {"is_wrapped": True}]},
    "rich cell": {"type": "table", "rows": [[cell(), rich(TEXT)]]},
    "data table": {
        "type": "data_table",
        "caption": "Standing",
        "rows": [[cell("Name"), cell("Points")], [cell("Zoe"), {"type": "raw_number", "value": 3}]],
    },
    "chart": chart(),
    "markdown": {"type": "markdown", "text": "x" * 12_000},
    "confirm": actions(
        button(confirm={key: plain("x") for key in ("title", "text", "confirm", "deny")}),
    ),
}

REFUSED = {
    "no more than 3000": (section("x" * 3_001), "must be less than 3001 characters", "text/text"),
    "no empty section": (section(""), "must be more than 0 characters", "text/text"),
    "a section shows something": (
        {"type": "section"},
        "must define either `text` or `fields`",
        "",
    ),
    "no more than 10 fields": (
        {"type": "section", "fields": [MARKED] * 11},
        "no more than 10 items allowed",
        "fields",
    ),
    "a field of 2000": (
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "x" * 2_001}]},
        "must be less than 2001 characters",
        "fields/0/text",
    ),
    "a header of 150": (
        {"type": "header", "text": plain("x" * 151)},
        "must be less than 151 characters",
        "text/text",
    ),
    "a header is plain": ({"type": "header", "text": MARKED}, "must be one of: plain_text", "text/type"),
    "context of 10": (
        {"type": "context", "elements": [MARKED] * 11},
        "no more than 10 items allowed",
        "elements",
    ),
    "a picture with words": (
        {"type": "image", "image_url": "https://x.test"},
        "missing required field: alt_text",
        "",
    ),
    "a picture": (
        {"type": "image", "alt_text": "x"},
        "must define either `image_url` or `slack_file`",
        "",
    ),
    "a file that is there": (
        {"type": "image", "alt_text": "x", "slack_file": {"id": "F1"}},
        "invalid slack file",
        "slack_file",
    ),
    "25 elements": (
        actions(*({**button(), "action_id": str(one)} for one in range(26))),
        "no more than 25 items allowed",
        "elements",
    ),
    "no modal's input in a row": (
        actions({"type": "plain_text_input"}),
        "unsupported element: plain_text_input",
        "elements/0/type",
    ),
    "each action id once": (
        actions(button(), button()),
        "`action_id` go already exists in this block",
        "elements/1/action_id",
    ),
    "an action id of 255": (
        actions(button(action_id="x" * 256)),
        "must be less than 256 characters",
        "elements/0/action_id",
    ),
    "a block id of 255": (section("x", "x" * 256), "must be less than 256 characters", "block_id"),
    "a button of 75": (
        actions(button(text=plain("x" * 76))),
        "must be less than 76 characters",
        "elements/0/text/text",
    ),
    "a value of 2000": (
        actions(button(value="x" * 2_001)),
        "must be less than 2001 characters",
        "elements/0/value",
    ),
    "a style": (actions(button(style="green")), "must be one of: primary, danger", "elements/0/style"),
    "nothing unknown": (
        actions(button(color="red")),
        "invalid additional property: color",
        "elements/0",
    ),
    "100 options": (
        actions(select(options=options(*map(str, range(101))))),
        "no more than 100 items allowed",
        "elements/0/options",
    ),
    "some options": (
        actions({"type": "static_select"}),
        "must define either `options` or `option_groups`",
        "elements/0",
    ),
    "options that differ": (
        actions(select(options=options("a", "a"))),
        "duplicate option values",
        "elements/0",
    ),
    "an option's text of 75": (
        actions(select(options=[{"text": plain("x" * 76), "value": "x"}])),
        "must be less than 76 characters",
        "elements/0/options/0/text/text",
    ),
    "an option's value of 150": (
        actions(select(options=[{"text": plain("x"), "value": "x" * 151}])),
        "must be less than 151 characters",
        "elements/0/options/0/value",
    ),
    "a choice that is there": (
        actions(select(initial_option=options("c")[0])),
        "initial option was not found in the options",
        "elements/0/initial_option",
    ),
    "a placeholder of 150": (
        actions(select(placeholder=plain("x" * 151))),
        "must be less than 151 characters",
        "elements/0/placeholder/text",
    ),
    "ten radio buttons": (
        actions(select("radio_buttons", options=options(*"abcdefghijk"))),
        "no more than 10 items allowed",
        "elements/0/options",
    ),
    "ten checkboxes": (
        actions(select("checkboxes", options=options(*"abcdefghijk"))),
        "no more than 10 items allowed",
        "elements/0/options",
    ),
    "a confirmation's title of 100": (
        actions(
            button(
                confirm={**{k: plain("x") for k in ("text", "confirm", "deny")}, "title": plain("x" * 101)}
            )
        ),
        "must be less than 101 characters",
        "elements/0/confirm/title/text",
    ),
    "a typed text of 3000": (
        typed(max_length=3_001),
        "must be between 1 and 3000",
        "element/max_length",
    ),
    "rich text with its fields": (
        rich({"type": "user"}),
        "missing required field: user_id",
        "elements/0/elements/0",
    ),
    "rich text that is known": (
        rich({"type": "mrkdwn", "text": "x"}),
        "unsupported rich text element: mrkdwn",
        "elements/0/elements/0/type",
    ),
    "a list in a style": (
        rich({"type": "rich_text_section", "elements": [TEXT]}, kind="rich_text_list"),
        "missing required field: style",
        "elements/0",
    ),
    "a broadcast's range": (
        rich({"type": "broadcast", "range": "all"}),
        "must be one of: here, channel, everyone",
        "elements/0/elements/0/range",
    ),
    "100 rows": (table(101, 1), "no more than 100 items allowed", "rows"),
    "20 columns": (table(1, 21), "no more than 20 items allowed", "rows/0"),
    "10,000 characters in a table": (
        table(2, 1, "x" * 5_001),
        "must be less than 10001 characters in all cells",
        "rows",
    ),
    "a cell is text": (
        {"type": "table", "rows": [[MARKED]]},
        "unsupported type: mrkdwn",
        "rows/0/0/type",
    ),
    "rows as long as another": (
        {"type": "table", "rows": [[cell()], [cell(), cell()]]},
        "all rows must have the same number of cells",
        "rows",
    ),
    "a data table has a caption": (
        {"type": "data_table", "rows": [[cell()], [cell()]]},
        "missing required field: caption",
        "",
    ),
    "a data table's head is plain": (
        {"type": "data_table", "caption": "x", "rows": [[rich(TEXT)], [cell()]]},
        "rich_text is not allowed in the header",
        "rows/0/0/type",
    ),
    "a chart's labels": (
        chart(axis_config={"categories": ["A", "C"]}),
        "labels must match the categories",
        "chart/series/0/data",
    ),
    "a markdown block of 12,000": (
        {"type": "markdown", "text": "x" * 12_001},
        "must be less than 12001 characters",
        "text",
    ),
    "a block that there is": ({"type": "marquee"}, "unsupported type: marquee", "type"),
}


@pytest.mark.parametrize("name", ALLOWED)
async def test_what_keeps_a_limit_is_shown(at: Desk, name: str) -> None:
    """The limit itself is allowed."""
    message = await at.post(ALLOWED[name])

    assert message.blocks[0]["type"] == ALLOWED[name]["type"]
    assert not message.without_text


@pytest.mark.parametrize("name", REFUSED)
async def test_what_breaks_a_limit_is_refused_with_its_place(at: Desk, name: str) -> None:
    """The answer says what is wrong, and where."""
    block, what, place = REFUSED[name]
    answer = await refusal(at.post(block))
    pointer = f"/blocks/0/{place}".rstrip("/")

    assert answer["error"] == "invalid_blocks"
    assert f"[ERROR] {what} [json-pointer:{pointer}]" in answer["response_metadata"]["messages"]
    assert f"{what} [json-pointer:{pointer}]" in answer["errors"]
