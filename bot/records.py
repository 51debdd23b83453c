"""Records: rows as every store keeps them.

Stores know columns and nothing of what is in a *body*: that is JSON text with a version, written and read by
:mod:`bot.engine.codec`. Times are epoch milliseconds, UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


class Place(NamedTuple):
    """Where something happens, by the platform's own id of the channel."""

    platform: str
    id: str


class Account(NamedTuple):
    """Who did something, by the platform's own id."""

    platform: str
    id: str


class ChannelRow(NamedTuple):
    """A channel of ours and the group that it belongs to; *place* leads to it."""

    place: Place
    id: int
    group: int


class LearnerRow(NamedTuple):
    """A learner of ours; *account* leads to them. Several accounts may lead to one learner."""

    account: Account
    id: int
    name: str


class RoundRow(NamedTuple):
    """One round. *version* grows by one with each save. A channel has at most one row that is *open*.

    *wake_at* is when the round wants a Tick, None for never. *item* is the item of the question that is
    open or was open last.
    """

    id: str
    channel: int
    group: int
    place: Place
    version: int
    open: bool
    wake_at: int | None
    started_at: int
    item: str | None
    body: str


class QuestionRow(NamedTuple):
    """One question of a round, written once with the round and never changed."""

    round: str
    position: int
    item: str
    body: str


class ParticipantRow(NamedTuple):
    """One learner in one round, the answer to the open question included."""

    round: str
    learner: int
    score: int
    body: str


class AttemptRow(NamedTuple):
    """One accepted and graded answer; (question, learner) is unique and a second one is left out.

    *credit* is 0 to 1. *elapsed_ms* counts from the moment the question was posted. *points* may be 0.
    """

    question: str
    round: str
    group: int
    channel: int
    learner: int
    item: str
    topic: str
    at: int
    elapsed_ms: int
    credit: float
    points: int
    body: str


class OutboxRow(NamedTuple):
    """A message to post, or to edit.

    *key* names the message for ever and is unique per *action*: saving a second ``edit`` row with the same
    key replaces the first one's body and makes it due again (newest state wins; *seq* stays), saving a
    second ``post`` row with the same key changes nothing. An edit waits until the post with its key has been
    delivered. *to* is the account that alone may see it, "" for the whole channel. *not_before* delays it.
    """

    key: str
    action: str  # "post" or "edit"
    place: Place
    to: str
    not_before: int
    body: str
    question: str = ""  # of a post that opens a question: its id, so that its window can start


class Delivery(NamedTuple):
    """An outbox row that this process has claimed. *ref* is the platform's id of the message to edit."""

    seq: int
    row: OutboxRow
    fence: int
    tries: int
    ref: str


class Outcome(NamedTuple):
    """What became of a delivery. Not *done*, it is tried again at *retry_at*, or never when that is None.

    Ignored when *fence* is no longer the row's own, or when the row was replaced since it was claimed. Not
    *tried*, nothing left the process, and the claim does not count as a try.
    """

    seq: int
    fence: int
    done: bool
    ref: str = ""
    retry_at: int | None = None
    error: str = ""
    tried: bool = True


class Asked(NamedTuple):
    """What one event needs loaded before anything is decided.

    *event* is "" for our own commands. *everyone* asks for every participant of the open round and their
    *repeats*: how many attempts with points each has at the open question's item since *since* in this group.
    *recent* is how many of the channel's most recently asked item ids are wanted (0: none).
    """

    event: str
    place: Place
    account: Account | None
    everyone: bool = False
    recent: int = 0
    since: int = 0


@dataclass(slots=True)
class Snapshot:
    """What was loaded for a batch of :class:`Asked`: what is not there does not exist (yet).

    *rounds* holds the open round of a place. *questions* is filled only for rounds that the caller does not
    already know. *participants* is by round and learner. *recent* is newest first. *repeats* is by round and
    learner and leaves zeros out.
    """

    events: set[str] = field(default_factory=set)
    channels: dict[Place, ChannelRow] = field(default_factory=dict)
    learners: dict[Account, LearnerRow] = field(default_factory=dict)
    rounds: dict[Place, RoundRow] = field(default_factory=dict)
    questions: dict[str, tuple[QuestionRow, ...]] = field(default_factory=dict)
    participants: dict[str, dict[int, ParticipantRow]] = field(default_factory=dict)
    recent: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    repeats: dict[str, dict[int, int]] = field(default_factory=dict)


@dataclass(slots=True)
class Changes:
    """What to write, all of it or nothing.

    *events* are (id, at). *channels* and *learners* are inserted where new, with their group, place and
    account; a learner's name is updated. *rounds* and *participants* are written whole, by their key.
    *questions* and *attempts* are inserted once.
    """

    events: list[tuple[str, int]] = field(default_factory=list)
    channels: list[ChannelRow] = field(default_factory=list)
    learners: list[LearnerRow] = field(default_factory=list)
    rounds: list[RoundRow] = field(default_factory=list)
    questions: list[QuestionRow] = field(default_factory=list)
    participants: list[ParticipantRow] = field(default_factory=list)
    attempts: list[AttemptRow] = field(default_factory=list)
    outbox: list[OutboxRow] = field(default_factory=list)


class Backlog(NamedTuple):
    """How many outbox rows wait, and since when the oldest does (None when none)."""

    depth: int
    oldest_at: int | None


Totals = Mapping[str, int]
"""Counts by table name, for figures and checks."""
