"""What people press, choose from and fill in, as far as Slack allows it."""

from typing import Final

from tests.emulators.slack.checks import (
    LONGEST_URL,
    Check,
    Form,
    a_file,
    action_id,
    any_text,
    anything,
    either,
    flag,
    focus,
    items,
    kinds,
    number,
    one_of,
    plain,
    shape,
    text,
)

LONGEST_BUTTON: Final = 75
LONGEST_BUTTON_VALUE: Final = 2_000
LONGEST_OPTION: Final = 75
LONGEST_OPTION_VALUE: Final = 150
LONGEST_PLACEHOLDER: Final = 150
LONGEST_INPUT: Final = 3_000
LONGEST_ALT: Final = 2_000
MOST_OPTIONS: Final = 100
MOST_CHOICES: Final = 10
"""How many options radio buttons and checkboxes have at most."""

_STYLE = one_of("primary", "danger")
_TYPE: dict[str, Check] = {"type": anything}
CONFIRM: Final = shape(
    {"title": plain(100), "text": any_text(300), "confirm": plain(30), "deny": plain(30)}, {"style": _STYLE}
)


def _option(said: Check, more: dict[str, Check] | None = None) -> Check:
    allowed = {"description": said, **(more or {})}
    return shape({"text": said, "value": text(LONGEST_OPTION_VALUE, 1)}, allowed)


OPTION: Final = _option(plain(LONGEST_OPTION))
_MARKED = _option(any_text(LONGEST_OPTION))
_GROUP = shape({"label": plain(75), "options": items(OPTION, 1, MOST_OPTIONS)})
_ACTION: dict[str, Check] = {"action_id": action_id}
_CHOICE = {**_ACTION, "confirm": CONFIRM, "focus_on_load": focus}
_PLACED = {**_CHOICE, "placeholder": plain(LONGEST_PLACEHOLDER)}
_SEVERAL = {**_PLACED, "max_selected_items": number(1, MOST_OPTIONS)}


def _initial_among(form: Form, path: str, value: object) -> None:
    """Check that what is chosen at first is among the options."""
    if not isinstance(value, dict):
        return
    groups = value.get("option_groups") or [{"options": value.get("options") or []}]
    there = [option for group in groups for option in group.get("options") or []]
    for key, chosen in (
        ("initial_option", [value.get("initial_option")]),
        ("initial_options", value.get("initial_options") or []),
    ):
        if any(one is not None and one not in there for one in chosen):
            form.add(f"{path}/{key}", "initial option was not found in the options")
    values = [option.get("value") for option in there if isinstance(option, dict)]
    if len(values) != len(set(values)):
        form.add(path, "duplicate option values")


def _static(*, several: bool) -> Check:
    initial: dict[str, Check] = {"initial_option": anything}
    if several:
        initial = {"initial_options": items(anything, 1, MOST_OPTIONS)}
    own = {"options": items(OPTION, 1, MOST_OPTIONS), "option_groups": items(_GROUP, 1, MOST_OPTIONS)}
    placed = _SEVERAL if several else _PLACED
    return shape(_TYPE, {**placed, **own, **initial}, either("options", "option_groups"), _initial_among)


def _external(*, several: bool) -> Check:
    least = {"min_query_length": number(0, LONGEST_INPUT)}
    if several:
        return shape(_TYPE, {**_SEVERAL, **least, "initial_options": items(OPTION, 1, MOST_OPTIONS)})
    return shape(_TYPE, {**_PLACED, **least, "initial_option": OPTION})


def _choices(initial: dict[str, Check]) -> Check:
    needed = {**_TYPE, "options": items(_MARKED, 1, MOST_CHOICES)}
    return shape(needed, {**_CHOICE, **initial}, _initial_among)


def _picked(initial: str) -> Check:
    return shape(_TYPE, {**_PLACED, initial: anything, "timezone": anything})


def _ones(what: str, *, several: bool) -> Check:
    more: dict[str, Check] = {"response_url_enabled": flag, "filter": anything}
    more["default_to_current_conversation"] = flag
    if several:
        return shape(_TYPE, {**_SEVERAL, **more, f"initial_{what}s": items(anything, 1, MOST_OPTIONS)})
    return shape(_TYPE, {**_PLACED, **more, f"initial_{what}": anything})


_DISPATCH = shape({}, {"trigger_actions_on": items(one_of("on_enter_pressed", "on_character_entered"), 1, 2)})
_TYPED = {
    **_ACTION,
    "placeholder": plain(LONGEST_PLACEHOLDER),
    "focus_on_load": focus,
    "dispatch_action_config": _DISPATCH,
    "initial_value": text(LONGEST_INPUT),
}


def _lengths(form: Form, path: str, value: object) -> None:
    """Check that a text may be as long as it must."""
    if isinstance(value, dict) and (value.get("min_length") or 0) > (
        value.get("max_length") or LONGEST_INPUT
    ):
        form.add(f"{path}/min_length", "must not be greater than max_length")


BUTTON: Final = shape(
    {"type": anything, "text": plain(LONGEST_BUTTON)},
    {
        **_ACTION,
        "value": text(LONGEST_BUTTON_VALUE),
        "url": text(LONGEST_URL),
        "style": _STYLE,
        "confirm": CONFIRM,
        "accessibility_label": text(75),
    },
)
IMAGE: Final = shape(
    {"type": anything, "alt_text": text(LONGEST_ALT, 1)},
    {"image_url": text(LONGEST_URL, 1), "slack_file": a_file},
    either("image_url", "slack_file"),
)
ELEMENTS: Final[dict[str, Check]] = {
    "button": BUTTON,
    "static_select": _static(several=False),
    "multi_static_select": _static(several=True),
    "external_select": _external(several=False),
    "multi_external_select": _external(several=True),
    "radio_buttons": _choices({"initial_option": anything}),
    "checkboxes": _choices({"initial_options": items(anything, 1, MOST_CHOICES)}),
    "overflow": shape(
        {
            **_TYPE,
            "options": items(_option(plain(LONGEST_OPTION), {"url": text(LONGEST_URL)}), 1, 5),
        },
        {**_ACTION, "confirm": CONFIRM},
    ),
    "users_select": _ones("user", several=False),
    "conversations_select": _ones("conversation", several=False),
    "channels_select": _ones("channel", several=False),
    "multi_users_select": _ones("user", several=True),
    "multi_conversations_select": _ones("conversation", several=True),
    "multi_channels_select": _ones("channel", several=True),
    "datepicker": _picked("initial_date"),
    "timepicker": _picked("initial_time"),
    "datetimepicker": shape(_TYPE, {**_CHOICE, "initial_date_time": number(10**9, 10**10 - 1)}),
    "plain_text_input": shape(
        _TYPE,
        {
            **_TYPED,
            "multiline": flag,
            "min_length": number(0, LONGEST_INPUT),
            "max_length": number(1, LONGEST_INPUT),
        },
        _lengths,
    ),
    "number_input": shape(
        {**_TYPE, "is_decimal_allowed": flag},
        {**_TYPED, "min_value": text(50), "max_value": text(50)},
    ),
    "email_text_input": shape(_TYPE, _TYPED),
    "url_text_input": shape(_TYPE, _TYPED),
    "rich_text_input": shape(_TYPE, {**_TYPED, "initial_value": anything}),
    "file_input": shape(_TYPE, {**_ACTION, "filetypes": anything, "max_files": number(1, 10)}),
}
_SELECTS = {f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")}
_MULTIPLE = {f"multi_{name}" for name in _SELECTS}
_PICKERS = {"datepicker", "timepicker", "datetimepicker"}
_BOXES = {"radio_buttons", "checkboxes"}
IN_ACTIONS: Final = frozenset({"button", "overflow", *_SELECTS, *_PICKERS, *_BOXES})
IN_SECTION: Final = frozenset({*IN_ACTIONS, *_MULTIPLE} - {"datetimepicker"})
IN_INPUT: Final = frozenset(set(ELEMENTS) - {"button", "overflow"})
TYPED: Final = frozenset(name for name in ELEMENTS if name.endswith("_input"))
_SUGGESTION = kinds({"plain_text": plain(LONGEST_OPTION)})
SUGGESTIONS: Final = shape(
    {},
    {
        "options": items(_option(_SUGGESTION), 0, MOST_OPTIONS),
        "option_groups": items(
            shape({"label": plain(75), "options": items(_option(_SUGGESTION), 0, MOST_OPTIONS)}),
            0,
            MOST_OPTIONS,
        ),
    },
)
"""What an app may suggest for a select whose options it looks up."""
