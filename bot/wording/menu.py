"""The menu: every subcommand of ``/quiz`` as data, for each transport's own way to offer them.

What is not here cannot be typed. The grammar reads values by the same data, so that what is offered and
what is understood are one thing.
"""

from collections.abc import Iterator
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
    TIME = "time"
    ZONE = "zone"
    WEEKDAYS = "weekdays"
    REVEAL = "reveal"
    ROLE = "role"
    SCHEDULE = "schedule"
    CHANNEL = "channel"
    PEOPLE = "people"
    RECAP = "recap"
    SEASON = "season"
    DATE = "date"
    TEXT = "text"
    FILE = "file"


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
    UNKNOWN_DAILY = "unknown_daily"
    BAD_TIME = "bad_time"
    NO_SUCH_TIME = "no_such_time"
    UNKNOWN_ZONE = "unknown_zone"
    SEVERAL_ZONES = "several_zones"
    ZONE_ABBREVIATION = "zone_abbreviation"
    ZONE_OFFSET = "zone_offset"
    BAD_WEEKDAYS = "bad_weekdays"
    SEVERAL_WEEKDAYS = "several_weekdays"
    NUMBERED_WEEKDAYS = "numbered_weekdays"
    BAD_REVEAL = "bad_reveal"
    REVEAL_UNCLEAR = "reveal_unclear"
    REVEAL_NOT_OPEN = "reveal_not_open"
    BAD_MENTION = "bad_mention"
    BAD_SCHEDULE = "bad_schedule"
    UNKNOWN_CHANNEL = "unknown_channel"
    UNKNOWN_PERSON = "unknown_person"
    BAD_SINCE = "bad_since"
    BAD_SCOPE = "bad_scope"
    BAD_BY = "bad_by"
    BAD_PAGE = "bad_page"
    SEVERAL_TOPICS = "several_topics"
    UNKNOWN_TOP = "unknown_top"
    BAD_SEASON = "bad_season"
    UNKNOWN_SETTING = "unknown_setting"
    EMPTY_SETTING = "empty_setting"
    BAD_NAMES = "bad_names"
    NAMES_UNCLEAR = "names_unclear"
    BAD_ORGANISERS = "bad_organisers"
    BAD_RECAP = "bad_recap"
    BAD_SEASON_NAME = "bad_season_name"
    BAD_DATE = "bad_date"
    SEASON_MISSING = "season_missing"
    BAD_REACTIONS = "bad_reactions"
    BAD_HIDE = "bad_hide"
    BAD_REASON = "bad_reason"
    BAD_LINK = "bad_link"
    BAD_DECKS = "bad_decks"
    BAD_FORMAT = "bad_format"
    NO_OWN_DECK = "no_own_deck"


DAILY_PROBLEMS: Final = frozenset(
    {
        InputProblem.UNKNOWN_DAILY,
        InputProblem.BAD_TIME,
        InputProblem.NO_SUCH_TIME,
        InputProblem.UNKNOWN_ZONE,
        InputProblem.SEVERAL_ZONES,
        InputProblem.ZONE_ABBREVIATION,
        InputProblem.ZONE_OFFSET,
        InputProblem.BAD_WEEKDAYS,
        InputProblem.SEVERAL_WEEKDAYS,
        InputProblem.NUMBERED_WEEKDAYS,
        InputProblem.BAD_REVEAL,
        InputProblem.REVEAL_UNCLEAR,
        InputProblem.REVEAL_NOT_OPEN,
        InputProblem.BAD_MENTION,
        InputProblem.BAD_SCHEDULE,
        InputProblem.UNKNOWN_CHANNEL,
    }
)
"""What only a schedule can be refused for."""

TOP_PROBLEMS: Final = frozenset(
    {
        InputProblem.BAD_SINCE,
        InputProblem.BAD_SCOPE,
        InputProblem.BAD_BY,
        InputProblem.BAD_PAGE,
        InputProblem.SEVERAL_TOPICS,
        InputProblem.UNKNOWN_TOP,
        InputProblem.BAD_SEASON,
    }
)
"""What only a leaderboard can be refused for."""

PEOPLE_PROBLEMS: Final = frozenset(
    {
        InputProblem.BAD_NAMES,
        InputProblem.NAMES_UNCLEAR,
        InputProblem.BAD_ORGANISERS,
        InputProblem.UNKNOWN_PERSON,
    }
)
SEASON_PROBLEMS: Final = frozenset(
    {InputProblem.BAD_SEASON_NAME, InputProblem.BAD_DATE, InputProblem.SEASON_MISSING}
)
SETTINGS_PROBLEMS: Final = (
    frozenset({InputProblem.UNKNOWN_SETTING, InputProblem.EMPTY_SETTING, InputProblem.BAD_RECAP})
    | {InputProblem.BAD_REACTIONS}
    | PEOPLE_PROBLEMS
    | SEASON_PROBLEMS
)
"""What only settings can be refused for."""

ME_PROBLEMS: Final = frozenset({InputProblem.BAD_HIDE})
"""What only ``me`` can be refused for."""

FLAG_PROBLEMS: Final = frozenset({InputProblem.BAD_REASON})
"""What only ``flag`` can be refused for."""

LINK_PROBLEMS: Final = frozenset({InputProblem.BAD_LINK})
"""What only ``link`` can be refused for."""


DECKS_PROBLEMS: Final = frozenset({InputProblem.BAD_DECKS, InputProblem.BAD_FORMAT, InputProblem.NO_OWN_DECK})
"""What only ``decks`` can be refused for."""

EXPORT_FORMATS: Final = (
    "pack",
    "mkdocs-quiz",
    "gift",
    "aiken",
    "moodle-xml",
    "qti",
    "anki",
    "tsv",
    "kahoot",
    "csv",
)
"""The formats in which decks can be taken away."""


@dataclass(frozen=True, slots=True)
class MenuValue:
    """One value that an option may have, and the words that explain it."""

    value: str
    description: str


@dataclass(frozen=True, slots=True)
class MenuOption:
    """One option of a subcommand. A number lies between *least* and *most*; *values* stand beside it.

    A text has that many characters, and is the rest of the line, as it is typed.
    *problem* is what a value that does not fit is told as, *sample* is one that does.
    """

    name: str
    accepts: Accepts
    description: str
    problem: InputProblem
    least: int = 0
    most: int = 0
    values: tuple[MenuValue, ...] = ()
    sample: str = ""


@dataclass(frozen=True, slots=True)
class MenuCommand:
    """One subcommand, or a group of *commands* that are typed after its name."""

    name: str
    description: str
    options: tuple[MenuOption, ...] = ()
    commands: tuple["MenuCommand", ...] = ()

    def option(self, name: str) -> MenuOption | None:
        """Return the option called *name*, if there is one."""
        return next((option for option in self.options if option.name == name), None)


LIMITS: Final = {
    "count": (1, 50),
    "seconds": (5, 600),
    "lobby": (5, 600),
    "pause": (0, 600),
    "teams": (2, 8),
    "page": (1, 9_999),
    "reason": (1, 500),
    "code": (8, 40),
}
"""The least and the most that each number may be, or that a text may have of characters."""

_VALUES: Final = {
    "mode": ("everyone", "first", "teams", "relaxed"),
    "level": ("easy", "medium", "hard"),
    "change": ("until_close", "once", "never"),
    "speed": ("on", "off"),
    "partial": ("on", "off"),
    "lobby": ("wait",),
    "pause": ("wait",),
    "weekdays": ("mon-fri", "weekend", "daily", "mon", "tue", "wed", "thu", "fri", "sat", "sun"),
    "reveal": ("8h", "12h", "24h"),
    "mention": ("none",),
    "since": ("day", "week", "month", "season", "all"),
    "scope": ("channel", "group", "everywhere"),
    "by": ("points", "accuracy", "improvement"),
    "hide": ("on", "off"),
    "organisers": ("none",),
    "hosts": ("everybody", "organisers"),
    "recap": ("off",),
    "settings season": ("off",),
    "reactions": ("first", "last", "off"),
    "format": EXPORT_FORMATS,
    "what": ("me", "group", "channel", "show"),
    "off": ("me", "group", "channel"),
}

_SAMPLES: Final = {
    "time": "9:00",
    "zone": "berlin",
    "settings zone": "berlin",
    "weekdays": "mon-fri",
    "reveal": "12h",
    "mention": "none",
    "name": "morning",
    "channel": "exam-prep",
    "season": "spring",
    "settings season": "spring",
    "organisers": "mods",
    "recap": "friday 18:00",
    "starts": "2027-01-04",
    "ends": "2027-03-31",
    "reason": "unclear",
    "code": "4k7m-hq2x",
    "file": "…",
}

_OWN: Final = frozenset({"settings zone", "settings season", "decks export deck", "decks remove deck"})
"""The options that are something else than those of the same name elsewhere, by their command and name."""

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

_NAME: Final = ("name", Accepts.SCHEDULE, InputProblem.BAD_SCHEDULE)
_CHANNEL: Final = ("channel", Accepts.CHANNEL, InputProblem.UNKNOWN_CHANNEL)

DAILY_OPTIONS: Final = (
    ("time", Accepts.TIME, InputProblem.BAD_TIME),
    ("zone", Accepts.ZONE, InputProblem.UNKNOWN_ZONE),
    ("weekdays", Accepts.WEEKDAYS, InputProblem.BAD_WEEKDAYS),
    ("deck", Accepts.DECK, InputProblem.UNKNOWN_DECK),
    ("topic", Accepts.TOPIC, InputProblem.UNKNOWN_TOPIC),
    ("level", Accepts.CHOICE, InputProblem.BAD_LEVEL),
    ("reveal", Accepts.REVEAL, InputProblem.BAD_REVEAL),
    ("mention", Accepts.ROLE, InputProblem.BAD_MENTION),
    _NAME,
    _CHANNEL,
)

DAILY_OPTION_NAMES: Final = tuple(name for name, _, _ in DAILY_OPTIONS)
"""The names of the options of ``daily set``."""

TOP_OPTIONS: Final = (
    ("since", Accepts.CHOICE, InputProblem.BAD_SINCE),
    ("scope", Accepts.CHOICE, InputProblem.BAD_SCOPE),
    ("by", Accepts.CHOICE, InputProblem.BAD_BY),
    ("topic", Accepts.TOPIC, InputProblem.UNKNOWN_TOPIC),
    ("season", Accepts.SEASON, InputProblem.BAD_SEASON),
    ("page", Accepts.NUMBER, InputProblem.BAD_PAGE),
)

TOP_OPTION_NAMES: Final = tuple(name for name, _, _ in TOP_OPTIONS)
"""The names of the options of ``top``."""

ME_OPTIONS: Final = (("hide", Accepts.CHOICE, InputProblem.BAD_HIDE),)

ME_OPTION_NAMES: Final = tuple(name for name, _, _ in ME_OPTIONS)
"""The names of the options of ``me``."""

FLAG_OPTIONS: Final = (("reason", Accepts.TEXT, InputProblem.BAD_REASON),)

FLAG_OPTION_NAMES: Final = tuple(name for name, _, _ in FLAG_OPTIONS)
"""The names of the options of ``flag``."""

LINK_OPTIONS: Final = (
    ("what", Accepts.CHOICE, InputProblem.BAD_LINK),
    ("code", Accepts.TEXT, InputProblem.BAD_LINK),
    ("off", Accepts.CHOICE, InputProblem.BAD_LINK),
)

LINK_OPTION_NAMES: Final = tuple(name for name, _, _ in LINK_OPTIONS)
"""The names of the options of ``link``."""

_DECK: Final = ("deck", Accepts.DECK, InputProblem.NO_OWN_DECK)

EXPORT_OPTIONS: Final = (_DECK, ("format", Accepts.CHOICE, InputProblem.BAD_FORMAT))

SETTINGS_OPTIONS: Final = (
    ("zone", Accepts.ZONE, InputProblem.UNKNOWN_ZONE),
    ("organisers", Accepts.PEOPLE, InputProblem.BAD_NAMES),
    ("hosts", Accepts.PEOPLE, InputProblem.BAD_NAMES),
    ("recap", Accepts.RECAP, InputProblem.BAD_RECAP),
    ("season", Accepts.SEASON, InputProblem.BAD_SEASON_NAME),
    ("starts", Accepts.DATE, InputProblem.BAD_DATE),
    ("ends", Accepts.DATE, InputProblem.BAD_DATE),
    ("reactions", Accepts.CHOICE, InputProblem.BAD_REACTIONS),
)

SETTINGS_OPTION_NAMES: Final = tuple(name for name, _, _ in SETTINGS_OPTIONS)
"""The names of the options of ``settings``."""

_OPTIONS: Final = {
    "play": PLAY_OPTIONS,
    "top": TOP_OPTIONS,
    "me": ME_OPTIONS,
    "flag": FLAG_OPTIONS,
    "link": LINK_OPTIONS,
    "settings": SETTINGS_OPTIONS,
    "daily set": DAILY_OPTIONS,
    "daily show": (_CHANNEL,),
    "daily now": (_NAME, _CHANNEL),
    "daily off": (_NAME, _CHANNEL),
    "decks add": (("file", Accepts.FILE, InputProblem.BAD_DECKS),),
    "decks export": EXPORT_OPTIONS,
    "decks remove": (_DECK,),
}

DAILY_COMMANDS: Final = ("set", "show", "now", "off")
"""What is typed after ``daily``."""

DECKS_COMMANDS: Final = ("list", "add", "write", "propose", "proposals", "review", "export", "remove")
"""What is typed after ``decks``."""

_INSIDE: Final = {"daily": DAILY_COMMANDS, "decks": DECKS_COMMANDS}

COMMANDS: Final = (
    "play",
    "daily",
    "top",
    "me",
    "stop",
    "skip",
    "pause",
    "resume",
    "next",
    "begin",
    "join",
    "leave",
    "flag",
    "decks",
    "settings",
    "link",
    "help",
)
"""The names of the subcommands, the most wanted first."""


def menu(locale: str = "en") -> tuple[MenuCommand, ...]:
    """Return the whole menu with its descriptions in *locale*."""
    return menu_in(catalogue_for(locale))


def menu_in(catalogue: Catalogue) -> tuple[MenuCommand, ...]:
    """Return the whole menu in the words of *catalogue*."""
    return tuple(_command(catalogue, name) for name in COMMANDS)


def every_option() -> Iterator[MenuOption]:
    """Yield each option of each command; one name may come several times."""
    for command in menu():
        for part in (command, *command.commands):
            yield from part.options


def _command(catalogue: Catalogue, path: str) -> MenuCommand:
    """Return the command that is typed as *path*, with those that are typed after it."""
    return MenuCommand(
        name=path.rpartition(" ")[2],
        description=catalogue.command_description(path),
        options=tuple(_option(catalogue, path, *option) for option in _OPTIONS.get(path, ())),
        commands=tuple(_command(catalogue, f"{path} {name}") for name in _INSIDE.get(path, ())),
    )


def _option(
    catalogue: Catalogue, path: str, name: str, accepts: Accepts, problem: InputProblem
) -> MenuOption:
    """Return an option of the command that is typed as *path*."""
    own = f"{path} {name}"
    key = own if own in _OWN else name
    least, most = LIMITS.get(key, (0, 0))
    return MenuOption(
        name=name,
        accepts=accepts,
        description=catalogue.option_description(key, least, most),
        problem=problem,
        least=least,
        most=most,
        values=tuple(
            MenuValue(value, catalogue.value_description(key, value)) for value in _VALUES.get(key, ())
        ),
        sample=_SAMPLES.get(key, ""),
    )
