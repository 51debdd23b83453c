"""Broken parts, each with one defect that a simulation has to find out."""

from collections.abc import Callable, Collection, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Final

from bot.core import effects as fx
from bot.core.effects import Confirmation, Refusal
from bot.core.items import Kind
from bot.core.responses import Typed
from bot.engine import codec
from bot.engine.engine import Engine
from bot.engine.events import Event, Reply
from bot.ports import Decide, MyRecord, Post
from bot.records import Account, Asked, Changes, Delivery, OutboxRow, Outcome, ParticipantRow, Snapshot
from bot.sim.platforms import SimPlatform
from bot.sim.tables import Tables
from bot.store.memory import MemoryStore
from bot.wording.views import Choices, Mark, View
from tests.sim.libraries import LIBRARY

Spoil = Callable[[Changes], Changes]
EXPLANATIONS: Final = {item.prompt: item.explanation for deck in LIBRARY.decks for item in deck.items}

# ------------------------------------------------------------------------- stores that write something else


class SpoilingStore(MemoryStore):
    """A store that writes what *spoil* makes of the changes, and says nothing of it."""

    def __init__(self, spoil: Spoil) -> None:
        """Write what *spoil* returns."""
        super().__init__()
        self._spoil = spoil

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Load, decide, spoil and save."""

        def spoilt(snapshot: Snapshot) -> Changes:
            return self._spoil(decide(snapshot))

        await super().transact(asked, known, spoilt)


def without_some_participants(changes: Changes) -> Changes:
    """Forget everybody who joins or answers, but for what is written when a question closes."""
    return changes if changes.attempts or changes.questions else replace(changes, participants=[])


def without_attempts(changes: Changes) -> Changes:
    """Forget what was answered."""
    return replace(changes, attempts=[])


def without_events(changes: Changes) -> Changes:
    """Forget which events were seen."""
    return replace(changes, events=[])


def without_reveals(changes: Changes) -> Changes:
    """Promise no reveal."""
    return replace(changes, outbox=[row for row in changes.outbox if not row.key.endswith(".reveal")])


def without_last_edits(changes: Changes) -> Changes:
    """Leave every question as if it were open."""
    return replace(changes, outbox=[row for row in changes.outbox if row.action == "post"])


def without_rounds(changes: Changes) -> Changes:
    """Forget rounds as they begin."""
    return Changes(events=changes.events) if changes.questions else changes


def without_deadlines(changes: Changes) -> Changes:
    """Let no round wake."""
    return replace(changes, rounds=[row._replace(wake_at=None) for row in changes.rounds])


def backwards(changes: Changes) -> Changes:
    """Promise the messages of one transaction last first."""
    return replace(changes, outbox=changes.outbox[::-1])


def with_a_higher_score(changes: Changes) -> Changes:
    """Give everybody a point."""
    rows = [row._replace(score=row.score + 1) for row in changes.participants]
    return replace(changes, participants=rows)


def with_more_right(changes: Changes) -> Changes:
    """Count a right answer more for everybody."""
    return replace(changes, participants=[_more_right(row) for row in changes.participants])


def with_other_points(changes: Changes) -> Changes:
    """Write another number of points beside each attempt than in it."""
    return replace(changes, attempts=[row._replace(points=row.points + 1) for row in changes.attempts])


def with_other_answers(changes: Changes) -> Changes:
    """Write down something else than what was answered."""
    attempts = []
    for row in changes.attempts:
        attempt = replace(codec.ATTEMPT.decode(row.body), response=Typed(("what nobody said",)))
        attempts.append(row._replace(body=codec.ATTEMPT.encode(attempt)))
    return replace(changes, attempts=attempts)


def _more_right(row: ParticipantRow) -> ParticipantRow:
    person = codec.PARTICIPANT.decode(row.body)
    return row._replace(body=codec.PARTICIPANT.encode(replace(person, right=person.right + 1)))


# ------------------------------------------------------------------------------ messages that are not true


def telling(other: Callable[[fx.Effect], fx.Effect]) -> Spoil:
    """Return what promises *other* messages than were decided."""

    def spoil(changes: Changes) -> Changes:
        return replace(changes, outbox=[_retold(row, other) for row in changes.outbox])

    return spoil


def _retold(row: OutboxRow, other: Callable[[fx.Effect], fx.Effect]) -> OutboxRow:
    return row._replace(body=codec.encode_effect(other(codec.decode_effect(row.body))))


def a_leaking_question(effect: fx.Effect) -> fx.Effect:
    """Say the explanation with the question."""
    if not isinstance(effect, fx.QuestionOpened):
        return effect
    prompt = f"{effect.sheet.prompt}\n\n{EXPLANATIONS[effect.sheet.prompt]}"
    return replace(effect, sheet=replace(effect.sheet, prompt=prompt))


def a_feedback_as_option(effect: fx.Effect) -> fx.Effect:
    """Say the feedback on an option behind it."""
    if not isinstance(effect, fx.QuestionChanged) or effect.sheet.kind is not Kind.SINGLE_CHOICE:
        return effect
    options = tuple(f"{text}: the feedback on {text} in item 0." for text in effect.sheet.options)
    return replace(effect, sheet=replace(effect.sheet, options=options))


def a_generous_podium(effect: fx.Effect) -> fx.Effect:
    """Give the first a point more at the end."""
    if not isinstance(effect, fx.RoundEnded) or not effect.standing:
        return effect
    first, *rest = effect.standing
    return replace(effect, standing=(replace(first, points=first.points + 1), *rest))


def a_podium_without_its_first(effect: fx.Effect) -> fx.Effect:
    """Leave the first out at the end."""
    return replace(effect, standing=effect.standing[1:]) if isinstance(effect, fx.RoundEnded) else effect


def a_podium_of_equals(effect: fx.Effect) -> fx.Effect:
    """Let everybody be first at the end."""
    if not isinstance(effect, fx.RoundEnded):
        return effect
    return replace(effect, standing=tuple(replace(line, rank=1) for line in effect.standing))


def a_generous_reveal(effect: fx.Effect) -> fx.Effect:
    """Give everybody a point more at a reveal, and whenever it is told again."""
    if isinstance(effect, fx.RevealChanged):
        return _told_again(effect, a_generous_reveal)
    if not isinstance(effect, fx.QuestionClosed):
        return effect
    return replace(effect, top=tuple(replace(line, points=line.points + 1) for line in effect.top))


def a_miscounted_reveal(effect: fx.Effect) -> fx.Effect:
    """Count an answer more for each option at a reveal, and whenever it is told again."""
    if isinstance(effect, fx.RevealChanged):
        return _told_again(effect, a_miscounted_reveal)
    if not isinstance(effect, fx.QuestionClosed):
        return effect
    return replace(effect, tallies=tuple(replace(one, count=one.count + 1) for one in effect.tallies))


def _told_again(effect: fx.RevealChanged, spoil: Callable[[fx.Effect], fx.Effect]) -> fx.Effect:
    spoilt = spoil(effect.reveal)
    return replace(effect, reveal=spoilt) if isinstance(spoilt, fx.Reveal) else effect


# ------------------------------------------------------------------------- stores that answer something else


class DoublingStore(MemoryStore):
    """A store that has every attempt twice."""

    async def mine(self, round_: str, account: Account) -> MyRecord | None:
        """Return the attempts, and then again."""
        mine = await super().mine(round_, account)
        return mine and replace(mine, attempts=mine.attempts * 2)


class MiscountingStore(MemoryStore):
    """A store that adds up to one point too many."""

    async def standing(self, round_: str, limit: int) -> Sequence[tuple[int, int, int]]:
        """Return one point more for everybody."""
        rows = await super().standing(round_, limit)
        return [(learner, points + 1, right) for learner, points, right in rows]


class UnsettledStore(MemoryStore):
    """An outbox that forgets what became of its messages."""

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> None:
        """Forget it."""
        await super().settle(outcomes[:0], now)


class MisdirectingStore(MemoryStore):
    """An outbox that confuses messages."""

    async def claim(self, now: int, lease_ms: int, limit: int) -> Sequence[Delivery]:
        """Return the messages with another one's id."""
        taken = await super().claim(now, lease_ms, limit)
        return [delivery._replace(ref="another") for delivery in taken]


class UnflushedStore:
    """Tables that lose the last transaction when a process ends: acknowledged before its commit."""

    def __init__(self) -> None:
        """Begin empty."""
        self._before = MemoryStore()

    async def reopen(self) -> Tables:
        """Give the tables as they were before the last transaction."""
        owner, kept = self, deepcopy(self._before)

        class Unflushed(MemoryStore):
            async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
                owner._before = deepcopy(self)
                await super().transact(asked, known, decide)

        kept.__class__ = Unflushed
        return kept


# --------------------------------------------------------------------------------- platforms and engines


class ForgetfulPlatform(SimPlatform):
    """A platform on which an earlier message is never found."""

    def find(self, key: str) -> str | None:
        """Find nothing."""
        del key
        return None


class TellingPlatform(SimPlatform):
    """A platform that marks an option of each open question."""

    def put(self, post: Post) -> str:
        """Post it with a mark."""
        return super().put(replace(post, view=_marked(post.view)) if post.key.endswith(".ask") else post)


def _marked(view: View) -> View:
    blocks = tuple(
        replace(block, choices=tuple(replace(choice, mark=Mark.RIGHT) for choice in block.choices))
        if isinstance(block, Choices)
        else block
        for block in view.blocks
    )
    return replace(view, blocks=blocks)


class RepeatingEngine(Engine):
    """An engine that answers what came twice as if it were new."""

    async def handle(self, event: Event) -> Reply:
        """Say that it is done, every time."""
        reply = await super().handle(event)
        return Reply((fx.CommandDone(Confirmation.DONE),), duplicate=True) if reply.duplicate else reply


class LenientEngine(Engine):
    """An engine that confirms a change that is not allowed."""

    async def handle(self, event: Event) -> Reply:
        """Say that it was accepted."""
        reply = await super().handle(event)
        return Reply(tuple(_confirmed(effect) for effect in reply.effects), reply.duplicate)


def _confirmed(effect: fx.Reply) -> fx.Reply:
    if isinstance(effect, fx.AnswerRefused) and effect.reason is Refusal.NO_CHANGE:
        return fx.AnswerAccepted(effect.question, Kind.SINGLE_CHOICE, (), changed=True, more=False)
    return effect


class PeekingEngine(Engine):
    """An engine that shows the right answer to whoever has answered."""

    async def handle(self, event: Event) -> Reply:
        """Add the reveal."""
        reply = await super().handle(event)
        shown = [_shown(effect) for effect in reply.effects if isinstance(effect, fx.AnswerAccepted)]
        return Reply((*reply.effects, *shown), reply.duplicate)


def _shown(accepted: fx.AnswerAccepted) -> fx.MineShown:
    return fx.MineShown(
        question=accepted.question,
        item=LIBRARY.decks[0].items[0],
        order=(0, 1, 2, 3),
        response=None,
        right=False,
        credit=0,
        near=False,
        points=0,
        base=0,
        speed=0,
        streak_bonus=0,
        elapsed_ms=0,
    )
