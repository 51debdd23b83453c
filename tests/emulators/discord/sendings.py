"""What a person's client sends: options of a command, the fields of a modal, and the interaction around them.

A client offers only what is there. What it could not send raises :class:`ImpossibleError`: the test is wrong,
not the bot.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from tests.emulators.discord.inputs import SELECTS, Part
from tests.emulators.discord.interactions import Interaction, Modal
from tests.emulators.discord.payloads import channel_json, member_json, message_json, role_json, user_json
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.registry import GROUP, SUBCOMMAND
from tests.emulators.discord.residents import Attachment, Channel, Role, User, parts_of

TEXT, WHOLE, TRUTH, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 3, 4, 5, 6, 7, 8, 9, 10, 11
"""The types of option; the numbers are Discord's."""

Value = str | float | bool | User | Channel | Role | Attachment
"""What a person may give for an option."""

MOST_TYPED: Final = 6_000
_LONGEST_INPUT: Final = 4_000


class ImpossibleError(AssertionError):
    """A person cannot do this with Discord's own client."""


def interaction_json(interaction: Interaction) -> Json:
    """Return the event that tells a bot of *interaction*."""
    user, channel, app = interaction.user, interaction.channel, interaction.app
    said: Json = {
        "id": str(interaction.id),
        "application_id": str(app.id),
        "type": interaction.kind.value,
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": str(channel.id),
        "channel": {**channel_json(channel), "permissions": str(int(channel.permissions_of(user)))},
        "app_permissions": str(int(channel.permissions_of(app.user))),
        "locale": user.locale,
        "entitlements": [],
        "entitlement_sku_ids": [],
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if interaction.source is not None:
        said["message"] = message_json(interaction.source, app.user)
    return said | _where(interaction)


def _where(interaction: Interaction) -> Json:
    guild = interaction.channel.guild
    if guild is None:
        owners = {"1": str(interaction.user.id)}
        return {"user": user_json(interaction.user), "context": 1, "authorizing_integration_owners": owners}
    return {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member_json(guild.members[interaction.user.id], channel=interaction.channel),
        "context": 0,
        "authorizing_integration_owners": {"0": str(guild.id)},
    }


# --------------------------------------------------------------------------------------------- slash commands


def command_data(
    command: Json, path: Sequence[str], values: Mapping[str, Value], focused: str | None = None
) -> Json:
    """Return the data of a slash command: *path* are its subcommands; a *focused* option is being typed."""
    resolved: Json = {}
    options = _nested(command, path, values, focused, resolved)
    data: Json = {"id": command["id"], "name": command["name"], "type": 1, "options": options}
    if "guild_id" in command:
        data["guild_id"] = command["guild_id"]
    return {**data, "resolved": resolved} if resolved else data


def _nested(
    place: Json, path: Sequence[str], values: Mapping[str, Value], focused: str | None, resolved: Json
) -> list[Json]:
    offered = {option["name"]: option for option in place.get("options") or ()}
    if path:
        below = offered.get(path[0])
        if below is None or below["type"] not in {SUBCOMMAND, GROUP}:
            message = f"{place['name']} has no subcommand {path[0]}; it has {', '.join(offered) or 'none'}."
            raise ImpossibleError(message)
        inside = _nested(below, path[1:], values, focused, resolved)
        return [{"type": below["type"], "name": below["name"], "options": inside}]
    if any(option["type"] in {SUBCOMMAND, GROUP} for option in offered.values()):
        message = f"{place['name']} needs a subcommand: {', '.join(offered)}."
        raise ImpossibleError(message)
    _check_names(place["name"], offered, values, focused)
    return [_option(offered[name], value, focused, resolved) for name, value in values.items()]


def _check_names(
    name: str, offered: Mapping[str, Json], values: Mapping[str, Value], focused: str | None
) -> None:
    if unknown := [one for one in values if one not in offered]:
        message = f"/{name} has no option {', '.join(unknown)}; it has {', '.join(offered) or 'none'}."
        raise ImpossibleError(message)
    missing = [one for one, option in offered.items() if option.get("required") and one not in values]
    if missing and focused is None:
        message = f"/{name} needs {', '.join(missing)}."
        raise ImpossibleError(message)
    if focused is not None and not offered.get(focused, {}).get("autocomplete"):
        message = f"The option {focused} of /{name} completes nothing."
        raise ImpossibleError(message)


def _option(option: Json, value: Value, focused: str | None, resolved: Json) -> Json:
    name, type_ = option["name"], option["type"]
    if name == focused:
        return {"name": name, "type": type_, "value": str(value), "focused": True}
    if focused is None:
        _check_value(option, value)
    if isinstance(value, User | Channel | Role | Attachment):
        _resolve(value, resolved)
        return {"name": name, "type": type_, "value": str(value.id)}
    return {"name": name, "type": type_, "value": value}


_TYPES: Final[Mapping[int, tuple[type, ...]]] = {
    TEXT: (str,),
    WHOLE: (int,),
    TRUTH: (bool,),
    USER: (User,),
    CHANNEL: (Channel,),
    ROLE: (Role,),
    MENTIONABLE: (User, Role),
    NUMBER: (int, float),
    ATTACHMENT: (Attachment,),
}


def _check_value(option: Json, value: Value) -> None:
    """Check a value as Discord's own client does, before anything is sent."""
    name, type_ = option["name"], option["type"]
    fits = isinstance(value, _TYPES[type_]) and (type_ == TRUTH or not isinstance(value, bool))
    if not fits:
        message = f"The option {name} takes no {type(value).__name__}."
        raise ImpossibleError(message)
    size: float | None = len(value) if isinstance(value, str) else None
    if isinstance(value, int | float):
        size = value
    least = option.get("min_length" if isinstance(value, str) else "min_value")
    most = option.get("max_length" if isinstance(value, str) else "max_value")
    most = MOST_TYPED if most is None and isinstance(value, str) else most
    if size is not None and ((least is not None and size < least) or (most is not None and size > most)):
        message = f"The option {name} takes {least} to {most}, not {value!r}."
        raise ImpossibleError(message)
    choices = [choice["value"] for choice in option.get("choices") or ()]
    if choices and value not in choices:
        message = f"The option {name} takes one of {choices}, not {value!r}."
        raise ImpossibleError(message)


def _resolve(value: User | Channel | Role | Attachment, resolved: Json) -> None:
    kind = {User: "users", Channel: "channels", Role: "roles", Attachment: "attachments"}[type(value)]
    if isinstance(value, Attachment):
        said = {"id": str(value.id), "filename": value.filename, "size": len(value.data), "url": value.url}
    elif isinstance(value, User):
        said = user_json(value)
    elif isinstance(value, Channel):
        said = {**channel_json(value), "permissions": "0"}
    else:
        said = role_json(value)
    resolved.setdefault(kind, {})[str(value.id)] = said


# ----------------------------------------------------------------------------------------------------- modals

Filled = str | bool | Sequence[str] | None
"""What a person puts into a field of a modal: a text, a choice, several, or a tick."""


def modal_data(modal: Modal, filled: Mapping[str, Filled]) -> Json:
    """Return the data of a modal that was sent off with *filled*, by custom id."""
    fields = {part["custom_id"]: part for part in parts_of(modal.components) if "custom_id" in part}
    if unknown := [custom_id for custom_id in filled if custom_id not in fields]:
        message = f"The modal has no field {', '.join(unknown)}; it has {', '.join(fields)}."
        raise ImpossibleError(message)
    components = [_field(part, filled) for part in modal.components]
    return {"custom_id": modal.custom_id, "components": components}


def _field(part: Json, filled: Mapping[str, Filled]) -> Json:
    said: Json = {"type": part["type"], "id": part["id"]}
    if part["type"] == Part.ROW:
        return {**said, "components": [_field(inside, filled) for inside in part["components"]]}
    if part["type"] == Part.LABEL:
        return {**said, "component": _field(part["component"], filled)}
    if part["type"] == Part.TEXT_DISPLAY:
        return said
    custom_id = part["custom_id"]
    return {**said, "custom_id": custom_id, **_filled(part, filled.get(custom_id))}


def _filled(part: Json, value: Filled) -> Json:
    type_ = part["type"]
    if type_ == Part.CHECKBOX:
        return {"value": bool(part.get("default") if value is None else value)}
    if type_ == Part.TEXT_INPUT:
        return {"value": _typed(part, value)}
    if type_ == Part.RADIO_GROUP:
        chosen = _chosen(part, [] if value is None else [str(value)], 1, 1)
        return {"value": chosen[0] if chosen else None}
    values = [value] if isinstance(value, str) else [str(one) for one in value or ()]  # type: ignore[union-attr]  # a tick is none
    return {"values": picked(part, values)}


def _typed(part: Json, value: Filled) -> str:
    text = str(part.get("value") or "") if value is None else str(value)
    least, most = part.get("min_length") or 0, part.get("max_length") or _LONGEST_INPUT
    needed = part.get("required", True)
    if (needed and not text) or (text and not least <= len(text) <= most):
        message = f"The field {part['custom_id']} takes {max(least, needed)} to {most} characters: {text!r}."
        raise ImpossibleError(message)
    return text


def picked(part: Json, values: Sequence[str]) -> list[str]:
    """Return *values* as they are picked from a select, or ticked in a group."""
    least, most = part.get("min_values"), part.get("max_values")
    default_most = len(part.get("options") or ()) if part["type"] == Part.CHECKBOX_GROUP else 1
    return _chosen(part, values, 1 if least is None else least, default_most if most is None else most)


def _chosen(part: Json, values: Sequence[str], least: int, most: int) -> list[str]:
    offered = [option["value"] for option in part.get("options") or ()]
    if part["type"] in SELECTS - {Part.SELECT}:
        return list(values)
    if unknown := [value for value in values if value not in offered]:
        message = f"{part['custom_id']} offers {offered}, not {unknown}."
        raise ImpossibleError(message)
    enough = least <= len(set(values)) <= most or (not values and not part.get("required", True))
    if not enough or len(set(values)) != len(values):
        message = f"{part['custom_id']} takes {least} to {most}, not {list(values)}."
        raise ImpossibleError(message)
    return [value for value in offered if value in values]
