"""The checks of application commands, and the registry of those that are registered."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Final

from tests.emulators.discord import refusals
from tests.emulators.discord.checks import Form, Path
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import Application
from tests.emulators.discord.worlds import World

SLASH: Final = 1
MOST: Final = {SLASH: 100, 2: 5, 3: 5}
"""How many commands of each kind there may be in one scope."""

MOST_OPTIONS: Final = 25
MOST_CHOICES: Final = 25
MOST_CHARACTERS: Final = 8_000
LONGEST_NAME: Final = 32
LONGEST_TEXT: Final = 100
LONGEST_VALUE: Final = 6_000
SUBCOMMAND: Final = 1
GROUP: Final = 2
OPTION_TYPES: Final = range(1, 12)
LOCALES: Final = frozenset(
    (
        "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl", "no",
        "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi", "th",
        "zh-CN", "ja", "zh-TW", "ko",
    )
)  # fmt: skip
_KEPT: Final = frozenset(
    {"name", "description", "type", "min_value", "max_value", "min_length", "max_length"}
)
_DEFAULTS: Final[Json] = {
    "type": SLASH,
    "description": "",
    "default_member_permissions": None,
    "dm_permission": True,
    "contexts": None,
    "integration_types": [0],
    "nsfw": False,
}
_NAME: Final = re.compile(r"[-_'\w]{1,32}")


def check_command(form: Form, path: Path, command: Json) -> None:
    """Check one command."""
    type_ = command.get("type", SLASH)
    if not form.one_of((*path, "type"), type_, MOST):
        return
    if type_ == SLASH:
        _check_named(form, path, command)
        _check_options(form, path, command.get("options") or [], depth=0)
    else:
        form.text((*path, "name"), command.get("name"), 1, LONGEST_NAME)
        if command.get("description") or command.get("options"):
            form.add(
                (*path, "description"),
                "APPLICATION_COMMAND_INVALID_DESCRIPTION",
                "Context menu commands cannot have a description or options",
            )
    if (size := _size(command)) > MOST_CHARACTERS:
        form.add(
            path,
            "APPLICATION_COMMAND_TOO_LARGE",
            f"Command exceeds maximum size ({MOST_CHARACTERS}): it has {size}.",
        )


def _check_named(form: Form, path: Path, thing: Json) -> None:
    """Check a name and a description, and what they are in other languages."""
    _check_name(form, (*path, "name"), thing.get("name"))
    form.text((*path, "description"), thing.get("description"), 1, LONGEST_TEXT)
    for locale, name in (thing.get("name_localizations") or {}).items():
        form.one_of((*path, "name_localizations"), locale, LOCALES)
        _check_name(form, (*path, "name_localizations", locale), name)
    for locale, text in (thing.get("description_localizations") or {}).items():
        form.one_of((*path, "description_localizations"), locale, LOCALES)
        form.text((*path, "description_localizations", locale), text, 1, LONGEST_TEXT)


def _check_name(form: Form, path: Path, name: object) -> None:
    if form.text(path, name, 1, LONGEST_NAME) and not (
        _NAME.fullmatch(str(name)) and str(name) == str(name).lower()
    ):
        form.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _check_options(form: Form, path: Path, options: Sequence[Json], *, depth: int) -> None:
    place = (*path, "options")
    if not form.count(place, options, 0, MOST_OPTIONS):
        return
    names: set[str] = set()
    optional = False
    for index, option in enumerate(options):
        here = (*place, index)
        form.one_of((*here, "type"), option.get("type"), OPTION_TYPES)
        _check_named(form, here, option)
        if option.get("name") in names:
            form.add(here, "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name is already taken")
        names.add(str(option.get("name")))
        if option.get("required") and optional:
            form.add(
                here,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional = optional or not option.get("required")
        _check_option(form, here, option, depth=depth)


def _check_option(form: Form, path: Path, option: Json, *, depth: int) -> None:
    type_ = option.get("type")
    if type_ in {SUBCOMMAND, GROUP}:
        if depth >= (2 if type_ == SUBCOMMAND else 1):
            form.add(
                (*path, "type"),
                "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
                "Sub-command option types must be at the top of the command",
            )
        _check_options(form, path, option.get("options") or [], depth=depth + 1)
        return
    choices = option.get("choices") or []
    check_choices(form, (*path, "choices"), choices)
    if choices and option.get("autocomplete"):
        form.add(
            (*path, "autocomplete"),
            "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES",
            "Autocomplete cannot be used together with choices",
        )
    form.number((*path, "min_length"), option.get("min_length"), 0, LONGEST_VALUE)
    form.number((*path, "max_length"), option.get("max_length"), 1, LONGEST_VALUE)


def check_choices(form: Form, path: Path, choices: object) -> None:
    """Check the choices of an option, or those that an autocompletion offers."""
    if not form.count(path, choices, 0, MOST_CHOICES) or not isinstance(choices, list):
        return
    for index, choice in enumerate(choices):
        here = (*path, index)
        form.text((*here, "name"), choice.get("name"), 1, LONGEST_TEXT)
        value = choice.get("value")
        if isinstance(value, str):
            form.text((*here, "value"), value, 1, LONGEST_TEXT)
        elif value is None:
            form.add((*here, "value"), "BASE_TYPE_REQUIRED", "This field is required")


def _size(thing: Json) -> int:
    """Return the characters of a command: in names, descriptions and values, in the longest language."""
    size = len(str(thing.get("value", "")))
    for key in ("name", "description"):
        translated = (thing.get(f"{key}_localizations") or {}).values()
        size += max(len(str(text or "")) for text in (thing.get(key), *translated))
    return size + sum(_size(one) for key in ("options", "choices") for one in thing.get(key) or ())


class Registry:
    """The commands of one application in one scope: everywhere (None), or a guild's."""

    def __init__(self, world: World, app: Application, guild: int | None) -> None:
        """Look at *app*'s commands."""
        self._world = world
        self._app = app
        self._guild = guild
        self._commands = app.commands.setdefault(guild, {})

    def all(self, *, localized: bool = False) -> list[Json]:
        """Return every command; without *localized* its other languages are left out, as Discord does."""
        return [dict(_shown(command, localized=localized)) for command in self._commands.values()]

    def one(self, id_: int) -> Json:
        """Return a command; raises RefusedError when there is none of that id."""
        if id_ not in self._commands:
            raise refusals.unknown_command()
        return self._commands[id_]

    def replace(self, commands: object) -> list[Json]:
        """Let there be these commands and no others; those that were there keep their ids."""
        form = Form()
        if not form.count((), commands, 0, sum(MOST.values())) or not isinstance(commands, list):
            form.refuse()
            return []
        keys = [(command.get("type", SLASH), command.get("name")) for command in commands]
        for index, command in enumerate(commands):
            check_command(form, (index,), command)
            if keys[index] in keys[:index]:
                form.add(
                    (index,),
                    "APPLICATION_COMMANDS_DUPLICATE_NAME",
                    "Application command names must be unique",
                )
        form.refuse()
        self._check_counts([type_ for type_, _ in keys])
        made = [self._made(command) for command in commands]
        self._commands.clear()
        self._commands.update((int(command["id"]), command) for command in made)
        self._app.registrations += 1
        return self.all(localized=True)

    def add(self, command: Json) -> tuple[bool, Json]:
        """Add a command, in the place of one of the same name; tell whether it is new."""
        form = Form()
        check_command(form, (), command)
        form.refuse()
        made = self._made(command)
        new = int(made["id"]) not in self._commands
        types = [one["type"] for one in self._commands.values()]
        self._check_counts([*types, made["type"]] if new else types)
        self._commands[int(made["id"])] = made
        self._app.registrations += 1
        return new, made

    def change(self, id_: int, changes: Json) -> Json:
        """Change a command."""
        changed = {**self.one(id_), **changes}
        form = Form()
        check_command(form, (), changed)
        form.refuse()
        self._commands[id_] = {**changed, "version": str(self._world.snowflake())}
        self._app.registrations += 1
        return self._commands[id_]

    def remove(self, id_: int) -> None:
        """Remove a command."""
        self.one(id_)
        del self._commands[id_]
        self._app.registrations += 1

    def _made(self, command: Json) -> Json:
        """Return a command as it is kept, with the id of one that has its name and kind."""
        key = (command.get("type", SLASH), command["name"])
        before = next((one for one in self._commands.values() if (one["type"], one["name"]) == key), None)
        made: Json = {**_DEFAULTS, **deepcopy(command)}
        if made.get("options"):
            made["options"] = [_tidied(option) for option in made["options"]]
        made["application_id"] = str(self._app.id)
        made["id"] = before["id"] if before else str(self._world.snowflake())
        if self._guild is not None:
            made["guild_id"] = str(self._guild)
        if before and {**before, "version": ""} == {**made, "version": ""}:
            return before
        return {**made, "version": str(self._world.snowflake())}

    def _check_counts(self, types: Sequence[int]) -> None:
        for type_, most in MOST.items():
            if types.count(type_) > most:
                raise refusals.most_commands(most)


def _tidied(option: Json) -> Json:
    """Return an option as Discord gives it back: what is false or empty is left out."""
    tidied = {key: value for key, value in option.items() if value or key in _KEPT}
    if "options" in tidied:
        tidied["options"] = [_tidied(one) for one in tidied["options"]]
    return tidied


def _shown(command: Json, *, localized: bool) -> Iterator[tuple[str, object]]:
    for key, value in command.items():
        if localized or not key.endswith("_localizations"):
            nested = key == "options" and isinstance(value, list)
            yield key, [dict(_shown(one, localized=localized)) for one in value] if nested else value
