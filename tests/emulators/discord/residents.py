"""Who and what there is: people, guilds, roles, channels, messages, applications."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Final, NewType

from tests.emulators.discord.permissions import EVERYTHING, NOTHING, Overwrite, Permission, combined
from tests.emulators.discord.refusals import Json

Snowflake = NewType("Snowflake", int)

PRIVILEGED: Final = (1 << 1) | (1 << 8) | (1 << 15)
"""The intents that must be switched on for an application: members, presences, message content."""

EPHEMERAL: Final = 1 << 6
LOADING: Final = 1 << 7
COMPONENTS_V2: Final = 1 << 15

TEXT_DISPLAY: Final = 10


class ChannelType(IntEnum):
    """The kinds of channel; the numbers are Discord's."""

    TEXT = 0
    DM = 1
    VOICE = 2
    NEWS = 5
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15


@dataclass(slots=True, eq=False)
class User:
    """Somebody, or a bot. Direct messages from bots do not arrive unless *dms_open*."""

    id: Snowflake
    name: str
    bot: bool = False
    locale: str = "en-US"
    dms_open: bool = True


@dataclass(slots=True, eq=False)
class Role:
    """A role; anybody may call a *mentionable* one."""

    id: Snowflake
    name: str
    permissions: Permission
    position: int
    mentionable: bool = False


@dataclass(slots=True, eq=False)
class Member:
    """Somebody in a guild."""

    user: User
    guild: "Guild" = field(repr=False)
    joined_at: datetime
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None

    def permissions(self) -> Permission:
        """Return what the guild lets this member do, without any channel's overwrites."""
        if self.guild.owner is self.user:
            return EVERYTHING
        base = self.guild.everyone.permissions
        for role in self.roles:
            base |= role.permissions
        return EVERYTHING if Permission.ADMINISTRATOR in base else base


@dataclass(slots=True, eq=False)
class Guild:
    """A server, as people call it."""

    id: Snowflake
    name: str
    owner: User
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    roles: dict[int, Role] = field(default_factory=dict, repr=False)
    channels: dict[int, "Channel"] = field(default_factory=dict, repr=False)
    locale: str = "en-US"

    @property
    def everyone(self) -> Role:
        """The role that all have."""
        return self.roles[self.id]


@dataclass(slots=True, eq=False)
class Channel:
    """A place to talk in: a channel of a guild, a thread of its *parent*, or a direct message."""

    id: Snowflake
    type: ChannelType
    name: str
    guild: Guild | None = field(default=None, repr=False)
    parent: "Channel | None" = field(default=None, repr=False)
    position: int = 0
    owner: User | None = field(default=None, repr=False)
    recipients: list[User] = field(default_factory=list, repr=False)
    overwrites: dict[int, Overwrite] = field(default_factory=dict, repr=False)
    messages: dict[int, "Message"] = field(default_factory=dict, repr=False)
    last: "Snowflake | None" = None
    """The last message that all could see."""

    archived: bool = False
    locked: bool = False

    @property
    def is_thread(self) -> bool:
        """Whether this is a thread, or a post of a forum."""
        return self.type in {ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD}

    def permissions_of(self, user: User) -> Permission:
        """Return what *user* may do here; nothing at all without seeing it."""
        if self.guild is None:
            return EVERYTHING if user in self.recipients else NOTHING
        member = self.guild.members.get(user.id)
        if member is None:
            return NOTHING
        base = member.permissions()
        if base == EVERYTHING:
            return base
        permissions = (self.parent or self)._overwritten(base, member, self.guild)
        return permissions if Permission.VIEW_CHANNEL in permissions else NOTHING

    def _overwritten(self, base: Permission, member: Member, guild: Guild) -> Permission:
        if not self.overwrites:
            return base
        of = self.overwrites
        base = of.get(guild.id, Overwrite()).over(base)
        base = combined(of[role.id] for role in member.roles if role.id in of).over(base)
        return of.get(member.user.id, Overwrite()).over(base)


@dataclass(frozen=True, slots=True)
class Pinged:
    """Whom a message called: their telephones rang."""

    users: tuple[Snowflake, ...] = ()
    roles: tuple[Snowflake, ...] = ()
    everyone: bool = False

    def __bool__(self) -> bool:
        """Tell whether anybody was called."""
        return bool(self.users or self.roles or self.everyone)


@dataclass(slots=True, eq=False)
class Attachment:
    """A file of a message."""

    id: Snowflake
    filename: str
    data: bytes = field(repr=False)
    description: str = ""
    url: str = ""


@dataclass(slots=True, eq=False)
class Message:
    """What somebody posted, as it is now. *to* is who alone sees it, None for all who see the channel.

    *edits* counts its changes, *nonce* is what it was posted with, *past* holds the texts before each edit.
    """

    id: Snowflake
    channel: Channel = field(repr=False)
    author: User = field(repr=False)
    at: datetime
    content: str = ""
    components: list[Json] = field(default_factory=list)
    embeds: list[Json] = field(default_factory=list, repr=False)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    type: int = 0
    nonce: str | int | None = None
    to: User | None = field(default=None, repr=False)
    reactions: dict[str, list[User]] = field(default_factory=dict)
    pinged: Pinged = Pinged()
    mentions: list[User] = field(default_factory=list, repr=False)
    reference: "Message | None" = field(default=None, repr=False)
    interaction: Json | None = field(default=None, repr=False)
    application: "Application | None" = field(default=None, repr=False)
    webhook: bool = False
    edited_at: datetime | None = None
    edits: int = 0
    past: list[str] = field(default_factory=list, repr=False)
    deleted: bool = False
    rendered: list[Json] | None = field(default=None, repr=False)
    """The components as they are on the wire, kept until they change."""

    @property
    def ephemeral(self) -> bool:
        """Whether one person alone sees it."""
        return bool(self.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot is thinking."""
        return bool(self.flags & LOADING)

    @property
    def component_ids(self) -> tuple[int, ...]:
        """The numeric ids of all components, in reading order."""
        return tuple(part["id"] for part in parts_of(self.components) if "id" in part)

    @property
    def custom_ids(self) -> tuple[str, ...]:
        """The custom ids of all that can be pressed or picked from, in reading order."""
        return tuple(part["custom_id"] for part in parts_of(self.components) if "custom_id" in part)

    def component(self, wanted: str) -> Json | None:
        """Return the component with this custom id, or else with this label."""
        parts = list(parts_of(self.components))
        by_id = (part for part in parts if part.get("custom_id") == wanted)
        return next(by_id, next((part for part in parts if part.get("label") == wanted), None))


@dataclass(slots=True, eq=False)
class Application:
    """An application. *intents* are the privileged ones that it may ask for; *commands* are by scope and id.

    *registrations* counts the requests that wrote commands.
    """

    id: Snowflake
    name: str
    user: User = field(repr=False)
    token: str = field(repr=False)
    intents: int = 0
    commands: dict[int | None, dict[int, Json]] = field(default_factory=dict, repr=False)
    registrations: int = 0
    identified: int = 0
    interactions_endpoint_url: str | None = None


def parts_of(components: Sequence[Json]) -> Iterator[Json]:
    """Return all *components* with those inside them, in reading order."""
    for component in components:
        yield component
        yield from parts_of(component.get("components") or ())
        for inside in (component.get("accessory"), component.get("component")):
            if inside:
                yield from parts_of((inside,))


def text_of(message: Message) -> str:
    """Return all text that *message* shows, labels and descriptions of pictures included."""
    said = [message.content] if message.content else []
    said += [text for embed in message.embeds for text in _embedded(embed)]
    said += [text for part in parts_of(message.components) for text in _shown(part)]
    return "\n".join(said)


def _embedded(embed: Json) -> Iterator[str]:
    yield from (str(embed[key]) for key in ("title", "description") if embed.get(key))
    for one in embed.get("fields") or ():
        yield from (str(one["name"]), str(one["value"]))
    if embed.get("footer"):
        yield str(embed["footer"]["text"])


def _shown(part: Json) -> Iterator[str]:
    yield from (str(part[key]) for key in ("content", "label", "placeholder", "description") if part.get(key))
    for option in part.get("options") or ():
        yield from (str(option[key]) for key in ("label", "description") if option.get(key))
    for item in part.get("items") or ():
        if item.get("description"):
            yield str(item["description"])
