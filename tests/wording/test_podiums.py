"""Pauses, and the end of a round: the podium, or the standing so far."""

from dataclasses import replace

import pytest

from bot.core.commands import Mode, Resume, ShowMissed
from bot.core.effects import Ending, RoundPaused, RoundResumed
from bot.wording.actions import encode
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Button, Countdown, Podium, PodiumStep, Style, Table, Text, Tone
from tests.wording.samples import ADA, BLUE, BO, RED, ROUND, ended


@pytest.mark.parametrize(
    "left, said",
    [
        (None, "Άδα paused the round."),
        (0, "Άδα paused the round with 0 seconds left."),
        (1, "Άδα paused the round with 1 second left."),
        (61, "Άδα paused the round with 1 minute and 1 second left."),
        (120, "Άδα paused the round with 2 minutes left."),
    ],
)
def test_a_pause_says_who_and_how_much_is_left(left: int | None, said: str) -> None:
    """Without a clock nothing is left to say."""
    view = view_of(RoundPaused(ROUND, "Άδα", left))

    assert view.alt == f"Paused\n\n{said}"
    assert view.controls == (
        Button(encode(Resume(), ROUND), "Go on", "Go on with the round, for the host", Style.PRIMARY),
    )
    assert view_of(RoundPaused(ROUND, "Άδα", left), actions=False).controls == ()


def test_going_on_says_who_and_how_much_is_left() -> None:
    """In words: the running clock is in the message that was live before, and there is one of it."""
    view = view_of(RoundResumed(ROUND, "Άδα", 61))

    assert plain(view) == "Going on\n\nΆδα resumed the round with 1 minute and 1 second left."
    assert not any(isinstance(block, Countdown) for block in view.blocks)
    assert plain(view_of(RoundResumed(ROUND, ""))) == "Going on\n\nSomebody resumed the round."


def test_a_chat_that_is_not_heard_is_told_so_and_what_to_do_afterwards() -> None:
    """Nobody asked for that pause, and it ends by itself."""
    paused = plain(view_of(RoundPaused(ROUND, "", 12, suspended=True)))
    resumed = plain(view_of(RoundResumed(ROUND, "", 12, suspended=True)))

    assert "lost the connection" in paused
    assert "12 seconds left" in paused
    assert "I am back" in resumed
    assert "press it again" in resumed


def test_the_podium_reads_from_title_to_button() -> None:
    """The whole message, as a transcript has it."""
    view = view_of(ended())

    assert view.tone is Tone.PODIUM
    assert plain(view).split("\n\n") == [
        "Podium: Τίτλος",
        "5 questions, 2 players.",
        "1st: Άδα, 320 points.\n2nd: Βίκη, 100 points.",
        "Standing\nPlace | Name | Points | Right\n1 | Άδα | 320 | 3\n2 | Βίκη | 100 | 1",
        "[What I missed]",
    ]
    assert [control.action for control in view.controls] == [encode(ShowMissed(ROUND), ROUND)]


def test_those_who_tie_share_a_step() -> None:
    """Two firsts and a third; whoever comes fourth or has nothing does not stand on it."""
    lines = (
        ADA,
        replace(BO, rank=1, points=320),
        replace(BO, rank=3, name="Γη", points=1),
        replace(BO, rank=4, points=0),
    )
    (podium,) = [block for block in view_of(ended(standing=lines)).blocks if isinstance(block, Podium)]

    assert podium == Podium(
        (
            PodiumStep(1, "Άδα", "320 points"),
            PodiumStep(1, "Βίκη", "320 points"),
            PodiumStep(3, "Γη", "1 point"),
        ),
        "1st: Άδα and Βίκη, 320 points.\n3rd: Γη, 1 point.",
    )


def test_who_has_no_points_stands_on_no_step() -> None:
    """A first place with nothing is none."""
    view = view_of(ended(standing=(replace(ADA, points=0),)))

    assert "Nobody scored." in plain(view)
    assert not any(isinstance(block, Podium) for block in view.blocks)


def test_teams_stand_on_the_podium_and_people_in_the_table() -> None:
    """A team scores the mean of its members."""
    view = view_of(ended(mode=Mode.TEAMS, teams=(RED, BLUE)))

    assert "1st: Team 1, 200 points.\n2nd: Team 2, 150 points." in plain(view)
    assert "Teams\nPlace | Team | Mean points\n1 | Team 1 | 200\n2 | Team 2 | 150" in plain(view)
    assert "1 | Άδα | 320 | 3" in plain(view)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"title": ""}, "Podium: Mixed questions"),
        ({"asked": 1, "joined": 1, "standing": (ADA,)}, "1 question, 1 player."),
        ({"joined": 3}, "… and 1 other."),
        ({"joined": 1002}, "… and 1,000 others."),
        ({"ending": Ending.STOPPED, "by": "Άδα"}, "Round stopped: Τίτλος"),
        (
            {"ending": Ending.STOPPED, "by": "Άδα", "asked": 2},
            "Stopped by Άδα after 2 of 5 questions: the standing so far.",
        ),
        ({"ending": Ending.STOPPED, "by": "Άδα", "asked": 0}, "Stopped by Άδα before a question was scored."),
        (
            {"ending": Ending.NOBODY, "asked": 0, "joined": 0, "standing": ()},
            "Nobody joined, so the round did not start.",
        ),
        ({"ending": Ending.NOBODY, "asked": 0, "joined": 0, "standing": ()}, "No round: Τίτλος"),
    ],
)
def test_each_ending_has_its_words(changes: dict[str, object], said: str) -> None:
    """Finished, stopped, or never begun."""
    assert said in plain(view_of(ended(**changes)))


@pytest.mark.parametrize("ending", [Ending.STOPPED, Ending.NOBODY])
def test_before_a_question_was_scored_there_is_no_standing_and_nothing_missed(ending: Ending) -> None:
    """A table of zeros says nothing."""
    view = view_of(ended(ending=ending, by="Άδα", asked=0))

    assert view.controls == ()
    assert not any(isinstance(block, Table | Podium) for block in view.blocks)


def test_a_round_that_everybody_left_has_a_podium_without_anybody() -> None:
    """Questions were scored, but nobody is left to be shown."""
    assert plain(view_of(ended(standing=(), joined=0))).split("\n\n")[1:3] == [
        "5 questions, 0 players.",
        "Nobody scored.",
    ]


def test_without_actions_there_is_no_button() -> None:
    """The words are the same."""
    assert view_of(ended(), actions=False).controls == ()


@pytest.mark.parametrize(
    "standing, said", [((ADA,), "You got 3 of 5 right this time."), ((), "You got 0 of 5 right this time.")]
)
def test_a_redo_ends_with_how_many_were_right(standing: tuple[object, ...], said: str) -> None:
    """It has no points and no podium."""
    assert plain(view_of(ended(scored=False, standing=standing))).startswith(f"Redo finished\n\n{said}")


def test_a_name_stands_in_a_cell_of_its_own() -> None:
    """So that a reader's own row can be found by it."""
    (table,) = [block for block in view_of(ended()).blocks if isinstance(block, Table)]

    assert table.rows[0] == ((Text("1"),), (Text("Άδα"),), (Text("320"),), (Text("3"),))
    assert table.align == ("right", "left", "right", "right")
