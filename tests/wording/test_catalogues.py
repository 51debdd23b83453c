"""A catalogue puts sentences together from its own words and the facts, with plurals right."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.effects import QuestionState
from bot.wording.catalogues import CATALOGUES, catalogue_for
from bot.wording.catalogues.en import English
from bot.wording.catalogues.phrases import Category, Phrases
from bot.wording.views import ChannelName, Code, Moment, RoleName, Text

ENGLISH = English()


class Slavic(Phrases):
    """A language with three forms, as Polish has them for whole numbers."""

    def plural(self, number: int) -> Category:
        """Return one, few or many."""
        if number == 1:
            return "one"
        few = number % 10 in {2, 3, 4} and number % 100 not in {12, 13, 14}
        return "few" if few else "many"


def test_a_template_takes_its_facts_by_name() -> None:
    """Facts may come in any order, as often as the language wants."""
    assert ENGLISH.say("{b} and {a} and {b}", a="x", b="y") == "y and x and y"


def test_facts_are_cleaned_and_never_read_as_templates() -> None:
    """A name with braces is a name."""
    assert ENGLISH.say("Hello {name}.", name="{other}\u202e\n{name}") == "Hello {other} {name}."


def test_a_fact_in_the_code_font_stays_in_it() -> None:
    """Commands can be told from words."""
    assert ENGLISH.weave("Type {it}.", it=Code("/quiz\x00 play")) == (
        Text("Type "),
        Code("/quiz play"),
        Text("."),
    )


@pytest.mark.parametrize(
    "number, said",
    [(0, "0 points"), (1, "1 point"), (2, "2 points"), (21, "21 points"), (1000, "1,000 points")],
)
def test_english_has_two_plural_forms(number: int, said: str) -> None:
    """One, and everything else."""
    assert ENGLISH.points(number) == said


@pytest.mark.parametrize(
    "number, said", [(1, "1 punkt"), (2, "2 punkty"), (5, "5 punktów"), (12, "12 punktów"), (22, "22 punkty")]
)
def test_another_language_may_have_more_forms(number: int, said: str) -> None:
    """The categories are those of the Common Locale Data Repository."""
    forms: dict[Category, str] = {"one": "{n} punkt", "few": "{n} punkty", "other": "{n} punktów"}

    assert Slavic().count(number, forms) == said


@pytest.mark.parametrize(
    "things, said",
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["a", "b", "c", "d"], "a, b, c and d"),
    ],
)
def test_things_are_listed_as_in_a_sentence(things: list[str], said: str) -> None:
    """The last one after an and."""
    assert ENGLISH.listing(things) == said


@pytest.mark.parametrize(
    "seconds, said",
    [
        (0, "0 seconds"),
        (1, "1 second"),
        (59, "59 seconds"),
        (60, "1 minute"),
        (61, "1 minute and 1 second"),
        (600, "10 minutes"),
    ],
)
def test_a_duration_is_said_in_minutes_and_seconds(seconds: int, said: str) -> None:
    """No minutes where there are none, and no seconds where nothing is left."""
    assert ENGLISH.duration(seconds) == said


@given(st.lists(st.text(), max_size=12), st.integers(1, 10_000))
def test_names_never_say_fewer_people_than_there_are(names: list[str], more: int) -> None:
    """Those who are not named are counted."""
    assert ENGLISH.names(names, len(names) + more).endswith(ENGLISH.others(more))


@given(st.lists(st.text(), min_size=1, max_size=12))
def test_when_everybody_is_named_nobody_is_counted(names: list[str]) -> None:
    """On one line, each by what they are called."""
    said = ENGLISH.names(names, len(names))

    assert said == ENGLISH.listing([ENGLISH.name(name) for name in names])
    assert "\n" not in said


def test_an_open_question_needs_no_excuse() -> None:
    """Only one that takes no answers says why."""
    assert ENGLISH.question_state(QuestionState.OPEN) == ""


def test_decks_and_topics_are_described_while_somebody_types() -> None:
    """A topic without a title has its count alone."""
    assert ENGLISH.deck_hint("Knots", 12) == "Knots, 12 questions"
    assert ENGLISH.topic_hint("Loops", 1) == "Loops, 1 question"
    assert ENGLISH.topic_hint("", 2) == "2 questions"


def test_whoever_has_no_name_is_somebody() -> None:
    """A sentence about nobody would be wrong."""
    assert ENGLISH.name(" \u200b ") == "Somebody"


@pytest.mark.parametrize("locale", ["en", "EN", "en-GB", "en_US", "de", "", "x-y-z", "\x00"])
def test_every_locale_has_a_catalogue(locale: str) -> None:
    """English stands in for what is not there."""
    assert catalogue_for(locale) is CATALOGUES["en"]


def test_a_fact_may_be_a_moment_a_role_or_a_channel() -> None:
    """Each stays what it is, and what a platform called it is cleaned."""
    moment = Moment(datetime(2026, 11, 22, tzinfo=UTC), "now")

    assert ENGLISH.weave("{a} {b} {c}", a=moment, b=RoleName("x\n"), c=ChannelName("y\n")) == (
        moment,
        Text(" "),
        RoleName("x"),
        Text(" "),
        ChannelName("y"),
    )


@pytest.mark.parametrize(
    "days, said",
    [
        ((0, 1, 2, 3, 4, 5, 6), "Every day"),
        ((0, 1, 2, 3, 4), "Monday to Friday"),
        ((5, 6), "Saturday and Sunday"),
        ((0, 2, 4), "Monday, Wednesday and Friday"),
        ((0, 1, 2, 4, 5), "Monday to Wednesday, Friday and Saturday"),
        ((6,), "Sunday"),
        ((), ""),
    ],
)
def test_weekdays_are_said_one_by_one_or_from_first_to_last(days: tuple[int, ...], said: str) -> None:
    """Three in a row are a range, two are not."""
    assert ENGLISH.weekdays(days) == said


@pytest.mark.parametrize(
    "day, said",
    [
        (date(2026, 11, 22), "Sunday, 22 November"),
        (date(2027, 1, 1), "Friday, 1 January"),
        (date(2028, 2, 29), "Tuesday, 29 February"),
    ],
)
def test_a_date_is_said_with_its_weekday(day: date, said: str) -> None:
    """Nobody counts weekdays."""
    assert ENGLISH.day(day) == said


def test_a_moment_is_said_in_utc_where_nobody_knows_the_readers_clock() -> None:
    """Whatever zone it came in, and on the date that UTC has then."""
    at = datetime(2026, 1, 1, 0, 30, tzinfo=timezone(timedelta(hours=1)))

    assert ENGLISH.moment(at) == Moment(at, "Wednesday, 31 December, 23:30 UTC")


@pytest.mark.parametrize(
    "hours, said", [(1, "1 hour"), (12, "12 hours"), (24, "24 hours"), (48, "2 days"), (30, "30 hours")]
)
def test_hours_are_said_as_days_where_they_are_whole(hours: int, said: str) -> None:
    """One day is said in hours: with clocks that change it may be another length."""
    assert ENGLISH.hours(hours) == said
