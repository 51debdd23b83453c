"""The round state machine.

Rule 1: every transition of a round is in this file.
Rule 2: nothing here reads a clock, draws from a global generator or does I/O.
Rule 3: a command that may not be carried out is refused as data and changes nothing.

::

    start ──► LOBBY ──► ASKING ──► REVEALED ──► ENDED
                ▲          │  ▲        │
                └─ PAUSED ─┘  └────────┘            stop leads to ENDED from anywhere
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple, assert_never

from bot.core import effects as fx
from bot.core.announcements import (
    NAMES_SHOWN,
    last_edit,
    lobby,
    question_changed,
    question_opened,
    reveal,
    reveal_changed,
    round_ended,
)
from bot.core.commands import (
    Begin,
    Change,
    Close,
    Continue,
    Join,
    Leave,
    Mode,
    Next,
    Pause,
    Person,
    Posted,
    React,
    Reacting,
    Resume,
    RoundCommand,
    Settings,
    Skip,
    Stop,
    SubmitAnswer,
    Suspend,
    Tick,
    Unposted,
)
from bot.core.copies import changed
from bot.core.effects import Confirmation, Ending, QuestionState, Refusal, RevealState
from bot.core.grading import Unreadable
from bot.core.ids import ChannelId, LearnerId, QuestionId, RoundId
from bot.core.judging import judge_sent
from bot.core.questions import Question, round_of
from bot.core.reactions import letters_after, reacting_to
from bot.core.responses import Chosen, Picked, Response, Sent
from bot.core.settlement import milliseconds, settle, window
from bot.core.states import Answer, Attempt, Held, Participant, Phase, Round

GRACE = timedelta(milliseconds=750)
"""How long after its end a question waits for answers that were sent in time and are on their way."""

UNSEEN = timedelta(seconds=60)
"""How long it waits instead while nothing says that anybody has seen it: long enough to post it again."""

LONGEST_SUSPENSION = timedelta(minutes=2)
"""How long a clock stands still that nobody says any more should: whoever said so may be gone."""

Outgoing = fx.Effect | fx.ToLearner

_MOVES = (Begin, Close, Next, Skip, Pause, Resume, Suspend, Continue, Stop, Tick)


@dataclass(frozen=True, slots=True)
class Step:
    """What came of a command: the round after it, what happened in order, and answers made final.

    An effect of ``fx.Reply`` goes to the sender alone, one of ``fx.Public`` to the channel. *counted* says
    that the open question's live count is out of date; who handles many commands tells it once for all.
    A refused command leaves the very same round.
    """

    round: Round
    effects: tuple[Outgoing, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    counted: bool = False


class AnswerStep(NamedTuple):
    """What came of an answer: the round and its sender after it, and what the sender is told, if anything.

    *round* still has the people that it had: whoever handles many answers puts their senders in at once. A
    refused answer leaves the very same sender. *counted* is as in a step.
    """

    round: Round
    person: Participant | None
    reply: fx.Reply | None
    counted: bool = False


def next_wake(round_: Round) -> datetime | None:
    """Return when *round_* wants its next :class:`Tick`; None when it waits for somebody's word."""
    if round_.day is not None:
        return round_.until
    if round_.phase is Phase.ASKING:
        if _everyone_answered(round_):
            return round_.opened_at
        seen = round_.posted or round_.answered > 0
        return round_.until + (GRACE if seen else UNSEEN) if round_.until else None
    if round_.held is not None and round_.held.suspended is not None:
        return round_.held.suspended
    return round_.until if round_.phase in {Phase.LOBBY, Phase.REVEALED} else None


def needs_everyone(command: RoundCommand) -> bool:
    """Tell whether *command* may move the round or show it anew, so that all of its people must be loaded."""
    return isinstance(command, _MOVES)


def start(
    settings: Settings,
    questions: tuple[Question, ...],
    *,
    by: Person,
    round_id: RoundId,
    channel: ChannelId,
    title: str,
    now: datetime,
) -> Step:
    """Open a round with the host as its first participant; with no lobby its first question opens at once."""
    wait = settings.lobby_seconds
    round_ = Round(
        id=round_id,
        channel=channel,
        host=by.learner,
        host_name=by.name,
        title=title,
        settings=settings,
        questions=questions,
        until=now + timedelta(seconds=wait) if wait else None,
        team_sizes=(0,) * settings.teams if settings.mode is Mode.TEAMS else (),
    )
    round_ = _enter(round_, by)
    if wait == 0:
        what = Confirmation.STARTED if settings.scored else Confirmation.REDO
        return _open(round_, now, (fx.CommandDone(what),))
    return Step(round_, (fx.LobbyOpened(lobby(round_)), fx.CommandDone(Confirmation.STARTED)))


def start_day(
    question: Question,
    settings: Settings,
    *,
    day: date,
    round_id: RoundId,
    channel: ChannelId,
    title: str,
    closes_at: datetime,
    now: datetime,
) -> Step:
    """Ask the question of the day: open for everybody from now until *closes_at*, and for no host to move."""
    round_ = Round(
        id=round_id,
        channel=channel,
        host=LearnerId(0),
        host_name="",
        title=title,
        settings=settings,
        questions=(question,),
        phase=Phase.ASKING,
        position=0,
        opened_at=now,
        until=closes_at,
        day=day,
    )
    return Step(round_, (question_opened(round_),))


def step(
    round_: Round,
    command: RoundCommand,
    *,
    by: Person | None,
    now: datetime,
    repeats: Mapping[LearnerId, int] | None = None,
) -> Step:
    """Apply *command* to *round_* at time *now*.

    *by* is who sent it, None for our own. *repeats* counts, by learner, attempts with points at the open
    question's item within the week before; those who are not in it have none.
    """
    if by is None:
        return _own(round_, command, now, repeats or {})
    match command:
        case SubmitAnswer() | React():
            person = round_.people.get(by.learner) or newcomer(round_, by)
            return _with_sender(answered(round_, person, command, name=by.name, now=now), person)
        case _ if round_.phase is Phase.ENDED:
            return _refuse(round_, Refusal.NO_ROUND)
        case Join():
            return _join(round_, by)
        case Leave():
            return _leave(round_, by)
        case Tick() | Posted() | Unposted() | Suspend() | Continue():
            return _own(round_, command, now, repeats or {})
        case Begin() | Close() | Next() | Skip() | Pause() | Resume() | Stop():
            if by.learner != round_.host and not by.organiser:
                return _refuse(round_, Refusal.NOT_HOST, round_.host_name)
            return _move(round_, command, by, now, repeats or {})
        case _:
            assert_never(command)


# --------------------------------------------------------------------------------------- our own commands


def _own(round_: Round, command: RoundCommand, now: datetime, repeats: Mapping[LearnerId, int]) -> Step:
    match command:
        case Posted():
            return _posted(round_, command, now)
        case Unposted():
            return _unposted(round_, command)
        case Close() if round_.day is not None and round_.phase is Phase.ASKING:
            return _close(round_, now, repeats)
        case Tick():
            return _tick(round_, now, repeats)
        case Suspend() if round_.until is not None and round_.day is None:
            return _stand_still(round_, "", now, suspended=now + LONGEST_SUSPENSION)
        case Suspend() if round_.held is not None and round_.held.suspended is not None:
            return Step(replace(round_, held=replace(round_.held, suspended=now + LONGEST_SUSPENSION)))
        case Continue() if round_.held is not None and round_.held.suspended is not None:
            return _go_on(round_, round_.held, "", now, alone=True)
        case _:
            return Step(round_)


def _tick(round_: Round, now: datetime, repeats: Mapping[LearnerId, int]) -> Step:
    wake = next_wake(round_)
    if wake is None or now < wake:
        return Step(round_)
    if round_.held is not None:
        return _go_on(round_, round_.held, "", now, alone=True)
    match round_.phase:
        case Phase.LOBBY:
            return _begin(round_, now)
        case Phase.ASKING:
            return _close(round_, now, repeats)
        case _:
            return _advance(round_, now)


def _posted(round_: Round, command: Posted, now: datetime) -> Step:
    """Start the window when the message is there, so that a slow delivery takes nobody's time.

    An answer that came first shows that the message was there before we heard of it: then nothing moves.
    """
    if round_.posted or not _asking(round_) or command.question != round_.question.id:
        return Step(round_)
    if round_.day is not None:
        return Step(replace(round_, posted=True))
    opened = round_.opened_at or now
    stopped = round_.held.at if round_.held else now
    delay = timedelta(0) if round_.answered else max(timedelta(0), min(command.at, now, stopped) - opened)
    held = round_.held
    if held is not None and held.left_ms is not None:
        held = replace(held, left_ms=held.left_ms + milliseconds(delay))
    until = round_.until + delay if round_.until else None
    shifted = replace(round_, posted=True, opened_at=opened + delay, until=until, held=held)
    if delay < timedelta(seconds=1) or held is not None:
        return Step(shifted)
    return Step(shifted, (question_changed(shifted, QuestionState.OPEN),))


def _unposted(round_: Round, command: Unposted) -> Step:
    """End a question of the day that nobody can see, or a learner's own redo, which has no clock.

    A group round waits for its clock as for any other question.
    """
    waits = round_.day is None and round_.settings.scored
    if waits or round_.phase is not Phase.ASKING or command.question != round_.question.id:
        return Step(round_)
    return Step(_over(round_))


# ------------------------------------------------------------------------------------------ personal commands


def answered(
    round_: Round, person: Participant | None, command: SubmitAnswer | React, *, name: str, now: datetime
) -> AnswerStep:
    """Do as :func:`answer` or :func:`react` does."""
    if isinstance(command, React):
        return react(round_, person, command, name=name, now=now)
    return answer(round_, person, command, name=name, now=now)


def answer(
    round_: Round, person: Participant | None, command: SubmitAnswer, *, name: str, now: datetime
) -> AnswerStep:
    """Take an answer that arrives at *now* from *person*, whose name is *name* by now; or refuse it.

    *person* is None for somebody who never joined. Nobody else is looked at, so nobody else need be loaded.
    """
    at = _held(round_, command, now)
    reason = _why_not(round_, person, command, at)
    if reason is not None or person is None:
        return AnswerStep(round_, person, fx.AnswerRefused(command.question, reason))
    return _take(round_, person, command, command.sent, name=name, now=now)


def react(
    round_: Round, person: Participant | None, command: React, *, name: str, now: datetime
) -> AnswerStep:
    """Take a letter that was put below a question, or taken away, as :func:`answer` takes an answer.

    The channel's rule says what it changes, and the round's rule of changes says nothing. Where questions are
    not answered so, and where nothing is new, it changes nothing and nobody is told.
    """
    rule = reacting(round_, command.question)
    if rule is None:
        return AnswerStep(round_, person, None)
    position = round_of(command.question)[1]
    had = _letters(round_, person, position)
    letters = letters_after(round_.questions[position], had, command.position, on=command.on, rule=rule)
    reason = _why_not(round_, person, command, _held(round_, command, now))
    if letters is None or person is None or reason is not None:
        news = letters is not None and (command.on or reason is Refusal.PAUSED)
        return AnswerStep(round_, person, fx.AnswerRefused(command.question, reason) if news else None)
    if isinstance(letters, Refusal) or (not letters and round_.settings.mode is Mode.FIRST):
        reason = Refusal.LOCKED if round_.settings.mode is Mode.FIRST else Refusal.REACTED_ALREADY
        return AnswerStep(round_, person, fx.AnswerRefused(command.question, reason))
    if not letters:
        return _withdraw(round_, person)
    return _take(round_, person, command, Picked(letters), name=name, now=now)


def reacting(round_: Round, question: QuestionId) -> Reacting | None:
    """Return which reaction to *question* counts; None when it is not answered so, or not of *round_*."""
    of, position = round_of(question)
    if of != round_.id or position >= len(round_.questions):
        return None
    return reacting_to(round_.settings, round_.questions[position])


def _letters(round_: Round, person: Participant | None, position: int) -> tuple[int, ...]:
    """Return what *person* answered to the question at *position*, as it was shown; () for nothing."""
    answer = person.answer if person is not None else None
    if answer is None or answer.position != position or not isinstance(answer.response, Chosen):
        return ()
    return round_.questions[position].positions(answer.response)


def _withdraw(round_: Round, person: Participant) -> AnswerStep:
    after = changed(round_, answered=round_.answered - 1)
    told = fx.AnswerWithdrawn(round_.question.id)
    return AnswerStep(after, changed(person, answer=None), told, counted=True)


def _held(round_: Round, command: SubmitAnswer | React, now: datetime) -> datetime:
    """Return the time of an answer, held between the question's opening and the answer's arrival."""
    return max(round_.opened_at or now, min(command.at, now))


def _take(
    round_: Round,
    person: Participant,
    command: SubmitAnswer | React,
    sent: Sent,
    *,
    name: str,
    now: datetime,
) -> AnswerStep:
    """Judge what was *sent* by one who may answer; let it be their answer unless it may not."""
    judged = judge_sent(round_.question, sent, partial=round_.settings.partial_credit)
    if isinstance(judged, Unreadable):
        return AnswerStep(round_, person, fx.AnswerRefused(command.question, None, judged.value))
    before = person.answer if person.answer and person.answer.position == round_.position else None
    reason = _why_no_change(round_, before, judged.response, command)
    if reason is not None:
        return AnswerStep(round_, person, fx.AnswerRefused(command.question, reason))
    at = _held(round_, command, now)
    taken = Answer(
        position=round_.position,
        response=judged.response,
        at=at,
        sent_at=command.at,
        elapsed_ms=milliseconds(at - (round_.opened_at or at)),
        changes=before.changes + 1 if before else 0,
        credit=judged.grade.credit,
        near=judged.grade.near,
    )
    after = changed(round_, answered=round_.answered + (before is None))
    replied = _replied(after, command, taken, judged.labels)
    if isinstance(replied, fx.AnswerJudged) and replied.right:
        after = _taken(after, taken, now)
    return AnswerStep(after, changed(person, answer=taken, name=name), replied, counted=taken.changes == 0)


def _replied(
    round_: Round, command: SubmitAnswer | React, taken: Answer, labels: tuple[str, ...]
) -> fx.AnswerJudged | fx.AnswerAccepted:
    """Return what the sender of an answer hears: in mode ``first`` at once whether it is right."""
    question = round_.question
    if round_.settings.mode is Mode.FIRST:
        return fx.AnswerJudged(question.id, taken.credit == 1, taken.near)
    reaction = isinstance(command, React)
    more = reaction or may_change(round_.settings, taken)
    return fx.AnswerAccepted(
        question=question.id,
        kind=question.item.kind,
        labels=labels,
        changed=taken.changes > 0,
        more=more and not _everyone_answered(round_),
        reacting=reacting_to(round_.settings, question) if reaction else None,
    )


def may_change(settings: Settings, answer: Answer) -> bool:
    """Tell whether a round's own rule allows another *answer* instead of this one, while it is open."""
    if settings.mode is Mode.FIRST:
        return False
    rule = settings.change
    return rule is Change.UNTIL_CLOSE or (rule is Change.ONCE and answer.changes == 0)


def newcomer(round_: Round, by: Person) -> Participant | None:
    """Return *by* as one who answers without having joined: only a question of the day allows that."""
    return None if round_.day is None else Participant(by.learner, by.name, by.account, side=by.side)


def _with_sender(step_: AnswerStep, before: Participant | None) -> Step:
    round_, person = step_.round, step_.person
    if person is not None and person is not before:
        round_ = changed(round_, people={**round_.people, person.learner: person})
    return Step(round_, () if step_.reply is None else (step_.reply,), counted=step_.counted)


def _why_not(
    round_: Round, person: Participant | None, command: SubmitAnswer | React, at: datetime
) -> Refusal | None:
    """Return why *person* may not answer this question at *at*, whatever the answer is."""
    if round_.position < 0:
        return Refusal.EARLY if round_of(command.question)[0] == round_.id else Refusal.LATE
    if command.question != round_.question.id:
        return Refusal.LATE
    if round_.phase is not Phase.ASKING:
        return Refusal.PAUSED if _asking(round_) else Refusal.LATE
    if person is None or person.away:
        return Refusal.NOT_JOINED
    if person.since > round_.position:
        return Refusal.NEXT_QUESTION
    return _why_too_late(round_, command, at)


def _why_too_late(round_: Round, command: SubmitAnswer | React, at: datetime) -> Refusal | None:
    if round_.taken_at is not None:
        return Refusal.TAKEN if command.at > round_.taken_at else None
    return Refusal.LATE if round_.until is not None and at >= round_.until else None


def _why_no_change(
    round_: Round, before: Answer | None, response: Response, command: SubmitAnswer | React
) -> Refusal | None:
    if before is None:
        return None
    if command.at < before.sent_at:
        return Refusal.OUTDATED
    if round_.settings.mode is Mode.FIRST:
        return Refusal.LOCKED
    if before.response == response:
        return Refusal.SAME
    rule = Change.UNTIL_CLOSE if isinstance(command, React) else round_.settings.change
    allowed = {Change.NEVER: 0, Change.ONCE: 1}.get(rule)
    if allowed is None or before.changes < allowed:
        return None
    return Refusal.ONE_CHANGE if allowed else Refusal.NO_CHANGE


def _taken(round_: Round, answer: Answer, now: datetime) -> Round:
    """End the question, but wait for right answers that were sent before this one and are on their way."""
    if round_.taken_at is not None:
        return replace(round_, taken_at=min(answer.sent_at, round_.taken_at))
    return replace(round_, taken_at=answer.sent_at, until=min(now, round_.until or now))


def live_count(round_: Round) -> fx.QuestionChanged | None:
    """Return the open question's live count; None when the reveal follows at once and says it anyway."""
    if round_.phase is not Phase.ASKING or _everyone_answered(round_):
        return None
    return question_changed(round_, QuestionState.OPEN)


def _join(round_: Round, by: Person) -> Step:
    known = round_.people.get(by.learner)
    if known is not None and not known.away:
        return _refuse(round_, Refusal.ALREADY_JOINED)
    after = _enter(round_, by)
    person = after.people[by.learner]
    later = person.since > max(after.position, 0)
    done = fx.CommandDone(
        Confirmation.JOINED_NEXT if later else Confirmation.JOINED, str(person.team) if person.team else ""
    )
    if after.phase is Phase.LOBBY:
        return Step(after, (done, fx.LobbyChanged(lobby(after))))
    return Step(after, (done,))


def _enter(round_: Round, by: Person) -> Round:
    """Count *by* in: for the question that is open only when none is, else from the next."""
    known = round_.people.get(by.learner)
    team = known.team if known and known.played else _smallest_team(round_.team_sizes)
    answered_open = known is not None and _answered_open(round_, known)
    waits = _asking(round_) and not answered_open
    person = replace(
        known or Participant(by.learner, by.name, by.account, side=by.side),
        name=by.name,
        team=team,
        since=round_.position + 1 if waits else max(round_.position, 0),
        away=False,
    )
    names = (*round_.names, by.name) if len(round_.names) < NAMES_SHOWN else round_.names
    return replace(
        round_,
        people={**round_.people, by.learner: person},
        joined=round_.joined + (not waits),
        waiting=round_.waiting + waits,
        answered=round_.answered + answered_open,
        names=names,
        team_sizes=_resized(round_.team_sizes, team, 1),
    )


def _smallest_team(sizes: tuple[int, ...]) -> int:
    return sizes.index(min(sizes)) + 1 if sizes else 0


def _resized(sizes: tuple[int, ...], team: int, by: int) -> tuple[int, ...]:
    return tuple(size + by * (number == team) for number, size in enumerate(sizes, start=1))


def _leave(round_: Round, by: Person) -> Step:
    person = round_.people.get(by.learner)
    if person is None or person.away:
        return _refuse(round_, Refusal.NOT_IN_ROUND)
    waited = person.since > max(round_.position, 0)
    answered = _answered_open(round_, person)
    gives_up = _asking(round_) and not waited and not answered
    gone = replace(person, away=True, answer_streak=0 if gives_up else person.answer_streak)
    after = replace(
        round_,
        people={**round_.people, by.learner: gone},
        joined=round_.joined - (not waited),
        waiting=round_.waiting - waited,
        answered=round_.answered - answered,
        names=_without(round_.names, person.name),
        team_sizes=_resized(round_.team_sizes, person.team, -1),
    )
    done = fx.CommandDone(Confirmation.LEFT)
    if after.phase is Phase.LOBBY:
        return Step(after, (done, fx.LobbyChanged(lobby(after))))
    return Step(after, (done,))


def _without(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    at = names.index(name) if name in names else len(names)
    return names[:at] + names[at + 1 :]


# --------------------------------------------------------------------------------- the host's commands


def _move(
    round_: Round,
    command: Begin | Close | Next | Skip | Pause | Resume | Stop,
    by: Person,
    now: datetime,
    repeats: Mapping[LearnerId, int],
) -> Step:
    match command:
        case Begin():
            return _host_begin(round_, now)
        case Close(question=question):
            return _host_close(round_, question, now, repeats)
        case Next(question=question):
            return _next(round_, question, now, repeats)
        case Skip(question=question):
            return _skip(round_, question, by, now)
        case Pause():
            return _pause(round_, by, now)
        case Resume():
            return _resume(round_, by, now)
        case Stop():
            return _done(_end(round_, Ending.STOPPED, by.name))
        case _:
            assert_never(command)


def _host_begin(round_: Round, now: datetime) -> Step:
    if round_.held is not None and round_.held.phase is Phase.LOBBY:
        return _refuse(round_, Refusal.PAUSED)
    if round_.phase is not Phase.LOBBY:
        return _refuse(round_, Refusal.ALREADY_BEGUN)
    return _done(_begin(round_, now))


def _host_close(
    round_: Round, question: QuestionId | None, now: datetime, repeats: Mapping[LearnerId, int]
) -> Step:
    refusal = _why_not_open(round_, question)
    return _refuse(round_, refusal) if refusal else _done(_close(round_, now, repeats))


def _why_not_open(round_: Round, question: QuestionId | None) -> Refusal | None:
    if round_.phase is Phase.PAUSED:
        return Refusal.PAUSED
    if round_.phase is not Phase.ASKING:
        return Refusal.NOTHING_OPEN
    return Refusal.OTHER_QUESTION if question not in {None, round_.question.id} else None


def _next(
    round_: Round, question: QuestionId | None, now: datetime, repeats: Mapping[LearnerId, int]
) -> Step:
    match round_.phase:
        case Phase.PAUSED:
            return _refuse(round_, Refusal.PAUSED)
        case Phase.LOBBY:
            return _done(_begin(round_, now))
        case Phase.ASKING if question is None:
            return _done(_close(round_, now, repeats))
        case Phase.REVEALED if question in {None, round_.question.id}:
            return _done(_advance(round_, now))
        case _:
            return _refuse(round_, Refusal.OTHER_QUESTION)


def _skip(round_: Round, question: QuestionId | None, by: Person, now: datetime) -> Step:
    refusal = _why_not_open(round_, question)
    if refusal is not None:
        return _refuse(round_, refusal)
    after = _revealed(round_, now)
    effects = (question_changed(round_, QuestionState.SKIPPED, by.name), reveal(after))
    return _done(_end_if_over(Step(after, effects)))


def _pause(round_: Round, by: Person, now: datetime) -> Step:
    if round_.phase is Phase.PAUSED:
        return _refuse(round_, Refusal.ALREADY_PAUSED)
    return _done(_stand_still(round_, by.name, now))


def _stand_still(round_: Round, by: str, now: datetime, *, suspended: datetime | None = None) -> Step:
    left = milliseconds(max(timedelta(0), round_.until - now)) if round_.until else None
    held = Held(round_.phase, left, now, suspended=suspended)
    after = replace(round_, phase=Phase.PAUSED, held=held, until=None)
    seconds = None if left is None else left // 1000
    paused = fx.RoundPaused(round_.id, by, seconds, suspended=suspended is not None)
    return Step(after, (_paused(after, round_.phase), paused))


def _paused(after: Round, before: Phase) -> fx.Effect:
    """Return what the message that was live in the phase *before* shows during the pause: no clock."""
    if before is Phase.LOBBY:
        return fx.LobbyChanged(lobby(after))
    if before is Phase.ASKING:
        return question_changed(after, QuestionState.PAUSED)
    return reveal_changed(after, RevealState.PAUSED)


def _resume(round_: Round, by: Person, now: datetime) -> Step:
    held = round_.held
    if held is None:
        return _refuse(round_, Refusal.NOT_PAUSED)
    return _done(_go_on(round_, held, by.name, now))


def _go_on(round_: Round, held: Held, by: str, now: datetime, *, alone: bool = False) -> Step:
    """Let the clock go on, because somebody said so, or *alone*."""
    until = None if held.left_ms is None else now + timedelta(milliseconds=held.left_ms)
    opened = round_.opened_at + (now - held.at) if round_.opened_at else None
    after = replace(round_, phase=held.phase, held=None, until=until, opened_at=opened)
    left = None if held.left_ms is None else held.left_ms // 1000
    resumed = fx.RoundResumed(round_.id, by, left, suspended=alone)
    return Step(after, (_going_on(after), resumed))


def _going_on(after: Round) -> fx.Effect:
    """Return what the message that is live again after a pause shows."""
    if after.phase is Phase.LOBBY:
        return fx.LobbyChanged(lobby(after))
    if after.phase is Phase.ASKING:
        return question_changed(after, QuestionState.OPEN)
    return reveal_changed(after, RevealState.WAITING)


# ------------------------------------------------------------------------------------- the round's course


def _begin(round_: Round, now: datetime) -> Step:
    if round_.joined == 0:
        return _end(round_, Ending.NOBODY)
    return _open(round_, now, last_edit(round_))


def _open(round_: Round, now: datetime, first: tuple[Outgoing, ...] = ()) -> Step:
    """Open the next question: whoever waited plays now."""
    position = round_.position + 1
    span = window(round_, position)
    opened = replace(
        round_,
        phase=Phase.ASKING,
        position=position,
        opened_at=now,
        until=None if span is None else now + span,
        posted=False,
        joined=round_.joined + round_.waiting,
        waiting=0,
        answered=0,
        taken_at=None,
    )
    return Step(opened, (*first, question_opened(opened)))


def _close(round_: Round, now: datetime, repeats: Mapping[LearnerId, int]) -> Step:
    """Close the open question: score it, make its answers final and reveal it."""
    people, attempts = settle(round_, repeats)
    closed = _revealed(replace(round_, people=people, counted=(*round_.counted, round_.position)), now)
    effects = (question_changed(round_, QuestionState.CLOSED), reveal(closed))
    return _end_if_over(Step(closed, effects, tuple(attempts)))


def _revealed(round_: Round, now: datetime) -> Round:
    pause = round_.settings.pause_seconds
    if round_.settings.mode is Mode.RELAXED:
        pause = None
    until = None if pause is None else now + timedelta(seconds=pause)
    return replace(round_, phase=Phase.REVEALED, until=until)


def _end_if_over(closed: Step) -> Step:
    """End a question of the day, and a learner's own redo, with the last reveal.

    In a group the last reveal stays until the clock or the host's word, as every other does: the podium would
    push it out of sight before anybody has read it. Who is alone has all the time there is, the end of a redo
    is one line, and a redo that waited for a further word would stand in the way of the next one.
    """
    round_ = closed.round
    if round_.day is not None:
        return replace(closed, round=_over(round_))
    if not round_.last or round_.settings.scored:
        return closed
    return Step(_over(round_), (*closed.effects, *round_ended(round_, Ending.FINISHED, "")), closed.attempts)


def _advance(round_: Round, now: datetime) -> Step:
    return _end(round_, Ending.FINISHED) if round_.last else _open(round_, now, last_edit(round_))


def _end(round_: Round, ending: Ending, by: str = "") -> Step:
    return Step(_over(round_), (*last_edit(round_), *round_ended(round_, ending, by)))


def _over(round_: Round) -> Round:
    return replace(round_, phase=Phase.ENDED, until=None, held=None)


# -------------------------------------------------------------------------------------------- small parts


def _asking(round_: Round) -> bool:
    """Tell whether a question may be answered, now or after the pause."""
    return (round_.held.phase if round_.held else round_.phase) is Phase.ASKING


def _answered_open(round_: Round, person: Participant) -> bool:
    answer = person.answer
    return _asking(round_) and answer is not None and answer.position == round_.position


def _everyone_answered(round_: Round) -> bool:
    """Tell whether nobody is waited for; who has put one of several letters may be about to put the next."""
    if round_.joined <= 0 or round_.answered < round_.joined:
        return False
    return round_.question.choose <= 1 or reacting_to(round_.settings, round_.question) is None


def _refuse(round_: Round, reason: Refusal, detail: str = "") -> Step:
    return Step(round_, (fx.CommandRefused(reason, detail),))


def _done(step_: Step) -> Step:
    return replace(step_, effects=(*step_.effects, fx.CommandDone(Confirmation.DONE)))
