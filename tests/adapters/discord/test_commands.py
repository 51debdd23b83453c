"""What is registered: the whole menu, within Discord's limits, and written only when it differs."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

import pytest

from bot.adapters.discord.commands import choices_of, commands, same
from bot.core.packs import Library
from bot.engine.completions import complete
from bot.wording.menu import menu
from tests.core.builders import choice, deck, pack

LIBRARY: Final = Library((pack(deck(*(choice(number) for number in range(8)))),))
NAME: Final = re.compile(r"[-_'\w]{1,32}")
SUBCOMMANDS: Final = {1, 2}


def everything(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield a command, its options, and theirs."""
    yield command
    for option in command.get("options", ()):
        yield from everything(option)


def length(command: dict[str, Any]) -> int:
    """Return how many characters Discord counts of a command: names, descriptions and values."""
    own = sum(len(str(command.get(key, ""))) for key in ("name", "description"))
    choices = sum(len(one["name"]) + len(str(one["value"])) for one in command.get("choices", ()))
    return own + choices + sum(map(length, command.get("options", ())))


def test_every_command_of_the_menu_is_offered_under_its_name() -> None:
    """What can be typed elsewhere can be picked here."""
    root = commands()[0]

    assert root["name"] == "quiz"
    assert [option["name"] for option in root["options"]] == [command.name for command in menu()]


def test_the_menu_of_a_message_has_two_entries() -> None:
    """They are for messages, and have no description."""
    assert [(one["name"], one["type"], one["description"]) for one in commands()[1:]] == [
        ("Explain this question", 3, ""),
        ("Flag this question", 3, ""),
    ]


def test_every_name_and_description_is_within_discords_limits() -> None:
    """A single one beyond them would keep all commands from being registered."""
    for command in commands():
        assert length(command) <= 8_000
        for part in everything(command):
            assert len(part.get("options", ())) <= 25
            assert len(part.get("choices", ())) <= 25
            if command["type"] == 1:
                assert NAME.fullmatch(part["name"])
                assert part["name"] == part["name"].lower()
                assert 1 <= len(part["description"]) <= 100


def test_no_description_of_the_menu_is_cut() -> None:
    """They are written to fit."""
    assert [
        part for command in commands() for part in everything(command) if "…" in part["description"]
    ] == []


def test_a_number_has_its_limits_and_a_choice_its_values() -> None:
    """Discord holds people to them while they type."""
    play = commands()[0]["options"][0]
    options = {option["name"]: option for option in play["options"]}

    assert (options["count"]["type"], options["count"]["min_value"], options["count"]["max_value"]) == (
        4,
        1,
        50,
    )
    assert [one["value"] for one in options["mode"]["choices"]] == ["everyone", "first", "teams", "relaxed"]
    assert options["deck"]["autocomplete"] is True
    assert options["lobby"]["type"] == 3


def filled_up(command: dict[str, Any]) -> dict[str, Any]:
    """Return *command* as Discord tells it: with ids, versions, and what it fills in itself."""
    told = deepcopy(command)
    told |= {
        "id": "1",
        "version": "2",
        "application_id": "3",
        "default_member_permissions": None,
        "nsfw": False,
    }
    for part in everything(told):
        part.setdefault("name_localizations", None)
        if part.get("options") == []:
            del part["options"]
    return told


def test_what_is_registered_already_is_not_written_again() -> None:
    """Discord fills up what it is given, and tells it in any order."""
    assert same([filled_up(command) for command in reversed(commands())], commands())


@pytest.mark.parametrize("key", ["description", "name"])
def test_any_other_word_is_a_difference(key: str) -> None:
    """However deep it stands."""
    there = [filled_up(command) for command in commands()]
    there[0]["options"][1]["options"][0][key] = "another"

    assert not same(there, commands())


def test_a_command_too_many_or_too_few_is_a_difference() -> None:
    """An older version may have had others."""
    assert not same(commands()[:-1], commands())
    assert not same([*commands(), {"name": "ping", "type": 1, "description": "Pong"}], commands())


def test_what_is_suggested_is_the_value_alone_with_a_word_on_it() -> None:
    """The name of the option stands in Discord's own field."""
    found = complete("/quiz daily set zone:ber", LIBRARY)

    offered = choices_of(found, {})

    assert ("Europe/Berlin · Berlin", "Europe/Berlin") in offered
    assert all(len(name) <= 100 and len(value) <= 100 for name, value in offered)


def test_roles_are_suggested_after_what_the_menu_has() -> None:
    """Their value is what Discord writes for them, whatever they are called."""
    found = complete("/quiz daily set mention:", LIBRARY)

    assert choices_of(found, {"<@&7>": "@mods"})[-1] == ("@mods", "<@&7>")
