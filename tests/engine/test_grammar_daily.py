"""What is typed after ``/quiz daily`` is read kindly, as the question of the day of this channel."""

from dataclasses import replace
from datetime import time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import (
    Elsewhere,
    Intent,
    NotUnderstood,
    PostDaily,
    RevealAfter,
    RevealAt,
    SetDaily,
    ShowDaily,
    StopDaily,
)
from bot.core.ids import DeckId, Topic
from bot.core.items import Difficulty
from bot.core.packs import Library
from bot.core.schedules import EVERY_DAY
from bot.core.zones import read_zone
from bot.engine.grammar import complete, parse
from bot.wording.menu import DAILY_COMMANDS, DAILY_OPTION_NAMES, InputProblem
from tests.engine.test_grammar import KNOTS, LIBRARY, MOON, ROPES, STARS, times_an_ordinary_line

WORKDAYS: Final = (0, 1, 2, 3, 4)
NINE: Final = time(9)


def drawn(*decks: DeckId, topics: tuple[str, ...] = (), levels: tuple[Difficulty, ...] = ()) -> SetDaily:
    """Return a schedule of which only what it draws was said, as far as it is given."""
    return SetDaily(decks=decks or None, topics=tuple(map(Topic, topics)) or None, levels=levels or None)


# -------------------------------------------------------------------------------------------- subcommands


@pytest.mark.parametrize(
    "text, intent",
    [
        ("/quiz daily", ShowDaily()),
        ("QUIZ Daily", ShowDaily()),
        ("daily show", ShowDaily()),
        ("daily list", ShowDaily()),
        ("daily now", PostDaily()),
        ("daily post", PostDaily()),
        ("daily now morning", PostDaily("morning")),
        ("daily now name:Morning", PostDaily("morning")),
        ("daily off", StopDaily()),
        ("daily stop", StopDaily()),
        ("daily pause evening", StopDaily("evening")),
        ("daily off exam week", StopDaily("exam-week")),
        ('daily off name:"Exam week"', StopDaily("exam-week")),
        ("daily off πρωί", StopDaily("πρωί")),
        ("daily set", SetDaily()),
        ("daily change", SetDaily()),
    ],
)
def test_each_subcommand_is_read(text: str, intent: Intent) -> None:
    """Alone it shows what there is; a name is read as schedules are called."""
    assert parse(text, LIBRARY) == intent


# ------------------------------------------------------------------------------------------------ options


@pytest.mark.parametrize(
    "text, expected",
    [
        ("9:00 zone:berlin", SetDaily(at=NINE, zone="Europe/Berlin")),
        ("time:9 zone:berlin", SetDaily(at=NINE, zone="Europe/Berlin")),
        ("at:9pm", SetDaily(at=time(21))),
        ("time:9 pm zone:london", SetDaily(at=time(21), zone="Europe/London")),
        ('time:"9 p.m."', SetDaily(at=time(21))),
        ("zone:Europe/Berlin", SetDaily(zone="Europe/Berlin")),
        ("zone:new york 9:00", SetDaily(at=NINE, zone="America/New_York")),
        ('zone:"new york"', SetDaily(zone="America/New_York")),
        ("tz:mumbai", SetDaily(zone="Asia/Kolkata")),
        ("city:Berlin, Germany", SetDaily(zone="Europe/Berlin")),
        ("weekdays:mon-fri", SetDaily(weekdays=WORKDAYS)),
        ("weekdays:mon, wed and fri 21h", SetDaily(at=time(21), weekdays=(0, 2, 4))),
        ("days:weekend", SetDaily(weekdays=(5, 6))),
        ("weekdays:daily", SetDaily(weekdays=EVERY_DAY)),
        ("reveal:18:00", SetDaily(reveal=RevealAt(time(18)))),
        ("reveal:8h", SetDaily(reveal=RevealAfter(8))),
        ("reveal:8 hours 9:00", SetDaily(at=NINE, reveal=RevealAfter(8))),
        ("reveal:after 8", SetDaily(reveal=RevealAfter(8))),
        ("mention:@role", SetDaily(mention="role")),
        ("mention:<@&4711>", SetDaily(mention="4711")),
        ("mention:<!subteam^S47|@team>", SetDaily(mention="S47")),
        ('mention:"study group"', SetDaily(mention="study group")),
        ("mention:none", SetDaily(mention="")),
        ("role:nobody", SetDaily(mention="")),
        ("name:morning", SetDaily(name="morning")),
        ('name:"Exam week!"', SetDaily(name="exam-week")),
        ("deck:knots", drawn(KNOTS.id)),
        ("deck:ropes level:easy,hard", drawn(*ROPES, levels=(Difficulty.EASY, Difficulty.HARD))),
        ("topic:tying", drawn(topics=("1.1",))),
        ("deck:all", SetDaily(decks=())),
        ("topic:any", SetDaily(topics=())),
        ("level:any", SetDaily(levels=())),
        ("deck:all level:hard", SetDaily(decks=(), levels=(Difficulty.HARD,))),
        (
            "9:00 zone:berlin weekdays:mon-fri deck:knots reveal:18:00 mention:@role name:dawn",
            SetDaily(
                name="dawn",
                at=NINE,
                zone="Europe/Berlin",
                weekdays=WORKDAYS,
                decks=(KNOTS.id,),
                reveal=RevealAt(time(18)),
                mention="role",
            ),
        ),
        ("9:00 10:00", SetDaily(at=time(10))),
    ],
)
def test_options_are_read_and_what_is_not_said_stays_open(text: str, expected: SetDaily) -> None:
    """A value may be several words; of an option said twice the last counts."""
    assert parse(f"/quiz daily set {text}", LIBRARY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("9 berlin", SetDaily(at=NINE, zone="Europe/Berlin")),
        ("noon London", SetDaily(at=time(12), zone="Europe/London")),
        (
            "9 p.m. new york mon, wed and fri",
            SetDaily("daily", time(21), "America/New_York", (0, 2, 4)),
        ),
        ("at 9:30 on weekdays in tokyo", SetDaily(at=time(9, 30), zone="Asia/Tokyo", weekdays=WORKDAYS)),
        ("every day at 9", SetDaily(at=NINE, weekdays=EVERY_DAY)),
        ("sat-sun 10:30am", SetDaily(at=time(10, 30), weekdays=(5, 6))),
        ("9:00 from knots and bends", SetDaily(at=NINE, decks=(KNOTS.id,))),
        ("the night sky hard", drawn(MOON.id, STARS.id, levels=(Difficulty.HARD,))),
        ("care", drawn(ROPES[1])),
        ("leaves", drawn(topics=("leaves",))),
        ("7am @team", SetDaily(at=time(7), mention="team")),
        ("7am <@&4711>", SetDaily(at=time(7), mention="4711")),
        ("zone berlin reveal 8 hours", SetDaily(zone="Europe/Berlin", reveal=RevealAfter(8))),
        ("name morning mention none", SetDaily(name="morning", mention="")),
        ("deck knots topic tying", drawn(KNOTS.id, topics=("1.1",))),
        ("9:00 weekdays berlin", SetDaily(at=NINE, zone="Europe/Berlin", weekdays=WORKDAYS)),
        ("please", SetDaily()),
    ],
)
def test_bare_words_are_taken_kindly(text: str, expected: SetDaily) -> None:
    """A time, a city, weekdays, a deck: each is the longest run of words that makes one."""
    assert parse(f"/quiz daily set {text}", LIBRARY) == expected


def test_a_deck_that_is_called_all_can_be_asked_for() -> None:
    """An exact name wins."""
    pack = LIBRARY.packs[0]
    named = replace(pack, decks=(replace(pack.decks[0], title="All"),))

    assert parse("daily set deck:all", Library((named,))) == drawn(pack.decks[0].id)


# --------------------------------------------------------------------------------------- not understood


@pytest.mark.parametrize(
    "text, problem, said, nearest",
    [
        ("sett 9:00", InputProblem.UNKNOWN_DAILY, "sett", "/quiz daily set 9:00"),
        ("9:00 berlin", InputProblem.UNKNOWN_DAILY, "9:00", "/quiz daily set 9:00 berlin"),
        ("at:9 zone:london", InputProblem.UNKNOWN_DAILY, "at:9", "/quiz daily set at:9 zone:london"),
        ("xyzzy", InputProblem.UNKNOWN_DAILY, "xyzzy", ""),
        ("show all", InputProblem.NO_OPTIONS, "all", "/quiz daily show"),
        ("now deck:knots", InputProblem.UNKNOWN_OPTION, "deck", "/quiz daily now"),
        ("off name:", InputProblem.BAD_SCHEDULE, "name:", ""),
        ("off !!!", InputProblem.BAD_SCHEDULE, "!!!", ""),
        ("set zoen:berlin", InputProblem.UNKNOWN_OPTION, "zoen", "/quiz daily set zone:berlin"),
        ("set colour:red", InputProblem.UNKNOWN_OPTION, "colour", ""),
        ("set zone:", InputProblem.VALUE_MISSING, "zone", ""),
        ("set time:soon", InputProblem.BAD_TIME, "soon", ""),
        ("set time:25:00", InputProblem.NO_SUCH_TIME, "25:00", ""),
        ("set 25:00", InputProblem.NO_SUCH_TIME, "25:00", ""),
        ("set 13pm", InputProblem.NO_SUCH_TIME, "13pm", ""),
        ("set zone:berlni", InputProblem.UNKNOWN_ZONE, "berlni", "/quiz daily set zone:Europe/Berlin"),
        ("set zone:springfield", InputProblem.UNKNOWN_ZONE, "springfield", ""),
        ("set zone:atlantis", InputProblem.UNKNOWN_ZONE, "atlantis", ""),
        ("set atlantis", InputProblem.UNKNOWN_WORD, "atlantis", ""),
        (
            "set 9:00 zone:est",
            InputProblem.ZONE_ABBREVIATION,
            "est",
            "/quiz daily set 9:00 zone:America/New_York",
        ),
        ("set est", InputProblem.ZONE_ABBREVIATION, "est", "/quiz daily set zone:America/New_York"),
        ("set zone:utc+2", InputProblem.ZONE_OFFSET, "utc+2", ""),
        ("set weekdays:someday", InputProblem.BAD_WEEKDAYS, "someday", ""),
        ("set weekdays:t", InputProblem.SEVERAL_WEEKDAYS, "t", ""),
        ("set t", InputProblem.SEVERAL_WEEKDAYS, "t", ""),
        ("set weekdays:1-5", InputProblem.NUMBERED_WEEKDAYS, "1-5", ""),
        ("set reveal:8", InputProblem.REVEAL_UNCLEAR, "8", "/quiz daily set reveal:8h"),
        ("set reveal:soon", InputProblem.BAD_REVEAL, "soon", ""),
        ("set reveal:200h", InputProblem.REVEAL_NOT_OPEN, "200h", ""),
        ("set reveal:25:00", InputProblem.NO_SUCH_TIME, "25:00", ""),
        ("set mention:@everyone", InputProblem.BAD_MENTION, "@everyone", ""),
        ("set @here", InputProblem.BAD_MENTION, "@here", ""),
        (f"set mention:{'x' * 81}", InputProblem.BAD_MENTION, "x" * 81, ""),
        ("set name:!!!", InputProblem.BAD_SCHEDULE, "!!!", ""),
        (f"set name:{'x' * 31}", InputProblem.BAD_SCHEDULE, "x" * 31, ""),
        ("set deck:knits", InputProblem.UNKNOWN_DECK, "knits", "/quiz daily set deck:ropes/knots"),
        ("set topic:mon", InputProblem.UNKNOWN_TOPIC, "mon", "/quiz daily set topic:moon"),
        ("set level:easi", InputProblem.BAD_LEVEL, "easi", "/quiz daily set level:easy"),
        ("set knits", InputProblem.UNKNOWN_WORD, "knits", "/quiz daily set ropes/knots"),
        ("set berlni 9:00", InputProblem.UNKNOWN_WORD, "berlni", "/quiz daily set Europe/Berlin 9:00"),
        ("set xyzzyx", InputProblem.UNKNOWN_WORD, "xyzzyx", ""),
        ("set 9:00 name", InputProblem.VALUE_MISSING, "name", ""),
    ],
)
def test_what_cannot_be_read_is_told_with_what_was_meant(
    text: str, problem: InputProblem, said: str, nearest: str
) -> None:
    """Each trouble has a reason of its own, and the nearest is a whole line that can be sent."""
    assert parse(f"/quiz daily {text}", LIBRARY) == NotUnderstood(problem.value, said, nearest)


@pytest.mark.parametrize(
    "text",
    ["daily sett 9:00", "daily 9 berlin", "daily set zone:berlni", "daily set reveal:8", "daily set berlni"],
)
def test_what_is_offered_instead_is_understood(text: str) -> None:
    """Nobody is sent from one error to the next."""
    refused = parse(text, LIBRARY)

    assert isinstance(refused, NotUnderstood)
    assert isinstance(parse(refused.nearest, LIBRARY), SetDaily)


def test_a_zone_that_several_fit_offers_the_likeliest() -> None:
    """It is not guessed."""
    refused = parse("daily set 9:00 zone:san", LIBRARY)

    assert isinstance(refused, NotUnderstood)
    assert refused.reason == InputProblem.SEVERAL_ZONES
    assert refused.nearest.startswith("/quiz daily set 9:00 zone:America/")


PIECES: Final = st.sampled_from(
    [
        "daily",
        "set",
        "now",
        "zone:",
        "berlin",
        "new",
        "york",
        "9:00",
        "9",
        "pm",
        "mon",
        "-",
        "fri",
        "and",
        "weekdays",
        "reveal",
        "8h",
        "@x",
        "name",
        "deck:",
        "knots",
        ":",
        '"',
        ",",
        "<@&1>",
        "é",
    ]
)


@given(
    st.one_of(
        st.text(), st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=20).map(" ".join)
    )
)
def test_no_text_raises(text: str) -> None:
    """Every text is an intent, and a schedule that is asked for is one that can be kept."""
    intent = parse(f"/quiz daily set {text}", LIBRARY)

    assert isinstance(intent, SetDaily | NotUnderstood)
    if isinstance(intent, SetDaily):
        assert intent.zone is None or read_zone(intent.zone) == intent.zone
        assert intent.weekdays is None or set(intent.weekdays) <= set(EVERY_DAY)
        assert 0 < len(intent.name) <= 30
        assert "," not in intent.name
        assert intent.decks is None or set(intent.decks) <= {deck.id for deck in LIBRARY.decks}


@pytest.mark.parametrize(
    "piece", ["berlin ", "in berlin ", "new york ", "x ", "9 ", "mon ", "zone:new ", '"']
)
def test_a_long_line_is_answered_at_once(piece: str) -> None:
    """Nobody can hold up a channel by typing."""
    for count in (25, 55, 300):
        assert times_an_ordinary_line(f"/quiz daily set {piece * count}") < 100


# ----------------------------------------------------------------------------------------- completions


def inserts(text: str) -> list[str]:
    """Return the lines that *text* could become."""
    return [suggestion.insert for suggestion in complete(text, LIBRARY)]


COMMANDS: Final = [f"/quiz daily {name}" for name in DAILY_COMMANDS]
OPTIONS: Final = [f"/quiz daily set {name}:" for name in DAILY_OPTION_NAMES]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("/quiz d", ["/quiz daily", "/quiz decks"]),
        ("/quiz daily", ["/quiz daily", *COMMANDS]),
        ("/quiz daily ", COMMANDS),
        ("/quiz Daily S", ["/quiz daily set", "/quiz daily show"]),
        ("/quiz daily set", ["/quiz daily set", *OPTIONS]),
        ("/quiz daily set ", OPTIONS),
        ("/quiz daily show ", ["/quiz daily show channel:"]),
        ("/quiz daily zzz ", []),
        ("/quiz daily now ", ["/quiz daily now name:", "/quiz daily now channel:"]),
        ("/quiz daily now kno", []),
        ("/quiz daily now name:", []),
        ("/quiz daily set zone:berl", ["/quiz daily set zone:Europe/Berlin"]),
        ("/quiz daily set zone:new y", ["/quiz daily set zone:America/New_York"]),
        ('/quiz daily set zone:"new y', ["/quiz daily set zone:America/New_York"]),
        ("/quiz daily set 9:00 berli", ["/quiz daily set 9:00 zone:Europe/Berlin"]),
        ("/quiz daily set zone:berlin we", ["/quiz daily set zone:berlin weekdays:"]),
        ("/quiz daily set weekdays:w", ["/quiz daily set weekdays:weekend", "/quiz daily set weekdays:wed"]),
        ("/quiz daily set reveal:", [f"/quiz daily set reveal:{value}" for value in ("8h", "12h", "24h")]),
        ("/quiz daily set mention:", ["/quiz daily set mention:none"]),
        ("/quiz daily set level:h", ["/quiz daily set level:hard"]),
        ("/quiz daily set deck:kn", ["/quiz daily set deck:ropes/knots"]),
        ("/quiz daily set time:", []),
    ],
)
def test_what_is_typed_so_far_can_be_completed(text: str, expected: list[str]) -> None:
    """Each suggestion is the whole line as it would be."""
    found = inserts(text)

    assert found[: len(expected)] == expected
    assert text.endswith(("zone:berlin we", "berli")) or len(found) == len(expected)


def test_after_a_zone_the_other_options_are_offered() -> None:
    """A zone that was taken is not offered again."""
    found = inserts("/quiz daily set zone:Europe/Berlin ")

    assert found == [
        f"/quiz daily set zone:Europe/Berlin {name}:" for name in DAILY_OPTION_NAMES if name != "zone"
    ]


def test_a_city_is_completed_to_its_zone_and_named_beside_it() -> None:
    """Who looks for Mumbai finds it."""
    (first, *_) = complete("/quiz daily set zone:mumb", LIBRARY)

    assert (first.label, first.hint) == ("zone:Asia/Kolkata", "Mumbai")


def test_up_to_twenty_five_zones_are_offered() -> None:
    """With nothing typed yet those that most people live in."""
    assert 12 < len(inserts("/quiz daily set zone:")) <= 25
    assert len(inserts("/quiz daily set zone:a")) == 25


def test_every_value_that_is_offered_is_understood() -> None:
    """What completion writes, the grammar reads."""
    for name in DAILY_OPTION_NAMES:
        for line in inserts(f"/quiz daily set {name}:"):
            assert isinstance(parse(line, LIBRARY), SetDaily), line
    for line in inserts("/quiz daily set zone:s"):
        assert isinstance(parse(line, LIBRARY), SetDaily), line


# ------------------------------------------------------------------------------------------ another channel


@pytest.mark.parametrize(
    "line, intent",
    [
        ("show channel:exam-prep", Elsewhere("exam-prep", ShowDaily())),
        ("channel:#exam-prep", Elsewhere("exam-prep", ShowDaily())),
        ("show channel #exam-prep", Elsewhere("exam-prep", ShowDaily())),
        ("now channel:<#8121>", Elsewhere("8121", PostDaily())),
        ("off evening channel:<#C024|exam>", Elsewhere("C024", StopDaily("evening"))),
        ("set channel:exam-prep 9:00 utc", Elsewhere("exam-prep", SetDaily(at=time(9), zone="UTC"))),
        ("set 9:00 room exam-prep", Elsewhere("exam-prep", SetDaily(at=time(9)))),
        ('set 9:00 channel:"exam prep"', Elsewhere("exam prep", SetDaily(at=time(9)))),
    ],
)
def test_a_command_may_be_for_another_channel(line: str, intent: Intent) -> None:
    """Wherever in the line it is named, and however the platform writes it."""
    assert parse(f"/quiz daily {line}", LIBRARY) == intent


@pytest.mark.parametrize("line", ["set 9:00 channel:", "set 9:00 channel", "show channel", "show channel:#"])
def test_a_channel_that_is_not_named_is_asked_for(line: str) -> None:
    """Rather than taken to be this one."""
    found = parse(f"/quiz daily {line}", LIBRARY)

    assert isinstance(found, NotUnderstood)
    assert found.reason == InputProblem.VALUE_MISSING


def test_what_is_wrong_is_told_wherever_it_is_for() -> None:
    """Nothing reaches the other channel."""
    found = parse("/quiz daily set 99:00 channel:exam-prep", LIBRARY)

    assert isinstance(found, NotUnderstood)
    assert found.reason == InputProblem.NO_SUCH_TIME
