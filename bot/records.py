"""Records: rows as every store keeps them.

Stores know columns and nothing of what is in a *body*: that is JSON text with a version, written and read by
:mod:`bot.engine.codec`. Times are epoch milliseconds, UTC.
"""

from collections.abc import Callable, Iterable, Mapping
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


_BEFORE_SCHEDULE = "~"


def daily_place(home: Place, schedule: str) -> Place:
    """Return the sub-place of *home* where the questions of the day of *schedule* live, one after another."""
    return Place(home.platform, f"{home.id}{_BEFORE_SCHEDULE}{schedule}")


def home_of(place: Place) -> Place:
    """Return the place that people know: *place* itself when it is no sub-place."""
    return Place(place.platform, place.id.rpartition(_BEFORE_SCHEDULE)[0]) if schedule_of(place) else place


def schedule_of(place: Place) -> str:
    """Return the schedule whose sub-place this is, "" when it is none."""
    home, _, schedule = place.id.rpartition(_BEFORE_SCHEDULE)
    return schedule if home else ""


class ChannelRow(NamedTuple):
    """A channel of ours and the group that it belongs to; *place* leads to it.

    *group* is the union that its own group is in, else its own. *own* is the own group of the place, which
    nothing ever changes: 0 in a row that is saved when it is *group*. *settings* are those of *group*, JSON
    text, "" while nobody has chosen anything. They are only read: saving a channel leaves them alone.
    """

    place: Place
    id: int
    group: int
    settings: str = ""
    own: int = 0


class UnionRow(NamedTuple):
    """A *group* of its own becomes part of *union* if it still is in the one *before*, 0 for none each.

    Boards of a union are the sums of those of its members, made anew whenever one comes or goes. A union of
    fewer than two is none: whoever is left leaves it too. *settings* are those of a union that is new. Places
    of a group that leaves lead to their own channels again, as do those of others that led to its channels;
    while a round is open there, that waits until the round has ended.
    """

    group: int
    before: int
    union: int
    settings: str = ""


class MirrorRow(NamedTuple):
    """A *place* leads to *channel* from now on: to another's, or to its own again.

    No round may be open where it led before, nor in *channel*.
    """

    place: Place
    channel: int


class Mirror(NamedTuple):
    """One of the places that lead to a channel, and the own *group* of that place."""

    place: Place
    group: int


class SettingsRow(NamedTuple):
    """The settings of a group become *settings* if they still are what they were *before*, "" for none."""

    group: int
    before: str
    settings: str


class LearnerRow(NamedTuple):
    """A learner of ours; *account* leads to them. Several accounts may lead to one learner.

    Then that is a person made of several, and *own* is the learner that the account led to before, which
    nothing ever changes. It stays there when the person is taken apart again; 0 says that the account never
    was part of one, so that *id* is its own.
    """

    account: Account
    id: int
    name: str
    own: int = 0


class RoundRow(NamedTuple):
    """One round. *version* grows by one with each save. A channel has at most one row that is *open*.

    *wake_at* is when the round wants a Tick, None for never. *item* is the item of the question that is
    open or was open last. *group* is the own group of *place*, where the round began; *mirrors* are the other
    places that it is played in from its start.
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
    mirrors: tuple[Mirror, ...] = ()


class QuestionRow(NamedTuple):
    """One question of a round, written once with the round. While that is open, nothing of it changes.

    *version* is that of the group's decision by which its item was asked, or by which its answers were looked
    at again; 0 for none.
    """

    round: str
    position: int
    item: str
    body: str
    version: int = 0


class ParticipantRow(NamedTuple):
    """One learner in one round, the answer to the open question included.

    *own* is the own learner of the account that came in, 0 when that is *learner*. Once written it stays.
    """

    round: str
    learner: int
    score: int
    body: str
    own: int = 0


class JoinRow(NamedTuple):
    """An own *learner* becomes part of *person* if they still are part of the one *before*, 0 for none each.

    A person never changes: whoever comes or goes, all who stay become part of a new one, called *name*, and
    the one before is over. A person's totals begin as the sums of their members', less what the members
    answered twice (*doubled*, as negative rows of the person, given once). What is added to a member later is
    added to the person as well. Members are off the lists as long as they are part of somebody.
    """

    learner: int
    before: int
    person: int
    name: str = ""
    doubled: "tuple[TotalRow, ...]" = ()


class CodeRow(NamedTuple):
    """A code that links something with what its maker had there, by a *hash*: itself it is not kept.

    *account*, *place*, *workspace* and *name* are the maker's. A new code of one *kind* replaces the maker's
    earlier ones of that kind. Saving a row that is *used* uses the code up: nothing is written when that has
    happened before.
    """

    hash: str
    kind: str
    account: Account
    name: str
    place: Place
    workspace: str
    at: int
    expires_at: int
    used: bool = False


class TryRow(NamedTuple):
    """Somebody typed a code that is none."""

    account: Account
    at: int


class DoubledRow(NamedTuple):
    """An *attempt* at a question that another learner answered too; *place* is where the round began."""

    attempt: "AttemptRow"
    place: Place


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


class TotalRow(NamedTuple):
    """What one learner gains on one board in a batch: increments, which a mended question may make negative.

    *board* is a key of ours; stores look into none. Several rows of one learner on one board add up.
    """

    board: str
    learner: int
    points: int
    answers: int
    right: int


class HidingRow(NamedTuple):
    """Whether a learner is left out of what others see of boards. It holds until the next one."""

    learner: int
    hidden: bool


class FlagRow(NamedTuple):
    """A learner says that a question is bad; (question, learner) is unique.

    *reason* is "" when none was given. Of two rows the later one's reason and time stand if it has a reason;
    else the later one changes nothing.
    """

    group: int
    item: str
    question: str
    learner: int
    at: int
    reason: str


class PackRow(NamedTuple):
    """A group's own pack. *version* grows by one with each save, from 1; *body* is the pack."""

    group: int
    version: int
    body: str


class UploadRow(NamedTuple):
    """What a group's own pack would become by an upload; with no *pack* it has been decided on.

    *before* is the version of the pack that it was made from, 0 for none. *report* says what was read.
    """

    id: str
    group: int
    at: int
    before: int
    pack: str
    report: str


class ProposalRow(NamedTuple):
    """A question that the learner behind *account* proposed to a group, from *place*.

    *state* is "open", "accepted" or "declined".
    """

    id: str
    group: int
    account: Account
    name: str
    place: Place
    at: int
    state: str
    body: str


class DecisionRow(NamedTuple):
    """A group, or a union, has come to a decision: the one after *before*, which must be the latest still.

    *version* is greater than that of any decision of those who are in one union with it.
    """

    group: int
    before: int
    version: int


class AmendmentRow(NamedTuple):
    """What a group has decided about an item; of several the one with the highest *version* holds.

    *verdict* is "kept", "mended", "off" or "void", *body* the mended item as text or "". With *regrades*
    what was answered before it is looked at again. It was the *learner* who decided.
    """

    group: int
    item: str
    version: int
    verdict: str
    regrades: bool
    body: str
    learner: int
    at: int


class SuspectRow(NamedTuple):
    """An item that may be bad, by how a group answers it; (group, item) is unique and the last holds."""

    group: int
    item: str
    at: int
    body: str


class RegradedRow(NamedTuple):
    """What an attempt is worth now. One that is *void* is on no count any more."""

    question: str
    learner: int
    credit: float
    points: int
    body: str
    void: bool


class FlaggerRow(NamedTuple):
    """One who flagged a question of an item at a time, by one of their accounts."""

    question: str
    learner: int
    at: int
    account: Account


class ResponseRow(NamedTuple):
    """One answer to an item, and what its learner holds on a board: *answers*, and how many were *right*."""

    learner: int
    at: int
    body: str
    answers: int
    right: int


class PlayedRow(NamedTuple):
    """An attempt, and the *person* that its learner is part of by now, else the learner."""

    attempt: AttemptRow
    person: int


@dataclass(frozen=True, slots=True)
class History:
    """All that has been decided about an item and answered to it, in a group and those in one union with it.

    *decisions* is the group's latest decision, *latest* the highest version of any. *amendments* are those
    of the item, by version. *rounds* are those that have ended and asked it, with these *questions* of
    theirs, with all their *participants* and all that they *played*. *earned* has who has points for it in
    open rounds, as a person, and since when. *homes* are the channels of the rounds' homes. *flaggers* are
    those who flagged it. *running* says that an open round asks it, or will.
    """

    decisions: int = 0
    latest: int = 0
    amendments: tuple[AmendmentRow, ...] = ()
    rounds: tuple[RoundRow, ...] = ()
    questions: tuple[QuestionRow, ...] = ()
    participants: tuple[ParticipantRow, ...] = ()
    played: tuple[PlayedRow, ...] = ()
    earned: tuple[tuple[int, int], ...] = ()
    homes: Mapping[Place, int] = field(default_factory=dict)
    flaggers: tuple[FlaggerRow, ...] = ()
    running: bool = False


class ScheduleRow(NamedTuple):
    """A schedule of questions of the day. *place* is its home. *version* grows by one with each save.

    *due_at* is when it wants its next Tick, None for never. *settled* is the latest local date that is
    settled, as ISO has it, None for none.
    """

    id: str
    place: Place
    group: int
    version: int
    due_at: int | None
    settled: str | None
    body: str


class DayRow(NamedTuple):
    """What became of one local date of a schedule; (schedule, day) is unique and a second row is left out.

    Only that a post could not be delivered is written down later: "posted" may become "unposted", and nothing
    else of the row ever changes. *day* is a date as ISO has it; *round* is the round that the post opened.
    *group* is whose day it was, 0 for the date of a recap: no question was posted, so it is nobody's day.
    """

    schedule: str
    day: str
    group: int
    outcome: str  # "posted", "skipped" or "unposted"
    round: str
    at: int


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
    *recent* is how many of the channel's most recently asked item ids are wanted (0: none). *schedules* asks
    for every schedule of the place's home. *days_since* is a date as ISO has it, "" for none: it asks for
    what streaks are made of from that date on, for the group of the open round and for those who take part.
    *shares* asks how well the questions of the place's channel have been answered. *group* is a group whose
    settings are wanted although the place may not lead to it yet, 0 for none. *places* asks for all places
    that lead to the channel of the place. *code* asks for the code of that hash and for the latest wrong
    tries of the account. *pack* is a group whose own pack is wanted, 0 for none, *upload* and *proposal* are
    the ids of one of each. *item* asks for all that *group* has decided about an item and answered to it, and
    for the settings of whoever did.
    """

    event: str
    place: Place
    account: Account | None
    everyone: bool = False
    recent: int = 0
    since: int = 0
    schedules: bool = False
    days_since: str = ""
    shares: bool = False
    group: int = 0
    places: bool = False
    code: str = ""
    pack: int = 0
    upload: str = ""
    proposal: str = ""
    item: str = ""


@dataclass(slots=True)
class Snapshot:
    """What was loaded for a batch of :class:`Asked`: what is not there does not exist (yet).

    *rounds* holds the open round of a place. *questions* is filled only for rounds that the caller does not
    already know. *participants* is by round and learner. *recent* is newest first. *repeats* is by round and
    learner and leaves zeros out.

    *schedules* is by id, of all homes asked for. *days* is by group: the dates on which a question was
    posted, each once, ascending. *answered* is by round and learner: the dates among those of the round's
    group on which that participant has an attempt, ascending; who has none is left out. Both begin at the
    earliest date that was asked for.

    *shares* is, for the channel that a place leads to and by item, the mean credit (0 to 1) of all attempts
    in that channel's rounds. Items without attempts are left out, and so is a place without any.

    *settings* is by group, of those that were asked for and are there, of the unions that they are in, and of
    the own groups of rounds of which everyone was asked for. *unions* has the union of each group that was
    asked for and is in one. *places* is by channel, each with its places in order.

    *parts* says as which learner an account takes part in a round that was loaded, by the round and the
    account, of those that are or were part of a person: themselves or whoever of that person came in.
    *codes* is by hash, *tries* by account: when, the latest first.
    *packs* is by group, *uploads* and *proposals* by id. *histories* is by group and item.
    """

    events: set[str] = field(default_factory=set)
    channels: dict[Place, ChannelRow] = field(default_factory=dict)
    learners: dict[Account, LearnerRow] = field(default_factory=dict)
    rounds: dict[Place, RoundRow] = field(default_factory=dict)
    questions: dict[str, tuple[QuestionRow, ...]] = field(default_factory=dict)
    participants: dict[str, dict[int, ParticipantRow]] = field(default_factory=dict)
    recent: dict[Place, tuple[str, ...]] = field(default_factory=dict)
    repeats: dict[str, dict[int, int]] = field(default_factory=dict)
    schedules: dict[str, ScheduleRow] = field(default_factory=dict)
    days: dict[int, tuple[str, ...]] = field(default_factory=dict)
    answered: dict[str, dict[int, tuple[str, ...]]] = field(default_factory=dict)
    shares: dict[Place, dict[str, float]] = field(default_factory=dict)
    settings: dict[int, str] = field(default_factory=dict)
    unions: dict[int, int] = field(default_factory=dict)
    places: dict[int, tuple[Mirror, ...]] = field(default_factory=dict)
    parts: dict[tuple[str, Account], int] = field(default_factory=dict)
    codes: dict[str, CodeRow] = field(default_factory=dict)
    tries: dict[Account, tuple[int, ...]] = field(default_factory=dict)
    packs: dict[int, PackRow] = field(default_factory=dict)
    uploads: dict[str, UploadRow] = field(default_factory=dict)
    proposals: dict[str, ProposalRow] = field(default_factory=dict)
    histories: dict[tuple[int, str], History] = field(default_factory=dict)


@dataclass(slots=True)
class Changes:
    """What to write, all of it or nothing.

    *events* are (id, at). *channels* and *learners* are inserted where new, with their group, place and
    account; a learner's name is updated. *rounds* and *participants* are written whole, by their key.
    *questions* and *attempts* are inserted once. *totals* are added as they are given, whether or not an
    attempt was there already: whoever gives them settles a question once, by the version of what it loaded.

    *schedules* are written whole, by their id; nothing is written when one is no longer of the version before
    the first one given, or is new and not of version 1. *days* are inserted once.

    *settings* may be of a group that is new with this batch; nothing is written when those of one are no
    longer what they were before, nor when a group of *unions* is no longer in the one before. *mirrors* may
    be of places that are new with this batch; nothing is written while a round is open in their channels.

    *joins* may be of learners that are new with this batch; nothing is written when one is no longer part of
    the person before.

    *packs* are written whole, by their group; nothing is written when one is no longer of the version before
    the first one given, or is new and not of version 1. *uploads* and *proposals* are written whole, by their
    id; nothing is written when one that is not new has been decided on by others.

    Nothing is written when a group has come to more than the *decisions* before. *amendments* are inserted.
    *regraded* are attempts that are there, *reasked* the questions that are something else now, *recounted*
    the ids and the bodies of rounds that have ended.
    """

    events: list[tuple[str, int]] = field(default_factory=list)
    channels: list[ChannelRow] = field(default_factory=list)
    learners: list[LearnerRow] = field(default_factory=list)
    rounds: list[RoundRow] = field(default_factory=list)
    questions: list[QuestionRow] = field(default_factory=list)
    participants: list[ParticipantRow] = field(default_factory=list)
    attempts: list[AttemptRow] = field(default_factory=list)
    outbox: list[OutboxRow] = field(default_factory=list)
    hiding: list[HidingRow] = field(default_factory=list)
    totals: list[TotalRow] = field(default_factory=list)
    schedules: list[ScheduleRow] = field(default_factory=list)
    days: list[DayRow] = field(default_factory=list)
    settings: list[SettingsRow] = field(default_factory=list)
    flags: list[FlagRow] = field(default_factory=list)
    unions: list[UnionRow] = field(default_factory=list)
    mirrors: list[MirrorRow] = field(default_factory=list)
    joins: list[JoinRow] = field(default_factory=list)
    codes: list[CodeRow] = field(default_factory=list)
    tries: list[TryRow] = field(default_factory=list)
    packs: list[PackRow] = field(default_factory=list)
    uploads: list[UploadRow] = field(default_factory=list)
    proposals: list[ProposalRow] = field(default_factory=list)
    decisions: list[DecisionRow] = field(default_factory=list)
    amendments: list[AmendmentRow] = field(default_factory=list)
    suspects: list[SuspectRow] = field(default_factory=list)
    regraded: list[RegradedRow] = field(default_factory=list)
    reasked: list[QuestionRow] = field(default_factory=list)
    recounted: list[tuple[str, str]] = field(default_factory=list)


class InstallationRow(NamedTuple):
    """A workspace that has installed us. *version* is another with every change, and never an earlier one.

    *expires_at* is when the token ends, None for never. Until *renewing_until* somebody is renewing it, and
    nobody else does. *body* is text that only the platform's adapter can read: it is encrypted.
    """

    platform: str
    workspace: str
    name: str
    version: int
    expires_at: int | None
    renewing_until: int
    body: str


class AnsweredRow(NamedTuple):
    """How one item was answered: *right* of *answers* by so many *learners*, whatever points they earned.

    *open* says that a round of the group that has not ended asks it, so that its key is not to be told.
    """

    item: str
    topic: str
    answers: int
    right: int
    learners: int
    open: bool


class EarnedRow(NamedTuple):
    """What one learner did in some time."""

    learner: int
    name: str
    points: int
    answers: int
    right: int
    hidden: bool


class Backlog(NamedTuple):
    """How many outbox rows wait, and since when the oldest does (None when none)."""

    depth: int
    oldest_at: int | None


class BoardRow(NamedTuple):
    """One learner on a board. *rank* is 0 for whoever has too few answers for the measure asked about.

    Ties share a rank (1, 1, 3). Who is *hidden* has the rank that they would have if they were listed.
    """

    learner: int
    name: str
    points: int
    answers: int
    right: int
    rank: int
    hidden: bool = False


class PairRow(NamedTuple):
    """One learner on a board and on the one of the period before it."""

    learner: int
    name: str
    points: int
    answers: int
    right: int
    answers_before: int
    right_before: int
    hidden: bool = False


class BoardPage(NamedTuple):
    """What one reader sees of a board, all of one moment.

    *rows* is the page, *listed* how many stand on all pages. *own* is the reader's row, None where they have
    none; *near* holds it with its neighbours in order. A reader who is not ranked sees the last rows there.
    """

    rows: tuple[BoardRow, ...] = ()
    listed: int = 0
    own: BoardRow | None = None
    near: tuple[BoardRow, ...] = ()


def group_board(group: int, period: str) -> str:
    """Return the key of a group's board; *period* is the key of a period, ``a`` for all time."""
    return f"g:{group}|{period}"


def channel_board(channel: int, period: str) -> str:
    """Return the key of a channel's board."""
    return f"c:{channel}|{period}"


def topic_board(group: int, topic: str, period: str) -> str:
    """Return the key of the board of one topic in a group."""
    return f"t:{group}:{topic}|{period}"


def everywhere_board(period: str) -> str:
    """Return the key of the board of everybody, in whatever group."""
    return f"e|{period}"


def totals_of(
    attempts: Iterable[AttemptRow], boards: Callable[[AttemptRow], Iterable[str]]
) -> list[TotalRow]:
    """Return what *attempts* come to on the *boards* that each counts on: a row for each board and learner.

    Of what is saved now it gives the increments, of all attempts ever what the boards must hold.
    """
    found: dict[tuple[str, int], list[int]] = {}
    for attempt in attempts:
        for board in boards(attempt):
            total = found.setdefault((board, attempt.learner), [0, 0, 0])
            total[0] += attempt.points
            total[1] += 1
            total[2] += attempt.credit >= 1
    return [TotalRow(*of, *total) for of, total in found.items()]


Totals = Mapping[str, int]
"""Counts by table name, for figures and checks."""
