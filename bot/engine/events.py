"""Events: what a transport hands in, and what it gets back once that is committed."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.core import effects as fx
from bot.core.commands import Intent
from bot.core.ids import EventId, ItemId, QuestionId, RoundId
from bot.records import Account, Place

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


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person did on a platform, or our own clock.

    *id* is the platform's own, the same at every delivery. *workspace* is what the platform groups places
    by: a Discord server, a Slack workspace. *at* is the platform's time of the event. *round* is the round
    that a pressed control belongs to, so that an old button does not act on a new round. *roles* are the
    platform's ids of the sender's roles, and the names by which an organiser may mean the sender. *recap*
    goes with a Tick to a weekly recap: what was gathered for it. *sent_from* is where a command was sent that
    is for another place of the same group. *meant* goes with a flag: what was found for it.
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
