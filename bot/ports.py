"""Ports: what the engine asks of the outside, each as small as it can be.

Every port has an implementation in memory, and one contract suite in ``tests/contracts`` that all of its
implementations pass.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from bot.core.deck_effects import FileGiven, UploadReport
from bot.core.ids import Platform
from bot.core.leaderboards import Measure
from bot.core.own_packs import OwnPack
from bot.core.packs import Pack
from bot.records import (
    Account,
    AmendmentRow,
    AnsweredRow,
    Asked,
    AttemptRow,
    Backlog,
    BoardPage,
    BoardRow,
    Changes,
    CodeRow,
    DayRow,
    Delivery,
    DoubledRow,
    EarnedRow,
    FlagRow,
    InstallationRow,
    Outcome,
    PackRow,
    PairRow,
    ParticipantRow,
    Place,
    ProposalRow,
    QuestionRow,
    ResponseRow,
    RoundRow,
    ScheduleRow,
    Snapshot,
    SuspectRow,
    UploadRow,
)
from bot.wording.views import View

Decide = Callable[[Snapshot], Changes]
"""Turn what was loaded into what to write. Pure: a store may call it again after a conflict."""


class Clock(Protocol):
    """Time, so that tests and the simulation can have their own."""

    def now(self) -> datetime:
        """Return the time as an aware UTC datetime."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return when *seconds* have passed."""
        ...


class Store(Protocol):
    """The tables that rounds live in."""

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Load what *asked* needs, call *decide*, and write its changes: one transaction, all or nothing.

        Returns after the commit. Nobody else changes the rounds loaded in between, nor, when schedules are
        written, the schedules loaded: their rows are locked, or *decide* is called again on what the others
        left. An exception from *decide* leaves everything as it was and is passed on. *known* are ids of
        rounds whose questions need not be loaded.
        """
        ...

    async def waking(self, until: int, limit: int) -> Sequence[tuple[Place, int]]:
        """Return places that want a Tick by *until* and when, earliest first; a place may come twice.

        They are those of open rounds with ``wake_at <= until``, and the sub-places of schedules with
        ``due_at <= until``.
        """
        ...

    async def look(self, round_: str) -> "RoundRecord | None":
        """Return a round, open or ended, with its questions; None when there is none."""
        ...

    async def mine(self, round_: str, account: Account) -> "MyRecord | None":
        """Return what the learner behind *account* did in a round; None when they took no part."""
        ...

    async def standing(self, round_: str, limit: int) -> Sequence[tuple[int, int, int]]:
        """Return (learner, points, right) from the attempts alone, most points first, then by learner."""
        ...

    async def purge(self, before: int) -> int:
        """Forget event ids and delivered outbox rows older than *before*; return how many went."""
        ...


@dataclass(frozen=True, slots=True)
class RoundRecord:
    """A round and its questions, in order; *group* is the union that its own group is in by now."""

    row: RoundRow
    questions: tuple[QuestionRow, ...]
    group: int


@dataclass(frozen=True, slots=True)
class MyRecord:
    """One learner's part in a round: their row and their attempts, in the order of the questions."""

    participant: ParticipantRow
    attempts: tuple[AttemptRow, ...]


RankedBy = Literal[Measure.POINTS, Measure.ACCURACY]
"""What boards are kept in order of; improvement is worked out from two of them."""


class Boards(Protocol):
    """Leaderboards: totals kept with the attempts, most first, and of equals the lower learner first.

    Boards are named by their keys (:func:`bot.records.group_board` and its like). One that nobody is on, or
    that never was, is empty. Hidden learners are neither listed nor counted; they see themselves only.
    """

    async def page(
        self, board: str, measure: RankedBy, reader: int | None, page: int, size: int, reach: int
    ) -> BoardPage:
        """Return *page* of *board*, counted from 1 and held within the pages there are, as *reader* sees it.

        A page has *size* rows; *near* holds up to *reach* rows above the reader's own and as many below.
        """
        ...

    async def top(self, board: str, measure: RankedBy, offset: int, limit: int) -> Sequence[BoardRow]:
        """Return up to *limit* rows after the first *offset*."""
        ...

    async def place(self, board: str, learner: int, measure: RankedBy) -> BoardRow | None:
        """Return the row of *learner*, its rank 0 when they have too few answers; None without one."""
        ...

    async def around(self, board: str, learner: int, measure: RankedBy, reach: int) -> Sequence[BoardRow]:
        """Return the row of *learner* with up to *reach* above and below; nothing if they are not ranked."""
        ...

    async def size(self, board: str, measure: RankedBy) -> int:
        """Return how many are listed."""
        ...

    async def pairs(self, board: str, before: str, reader: int | None, most: int) -> Sequence[PairRow] | None:
        """Return who is listed on both boards, and *reader* if they are on *board* at all, by learner.

        None when more than *most* are listed on *board*: that is too many to be compared one by one.
        """
        ...


class Days(Protocol):
    """The days of groups that have a question of the day, and who answered. Dates are as ISO has them.

    What is a group's here, and in :class:`Weeks` and :class:`Flags`, is that of all groups that are in one
    union with it; only homes are its own.
    """

    async def days(self, group: int, since: str) -> Sequence[str]:
        """Return the dates from *since* on on which a question was posted, each once, ascending."""
        ...

    async def answered(self, group: int, account: Account, since: str) -> Sequence[str]:
        """Return those of :meth:`days` on which the learner behind *account* has an attempt, ascending."""
        ...

    async def day_answers(self, group: int, since: str) -> Mapping[str, Sequence[int]]:
        """Return all of :meth:`days`, ascending, each with the learners who have an attempt, by id."""
        ...

    async def schedules(self, place: Place) -> Sequence[ScheduleRow]:
        """Return every schedule of the channel that the place's home leads to, by id."""
        ...

    async def homes(self, group: int) -> Sequence[Place]:
        """Return the homes of a group's schedules, each once, by their ids."""
        ...

    async def ledger(self, schedule: str) -> Sequence[DayRow]:
        """Return what became of each date of a schedule so far, ascending."""
        ...


class Weeks(Protocol):
    """What a group did at ``since <= at < until``, but in places whose ids begin with the character *but*."""

    async def items(self, group: int, since: int, until: int, but: str) -> Sequence[AnsweredRow]:
        """Return how each item was answered, by item and topic."""
        ...

    async def earned(self, group: int, since: int, until: int, but: str) -> Sequence[EarnedRow]:
        """Return what each learner did, by id; those who did nothing are left out."""
        ...


class Flags(Protocol):
    """What people say of questions, and which question they may mean."""

    async def flags(self, group: int) -> Sequence[FlagRow]:
        """Return what was said of the questions of a group, newest first, then by question and learner."""
        ...

    async def flag_of(self, question: str, account: Account) -> FlagRow | None:
        """Return what the learner behind *account* said of a question; None when they said nothing."""
        ...

    async def asked_last(self, place: Place) -> RoundRow | None:
        """Return the round, open or ended, that began last in *place* of those that opened a question."""
        ...


class Running(Protocol):
    """What goes on in a group, or in the union that it is in."""

    async def scheduled(self, group: int) -> Sequence[ScheduleRow]:
        """Return every schedule of a group, by id."""
        ...

    async def playing(self, group: int, account: Account) -> Sequence[str]:
        """Return the open rounds of a group in which the learner behind *account* has a row, by their ids.

        Questions of the day that they answered are among them. Those that began first come first.
        """
        ...


class Links(Protocol):
    """Which accounts are one person, and which groups are one."""

    async def code(self, hash_: str) -> CodeRow | None:
        """Return the code of this hash, used or not; None when there is none."""
        ...

    async def selves(self, account: Account) -> Sequence[tuple[Account, int, str]]:
        """Return the accounts of the person behind *account*, each with its own learner and name."""
        ...

    async def at_same(self, learner: int, other: int) -> Sequence[DoubledRow]:
        """Return what one learner answered that another answered too, by question."""
        ...

    async def together(self, learner: int, other: int) -> bool:
        """Tell whether two own learners take part in the same open round."""
        ...

    async def kin(self, group: int) -> Sequence[tuple[int, str]]:
        """Return the groups that are in one union with *group*, itself included, each with its platform."""
        ...


class OwnDecks(Protocol):
    """The packs that groups have brought themselves, and what waits to be added to them."""

    async def packs_at(self, place: Place, group: int) -> Sequence[tuple[int, int]]:
        """Return (group, version) of the packs that are shown in a place, by group.

        They are those of its own group and of all that are in one union with it; *group* is its own group as
        long as the place leads nowhere.
        """
        ...

    async def packs_of(self, group: int) -> Sequence[tuple[int, int]]:
        """Return the same for a group, its union, or a group of that."""
        ...

    async def pack(self, group: int) -> PackRow | None:
        """Return a group's own pack; None when it has none."""
        ...

    async def upload(self, id_: str) -> UploadRow | None:
        """Return an upload, decided on or not; None when there is none."""
        ...

    async def proposals(self, group: int) -> Sequence[ProposalRow]:
        """Return what a group has not decided on yet, the oldest first."""
        ...


class Formats(Protocol):
    """The formats of study material; what reads and writes takes a while, and is called in a thread."""

    @property
    def names(self) -> Sequence[str]:
        """The formats that can be written, the most wanted first."""
        ...

    def read(self, files: Sequence[tuple[str, bytes]], before: OwnPack) -> tuple[OwnPack, UploadReport]:
        """Return *before* with what *files* hold, by their names, and what became of it.

        Raises ContentError, with one sentence for whoever sent them, when they cannot be taken at all.
        """
        ...

    def write(self, pack: Pack, format_: str) -> FileGiven:
        """Return *pack* as one file; a ContentError when the format is none of :attr:`names`."""
        ...


class Decided(Protocol):
    """What groups have decided about items, and what may be wrong with them."""

    async def amendments_at(self, place: Place, group: int) -> Sequence[AmendmentRow]:
        """Return the decisions that hold in a place, by version; *group* as in :meth:`OwnDecks.packs_at`."""
        ...

    async def amendments(self, group: int) -> Sequence[AmendmentRow]:
        """Return the decisions of a group and of those in one union with it, by version."""
        ...

    async def suspects(self, group: int) -> Sequence[SuspectRow]:
        """Return the items that are suspect in a group, by item."""
        ...

    async def responses(self, group: int, item: str, board: str, limit: int) -> Sequence[ResponseRow]:
        """Return the latest answers to an item that count, newest first, with totals of the *board*."""
        ...

    async def items_answered(self, since: int) -> Sequence[tuple[int, str]]:
        """Return (group or union, item) of all that was answered since then."""
        ...

    async def items_overdue(self, limit: int) -> Sequence[tuple[int, str]]:
        """Return (group, item) of decisions after which rounds have ended that were not looked at."""
        ...


class People(Boards, Days, Weeks, Flags, Running, Links, OwnDecks, Decided, Protocol):
    """What is known of people: where they lead and play, on which days they answered, what they flagged."""


class Outbox(Protocol):
    """The messages that were promised and not yet delivered."""

    async def claim(self, now: int, lease_ms: int, limit: int) -> Sequence[Delivery]:
        """Take up to *limit* rows that are due, for *lease_ms*, each with a new fencing number.

        In a place, posts go in the order they were written: none is claimed while an earlier post of the
        same place and the same *to* is undelivered and not in this claim. A post for one reader alone is
        not claimed either while an earlier post for the whole place is undelivered, be it in this claim;
        the reverse holds nobody up, nor does a post that was given up. Edits wait for their post only.
        Across places the oldest go first. A row claimed by another is free again when its lease has passed.
        """
        ...

    async def settle(self, outcomes: Sequence[Outcome], now: int) -> None:
        """Write down what became of deliveries, in one transaction."""
        ...

    async def next_due(self) -> int | None:
        """Return when the next row could be claimed, also by a lease's end; None when none ever can.

        What waits behind another row is left out: a time in the past means that a claim gives something.
        """
        ...

    async def backlog(self) -> Backlog:
        """Return how much waits."""
        ...

    async def key_of(self, platform: str, ref: str) -> str:
        """Return the key of the posted message that *platform* calls *ref*, "" when there is none any more.

        A message that the platform has in parts was settled with their ids joined by commas: each of them
        leads to its key.
        """
        ...


@dataclass(frozen=True, slots=True)
class Post:
    """One message on its way to a transport. *to* is the account that alone may see it, or "".

    *key* is the idempotency key: unique for ever. *again* says that an earlier try's outcome is unknown.
    """

    key: str
    place: Place
    to: str
    view: View
    again: bool = False


class Transport(Protocol):
    """One chat platform. Raises only the delivery errors of :mod:`bot.core.errors`."""

    @property
    def platform(self) -> Platform:
        """The platform's name."""
        ...

    async def post(self, post: Post) -> str:
        """Post a message and return the platform's id of it; the same key twice is one message."""
        ...

    async def edit(self, ref: str, post: Post) -> None:
        """Replace what the message *ref* shows."""
        ...


@dataclass(frozen=True, slots=True)
class Job:
    """Work for later: *kind* and *key* together name it once and for all; *payload* holds ids only."""

    kind: str
    key: str
    due: datetime
    payload: Mapping[str, int | str]


Handler = Callable[[Job], Awaitable[None]]


class Queue(Protocol):
    """Jobs that run at or after their time, at least once."""

    async def enqueue(self, jobs: Sequence[Job]) -> None:
        """Add jobs; one whose kind and key were added before changes nothing."""
        ...

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Run due jobs until :meth:`stop`; one that fails is tried again later, a bounded number of times."""
        ...

    async def stop(self) -> None:
        """Take no more jobs, and return when those in flight are done."""
        ...

    async def depth(self) -> int:
        """Return how many jobs wait."""
        ...


class Vault(Protocol):
    """The workspaces that have installed us, and what proves that an installation was begun here."""

    async def installation(self, platform: str, workspace: str) -> InstallationRow | None:
        """Return what is kept of a workspace; None when it has not installed us."""
        ...

    async def installations(self, platform: str) -> Sequence[InstallationRow]:
        """Return every workspace that has installed us, by its id."""
        ...

    async def save_installation(self, row: InstallationRow, before: int) -> bool:
        """Keep *row* if the workspace is at version *before* now, 0 for none; tell whether it was."""
        ...

    async def remove_installation(self, platform: str, workspace: str, before: int) -> bool:
        """Forget a workspace if it is at version *before* now; tell whether it was."""
        ...

    async def put_state(self, digest: str, now: int, expires_at: int) -> None:
        """Remember *digest* until *expires_at*, and forget those whose time was over by *now*."""
        ...

    async def take_state(self, digest: str, now: int) -> bool:
        """Forget *digest*; tell whether it was remembered and its time is not over. True once at most."""
        ...


@dataclass(frozen=True, slots=True)
class WebPerson:
    """Somebody in the local web chat. *secret_hash* proves that a tab speaks for them."""

    id: str
    name: str
    secret_hash: str
    organiser: bool


@dataclass(frozen=True, slots=True)
class WebMessage:
    """One message of the local web chat. *body* is JSON; *to* is who alone may see it, or "".

    *seq* orders messages; *revision* grows with each edit; *key* is unique where not "".
    """

    seq: int
    channel: str
    author: str
    to: str
    key: str
    at: int
    revision: int
    body: str


class ChatLog(Protocol):
    """What the local web chat remembers: it is its own platform, and this is its server's memory."""

    async def person(self, person: WebPerson | None, id_: str) -> WebPerson | None:
        """Save *person* if given; return the person *id_*, or None. The first ever is an organiser."""
        ...

    async def channels(self, new: str | None = None) -> Sequence[str]:
        """Add the channel *new* if given; return every public channel's name, in the order made."""
        ...

    async def append(self, message: WebMessage) -> WebMessage:
        """Add a message; *seq* is given by the log. With a key that is there already, return that message."""
        ...

    async def edit(self, seq: int, body: str) -> WebMessage | None:
        """Replace a message's body; return it with its new revision, None when there is none."""
        ...

    async def history(
        self, channel: str, reader: str, before: int | None, limit: int
    ) -> Sequence[WebMessage]:
        """Return the newest *limit* messages before *before* that *reader* may see, oldest first."""
        ...

    async def react(
        self, seq: int, person: str, emoji: str, *, on: bool
    ) -> Mapping[str, Sequence[str]] | None:
        """Put or take a reaction; return the message's, person ids by emoji; None for no message."""
        ...
