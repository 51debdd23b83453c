"""Events: what a transport hands in, and what it gets back once that is committed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.core import effects as fx
from bot.core.commands import Intent
from bot.core.deck_effects import UploadReport
from bot.core.ids import EventId, ItemId, QuestionId, RoundId
from bot.core.items import Item
from bot.core.packs import Library
from bot.core.suspicions import Suspicion
from bot.records import Account, CodeRow, Place, TotalRow

PRIVATE = "@"
"""What the id of a private place begins with."""

OWN = EventId("")
"""The id of our own events, and of reactions; none is remembered, for doing it twice changes nothing."""


class Meant(NamedTuple):
    """The question that a flag is about and the group that it was asked in; *again* by the same learner."""

    question: QuestionId
    item: ItemId
    group: int
    again: bool


class Found(NamedTuple):
    """What was found for a command to link, or to take a link back, before it is decided.

    *code* is what the typed one leads to, by its *hash*, None when it leads nowhere. *mine* are the own
    learners that are one person with the sender, *theirs* those with the maker of the code. *together* says
    that some of both are in the same open round. *doubled* is what the person that comes of it answered
    twice, as totals.
    """

    hash: str = ""
    code: CodeRow | None = None
    mine: tuple[int, ...] = ()
    theirs: tuple[int, ...] = ()
    together: bool = False
    doubled: tuple[TotalRow, ...] = ()


class Judged(NamedTuple):
    """The *item* that a decision is about, as it was and as it is *after*.

    *group* is the one that it is made in, or the union that this is part of. *version* is the decision that
    the sender knew of, 0 for none; *left* are those that wait besides.
    """

    group: int
    version: int
    item: Item
    after: Item
    left: int = 0


class Regarded(NamedTuple):
    """An *item* of a *group* that we look at ourselves, and the *suspicion* that it is under, if any."""

    group: int
    item: ItemId
    suspicion: Suspicion | None = None


class Incoming(NamedTuple):
    """A file that somebody sent, of *size* bytes as far as is known.

    *fetch* brings it here, or its beginning if it is larger than was said; it raises a ContentError when the
    file cannot be had.
    """

    name: str
    size: int
    fetch: Callable[[], Awaitable[bytes]]


class Reading(NamedTuple):
    """What was read of files before it is kept: the own *pack* that would come of it, as text.

    *before* is the version of the pack that it was made from.
    """

    before: int
    pack: str
    report: UploadReport


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person did on a platform, or our own clock.

    *id* is the platform's own, the same at every delivery. *workspace* is what the platform groups places
    by: a Discord server, a Slack workspace. *at* is the platform's time of the event. *round* is the round
    that a pressed control belongs to, so that an old button does not act on a new round. *roles* are the
    platform's ids of the sender's roles, and the names by which an organiser may mean the sender. *recap*
    goes with a Tick to a weekly recap: what was gathered for it. A *tentative* name is only good for somebody
    who has none yet: the platform would have had to be asked for a better one. *sent_from* is where a command
    was sent that is for another place of the same group. *meant* goes with a flag and *found* with a link:
    what was found for it. *files* came with it, and *reading* is what was read in them. *own* is the own
    group of the place, where its decks are concerned, *waiting* how many proposals wait there and *kin* the
    groups that these are of. *library* is what may be asked in the place.
    *judged* goes with a decision about an item, and *regarded* with what we do about one ourselves.
    """

    id: EventId
    place: Place
    intent: Intent
    at: datetime
    account: Account | None = None
    name: str = ""
    organiser: bool = False
    workspace: str = ""
    round: RoundId | None = None
    roles: tuple[str, ...] = ()
    recap: fx.RecapPosted | None = None
    sent_from: Place | None = None
    meant: Meant | None = None
    tentative: bool = False
    found: Found | None = None
    files: tuple[Incoming, ...] = ()
    reading: Reading | None = None
    own: int = 0
    waiting: int = 0
    kin: frozenset[int] = frozenset()
    library: Library | None = None
    judged: Judged | None = None
    regarded: Regarded | None = None


class Reply(NamedTuple):
    """What the sender is told, in private, after the commit. A *duplicate* was handled before."""

    effects: tuple[fx.Reply, ...] = ()
    duplicate: bool = False


def is_private(place: Place) -> bool:
    """Tell whether *place* is somebody's own."""
    return place.id.startswith(PRIVATE)


def private_place(account: Account) -> Place:
    """Return the place where *account* is alone with the tutor; a transport knows how to reach it."""
    return Place(account.platform, f"{PRIVATE}{account.id}")
