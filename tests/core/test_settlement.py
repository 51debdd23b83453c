"""Settlement: what the answers are worth once the question closes."""

from fractions import Fraction

import pytest

from bot.core.commands import Join, Leave, Mode, Settings, Skip, Tick
from bot.core.ids import ItemId, Topic
from bot.core.responses import Chosen, Picked, Typed
from bot.core.scoring import NO_POINTS, Points
from bot.core.settlement import milliseconds, settle, window, winner
from bot.core.states import Attempt
from tests.core.builders import (
    ANN,
    BEN,
    CAT,
    EVERY_KIND,
    NUMBER,
    SEVERAL,
    A,
    B,
    Game,
    asking,
    choice,
    chosen,
    moment,
    qid,
    right_answer,
)


def play(game: Game, sent: Picked | None) -> None:
    """Let Ann answer the open question, or not, and go on to the next one."""
    if sent is not None:
        game.answer(ANN, sent, _now(game))
    game.do(Tick(), at=_now(game) + 40)
    game.do(Tick(), at=_now(game) + 80)


def _now(game: Game) -> float:
    assert game.round.opened_at is not None
    return (game.round.opened_at - moment(0)).total_seconds()


def test_an_attempt_is_made_of_each_answer_and_of_nothing_else() -> None:
    """It holds all that a leaderboard and the items' statistics need."""
    game = asking(BEN)
    game.answer(ANN, B, 3)

    attempts = game.do(Tick(), at=30.75).attempts

    assert attempts == (
        Attempt(
            question=qid(0),
            learner=ANN.learner,
            item=ItemId("pack/choice0"),
            topic=Topic("1.1"),
            at=moment(3),
            elapsed_ms=3000,
            credit=Fraction(1),
            near=False,
            response=Chosen(chosen("b")),
            points=Points(100, 45, 0),
        ),
    )


def test_a_streak_grows_with_each_right_answer_and_ends_with_a_wrong_or_missing_one() -> None:
    """Its bonus comes with the second."""
    items = tuple(choice(number) for number in range(5))
    game = asking(BEN, items=items, settings=Settings(speed_bonus=False, pause_seconds=0))
    streaks, scores = [], []
    for sent in (B, B, A, B):
        play(game, sent)
        streaks.append(game.person(ANN).answer_streak)
        scores.append(game.person(ANN).score)

    assert streaks == [1, 2, 0, 1]
    assert scores == [100, 210, 210, 310]
    play(game, None)
    assert game.person(ANN).answer_streak == 0
    assert game.person(ANN).missed == (2, 4)


def test_a_skipped_question_leaves_the_streak_as_it_was() -> None:
    """It counts for nobody, neither for nor against."""
    game = asking(BEN, settings=Settings(pause_seconds=0))
    play(game, B)
    game.answer(ANN, A, _now(game) + 1)
    game.do(Skip(), ANN, _now(game) + 2)

    assert game.person(ANN).answer_streak == 1


def test_what_the_last_question_brought_is_forgotten_with_the_next() -> None:
    """Also for who sat it out."""
    game = asking(BEN, settings=Settings(speed_bonus=False))
    game.answer(ANN, B, 1)
    game.do(Tick(), at=30.75)
    assert game.person(ANN).gained == 100

    game.do(Leave(), ANN, 31)
    game.do(Tick(), at=40.75)
    game.do(Tick(), at=90)

    assert (game.person(ANN).gained, game.person(ANN).missed) == (0, ())


def test_nothing_of_somebody_who_is_away_has_to_be_written_again() -> None:
    """With nothing gained they stay the very same."""
    game = asking(BEN)
    game.do(Leave(), BEN, 1)
    before = game.person(BEN)

    people, _ = settle(game.round, {})

    assert people[BEN.learner] is before


def test_who_joined_too_late_has_neither_missed_nor_lost_anything() -> None:
    """They were not asked."""
    game = asking(BEN)
    game.do(Join(), CAT, 5)

    game.do(Tick(), at=30.75)

    assert (game.person(CAT).missed, game.person(BEN).missed) == ((), (0,))


@pytest.mark.parametrize("partial, points", [(False, NO_POINTS), (True, Points(50, 25, 0))])
def test_half_an_answer_earns_half_where_the_settings_say_so(*, partial: bool, points: Points) -> None:
    """It is no right answer and belongs to what was missed."""
    game = asking(BEN, items=(SEVERAL,), settings=Settings(partial_credit=partial))
    game.answer(ANN, Picked((0,)), 0.5)

    attempts = game.do(Tick(), at=30.75).attempts

    assert [attempt.points for attempt in attempts] == [points]
    assert (game.person(ANN).missed, game.person(ANN).right) == ((0,), 0)


def test_a_near_miss_is_kept_as_such() -> None:
    """It is told when the question closes."""
    game = asking(BEN, items=(NUMBER,))
    game.answer(ANN, Typed(("13.1 ms",)), 1)

    attempts = game.do(Tick(), at=30.75).attempts

    assert [(attempt.credit, attempt.near) for attempt in attempts] == [(Fraction(0), True)]


def test_an_unscored_round_makes_attempts_without_points() -> None:
    """What was learnt is known, and no leaderboard moves."""
    game = asking(BEN, settings=Settings(scored=False))
    game.answer(ANN, B, 1)

    attempts = game.do(Tick(), at=30.75).attempts

    assert [(attempt.credit, attempt.points) for attempt in attempts] == [(Fraction(1), NO_POINTS)]
    assert (game.person(ANN).right, game.person(ANN).score) == (1, 0)


def test_only_mode_first_has_a_winner() -> None:
    """Elsewhere everybody scores."""
    game = asking(BEN)
    game.answer(ANN, B, 1)

    assert winner(game.round) is None


@pytest.mark.parametrize(
    "settings, milliseconds_open",
    [(Settings(seconds=20), 20_000), (Settings(mode=Mode.RELAXED), None)],
)
def test_a_window_is_the_rounds_seconds_or_none(settings: Settings, milliseconds_open: int | None) -> None:
    """A relaxed round has no clock."""
    span = window(asking(BEN, settings=settings).round, 0)

    assert (None if span is None else milliseconds(span)) == milliseconds_open


def test_the_score_is_the_sum_of_the_attempts() -> None:
    """Over every kind of question, with streaks and speed."""
    game = asking(BEN, items=EVERY_KIND, settings=Settings(pause_seconds=0))
    earned = {ANN.learner: 0, BEN.learner: 0}
    for position, shown in enumerate(EVERY_KIND):
        now = _now(game)
        game.answer(ANN, right_answer(shown), now + position)
        if position % 2:
            game.answer(BEN, right_answer(shown), now + 1)
        for attempt in game.do(Tick(), at=now + 31).attempts:
            earned[attempt.learner] += attempt.points.total
        game.do(Tick(), at=now + 31)

    assert {who: person.score for who, person in game.round.people.items()} == earned
    assert min(earned.values()) > 0
