"""The menu is data that every transport can show within its limits."""

from bot.core.commands import Change, Mode, RankedBy, Scope, Since
from bot.core.items import Difficulty
from bot.wording.catalogues import catalogue_for
from bot.wording.menu import (
    COMMANDS,
    DAILY_OPTION_NAMES,
    DAILY_PROBLEMS,
    LIMITS,
    ME_PROBLEMS,
    SETTINGS_OPTION_NAMES,
    SETTINGS_PROBLEMS,
    TOP_OPTION_NAMES,
    TOP_PROBLEMS,
    Accepts,
    InputProblem,
    MenuCommand,
    MenuOption,
    every_option,
    menu,
    menu_in,
)


def option(name: str) -> MenuOption:
    """Return an option of ``play``."""
    found = menu()[0].option(name)
    assert found is not None
    return found


def command_called(name: str) -> MenuCommand:
    """Return the command called *name*."""
    return next(command for command in menu() if command.name == name)


def test_the_menu_has_the_commands_that_exist_and_no_others() -> None:
    """What is not built yet is not shown."""
    assert [command.name for command in menu()] == list(COMMANDS)
    assert set(COMMANDS) == {
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
    }


def test_every_description_is_there_and_short_enough_for_the_platforms() -> None:
    """A platform that completes commands takes at most 100 characters, 25 options and 8,000 in all."""
    everything = (*menu(), *(inner for command in menu() for inner in command.commands))
    said = [command.description for command in everything]
    for command in everything:
        assert len(command.options) <= 25
        for of in command.options:
            said += [of.description, *(value.description for value in of.values)]

    assert [text for text in said if not 0 < len(text) <= 100] == []
    assert sum(map(len, said)) < 8000


def test_choices_are_the_cores_own() -> None:
    """The menu offers every mode, level and rule of change that the core knows."""
    assert [value.value for value in option("mode").values] == list(Mode)
    assert [value.value for value in option("level").values] == list(Difficulty)
    assert [value.value for value in option("change").values] == list(Change)


def test_numbers_have_limits_and_some_may_wait() -> None:
    """The limits stand in the descriptions as well."""
    by_name = {of.name: of for command in menu() for of in command.options}
    for name, (least, most) in LIMITS.items():
        assert (by_name[name].least, by_name[name].most) == (least, most)
        assert f"{least} to {most:,}" in by_name[name].description
    assert [value.value for value in option("lobby").values] == ["wait"]
    assert [value.value for value in option("pause").values] == ["wait"]


def test_a_command_has_no_option_that_is_not_listed() -> None:
    """Asking for one gives nothing."""
    assert menu()[0].option("colour") is None
    assert menu()[-1].options == ()


def test_what_concerns_the_question_of_the_day_is_a_group_of_commands() -> None:
    """A platform shows a group as two words after its root, and a group has no options of its own."""
    daily = menu()[1]

    assert (daily.name, daily.options) == ("daily", ())
    assert [command.name for command in daily.commands] == ["set", "show", "now", "off"]
    assert {command.name: len(command.options) for command in daily.commands} == {
        "set": len(DAILY_OPTION_NAMES),
        "show": 1,
        "now": 2,
        "off": 2,
    }
    assert all(not command.commands for command in menu() if command.name not in {"daily", "decks"})


def test_each_option_of_a_schedule_says_what_it_accepts() -> None:
    """A transport has a way of its own to offer a zone, a role or a weekday."""
    options = menu()[1].commands[0].options

    assert {option.name: option.accepts for option in options} == {
        "time": Accepts.TIME,
        "channel": Accepts.CHANNEL,
        "zone": Accepts.ZONE,
        "weekdays": Accepts.WEEKDAYS,
        "deck": Accepts.DECK,
        "topic": Accepts.TOPIC,
        "level": Accepts.CHOICE,
        "reveal": Accepts.REVEAL,
        "mention": Accepts.ROLE,
        "name": Accepts.SCHEDULE,
    }


def test_each_option_of_a_leaderboard_says_what_it_accepts() -> None:
    """Its values are those that the core knows."""
    command = menu()[2]

    assert [of.name for of in command.options] == list(TOP_OPTION_NAMES)
    assert {of.name: of.accepts for of in command.options} == {
        "since": Accepts.CHOICE,
        "scope": Accepts.CHOICE,
        "by": Accepts.CHOICE,
        "topic": Accepts.TOPIC,
        "season": Accepts.SEASON,
        "page": Accepts.NUMBER,
    }
    values = [[value.value for value in of.values] for of in command.options]
    assert values == [list(Since), list(Scope), list(RankedBy), [], [], []]


def test_each_setting_says_what_it_accepts() -> None:
    """What is taken back, or open to everybody, is a value that can be chosen."""
    command = command_called("settings")

    assert [of.name for of in command.options] == list(SETTINGS_OPTION_NAMES)
    assert {of.name: (of.accepts, [value.value for value in of.values]) for of in command.options} == {
        "zone": (Accepts.ZONE, []),
        "organisers": (Accepts.PEOPLE, ["none"]),
        "hosts": (Accepts.PEOPLE, ["everybody", "organisers"]),
        "recap": (Accepts.RECAP, ["off"]),
        "season": (Accepts.SEASON, ["off"]),
        "starts": (Accepts.DATE, []),
        "ends": (Accepts.DATE, []),
        "reactions": (Accepts.CHOICE, ["first", "last", "off"]),
    }


def test_where_somebody_stands_can_be_hidden() -> None:
    """On or off, each with what it does."""
    (hide,) = command_called("me").options

    assert (hide.name, hide.accepts) == ("hide", Accepts.CHOICE)
    assert [value.value for value in hide.values] == ["on", "off"]


def test_a_flag_takes_a_reason_in_plain_words() -> None:
    """A transport offers a text of so many characters for it."""
    (reason,) = command_called("flag").options

    assert (reason.name, reason.accepts, reason.values) == ("reason", Accepts.TEXT, ())
    assert (reason.least, reason.most) == (1, 500)


def test_an_option_that_means_something_else_elsewhere_is_described_in_its_own_words() -> None:
    """A season is looked at in one place and made in the other."""
    top, settings = command_called("top").option("season"), command_called("settings").option("season")

    assert top is not None
    assert settings is not None
    assert top.description != settings.description
    assert (top.values, [value.value for value in settings.values]) == ((), ["off"])


def test_the_menu_of_a_locale_is_the_menu_in_its_catalogue() -> None:
    """An unknown locale reads English."""
    assert menu("xx") == menu("en") == menu_in(catalogue_for("en"))


def test_every_problem_with_an_option_is_one_that_has_a_sentence() -> None:
    """No option refuses a value without words for it."""
    others = DAILY_PROBLEMS | TOP_PROBLEMS | SETTINGS_PROBLEMS | ME_PROBLEMS
    assert {of.problem for of in menu()[0].options} <= set(InputProblem) - others
    assert {of.problem for of in command_called("me").options} == ME_PROBLEMS
    assert {of.problem for of in command_called("settings").options} <= SETTINGS_PROBLEMS | DAILY_PROBLEMS
    assert {of.problem for of in menu()[2].options} <= TOP_PROBLEMS | {InputProblem.UNKNOWN_TOPIC}
    assert {of.problem for of in menu()[1].commands[0].options} <= set(InputProblem)


def test_what_is_not_in_the_menu_has_no_description() -> None:
    """A name that came from elsewhere is no error."""
    english = catalogue_for("en")

    assert english.command_description("fly") == ""
    assert english.option_description("colour", 0, 0) == ""
    assert english.value_description("mode", "solo") == ""


def test_every_option_of_every_command_is_among_all_options() -> None:
    """Those of commands in a group too; a name may stand for several."""
    names = [option.name for option in every_option()]

    assert names.count("deck") == 4
    assert {"organisers", "mention", "reason", "hide"} <= set(names)
