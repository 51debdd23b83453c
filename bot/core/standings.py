"""Standings: who leads, with ties sharing a rank."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Protocol

from bot.core.effects import Standing
from bot.core.ids import LearnerId


class Scored(Protocol):
    """Anything with a score, such as a participant."""

    @property
    def learner(self) -> LearnerId:
        """Who it is; the last word among equals."""
        ...

    @property
    def name(self) -> str:
        """What to call them; equal scores stand in its order."""
        ...

    @property
    def score(self) -> int:
        """Their points so far."""
        ...

    @property
    def right(self) -> int:
        """How many questions they got right."""
        ...

    @property
    def gained(self) -> int:
        """What the last question added."""
        ...

    @property
    def answer_streak(self) -> int:
        """How many right answers in a row they have now."""
        ...

    @property
    def team(self) -> int:
        """Their team from 1, or 0 without teams."""
        ...


def standing(people: Iterable[Scored]) -> tuple[Standing, ...]:
    """Rank *people* by points. Ties share a rank (1, 1, 3) and stand by name, then by learner."""
    ordered = sorted(people, key=lambda p: (-p.score, p.name.casefold(), p.learner))
    lines: list[Standing] = []
    for place, person in enumerate(ordered, start=1):
        tied = lines and lines[-1].points == person.score
        lines.append(
            Standing(
                rank=lines[-1].rank if tied else place,
                name=person.name,
                points=person.score,
                right=person.right,
                learner=person.learner,
                gained=person.gained,
                streak=person.answer_streak,
            )
        )
    return tuple(lines)


def team_standing(people: Sequence[Scored], teams: int) -> tuple[Standing, ...]:
    """Rank the teams 1 to *teams* by the mean of their members' points, rounded half up.

    A mean, not a sum, so that a team of three can beat a team of four. Teams with nobody in them are left
    out. A line's *name* is the team's number, and *right* the sum over its members.
    """
    means = []
    for team in range(1, teams + 1):
        members = [person for person in people if person.team == team]
        if members:
            mean = Fraction(sum(person.score for person in members), len(members))
            means.append((int(mean + Fraction(1, 2)), team, sum(person.right for person in members)))
    means.sort(key=lambda line: (-line[0], line[1]))
    lines: list[Standing] = []
    for place, (points, team, right) in enumerate(means, start=1):
        tied = lines and lines[-1].points == points
        lines.append(Standing(lines[-1].rank if tied else place, str(team), points, right))
    return tuple(lines)
