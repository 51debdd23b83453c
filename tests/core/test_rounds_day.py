"""The question of the day as a round: open for everybody, moved by nobody, over with its reveal."""

from datetime import date, timedelta

import pytest

from bot.core import effects as fx
from bot.core import rounds
from bot.core.commands import Close, Join, Posted, RoundCommand, Settings, Stop, SubmitAnswer, Tick, Unposted
from bot.core.effects import Refusal
from bot.core.ids import LearnerId, QuestionId
from bot.core.states import Phase, Round
from tests.core.builders import ANN, BEN, CHANNEL, EVE, NOON, ROUND, A, B, choice, moment, qid, question

DAY = date(2026, 3, 1)
HOURS = 3600.0
SETTINGS = Settings(lobby_seconds=0, pause_seconds=None, speed_bonus=False)


def opened() -> Round:
    """Return a question of the day that was opened at noon, for eight hours."""
    step = rounds.start_day(
        question(choice()),
        SETTINGS,
        day=DAY,
        round_id=ROUND,
        channel=CHANNEL,
        title="Deck",
        closes_at=moment(8 * HOURS),
        now=NOON,
    )
    (effect,) = step.effects
    assert isinstance(effect, fx.QuestionOpened)
    assert (effect.day, effect.closes_at) == (DAY, moment(8 * HOURS))
    return step.round


def own(round_: Round, command: RoundCommand, seconds: float) -> rounds.Step:
    """Do one of our own commands."""
    return rounds.step(round_, command, by=None, now=moment(seconds))


def test_anybody_answers_and_only_answers() -> None:
    """Nobody has to join, and the count is of answers alone."""
    step = rounds.step(opened(), SubmitAnswer(qid(0), A, moment(5)), by=BEN, now=moment(5))
    again = rounds.step(step.round, SubmitAnswer(qid(0), B, moment(9)), by=BEN, now=moment(9))

    assert isinstance(step.effects[0], fx.AnswerAccepted)
    assert isinstance(again.effects[0], fx.AnswerAccepted)
    assert (again.round.answered, again.round.joined) == (1, 0)
    assert rounds.next_wake(again.round) == moment(8 * HOURS)


def test_a_refused_answer_makes_nobody_a_participant() -> None:
    """It came after the end."""
    late = 8 * HOURS
    step = rounds.step(opened(), SubmitAnswer(qid(0), A, moment(late)), by=BEN, now=moment(late))

    assert step.effects == (fx.AnswerRefused(qid(0), Refusal.LATE),)
    assert step.round.people == {}


def test_its_time_ends_it_with_the_reveal_alone() -> None:
    """No podium and no list of what was missed; the answer has become an attempt."""
    answered = rounds.step(opened(), SubmitAnswer(qid(0), B, moment(5)), by=ANN, now=moment(5)).round
    assert own(answered, Tick(), 8 * HOURS - 1).round is answered

    step = own(answered, Tick(), 8 * HOURS)

    assert [type(effect) for effect in step.effects] == [fx.QuestionChanged, fx.QuestionClosed]
    closed = step.effects[1]
    assert isinstance(closed, fx.QuestionClosed)
    assert (closed.day, closed.answered, closed.last) == (DAY, 1, True)
    assert step.round.phase is Phase.ENDED
    assert [attempt.learner for attempt in step.attempts] == [ANN.learner]


def test_our_own_word_ends_it_early_and_once() -> None:
    """The next day's question needs its place."""
    step = own(opened(), Close(), 60)

    assert step.round.phase is Phase.ENDED
    assert own(step.round, Close(), 61).round is step.round


@pytest.mark.parametrize("command", [Posted(qid(0), moment(30)), Posted(QuestionId("other.0"), moment(30))])
def test_a_slow_delivery_moves_nothing(command: Posted) -> None:
    """The hour of the reveal is fixed."""
    step = own(opened(), command, 30)

    assert step.round.until == moment(8 * HOURS)
    assert step.round.posted == (command.question == qid(0))


def test_what_nobody_could_see_ends_without_a_word() -> None:
    """Only the question that is open, and once."""
    day = opened()
    assert own(day, Unposted(QuestionId("other.0")), 30).round is day

    step = own(day, Unposted(qid(0)), 30)

    assert (step.round.phase, step.effects, step.attempts) == (Phase.ENDED, (), ())
    assert own(step.round, Unposted(qid(0)), 31).round is step.round


def test_nobody_hosts_it() -> None:
    """Whoever is no organiser can move nothing."""
    assert opened().host == LearnerId(0)
    step = rounds.step(opened(), Stop(), by=BEN, now=moment(1))
    assert step.effects == (fx.CommandRefused(Refusal.NOT_HOST, ""),)
    assert rounds.newcomer(opened(), EVE) is not None


def test_what_is_no_word_of_ours_does_nothing() -> None:
    """A group round ignores what only a question of the day knows."""
    day = opened()
    group = rounds.start(
        Settings(lobby_seconds=0),
        (question(choice()),),
        by=ANN,
        round_id=ROUND,
        channel=CHANNEL,
        title="",
        now=NOON,
    ).round

    assert own(day, Join(), 1).round is day
    assert own(group, Close(), 1).round is group
    assert own(group, Unposted(qid(0)), 1).round is group
    assert rounds.newcomer(group, EVE) is None
    assert day.until == NOON + timedelta(hours=8)
