"""The menu: every subcommand of ``/quiz`` as data, for each transport's own way to offer them.

What is not here cannot be typed. The grammar reads values by the same data, so that what is offered and
what is understood are one thing.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.wording.catalogues import Catalogue, catalogue_for

ROOT: Final = "/quiz"
"""The one root command."""


class Accepts(StrEnum):
    """What the value of an option is."""

    DECK = "deck"
    TOPIC = "topic"
    NUMBER = "number"
    CHOICE = "choice"


class InputProblem(StrEnum):
    """Why what was typed is no command. Each has one sentence of its own."""

    UNKNOWN_COMMAND = "unknown_command"
    UNKNOWN_WORD = "unknown_word"
    UNKNOWN_OPTION = "unknown_option"
    UNKNOWN_DECK = "unknown_deck"
    SEVERAL_DECKS = "several_decks"
    UNKNOWN_TOPIC = "unknown_topic"
    NO_OPTIONS = "no_options"
    TOO_LONG = "too_long"
    VALUE_MISSING = "value_missing"
    BAD_MODE = "bad_mode"
    BAD_LEVEL = "bad_level"
    BAD_CHANGE = "bad_change"
    BAD_SWITCH = "bad_switch"
    BAD_COUNT = "bad_count"
    BAD_SECONDS = "bad_seconds"
    BAD_LOBBY = "bad_lobby"
    BAD_PAUSE = "bad_pause"
    BAD_TEAMS = "bad_teams"


@dataclass(frozen=True, slots=True)
class MenuValue:
    """One value that an option may have, and the words that explain it."""

    value: str
    description: str


@dataclass(frozen=True, slots=True)
class MenuOption:
    """One option of a subcommand. A number lies between *least* and *most*; *values* stand beside it.

    *problem* is what a value that does not fit is told as.
    """

    name: str
    accepts: Accepts
    description: str
    problem: InputProblem
    least: int = 0
    most: int = 0
    values: tuple[MenuValue, ...] = ()


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """One subcommand."""

    name: str
    description: str
    options: tuple[MenuOption, ...] = ()

    def option(self, name: str) -> MenuOption | None:
        """Return the option called *name*, if there is one."""
        return next((option for option in self.options if option.name == name), None)


LIMITS: Final = {
    "count": (1, 50),
    "seconds": (5, 600),
    "lobby": (5, 600),
    "pause": (0, 600),
    "teams": (2, 8),
}
"""The least and the most that each number may be."""

_VALUES: Final = {
    "mode": ("everyone", "first", "teams", "relaxed"),
    "level": ("easy", "medium", "hard"),
    "change": ("until_close", "once", "never"),
    "speed": ("on", "off"),
    "partial": ("on", "off"),
    "lobby": ("wait",),
    "pause": ("wait",),
}

PLAY_OPTIONS: Final = (
    ("deck", Accepts.DECK, InputProblem.UNKNOWN_DECK),
    ("count", Accepts.NUMBER, InputProblem.BAD_COUNT),
    ("mode", Accepts.CHOICE, InputProblem.BAD_MODE),
    ("seconds", Accepts.NUMBER, InputProblem.BAD_SECONDS),
    ("topic", Accepts.TOPIC, InputProblem.UNKNOWN_TOPIC),
    ("level", Accepts.CHOICE, InputProblem.BAD_LEVEL),
    ("lobby", Accepts.NUMBER, InputProblem.BAD_LOBBY),
    ("pause", Accepts.NUMBER, InputProblem.BAD_PAUSE),
    ("change", Accepts.CHOICE, InputProblem.BAD_CHANGE),
    ("speed", Accepts.CHOICE, InputProblem.BAD_SWITCH),
    ("partial", Accepts.CHOICE, InputProblem.BAD_SWITCH),
    ("teams", Accepts.NUMBER, InputProblem.BAD_TEAMS),
)

OPTION_NAMES: Final = tuple(name for name, _, _ in PLAY_OPTIONS)
"""The names of the options of ``play``."""

COMMANDS: Final = (
    "play",
    "stop",
    "skip",
    "pause",
    "resume",
    "next",
    "begin",
    "join",
    "leave",
    "decks",
    "help",
)
"""The names of the subcommands, the most wanted first."""


def menu(locale: str = "en") -> tuple[MenuCommand, ...]:
    """Return the whole menu with its descriptions in *locale*."""
    return menu_in(catalogue_for(locale))


def menu_in(catalogue: Catalogue) -> tuple[MenuCommand, ...]:
    """Return the whole menu in the words of *catalogue*."""
    return tuple(
        MenuCommand(name, catalogue.command_description(name), _options(catalogue) if name == "play" else ())
        for name in COMMANDS
    )


def _options(catalogue: Catalogue) -> tuple[MenuOption, ...]:
    return tuple(_option(catalogue, name, accepts, problem) for name, accepts, problem in PLAY_OPTIONS)


def _option(catalogue: Catalogue, name: str, accepts: Accepts, problem: InputProblem) -> MenuOption:
    least, most = LIMITS.get(name, (0, 0))
    values = tuple(
        MenuValue(value, catalogue.value_description(name, value)) for value in _VALUES.get(name, ())
    )
    description = catalogue.option_description(name, least, most)
    return MenuOption(name, accepts, description, problem, least, most, values)
