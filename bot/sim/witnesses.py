"""Witnesses: what learners were told and saw, held against what the tables say in the end."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.core import effects as fx
from bot.core.commands import Change, Join, Mode, Redo, StartRound, SubmitAnswer
from bot.core.ids import EventId, QuestionId
from bot.core.questions import Question
from bot.core.responses import Sent
from bot.core.states import Attempt, Round
from bot.engine import codec
from bot.engine.events import Event, Reply, private_place
from bot.engine.identities import round_id
from bot.engine.queries import is_query
from bot.ports import Post, Store
from bot.records import Account, Place
from bot.sim.folds import Part, check_part, check_standing, part_of
from bot.sim.platforms import SimPlatform
from bot.sim.sightings import Sightings

ALL: Final = 2**31
IS_IN: Final = frozenset({fx.Confirmation.JOINED, fx.Confirmation.JOINED_NEXT})
MOST_ACCEPTED: Final = {Change.NEVER: 1, Change.ONCE: 2}


class Fate(StrEnum):
    """What became of an answer. Of one ON_ITS_WAY nobody was told: it may count or not."""

    ON_ITS_WAY = "on its way"
    LOST = "lost"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(slots=True)
class _Testimony:
    """One learner's answers to one question, in the order sent, each with what became of it."""

    sent: dict[EventId, Sent] = field(default_factory=dict)
    fates: dict[EventId, Fate] = field(default_factory=dict)

    def accepted(self) -> list[EventId]:
        return [event for event, fate in self.fates.items() if fate is Fate.ACCEPTED]

    def may_count(self) -> list[Sent]:
        """Return the answer accepted last and those after it whose fate nobody was told."""
        accepted = self.accepted()
        events = list(self.sent)
        first = events.index(accepted[-1]) if accepted else 0
        open_ = {Fate.ACCEPTED, Fate.ON_ITS_WAY}
        return [self.sent[event] for event in events[first:] if self.fates[event] in open_]


class Witness:
    """Remembers each answer that was sent, each reply and each message that was seen."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._answers: dict[tuple[QuestionId, Account], _Testimony] = defaultdict(_Testimony)
        self._replied: set[EventId] = set()
        self._shown: set[QuestionId] = set()
        self._joined: set[tuple[str, Account]] = set()
        self._rounds: dict[str, Place] = {}
        self._sightings: dict[str, Sightings] = defaultdict(Sightings)
        self._faults: list[str] = []
        self.figures: dict[str, int] = defaultdict(int)

    @property
    def rounds(self) -> Mapping[str, Place]:
        """The place of each round that was seen, or told to have begun."""
        return self._rounds

    # ---------------------------------------------------------------------------------------- remembering

    def sends(self, event: Event, *, arrives: int) -> None:
        """Note that *event* is on its way and how often it will arrive."""
        self.figures["lost"] += arrives == 0
        if isinstance(event.intent, SubmitAnswer) and event.account is not None:
            testimony = self._answers[event.intent.question, event.account]
            testimony.sent[event.id] = event.intent.sent
            testimony.fates[event.id] = Fate.ON_ITS_WAY if arrives else Fate.LOST
            self.figures["answers_sent"] += 1

    def sees(self, kind: str, post: Post) -> None:
        """Note a message that took effect."""
        round_, _, name = post.key.partition(".")
        self._rounds[round_] = post.place
        if not post.to:
            self._sightings[round_].sees(kind, name, post)
        if name.endswith(".reveal"):
            self._shown.add(QuestionId(f"{round_}.{int(name.removesuffix('.reveal')) - 1}"))

    def misses(self, what: str) -> None:
        """Note that something should have happened long ago."""
        self._faults.append(what)

    def told(self, event: Event, reply: Reply) -> None:
        """Note what the sender of *event* was told."""
        self.figures["events"] += 1
        if reply.duplicate:
            self.figures["duplicates"] += 1
            if reply.effects:
                self._faults.append(f"{event.id} came twice and was answered twice")
            return
        self._counts_once(event)
        if isinstance(event.intent, SubmitAnswer) and event.account is not None:
            self._told_of_answer(event.id, event.intent.question, event.account, reply)
        elif event.account is not None:
            self._told_of_round(event, event.account, reply)
        for effect in reply.effects:
            if isinstance(effect, fx.MineShown):
                self._shown.add(effect.question)
            if isinstance(effect, fx.MissedListed):
                self._shown.update(missed.question for missed in effect.missed)

    def _counts_once(self, event: Event) -> None:
        """Note that *event* took effect; what changes nothing, or a redo that is refused, may be repeated."""
        if is_query(event.intent) or isinstance(event.intent, Redo):
            return
        if event.id in self._replied:
            self._faults.append(f"{event.id} came twice and counted twice")
        self._replied.add(event.id)

    def _told_of_answer(self, event: EventId, question: QuestionId, account: Account, reply: Reply) -> None:
        accepted = any(isinstance(e, fx.AnswerAccepted | fx.AnswerJudged) for e in reply.effects)
        self.figures["answers_accepted" if accepted else "answers_refused"] += 1
        self._answers[question, account].fates[event] = Fate.ACCEPTED if accepted else Fate.REFUSED
        if accepted and question in self._shown:
            self._faults.append(f"{question}: an answer was accepted after the right one was shown")

    def _told_of_round(self, event: Event, account: Account, reply: Reply) -> None:
        done = {effect.what for effect in reply.effects if isinstance(effect, fx.CommandDone)}
        if isinstance(event.intent, Join) and event.round is not None and done & IS_IN:
            self._joined.add((event.round, account))
        if isinstance(event.intent, StartRound) and fx.Confirmation.STARTED in done:
            self._rounds[round_id(event.id)] = event.place
        if isinstance(event.intent, Redo) and fx.Confirmation.REDO in done:
            self._rounds[round_id(event.id)] = private_place(account)

    # ------------------------------------------------------------------------------------------- checking

    async def check(
        self, store: Store, people: Mapping[Place, Sequence[Account]], platform: SimPlatform
    ) -> Sequence[str]:
        """Return every broken promise, as sentences; nothing when all held. *people* tells who is where."""
        faults = [*self._faults]
        faults += [f"{key} was posted {n} times" for key, n in platform.posted.items() if n != 1]
        faults += [f"{key} was edited, and is not there" for key in platform.astray]
        for round_, place in self._rounds.items():
            found = await self._check_round(store, round_, people.get(place, ()))
            faults += [f"round {round_}: {fault}" for fault in found]
        return faults

    async def _check_round(self, store: Store, id_: str, people: Sequence[Account]) -> Sequence[str]:
        record = await store.look(id_)
        if record is None:
            return ["it was begun, and is not there"]
        if record.row.open:
            return ["it never ended"]
        records = {account: await store.mine(id_, account) for account in people}
        parts = {account.id: part_of(account.id, mine) for account, mine in records.items() if mine}
        round_ = codec.ROUND.decode(record.row.body)
        questions = [codec.QUESTION.decode(row.body) for row in record.questions]
        faults = [*check_standing(await store.standing(id_, ALL), parts.values())]
        for account in people:
            faults += self._check_learner(round_, account, parts.get(account.id))
        return [*faults, *self._sightings[id_].check(round_, questions, parts)] + [
            fault
            for question in questions
            for account in people
            for fault in self._check_answers(round_, question, account, parts.get(account.id))
        ]

    def _check_learner(self, round_: Round, account: Account, part: Part | None) -> Iterator[str]:
        if part is not None:
            yield from check_part(round_, part)
        elif (round_.id, account) in self._joined:
            yield f"{account.id} joined, and is not in it"

    def _check_answers(
        self, round_: Round, question: Question, account: Account, part: Part | None
    ) -> Iterator[str]:
        testimony = self._answers.get((question.id, account), _Testimony())
        most = 1 if round_.settings.mode is Mode.FIRST else MOST_ACCEPTED.get(round_.settings.change, ALL)
        if (times := len(testimony.accepted())) > most:
            yield f"{account.id} answered {question.id} {times} times, {most} were allowed"
        if question.position in round_.counted:
            attempt = part.attempt(question.id) if part else None
            yield from _check_attempt(question, account, attempt, testimony)


def _check_attempt(
    question: Question, account: Account, attempt: Attempt | None, testimony: _Testimony
) -> Iterator[str]:
    """Hold the attempt against the answer acknowledged last, or a later one whose fate nobody was told."""
    if attempt is None:
        if testimony.accepted():
            yield f"an acknowledged answer of {account.id} to {question.id} is gone"
    elif attempt.response not in [question.read(sent) for sent in testimony.may_count()]:
        yield f"what counts for {account.id} at {question.id} is not the answer acknowledged last"
