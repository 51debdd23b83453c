"""Rich text, as far as Slack allows it."""

from typing import Final

from tests.emulators.slack.checks import (
    Check,
    Form,
    anything,
    flag,
    items,
    kinds,
    number,
    one_of,
    shape,
    text,
)

MOST: Final = 1_000
_ANY: Final = 100_000
_STYLE = shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "code", "underline", "highlight", "client_highlight", "unlink"), flag
    ),
)
_STYLED: dict[str, Check] = {"style": _STYLE}


def _element(*needed: str, **allowed: Check) -> Check:
    return shape({"type": anything, **{key: text(_ANY, 1) for key in needed}}, {**_STYLED, **allowed})


INLINE: Final[dict[str, Check]] = {
    "text": _element("text"),
    "link": _element("url", text=text(_ANY), unsafe=flag),
    "emoji": _element("name", unicode=text(64), skin_tone=number(1, 6)),
    "user": _element("user_id"),
    "usergroup": _element("usergroup_id"),
    "channel": _element("channel_id"),
    "team": _element("team_id"),
    "color": _element("value"),
    "broadcast": shape({"type": anything, "range": one_of("here", "channel", "everyone")}, _STYLED),
    "date": shape(
        {"type": anything, "timestamp": number(0, 10**11), "format": text(_ANY, 1)},
        {**_STYLED, "url": text(_ANY), "fallback": text(_ANY)},
    ),
}
_INLINE = items(kinds(INLINE, "rich text element"), 0, MOST)
_SECTION = shape({"type": anything, "elements": _INLINE})
_PLAIN = items(kinds({key: INLINE[key] for key in ("text", "link")}, "rich text element"), 0, MOST)
_BORDER: dict[str, Check] = {"border": number(0, 1)}
PARTS: Final[dict[str, Check]] = {
    "rich_text_section": _SECTION,
    "rich_text_quote": shape({"type": anything, "elements": _INLINE}, _BORDER),
    "rich_text_preformatted": shape(
        {"type": anything, "elements": _PLAIN}, {**_BORDER, "language": text(64)}
    ),
    "rich_text_list": shape(
        {
            "type": anything,
            "style": one_of("bullet", "ordered"),
            "elements": items(kinds({"rich_text_section": _SECTION}), 1, MOST),
        },
        {**_BORDER, "indent": number(0, 8), "offset": number(0, 10**6)},
    ),
}
ELEMENTS: Final = items(kinds(PARTS, "rich text element"), 1, MOST)


def rich_cell(form: Form, path: str, value: object) -> None:
    """Check a cell of a table that is rich text."""
    shape({"type": anything, "elements": ELEMENTS}, {"block_id": text(255)})(form, path, value)
