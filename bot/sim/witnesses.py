"""Witnesses: what learners were told, held against what the tables say in the end."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.core import effects as fx
from bot.core.ids import QuestionId
from bot.core.questions import Question
from bot.core.responses import Sent
from bot.engine import codec
from bot.engine.events import Reply
from bot.ports import MyRecord, RoundRecord, Store
from bot.records import Account, AttemptRow
from bot.sim.platforms import SimPlatform


@dataclass(slots=True)
class _Testimony:
    """One learner's answers to one question, in the order sent. *last_told* is the last acknowledged one."""

    sent: list[Sent] = field(default_factory=list)
    last_told: int = -1


class Witness:
    """Remembers each answer that was sent and each that was acknowledged."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._answers: dict[tuple[QuestionId, Account], _Testimony] = defaultdict(_Testimony)
        self.figures: dict[str, int] = defaultdict(int)

    def sends(self, account: Account, question: QuestionId, sent: Sent) -> int:
        """Note that an answer is on its way; return its number, for :meth:`told`."""
        testimony = self._answers[question, account]
        testimony.sent.append(sent)
        self.figures["answers_sent"] += 1
        return len(testimony.sent) - 1

    def told(self, account: Account, question: QuestionId, number: int, reply: Reply) -> None:
        """Note what the sender of an answer was told."""
        if reply.duplicate:
            self.figures["duplicates"] += 1
            return
        accepted = any(isinstance(e, fx.AnswerAccepted | fx.AnswerJudged) for e in reply.effects)
        self.figures["answers_accepted" if accepted else "answers_refused"] += 1
        if accepted:
            testimony = self._answers[question, account]
            testimony.last_told = max(testimony.last_told, number)

    async def check(
        self, store: Store, rounds: Iterable[str], accounts: Sequence[Account], platform: SimPlatform
    ) -> Sequence[str]:
        """Return every broken promise, as sentences; nothing when all held."""
        faults = [f"{key} was posted {n} times" for key, n in platform.posted.items() if n != 1]
        for round_ in rounds:
            record = await store.look(round_)
            if record is None or record.row.open:
                faults.append(f"round {round_} never ended")
                continue
            for account in accounts:
                mine = await store.mine(round_, account)
                faults.extend(self._check_answers(record, account, mine))
                faults.extend(_check_score(round_, account, mine))
        return faults

    def _check_answers(self, record: RoundRecord, account: Account, mine: MyRecord | None) -> Iterable[str]:
        round_ = codec.ROUND.decode(record.row.body)
        for row in record.questions:
            question = codec.QUESTION.decode(row.body)
            attempts = [a for a in mine.attempts if a.question == question.id] if mine else []
            if len(attempts) > 1:
                yield f"{question.id}: {account.id} has {len(attempts)} attempts"
            testimony = self._answers.get((question.id, account))
            if testimony and testimony.last_told >= 0 and row.position in round_.counted:
                yield from _check_last(question, account, attempts, testimony)


def _check_last(
    question: Question, account: Account, attempts: Sequence[AttemptRow], testimony: _Testimony
) -> Iterable[str]:
    """Hold the attempt against the answer acknowledged last, or a later one whose fate nobody was told."""
    if not attempts:
        yield f"{question.id}: an acknowledged answer of {account.id} is gone"
        return
    allowed = [question.read(sent) for sent in testimony.sent[testimony.last_told :]]
    if codec.ATTEMPT.decode(attempts[0].body).response not in allowed:
        yield f"{question.id}: what counts for {account.id} is not the answer acknowledged last"


def _check_score(round_: str, account: Account, mine: MyRecord | None) -> Iterable[str]:
    """Hold the score that the round kept against the fold of the attempts."""
    if mine is None:
        return
    fold = sum(attempt.points for attempt in mine.attempts)
    if mine.participant.score != fold:
        yield f"{round_}: {account.id} stands at {mine.participant.score}, the attempts add up to {fold}"
