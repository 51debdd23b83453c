"""Sittings: rounds that asked an item, put together from their rows, and the rows that come of regrading."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.ids import LearnerId, QuestionId
from bot.core.items import BlanksKey, Item
from bot.core.questions import Question, round_of
from bot.core.regrading import Outcome, Player, Regraded, Sitting, regrade
from bot.core.states import Attempt
from bot.engine import codec
from bot.engine.codec import from_ms
from bot.records import (
    AttemptRow,
    Changes,
    History,
    ParticipantRow,
    PlayedRow,
    QuestionRow,
    RegradedRow,
    RoundRow,
)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A round whose answers were looked at again: its row, those of its people, and what became of them."""

    row: RoundRow
    parts: dict[int, ParticipantRow]
    played: dict[tuple[str, int], PlayedRow]
    outcome: Outcome

    def own(self, learner: int) -> int:
        """Return the own learner of whoever plays as *learner*."""
        return self.parts[learner].own or learner

    def regraded(self) -> Iterator[tuple[PlayedRow, Regraded]]:
        """Yield each attempt that was looked at and is something else now, with its row as it was."""
        for learner, one in self.outcome.attempts:
            yield self.played[one.before.question, self.own(learner)], one


def look_again(history: History, item: Item | None) -> list[Reviewed]:
    """Return what becomes of the rounds in *history* with the *item* as it is now, None when it is void.

    A question that was asked with other options or other blanks than the item has now is left as it was.
    """
    rows = {row.id: row for row in history.rounds}
    asked = {row.round: row for row in history.questions if row.round in rows}
    parts, played = _by_round(history)
    found: list[Reviewed] = []
    sittings: list[Sitting] = []
    for id_, question_row in asked.items():
        question = codec.QUESTION.decode(question_row.body)
        round_ = codec.ROUND.decode(rows[id_].body)
        if question.position not in round_.counted or (
            item is not None and not same_make(question.item, item)
        ):
            continue
        sittings.append(Sitting(round_, question, _players(parts[id_], played[id_])))
        found.append(Reviewed(rows[id_], parts[id_], played[id_], Outcome(sittings[-1], ())))
    elsewhere = [(person, from_ms(at)) for person, at in history.earned]
    outcomes = regrade(sittings, item, elsewhere)
    return [replace(one, outcome=outcome) for one, outcome in zip(found, outcomes, strict=True)]


def same_make(asked: Item, now: Item) -> bool:
    """Tell whether two versions of an item have the same parts, so that answers to one fit the other."""
    blanks = [len(one.key.blanks) if isinstance(one.key, BlanksKey) else 0 for one in (asked, now)]
    return (
        asked.kind is now.kind
        and {option.id for option in asked.options} == {option.id for option in now.options}
        and {stem.id for stem in asked.stems} == {stem.id for stem in now.stems}
        and blanks[0] == blanks[1]
    )


def asked_as(question: Question, now: Item) -> Question:
    """Return *question* with the item as it is *now*; what was shown where stays."""
    options = tuple(now.option(option.id) for option in question.item.options)
    stems = {stem.id: stem for stem in now.stems}
    item = replace(now, options=options, stems=tuple(stems[stem.id] for stem in question.item.stems))
    return replace(question, item=item)


def write(
    changes: Changes, history: History, reviewed: Sequence[Reviewed], item: Item | None, version: int
) -> None:
    """Write what became of rounds that were looked at again by the decision *version*."""
    for one in reviewed:
        changes.participants.extend(
            ParticipantRow(
                one.row.id,
                part.learner,
                part.score,
                codec.PARTICIPANT.encode(part),
                one.parts[part.learner].own,
            )
            for part in one.outcome.people
        )
        changes.regraded.extend(_regraded_row(played.attempt, new) for played, new in one.regraded())
        round_ = one.outcome.sitting.round
        if one.outcome.counted != round_.counted:
            body = codec.ROUND.encode(replace(round_, counted=one.outcome.counted))
            changes.recounted.append((one.row.id, body))
    for row in history.questions:
        question = codec.QUESTION.decode(row.body)
        fits = item is not None and same_make(question.item, item)
        body = codec.QUESTION.encode(asked_as(question, item)) if item is not None and fits else row.body
        changes.reasked.append(QuestionRow(row.round, row.position, row.item, body, version))


def _regraded_row(row: AttemptRow, new: Regraded) -> RegradedRow:
    after = new.after
    return RegradedRow(
        row.question,
        row.learner,
        float(after.credit),
        after.points.total,
        codec.ATTEMPT.encode(after),
        new.void,
    )


def _by_round(
    history: History,
) -> tuple[dict[str, dict[int, ParticipantRow]], dict[str, dict[tuple[str, int], PlayedRow]]]:
    parts: defaultdict[str, dict[int, ParticipantRow]] = defaultdict(dict)
    for part in history.participants:
        parts[part.round][part.learner] = part
    played: defaultdict[str, dict[tuple[str, int], PlayedRow]] = defaultdict(dict)
    for row in history.played:
        played[row.attempt.round][row.attempt.question, row.attempt.learner] = row
    return parts, played


def _attempt(row: PlayedRow, learner: int) -> Attempt:
    """Return an attempt, of whoever it was played as."""
    attempt = codec.ATTEMPT.decode(row.attempt.body)
    return attempt if attempt.learner == learner else replace(attempt, learner=LearnerId(learner))


def _players(
    parts: dict[int, ParticipantRow], played: dict[tuple[str, int], PlayedRow]
) -> tuple[Player, ...]:
    by_learner: defaultdict[int, list[PlayedRow]] = defaultdict(list)
    for row in played.values():
        by_learner[row.attempt.learner].append(row)
    found: list[Player] = []
    for learner, part in parts.items():
        own = part.own or learner
        rows = by_learner.get(own, [])
        attempts = {round_of(QuestionId(row.attempt.question))[1]: _attempt(row, learner) for row in rows}
        person = rows[0].person if rows else own
        found.append(Player(codec.PARTICIPANT.decode(part.body), attempts, person))
    return tuple(found)
