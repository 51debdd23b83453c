"""Folds: a round added up again from its attempts, held against every figure that the tables keep."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.ids import QuestionId
from bot.core.questions import round_of
from bot.core.states import Attempt, Participant, Round
from bot.engine import codec
from bot.ports import MyRecord


@dataclass(frozen=True, slots=True)
class Part:
    """One learner's part in a round. *score* and *points* are columns, the rest is what the bodies say."""

    name: str
    learner: int
    score: int
    participant: Participant
    attempts: tuple[Attempt, ...]
    points: tuple[int, ...]

    def fold(self, until: int | None = None) -> int:
        """Return the points of the attempts, without those after position *until*."""
        return sum(a.points.total for a in self.attempts if until is None or _position(a) <= until)

    def right(self) -> int:
        """Return how many attempts were right."""
        return sum(attempt.credit == 1 for attempt in self.attempts)

    def attempt(self, question: QuestionId) -> Attempt | None:
        """Return the attempt at *question*; None when there is none."""
        return next((attempt for attempt in self.attempts if attempt.question == question), None)

    def gained(self, question: QuestionId) -> int:
        """Return what the attempt at *question* earned, 0 without one."""
        attempt = self.attempt(question)
        return attempt.points.total if attempt else 0


def part_of(name: str, mine: MyRecord) -> Part:
    """Return the part of the learner *name* as it is written down."""
    return Part(
        name=name,
        learner=mine.participant.learner,
        score=mine.participant.score,
        participant=codec.PARTICIPANT.decode(mine.participant.body),
        attempts=tuple(codec.ATTEMPT.decode(row.body) for row in mine.attempts),
        points=tuple(row.points for row in mine.attempts),
    )


def check_part(round_: Round, part: Part) -> Iterator[str]:
    """Yield what does not add up in one learner's part."""
    for question, count in Counter(attempt.question for attempt in part.attempts).items():
        if count > 1:
            yield f"{part.name} has {count} attempts at {question}"
        if round_of(question) not in {(round_.id, position) for position in round_.counted}:
            yield f"{part.name} has an attempt at {question}, which was not counted"
    fold = part.fold()
    figures = {part.score, part.participant.score, sum(part.points), fold}
    if figures != {fold}:
        yield f"{part.name} stands at {part.score}, the attempts add up to {fold}"
    if part.participant.right != part.right():
        yield f"{part.name} has {part.participant.right} right, the attempts {part.right()}"


def check_standing(rows: Sequence[tuple[int, int, int]], parts: Iterable[Part]) -> Iterator[str]:
    """Yield where the standing, which the database adds up, differs from the fold."""
    expected = {(part.learner, part.fold(), part.right()) for part in parts if part.attempts}
    if {tuple(row) for row in rows} != expected or len(rows) != len(expected):
        yield f"the standing is {sorted(map(tuple, rows))}, the attempts say {sorted(expected)}"


def _position(attempt: Attempt) -> int:
    return round_of(attempt.question)[1]
