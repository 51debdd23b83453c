"""What is typed after ``/quiz`` is read kindly, and what cannot be read is told with what was meant."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import (
    Begin,
    Change,
    DrawRequest,
    Intent,
    Join,
    Leave,
    ListDecks,
    Mode,
    Next,
    NotUnderstood,
    Pause,
    Resume,
    Settings,
    ShowHelp,
    Skip,
    StartRound,
    Stop,
)
from bot.core.ids import DeckId, ItemId, PackId, Topic
from bot.core.items import Difficulty, Item, Kind, TextKey
from bot.core.packs import Deck, Library, Pack
from bot.engine.grammar import complete, parse
from bot.wording.menu import COMMANDS, OPTION_NAMES, InputProblem
from tests.growth import growth


def _deck(pack: str, name: str, title: str, topics: tuple[str, ...]) -> Deck:
    deck = DeckId(f"{pack}/{name}")
    items = tuple(
        Item(ItemId(f"{deck}/{n}"), deck, Kind.FREE_TEXT, "?", TextKey(("x",)), Topic(topic))
        for n, topic in enumerate(topics)
    )
    return Deck(deck, PackId(pack), title, "", items)


KNOTS: Final = _deck("ropes", "knots", "Knots and bends", ("1.1", "1.2"))
CARE: Final = _deck("ropes", "rope-care", "Care of ropes", ("2.1",))
MOON: Final = _deck("night-sky", "moon", "The Moon", ("moon",))
STARS: Final = _deck("night-sky", "stars", "Stars of the year", ("light", "first light"))
TEA: Final = _deck("tea", "tea", "Tea, black and green", ("leaves",))
LIBRARY: Final = Library(
    (
        Pack(PackId("ropes"), "Ropework", "en", "", "1", "", (KNOTS, CARE), {Topic("1.1"): "Tying"}),
        Pack(
            PackId("night-sky"),
            "The Night Sky",
            "en",
            "",
            "1",
            "",
            (MOON, STARS),
            {
                Topic("moon"): "The Moon and eclipses",
                Topic("light"): "Light and seeing",
                Topic("none"): "Nothing",
            },
        ),
        Pack(PackId("tea"), "Tea", "en", "", "1", "", (TEA,)),
    )
)
ROPES: Final = (KNOTS.id, CARE.id)


def play(
    *decks: DeckId,
    count: int = 5,
    topics: tuple[str, ...] = (),
    levels: tuple[Difficulty, ...] = (),
    settings: Settings | None = None,
) -> StartRound:
    """Return what ``/quiz play`` should be read as."""
    request = DrawRequest(count, decks, tuple(map(Topic, topics)), levels)
    return StartRound(request, settings or Settings())


# -------------------------------------------------------------------------------------------- subcommands


@pytest.mark.parametrize(
    "text, intent",
    [
        ("", ShowHelp()),
        ("/quiz", ShowHelp()),
        ("  /QUIZ  ", ShowHelp()),
        ("/quiz help", ShowHelp()),
        ("play", play()),
        ("/quiz play", play()),
        ("quiz PLAY", play()),
        ("/quiz stop", Stop()),
        ("skip", Skip()),
        ("pause", Pause()),
        ("resume", Resume()),
        ("next", Next()),
        ("begin", Begin()),
        ("join", Join()),
        ("leave", Leave()),
        ("decks", ListDecks()),
    ],
)
def test_each_subcommand_is_read_with_and_without_its_root(text: str, intent: Intent) -> None:
    """Capital letters and spaces do not matter."""
    assert parse(text, LIBRARY) == intent


def test_every_command_of_the_menu_is_understood() -> None:
    """What is offered is understood."""
    assert [name for name in COMMANDS if isinstance(parse(f"/quiz {name}", LIBRARY), NotUnderstood)] == []


# ------------------------------------------------------------------------------------------------- options


@pytest.mark.parametrize(
    "text, expected",
    [
        ("count:10", play(count=10)),
        ("count=10", play(count=10)),
        ("Count : 10", play(count=10)),
        ('count:"10"', play(count=10)),
        ("questions:10", play(count=10)),
        ("deck:ropes/knots", play(KNOTS.id)),
        ("deck:knots", play(KNOTS.id)),
        ("deck:KNO", play(KNOTS.id)),
        ('deck:"Knots and bends"', play(KNOTS.id)),
        ("deck:“Knots and bends”", play(KNOTS.id)),
        ("deck:'Knots and bends'", play(KNOTS.id)),
        ('deck:"knots and', play(KNOTS.id)),
        ("deck:bends", play(KNOTS.id)),
        ("deck:rope-care", play(CARE.id)),
        ("deck:rope_care", play(CARE.id)),
        ("deck:ropes", play(*ROPES)),
        ("deck:Ropework", play(*ROPES)),
        ("deck:rope", play(*ROPES)),
        ("deck:night-sky", play(MOON.id, STARS.id)),
        ("deck:night", play(MOON.id, STARS.id)),
        ("deck:tea", play(TEA.id)),
        ("deck:knots deck:moon deck:knots", play(KNOTS.id, MOON.id)),
        ("deck:knots,moon", play(KNOTS.id, MOON.id)),
        ('deck:"Tea, black and green"', play(TEA.id)),
        ("mode:first", play(settings=Settings(mode=Mode.FIRST))),
        ("mode:Relaxed", play(settings=Settings(mode=Mode.RELAXED))),
        ("seconds:45", play(settings=Settings(seconds=45))),
        ("seconds:45s", play(settings=Settings(seconds=45))),
        ("time:45", play(settings=Settings(seconds=45))),
        ("topic:1.1", play(topics=("1.1",))),
        ("topic:1", play(topics=("1.1", "1.2"))),
        ("topic:tying", play(topics=("1.1",))),
        ('topic:"first light" topic:moon', play(topics=("first light", "moon"))),
        ("topic:eclipses topic:eclipses", play(topics=("moon",))),
        ("level:easy", play(levels=(Difficulty.EASY,))),
        ("level:easy,HARD,easy", play(levels=(Difficulty.EASY, Difficulty.HARD))),
        ("difficulty:medium", play(levels=(Difficulty.MEDIUM,))),
        ("lobby:wait pause:wait", play(settings=Settings(lobby_seconds=None, pause_seconds=None))),
        ("lobby:20s pause:0", play(settings=Settings(lobby_seconds=20, pause_seconds=0))),
        ("change:until_close", play(settings=Settings(change=Change.UNTIL_CLOSE))),
        ('change:"until close"', play()),
        ("change:never", play(settings=Settings(change=Change.NEVER))),
        ("speed:off partial:on", play(settings=Settings(speed_bonus=False, partial_credit=True))),
        ("speed:yes partial:no", play()),
        ("teams:3", play(settings=Settings(mode=Mode.TEAMS, teams=3))),
        ("mode:everyone teams:3", play(settings=Settings(teams=3))),
        ("count:3, seconds:20;", play(count=3, settings=Settings(seconds=20))),
        ("count:3 count:4", play(count=4)),
    ],
)
def test_options_are_read_as_key_and_value(text: str, expected: StartRound) -> None:
    """With a colon or an equals sign, quoted or not; of a setting said twice the last counts."""
    assert parse(f"/quiz play {text}", LIBRARY) == expected


@pytest.mark.parametrize(
    "text, expected",
    [
        ("10", play(count=10)),
        ("10 questions", play(count=10)),
        ("45s", play(settings=Settings(seconds=45))),
        ("10 questions, 45 seconds", play(count=10, settings=Settings(seconds=45))),
        ("3 teams", play(settings=Settings(mode=Mode.TEAMS, teams=3))),
        ("first easy 7", play(count=7, levels=(Difficulty.EASY,), settings=Settings(mode=Mode.FIRST))),
        ("knots", play(KNOTS.id)),
        ("ropes/knots", play(KNOTS.id)),
        ("knots and bends 5 relaxed", play(KNOTS.id, settings=Settings(mode=Mode.RELAXED))),
        ("the night sky", play(MOON.id, STARS.id)),
        ("5 from knots please", play(KNOTS.id)),
        ("stars of the year and knots", play(STARS.id, KNOTS.id)),
        ("moon", play(MOON.id)),
        ("'The Moon'", play(MOON.id)),
        ("1.2", play(topics=("1.2",))),
        ("leaves count:3", play(count=3, topics=("leaves",))),
        ("mode first", play(settings=Settings(mode=Mode.FIRST))),
    ],
)
def test_bare_words_are_taken_kindly(text: str, expected: StartRound) -> None:
    """A number is the count, a mode's name the mode, a deck's name the deck; small words are passed over."""
    assert parse(f"/quiz play {text}", LIBRARY) == expected


# ------------------------------------------------------------------------------------------ not understood


@pytest.mark.parametrize(
    "text, problem, said, nearest",
    [
        ("/quiz plya", InputProblem.UNKNOWN_COMMAND, "plya", "/quiz play"),
        ("/quiz xyzzy", InputProblem.UNKNOWN_COMMAND, "xyzzy", ""),
        ("/quiz !!!", InputProblem.UNKNOWN_COMMAND, "!!!", ""),
        ("/play knots", InputProblem.UNKNOWN_COMMAND, "/play", "/quiz play"),
        ("/quiz knots 5", InputProblem.UNKNOWN_COMMAND, "knots", "/quiz play knots 5"),
        ("/quiz stop now", InputProblem.NO_OPTIONS, "now", "/quiz stop"),
        ("/quiz play sceonds:10", InputProblem.UNKNOWN_OPTION, "sceonds", "/quiz play seconds:10"),
        ("/quiz play colour:red", InputProblem.UNKNOWN_OPTION, "colour", ""),
        ("/quiz play deck:", InputProblem.VALUE_MISSING, "deck", ""),
        ('/quiz play deck:""', InputProblem.VALUE_MISSING, "deck", ""),
        ("/quiz play deck:knits", InputProblem.UNKNOWN_DECK, "knits", "/quiz play deck:ropes/knots"),
        ("play 5 deck:knits easy", InputProblem.UNKNOWN_DECK, "knits", "/quiz play 5 deck:ropes/knots easy"),
        ("/quiz play deck:zzzzz", InputProblem.UNKNOWN_DECK, "zzzzz", ""),
        ('/quiz play deck:","', InputProblem.UNKNOWN_DECK, ",", ""),
        ("/quiz play deck:knots,zzzzz", InputProblem.UNKNOWN_DECK, "zzzzz", ""),
        ("/quiz play deck:of", InputProblem.SEVERAL_DECKS, "of", "/quiz play deck:ropes/rope-care"),
        ("/quiz play and", None, "", ""),
        ("/quiz play topic:zzzzz", InputProblem.UNKNOWN_TOPIC, "zzzzz", ""),
        ("/quiz play topic:mon", InputProblem.UNKNOWN_TOPIC, "mon", "/quiz play topic:moon"),
        (
            '/quiz play topic:"frist light"',
            InputProblem.UNKNOWN_TOPIC,
            "frist light",
            '/quiz play topic:"first light"',
        ),
        ("/quiz play topic:none", InputProblem.UNKNOWN_TOPIC, "none", ""),
        ("/quiz play mode:frist", InputProblem.BAD_MODE, "frist", "/quiz play mode:first"),
        ("/quiz play mode:zzzzz", InputProblem.BAD_MODE, "zzzzz", ""),
        ("/quiz play level:easi", InputProblem.BAD_LEVEL, "easi", "/quiz play level:easy"),
        ("/quiz play change:nevr", InputProblem.BAD_CHANGE, "nevr", "/quiz play change:never"),
        ("/quiz play speed:quick", InputProblem.BAD_SWITCH, "quick", ""),
        ("/quiz play partial:offf", InputProblem.BAD_SWITCH, "offf", "/quiz play partial:off"),
        ("/quiz play count:0", InputProblem.BAD_COUNT, "0", ""),
        ("/quiz play count:51", InputProblem.BAD_COUNT, "51", ""),
        ("/quiz play count:ten", InputProblem.BAD_COUNT, "ten", ""),
        ("/quiz play count:5s", InputProblem.BAD_COUNT, "5s", ""),
        ("/quiz play count:٥", InputProblem.BAD_COUNT, "٥", ""),
        ("/quiz play count:99999999999999999999", InputProblem.BAD_COUNT, "99999999999999999999", ""),
        ("/quiz play 99", InputProblem.BAD_COUNT, "99", ""),
        ("/quiz play 4s", InputProblem.BAD_SECONDS, "4s", ""),
        ("/quiz play seconds:601", InputProblem.BAD_SECONDS, "601", ""),
        ("/quiz play lobby:4", InputProblem.BAD_LOBBY, "4", ""),
        ("/quiz play pause:soon", InputProblem.BAD_PAUSE, "soon", ""),
        ("/quiz play 9 teams", InputProblem.BAD_TEAMS, "9", ""),
        ("/quiz play frist", InputProblem.UNKNOWN_WORD, "frist", "/quiz play first"),
        ("/quiz play knits", InputProblem.UNKNOWN_WORD, "knits", "/quiz play ropes/knots"),
        ("/quiz play zzzzz", InputProblem.UNKNOWN_WORD, "zzzzz", ""),
        ("/quiz play k", InputProblem.UNKNOWN_WORD, "k", ""),
        ('/quiz play "', InputProblem.UNKNOWN_WORD, '"', ""),
    ],
)
def test_what_cannot_be_read_is_told_with_what_was_meant(
    text: str, problem: InputProblem | None, said: str, nearest: str
) -> None:
    """The reason is a code, *said* the words in question, *nearest* a whole line that can be sent."""
    expected = play() if problem is None else NotUnderstood(problem.value, said, nearest)

    assert parse(text, LIBRARY) == expected


@pytest.mark.parametrize(
    "text",
    ["/quiz plya", "play sceonds:10", "play deck:knits", "play topic:mon", "play mode:frist", "play knits"],
)
def test_what_is_offered_instead_is_understood(text: str) -> None:
    """Nobody is sent from one error to the next."""
    refused = parse(text, LIBRARY)

    assert isinstance(refused, NotUnderstood)
    assert isinstance(parse(refused.nearest, LIBRARY), StartRound)


def test_a_line_that_is_too_long_is_refused_before_it_is_read() -> None:
    """In characters, or in words."""
    for text in ("play " + "x" * 5000, "play " + "5 " * 70):
        refused = parse(text, LIBRARY)
        assert isinstance(refused, NotUnderstood)
        assert refused.reason == InputProblem.TOO_LONG
        assert len(refused.said) <= 100


def test_an_offer_longer_than_a_line_is_left_out() -> None:
    """Half a command would help nobody."""
    refused = parse(f"play deck:knits {'please ' * 20}", LIBRARY)

    assert refused == NotUnderstood("unknown_deck", "knits", "")


def test_without_any_packs_a_round_can_still_be_asked_for() -> None:
    """Whether there is anything to play is not grammar."""
    assert parse("/quiz play 5", Library()) == play()
    assert parse("/quiz play deck:knots", Library()) == NotUnderstood("unknown_deck", "knots", "")


PIECES: Final = st.sampled_from(
    [
        "/quiz",
        "play",
        "stop",
        "deck",
        "count",
        ":",
        "=",
        '"',
        "'",
        "“",
        " ",
        "knots",
        "and",
        "5",
        "9" * 20,
        "easy",
        ",",
        "\n",
        "s",
    ]
)


@given(
    st.one_of(
        st.text(), st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=40).map(" ".join)
    )
)
def test_no_text_raises(text: str) -> None:
    """Every text is an intent, and a round that is asked for is within its limits."""
    intent = parse(text, LIBRARY)

    if isinstance(intent, StartRound):
        assert 1 <= intent.request.count <= 50
        assert 5 <= intent.settings.seconds <= 600
        assert 2 <= intent.settings.teams <= 8
    if isinstance(intent, NotUnderstood):
        assert intent.reason in set(InputProblem)
        assert len(intent.said) <= 100
        assert len(intent.nearest) <= 100


def times_an_ordinary_line(text: str) -> float:
    """Return how many times as long as an ordinary line *text* takes to read and complete, far below 100."""

    def read(line: str) -> None:
        parse(line, LIBRARY)
        complete(line, LIBRARY)

    return growth(read, text, "/quiz play 10 moon", enough=100)


@pytest.mark.parametrize(
    "piece", ["a ", "moon ", "moon and ", '"', "deck:", "deck:knots ", "x:y ", " ", "'", "é", "of "]
)
def test_five_thousand_characters_are_answered_at_once(piece: str) -> None:
    """Nobody can hold up a channel by typing."""
    for length in (200, 990, 5000):
        assert times_an_ordinary_line(f"/quiz play {piece * (length // len(piece))}") < 100


# --------------------------------------------------------------------------------------------- completions


def inserts(text: str) -> list[str]:
    """Return the lines that *text* could become."""
    return [suggestion.insert for suggestion in complete(text, LIBRARY)]


@pytest.mark.parametrize("text", ["/", "/q", "/QUI", "/quiz", "/quiz "])
def test_the_root_offers_every_command(text: str) -> None:
    """With what each does."""
    assert inserts(text) == [f"/quiz {name}" for name in COMMANDS]
    assert all(suggestion.hint for suggestion in complete(text, LIBRARY))


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", []),
        ("hello", []),
        ("/pl", ["/quiz play"]),
        ("/zzz", []),
        ("/play knots", []),
        ("/quiz p", ["/quiz play", "/quiz pause"]),
        ("/quiz S", ["/quiz stop", "/quiz skip", "/quiz settings"]),
        ("/quiz zzz", []),
        ("/quiz stop ", []),
        ("/quiz play", ["/quiz play", *(f"/quiz play {name}:" for name in OPTION_NAMES[:11])]),
        ("/quiz play ", [f"/quiz play {name}:" for name in OPTION_NAMES]),
        ("/quiz play deck:knots l", ["/quiz play deck:knots level:", "/quiz play deck:knots lobby:"]),
        ("/quiz play level:easy l", ["/quiz play level:easy lobby:"]),
        ("/quiz play kn", ["/quiz play deck:ropes/knots"]),
        ("/quiz play fi", ["/quiz play mode:first"]),
        ("/quiz play m", ["/quiz play mode:", "/quiz play deck:night-sky/moon", "/quiz play level:medium"]),
        ("/quiz play deck:mo", ["/quiz play deck:night-sky/moon"]),
        ('/quiz play deck:"the mo', ["/quiz play deck:night-sky/moon"]),
        (
            "/quiz play deck:rop",
            ["/quiz play deck:ropes/knots", "/quiz play deck:ropes/rope-care", "/quiz play deck:ropes"],
        ),
        ("/quiz play deck:year", ["/quiz play deck:night-sky/stars"]),
        ("/quiz play deck:zzz", []),
        ("/quiz play Topic:ecl", ["/quiz play topic:moon"]),
        (
            "/quiz play deck:stars topic:",
            ["/quiz play deck:stars topic:light", '/quiz play deck:stars topic:"first light"'],
        ),
        ("/quiz play mode:", [f"/quiz play mode:{mode}" for mode in Mode]),
        ("/quiz play mode:F", ["/quiz play mode:first"]),
        ("/quiz play count:1", ["/quiz play count:10"]),
        ("/quiz play lobby:", [f"/quiz play lobby:{value}" for value in ("15", "30", "60", "wait")]),
        ("/quiz play pause:w", ["/quiz play pause:wait"]),
        ("/quiz play speed:o", ["/quiz play speed:on", "/quiz play speed:off"]),
        ("/quiz play colour:", []),
    ],
)
def test_what_is_typed_so_far_can_be_completed(text: str, expected: list[str]) -> None:
    """Each suggestion is the whole line as it would be."""
    assert inserts(text) == expected


def test_a_suggestion_has_a_short_label_and_says_what_it_is() -> None:
    """The size of a deck, the meaning of a value."""
    (deck,) = complete("/quiz play deck:knots", LIBRARY)

    assert (deck.insert, deck.label, deck.hint) == (
        "/quiz play deck:ropes/knots",
        "deck:ropes/knots",
        "Knots and bends, 2 questions",
    )


def test_at_most_twelve_are_offered() -> None:
    """More could not be looked through."""
    many = Library(
        (
            Pack(
                PackId("p"),
                "P",
                "en",
                "",
                "1",
                "",
                tuple(_deck("p", f"d{n}", f"D {n}", ()) for n in range(30)),
            ),
        )
    )

    assert len(complete("/quiz play deck:", many)) == 12


def test_every_value_that_is_offered_is_understood() -> None:
    """What completion writes, the grammar reads."""
    for name in OPTION_NAMES:
        for line in inserts(f"/quiz play {name}:"):
            assert isinstance(parse(line, LIBRARY), StartRound), line


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join).map("/quiz play ".__add__)))
def test_no_text_raises_while_it_is_typed(text: str) -> None:
    """Suggestions or none."""
    assert len(complete(text, LIBRARY)) <= max(12, len(COMMANDS))
