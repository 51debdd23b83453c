"""Regrading: what an item's answers are worth once the item was mended, or when none of them is to count.

Rule 1: points come out as they would have if the item had been so from the start, speed and all.
Rule 2: a right answer in a row more or less changes the streak bonus of the questions after it, too.
Rule 3: who earned points for an item within the week before earns less for it, by what counts now.
Rule 4: a question that is void is as if it had been skipped: nobody answered it and nobody missed it.

What was not written down is taken as it most likely was: who left in the middle of a question and came back
began a new streak where the points that they got say so, and else kept the old one.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from bot.core.commands import Mode
from bot.core.grading import Unreadable, grade
from bot.core.ids import LearnerId
from bot.core.items import Item
from bot.core.questions import Question, round_of
from bot.core.scoring import BASE, NO_POINTS, Points, points_for, streak_bonus
from bot.core.settlement import milliseconds, window_of
from bot.core.states import Attempt, Participant, Round

WEEK: Final = timedelta(days=7)
_FARTHEST: Final = 16


@dataclass(frozen=True, slots=True)
class Player:
    """One who took part in a round, with all that they answered there, by position.

    *self_* is the same for all accounts of one person.
    """

    part: Participant
    attempts: Mapping[int, Attempt]
    self_: int


@dataclass(frozen=True, slots=True)
class Sitting:
    """A round that has ended and that asked the item as *question*; its *players* are all of its people."""

    round: Round
    question: Question
    players: Sequence[Player]


@dataclass(frozen=True, slots=True)
class Regraded:
    """An attempt as it was and as it is now; *void* when it counts no more."""

    before: Attempt
    after: Attempt
    void: bool = False

    @property
    def gain(self) -> tuple[int, int, int]:
        """How many points, answers and right answers more that is."""
        right = int(self.after.credit == 1) - int(self.before.credit == 1)
        return self.after.points.total - self.before.points.total, -int(self.void), right


@dataclass(slots=True)
class Outcome:
    """What became of a sitting: those *people* who are no longer what they were, and their *attempts*.

    *attempts* are by the learner who plays in the round. *counted* are the round's positions that count now.
    """

    sitting: Sitting
    counted: tuple[int, ...]
    people: list[Participant] = field(default_factory=list)
    attempts: list[tuple[LearnerId, Regraded]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Due:
    """An attempt at the item that is to be looked at again, and whether it may earn anything."""

    outcome: Outcome
    player: Player
    attempt: Attempt
    credit: Fraction
    near: bool
    scored: bool


def regrade(
    sittings: Sequence[Sitting], item: Item | None, elsewhere: Iterable[tuple[int, datetime]] = ()
) -> list[Outcome]:
    """Return what becomes of *sittings* with the *item* as it is now, None when it is void.

    *elsewhere* are attempts with points at the item that stay as they are: whose and when.
    """
    outcomes = [Outcome(sitting, _counted(sitting, item)) for sitting in sittings]
    earned: dict[int, list[datetime]] = {}
    for self_, at in elsewhere:
        earned.setdefault(self_, []).append(at)
    due = [one for outcome in outcomes for one in _due(outcome, item)]
    settled: dict[tuple[int, LearnerId], Attempt] = {}
    for one in sorted(due, key=lambda one: (one.attempt.at, one.attempt.question, one.attempt.learner)):
        times = earned.setdefault(one.player.self_, [])
        repeats = sum(one.attempt.at - WEEK <= at for at in times)
        points = _points(one, repeats) if item is not None and one.scored else NO_POINTS
        after = replace(one.attempt, credit=one.credit, near=one.near, points=points)
        settled[id(one.outcome), one.player.part.learner] = after
        if points.total > 0:
            times.append(one.attempt.at)
    for outcome in outcomes:
        for player in outcome.sitting.players:
            _settle(outcome, player, settled.get((id(outcome), player.part.learner)), void=item is None)
    return outcomes


def _counted(sitting: Sitting, item: Item | None) -> tuple[int, ...]:
    counted = sitting.round.counted
    return counted if item is not None else tuple(p for p in counted if p != sitting.question.position)


def _due(outcome: Outcome, item: Item | None) -> Iterator[_Due]:
    sitting = outcome.sitting
    position, settings = sitting.question.position, sitting.round.settings
    found = [(one, one.attempts[position]) for one in sitting.players if position in one.attempts]
    graded = [_credit(item, attempt, partial=settings.partial_credit) for _, attempt in found]
    taker = None
    if settings.mode is Mode.FIRST:
        both = zip(found, graded, strict=True)
        right = [(attempt.at, attempt.learner) for (_, attempt), (credit, _) in both if credit == 1]
        taker = min(right)[1] if right else None
    for (player, attempt), (credit, near) in zip(found, graded, strict=True):
        scored = settings.scored and taker in {None, attempt.learner}
        yield _Due(outcome, player, attempt, credit, near, scored)


def _credit(item: Item | None, attempt: Attempt, *, partial: bool) -> tuple[Fraction, bool]:
    """Return what an answer is worth now; one that the item does not take any more is worth nothing."""
    if item is None:
        return Fraction(0), False
    graded = grade(item, attempt.response, partial=partial)
    return (Fraction(0), False) if isinstance(graded, Unreadable) else (graded.credit, graded.near)


def _points(one: _Due, repeats: int) -> Points:
    sitting = one.outcome.sitting
    settings, question = sitting.round.settings, sitting.question
    span = window_of(settings, question.item)
    walk = _Walk(sitting.round, one.player)
    for position in sitting.round.counted:
        if position < question.position:
            walk.pass_(position)
    walk.pass_(question.position, replace(one.attempt, credit=one.credit))
    return points_for(
        one.credit,
        elapsed_ms=one.attempt.elapsed_ms,
        window_ms=None if span is None else milliseconds(span),
        answer_streak=walk.now,
        repeats=repeats,
        speed_bonus=settings.speed_bonus,
    )


class _Walk:
    """One player's way through the questions of a round: the streak as it was, and as it is now."""

    def __init__(self, round_: Round, player: Player) -> None:
        self._scored = round_.settings.scored
        self._attempts = player.attempts
        self._missed = frozenset(player.part.missed)
        self.was = 0
        self.now = 0

    def pass_(self, position: int, after: Attempt | None = None) -> None:
        """Go past a question; *after* is the attempt at it where that is no longer what it was."""
        attempt = self._attempts.get(position)
        if attempt is None:
            if position in self._missed:
                self.was = self.now = 0
            return
        if attempt.credit == 1:
            self.was += 1
            if self._scored and _began_anew(attempt, self.was):
                self.was, self.now = 1, 0
        else:
            self.was = 0
        self.now = self.now + 1 if (after or attempt).credit == 1 else 0

    def leave_out(self, position: int) -> None:
        """Go past a question that is void: as it was it had its part in the streak, and now it has none."""
        now = self.now
        self.pass_(position)
        self.now = now


def _began_anew(attempt: Attempt, streak: int) -> bool:
    """Tell whether the points of a right answer say that its streak began with it."""
    shrink = _shrink(attempt)
    return shrink is not None and streak_bonus(streak) // 2**shrink > 0 == attempt.points.streak


def _shrink(attempt: Attempt) -> int | None:
    """Return how many times the points of a right answer were halved; None when that cannot be told."""
    base = attempt.points.base
    return next((r for r in range(_FARTHEST) if base and BASE // 2**r == base), None)


def _settle(outcome: Outcome, player: Player, item_after: Attempt | None, *, void: bool) -> None:
    """Write down what became of one player: each attempt that changed, and the player if anything did."""
    sitting, part = outcome.sitting, player.part
    walk = _Walk(sitting.round, player)
    changed: list[Regraded] = []
    latest = 0
    for position in sitting.round.counted:
        attempt = player.attempts.get(position)
        if position == sitting.question.position:
            after = item_after
            if void:
                walk.leave_out(position)
            else:
                walk.pass_(position, after)
        else:
            walk.pass_(position)
            after = None if attempt is None else _with_bonus(attempt, walk)
        if attempt is not None and after is not None and (after != attempt or (void and after is item_after)):
            changed.append(Regraded(attempt, after, void=void and after is item_after))
        if position in outcome.counted:
            latest = after.points.total if after is not None else 0
    outcome.attempts += [(part.learner, one) for one in changed]
    _settle_part(outcome, part, changed, walk, latest)


def _with_bonus(attempt: Attempt, walk: _Walk) -> Attempt:
    """Return *attempt* at another question with the bonus of the streak that it stands in now."""
    shrink = _shrink(attempt)
    if attempt.credit != 1 or walk.now == walk.was or shrink is None:
        return attempt
    bonus = streak_bonus(walk.now) // 2**shrink
    return replace(attempt, points=replace(attempt.points, streak=bonus))


def _settle_part(
    outcome: Outcome, part: Participant, changed: Sequence[Regraded], walk: _Walk, latest: int
) -> None:
    position = outcome.sitting.question.position
    void = position not in outcome.counted
    at_item = next((one for one in changed if round_of(one.after.question)[1] == position), None)
    gains = [one.gain for one in changed]
    after = replace(
        part,
        score=part.score + sum(points for points, _, _ in gains),
        answers=part.answers + sum(answers for _, answers, _ in gains),
        right=part.right + sum(right for _, _, right in gains),
        missed=_missed(part.missed, position, at_item, void=void),
        answer_streak=walk.now if part.answer_streak == walk.was else part.answer_streak,
        gained=latest if changed else part.gained,
    )
    if at_item is not None and part.answer is not None and part.answer.position == position:
        answer = replace(part.answer, credit=at_item.after.credit, near=at_item.after.near)
        after = replace(after, answer=answer)
    if after != part:
        outcome.people.append(after)


def _missed(
    missed: tuple[int, ...], position: int, at_item: Regraded | None, *, void: bool
) -> tuple[int, ...]:
    """Return what was missed, in order: the question itself when it was answered and is not right now."""
    if void:
        return tuple(one for one in missed if one != position)
    if at_item is None:
        return missed
    others = [one for one in missed if one != position]
    return tuple(sorted(others if at_item.after.credit == 1 else [*others, position]))
