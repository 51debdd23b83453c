"""What people fill in: the state of an element, and what of it is sent when it is used."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from tests.emulators.slack.payloads import file_json
from tests.emulators.slack.refusals import Json
from tests.emulators.slack.residents import File, elements_of

Filled = str | int | Sequence[str] | File | None
State = dict[str, dict[str, Json]]
"""What was filled in, by block id and action id."""

_ONE_OPTION: Final = frozenset({"static_select", "external_select", "radio_buttons", "overflow"})
_OPTIONS: Final = frozenset({"multi_static_select", "multi_external_select", "checkboxes"})
EXTERNAL: Final = frozenset({"external_select", "multi_external_select"})
_NAMED: Final = {
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "rich_text_input": ("rich_text_value", "initial_value"),
}
_STATELESS: Final = frozenset({"button", "overflow"})


class ImpossibleError(Exception):
    """A person cannot do that: the client would not let them."""


def initial(element: Json) -> Json:
    """Return what is filled in before anybody does."""
    kind = element["type"]
    if kind in _ONE_OPTION:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in _OPTIONS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind in _NAMED:
        selected, first = _NAMED[kind]
        return {"type": kind, selected: element.get(first, [] if kind.startswith("multi_") else None)}
    if kind == "file_input":
        return {"type": kind, "files": []}
    return {"type": kind, "value": element.get("initial_value")}


def state_of(blocks: list[Json], before: State | None = None) -> State:
    """Return the state of all inputs; what was filled in *before* stays where both ids are the same."""
    state: State = {}
    for block, element in elements_of(blocks):
        if element["type"] in _STATELESS:
            continue
        block_id, action_id = block["block_id"], element["action_id"]
        kept = (before or {}).get(block_id, {}).get(action_id)
        if kept is None or kept["type"] != element["type"]:
            kept = initial(element)
        state.setdefault(block_id, {})[action_id] = kept
    return state


def filled(element: Json, value: Filled, suggested: Sequence[Json] = (), *, force: bool = False) -> Json:
    """Return the state of *element* with *value* in it: options by their value or their text.

    Raises ImpossibleError when the client would not let a person choose or type that.
    """
    kind = element["type"]
    if kind == "file_input":
        return {"type": kind, "files": [file_json(value)] if isinstance(value, File) else []}
    if isinstance(value, File):
        raise ImpossibleError("A file goes into no other element.")
    if kind in _ONE_OPTION:
        one = value if value is None or isinstance(value, str | int) else next(iter(value), None)
        chosen = None if one is None else _option(element, str(one), suggested, force=force)
        return {"type": kind, "selected_option": chosen}
    if kind in _OPTIONS:
        several = [value] if isinstance(value, str | int) else list(value or ())
        options = [_option(element, str(one), suggested, force=force) for one in several]
        if len(options) > element.get("max_selected_items", len(options)) and not force:
            raise ImpossibleError(f"No more than {element['max_selected_items']} may be chosen.")
        return {"type": kind, "selected_options": options}
    if kind in _NAMED:
        listed = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
        return {"type": kind, _NAMED[kind][0]: _alone(kind, listed)}
    return {"type": kind, "value": _typed(element, value, force=force)}


def _alone(kind: str, value: object) -> object:
    several = kind.startswith("multi_")
    if isinstance(value, list) and not several and kind != "rich_text_input":
        return value[0] if value else None
    return [value] if several and not isinstance(value, list) else value


def _typed(element: Json, value: Filled, *, force: bool) -> str | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str | int):
        raise ImpossibleError("A text is typed, not a list.")
    text = str(value)
    if len(text) > element.get("max_length", 3_000) and not force:
        raise ImpossibleError(f"No more than {element.get('max_length', 3_000)} characters can be typed.")
    return text


def _option(element: Json, wanted: str, suggested: Sequence[Json], *, force: bool) -> Json:
    groups: list[Json] = element.get("option_groups") or [{"options": element.get("options") or []}]
    there = [*suggested, *(option for group in groups for option in group["options"])]
    by_value = (one for one in there if one.get("value") == wanted)
    found = next(by_value, next((one for one in there if one["text"]["text"] == wanted), None))
    if found is not None:
        return dict(found)
    if force:
        return {"text": {"type": "plain_text", "text": wanted, "emoji": True}, "value": wanted}
    offered = ", ".join(str(one.get("value")) for one in there) or "nothing"
    raise ImpossibleError(f"There is no option {wanted}; there is {offered}.")


def missing(block: Json, state: Json) -> str | None:
    """Return what Slack's client says of an input that may not be sent off so; None when it may."""
    value = next((one for key, one in state.items() if key != "type"), None)
    if value in (None, "", []):
        return None if block.get("optional") else "Please complete this required field."
    least = block["element"].get("min_length", 0)
    if isinstance(value, str) and len(value) < least:
        return f"Please enter at least {least} characters."
    if block["element"]["type"] == "number_input":
        return _no_number(block["element"], str(value))
    return None


def _no_number(element: Json, text: str) -> str | None:
    try:
        number = float(text) if element.get("is_decimal_allowed") else int(text)
    except ValueError:
        return "Please enter a number."
    if number < float(element.get("min_value", number)) or number > float(element.get("max_value", number)):
        return "Please enter a number that is in range."
    return None


def action(block: Json, element: Json, state: Json | None, at: datetime) -> Json:
    """Return what is sent of an element that was used at the time *at*."""
    said: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": f"{at.timestamp():.6f}",
    }
    if state is not None:
        return {**said, **state}
    for key in ("text", "value", "style", "url"):
        if key in element:
            said[key] = element[key]
    return said
