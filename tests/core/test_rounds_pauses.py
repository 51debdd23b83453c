"""Pause and resume in every phase, and the window that starts when a question's message is there."""

from dataclasses import replace

import pytest

from bot.core.commands import (
    Begin,
    Close,
    Continue,
    Join,
    Mode,
    Next,
    Pause,
    Posted,
    Resume,
    RoundCommand,
    Settings,
    Skip,
    Stop,
    Suspend,
    Tick,
)
from bot.core.effects import (
    CommandDone,
    CommandRefused,
    Confirmation,
    Ending,
    LobbyChanged,
    QuestionChanged,
    QuestionClosed,
    QuestionState,
    Refusal,
    RevealChanged,
    RevealState,
    RoundEnded,
    RoundPaused,
    RoundResumed,
)
from bot.core.rounds import GRACE, LONGEST_SUSPENSION, UNSEEN, next_wake
from bot.core.states import Phase
from tests.core.builders import ANN, BEN, CAT, NOON, ROUND, B, Game, asking, begin, in_lobby, moment, qid

DONE = CommandDone(Confirmation.DONE)


def revealed() -> Game:
    """Return a round whose first question closed after 30.75 s, with 10 s until the next."""
    game = asking(BEN)
    game.do(Tick(), at=30.75)
    return game


def unposted() -> Game:
    """Return a round whose first question was opened at noon and has not reached the channel."""
    return Game(begin(Settings(lobby_seconds=0)).round)


# ------------------------------------------------------------------------------------------ pause


def test_a_pause_in_the_lobby_stops_the_countdown() -> None:
    """And the lobby's message counts again from the resume."""
    game = in_lobby()

    paused = game.do(Pause(), ANN, 10)
    changed = paused.effects[0]
    assert isinstance(changed, LobbyChanged)
    assert (changed.lobby.opened_at, changed.lobby.starts_at) == (None, None)
    assert paused.effects[1:] == (RoundPaused(ROUND, "Ann", 20), DONE)
    assert next_wake(game.round) is None

    resumed = game.do(Resume(), ANN, 100)
    changed = resumed.effects[0]
    assert isinstance(changed, LobbyChanged)
    assert (changed.lobby.opened_at, changed.lobby.starts_at) == (moment(90), moment(120))
    assert resumed.effects[1:] == (RoundResumed(ROUND, "Ann", 20), DONE)
    assert next_wake(game.round) == moment(120)


def test_a_pause_in_a_question_keeps_the_time_that_was_left() -> None:
    """Its message shows the pause, and then the clock again."""
    game = asking(BEN)

    paused = game.do(Pause(), ANN, 10.5)
    changed = paused.effects[0]
    assert isinstance(changed, QuestionChanged)
    assert (changed.state, changed.closes_at) == (QuestionState.PAUSED, None)
    assert paused.effects[1:] == (RoundPaused(ROUND, "Ann", 19), DONE)

    resumed = game.do(Resume(), ANN, 100)
    changed = resumed.effects[0]
    assert isinstance(changed, QuestionChanged)
    assert (changed.state, changed.closes_at) == (QuestionState.OPEN, moment(119.5))
    assert resumed.effects[1:] == (RoundResumed(ROUND, "Ann", 19), DONE)


def test_the_time_of_a_pause_counts_for_nobody() -> None:
    """An answer 2 s after a pause that began after 10 s took 12 s."""
    game = asking(BEN)
    game.answer(BEN, B, 4)
    game.do(Pause(), ANN, 10)
    game.do(Resume(), ANN, 100)

    game.answer(ANN, B, 102)
    game.do(Tick(), at=102)

    elapsed = [answer.elapsed_ms for who in (BEN, ANN) if (answer := game.person(who).answer)]
    assert elapsed == [4_000, 12_000]


def test_a_pause_after_a_reveal_keeps_the_rest_of_it() -> None:
    """Its message has no clock during the pause, and then counts again."""
    game = asking(BEN)
    reveal = game.do(Tick(), at=30.75).effects[1]
    assert isinstance(reveal, QuestionClosed)

    still = RevealChanged(replace(reveal, next_at=None, closed_at=None), RevealState.PAUSED)
    assert game.do(Pause(), ANN, 34.75).effects == (still, RoundPaused(ROUND, "Ann", 6), DONE)
    counting = replace(reveal, next_at=moment(106), closed_at=moment(96))
    assert game.do(Resume(), ANN, 100).effects == (
        RevealChanged(counting, RevealState.WAITING),
        RoundResumed(ROUND, "Ann", 6),
        DONE,
    )
    assert next_wake(game.round) == moment(106)


def test_a_round_that_is_stopped_in_the_pause_after_a_reveal_closes_its_message() -> None:
    """Nothing in it can be waited for any more."""
    game = revealed()
    game.do(Pause(), ANN, 34)

    changed, ended, *_, done = game.do(Stop(), ANN, 35).effects

    assert isinstance(changed, RevealChanged)
    assert changed.state is RevealState.OVER
    assert isinstance(ended, RoundEnded)
    assert done == DONE


def test_a_paused_lobby_does_not_begin() -> None:
    """It has not begun, so nobody is told that it has."""
    game = in_lobby()
    game.do(Pause(), ANN, 10)

    assert game.do(Begin(), ANN, 11).effects == (CommandRefused(Refusal.PAUSED),)


def test_a_pause_without_a_clock_has_no_seconds_left() -> None:
    """There is nothing to go on with but the question itself."""
    game = asking(BEN, settings=Settings(mode=Mode.RELAXED))

    assert game.do(Pause(), ANN, 9).effects[1] == RoundPaused(ROUND, "Ann", None)
    assert game.do(Resume(), ANN, 10).effects[1] == RoundResumed(ROUND, "Ann", None)


def test_a_pause_within_the_grace_leaves_no_time_at_all() -> None:
    """The question waits for answers on their way and no longer."""
    game = asking(BEN)
    game.do(Pause(), ANN, 30.5)

    game.do(Resume(), ANN, 100)

    assert next_wake(game.round) == moment(100) + GRACE


def test_a_pause_of_a_pause_and_a_resume_without_one_are_refused() -> None:
    """The second press of two does nothing."""
    game = asking(BEN)
    assert game.do(Resume(), ANN, 1).effects == (CommandRefused(Refusal.NOT_PAUSED),)

    game.do(Pause(), ANN, 2)
    before = game.round
    assert game.do(Pause(), ANN, 3).effects == (CommandRefused(Refusal.ALREADY_PAUSED),)
    assert game.round is before


@pytest.mark.parametrize("command", [Close(), Next(), Skip()], ids=lambda one: type(one).__name__)
def test_nothing_moves_on_during_a_pause(command: RoundCommand) -> None:
    """First the clock has to go on."""
    game = asking(BEN)
    game.do(Pause(), ANN, 2)
    before = game.round

    assert game.do(command, ANN, 3).effects == (CommandRefused(Refusal.PAUSED),)
    assert game.round is before


def test_a_paused_round_can_be_stopped() -> None:
    """The message of the question that was open says so."""
    game = asking(BEN)
    game.do(Pause(), ANN, 2)

    changed, ended, done = game.do(Stop(), ANN, 3).effects

    assert isinstance(changed, QuestionChanged)
    assert changed.state is QuestionState.STOPPED
    assert isinstance(ended, RoundEnded)
    assert (ended.ending, ended.by) == (Ending.STOPPED, "Ann")
    assert done == DONE


def test_whoever_joins_during_a_pause_of_a_question_plays_from_the_next() -> None:
    """The question is open, only its clock stands still."""
    game = asking(BEN)
    game.do(Pause(), ANN, 2)

    assert game.do(Join(), CAT, 3).effects == (CommandDone(Confirmation.JOINED_NEXT),)


def test_everybodys_answer_closes_a_question_after_a_pause_too() -> None:
    """The pause came between the last answer and the close."""
    game = asking()
    game.answer(ANN, B, 3)
    game.do(Pause(), ANN, 3)
    game.do(Resume(), ANN, 60)

    assert next_wake(game.round) == moment(57)
    assert game.do(Tick(), at=60).round.phase is Phase.REVEALED


# ------------------------------------------------------------------------------------------ posted


def test_the_window_starts_when_the_message_is_there() -> None:
    """A slow delivery takes nobody's time, and the message shows the new end."""
    game = unposted()

    step = game.do(Posted(qid(0), moment(4)), at=4.5)

    changed = step.effects[0]
    assert isinstance(changed, QuestionChanged)
    assert (changed.opened_at, changed.closes_at) == (moment(4), moment(34))
    assert next_wake(game.round) == moment(34) + GRACE


def test_a_delivery_of_less_than_a_second_is_not_worth_an_edit() -> None:
    """The window moves all the same."""
    game = unposted()

    step = game.do(Posted(qid(0), moment(0.4)), at=0.5)

    assert step.effects == ()
    assert game.round.until == moment(30.4)


@pytest.mark.parametrize(
    "posted, told, until",
    [
        pytest.param(9, 2, 32, id="no later than we hear of it"),
        pytest.param(-9, 2, 30, id="no earlier than it was opened"),
    ],
)
def test_the_time_of_the_post_is_held_within_bounds(posted: float, told: float, until: float) -> None:
    """A platform's clock may be wrong."""
    game = unposted()

    game.do(Posted(qid(0), moment(posted)), at=told)

    assert game.round.until == moment(until)


def test_a_relaxed_question_is_posted_without_an_end() -> None:
    """It has none."""
    game = Game(begin(Settings(mode=Mode.RELAXED, lobby_seconds=0)).round)

    game.do(Posted(qid(0), moment(4)), at=4)

    assert (game.round.opened_at, game.round.until) == (moment(4), None)


def test_only_the_first_word_of_the_open_questions_post_counts() -> None:
    """Twice, of another question and after the close it does nothing."""
    game = asking(BEN)
    before = game.round

    assert game.do(Posted(qid(0), moment(5)), at=5).round is before
    game.do(Tick(), at=30.75)
    before = game.round
    assert game.do(Posted(qid(0), moment(31)), at=31).round is before
    game.do(Tick(), at=40.75)
    before = game.round
    assert game.do(Posted(qid(0), moment(41)), at=41).round is before


def test_a_question_that_nobody_has_seen_waits_to_be_posted() -> None:
    """After a crash between the save and the post it is posted late, and still has its whole window."""
    game = unposted()
    assert next_wake(game.round) == moment(30) + UNSEEN
    assert game.do(Tick(), at=31).round.phase is Phase.ASKING

    game.do(Posted(qid(0), moment(40)), at=40)

    assert next_wake(game.round) == moment(70) + GRACE


def test_a_question_that_is_never_posted_closes_in_the_end() -> None:
    """The round does not hang on a message that the platform refuses."""
    game = unposted()

    assert game.do(Tick(), at=90).round.phase is Phase.REVEALED


def test_an_answer_shows_that_the_question_was_seen() -> None:
    """Then it closes in time, and the late word of the post moves nothing."""
    game = in_lobby(BEN)
    game.posts = False
    game.do(Begin(), ANN)
    game.answer(BEN, B, 3)
    assert next_wake(game.round) == moment(30) + GRACE

    step = game.do(Posted(qid(0), moment(20)), at=20)

    assert step.effects == ()
    assert (game.round.posted, game.round.opened_at, game.round.until) == (True, NOON, moment(30))


def test_a_question_that_is_posted_during_a_pause_gets_its_whole_window() -> None:
    """The time until the pause was spent without the question on anybody's screen."""
    game = unposted()
    game.do(Pause(), ANN, 5)

    assert game.do(Posted(qid(0), moment(6)), at=6).effects == ()
    game.do(Resume(), ANN, 60)

    assert (game.round.opened_at, game.round.until) == (moment(60), moment(90))
    assert next_wake(game.round) == moment(90) + GRACE


def test_a_relaxed_question_that_is_posted_during_a_pause_has_no_end_either() -> None:
    """There is no time left to add to."""
    game = Game(begin(Settings(mode=Mode.RELAXED, lobby_seconds=0)).round)
    game.do(Pause(), ANN, 5)
    game.do(Posted(qid(0), moment(6)), at=6)

    game.do(Resume(), ANN, 60)

    assert (game.round.opened_at, game.round.until) == (moment(60), None)


# ------------------------------------------------------------------------------------------- suspension


def test_a_chat_that_is_not_heard_stops_the_clock_and_one_that_is_lets_it_go_on() -> None:
    """Nobody confirms it to anybody; the channel is told."""
    game = asking(BEN)

    stopped = game.do(Suspend(), at=10)
    assert stopped.effects[1:] == (RoundPaused(ROUND, "", 20, suspended=True),)
    going = game.do(Continue(), at=70)
    assert going.effects[1:] == (RoundResumed(ROUND, "", 20, suspended=True),)
    assert next_wake(game.round) == moment(90) + GRACE


def test_a_suspension_ends_by_itself_should_nobody_end_it() -> None:
    """The process that suspended the round may be gone."""
    game = asking(BEN)
    game.do(Suspend(), at=10)
    wake = moment(10) + LONGEST_SUSPENSION

    assert next_wake(game.round) == wake
    assert game.do(Tick(), at=10 + LONGEST_SUSPENSION.total_seconds() - 1).effects == ()
    going = game.do(Tick(), at=10 + LONGEST_SUSPENSION.total_seconds())
    assert going.effects[1:] == (RoundResumed(ROUND, "", 20, suspended=True),)


def test_the_host_may_end_a_suspension() -> None:
    """Whoever presses the button is heard, after all."""
    game = asking(BEN)
    game.do(Suspend(), at=10)

    assert game.do(Resume(), ANN, 20).effects[1:] == (RoundResumed(ROUND, "Ann", 20), DONE)


def test_a_round_that_its_host_has_paused_is_neither_suspended_nor_continued() -> None:
    """The chat that is heard again does not end what somebody asked for."""
    game = asking(BEN)
    game.do(Pause(), ANN, 10)
    still = game.round

    assert game.do(Suspend(), at=11).round is still
    assert game.do(Continue(), at=12).round is still


def test_a_suspension_lasts_as_long_as_somebody_says_so() -> None:
    """Nothing more is told, and no time is lost."""
    game = asking(BEN)
    game.do(Suspend(), at=10)

    assert game.do(Suspend(), at=100).effects == ()
    assert next_wake(game.round) == moment(100) + LONGEST_SUSPENSION
    assert game.do(Continue(), at=110).effects[1:] == (RoundResumed(ROUND, "", 20, suspended=True),)


def test_a_round_without_a_clock_is_not_suspended() -> None:
    """It waits for somebody's word anyway; and nothing that was not suspended goes on."""
    game = asking(BEN, settings=Settings(mode=Mode.RELAXED))

    assert game.do(Suspend(), at=10).effects == ()
    assert game.do(Continue(), at=10).effects == ()


def test_somebody_cannot_suspend_a_round_in_our_name() -> None:
    """A command of ours does the same whoever it comes with."""
    game = asking(BEN)

    assert game.do(Suspend(), BEN, 10).effects[1:] == (RoundPaused(ROUND, "", 20, suspended=True),)
