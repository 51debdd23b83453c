"""Regrading: what answers are worth once an item was mended or is void, where twins cannot play it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from bot.core.commands import Mode, Settings
from bot.core.ids import ChannelId, ItemId, LearnerId, OptionId, QuestionId, RoundId, Topic
from bot.core.items import ChoiceKey, Item
from bot.core.questions import Question, question_id
from bot.core.regrading import Outcome, Player, Sitting, regrade
from bot.core.responses import Chosen, Response, Typed
from bot.core.scoring import NO_POINTS, Points
from bot.core.states import Answer, Attempt, Participant, Round
from tests.core.builders import NOON, choice

WRONG = replace(choice(0), key=ChoiceKey((OptionId("c"),)))
MENDED = choice(0)
B, C = Chosen((OptionId("b"),)), Chosen((OptionId("c"),))


def attempt(
    position: int,
    response: Response,
    points: Points,
    *,
    learner: int = 1,
    round_: str = "r",
    minutes: float = 0,
) -> Attempt:
    """Return an attempt at the question at *position*; those with points were right."""
    return Attempt(
        question=question_id(RoundId(round_), position),
        learner=LearnerId(learner),
        item=ItemId(f"pack/{position}"),
        topic=Topic("1.1"),
        at=NOON + timedelta(minutes=minutes),
        elapsed_ms=60_000,
        credit=Fraction(points.base > 0),
        near=False,
        response=response,
        points=points,
    )


def sitting(
    *players: Player, settings: Settings | None = None, position: int = 0, counted: int = 3, id_: str = "r"
) -> Sitting:
    """Return a round that has ended, in which the item stood at *position*."""
    round_ = Round(
        id=RoundId(id_),
        channel=ChannelId(1),
        host=LearnerId(1),
        host_name="",
        title="",
        settings=settings or Settings(speed_bonus=False),
        counted=tuple(range(counted)),
    )
    return Sitting(round_, Question(question_id(RoundId(id_), position), position, WRONG), players)


def player(*attempts: Attempt, learner: int = 1, missed: tuple[int, ...] = (), streak: int = 0) -> Player:
    """Return one who answered these questions and missed those."""
    part = Participant(
        LearnerId(learner),
        "Ann",
        "a1",
        score=sum(one.points.total for one in attempts),
        right=sum(one.credit == 1 for one in attempts),
        answers=len(attempts),
        missed=missed,
        answer_streak=streak,
    )
    by_position = {int(one.question.rpartition(".")[2]): one for one in attempts}
    return Player(part, by_position, learner)


def only(outcomes: Sequence[Outcome]) -> Outcome:
    """Return the one outcome."""
    (outcome,) = outcomes
    return outcome


def points_of(outcome: Outcome) -> dict[QuestionId, Points]:
    """Return the points of what changed, by question."""
    return {one.after.question: one.after.points for _, one in outcome.attempts}


def test_a_right_answer_more_lengthens_the_streaks_after_it() -> None:
    """Each later bonus is that of one more in a row, until a question that was missed."""
    ann = player(
        attempt(0, B, NO_POINTS),
        attempt(1, B, Points(100)),
        attempt(3, B, Points(100)),
        missed=(0, 2),
        streak=1,
    )

    outcome = only(regrade([sitting(ann, counted=4)], MENDED))

    assert points_of(outcome) == {
        QuestionId("r.0"): Points(100),
        QuestionId("r.1"): Points(100, 0, 10),
    }
    (part,) = outcome.people
    assert (part.score, part.right, part.missed, part.answer_streak) == (310, 3, (2,), 1)


def test_a_streak_that_began_anew_where_somebody_had_left_stays_so() -> None:
    """Their points say so: there was no bonus where there would have been one."""
    ann = player(
        attempt(0, B, NO_POINTS), attempt(1, B, Points(100)), attempt(3, B, Points(100)), missed=(0,)
    )

    outcome = only(regrade([sitting(ann, counted=4)], MENDED))

    assert points_of(outcome)[QuestionId("r.1")] == Points(100, 0, 10)
    assert QuestionId("r.3") not in points_of(outcome)


def test_a_streak_that_was_there_before_goes_on() -> None:
    """What is right now is the second in a row."""
    ann = player(attempt(0, B, Points(100)), attempt(1, B, NO_POINTS), missed=(1,))

    outcome = only(regrade([sitting(ann, position=1)], MENDED))

    assert points_of(outcome) == {QuestionId("r.1"): Points(100, 0, 10)}


def test_points_that_cannot_tell_how_often_they_were_halved_stay_what_they_were() -> None:
    """A right answer without points was another's in mode first, or one of very many."""
    late = replace(attempt(1, B, NO_POINTS), credit=Fraction(1))
    ann = player(attempt(0, B, NO_POINTS), late, missed=(0,))

    assert set(points_of(only(regrade([sitting(ann)], MENDED)))) == {QuestionId("r.0")}


def test_in_mode_first_the_earliest_right_answer_takes_the_question() -> None:
    """Whoever had taken it with what was thought right has nothing for it any more."""
    settings = Settings(mode=Mode.FIRST, speed_bonus=False)
    ann = player(attempt(0, B, NO_POINTS, minutes=1), learner=1, missed=(0,))
    ben = player(attempt(0, B, NO_POINTS, learner=2, minutes=2), learner=2, missed=(0,))
    cat = player(attempt(0, C, Points(100), learner=3, minutes=3), learner=3)

    outcome = only(regrade([sitting(ann, ben, cat, settings=settings)], MENDED))

    scores = {part.learner: (part.score, part.right) for part in outcome.people}
    assert scores == {1: (100, 1), 2: (0, 1), 3: (0, 0)}


def test_in_mode_first_nobody_takes_a_question_that_nobody_got_right() -> None:
    """Then there is nothing to take."""
    cat = player(attempt(0, C, Points(100), learner=3), learner=3)

    outcome = only(regrade([sitting(cat, settings=Settings(mode=Mode.FIRST))], MENDED))

    assert [part.score for part in outcome.people] == [0]


def test_who_earned_points_for_the_item_within_the_week_earns_half() -> None:
    """By what counts now, in rounds that are looked at and in others; and no more after a week."""
    days = 24 * 60
    first = sitting(player(attempt(0, B, NO_POINTS, round_="r1"), missed=(0,)), id_="r1")
    again = sitting(player(attempt(0, B, NO_POINTS, round_="r2", minutes=days), missed=(0,)), id_="r2")
    later = sitting(player(attempt(0, B, NO_POINTS, round_="r3", minutes=9 * days), missed=(0,)), id_="r3")

    outcomes = regrade([later, again, first], MENDED)
    assert [part.score for one in outcomes for part in one.people] == [100, 50, 100]

    halved = regrade([first], MENDED, [(1, NOON - timedelta(days=1)), (2, NOON)])
    assert [part.score for part in only(halved).people] == [50]


def test_a_mended_item_costs_those_their_points_who_had_what_is_wrong_now() -> None:
    """And what they had last is told to be wrong, where it was the question that was open last."""
    last = Answer(0, C, NOON, NOON, 60_000, credit=Fraction(1))
    ann = player(attempt(0, C, Points(100)))
    ann = replace(ann, part=replace(ann.part, answer=last, gained=100, answer_streak=1))

    outcome = only(regrade([sitting(ann, counted=1)], MENDED))

    (part,) = outcome.people
    assert (part.score, part.right, part.answers, part.missed, part.gained) == (0, 0, 1, (0,), 0)
    assert part.answer == replace(last, credit=Fraction(0))
    assert part.answer_streak == 0


def test_a_void_question_is_as_if_it_had_been_skipped() -> None:
    """Who missed it has missed nothing, the streak goes on over it, and no answer counts."""
    ann = player(
        attempt(0, B, Points(100)), attempt(1, C, NO_POINTS), attempt(2, B, Points(100)), missed=(1,)
    )
    ben = player(learner=2, missed=(0, 1, 2))

    outcome = only(regrade([sitting(ann, ben, position=1)], None))

    assert outcome.counted == (0, 2)
    assert points_of(outcome) == {QuestionId("r.1"): NO_POINTS, QuestionId("r.2"): Points(100, 0, 10)}
    assert [one.void for _, one in outcome.attempts] == [True, False]
    first, second = outcome.people
    assert (first.score, first.answers, first.right, first.missed, first.gained) == (210, 2, 2, (), 110)
    assert second.missed == (0, 2)


def test_what_an_item_no_longer_takes_is_worth_nothing() -> None:
    """As an answer in words to options, which can only come of a version that was another kind."""
    ann = player(attempt(0, Typed(("b",)), NO_POINTS), missed=(0,))

    assert only(regrade([sitting(ann)], MENDED)).people == []


def test_nothing_changes_for_those_who_did_not_answer() -> None:
    """They have missed it, whatever would have been right."""
    outcome = only(regrade([sitting(player(missed=(0,)), player(learner=2))], MENDED))

    assert (outcome.people, outcome.attempts) == ([], [])


def test_a_round_that_was_not_scored_stays_without_points() -> None:
    """But what was missed in it is told anew."""
    ann = player(attempt(0, B, NO_POINTS), missed=(0,))

    outcome = only(regrade([sitting(ann, settings=Settings(scored=False))], MENDED))

    assert [(part.score, part.right, part.missed) for part in outcome.people] == [(0, 1, ())]


def test_speed_counts_by_the_windows_that_were_there() -> None:
    """A quick answer that is right now has the bonus that it would have had."""
    quick = replace(attempt(0, B, NO_POINTS), elapsed_ms=400)
    item: Item = MENDED
    settings = Settings(seconds=20)

    outcome = only(regrade([sitting(player(quick, missed=(0,)), settings=settings)], item))

    assert points_of(outcome) == {QuestionId("r.0"): Points(100, 50)}
