"""What is typed after ``/quiz top`` is read kindly, as the leaderboard to show."""

from dataclasses import replace
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import NotUnderstood, RankedBy, Scope, ShowTop, Since
from bot.core.ids import Topic
from bot.engine.grammar import complete, parse
from bot.wording.actions import top_action
from bot.wording.menu import TOP_OPTION_NAMES, InputProblem
from tests.engine.test_grammar import LIBRARY, times_an_ordinary_line


def about(topic: str, page: int = 1) -> ShowTop:
    """Return the leaderboard of a topic: the group's, of all time."""
    return ShowTop(Scope.GROUP, Since.ALL, topic=Topic(topic), page=page)


def season(name: str, by: RankedBy = RankedBy.POINTS, page: int = 1) -> ShowTop:
    """Return the leaderboard of a season."""
    return ShowTop(since=Since.SEASON, by=by, page=page, season=name)


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", ShowTop()),
        ("since:day", ShowTop(since=Since.DAY)),
        ("since:today", ShowTop(since=Since.DAY)),
        ("since:Week", ShowTop(since=Since.WEEK)),
        ("since=month", ShowTop(since=Since.MONTH)),
        ("since:all", ShowTop(since=Since.ALL)),
        ('since:"all time"', ShowTop(since=Since.ALL)),
        ("since:all-time", ShowTop(since=Since.ALL)),
        ("since:all time", ShowTop(since=Since.ALL)),
        ("period:monthly", ShowTop(since=Since.MONTH)),
        ("scope:channel", ShowTop(Scope.CHANNEL)),
        ("scope:here", ShowTop(Scope.CHANNEL)),
        ("scope:group", ShowTop()),
        ("where:everywhere", ShowTop(Scope.EVERYWHERE)),
        ("by:points", ShowTop()),
        ("by:accuracy", ShowTop(by=RankedBy.ACCURACY)),
        ("sort:accuracy", ShowTop(by=RankedBy.ACCURACY)),
        ("page:2", ShowTop(page=2)),
        ("page:9999", ShowTop(page=9_999)),
        ("topic:1.1", about("1.1")),
        ("topic:tying", about("1.1")),
        ('topic:"first light"', about("first light")),
        ("topic:moon page:2", about("moon", 2)),
        ("day topic:moon channel", about("moon")),
        (
            "since:month scope:channel by:accuracy page:3",
            ShowTop(Scope.CHANNEL, Since.MONTH, RankedBy.ACCURACY, page=3),
        ),
        ("since:day since:month", ShowTop(since=Since.MONTH)),
        ("since:season", ShowTop(since=Since.SEASON)),
        ('since:"this season"', ShowTop(since=Since.SEASON)),
        ("by:improvement", ShowTop(by=RankedBy.IMPROVEMENT)),
        ("by:improved since:month", ShowTop(since=Since.MONTH, by=RankedBy.IMPROVEMENT)),
        ("season:Winter", season("Winter")),
        ('season:"Winter 2027" 2', season("Winter 2027 2")),
        ('season:"Winter 2027" page:2', season("Winter 2027", page=2)),
        ("season:Winter 2027", season("Winter 2027")),
        ("season:winter by:accuracy", season("winter", RankedBy.ACCURACY)),
        ("season:Winter since:season", season("Winter")),
        ("season:Winter since:week", ShowTop()),
        ("since:week season:Winter", season("Winter")),
        ("season:Winter topic:moon", about("moon")),
        ("season:2027-01-04", season("2027-01-04")),
    ],
)
def test_options_are_read(text: str, expected: ShowTop) -> None:
    """Of an option said twice the last counts; of a topic there is one leaderboard."""
    assert parse(f"/quiz top {text}", LIBRARY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("week", ShowTop()),
        ("day", ShowTop(since=Since.DAY)),
        ("Today", ShowTop(since=Since.DAY)),
        ("month", ShowTop(since=Since.MONTH)),
        ("this month", ShowTop(since=Since.MONTH)),
        ("all", ShowTop(since=Since.ALL)),
        ("all time", ShowTop(since=Since.ALL)),
        ('"all time"', ShowTop(since=Since.ALL)),
        ("all-time", ShowTop(since=Since.ALL)),
        ("channel", ShowTop(Scope.CHANNEL)),
        ("here", ShowTop(Scope.CHANNEL)),
        ("group", ShowTop()),
        ("everywhere", ShowTop(Scope.EVERYWHERE)),
        ("everybody", ShowTop(Scope.EVERYWHERE)),
        ("month everywhere", ShowTop(Scope.EVERYWHERE, Since.MONTH)),
        ("in this channel by accuracy", ShowTop(Scope.CHANNEL, by=RankedBy.ACCURACY)),
        ("accuracy all time", ShowTop(since=Since.ALL, by=RankedBy.ACCURACY)),
        ("2", ShowTop(page=2)),
        ("page 2", ShowTop(page=2)),
        ("month, 3", ShowTop(since=Since.MONTH, page=3)),
        ("moon", about("moon")),
        ("MOON 2", about("moon", 2)),
        ("1.1", about("1.1")),
        ("tying by points", about("1.1")),
        ("first light", about("first light")),
        ("topic first light", about("first light")),
        ("topic ecl", about("moon")),
        ("please", ShowTop()),
        ("season", ShowTop(since=Since.SEASON)),
        ("this season", ShowTop(since=Since.SEASON)),
        ("season Winter", season("Winter")),
        ("season, Winter", season("Winter")),
        ("season Winter 2027", season("Winter 2027")),
        ("season The long winter page:2", season("The long winter", page=2)),
        ("season by accuracy", season("", RankedBy.ACCURACY)),
        ("season Winter improvement", season("Winter", RankedBy.IMPROVEMENT)),
        ('season "Best of points"', season("Best of points")),
        ("season here", ShowTop(Scope.CHANNEL, Since.SEASON)),
        ("season page 2", season("", page=2)),
        ("Season please", ShowTop(since=Since.SEASON)),
        ("improvement", ShowTop(by=RankedBy.IMPROVEMENT)),
        ("improved", ShowTop(by=RankedBy.IMPROVEMENT)),
        ("improving this month", ShowTop(since=Since.MONTH, by=RankedBy.IMPROVEMENT)),
        ("most improved", ShowTop(by=RankedBy.IMPROVEMENT)),
    ],
)
def test_bare_words_are_taken_kindly(text: str, expected: ShowTop) -> None:
    """A time, a scope, an order, a page or a topic needs no key; small words are passed over."""
    assert parse(f"/quiz top {text}", LIBRARY) == expected


@pytest.mark.parametrize(
    "text, problem, said, near",
    [
        ("since:wek", InputProblem.BAD_SINCE, "wek", "since:week"),
        ("since:montly", InputProblem.BAD_SINCE, "montly", "since:month"),
        ("since:tomorrow", InputProblem.BAD_SINCE, "tomorrow", None),
        ("scope:chanel", InputProblem.BAD_SCOPE, "chanel", "scope:channel"),
        ("scope:zzz", InputProblem.BAD_SCOPE, "zzz", None),
        ("by:acuracy", InputProblem.BAD_BY, "acuracy", "by:accuracy"),
        ("by:height", InputProblem.BAD_BY, "height", None),
        ("page:0", InputProblem.BAD_PAGE, "0", None),
        ("page:10000", InputProblem.BAD_PAGE, "10000", None),
        ("page:two", InputProblem.BAD_PAGE, "two", None),
        ("page:٢", InputProblem.BAD_PAGE, "٢", None),
        ("page:-1", InputProblem.BAD_PAGE, "-1", None),
        ("page two", InputProblem.BAD_PAGE, "two", None),
        ("0", InputProblem.BAD_PAGE, "0", None),
        ("topic:1", InputProblem.SEVERAL_TOPICS, "1", "topic:1.1"),
        ("topic:mon", InputProblem.UNKNOWN_TOPIC, "mon", "topic:moon"),
        ('topic:"frist light"', InputProblem.UNKNOWN_TOPIC, "frist light", 'topic:"first light"'),
        ("topic:zzzzz", InputProblem.UNKNOWN_TOPIC, "zzzzz", None),
        ("topic zzzzz", InputProblem.UNKNOWN_TOPIC, "zzzzz", None),
        ("topic:", InputProblem.VALUE_MISSING, "topic", None),
        ("topic", InputProblem.VALUE_MISSING, "topic", None),
        ("page", InputProblem.VALUE_MISSING, "page", None),
        ("page by:points", InputProblem.VALUE_MISSING, "page", None),
        ("scpoe:channel", InputProblem.UNKNOWN_OPTION, "scpoe", "scope:channel"),
        ("colour:red", InputProblem.UNKNOWN_OPTION, "colour", None),
        ("by:improvment", InputProblem.BAD_BY, "improvment", "by:improvement"),
        ("since:seson", InputProblem.BAD_SINCE, "seson", "since:season"),
        ("sesaon:Winter", InputProblem.UNKNOWN_OPTION, "sesaon", "season:Winter"),
        ("season:", InputProblem.VALUE_MISSING, "season", None),
        (f"season:{'x' * 41}", InputProblem.BAD_SEASON, "x" * 41, None),
        (f"season {'x' * 41}", InputProblem.BAD_SEASON, "x" * 41, None),
        ('season "\u200b"', InputProblem.BAD_SEASON, "\u200b", None),
        ("seson", InputProblem.UNKNOWN_TOP, "seson", "season"),
        ("wek", InputProblem.UNKNOWN_TOP, "wek", "week"),
        ("chanel", InputProblem.UNKNOWN_TOP, "chanel", "channel"),
        ("mooon", InputProblem.UNKNOWN_TOP, "mooon", "moon"),
        ("zzzzz", InputProblem.UNKNOWN_TOP, "zzzzz", None),
        ('"', InputProblem.UNKNOWN_TOP, '"', None),
    ],
)
def test_what_cannot_be_read_is_told_with_what_was_meant(
    text: str, problem: InputProblem, said: str, near: str | None
) -> None:
    """What is offered instead is a whole line, and is understood."""
    offer = "" if near is None else f"/quiz top {near}"

    assert parse(f"/quiz top {text}", LIBRARY) == NotUnderstood(problem.value, said, offer)
    assert not offer or isinstance(parse(offer, LIBRARY), ShowTop)


def test_the_rest_of_the_line_stays_in_what_is_offered() -> None:
    """Only the word in question is another."""
    refused = parse("quiz top month scope:chanel 2", LIBRARY)

    assert refused == NotUnderstood("bad_scope", "chanel", "/quiz top month scope:channel 2")


def test_a_command_that_is_nearly_this_one_is_offered() -> None:
    """As elsewhere."""
    assert parse("/quiz topp", LIBRARY) == NotUnderstood("unknown_command", "topp", "/quiz top")


WORDS: Final = "top week all time by by: accuracy page: 2 0 topic topic: 1 moon first light here the scope:"
PIECES: Final = st.sampled_from(
    [*WORDS.split(), "season", "season:", "improved", ":", '"', ",", " ", "é", "9" * 12]
)


@given(
    st.one_of(
        st.text(), st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=20).map(" ".join)
    )
)
def test_no_text_raises(text: str) -> None:
    """Every text is an intent, and a leaderboard that is asked for can be turned by a button too."""
    intent = parse(f"/quiz top {text}", LIBRARY)

    assert isinstance(intent, ShowTop | NotUnderstood)
    if isinstance(intent, ShowTop):
        assert intent.season or top_action(intent)
        assert not intent.topic or intent == replace(intent, scope=Scope.GROUP, since=Since.ALL, season="")
        assert not intent.season or (intent.since is Since.SEASON and len(intent.season) <= 40)


@pytest.mark.parametrize(
    "piece", ["moon ", "first ", "x ", "2 ", "topic ", "of the ", '"', "season ", "season:x "]
)
def test_a_long_line_is_answered_at_once(piece: str) -> None:
    """Nobody can hold up a channel by typing."""
    for count in (25, 55, 300):
        assert times_an_ordinary_line(f"/quiz top {piece * count}") < 100


# ----------------------------------------------------------------------------------------- completions


def inserts(text: str) -> list[str]:
    """Return the lines that *text* could become."""
    return [suggestion.insert for suggestion in complete(text, LIBRARY)]


OPTIONS: Final = [f"/quiz top {name}:" for name in TOP_OPTION_NAMES]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("/quiz t", ["/quiz top"]),
        ("/quiz top", ["/quiz top", *OPTIONS]),
        ("/quiz top ", OPTIONS),
        ("/quiz top since:", [f"/quiz top since:{since}" for since in Since]),
        ("/quiz top scope:c", ["/quiz top scope:channel"]),
        ("/quiz top by:", [f"/quiz top by:{by}" for by in RankedBy]),
        ("/quiz top season:", []),
        ("/quiz top sea", ["/quiz top season:", "/quiz top since:season"]),
        ("/quiz top imp", ["/quiz top by:improvement"]),
        ("/quiz top topic:moo", ["/quiz top topic:moon"]),
        ("/quiz top page:", [f"/quiz top page:{page}" for page in (1, 2, 3)]),
        ("/quiz top mon", ["/quiz top since:month"]),
        ("/quiz top every", ["/quiz top scope:everywhere"]),
        ("/quiz top since:all acc", ["/quiz top since:all by:accuracy"]),
        ("/quiz top kno", []),
    ],
)
def test_what_is_typed_so_far_can_be_completed(text: str, expected: list[str]) -> None:
    """Each suggestion is the whole line as it would be."""
    assert inserts(text) == expected


def test_every_value_that_is_offered_is_understood() -> None:
    """What completion writes, the grammar reads."""
    for name in TOP_OPTION_NAMES:
        for line in inserts(f"/quiz top {name}:"):
            assert isinstance(parse(line, LIBRARY), ShowTop), line
