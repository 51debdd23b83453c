"""Mode ``first``: the first right answer takes the question, and a wrong one locks its sender out of it."""

import pytest

from bot.core.commands import Change, Mode, Pause, Resume, Settings, SubmitAnswer, Tick
from bot.core.effects import AnswerJudged, AnswerRefused, QuestionClosed, QuestionOpened, Refusal
from bot.core.responses import Picked
from bot.core.rounds import GRACE, live_count, next_wake
from bot.core.states import Phase
from tests.core.builders import ANN, BEN, CAT, DAN, SEVERAL, A, B, C, Game, asking, begin, moment, qid

FIRST = Settings(mode=Mode.FIRST)


def judged(*, right: bool) -> AnswerJudged:
    """Return what the sender of an answer to the first question hears."""
    return AnswerJudged(qid(0), right=right, near=False)


def refused(reason: Refusal) -> AnswerRefused:
    """Return what the sender of an answer to the first question hears."""
    return AnswerRefused(qid(0), reason)


def close(game: Game, at: float) -> QuestionClosed:
    """Let the question of *game* close at *at*, and return the reveal."""
    reveal = game.do(Tick(), at=at).effects[1]
    assert isinstance(reveal, QuestionClosed)
    return reveal


def test_the_sender_hears_at_once_whether_it_is_right() -> None:
    """That is what the race is about."""
    game = asking(BEN, CAT, settings=FIRST)

    assert game.answer(ANN, A, 3).effects == (judged(right=False),)
    assert game.answer(BEN, B, 4).effects == (judged(right=True),)


@pytest.mark.parametrize("change", Change)
def test_a_wrong_answer_locks_its_sender_out_whatever_the_settings_say(change: Change) -> None:
    """Otherwise everybody could try all options."""
    game = asking(BEN, settings=Settings(mode=Mode.FIRST, change=change))
    game.answer(ANN, A, 3)
    before = game.round

    step = game.answer(ANN, B, 4)

    assert step.effects == (refused(Refusal.LOCKED),)
    assert step.round is before


def test_the_question_says_that_answers_cannot_change() -> None:
    """Its message tells the rule that holds."""
    opened = begin(Settings(mode=Mode.FIRST, lobby_seconds=0)).effects[1]

    assert isinstance(opened, QuestionOpened)
    assert opened.change is Change.NEVER


def test_a_right_answer_ends_the_question_after_the_grace() -> None:
    """Nobody waits for the clock once it is taken."""
    game = asking(BEN, CAT, settings=FIRST)

    game.answer(BEN, B, 4.0, 4.2)

    assert next_wake(game.round) == moment(4.2) + GRACE
    assert game.do(Tick(), at=4.9).round.phase is Phase.ASKING
    assert game.do(Tick(), at=4.95).round.phase is Phase.REVEALED


def test_the_grace_is_the_same_however_long_the_answer_was_on_its_way() -> None:
    """On a slow platform all answers are slow: the one sent before it may need as long."""
    game = asking(BEN, CAT, settings=FIRST)
    game.answer(BEN, B, 4.0, 5.0)
    assert next_wake(game.round) == moment(5.75)

    game.answer(CAT, B, 3.9, 5.1)

    assert close(game, 5.75).winner == "Cat"


def test_an_earlier_right_answer_that_arrives_within_the_grace_takes_it() -> None:
    """The platform's time decides, not the order of arrival."""
    game = asking(BEN, CAT, settings=FIRST)
    game.answer(BEN, B, 4.0, 4.1)

    step = game.answer(CAT, B, 3.9, 4.6)
    reveal = close(game, 4.85)

    assert step.effects == (judged(right=True),)
    assert reveal.winner == "Cat"
    assert [game.person(who).score for who in (BEN, CAT)] == [0, 144]


def test_the_platforms_order_decides_also_when_its_clock_is_ahead_of_ours() -> None:
    """Held to our clock, both would have been sent when they arrived."""
    game = asking(BEN, CAT, settings=FIRST)
    game.answer(BEN, B, 7.0, 4.1)
    game.answer(CAT, B, 6.9, 4.6)

    assert close(game, 4.85).winner == "Cat"


def test_a_later_answer_finds_the_question_taken() -> None:
    """Right or wrong, it is not looked at."""
    game = asking(BEN, CAT, DAN, settings=FIRST)
    game.answer(BEN, B, 4)
    before = game.round

    assert game.answer(CAT, B, 4.001, 4.1).effects == (refused(Refusal.TAKEN),)
    assert game.answer(DAN, A, 4.2).effects == (refused(Refusal.TAKEN),)
    assert game.round is before


def test_a_wrong_answer_from_before_is_judged_and_takes_nothing() -> None:
    """It was sent while the question was still open to its sender."""
    game = asking(BEN, CAT, settings=FIRST)
    game.answer(BEN, B, 4.0, 4.1)

    assert game.answer(CAT, A, 3.9, 4.3).effects == (judged(right=False),)
    assert next_wake(game.round) == moment(4.1) + GRACE


def test_two_right_answers_of_the_same_time_go_to_one() -> None:
    """The same one wherever it is decided."""
    game = asking(BEN, CAT, settings=FIRST)
    game.answer(CAT, B, 4.0)
    game.answer(BEN, B, 4.0, 4.1)

    reveal = close(game, 4.75)

    assert reveal.winner == "Ben"
    assert (game.person(BEN).right, game.person(CAT).right) == (1, 1)
    assert game.person(CAT).score == 0


def test_a_right_answer_in_the_last_moment_does_not_prolong_the_question() -> None:
    """It ended when it ended."""
    game = asking(BEN, CAT, settings=FIRST)

    game.answer(BEN, B, 29.9, 30.5)

    assert next_wake(game.round) == moment(30) + GRACE


def test_nobody_takes_a_question_that_all_got_wrong() -> None:
    """It closes at once, and the reveal names no winner."""
    game = asking(BEN, settings=FIRST)
    game.answer(ANN, A, 3)
    game.answer(BEN, C, 4)

    reveal = close(game, 4)

    assert (reveal.winner, reveal.right, reveal.answered) == ("", 0, 2)
    assert [game.person(who).missed for who in (ANN, BEN)] == [(0,), (0,)]


def test_a_part_of_an_answer_takes_nothing() -> None:
    """With partial credit it earns its part when nobody is right, and nothing when somebody is."""
    settings = Settings(mode=Mode.FIRST, partial_credit=True, speed_bonus=False)
    game = asking(BEN, items=(SEVERAL,), settings=settings)

    assert game.answer(ANN, Picked((0,)), 3).effects == (judged(right=False),)
    assert next_wake(game.round) == moment(30) + GRACE
    game.answer(BEN, Picked((0, 2)), 4)
    close(game, 4)

    assert [game.person(who).score for who in (ANN, BEN)] == [0, 100]


def test_a_pause_within_the_grace_changes_nothing_of_who_was_first() -> None:
    """The question closes once the clock goes on."""
    game = asking(BEN, CAT, settings=FIRST)
    game.answer(BEN, B, 4)
    game.do(Pause(), ANN, 4.3)
    game.do(Resume(), ANN, 60)

    assert game.answer(CAT, B, 60.1).effects == (refused(Refusal.TAKEN),)
    assert close(game, 60.75).winner == "Ben"


def test_each_judged_answer_is_new_to_the_live_count() -> None:
    """The count tells how many are out or done."""
    game = asking(BEN, CAT, settings=FIRST)

    assert game.answer(ANN, A, 3).counted
    count = live_count(game.round)
    assert count is not None
    assert (count.answered, count.joined) == (1, 3)


def test_an_answer_that_was_sent_before_ones_own_wrong_one_is_outdated() -> None:
    """It is not a second try."""
    game = asking(BEN, settings=FIRST)
    game.answer(ANN, A, 4)

    assert game.do(SubmitAnswer(qid(0), B, moment(3)), ANN, 5).effects == (refused(Refusal.OUTDATED),)
