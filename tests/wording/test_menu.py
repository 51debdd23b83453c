"""The menu is data that every transport can show within its limits."""

from bot.core.commands import Change, Mode, RankedBy, Scope, Since
from bot.core.items import Difficulty
from bot.wording.catalogues import catalogue_for
from bot.wording.menu import (
    COMMANDS,
    DAILY_OPTION_NAMES,
    DAILY_PROBLEMS,
    LIMITS,
    TOP_OPTION_NAMES,
    TOP_PROBLEMS,
    Accepts,
    InputProblem,
    MenuOption,
    menu,
    menu_in,
)


def option(name: str) -> MenuOption:
    """Return an option of ``play``."""
    found = menu()[0].option(name)
    assert found is not None
    return found


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
        "decks",
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
    assert menu()[3].options == ()


def test_what_concerns_the_question_of_the_day_is_a_group_of_commands() -> None:
    """A platform shows a group as two words after its root, and a group has no options of its own."""
    daily = menu()[1]

    assert (daily.name, daily.options) == ("daily", ())
    assert [command.name for command in daily.commands] == ["set", "show", "now", "off"]
    assert {command.name: len(command.options) for command in daily.commands} == {
        "set": len(DAILY_OPTION_NAMES),
        "show": 0,
        "now": 1,
        "off": 1,
    }
    assert all(not command.commands for command in menu() if command.name != "daily")


def test_each_option_of_a_schedule_says_what_it_accepts() -> None:
    """A transport has a way of its own to offer a zone, a role or a weekday."""
    options = menu()[1].commands[0].options

    assert {option.name: option.accepts for option in options} == {
        "time": Accepts.TIME,
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
        "page": Accepts.NUMBER,
    }
    values = [[value.value for value in of.values] for of in command.options]
    assert values == [list(Since), list(Scope), list(RankedBy), [], []]


def test_the_menu_of_a_locale_is_the_menu_in_its_catalogue() -> None:
    """An unknown locale reads English."""
    assert menu("xx") == menu("en") == menu_in(catalogue_for("en"))


def test_every_problem_with_an_option_is_one_that_has_a_sentence() -> None:
    """No option refuses a value without words for it."""
    assert {of.problem for of in menu()[0].options} <= set(InputProblem) - DAILY_PROBLEMS - TOP_PROBLEMS
    assert {of.problem for of in menu()[2].options} <= TOP_PROBLEMS | {InputProblem.UNKNOWN_TOPIC}
    assert {of.problem for of in menu()[1].commands[0].options} <= set(InputProblem)


def test_what_is_not_in_the_menu_has_no_description() -> None:
    """A name that came from elsewhere is no error."""
    english = catalogue_for("en")

    assert english.command_description("fly") == ""
    assert english.option_description("colour", 0, 0) == ""
    assert english.value_description("mode", "solo") == ""
