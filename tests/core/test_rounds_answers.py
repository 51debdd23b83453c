"""Answers: which count, when, how often they may change, and what their sender hears."""

from dataclasses import replace
from datetime import datetime
from fractions import Fraction

import pytest

from bot.core.commands import Change, Join, Leave, Mode, Pause, Resume, Settings, SubmitAnswer, Tick
from bot.core.effects import AnswerAccepted, AnswerRefused, Refusal
from bot.core.grades import Unreadable
from bot.core.items import Item, Kind
from bot.core.responses import Chosen, Picked, Sent, Typed
from bot.core.rounds import GRACE, live_count, next_wake
from bot.core.states import Phase
from tests.core.builders import (
    ANN,
    BEN,
    BLANKS,
    CAT,
    EVERY_KIND,
    NOON,
    NUMBER,
    ORDER,
    PAIRS,
    SEVERAL,
    TEXT,
    A,
    B,
    C,
    asking,
    chosen,
    item,
    moment,
    qid,
    question,
    right_answer,
)


def accepted(label: str, *, changed: bool = False, more: bool = True) -> AnswerAccepted:
    """Return what the sender of a single choice hears."""
    return AnswerAccepted(qid(0), Kind.SINGLE_CHOICE, (label,), changed=changed, more=more)


def refused(reason: Refusal) -> AnswerRefused:
    """Return what the sender of an answer to the first question hears."""
    return AnswerRefused(qid(0), reason)


def test_an_answer_is_confirmed_without_a_word_on_whether_it_is_right() -> None:
    """A right one and a wrong one sound the same until the question closes."""
    game = asking(BEN, CAT)

    right = game.answer(ANN, B, 3)
    wrong = game.answer(BEN, A, 4)

    assert right.effects == (accepted("B"),)
    assert wrong.effects == (accepted("A"),)
    assert right.counted
    assert game.round.answered == 2


@pytest.mark.parametrize("shown", EVERY_KIND, ids=lambda one: one.kind.value)
def test_the_right_answer_of_every_kind_scores(shown: Item) -> None:
    """Whatever the kind, the way from a press to the points is one."""
    game = asking(BEN, items=(shown,))

    game.answer(ANN, right_answer(shown), 0.5)
    step = game.do(Tick(), at=30.75)

    assert [attempt.credit for attempt in step.attempts] == [Fraction(1)]
    assert game.person(ANN).score == 150


def test_what_is_accepted_is_kept_as_options_not_as_positions() -> None:
    """The stored answer is the same however the options were shown."""
    game = asking(BEN)

    game.answer(ANN, C, 3)

    answer = game.person(ANN).answer
    assert answer is not None
    assert (answer.response, answer.elapsed_ms, answer.credit) == (Chosen(chosen("c")), 3000, Fraction(0))


# ------------------------------------------------------------------------------------------ time


@pytest.mark.parametrize(
    "sent, arrives, elapsed_ms",
    [
        pytest.param(10.0, 10.2, 10_000, id="the platform's time counts, not the arrival"),
        pytest.param(10.0, 30.7, 10_000, id="however long it was on its way"),
        pytest.param(12.0, 10.2, 10_200, id="but no later than it arrived"),
        pytest.param(-3.0, 1.0, 0, id="and no earlier than the question was there"),
    ],
)
def test_an_answers_time_is_the_platforms_within_bounds(sent: float, arrives: float, elapsed_ms: int) -> None:
    """A slow network, a slow bot and a wrong clock are unfair to nobody."""
    game = asking(BEN)

    game.answer(ANN, B, sent, arrives)

    answer = game.person(ANN).answer
    assert answer is not None
    assert answer.elapsed_ms == elapsed_ms


@pytest.mark.parametrize(
    "sent, arrives, taken",
    [
        pytest.param(29.999, 30.7, True, id="in time"),
        pytest.param(30.0, 30.0, False, id="at the very end"),
        pytest.param(30.001, 30.1, False, id="after it"),
    ],
)
def test_an_answer_sent_before_the_end_counts_while_the_question_waits_for_it(
    sent: float, arrives: float, *, taken: bool
) -> None:
    """The end itself is too late."""
    game = asking(BEN)

    step = game.answer(ANN, B, sent, arrives)

    assert step.effects == ((accepted("B"),) if taken else (refused(Refusal.LATE),))


def test_a_question_waits_for_answers_on_their_way_and_no_longer() -> None:
    """The Tick at the end itself does nothing; the one after the grace closes."""
    game = asking(BEN)

    assert next_wake(game.round) == moment(30) + GRACE
    assert game.do(Tick(), at=30).round.phase is Phase.ASKING
    assert game.do(Tick(), at=30.75).round.phase is Phase.REVEALED


def test_an_answer_after_the_close_is_late_and_scores_nothing() -> None:
    """It does not matter when it was sent."""
    game = asking(BEN)
    game.do(Tick(), at=30.75)
    before = game.round

    step = game.do(SubmitAnswer(qid(0), B, moment(3)), ANN, 31)

    assert step.effects == (refused(Refusal.LATE),)
    assert step.round is before


def test_an_answer_to_an_older_question_is_late() -> None:
    """The buttons of a closed question may still be on somebody's screen."""
    game = asking(BEN)
    game.do(Tick(), at=30.75)
    game.do(Tick(), at=40.75)
    before = game.round

    step = game.do(SubmitAnswer(qid(0), B, moment(41)), ANN, 41)

    assert step.effects == (refused(Refusal.LATE),)
    assert step.round is before


def test_the_question_closes_at_once_when_everybody_has_answered() -> None:
    """Nobody has to sit out the clock."""
    game = asking(BEN)
    game.answer(ANN, B, 3)
    assert next_wake(game.round) == moment(30) + GRACE

    last = game.answer(BEN, A, 4)

    assert last.effects == (accepted("A", more=False),)
    assert next_wake(game.round) == NOON
    assert live_count(game.round) is None
    assert game.do(Tick(), at=4).round.phase is Phase.REVEALED


def test_a_relaxed_question_has_no_end_but_everybodys_answer() -> None:
    """There is no clock, so there is no late answer either."""
    game = asking(BEN, settings=Settings(mode=Mode.RELAXED))
    assert next_wake(game.round) is None

    game.answer(ANN, B, 4_000)
    game.answer(BEN, B, 5_000)

    assert next_wake(game.round) == NOON
    game.do(Tick(), at=5_000)
    assert [game.person(who).score for who in (ANN, BEN)] == [100, 100]


# ------------------------------------------------------------------------------------------ who


def test_somebody_who_has_not_joined_cannot_answer() -> None:
    """Neither can somebody who left."""
    game = asking(BEN)
    game.do(Leave(), BEN, 1)

    assert game.answer(CAT, B, 2).effects == (refused(Refusal.NOT_JOINED),)
    assert game.answer(BEN, B, 2).effects == (refused(Refusal.NOT_JOINED),)


def test_no_answer_is_taken_while_the_clock_stands_still() -> None:
    """The prompt stays readable, so the time would be free."""
    game = asking(BEN)
    game.do(Pause(), ANN, 5)

    assert game.answer(BEN, B, 4, 6).effects == (refused(Refusal.PAUSED),)


def test_an_answer_to_a_closed_question_is_late_also_during_a_pause() -> None:
    """It would not be taken after the pause either."""
    game = asking(BEN)
    game.do(Tick(), at=30.75)
    game.do(Pause(), ANN, 31)

    assert game.answer(BEN, B, 4, 32).effects == (refused(Refusal.LATE),)


# ------------------------------------------------------------------------------------------ changes of mind


@pytest.mark.parametrize(
    "change, second, third",
    [
        (Change.UNTIL_CLOSE, accepted("A", changed=True), accepted("C", changed=True)),
        (Change.ONCE, accepted("A", changed=True, more=False), refused(Refusal.ONE_CHANGE)),
        (Change.NEVER, refused(Refusal.NO_CHANGE), refused(Refusal.NO_CHANGE)),
    ],
)
def test_an_answer_may_change_as_often_as_the_settings_say(
    change: Change, second: AnswerAccepted | AnswerRefused, third: AnswerAccepted | AnswerRefused
) -> None:
    """Only the first one is new to the live count."""
    game = asking(BEN, settings=Settings(change=change))

    steps = [game.answer(ANN, sent, at) for sent, at in ((B, 1), (A, 2), (C, 3))]

    first = accepted("B", more=change is not Change.NEVER)
    assert [step.effects[0] for step in steps] == [first, second, third]
    assert [step.counted for step in steps] == [True, False, False]
    assert game.round.answered == 1


def test_the_last_answer_counts_with_its_own_time() -> None:
    """Changing one's mind costs the speed that it took."""
    game = asking(BEN)
    game.answer(ANN, A, 0.5)
    game.answer(ANN, B, 15.25)

    game.do(Tick(), at=30.75)

    assert game.person(ANN).score == 125


def test_the_same_answer_again_is_told_as_such() -> None:
    """It keeps its time: nobody loses points by pressing twice."""
    game = asking(BEN)
    game.answer(ANN, B, 1)
    before = game.round

    step = game.answer(ANN, B, 9)

    assert step.effects == (refused(Refusal.SAME),)
    assert step.round is before


@pytest.mark.parametrize(
    "skew", [pytest.param(0, id="clocks agree"), pytest.param(5, id="ahead"), pytest.param(-5, id="behind")]
)
def test_an_older_answer_that_arrives_after_a_newer_one_is_outdated(skew: float) -> None:
    """Order is the platform's own, however its clock stands to ours."""
    game = asking(BEN)
    game.answer(ANN, B, 2.5 + skew, 2.6)

    step = game.answer(ANN, A, 2.0 + skew, 3.1)

    assert step.effects == (refused(Refusal.OUTDATED),)
    assert game.person(ANN).answer is not None


def test_of_two_answers_of_the_same_time_the_one_that_arrives_later_counts() -> None:
    """Two presses within a millisecond are no reason to refuse the second."""
    game = asking(BEN)
    game.answer(ANN, B, 2.0, 2.1)

    assert game.answer(ANN, A, 2.0, 2.2).effects == (accepted("A", changed=True),)


def test_a_newer_answer_is_newer_also_when_both_seem_to_come_before_the_question() -> None:
    """A platform whose clock is behind ours takes nobody's change of mind away."""
    game = asking(BEN)
    game.answer(ANN, B, -4.0, 1.0)

    assert game.answer(ANN, A, -3.5, 1.5).effects == (accepted("A", changed=True),)


def test_an_answer_from_before_a_pause_does_not_replace_one_from_before_it_that_is_newer() -> None:
    """The pause moves the question's clock, not the order in which things were sent."""
    game = asking(BEN)
    game.answer(ANN, B, 10.1)
    game.do(Pause(), ANN, 10.2)
    game.do(Resume(), ANN, 70)

    assert game.answer(ANN, A, 10.0, 70.1).effects == (refused(Refusal.OUTDATED),)


# ------------------------------------------------------------------------------------------ unreadable


@pytest.mark.parametrize(
    "shown, sent, why",
    [
        (EVERY_KIND[0], Picked(()), Unreadable.EMPTY),
        (EVERY_KIND[0], Picked((0, 1)), Unreadable.ONE_ONLY),
        (EVERY_KIND[0], Picked((4,)), Unreadable.UNKNOWN_OPTION),
        (EVERY_KIND[0], Picked((-1,)), Unreadable.UNKNOWN_OPTION),
        (EVERY_KIND[0], Typed(("b",)), Unreadable.UNKNOWN_OPTION),
        (SEVERAL, Picked((0, 0)), Unreadable.REPEATED_OPTION),
        (BLANKS, Typed(("one",)), Unreadable.WRONG_COUNT),
        (NUMBER, Typed(("1:30",)), Unreadable.NOT_A_NUMBER),
        (NUMBER, Picked((0,)), Unreadable.UNKNOWN_OPTION),
        (TEXT, Typed((" ",)), Unreadable.EMPTY),
        (ORDER, Picked((0, 1)), Unreadable.INCOMPLETE),
        (PAIRS, Picked((0, 1)), Unreadable.INCOMPLETE),
    ],
)
def test_an_answer_that_cannot_be_read_is_refused_and_may_be_sent_again(
    shown: Item, sent: Sent, why: Unreadable
) -> None:
    """It changes nothing and counts as no answer."""
    game = asking(BEN, items=(shown,))
    before = game.round

    step = game.answer(ANN, sent, 3)

    assert step.effects == (AnswerRefused(qid(0), None, why.value),)
    assert step.round is before
    assert isinstance(game.answer(ANN, right_answer(shown), 4).effects[0], AnswerAccepted)


@pytest.mark.parametrize("partial, credit", [(False, Fraction(0)), (True, Fraction(1, 2))])
def test_partial_credit_is_a_setting(*, partial: bool, credit: Fraction) -> None:
    """By default it is all or nothing, as in an exam."""
    game = asking(BEN, items=(SEVERAL,), settings=Settings(partial_credit=partial))

    game.answer(ANN, Picked((0,)), 3)

    answer = game.person(ANN).answer
    assert answer is not None
    assert answer.credit == credit


# ------------------------------------------------------------------------------------------ the live count


def test_the_live_count_tells_how_many_have_answered() -> None:
    """And nothing of what they answered."""
    game = asking(BEN, CAT)
    game.answer(BEN, B, 3)

    count = live_count(game.round)

    assert count is not None
    assert (count.answered, count.joined, count.closes_at) == (1, 3, moment(30))
    assert count.sheet == question(EVERY_KIND[0]).sheet(3)


def test_there_is_no_live_count_once_the_question_is_closed() -> None:
    """The reveal says it."""
    game = asking(BEN)
    game.do(Tick(), at=30.75)

    assert live_count(game.round) is None


def test_a_new_name_is_taken_over_with_the_answer() -> None:
    """People rename themselves in the middle of a round."""
    game = asking(BEN)

    game.answer(replace(BEN, name="Benjamin"), B, 3)

    assert game.person(BEN).name == "Benjamin"


def test_an_item_may_ask_for_more_time_than_the_round() -> None:
    """The author's seconds count where they are more."""
    slow = replace(EVERY_KIND[0], seconds=90)
    quick = replace(item(Kind.TRUE_FALSE, EVERY_KIND[1].key, letters="tf"), seconds=10)
    game = asking(BEN, items=(slow, quick))
    ends: list[datetime | None] = [game.round.until]
    game.do(Tick(), at=90.75)
    game.do(Tick(), at=100.75)
    ends.append(game.round.until)

    assert ends == [moment(90), moment(130.75)]


def test_joining_again_does_not_open_the_question_to_an_answer() -> None:
    """Whoever left without one plays from the next."""
    game = asking(BEN)
    game.do(Leave(), BEN, 1)
    game.do(Join(), BEN, 2)

    assert game.answer(BEN, B, 3).effects == (refused(Refusal.NEXT_QUESTION),)
