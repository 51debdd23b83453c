"""Standings: order, shared ranks, and the mean of a team."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.effects import Standing
from bot.core.ids import LearnerId
from bot.core.standings import standing, team_standing
from bot.core.states import Participant


def person(number: int, score: int, *, name: str = "", team: int = 0, right: int = 0) -> Participant:
    """Return a participant with *score*."""
    return Participant(
        LearnerId(number), name or f"P{number}", str(number), team=team, score=score, right=right
    )


def test_ties_share_a_rank_and_the_next_rank_counts_them_all() -> None:
    """1, 2, 2, 4: nobody is put behind somebody with the same points."""
    lines = standing([person(1, 50), person(2, 90), person(3, 50), person(4, 10)])

    assert [(line.rank, line.name, line.points) for line in lines] == [
        (1, "P2", 90),
        (2, "P1", 50),
        (2, "P3", 50),
        (4, "P4", 10),
    ]


def test_equals_stand_by_name_and_then_by_learner() -> None:
    """Capital letters make no difference, and two of one name have an order too."""
    lines = standing(
        [
            person(4, 7, name="bea"),
            person(3, 7, name="Ann"),
            person(2, 7, name="Bea"),
            person(1, 7, name="cat"),
        ]
    )

    assert [(line.rank, line.name, line.learner) for line in lines] == [
        (1, "Ann", 3),
        (1, "Bea", 2),
        (1, "bea", 4),
        (1, "cat", 1),
    ]


def test_a_line_tells_what_the_last_question_brought() -> None:
    """And how many right answers stand in a row."""
    ann = Participant(LearnerId(1), "Ann", "a", score=300, right=2, gained=160, answer_streak=2)

    assert standing([ann]) == (Standing(1, "Ann", 300, 2, LearnerId(1), 160, 2),)


def test_nobody_makes_no_standing() -> None:
    """Neither of people nor of teams."""
    assert standing([]) == ()
    assert team_standing([], 3) == ()


@pytest.mark.parametrize(
    "scores, mean",
    [((100, 50), 75), ((100, 51), 76), ((1, 0, 0), 0), ((1, 1, 0), 1), ((0,), 0)],
)
def test_a_team_scores_the_mean_of_its_members_rounded_half_up(scores: tuple[int, ...], mean: int) -> None:
    """Not to the even number, which would look like a mistake."""
    people = [person(number, score, team=1) for number, score in enumerate(scores)]

    assert [line.points for line in team_standing(people, 1)] == [mean]


def test_a_small_team_can_beat_a_large_one() -> None:
    """Its mean counts, not its sum."""
    people = [
        person(1, 100, team=1, right=1),
        person(2, 90, team=2, right=1),
        person(3, 90, team=2, right=2),
        person(4, 90, team=2),
    ]

    assert team_standing(people, 2) == (Standing(1, "1", 100, 1), Standing(2, "2", 90, 3))


def test_teams_with_the_same_mean_share_a_rank_and_empty_teams_are_left_out() -> None:
    """Equals stand by their number."""
    people = [person(1, 10, team=3), person(2, 10, team=1), person(3, 5, team=4)]

    assert [(line.rank, line.name) for line in team_standing(people, 4)] == [(1, "1"), (1, "3"), (3, "4")]


@given(st.lists(st.tuples(st.integers(0, 5), st.sampled_from("abc")), max_size=12))
def test_a_rank_is_one_more_than_how_many_have_more_points(people: list[tuple[int, str]]) -> None:
    """That is what sharing a rank means, and it does not hang on the order of the people."""
    lines = standing(person(number, score, name=name) for number, (score, name) in enumerate(people))

    points = [line.points for line in lines]
    assert [line.rank for line in lines] == [1 + sum(other > own for other in points) for own in points]
    assert points == sorted(points, reverse=True)
    turned = [person(number, score, name=name) for number, (score, name) in enumerate(people)]
    assert standing(reversed(turned)) == lines
