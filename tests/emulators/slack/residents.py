"""Who and what there is: people, workspaces, channels, messages, views, files, and the groups of people."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from tests.emulators.slack.refusals import Json

if TYPE_CHECKING:
    from tests.emulators.slack.applications import Application

TeamId = NewType("TeamId", str)
UserId = NewType("UserId", str)
ChannelId = NewType("ChannelId", str)
Ts = NewType("Ts", str)
"""A message's time, which is its id in its channel."""


class ChannelKind(StrEnum):
    """The kinds of conversation."""

    PUBLIC = "public_channel"
    PRIVATE = "private_channel"
    IM = "im"


@dataclass(slots=True, eq=False)
class Team:
    """A workspace."""

    id: TeamId
    name: str
    domain: str
    users: dict[str, "User"] = field(default_factory=dict, repr=False)
    channels: dict[str, "Channel"] = field(default_factory=dict, repr=False)
    usergroups: dict[str, "Usergroup"] = field(default_factory=dict, repr=False)


@dataclass(slots=True, eq=False)
class User:
    """Somebody in a workspace, or a bot."""

    id: UserId
    team: Team = field(repr=False)
    name: str
    real_name: str
    display_name: str = ""
    admin: bool = False
    owner: bool = False
    restricted: bool = False
    deleted: bool = False
    locale: str = "en-US"
    zone: str = "Etc/UTC"
    bot_id: str = ""
    """What a bot's messages are signed with; empty for people."""

    app: "Application | None" = field(default=None, repr=False)
    online: bool = True
    """Whether messages that they alone would see arrive: Slack does not keep those."""

    @property
    def bot(self) -> bool:
        """Whether it is a bot."""
        return bool(self.bot_id)


@dataclass(slots=True, eq=False)
class Usergroup:
    """People who are called by one name."""

    id: str
    team: Team = field(repr=False)
    handle: str
    users: list[User] = field(repr=False)


@dataclass(slots=True, eq=False)
class Channel:
    """A place to talk in: a channel, public or private, or a direct message between two."""

    id: ChannelId
    kind: ChannelKind
    name: str
    team: Team = field(repr=False)
    creator: User = field(repr=False)
    created: int = 0
    members: dict[str, User] = field(default_factory=dict, repr=False)
    messages: dict[str, "Message"] = field(default_factory=dict, repr=False)
    archived: bool = False
    deleted: bool = False

    def message(self, ts: str) -> "Message | None":
        """Return a message that all see."""
        message = self.messages.get(ts)
        return None if message is None or message.ephemeral_to is not None else message

    def replies(self, ts: str) -> list["Message"]:
        """Return the messages of a thread, its first one not among them."""
        return [one for one in self.messages.values() if one.thread_ts == ts and one.ts != ts]

    def peer(self, of: User) -> User | None:
        """Return the other one of a direct message."""
        return next((user for user in self.members.values() if user is not of), None)


@dataclass(frozen=True, slots=True)
class Pinged:
    """Whom a message called: their telephones rang. *ranges* are here, channel and everyone."""

    users: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    ranges: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anybody was called."""
        return bool(self.users or self.groups or self.ranges)


@dataclass(slots=True, eq=False)
class File:
    """A file. It can be shown from *ready_at* on, once its upload was completed."""

    id: str
    team: Team = field(repr=False)
    name: str
    size: int
    user: User | None = field(default=None, repr=False)
    alt_text: str = ""
    title: str = ""
    data: bytes = field(default=b"", repr=False)
    uploaded: bool = False
    ready_at: datetime | None = None
    url: str = ""
    channels: list[Channel] = field(default_factory=list, repr=False)


@dataclass(slots=True, eq=False)
class Message:
    """What somebody posted, as it is now. *ephemeral_to* is who alone sees it, None for all.

    *edits* counts its changes, *past* has the texts before each. *without_text* says that it has blocks and
    no text for notifications; *truncated*, that its text was too long and cut.
    """

    ts: Ts
    channel: Channel = field(repr=False)
    author: User = field(repr=False)
    at: datetime = field(repr=False)
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    thread_ts: Ts | None = None
    metadata: Json | None = None
    ephemeral_to: User | None = field(default=None, repr=False)
    reactions: dict[str, list[User]] = field(default_factory=dict)
    pinged: Pinged = Pinged()
    app: "Application | None" = field(default=None, repr=False)
    client_msg_id: str | None = None
    files: list[File] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list, repr=False)
    subtype: str | None = None
    unfurl_links: bool | None = None
    unfurl_media: bool | None = None
    without_text: bool = False
    truncated: bool = False
    edited_at: datetime | None = None
    edits: int = 0
    past: list[str] = field(default_factory=list, repr=False)
    deleted: bool = False
    rendered: Json | None = field(default=None, repr=False)
    """The message as it is on the wire, kept until it changes."""

    @property
    def ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return self.ephemeral_to is not None

    @property
    def action_ids(self) -> tuple[str, ...]:
        """The action ids of all that can be pressed or chosen from, in reading order."""
        return tuple(element["action_id"] for _, element in elements_of(self.blocks))


@dataclass(slots=True, eq=False)
class View:
    """A modal that one person sees, or somebody's home. *errors* are shown beside the inputs, by block id."""

    id: str
    app: "Application" = field(repr=False)
    user: User
    type: str
    body: Json = field(repr=False)
    hash: str
    root_id: str = ""
    previous: "View | None" = field(default=None, repr=False)
    opened_at: datetime | None = field(default=None, repr=False)
    external_id: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    updates: int = 0

    @property
    def blocks(self) -> list[Json]:
        """What it shows."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def title(self) -> str:
        """A modal's title, "" of a home."""
        return str((self.body.get("title") or {}).get("text", ""))

    @property
    def callback_id(self) -> str:
        """What the app calls it."""
        return str(self.body.get("callback_id") or "")

    @property
    def private_metadata(self) -> str:
        """What the app keeps in it."""
        return str(self.body.get("private_metadata") or "")

    @property
    def action_ids(self) -> tuple[str, ...]:
        """The action ids of all that can be pressed, chosen from or filled in, in reading order."""
        return tuple(element["action_id"] for _, element in elements_of(self.blocks))


def elements_of(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Return every element that people use, with its block, in reading order."""
    for block in blocks:
        match block["type"]:
            case "actions" | "context_actions":
                yield from ((block, element) for element in block["elements"])
            case "section" if (block.get("accessory") or {}).get("type") not in {None, "image"}:
                yield block, block["accessory"]
            case "input":
                yield block, block["element"]
            case _:
                pass
