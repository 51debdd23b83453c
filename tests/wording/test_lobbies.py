"""A lobby says who asks whom to what, how it is played, who is in and when it starts."""

import pytest

from bot.core.commands import Begin, Join, Leave, Mode
from bot.core.effects import LobbyChanged, LobbyOpened
from bot.wording.actions import encode
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Button, Countdown, Style, Tone
from tests.wording.samples import LATER, NOON, ROUND, lobby


def test_a_lobby_reads_from_title_to_buttons() -> None:
    """The whole message, as a transcript has it."""
    view = view_of(LobbyOpened(lobby()))

    assert view.tone is Tone.LOBBY
    assert plain(view).split("\n\n") == [
        "New round: Τίτλος",
        "Άδα invites everyone to 5 questions, 30 seconds for each.",
        "Everyone answers, and a faster right answer earns more.",
        "In the round: Άδα and Βίκη.",
        "0:30 to join",
        "[Join]\n[Start now]\n[Leave]",
    ]


def test_its_buttons_lead_to_joining_starting_and_leaving() -> None:
    """Join stands out; each has a hint that says the whole."""
    view = view_of(LobbyOpened(lobby()))

    assert [c.action for c in view.controls] == [encode(c, ROUND) for c in (Join(), Begin(), Leave())]
    assert [c.style for c in view.controls if isinstance(c, Button)] == [
        Style.PRIMARY,
        Style.PLAIN,
        Style.PLAIN,
    ]


def test_opening_and_changing_read_alike() -> None:
    """An edit shows the state, whatever led to it."""
    assert view_of(LobbyOpened(lobby())) == view_of(LobbyChanged(lobby()))


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"title": ""}, "New round: Mixed questions"),
        ({"count": 1}, "Άδα invites everyone to 1 question, 30 seconds for each."),
        ({"seconds": 90}, "5 questions, 1 minute and 30 seconds for each."),
        ({"seconds": 60}, "5 questions, 1 minute for each."),
        ({"seconds": None}, "Άδα invites everyone to 5 questions, without a clock."),
        ({"mode": Mode.FIRST}, "The first right answer takes the question; everyone has one try."),
        (
            {"mode": Mode.TEAMS, "teams": 3},
            "Everyone joins one of 3 teams; a team scores the mean of its members.",
        ),
        ({"mode": Mode.RELAXED}, "a question closes when everyone has answered or the host says so."),
        ({"joined": 0, "names": ()}, "Nobody has joined yet."),
        ({"joined": 1, "names": ("Άδα",)}, "In the round: Άδα."),
        ({"joined": 3}, "In the round: Άδα, Βίκη and 1 other."),
        ({"joined": 12}, "In the round: Άδα, Βίκη and 10 others."),
        ({"host": "\u202e \n"}, "Somebody invites everyone"),
        ({"starts_at": None}, "It starts when Άδα says so."),
        ({"open": False}, "This lobby is closed."),
    ],
)
def test_each_fact_has_its_words(changes: dict[str, object], said: str) -> None:
    """Plurals, times and names as people say them."""
    assert said in plain(view_of(LobbyOpened(lobby(**changes))))


def test_a_lobby_that_is_over_has_neither_a_clock_nor_buttons() -> None:
    """Nothing can be pressed that would be refused."""
    view = view_of(LobbyChanged(lobby(open=False)))

    assert view.controls == ()
    assert not any(isinstance(block, Countdown) for block in view.blocks)


def test_a_lobby_without_actions_has_no_buttons() -> None:
    """A transport that cannot press shows the words alone."""
    assert view_of(LobbyOpened(lobby()), actions=False).controls == ()


def test_the_clock_runs_to_the_start() -> None:
    """From the moment the lobby opened; a message of an earlier version has none, and no length then."""
    assert Countdown(NOON, LATER, "to join") in view_of(LobbyOpened(lobby())).blocks
    assert Countdown(LATER, LATER, "to join") in view_of(LobbyOpened(lobby(opened_at=None))).blocks
