"""Answering with reactions: a letter put is an answer, a letter taken away withdraws it."""

from dataclasses import replace
from datetime import date

import pytest

from bot.core import effects as fx
from bot.core import rounds
from bot.core.commands import (
    Change,
    Leave,
    Mode,
    Pause,
    Person,
    React,
    Reacting,
    Resume,
    Settings,
    Skip,
    Tick,
)
from bot.core.effects import Refusal
from bot.core.ids import LearnerId, QuestionId
from bot.core.items import Item, Kind
from bot.core.responses import Picked
from bot.core.rounds import GRACE, Step, live_count, next_wake
from bot.core.states import Phase, Round
from tests.core.builders import (
    ANN,
    BEN,
    CAT,
    CHANNEL,
    NOON,
    ORDER,
    ROUND,
    SEVERAL,
    TRUTH,
    A,
    B,
    Game,
    asking,
    choice,
    in_lobby,
    moment,
    qid,
    question,
)

FIRST = Settings(reacting=Reacting.FIRST)
LAST = Settings(reacting=Reacting.LAST)
WITHDRAWN = fx.AnswerWithdrawn(qid(0))


def put(game: Game, who: Person, position: int, at: float, arrives: float | None = None) -> Step:
    """Let *who* put a letter below the open question."""
    command = React(game.round.question.id, position, on=True, at=moment(at))
    return game.do(command, who, at if arrives is None else arrives)


def take(game: Game, who: Person, position: int, at: float) -> Step:
    """Let *who* take a letter away again."""
    return game.do(React(game.round.question.id, position, on=False, at=moment(at)), who, at)


def accepted(
    *labels: str,
    changed: bool = False,
    more: bool = True,
    rule: Reacting = Reacting.LAST,
    kind: Kind = Kind.SINGLE_CHOICE,
) -> fx.AnswerAccepted:
    """Return what the sender of a reaction hears."""
    return fx.AnswerAccepted(qid(0), kind, labels, changed=changed, more=more, reacting=rule)


def refused(reason: Refusal) -> fx.AnswerRefused:
    """Return what the sender of a reaction to the first question hears."""
    return fx.AnswerRefused(qid(0), reason)


def close(game: Game, at: float) -> fx.QuestionClosed:
    """Let the question of *game* close at *at*, and return the reveal."""
    (reveal,) = (e for e in game.do(Tick(), at=at).effects if isinstance(e, fx.QuestionClosed))
    return reveal


def test_a_letter_is_an_answer() -> None:
    """Taken, counted and scored as any other."""
    game = asking(BEN, settings=LAST)

    step = put(game, ANN, 1, 4)

    assert step.effects == (accepted("B"),)
    assert step.counted
    assert game.round.answered == 1
    assert close(game, 31).right_names == ("Ann",)
    assert game.person(ANN).score > 0


@pytest.mark.parametrize("change", Change)
def test_with_the_last_counting_each_letter_takes_the_place_of_the_one_before(change: Change) -> None:
    """The channel's rule holds, whatever the round's rule of changes is; the time is the last one's."""
    game = asking(BEN, settings=replace(LAST, change=change))
    put(game, ANN, 0, 2)
    put(game, ANN, 2, 3)

    step = put(game, ANN, 1, 9)

    assert step.effects == (accepted("B", changed=True),)
    assert not step.counted
    answer = game.person(ANN).answer
    assert answer is not None
    assert (answer.elapsed_ms, answer.changes, game.round.answered) == (9000, 2, 1)


def test_with_the_first_counting_another_letter_is_refused_until_the_first_is_gone() -> None:
    """Then the next one put is the answer."""
    game = asking(BEN, settings=FIRST)
    put(game, ANN, 0, 2)
    before = game.round

    step = put(game, ANN, 1, 3)

    assert step.effects == (refused(Refusal.REACTED_ALREADY),)
    assert step.round is before
    assert take(game, ANN, 0, 4).effects == (WITHDRAWN,)
    assert put(game, ANN, 2, 5).effects == (accepted("C", rule=Reacting.FIRST),)


@pytest.mark.parametrize("settings", [FIRST, LAST])
def test_a_letter_taken_away_withdraws_the_answer(settings: Settings) -> None:
    """The count goes down, and who has no answer at the close has missed the question."""
    game = asking(BEN, settings=settings)
    put(game, ANN, 1, 2)

    step = take(game, ANN, 1, 3)

    assert step.effects == (WITHDRAWN,)
    assert (step.counted, game.round.answered) == (True, 0)
    count = live_count(game.round)
    assert count is not None
    assert count.answered == 0
    reveal = close(game, 31)
    assert (reveal.answered, reveal.joined) == (0, 2)
    assert game.person(ANN).missed == (0,)


def test_no_other_letter_becomes_the_answer_when_the_last_is_taken_away() -> None:
    """What stands below a message from before means nothing."""
    game = asking(BEN, settings=LAST)
    put(game, ANN, 0, 2)
    put(game, ANN, 1, 3)

    assert take(game, ANN, 0, 4).effects == ()
    assert take(game, ANN, 1, 5).effects == (WITHDRAWN,)
    assert game.person(ANN).answer is None


@pytest.mark.parametrize("settings", [FIRST, LAST])
def test_what_comes_twice_changes_nothing_and_tells_nobody(settings: Settings) -> None:
    """Reactions have no id; a connection that goes on may bring them again, also after the close."""
    game = asking(BEN, settings=settings)
    put(game, ANN, 1, 2)
    before = game.round

    assert put(game, ANN, 1, 3).effects == ()
    assert take(game, ANN, 2, 3).effects == ()
    assert take(game, BEN, 1, 3).effects == ()
    assert take(game, CAT, 1, 3).effects == ()
    assert game.round is before
    close(game, 31)
    revealed = game.round
    assert put(game, ANN, 1, 32).effects == ()
    assert take(game, ANN, 1, 33).effects == ()
    assert game.round is revealed


def test_of_several_right_options_each_letter_is_a_part_of_the_answer() -> None:
    """More than are right push the oldest out, or are refused, as the channel chose."""
    game = asking(BEN, items=(SEVERAL,), settings=LAST)
    many = Kind.MULTIPLE_RESPONSE

    assert put(game, ANN, 1, 2).effects == (accepted("B", kind=many),)
    assert put(game, ANN, 0, 3).effects == (accepted("A", "B", kind=many, changed=True),)
    assert put(game, ANN, 2, 4).effects == (accepted("A", "C", kind=many, changed=True),)
    assert take(game, ANN, 1, 5).effects == ()
    assert take(game, ANN, 2, 6).effects == (accepted("A", kind=many, changed=True),)
    assert put(game, ANN, 2, 7).effects == (accepted("A", "C", kind=many, changed=True),)
    assert close(game, 31).right_names == ("Ann",)


def test_of_several_with_the_first_counting_one_too_many_is_refused() -> None:
    """One of those that count has to go first."""
    game = asking(BEN, items=(SEVERAL,), settings=FIRST)
    put(game, ANN, 1, 2)
    put(game, ANN, 0, 3)

    assert put(game, ANN, 2, 4).effects == (refused(Refusal.REACTED_ALREADY),)
    take(game, ANN, 1, 5)
    put(game, ANN, 2, 6)
    assert close(game, 31).right_names == ("Ann",)
    assert game.person(ANN).answer is not None


@pytest.mark.parametrize("item, closes", [(SEVERAL, 30), (choice(), 0), (TRUTH, 0)])
def test_a_question_with_several_letters_to_put_waits_for_its_clock(item: Item, closes: float) -> None:
    """Whoever has put one may be about to put the next; with one letter all is said."""
    game = asking(items=(item,), settings=LAST)

    step = put(game, ANN, 1, 2)

    grace = GRACE.total_seconds() if closes else 0
    assert next_wake(game.round) == moment(closes + grace)
    (told,) = step.effects
    assert isinstance(told, fx.AnswerAccepted)
    assert told.more is (closes > 0)


def test_without_reactions_several_right_options_close_as_ever() -> None:
    """An answer by its control is whole."""
    game = asking(items=(SEVERAL,))

    game.answer(ANN, Picked((0, 2)), 2)

    assert next_wake(game.round) == NOON


# ------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    "settings, item, target",
    [
        (Settings(), choice(), qid(0)),
        (LAST, ORDER, qid(0)),
        (replace(LAST, mode=Mode.FIRST), SEVERAL, qid(0)),
        (LAST, choice(), QuestionId("other.0")),
        (LAST, choice(), QuestionId("?")),
        (LAST, choice(), qid(7)),
    ],
)
def test_a_reaction_where_none_is_an_answer_means_nothing(
    settings: Settings, item: Item, target: QuestionId
) -> None:
    """People react to messages for fun, and nobody is told anything for it."""
    game = asking(BEN, settings=settings, items=(item,))
    before = game.round

    for on in (True, False):
        assert game.do(React(target, 0, on, moment(2)), ANN, 2).effects == ()
    assert game.round is before


def test_a_letter_that_comes_too_late_is_refused_as_an_answer_is() -> None:
    """After the clock, after the reveal, and for a question that is not open yet."""
    game = asking(BEN, settings=LAST)

    assert put(game, ANN, 1, 30.2).effects == (refused(Refusal.LATE),)
    close(game, 31)
    assert put(game, ANN, 1, 32).effects == (refused(Refusal.LATE),)
    early = in_lobby(settings=LAST).do(React(qid(0), 1, on=True, at=moment(1)), ANN, 1)
    assert early.effects == (refused(Refusal.EARLY),)


def test_what_is_taken_away_too_late_stays_an_answer() -> None:
    """Without a word: it is not the answer that came too late."""
    game = asking(BEN, settings=LAST)
    put(game, ANN, 1, 3)

    assert take(game, ANN, 1, 30.2).effects == ()
    assert close(game, 31).right_names == ("Ann",)


def test_who_does_not_take_part_is_told_so() -> None:
    """When they put a letter, not when they take it away."""
    game = asking(BEN, settings=LAST)

    assert put(game, CAT, 1, 2).effects == (refused(Refusal.NOT_JOINED),)
    assert take(game, CAT, 1, 3).effects == ()
    assert set(game.round.people) == {ANN.learner, BEN.learner}


def test_in_a_pause_nothing_is_put_or_taken_away_and_both_are_told() -> None:
    """What counted before goes on counting."""
    game = asking(BEN, settings=LAST)
    put(game, ANN, 1, 2)
    game.do(Pause(), ANN, 3)

    assert put(game, ANN, 0, 4).effects == (refused(Refusal.PAUSED),)
    assert take(game, ANN, 1, 5).effects == (refused(Refusal.PAUSED),)
    game.do(Resume(), ANN, 60)
    assert take(game, ANN, 1, 61).effects == (WITHDRAWN,)


def test_who_has_left_withdraws_nothing() -> None:
    """Their answer was given while they took part."""
    game = asking(BEN, CAT, settings=LAST)
    put(game, BEN, 1, 2)
    game.do(Leave(), BEN, 3)

    assert take(game, BEN, 1, 4).effects == ()
    assert close(game, 31).right_names == ("Ben",)


def test_who_withdrew_and_left_keeps_what_they_had_earned() -> None:
    """An answer less does not take somebody out of the standing."""
    game = asking(BEN, settings=LAST)
    put(game, BEN, 1, 2)
    close(game, 31)
    game.do(Tick(), at=41)
    put(game, BEN, 0, 43)
    take(game, BEN, 0, 44)
    game.do(Leave(), BEN, 45)

    reveal = close(game, 75)

    assert [line.name for line in reveal.top][:1] == ["Ben"]


def test_a_letter_older_than_the_answer_that_counts_is_outdated() -> None:
    """As any other answer: two processes may hear of things in another order."""
    game = asking(BEN, settings=LAST)
    put(game, ANN, 0, 5)

    assert put(game, ANN, 1, 4, 6).effects == (refused(Refusal.OUTDATED),)


def test_a_skipped_question_takes_no_letters() -> None:
    """It is shown with its answer."""
    game = asking(BEN, settings=LAST)
    game.do(Skip(), ANN, 3)

    assert put(game, BEN, 1, 4).effects == (refused(Refusal.LATE),)


# ------------------------------------------------------------------------------------------------- mode first


@pytest.mark.parametrize("rule", Reacting)
def test_in_a_race_a_wrong_letter_locks_its_sender_out(rule: Reacting) -> None:
    """Whatever the channel chose: neither another letter nor taking it away gives a second try."""
    game = asking(BEN, CAT, settings=Settings(mode=Mode.FIRST, reacting=rule))

    assert put(game, ANN, 0, 2).effects == (fx.AnswerJudged(qid(0), right=False, near=False),)
    before = game.round
    assert put(game, ANN, 1, 3).effects == (refused(Refusal.LOCKED),)
    assert take(game, ANN, 0, 4).effects == (refused(Refusal.LOCKED),)
    assert put(game, ANN, 0, 5).effects == ()
    assert game.round is before
    assert game.round.answered == 1


def test_in_a_race_the_first_right_letter_takes_the_question() -> None:
    """It ends after the grace, and a later one finds it taken."""
    game = asking(BEN, CAT, settings=Settings(mode=Mode.FIRST, reacting=Reacting.LAST))

    assert put(game, BEN, 1, 4).effects == (fx.AnswerJudged(qid(0), right=True, near=False),)
    assert next_wake(game.round) == moment(4) + GRACE
    assert put(game, CAT, 1, 4.5).effects == (refused(Refusal.TAKEN),)
    assert close(game, 5).winner == "Ben"


# ------------------------------------------------------------------------------------------ what is announced


def test_a_question_says_that_it_is_answered_with_reactions() -> None:
    """When it is opened and whenever it changes; one that is not says nothing."""
    game = in_lobby(BEN, settings=LAST, items=(choice(), ORDER))
    (opened,) = (e for e in game.do(Tick(), at=30).effects if isinstance(e, fx.QuestionOpened))
    put(game, BEN, 1, 32)
    count = live_count(game.round)
    assert count is not None
    assert (opened.reacting, count.reacting) == (Reacting.LAST, Reacting.LAST)

    game.do(Tick(), at=70)
    (second,) = (e for e in game.do(Tick(), at=90).effects if isinstance(e, fx.QuestionOpened))
    assert second.reacting is None


# ------------------------------------------------------------------------------------ the question of the day


def day() -> Round:
    """Return a question of the day that is answered with reactions, opened at noon for eight hours."""
    return rounds.start_day(
        question(choice()),
        Settings(lobby_seconds=0, pause_seconds=None, reacting=Reacting.LAST),
        day=date(2026, 3, 1),
        round_id=ROUND,
        channel=CHANNEL,
        title="Deck",
        closes_at=moment(28_800),
        now=NOON,
    ).round


def test_anybody_reacts_to_a_question_of_the_day_and_who_withdrew_misses_nothing() -> None:
    """They are as if they had never come."""
    game = Game(day())

    assert put(game, BEN, 1, 5).effects == (accepted("B"),)
    put(game, CAT, 1, 5)
    assert take(game, BEN, 1, 9).effects == (WITHDRAWN,)
    assert game.round.answered == 1
    reveal = close(game, 28_800)
    assert (reveal.answered, reveal.joined, reveal.right_names) == (1, 1, ("Cat",))
    assert [line.name for line in reveal.top] == ["Cat"]
    assert game.person(BEN).missed == ()


def test_who_only_takes_a_letter_away_makes_nobody_a_participant() -> None:
    """Nor does a letter that is refused."""
    game = Game(day())

    assert take(game, BEN, 1, 5).effects == ()
    assert put(game, BEN, 1, 28_800).effects == (refused(Refusal.LATE),)
    assert game.round.people == {}
    assert game.round.host == LearnerId(0)


def test_an_answer_by_the_control_may_be_withdrawn_by_taking_its_letter_away() -> None:
    """Both are ways to say the same; whoever answers by the control keeps the round's rule of changes."""
    game = asking(BEN, settings=replace(LAST, change=Change.NEVER))
    game.answer(ANN, A, 2)

    assert game.answer(ANN, B, 3).effects == (refused(Refusal.NO_CHANGE),)
    assert take(game, ANN, 0, 4).effects == (WITHDRAWN,)
    assert game.round.phase is Phase.ASKING
