"""Addresses: how ids of Slack's become ids of ours, and back.

Slack's ids are unique inside a workspace only, so ours begin with the workspace: a channel is
``T0TEAM/C0CHANNEL``, a thread ``T0TEAM/C0CHANNEL/1700000000.000100``, a person ``T0TEAM/U0USER``. A message
of ours is known by its channel and its time, ``C0CHANNEL/1700000000.000200``.
"""

from typing import Final, NamedTuple

from bot.core.ids import Platform
from bot.engine.events import PRIVATE, private_place
from bot.records import Account, Place

PLATFORM: Final = Platform("slack")

_DIRECT: Final = "D"
"""What the id of a conversation between two begins with."""


class Where(NamedTuple):
    """A place in Slack's words. *user* is whose direct messages it is, "" for a *channel*; *thread* or ""."""

    team: str
    channel: str
    thread: str = ""
    user: str = ""


def account_of(team: str, user: str) -> Account:
    """Return the account of *user*, whose home is the workspace *team*."""
    return Account(PLATFORM, f"{team}/{user}")


def user_of(account: str) -> str:
    """Return Slack's id of the person whose account has this id."""
    return account.rpartition("/")[2]


def team_of(id_: str) -> str:
    """Return the workspace that the id of a place or of an account begins with."""
    return id_.removeprefix(PRIVATE).partition("/")[0]


def place_of(account: Account, team: str, channel: str, thread: str = "") -> Place:
    """Return the place of a message; direct messages are its reader's own place, whatever thread it is in."""
    if not channel or channel.startswith(_DIRECT):
        return private_place(account)
    return Place(PLATFORM, f"{team}/{channel}" + (f"/{thread}" if thread else ""))


def where(place: Place) -> Where:
    """Return where *place* is."""
    team, channel, thread = (*place.id.removeprefix(PRIVATE).split("/"), "", "")[:3]
    is_private = place.id.startswith(PRIVATE)
    return Where(team, "", user=channel) if is_private else Where(team, channel, thread)


def ref_of(channel: str, ts: str) -> str:
    """Return how a message is known."""
    return f"{channel}/{ts}"


def message_of(ref: str) -> tuple[str, str]:
    """Return the channel and the time of the message that is known as *ref*."""
    channel, _, ts = ref.partition("/")
    return channel, ts
