"""Deciding: a batch of events and what was loaded for it in, what to write and what to reply out.

A :class:`Batch` is used inside one transaction, perhaps on the database's thread, and perhaps more than once
after a conflict: :meth:`Batch.decide` starts from nothing but its arguments each time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeGuard, get_args

from typing_extensions import TypeIs

from bot.core import effects as fx
from bot.core import rounds
from bot.core.commands import DrawRequest, Intent, Person, RoundCommand, StartRound, SubmitAnswer, Tick
from bot.core.copies import changed
from bot.core.draws import draw_items, draw_order, draw_stems, with_decks
from bot.core.effects import Refusal
from bot.core.ids import ChannelId, ItemId, LearnerId, RoundId
from bot.core.items import Library
from bot.core.questions import Question, question_id
from bot.core.states import Attempt, Participant, Phase, Round
from bot.engine import codec, dispatch
from bot.engine.codec import to_ms, to_ms_after
from bot.engine.events import Event, Reply
from bot.engine.identities import new_channel, new_learner, round_id
from bot.records import (
    Account,
    Asked,
    AttemptRow,
    Changes,
    ChannelRow,
    LearnerRow,
    OutboxRow,
    ParticipantRow,
    Place,
    QuestionRow,
    RoundRow,
    Snapshot,
)

RECENT_ITEMS: Final = 200
REPEAT_SPAN: Final = timedelta(days=7)
LIMITS: Final = {"seconds": (5, 600), "lobby_seconds": (0, 600), "pause_seconds": (0, 600), "teams": (2, 8)}
COUNT_LIMITS: Final = (1, 50)
REPLIES: Final = get_args(fx.Reply)
COMMANDS: Final = get_args(RoundCommand)


@dataclass(frozen=True, slots=True)
class Known:
    """A round as this process last saw it; current as long as the row has the same *version*."""

    version: int
    round: Round


@dataclass(slots=True)
class Live:
    """A place's open round while a batch is decided.

    *people* are those who were loaded or came since; *round* has none. *row* is as it was loaded, or a new
    one. *counted* asks for one live count when the batch is over.
    """

    round: Round
    people: dict[LearnerId, Participant]
    row: RoundRow
    changed: bool = False
    counted: bool = False


Outcome = Reply | Exception


@dataclass(slots=True)
class Decision:
    """What came of a batch: the changes to write, an outcome for each event, and the rounds after it."""

    changes: Changes = field(default_factory=Changes)
    outcomes: list[Outcome] = field(default_factory=list)
    rounds: dict[Place, Known] = field(default_factory=dict)
    wakes: dict[Place, int | None] = field(default_factory=dict)


def is_round_command(intent: Intent) -> TypeGuard[RoundCommand]:
    """Tell whether *intent* is a command to a round that exists."""
    return isinstance(intent, COMMANDS)


def _is_reply(effect: fx.Effect) -> TypeIs[fx.Reply]:
    return isinstance(effect, REPLIES)


def asked_for(events: Sequence[Event], now: datetime) -> list[Asked]:
    """Return what has to be loaded before *events* can be decided."""
    since = to_ms(now - REPEAT_SPAN)
    return [_asked_for(event, since) for event in events]


def _asked_for(event: Event, since: int) -> Asked:
    intent = event.intent
    if isinstance(intent, SubmitAnswer):
        return Asked(event.id, event.place, event.account, since=since)
    return Asked(
        event=event.id,
        place=event.place,
        account=event.account,
        everyone=is_round_command(intent) and rounds.needs_everyone(intent),
        recent=RECENT_ITEMS if isinstance(intent, StartRound) else 0,
        since=since,
    )


class Batch:
    """Decides events in order, each on what the ones before it left."""

    def __init__(
        self,
        snapshot: Snapshot,
        *,
        known: Mapping[str, Known],
        library: Library,
        seed: str,
        now: datetime,
    ) -> None:
        """Begin with what was loaded; *known* saves reading again what this process has read before."""
        self._snapshot = snapshot
        self._known = known
        self._library = library
        self._seed = seed
        self._now = now
        self._now_ms = to_ms(now)
        self._live: dict[Place, Live | None] = {}
        self._seen: set[str] = set()
        self._people: dict[tuple[RoundId, LearnerId], Participant] = {}
        self._edits: dict[tuple[str, str], int] = {}
        self._ended: list[RoundRow] = []
        self._decision = Decision()

    def decide(self, events: Sequence[Event]) -> Decision:
        """Decide every event; one that raises changes nothing and its exception is its outcome."""
        for event in events:
            try:
                outcome: Outcome = self._one(event)
            except Exception as error:  # noqa: BLE001 - one broken event must not take the batch with it
                outcome = error
            self._decision.outcomes.append(outcome)
        self._write_rounds()
        return self._decision

    def _one(self, event: Event) -> Reply:
        if event.id and (event.id in self._snapshot.events or event.id in self._seen):
            return Reply(duplicate=True)
        reply = self._handle(event, event.intent)
        if event.id:
            self._seen.add(event.id)
            self._decision.changes.events.append((event.id, self._now_ms))
        return reply

    def _handle(self, event: Event, intent: Intent) -> Reply:
        if isinstance(intent, SubmitAnswer):
            return self._answer(event, intent)
        if isinstance(intent, StartRound):
            return self._start(event, intent)
        return self._step(event)

    # ------------------------------------------------------------------------------------------ who and where

    def _person(self, event: Event) -> Person | None:
        """Return the sender with what they may do; None for our own events."""
        if event.account is None:
            return None
        row = self._learner(event, event.account)
        return Person(LearnerId(row.id), row.name, event.account.id, organiser=event.organiser)

    def _learner(self, event: Event, account: Account) -> LearnerRow:
        """Return the sender as a learner, and remember a new one or a new name."""
        row = self._snapshot.learners.get(account)
        if row is None or (row.name != event.name and event.name):
            row = row._replace(name=event.name) if row else new_learner(account, event.name)
            self._snapshot.learners[account] = row
            self._decision.changes.learners.append(row)
        return row

    def _channel(self, event: Event) -> ChannelRow:
        row = self._snapshot.channels.get(event.place)
        if row is None:
            row = new_channel(event.place, event.workspace)
            self._snapshot.channels[event.place] = row
            self._decision.changes.channels.append(row)
        return row

    def _open(self, place: Place) -> Live | None:
        """Return the open round of *place* as the batch has left it so far."""
        if place not in self._live:
            row = self._snapshot.rounds.get(place)
            self._live[place] = None if row is None else self._load(row)
        return self._live[place]

    def _load(self, row: RoundRow) -> Live:
        known = self._known.get(row.id)
        if known is not None and known.version == row.version:
            round_ = known.round
        else:
            questions = known.round.questions if known else self._questions(row.id)
            round_ = codec.with_questions(codec.ROUND.decode(row.body), questions)
        people = {
            LearnerId(learner): codec.PARTICIPANT.decode(stored.body)
            for learner, stored in self._snapshot.participants.get(row.id, {}).items()
        }
        return Live(round_, people, row)

    def _questions(self, round_: str) -> tuple[Question, ...]:
        return tuple(codec.QUESTION.decode(row.body) for row in self._snapshot.questions[round_])

    # ----------------------------------------------------------------------------------------------- commands

    def _start(self, event: Event, command: StartRound) -> Reply:
        by = self._person(event)
        live = self._open(event.place)
        if by is None or live is not None:
            return Reply((_runs_already(live),))
        wrong = _beyond_limits(command)
        if wrong is not None:
            return Reply((fx.CommandRefused(Refusal.BAD_SETTING, wrong),))
        recent = [ItemId(item) for item in self._snapshot.recent.get(event.place, ())]
        request = with_decks(self._library, command.request, recent)
        questions = self._draw(request, event, recent)
        if not questions:
            return Reply((fx.CommandRefused(Refusal.NO_ITEMS),))
        channel = self._channel(event)
        step = rounds.start(
            command.settings,
            questions,
            by=by,
            round_id=round_id(event.id),
            channel=ChannelId(channel.id),
            title=_title(self._library, request),
            now=self._now,
        )
        rows = [
            QuestionRow(step.round.id, q.position, q.item.id, codec.QUESTION.encode(q)) for q in questions
        ]
        live = Live(replace(step.round, people={}), {}, self._new_row(step.round, channel))
        reply = self._apply(event, live, live.round, step)
        self._live[event.place] = live
        self._decision.changes.questions.extend(rows)
        return reply

    def _draw(self, request: DrawRequest, event: Event, recent: Sequence[ItemId]) -> tuple[Question, ...]:
        seed = f"{self._seed}|{event.id}"
        items = draw_items(self._library, request, recent=recent, today=self._now.date(), seed=seed)
        round_ = round_id(event.id)
        return tuple(
            Question(
                question_id(round_, position), position, item, draw_order(item, seed), draw_stems(item, seed)
            )
            for position, item in enumerate(items)
        )

    def _new_row(self, round_: Round, channel: ChannelRow) -> RoundRow:
        return RoundRow(
            id=round_.id,
            channel=channel.id,
            group=channel.group,
            place=channel.place,
            version=0,
            open=True,
            wake_at=None,
            started_at=self._now_ms,
            item=None,
            body="",
        )

    def _answer(self, event: Event, command: SubmitAnswer) -> Reply:
        """Take an answer: the commonest event by far, which changes and tells nobody but its sender."""
        live = self._playing(event)
        if live is None or event.account is None:
            return _no_round(event)
        row = self._learner(event, event.account)
        learner = LearnerId(row.id)
        before = live.people.get(learner)
        step = rounds.answer(live.round, before, command, name=row.name, now=self._now)
        if step.person is not None and step.person is not before:
            live.round, live.changed = step.round, True
            live.counted = live.counted or step.counted
            live.people[learner] = self._people[step.round.id, learner] = step.person
        return Reply((step.reply,))

    def _playing(self, event: Event) -> Live | None:
        """Return the open round that *event* is meant for."""
        live = self._open(event.place)
        return None if live is None or event.round not in {None, live.round.id} else live

    def _step(self, event: Event) -> Reply:
        command = event.intent
        if not is_round_command(command):
            message = f"{type(command).__name__} is not a command to a round."
            raise TypeError(message)
        live = self._playing(event)
        if live is None:
            return _no_round(event)
        by = self._person(event)
        moves = rounds.needs_everyone(command)
        repeats = self._repeats(live) if moves else {}
        whole = changed(live.round, people=live.people)
        step = rounds.step(whole, command, by=by, now=self._now, repeats=repeats)
        if isinstance(command, Tick) and step.round is whole:
            # Whoever sent it believed in a time that is not the round's: tell them the right one.
            self._decision.wakes[event.place] = live.row.wake_at
        return self._apply(event, live, whole, step, only=None if moves or by is None else by.learner)

    def _repeats(self, live: Live) -> Mapping[LearnerId, int]:
        """Return who earned points before with the open question's item: none when it was opened just now."""
        loaded = self._snapshot.rounds.get(live.row.place)
        if loaded is None or live.round.position < 0 or loaded.item != live.round.question.item.id:
            return {}
        return {LearnerId(k): n for k, n in self._snapshot.repeats.get(live.round.id, {}).items()}

    def _apply(
        self,
        event: Event,
        live: Live,
        before: Round,
        step: rounds.Step,
        *,
        only: LearnerId | None = None,
    ) -> Reply:
        """Take over what a step from *before* changed and write down what it promised.

        *only* is who alone may have changed, None for anybody. Everything that could fail comes first, so
        that an event that raises has changed nothing.
        """
        after = step.round
        attempts = [_attempt_row(live.row, attempt) for attempt in step.attempts]
        replies, promised = self._told(event.place, live, step.effects)
        ended = _row(live.row, after) if after.phase is Phase.ENDED else None
        if after is not before:
            live.counted = step.counted or (live.counted and after.position == before.position)
            self._take_over(live, before, after, only)
        self._decision.changes.attempts.extend(attempts)
        for row in promised:
            self._promise(row)
        if ended is not None:
            self._ended.append(ended)
            self._live[event.place] = None
        return Reply(replies)

    def _take_over(self, live: Live, before: Round, after: Round, only: LearnerId | None) -> None:
        """Remember the round, and who of its people has to be written: *only* one, or whoever changed."""
        live.round, live.changed = changed(after, people={}), True
        if after.people is before.people:
            return
        live.people = dict(after.people)
        if only is not None:
            self._people[after.id, only] = after.people[only]
            return
        for learner, person in after.people.items():
            if before.people.get(learner) is not person:
                self._people[after.id, learner] = person

    def _told(
        self, place: Place, live: Live, effects: Sequence[rounds.Outgoing]
    ) -> tuple[tuple[fx.Reply, ...], list[OutboxRow]]:
        """Return what the sender is told, and the messages for others."""
        replies: list[fx.Reply] = []
        rows: list[OutboxRow] = []
        round_, version = live.round.id, live.row.version + 1
        for effect in effects:
            if isinstance(effect, fx.ToLearner):
                rows.append(dispatch.to_learner(effect, round_, place, now=self._now))
            elif _is_reply(effect):
                replies.append(effect)
            else:
                rows.append(dispatch.to_channel(effect, round_, place, version=version, now=self._now))
        return tuple(replies), rows

    def _count(self, place: Place, live: Live) -> None:
        """Promise one live count for all the answers of the batch."""
        count = rounds.live_count(live.round) if live.counted else None
        if count is not None:
            version = live.row.version + 1
            self._promise(dispatch.to_channel(count, live.round.id, place, version=version, now=self._now))

    def _promise(self, row: OutboxRow) -> None:
        """Keep only the newest state of a message that is edited several times in one batch."""
        if row.action == "edit" and (row.key, row.action) in self._edits:
            self._decision.changes.outbox[self._edits[row.key, row.action]] = row
            return
        if row.action == "edit":
            self._edits[row.key, row.action] = len(self._decision.changes.outbox)
        self._decision.changes.outbox.append(row)

    # ------------------------------------------------------------------------------------------ what to write

    def _write_rounds(self) -> None:
        """Write each changed round and participant once; rounds that ended come before those that began."""
        changes = self._decision.changes
        changes.rounds.extend(self._ended)
        for place, live in self._live.items():
            if live is not None and live.changed:
                self._count(place, live)
                row = _row(live.row, live.round)
                changes.rounds.append(row)
                self._decision.rounds[place] = Known(row.version, live.round)
                self._decision.wakes[place] = row.wake_at
        changes.participants.extend(
            ParticipantRow(round_, learner, person.score, codec.PARTICIPANT.encode(person))
            for (round_, learner), person in self._people.items()
        )


def _row(before: RoundRow, round_: Round) -> RoundRow:
    """Return the row of *round_* as it is now; *before* is as it was loaded."""
    wake = rounds.next_wake(round_)
    asked = round_.question if round_.position >= 0 else None
    return before._replace(
        version=before.version + 1,
        open=round_.phase is not Phase.ENDED,
        wake_at=None if wake is None else to_ms_after(wake),
        item=asked.item.id if asked else None,
        body=codec.ROUND.encode(round_),
    )


def _attempt_row(row: RoundRow, attempt: Attempt) -> AttemptRow:
    return AttemptRow(
        question=attempt.question,
        round=row.id,
        group=row.group,
        channel=row.channel,
        learner=attempt.learner,
        item=attempt.item,
        topic=attempt.topic,
        at=to_ms(attempt.at),
        elapsed_ms=attempt.elapsed_ms,
        credit=float(attempt.credit),
        points=attempt.points.total,
        body=codec.ATTEMPT.encode(attempt),
    )


def _beyond_limits(command: StartRound) -> str | None:
    """Return the setting that is out of its range, as ``seconds 5 600``; None when all are in it."""
    values = {name: getattr(command.settings, name) for name in LIMITS} | {"count": command.request.count}
    for name, (least, most) in {**LIMITS, "count": COUNT_LIMITS}.items():
        value = values[name]
        if value is not None and not least <= value <= most:
            return f"{name} {least} {most}"
    return None


def _runs_already(live: Live | None) -> fx.CommandRefused:
    if live is None or live.round.settings.scored:
        return fx.CommandRefused(Refusal.ROUND_RUNS, live.round.host_name if live else "")
    return fx.CommandRefused(Refusal.REDO_RUNS)


def _title(library: Library, request: DrawRequest) -> str:
    """Return the title of the pack whose decks are all asked for, or of the one deck; "" for a mixture."""
    wanted = set(request.decks)
    for pack in library.packs:
        if wanted == {deck.id for deck in pack.decks}:
            return pack.title
    titles = [deck.title for deck in library.decks if deck.id in wanted]
    return titles[0] if len(titles) == 1 else ""


def _no_round(event: Event) -> Reply:
    """Say that nothing runs here; our own events have nobody to say it to."""
    if event.account is None:
        return Reply()
    if isinstance(event.intent, SubmitAnswer):
        return Reply((fx.AnswerRefused(event.intent.question, Refusal.LATE),))
    return Reply((fx.CommandRefused(Refusal.NO_ROUND),))
