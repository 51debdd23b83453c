"""What is typed after ``/quiz settings`` and ``/quiz me`` is read kindly, and never guessed."""

from datetime import date, time
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import effects as fx
from bot.core.commands import (
    ChangeSettings,
    Hide,
    HostedBy,
    Intent,
    NotUnderstood,
    Off,
    Reacting,
    RecapAt,
    SeasonWish,
    ShowMe,
)
from bot.core.zones import read_zone
from bot.engine.grammar import complete, parse
from bot.wording.menu import SETTINGS_OPTION_NAMES, InputProblem, menu
from bot.wording.plain import plain
from bot.wording.render import view_of
from tests.engine.test_grammar import LIBRARY, times_an_ordinary_line

FRIDAY_SIX: Final = ChangeSettings(recap=RecapAt(4, time(18)))
BERLIN: Final = ChangeSettings(zone="Europe/Berlin")
FOURTH: Final = date(2027, 1, 4)
LAST: Final = date(2027, 3, 31)


def hosted(*names: str) -> ChangeSettings:
    """Return that these start rounds, beside organisers."""
    return ChangeSettings(hosts=HostedBy(names))


def organised(*names: str) -> ChangeSettings:
    """Return that these organise."""
    return ChangeSettings(organisers=names)


def season(name: str, first: date | None = None, last: date | None = None) -> ChangeSettings:
    """Return a wish for a season."""
    return ChangeSettings(season=SeasonWish(name, first, last))


# ------------------------------------------------------------------------------------------- what is read


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", ChangeSettings()),
        ("show", ChangeSettings()),
        ("please", ChangeSettings()),
        ("zone:berlin", BERLIN),
        ("Zone = Berlin", BERLIN),
        ("tz:berlin", BERLIN),
        ("timezone:Europe/Berlin", BERLIN),
        ("city:Berlin, Germany", BERLIN),
        ("zone:new york", ChangeSettings(zone="America/New_York")),
        ('zone:"new york"', ChangeSettings(zone="America/New_York")),
        ("zone berlin", BERLIN),
        ("set the zone berlin please", BERLIN),
        ("zone:paris zone:berlin", BERLIN),
        (
            "zone:new york recap:friday 18:00 hosts:Ben, Ann organisers:none season:off",
            ChangeSettings("America/New_York", (), HostedBy(("Ben", "Ann")), RecapAt(4, time(18)), Off.OFF),
        ),
        (
            "zone berlin recap friday 18:00 hosts Ben, Ann",
            ChangeSettings("Europe/Berlin", None, HostedBy(("Ben", "Ann")), RecapAt(4, time(18))),
        ),
    ],
)
def test_settings_are_read_as_key_and_value(text: str, expected: ChangeSettings) -> None:
    """Several in one line, each as many words as its value has; of one said twice the last counts."""
    assert parse(f"/quiz settings {text}", LIBRARY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("hosts:everybody", ChangeSettings(hosts=HostedBy(None))),
        ("hosts:everyone", ChangeSettings(hosts=HostedBy(None))),
        ("hosts:all", ChangeSettings(hosts=HostedBy(None))),
        ("host:Anyone", ChangeSettings(hosts=HostedBy(None))),
        ("hosts:@everyone", ChangeSettings(hosts=HostedBy(None))),
        ("hosts:<!everyone>", ChangeSettings(hosts=HostedBy(None))),
        ("hosts:<!channel|@channel>", ChangeSettings(hosts=HostedBy(None))),
        ("hosts:Ben, everyone", ChangeSettings(hosts=HostedBy(None))),
        ("hosts:organisers", hosted()),
        ("hosts:organizers", hosted()),
        ("hosts:none", hosted()),
        ("hosts:nobody", hosted()),
        ("hosts:Ben", hosted("Ben")),
        ("hosts:Ben, Ann", hosted("Ben", "Ann")),
        ("hosts:Ben,Ann", hosted("Ben", "Ann")),
        ("hosts:Ben; Ann", hosted("Ben", "Ann")),
        ("hosts:Ben, Ann, and Cem", hosted("Ben", "Ann", "Cem")),
        ("hosts:Ben, ben, BEN", hosted("Ben")),
        ("hosts:organisers, Ben", hosted("Ben")),
        ("hosts:@Ben", hosted("Ben")),
        ("hosts:@Study team @Ann", hosted("Study team", "Ann")),
        ("hosts:Mary Jane", hosted("Mary Jane")),
        ('hosts:"Quiz, masters", Ann', hosted("Quiz, masters", "Ann")),
        ("hosts:“Quiz masters”", hosted("Quiz masters")),
        ("hosts:'Quiz masters', Ann", hosted("Quiz masters", "Ann")),
        ("hosts:'t Hooft, O'Brien", hosted("'t Hooft", "O'Brien")),
        ('hosts:"Salt and Pepper"', hosted("Salt and Pepper")),
        ('hosts:"team:red"', hosted("team:red")),
        ("hosts:here", hosted("here")),
        ("hosts:<@&11>", hosted("11")),
        ("hosts:<!subteam^S9|@team>", hosted("S9")),
        ("hosts:<!subteam^S9>", hosted("S9")),
        ("hosts:<@42>", hosted("42")),
        ("hosts:<@!42>", hosted("42")),
        ("hosts:<@U123|ann.b>", hosted("U123")),
        ("hosts:<@&11> <@42> and <@U123|ann>, Ben", hosted("11", "42", "U123", "Ben")),
        ("organisers:@mods", organised("mods")),
        ("organizers:Ben, <@&11>", organised("Ben", "11")),
        ("organiser:Ben", organised("Ben")),
        ("organizer:Ben", organised("Ben")),
        ("admins:Ben", organised("Ben")),
        ("organisers:none", organised()),
        ("organisers:Nobody", organised()),
        (f"hosts:{'x' * 80}", hosted("x" * 80)),
        (f"hosts:{','.join(map(str, range(20)))}", hosted(*map(str, range(20)))),
    ],
)
def test_roles_and_people_are_read_from_names_and_mentions(text: str, expected: ChangeSettings) -> None:
    """A mention is the id in it; commas stand between names, and quotation marks keep one together."""
    assert parse(f"/quiz settings {text}", LIBRARY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("friday 18:00", FRIDAY_SIX),
        ("18:00 friday", FRIDAY_SIX),
        ("fri 6pm", FRIDAY_SIX),
        ("6 p.m. on fridays", FRIDAY_SIX),
        ("Friday, 18:00", FRIDAY_SIX),
        ("every friday at 6 pm", FRIDAY_SIX),
        ("at 18h on Friday", FRIDAY_SIX),
        ('"friday 18:00"', FRIDAY_SIX),
        ("friday at noon", ChangeSettings(recap=RecapAt(4, time(12)))),
        ("mon 0:00", ChangeSettings(recap=RecapAt(0, time(0)))),
        ("sun 9", ChangeSettings(recap=RecapAt(6, time(9)))),
        *((word, ChangeSettings(recap=Off.OFF)) for word in ("off", "None", "no", "never", "stop")),
        ("friday 18:00 please", FRIDAY_SIX),
    ],
)
def test_a_recap_is_a_weekday_and_a_time_in_either_order(text: str, expected: ChangeSettings) -> None:
    """Or it is off."""
    assert parse(f"/quiz settings recap:{text}", LIBRARY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("season:Spring", season("Spring")),
        ('season:"Spring 2027"', season("Spring 2027")),
        ("season:Spring 2027", season("Spring 2027")),
        (
            "season:The long spring zone:berlin",
            ChangeSettings("Europe/Berlin", season=SeasonWish("The long spring")),
        ),
        ("season Spring", season("Spring")),
        ("season:Spring starts:2027-01-04 ends:2027-03-31", season("Spring", FOURTH, LAST)),
        ("ends:2027-03-31 season:Spring", season("Spring", None, LAST)),
        ("season:Spring 2027 from:2027-01-04", season("Spring 2027", FOURTH)),
        ("season:Spring start:2027-01-04 end:2027-03-31", season("Spring", FOURTH, LAST)),
        ("season:Spring begin:2027-01-04 until:2027-03-31", season("Spring", FOURTH, LAST)),
        ("season:Spring from 2027-01-04 to 2027-03-31", season("Spring", FOURTH, LAST)),
        ("season:From here to there", season("From here to there")),
        ("season:End of term", season("End of term")),
        (f"season:{'x' * 40}", season("x" * 40)),
        *((f"season:{word}", ChangeSettings(season=Off.OFF)) for word in ("off", "End", "none", "stop")),
        ("season:Πρωί 🌱", season("Πρωί 🌱")),
    ],
)
def test_a_season_has_a_name_and_may_have_dates(text: str, expected: ChangeSettings) -> None:
    """The name goes on until the next key, or until a date is said."""
    assert parse(f"/quiz settings {text}", LIBRARY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("reactions:first", Reacting.FIRST),
        ("reactions:Last", Reacting.LAST),
        ("reaction last", Reacting.LAST),
        ("reactions:latest", Reacting.LAST),
        *((f"reactions:{word}", Off.OFF) for word in ("off", "none", "no", "never", "buttons")),
    ],
)
def test_a_channel_says_which_reaction_counts(text: str, expected: Reacting | Off) -> None:
    """The first or the last; or none, and buttons answer."""
    assert parse(f"/quiz settings {text}", LIBRARY) == ChangeSettings(reactions=expected)
    beside = parse(f"/quiz settings zone:berlin {text} hosts:Ben", LIBRARY)
    assert beside == ChangeSettings("Europe/Berlin", None, HostedBy(("Ben",)), reactions=expected)


# --------------------------------------------------------------------------------------- not understood


@pytest.mark.parametrize(
    "text, problem, said, near",
    [
        ("zoen:berlin", InputProblem.UNKNOWN_SETTING, "zoen", "zone:berlin"),
        ("zoen:new york recap:off", InputProblem.UNKNOWN_SETTING, "zoen", "zone:new york recap:off"),
        ('zoen:"new york"', InputProblem.UNKNOWN_SETTING, "zoen", 'zone:"new york"'),
        ("zoen berlin", InputProblem.UNKNOWN_SETTING, "zoen", "zone berlin"),
        ("zoen", InputProblem.UNKNOWN_SETTING, "zoen", None),
        ("colour:red", InputProblem.UNKNOWN_SETTING, "colour", None),
        ("zone:berlin munich", InputProblem.UNKNOWN_SETTING, "munich", None),
        ('"', InputProblem.UNKNOWN_SETTING, '"', None),
        ("zone:", InputProblem.EMPTY_SETTING, "zone", None),
        ("zone", InputProblem.EMPTY_SETTING, "zone", None),
        ('season:""', InputProblem.EMPTY_SETTING, "season", None),
        ("hosts recap:off", InputProblem.EMPTY_SETTING, "hosts", None),
        ("hosts:@", InputProblem.EMPTY_SETTING, "hosts", None),
        ("zone:berlni", InputProblem.UNKNOWN_ZONE, "berlni", "zone:Europe/Berlin"),
        ("zone:berlni recap:off", InputProblem.UNKNOWN_ZONE, "berlni", "zone:Europe/Berlin recap:off"),
        ("zone berlni", InputProblem.UNKNOWN_ZONE, "berlni", "zone Europe/Berlin"),
        ("zone:new yrok", InputProblem.UNKNOWN_ZONE, "new yrok", "zone:America/New_York"),
        ("zone:atlantis", InputProblem.UNKNOWN_ZONE, "atlantis", None),
        ("zone:atlantis or so", InputProblem.UNKNOWN_ZONE, "atlantis", None),
        ("zone:est", InputProblem.ZONE_ABBREVIATION, "est", "zone:America/New_York"),
        ("zone:utc+2", InputProblem.ZONE_OFFSET, "utc+2", None),
        ("zone:san jose", InputProblem.SEVERAL_ZONES, "san jose", "zone:America/Los_Angeles"),
        ("recap:friday", InputProblem.BAD_RECAP, "friday", None),
        ("recap:18:00", InputProblem.BAD_RECAP, "18:00", None),
        ("recap:mon, fri 18:00", InputProblem.BAD_RECAP, "mon fri 18:00", None),
        ("recap:weekdays 18:00", InputProblem.BAD_RECAP, "weekdays 18:00", None),
        ("recap:daily 18:00", InputProblem.BAD_RECAP, "daily 18:00", None),
        ("recap:t 18:00", InputProblem.BAD_RECAP, "t 18:00", None),
        ("recap:fri 25:00", InputProblem.BAD_RECAP, "fri 25:00", None),
        ("recap:fridya 18:00", InputProblem.BAD_RECAP, "fridya 18:00", "recap:friday 18:00"),
        ("recap fridya 6pm", InputProblem.BAD_RECAP, "fridya 6pm", "recap friday 6pm"),
        ("recap:soon", InputProblem.BAD_RECAP, "soon", None),
        ("hosts:Ben and Ann", InputProblem.NAMES_UNCLEAR, "Ben and Ann", "hosts:Ben, Ann"),
        ("hosts:Ben & Ann, Cem", InputProblem.NAMES_UNCLEAR, "Ben & Ann", "hosts:Ben, Ann, Cem"),
        ('hosts:"A and B", C and D', InputProblem.NAMES_UNCLEAR, "C and D", 'hosts:"A and B", C, D'),
        ("organisers:everyone", InputProblem.BAD_ORGANISERS, "everyone", None),
        ("organisers:Ben, @here", InputProblem.BAD_ORGANISERS, "Ben, @here", None),
        (f"hosts:{'x' * 81}", InputProblem.BAD_NAMES, "x" * 81, None),
        (
            f"hosts:{','.join(map(str, range(21)))}",
            InputProblem.BAD_NAMES,
            ",".join(map(str, range(21))),
            None,
        ),
        (f"season:{'x' * 41}", InputProblem.BAD_SEASON_NAME, "x" * 41, None),
        ('season:"\u200b"', InputProblem.BAD_SEASON_NAME, "\u200b", None),
        ("season:Spring starts:soon", InputProblem.BAD_DATE, "soon", None),
        ("season:Spring starts:4.1.2027", InputProblem.BAD_DATE, "4.1.2027", None),
        ("season:Spring starts:2027-02-30", InputProblem.BAD_DATE, "2027-02-30", None),
        ("season:Spring ends:9999-12-31", InputProblem.BAD_DATE, "9999-12-31", None),
        ("season:Spring ends:20270331", InputProblem.BAD_DATE, "20270331", None),
        ("reactions:frist", InputProblem.BAD_REACTIONS, "frist", "reactions:first"),
        ("reactions lats recap:off", InputProblem.BAD_REACTIONS, "lats", "reactions last recap:off"),
        ("reactions:on", InputProblem.BAD_REACTIONS, "on", None),
        ("reactions:both", InputProblem.BAD_REACTIONS, "both", None),
        ("reactions:", InputProblem.EMPTY_SETTING, "reactions", None),
        ("reactions:last one", InputProblem.UNKNOWN_SETTING, "one", None),
        ("raections:last", InputProblem.UNKNOWN_SETTING, "raections", "reactions:last"),
        ("starts:2027-01-04", InputProblem.SEASON_MISSING, "starts:2027-01-04", None),
        ("season:off ends:2027-01-04", InputProblem.SEASON_MISSING, "ends:2027-01-04", None),
    ],
)
def test_what_cannot_be_read_is_told_with_what_was_meant(
    text: str, problem: InputProblem, said: str, near: str | None
) -> None:
    """Nothing of the line is changed then; what is offered instead is a whole line, and is understood."""
    offer = "" if near is None else f"/quiz settings {near}"

    assert parse(f"/quiz settings {text}", LIBRARY) == NotUnderstood(problem.value, said, offer)
    assert not offer or isinstance(parse(offer, LIBRARY), ChangeSettings)


def test_a_command_that_is_nearly_this_one_is_offered() -> None:
    """As elsewhere."""
    assert parse("/quiz setings", LIBRARY) == NotUnderstood("unknown_command", "setings", "/quiz settings")


@pytest.mark.parametrize("problem", list(InputProblem))
def test_the_example_beside_every_problem_is_understood(problem: InputProblem) -> None:
    """Nobody is sent from one error to the next."""
    text = plain(view_of(fx.InputRefused(problem.value, "x")))
    example = text.partition("For example: ")[2]

    assert example.startswith("/quiz ")
    assert not isinstance(parse(example, LIBRARY), NotUnderstood)


WORDS: Final = (
    "zone zone: berlin new york hosts hosts: Ben and , organisers recap: friday 18:00 off season: from"
)
PIECES: Final = st.sampled_from(
    [
        *WORDS.split(),
        "starts:",
        "2027-01-04",
        ":",
        '"',
        "“",
        "'",
        "@",
        "<@1>",
        "<@",
        "é",
        "none",
        "everyone",
        " ",
    ]
)


@given(
    st.one_of(
        st.text(), st.lists(PIECES, max_size=20).map("".join), st.lists(PIECES, max_size=20).map(" ".join)
    )
)
def test_no_text_raises(text: str) -> None:
    """Every text is an intent, and settings that are asked for can be kept."""
    intent = parse(f"/quiz settings {text}", LIBRARY)

    assert isinstance(intent, ChangeSettings | NotUnderstood)
    if isinstance(intent, ChangeSettings):
        hosts = intent.hosts.names if intent.hosts else None
        assert intent.zone is None or read_zone(intent.zone) == intent.zone
        for names in (intent.organisers or (), hosts or ()):
            assert len(names) <= 20
            assert all(0 < len(name) <= 80 and "\n" not in name for name in names)
        assert not isinstance(intent.season, SeasonWish) or 0 < len(intent.season.name) <= 40
    assert isinstance(parse(f"/quiz me {text}", LIBRARY), Hide | ShowMe | NotUnderstood)


@pytest.mark.parametrize(
    "piece",
    ["zone:x ", "recap:x ", "recap x ", "hosts:x ", "x ", "season:x ", "and ", '"', "<@", "'", "new ", "@x "],
)
def test_a_long_line_is_answered_at_once(piece: str) -> None:
    """Nobody can hold up a channel by typing."""
    for count in (25, 55, 300):
        for head in ("", "hosts:", "recap:", "zone:", "season:"):
            assert times_an_ordinary_line(f"/quiz settings {head}{piece * count}") < 100


# ---------------------------------------------------------------------------------------------------- me


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", ShowMe()),
        ("please", ShowMe()),
        ("hide", Hide(hidden=True)),
        ("Hidden", Hide(hidden=True)),
        ("hide me", Hide(hidden=True)),
        ("hide:on", Hide(hidden=True)),
        ("hide:YES", Hide(hidden=True)),
        ("hide on", Hide(hidden=True)),
        ("hide:off", Hide(hidden=False)),
        ("hide off", Hide(hidden=False)),
        ("show", Hide(hidden=False)),
        ("unhide", Hide(hidden=False)),
        ("visible", Hide(hidden=False)),
        ("show:off", Hide(hidden=True)),
        ("xyzzy", NotUnderstood("bad_hide", "xyzzy")),
        ("hid", NotUnderstood("bad_hide", "hid", "/quiz me hide:on")),
        ("visibel", NotUnderstood("bad_hide", "visibel", "/quiz me hide:off")),
        ("hide:maybe", NotUnderstood("bad_hide", "hide:maybe")),
        ("hide:onn", NotUnderstood("bad_hide", "hide:onn", "/quiz me hide:on")),
        ("hide:", NotUnderstood("bad_hide", "hide:")),
        ("hide offf", NotUnderstood("bad_hide", "offf", "/quiz me hide off")),
        ("hide on off", NotUnderstood("bad_hide", "off", "")),
        ("colour:red", NotUnderstood("bad_hide", "colour:red")),
    ],
)
def test_where_somebody_stands_is_shown_or_hidden(text: str, expected: Intent) -> None:
    """With or without the key."""
    assert parse(f"/quiz me {text}", LIBRARY) == expected


# ----------------------------------------------------------------------------------------- completions


def inserts(text: str) -> list[str]:
    """Return the lines that *text* could become."""
    return [suggestion.insert for suggestion in complete(text, LIBRARY)]


OPTIONS: Final = [f"/quiz settings {name}:" for name in SETTINGS_OPTION_NAMES]
HOURS: Final = ("18:00", "9:00", "12:00", "20:00")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("/quiz se", ["/quiz settings"]),
        ("/quiz settings", ["/quiz settings", *OPTIONS]),
        ("/quiz settings ", OPTIONS),
        ("/quiz settings zone:berl", ["/quiz settings zone:Europe/Berlin"]),
        ("/quiz settings zone:new y", ["/quiz settings zone:America/New_York"]),
        ("/quiz settings berli", ["/quiz settings zone:Europe/Berlin"]),
        ("/quiz settings hosts:", [f"/quiz settings hosts:{value}" for value in ("everybody", "organisers")]),
        ("/quiz settings organisers:", ["/quiz settings organisers:none"]),
        ("/quiz settings season:", ["/quiz settings season:off"]),
        ("/quiz settings rea", ["/quiz settings reactions:"]),
        (
            "/quiz settings reactions:",
            [f"/quiz settings reactions:{value}" for value in ("first", "last", "off")],
        ),
        ("/quiz settings recap:off reactions:l", ["/quiz settings recap:off reactions:last"]),
        ("/quiz settings starts:", []),
        ("/quiz settings recap:o", ["/quiz settings recap:off"]),
        (
            "/quiz settings recap:s",
            [f'/quiz settings recap:"{day} 18:00"' for day in ("saturday", "sunday")],
        ),
        ("/quiz settings recap:fri", [f'/quiz settings recap:"friday {at}"' for at in HOURS]),
        ('/quiz settings recap:"fri', [f'/quiz settings recap:"friday {at}"' for at in HOURS]),
        ("/quiz settings recap:fri ", [f'/quiz settings recap:"friday {at}"' for at in HOURS]),
        (
            "/quiz settings zone:berlin recap:friday 1",
            [f'/quiz settings zone:berlin recap:"friday {at}"' for at in ("18:00", "12:00")],
        ),
        ("/quiz settings recap:friday 18:00 h", ["/quiz settings recap:friday 18:00 hosts:"]),
        ("/quiz me ", ["/quiz me hide:"]),
        ("/quiz me h", ["/quiz me hide:"]),
        ("/quiz me hide:", ["/quiz me hide:on", "/quiz me hide:off"]),
        ("/quiz me hide:of", ["/quiz me hide:off"]),
    ],
)
def test_what_is_typed_so_far_can_be_completed(text: str, expected: list[str]) -> None:
    """Each suggestion is the whole line as it would be."""
    assert inserts(text) == expected


def test_a_recap_is_completed_with_every_weekday_and_off() -> None:
    """Each with when it would come."""
    found = complete("/quiz settings recap:", LIBRARY)

    assert len(found) == 8
    assert (found[4].label, found[4].hint) == ('recap:"friday 18:00"', "Every Friday at 18:00")
    assert found[-1].label == "recap:off"


def test_every_value_that_is_offered_is_understood() -> None:
    """What completion writes, the grammar reads."""
    for name in SETTINGS_OPTION_NAMES:
        for line in inserts(f"/quiz settings {name}:"):
            assert isinstance(parse(line, LIBRARY), ChangeSettings), line
    for line in inserts("/quiz me hide:"):
        assert isinstance(parse(line, LIBRARY), Hide), line


def test_every_value_and_every_sample_of_the_menu_is_understood() -> None:
    """A season's dates are said with its name."""
    paths = [
        (path, command)
        for outer in menu()
        for path, command in (
            (outer.name, outer),
            *((f"{outer.name} {of.name}", of) for of in outer.commands),
        )
    ]
    for path, command in paths:
        for option in command.options:
            beside = " season:x" if option.name in {"starts", "ends"} else ""
            for value in filter(None, (option.sample, *(value.value for value in option.values))):
                line = f"/quiz {path} {option.name}:{value}{beside}"
                assert not isinstance(parse(line, LIBRARY), NotUnderstood), line
