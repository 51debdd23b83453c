"""Schedules of the question of the day, and what organisers are told of them."""

from datetime import time, timedelta

import pytest

from bot.core import effects as fx
from bot.core.commands import DrawRequest, RevealAt
from bot.core.ids import DeckId, Topic
from bot.core.items import Difficulty
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import (
    ChannelName,
    Code,
    Moment,
    RoleName,
    Tone,
)
from tests.wording.runs import runs
from tests.wording.samples import (
    DAY,
    schedule,
)

# -------------------------------------------------------------------------------------------- the schedules


def test_a_schedule_is_told_with_its_next_posts_by_both_clocks() -> None:
    """The group's clock goes back in the night to Sunday, and the posts stay at nine."""
    view = view_of(fx.SchedulesShown((schedule(),)))

    assert view.tone is Tone.INFO
    assert plain(view).split("\n\n") == [
        "Questions of the day in this channel",
        "Every day at 09:00, Europe/Berlin.",
        "From all decks.",
        "The answer comes 12 hours after the question.",
        "Next posts, in Europe/Berlin and by your own clock:",
        (
            "• Saturday, 24 October, 09:00 (Saturday, 24 October, 07:00 UTC)\n"
            "• Sunday, 25 October, 09:00 (Sunday, 25 October, 08:00 UTC)\n"
            "• Monday, 26 October, 09:00 (Monday, 26 October, 08:00 UTC)"
        ),
    ]
    assert [run.at for run in runs(view) if isinstance(run, Moment)] == list(schedule().next)


def test_what_a_schedule_draws_and_whom_it_calls_is_told() -> None:
    """The role is named, and never called by being named."""
    request = DrawRequest(1, (DeckId("π/δ"),), (Topic("1.1"), Topic("2")), (Difficulty.EASY,))
    line = schedule(request=request, mention="4711", zone="America/New_York", reveal=RevealAt(time(18, 30)))
    view = view_of(fx.SchedulesShown((line,)))

    assert "From π/δ, topic 1.1 and 2, easy questions only." in plain(view)
    assert "The answer comes at 18:30." in plain(view)
    assert "America/New York" in plain(view)
    assert RoleName("4711") in runs(view)
    assert view.mention == ""


def test_several_schedules_stand_under_their_names() -> None:
    """A single one needs no name, unless it was given one."""
    both = plain(view_of(fx.SchedulesShown((schedule(), schedule(name="πρωί")))))
    one = plain(view_of(fx.SchedulesShown((schedule(),))))

    assert "\n\ndaily\n\n" in both
    assert "\n\nπρωί\n\n" in both
    assert "\n\ndaily\n\n" not in one
    assert "\n\nπρωί\n\n" in plain(view_of(fx.SchedulesShown((schedule(name="πρωί"),))))


def test_a_paused_schedule_says_how_it_goes_on() -> None:
    """It has no next posts."""
    view = view_of(fx.SchedulesShown((schedule(paused=True, next=(), name="πρωί"),)))

    assert Code("/quiz daily set name:πρωί") in runs(view)
    assert "Next posts" not in plain(view)


def test_no_schedule_is_said_with_what_to_type() -> None:
    """Nobody is left with an empty list."""
    view = view_of(fx.SchedulesShown(()))

    assert Code("/quiz daily set 9:00 zone:berlin") in runs(view)


@pytest.mark.parametrize(
    "new, title", [(True, "Question of the day set"), (False, "Question of the day changed")]
)
def test_what_was_set_is_told_as_it_is_now(*, new: bool, title: str) -> None:
    """With all that was left as it was."""
    view = view_of(fx.ScheduleSet(schedule(), new=new))

    assert (view.title, view.tone) == (title, Tone.GOOD)
    assert "Every day at 09:00, Europe/Berlin." in plain(view)


@pytest.mark.parametrize("name, again", [("daily", "/quiz daily set"), ("πρωί", "/quiz daily set name:πρωί")])
def test_a_stopped_schedule_says_how_to_begin_again(name: str, again: str) -> None:
    """A name is said where there is one to say."""
    view = view_of(fx.ScheduleStopped(name))

    assert Code(again) in runs(view)
    assert ("πρωί" in view.alt) == (name == "πρωί")


# -------------------------------------------------------------------------------------- what organisers hear


@pytest.mark.parametrize(
    "count, said",
    [
        (1, "The question of Sunday, 22 November was too late to be posted."),
        (3, "3 questions, from Sunday, 22 November to Wednesday, 25 November, were too late to be posted."),
    ],
)
def test_skipped_days_are_told_once_and_break_nothing(count: int, said: str) -> None:
    """With the schedule that they belong to."""
    last = DAY if count == 1 else DAY + timedelta(days=3)
    text = plain(view_of(fx.DaysSkipped("πρωί", "Europe/Berlin", DAY, last, count)))

    assert f"{said} Nobody's streak breaks, and the next one comes at its hour." in text
    assert "Schedule: πρωί, Europe/Berlin" in text


def test_a_schedule_that_is_paused_for_trouble_says_where_why_and_what_to_do() -> None:
    """It is read elsewhere, so it names the channel."""
    view = view_of(fx.SchedulePaused("πρωί", "99", "Missing Access"))

    assert ChannelName("99") in runs(view)
    assert Code("/quiz daily set name:πρωί") in runs(view)
    assert "“Missing Access”" in plain(view)
    assert "Schedule: πρωί" in plain(view)
    assert "reason" not in plain(view_of(fx.SchedulePaused("daily", "99", "")))


@pytest.mark.parametrize(
    "refusal, detail, said",
    [
        (fx.Refusal.NOT_ORGANISER, "", "Only organisers can do that. Ask an organiser of this group."),
        (
            fx.Refusal.NO_SCHEDULE,
            "",
            "This channel has no question of the day. Set one with /quiz daily set 9:00 zone:berlin.",
        ),
        (
            fx.Refusal.NO_SCHEDULE,
            "noon",
            "There is no schedule “noon” in this channel. See what there is with /quiz daily show.",
        ),
        (
            fx.Refusal.WHICH_SCHEDULE,
            "dawn, noon",
            "This channel has several schedules: dawn, noon. Say the name of one.",
        ),
        (
            fx.Refusal.TOO_MANY_SCHEDULES,
            "10",
            "This channel has no room for more than 10 schedules. Change one that is there.",
        ),
        (
            fx.Refusal.TIME_MISSING,
            "",
            "The time is missing. Say when, as in /quiz daily set 9:00 zone:berlin.",
        ),
        (
            fx.Refusal.ZONE_MISSING,
            "",
            "The zone is missing. Name a city in it, as in /quiz daily set 9:00 zone:berlin.",
        ),
        (
            fx.Refusal.DAY_DONE,
            "",
            "Today's question has been posted already. The next one comes at its hour.",
        ),
    ],
)
def test_every_refusal_says_what_to_do_next(refusal: fx.Refusal, detail: str, said: str) -> None:
    """In one or two short sentences."""
    assert plain(view_of(fx.CommandRefused(refusal, detail)).blocks) == said


def test_a_post_that_was_asked_for_is_confirmed() -> None:
    """The channel's own message says the rest."""
    view = view_of(fx.CommandDone(fx.Confirmation.POSTED))

    assert plain(view) == "Posted\n\nToday's question is on its way to this channel."
