"""Settlement: what the answers to a question are worth once it closes."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta

from bot.core.commands import Mode, Settings
from bot.core.ids import LearnerId
from bot.core.items import Item
from bot.core.questions import Question
from bot.core.scoring import NO_POINTS, Points, points_for
from bot.core.states import Answer, Attempt, Participant, Round

_MILLISECOND = timedelta(milliseconds=1)


def settle(
    round_: Round, repeats: Mapping[LearnerId, int]
) -> tuple[dict[LearnerId, Participant], list[Attempt]]:
    """Score the open question: return everybody after it, and their answers made final.

    *repeats* counts, by learner, attempts with points at the same item within the week before.
    """
    taker = winner(round_)
    people: dict[LearnerId, Participant] = {}
    attempts: list[Attempt] = []
    for person in round_.people.values():
        after, attempt = _settle(round_, person, taker, repeats.get(person.learner, 0))
        people[person.learner] = after
        if attempt is not None:
            attempts.append(attempt)
    return people, attempts


def winner(round_: Round) -> LearnerId | None:
    """Return who took the question in mode ``first``: who sent the earliest right answer.

    Of two sent at the same time, the lower learner's.
    """
    if round_.settings.mode is not Mode.FIRST:
        return None
    right = [(answer.sent_at, learner) for learner, answer in _answers(round_) if answer.credit == 1]
    return min(right)[1] if right else None


def window(round_: Round, position: int) -> timedelta | None:
    """Return how long a question is open: the round's seconds, or the author's where they are more."""
    return window_of(round_.settings, round_.questions[position].item)


def window_of(settings: Settings, item: Item) -> timedelta | None:
    """Return how long *item* is open in a round with these *settings*; None without a clock."""
    if settings.mode is Mode.RELAXED:
        return None
    return timedelta(seconds=max(settings.seconds, item.seconds or 0))


def milliseconds(span: timedelta) -> int:
    """Return *span* in whole milliseconds, rounded down."""
    return span // _MILLISECOND


def _answers(round_: Round) -> Iterable[tuple[LearnerId, Answer]]:
    for person in round_.people.values():
        if person.answer is not None and person.answer.position == round_.position:
            yield person.learner, person.answer


def _settle(
    round_: Round, person: Participant, taker: LearnerId | None, repeats: int
) -> tuple[Participant, Attempt | None]:
    answer = person.answer
    if answer is None or answer.position != round_.position:
        if _may_pass(round_, person):
            return (replace(person, gained=0) if person.gained else person), None
        missed = (*person.missed, round_.position)
        return replace(person, answer_streak=0, gained=0, missed=missed), None
    right = answer.credit == 1
    streak = person.answer_streak + 1 if right else 0
    points = _points(round_, person, answer, streak, repeats, taker)
    settled = replace(
        person,
        score=person.score + points.total,
        right=person.right + right,
        answer_streak=streak,
        gained=points.total,
        missed=person.missed if right else (*person.missed, round_.position),
        answers=person.answers + 1,
    )
    return settled, _attempt(round_.question, person.learner, answer, points)


def _may_pass(round_: Round, person: Participant) -> bool:
    """Tell whether *person* misses nothing without an answer: nobody has to answer a question of the day."""
    return person.away or person.since > round_.position or round_.day is not None


def _points(
    round_: Round, person: Participant, answer: Answer, streak: int, repeats: int, taker: LearnerId | None
) -> Points:
    if not round_.settings.scored or (taker is not None and taker != person.learner):
        return NO_POINTS
    span = window(round_, round_.position)
    return points_for(
        answer.credit,
        elapsed_ms=answer.elapsed_ms,
        window_ms=None if span is None else milliseconds(span),
        answer_streak=streak,
        repeats=repeats,
        speed_bonus=round_.settings.speed_bonus,
    )


def _attempt(question: Question, learner: LearnerId, answer: Answer, points: Points) -> Attempt:
    return Attempt(
        question=question.id,
        learner=learner,
        item=question.item.id,
        topic=question.item.topic,
        at=answer.at,
        elapsed_ms=answer.elapsed_ms,
        credit=answer.credit,
        near=answer.near,
        response=answer.response,
        points=points,
    )
