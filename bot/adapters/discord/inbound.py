"""Inbound: what came from Discord, parsed and nothing more.

The payload of an interaction is a dictionary of Discord's making; past this module there are only our words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import discord
from discord import AppCommandOptionType, Interaction, InteractionType

from bot.core.ids import EventId, Platform
from bot.engine.events import private_place
from bot.records import Account, Place
from bot.wording.menu import ROOT, Accepts, every_option

PLATFORM: Final = Platform("discord")

Asked: TypeAlias = Interaction[Any]
"""What somebody did; whose client it came through is of no matter here."""

Payload = Mapping[str, Any]
"""A part of what Discord sent."""

_SUBCOMMANDS: Final = frozenset({1, 2})
"""The types of options that hold options: a subcommand, and a group of them."""

_ATTACHMENT: Final = AppCommandOptionType.attachment.value
"""The type of an option that holds a file; the file itself stands beside the options."""

_NAMES: Final = frozenset(option.name for option in every_option() if option.accepts is Accepts.PEOPLE)
"""The options that take several names."""

_SENDER: Final = "sender"

_REST: Final = frozenset({"flag"})
"""The subcommands whose one option is the rest of the line."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A slash command: its *line*, as it would be typed elsewhere, and the channels picked in it."""

    line: str
    channels: Mapping[str, discord.Permissions]


@dataclass(frozen=True, slots=True)
class Typing:
    """A slash command that is being typed: its *line* so far ends with the option *focused*."""

    line: str
    focused: str


@dataclass(frozen=True, slots=True)
class OnMessage:
    """A command *name* from the menu of a *message*."""

    name: str
    message: int


@dataclass(frozen=True, slots=True)
class Pressed:
    """A control was used: *picked* are positions, None for a button."""

    action: str
    picked: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A form was sent: *values* by the names of its inputs."""

    action: str
    values: Mapping[str, str | list[str]]


Doing = Typed | Typing | OnMessage | Pressed | Submitted


@dataclass(frozen=True, slots=True)
class Sender:
    """Who did something, and where."""

    account: Account
    name: str
    place: Place
    workspace: str
    organiser: bool
    roles: tuple[str, ...]


def event_id(interaction: Asked) -> EventId:
    """Return the id of the event that *interaction* is."""
    return EventId(f"{PLATFORM}:{interaction.id}")


def sender_of(interaction: Asked) -> Sender:
    """Return who did something; in direct messages the place is their own."""
    known: Sender | None = interaction.extras.get(_SENDER)
    if known is None:
        known = interaction.extras[_SENDER] = _sender(interaction)
    return known


def _sender(interaction: Asked) -> Sender:
    user = interaction.user
    account = Account(PLATFORM, str(user.id))
    if interaction.guild_id is None:
        return Sender(account, user.display_name, private_place(account), "", organiser=False, roles=())
    return Sender(
        account,
        user.display_name,
        Place(PLATFORM, str(interaction.channel_id)),
        str(interaction.guild_id),
        organiser=interaction.permissions.manage_guild,
        roles=tuple(str(role) for role in _role_ids(interaction)),
    )


def doing_of(interaction: Asked) -> Doing | None:
    """Return what *interaction* is about; None when it is nothing of ours."""
    data: Any = interaction.data or {}
    match interaction.type:
        case InteractionType.application_command if data.get("type") == discord.AppCommandType.message.value:
            return OnMessage(str(data["name"]), int(data["target_id"]))
        case InteractionType.application_command:
            return Typed(_line(data), _channels(data))
        case InteractionType.autocomplete:
            return _typing(data)
        case InteractionType.component:
            return Pressed(str(data["custom_id"]), _picked(data))
        case InteractionType.modal_submit:
            return Submitted(str(data["custom_id"]), dict(_values(data.get("components", ()))))
        case _:
            return None


# ------------------------------------------------------------------------------------------- slash commands


def _line(data: Payload) -> str:
    words, options = _path(data)
    line = " ".join((ROOT, *words))
    if words and words[-1] in _REST:
        return " ".join((line, *(str(option["value"]) for option in options)))
    return " ".join((line, *(_typed(option) for option in options if option["type"] != _ATTACHMENT)))


def _typing(data: Payload) -> Typing | None:
    words, options = _path(data)
    focused = next((option for option in options if option.get("focused")), None)
    if focused is None:
        return None
    before = (_typed(option) for option in options if option is not focused)
    said = str(focused.get("value", "")).replace('"', "'")
    begun = f'"{said}' if " " in said else said
    return Typing(" ".join((ROOT, *words, *before, f"{focused['name']}:{begun}")), str(focused["name"]))


def _path(data: Payload) -> tuple[list[str], Sequence[Payload]]:
    """Return the names of the subcommands, and the options of the last."""
    words: list[str] = []
    options: Sequence[Payload] = data.get("options", ())
    while options and options[0]["type"] in _SUBCOMMANDS:
        words.append(str(options[0]["name"]))
        options = options[0].get("options", ())
    return words, options


def _typed(option: Payload) -> str:
    """Return *option* as it is typed. Quotation marks would end a value early, and make one of many names."""
    name, value = str(option["name"]), str(option["value"])
    if name in _NAMES:
        return f"{name}:{value}"
    return f'{name}:"{value.replace(chr(34), chr(39))}"'


def _channels(data: Payload) -> Mapping[str, discord.Permissions]:
    """Return the channels that were picked, each with what its picker may do there."""
    found = data.get("resolved", {}).get("channels", {})
    return {id_: discord.Permissions(int(one.get("permissions", 0))) for id_, one in found.items()}


# -------------------------------------------------------------------------------------- controls and forms


def _picked(data: Payload) -> tuple[int, ...] | None:
    """Return the positions that a select was left with; of a button nothing was picked."""
    values = data.get("values")
    if values is None:
        return None
    return tuple(int(value) for value in values if str(value).isdecimal())


def _values(components: Sequence[Payload]) -> Iterator[tuple[str, str | list[str]]]:
    """Yield the name and the value of each input, however deep it stands."""
    for component in components:
        if "custom_id" in component:
            yield str(component["custom_id"]), _value(component)
        if "component" in component:
            yield from _values((component["component"],))
        yield from _values(component.get("components", ()))


def _value(component: Payload) -> str | list[str]:
    if "values" in component:
        return [str(value) for value in component["values"] or ()]
    value = component.get("value")
    return "" if value is None else str(value)


def _role_ids(interaction: Asked) -> Sequence[int]:
    """Return the ids of the sender's roles, which stand in the payload whether or not we know the roles."""
    user = interaction.user
    return [role.id for role in user.roles] if isinstance(user, discord.Member) else []
