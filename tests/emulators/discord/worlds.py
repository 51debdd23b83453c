"""The world that the emulated Discord holds: who there is, and what was said where.

Nothing here does I/O. Whoever wants to know what happens (the gateway) listens; time comes from a clock that
is handed in.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from typing import Final
from urllib.parse import quote

from tests.emulators.bells import Bell
from tests.emulators.clocks import wall_clock
from tests.emulators.discord.permissions import NOTHING, USUAL, Overwrite, Permission
from tests.emulators.discord.residents import (
    Application,
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Member,
    Message,
    Role,
    Snowflake,
    User,
)

EPOCH_MS: Final = 1_420_070_400_000
"""Discord's own: the first second of 2015."""

NONCE_SECONDS: Final = 180.0
_SHIFT: Final = 22


@dataclass(frozen=True, slots=True)
class Happening:
    """Something happened. *event* is the gateway's name of it; *application*, if given, alone hears of it."""

    event: str
    guild: Guild | None = None
    channel: Channel | None = None
    message: Message | None = None
    user: User | None = None
    emoji: str = ""
    role: Role | None = None
    application: Application | None = None
    outage: bool = False


@dataclass(frozen=True, slots=True)
class Remembered:
    """A message that was posted with a nonce."""

    until: datetime
    message: Message


def moment_of(snowflake: int) -> datetime:
    """Return when *snowflake* was made."""
    return datetime.fromtimestamp(((snowflake >> _SHIFT) + EPOCH_MS) / 1000, UTC)


class World:
    """Everything there is. *messages* counts only what is still shown; *posted* has all, deleted ones too."""

    def __init__(
        self, now: Callable[[], datetime] = wall_clock, nonce_seconds: float = NONCE_SECONDS
    ) -> None:
        """Begin with nothing but the time that *now* tells."""
        self.now = now
        self.nonce_seconds = nonce_seconds
        self.bell = Bell()
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.applications: dict[int, Application] = {}
        self.posted: list[Message] = []
        self.sent: dict[str, Attachment] = {}
        """The files that people sent with commands, by their ids."""

        self.files_at = "https://cdn.discordapp.com"
        """Where files are to be had."""

        self.repeated = 0
        """How often a post was answered with the message that was there, because its nonce was remembered."""

        self._listeners: list[Callable[[Happening], None]] = []
        self._last = 0
        self._early = count(1)
        self._direct: dict[frozenset[int], Channel] = {}
        self._nonces: dict[tuple[int, int, str], Remembered] = {}
        self._oldest: deque[tuple[datetime, tuple[int, int, str]]] = deque()

    # ------------------------------------------------------------------------------------------------- time

    def snowflake(self, at: datetime | None = None) -> Snowflake:
        """Return a new id: ascending, or one that tells the time *at*."""
        if at is not None:
            return Snowflake((_milliseconds(at) << _SHIFT) + (1 << _SHIFT) - next(self._early))
        self._last = max(self._last + 1, _milliseconds(self.now()) << _SHIFT)
        return Snowflake(self._last)

    def listen(self, listener: Callable[[Happening], None]) -> None:
        """Call *listener* at whatever happens from now on."""
        self._listeners.append(listener)

    def tell(self, happening: Happening) -> None:
        """Tell all who listen."""
        for listener in self._listeners:
            listener(happening)
        self.bell.ring()

    # ----------------------------------------------------------------------------------- people and places

    def user(self, name: str, *, locale: str = "en-US", bot: bool = False) -> User:
        """Let there be a person."""
        user = User(self.snowflake(), name, bot=bot, locale=locale)
        self.users[user.id] = user
        return user

    def application(self, name: str = "Study Hall", token: str = "") -> Application:
        """Let there be an application with its bot; both have the same id."""
        user = self.user(name, bot=True)
        app = Application(user.id, name, user, token or f"token-of-{user.id}")
        self.applications[app.id] = app
        return app

    def guild(
        self,
        name: str,
        owner: User,
        members: Iterable[User] = (),
        apps: Iterable[Application] | None = None,
    ) -> Guild:
        """Let there be a guild. Every application there is comes with it, unless *apps* names those."""
        guild = Guild(self.snowflake(), name, owner)
        guild.roles[guild.id] = Role(guild.id, "@everyone", USUAL, 0)
        self.guilds[guild.id] = guild
        for user in (owner, *members):
            self.join(guild, user)
        for app in self.applications.values() if apps is None else apps:
            self.invite(guild, app)
        return guild

    def join(self, guild: Guild, user: User, *roles: Role) -> Member:
        """Let *user* become a member of *guild*, or have *roles* as well when it is one already."""
        member = guild.members.setdefault(user.id, Member(user, guild, self.now()))
        member.roles.extend(role for role in roles if role not in member.roles)
        return member

    def invite(self, guild: Guild, app: Application, permissions: Permission = USUAL) -> Member:
        """Let *app* be added to *guild*, with a role of its own that gives *permissions*."""
        role = self.role(guild, app.name, permissions=permissions)
        member = self.join(guild, app.user, role)
        self.tell(Happening("GUILD_CREATE", guild, application=app))
        return member

    def dismiss(self, guild: Guild, app: Application) -> None:
        """Let *app* be thrown out of *guild*."""
        self.tell(Happening("GUILD_DELETE", guild, application=app))
        del guild.members[app.user.id]

    def outage(self, guild: Guild) -> None:
        """Let *guild* be out of reach for all bots, until :meth:`recover`; none of them has left it."""
        self.tell(Happening("GUILD_DELETE", guild, outage=True))

    def recover(self, guild: Guild) -> None:
        """Let *guild* be in reach again."""
        self.tell(Happening("GUILD_CREATE", guild))

    def role(
        self,
        guild: Guild,
        name: str,
        members: Iterable[User] = (),
        permissions: Permission = NOTHING,
        *,
        mentionable: bool = False,
    ) -> Role:
        """Let there be a role in *guild*, which *members* have."""
        role = Role(self.snowflake(), name, permissions, len(guild.roles), mentionable=mentionable)
        guild.roles[role.id] = role
        for user in members:
            guild.members[user.id].roles.append(role)
        self.tell(Happening("GUILD_ROLE_CREATE", guild, role=role))
        return role

    def channel(self, guild: Guild, name: str, type_: ChannelType = ChannelType.TEXT) -> Channel:
        """Let there be a channel in *guild*."""
        channel = Channel(self.snowflake(), type_, name, guild, position=len(guild.channels))
        self.channels[channel.id] = guild.channels[channel.id] = channel
        self.tell(Happening("CHANNEL_CREATE", guild, channel))
        return channel

    def forum(self, guild: Guild, name: str) -> Channel:
        """Let there be a forum in *guild*; its posts are threads."""
        return self.channel(guild, name, ChannelType.FORUM)

    def thread(self, parent: Channel, name: str, by: User | None = None, text: str = "") -> Channel:
        """Let *by* open a thread in a channel, or a post of a forum, whose first message says *text*."""
        guild = parent.guild
        if guild is None:
            raise ValueError("A direct message has no threads.")
        thread = Channel(self.snowflake(), ChannelType.PUBLIC_THREAD, name, guild, parent=parent)
        thread.owner = by or guild.owner
        self.channels[thread.id] = guild.channels[thread.id] = thread
        self.tell(Happening("THREAD_CREATE", guild, thread))
        if text:
            first = thread.id if parent.type is ChannelType.FORUM else self.snowflake()
            self.post(Message(first, thread, thread.owner, self.now(), content=text))
        return thread

    def archive(self, thread: Channel, *, archived: bool = True, locked: bool = False) -> None:
        """Let a thread be archived or opened again, and locked or not."""
        thread.archived, thread.locked = archived, locked
        self.tell(Happening("THREAD_UPDATE", thread.guild, thread))

    def delete_channel(self, channel: Channel) -> None:
        """Let a channel be gone, with all that was said in it."""
        self.channels.pop(channel.id, None)
        if channel.guild is not None:
            channel.guild.channels.pop(channel.id, None)
        event = "THREAD_DELETE" if channel.is_thread else "CHANNEL_DELETE"
        self.tell(Happening(event, channel.guild, channel))

    def overwrite(
        self,
        channel: Channel,
        whom: User | Role,
        allow: Permission = NOTHING,
        deny: Permission = NOTHING,
    ) -> None:
        """Allow and deny a role or a person something in one channel, instead of what was said before."""
        channel.overwrites[whom.id] = Overwrite(allow, deny)
        self.tell(Happening("CHANNEL_UPDATE", channel.guild, channel))

    def dm(self, *people: User) -> Channel:
        """Return the channel in which two people, one of them a bot, are alone; make it if need be."""
        ids = frozenset(user.id for user in people)
        if ids not in self._direct:
            channel = Channel(self.snowflake(), ChannelType.DM, "", recipients=list(people))
            self._direct[ids] = self.channels[channel.id] = channel
        return self._direct[ids]

    # --------------------------------------------------------------------------------------------- messages

    def post(self, message: Message) -> Message:
        """Show *message*."""
        channel = message.channel
        channel.messages[message.id] = message
        self.posted.append(message)
        if message.to is None:
            channel.last = message.id
            self.tell(Happening("MESSAGE_CREATE", channel.guild, channel, message))
        else:
            self.bell.ring()
        return message

    def edited(self, message: Message) -> None:
        """Tell that *message* shows something else now."""
        message.edited_at = self.now()
        if message.to is None:
            self.tell(Happening("MESSAGE_UPDATE", message.channel.guild, message.channel, message))
        else:
            self.bell.ring()

    def delete(self, message: Message) -> None:
        """Show *message* no more."""
        message.deleted = True
        message.channel.messages.pop(message.id, None)
        if message.to is None:
            self.tell(Happening("MESSAGE_DELETE", message.channel.guild, message.channel, message))

    def react(self, message: Message, user: User, emoji: str) -> None:
        """Put a reaction; twice is as good as once."""
        users = message.reactions.setdefault(emoji, [])
        if user not in users:
            users.append(user)
            self._tell_reaction("MESSAGE_REACTION_ADD", message, user, emoji)

    def unreact(self, message: Message, user: User, emoji: str) -> bool:
        """Take a reaction away; False when there was none."""
        users = message.reactions.get(emoji, [])
        if user not in users:
            return False
        users.remove(user)
        if not users:
            del message.reactions[emoji]
        self._tell_reaction("MESSAGE_REACTION_REMOVE", message, user, emoji)
        return True

    def posted_with(self, author: User, channel: Channel, nonce: str) -> Message | None:
        """Return what *author* posted with *nonce*, while that is remembered."""
        found = self._nonces.get((author.id, channel.id, nonce))
        if found is None or found.until <= self.now():
            return None
        self.repeated += 1
        return found.message

    def remember(self, message: Message, nonce: str) -> None:
        """Remember what *message* was posted with, for a while."""
        now = self.now()
        while self._oldest and self._oldest[0][0] <= now:
            _, key = self._oldest.popleft()
            if key in self._nonces and self._nonces[key].until <= now:
                del self._nonces[key]
        until = datetime.fromtimestamp(now.timestamp() + self.nonce_seconds, UTC)
        key = (message.author.id, message.channel.id, nonce)
        self._nonces[key] = Remembered(until, message)
        self._oldest.append((until, key))

    def doubled(self, of: Callable[[Message], str | None]) -> Mapping[str, int]:
        """Return how often each thing was shown that was shown twice or more; *of* says what it is."""
        shown = Counter(what for message in self.posted if (what := of(message)) is not None)
        return {what: times for what, times in shown.items() if times > 1}

    def attachment(self, filename: str, data: bytes, description: str) -> Attachment:
        """Return a file that was uploaded."""
        return Attachment(self.snowflake(), filename, data, description)

    def file(self, filename: str, data: bytes) -> Attachment:
        """Return a file that somebody is about to send with a command."""
        file = self.attachment(filename, data, "")
        file.url = f"{self.files_at}/attachments/{file.id}/{quote(filename)}"
        self.sent[str(file.id)] = file
        return file

    def _tell_reaction(self, event: str, message: Message, user: User, emoji: str) -> None:
        channel = message.channel
        self.tell(Happening(event, channel.guild, channel, message, user, emoji))


def _milliseconds(at: datetime) -> int:
    return round(at.timestamp() * 1000) - EPOCH_MS
