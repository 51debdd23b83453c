"""Commands: the menu in the form in which Discord offers it, and what is suggested while somebody types.

Registering commands is limited, and makes every client load them anew. So what is registered is compared with
what should be, and written only when it differs.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from discord import AppCommandOptionType, AppCommandType, Client

from bot.engine.completions import Suggestion
from bot.wording.cleaning import shorten
from bot.wording.discord_notices import SAY
from bot.wording.menu import ROOT, Accepts, MenuCommand, MenuOption, menu

Payload = dict[str, Any]
"""A command as Discord takes it."""

EXPLAIN: Final = SAY.explain_menu()
FLAG: Final = SAY.flag_menu()

MOST_CHOICES: Final = 25
LONGEST_CHOICE: Final = 100
LONGEST_DESCRIPTION: Final = 100

_GUILD_AND_DIRECT: Final = [0, 1]
"""Where commands are offered: in servers, and in direct messages with us."""

_TO_TALK_IN: Final = [0, 5, 10, 11, 12]
"""The types of channels that hold messages: texts, announcements and threads; a forum holds threads alone."""

_COMPARED: Final = frozenset({"name", "type", "description", "options", "contexts", "integration_types"})


def commands() -> list[Payload]:
    """Return every command that should be registered."""
    root: Payload = {
        "name": ROOT.removeprefix("/"),
        "type": AppCommandType.chat_input.value,
        "description": SAY.root_description(),
        "options": [_subcommand(command) for command in menu()],
    }
    menus: list[Payload] = [
        {"name": name, "type": AppCommandType.message.value, "description": ""} for name in (EXPLAIN, FLAG)
    ]
    where = {"contexts": _GUILD_AND_DIRECT, "integration_types": [0]}
    return [{**command, **where} for command in (root, *menus)]


async def registered(client: Client, application: int, guild: int | None) -> Sequence[Mapping[str, Any]]:
    """Return what is registered, everywhere or in one *guild*."""
    if guild is None:
        return await client.http.get_global_commands(application)
    return await client.http.get_guild_commands(application, guild)


async def register(client: Client, application: int, guild: int | None) -> bool:
    """Register our commands, everywhere or in one *guild* alone; return whether they had to be."""
    wanted: Any = commands()
    if same(await registered(client, application, guild), wanted):
        return False
    if guild is None:
        await client.http.bulk_upsert_global_commands(application, wanted)
    else:
        await client.http.bulk_upsert_guild_commands(application, guild, wanted)
    return True


def same(there: Iterable[Mapping[str, Any]], wanted: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether what is registered says the same as what should be, however Discord fills it up."""
    return _by_name(there) == _by_name(wanted)


def choices_of(found: Sequence[Suggestion], roles: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what to suggest: the name to show and the value, of *found* and then of *roles*."""
    values = [(_value(one.label), one.hint) for one in found if ":" in one.label]
    shown = [(f"{value} · {hint}" if hint else value, value) for value, hint in values]
    named = [(name, value) for value, name in roles.items()]
    fitting = [(shorten(name, LONGEST_CHOICE), value) for name, value in (*shown, *named)]
    return [(name, value) for name, value in fitting if len(value) <= LONGEST_CHOICE][:MOST_CHOICES]


def _value(label: str) -> str:
    """Return the value in ``key:value`` or ``key:"value"``."""
    return label.partition(":")[2].strip('"')


def _subcommand(command: MenuCommand) -> Payload:
    is_group = bool(command.commands)
    kind = AppCommandOptionType.subcommand_group if is_group else AppCommandOptionType.subcommand
    inside = (
        [_subcommand(part) for part in command.commands]
        if is_group
        else [_option(option) for option in command.options]
    )
    return {
        "name": command.name,
        "type": kind.value,
        "description": shorten(command.description, LONGEST_DESCRIPTION),
        "options": inside,
    }


def _option(option: MenuOption) -> Payload:
    base: Payload = {
        "name": option.name,
        "type": _kind(option).value,
        "description": shorten(option.description, LONGEST_DESCRIPTION),
    }
    if _is_plain_number(option):
        return {**base, "min_value": option.least, "max_value": option.most}
    if option.accepts is Accepts.CHANNEL:
        return {**base, "channel_types": _TO_TALK_IN}
    if option.accepts is Accepts.TEXT:
        return {**base, "min_length": option.least, "max_length": option.most}
    if option.accepts is Accepts.CHOICE:
        return {**base, "choices": [_choice(value.value, value.description) for value in option.values]}
    return {**base, "autocomplete": True}


def _kind(option: MenuOption) -> AppCommandOptionType:
    if option.accepts is Accepts.CHANNEL:
        return AppCommandOptionType.channel
    if option.accepts is Accepts.FILE:
        return AppCommandOptionType.attachment
    return AppCommandOptionType.integer if _is_plain_number(option) else AppCommandOptionType.string


def _is_plain_number(option: MenuOption) -> bool:
    """Tell whether only numbers are taken: a word such as ``wait`` has no place in Discord's number field."""
    return option.accepts is Accepts.NUMBER and not option.values


def _choice(value: str, description: str) -> Payload:
    return {"name": shorten(f"{value}: {description}", LONGEST_CHOICE), "value": value}


def _by_name(commands_: Iterable[Mapping[str, Any]]) -> dict[Any, Any]:
    return {(one["name"], one.get("type", 1)): _essence(one) for one in commands_}


def _essence(command: Mapping[str, Any]) -> dict[str, Any]:
    """Return what we say of a command or an option, without what Discord adds and what says nothing."""
    said = {key: value for key, value in command.items() if key in _COMPARED | _OF_OPTIONS}
    if said.get("options") is not None:
        said["options"] = [_essence(option) for option in said["options"]]
    if said.get("choices"):
        said["choices"] = [{"name": choice["name"], "value": choice["value"]} for choice in said["choices"]]
    return {key: value for key, value in said.items() if value not in (None, "", [], False)}


_OF_OPTIONS: Final = frozenset(
    {"min_value", "max_value", "min_length", "max_length", "channel_types", "choices", "autocomplete"}
)
