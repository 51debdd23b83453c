"""The world that the emulated Slack holds: who there is, and what was said where.

Nothing here does I/O. Whoever wants to know what happens listens; time comes from a clock.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from tests.emulators.bells import Bell
from tests.emulators.clocks import Clock, wall_clock
from tests.emulators.slack.applications import Application, Installation
from tests.emulators.slack.refusals import Json
from tests.emulators.slack.registers import Register
from tests.emulators.slack.residents import (
    Channel,
    ChannelId,
    ChannelKind,
    File,
    Message,
    Team,
    TeamId,
    Ts,
    User,
    Usergroup,
    UserId,
    View,
)

_ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
_MICROSECONDS: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Happening:
    """Something happened. *event* is Slack's name of it; *app*, if given, alone hears of it."""

    event: str
    team: Team
    channel: Channel | None = None
    message: Message | None = None
    user: User | None = None
    reaction: str = ""
    app: Application | None = None
    at: str = ""
    details: Json | None = None


class World:
    """Everything there is. *posted* has every message, deleted ones too; *now* tells the time, and moves."""

    def __init__(self, now: Callable[[], datetime] = wall_clock) -> None:
        """Begin with nothing but the time that *now* tells."""
        self.now = Clock(now)
        self.bell = Bell()
        self.teams: dict[str, Team] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.apps: dict[str, Application] = {}
        self.files: dict[str, File] = {}
        self.files_at = "https://files.slack.com"
        """Where files are to be had."""

        self.views: dict[str, View] = {}
        self.homes: dict[tuple[str, str], View] = {}
        """What apps show people at home, by the app's and the person's id."""

        self.posted: list[Message] = []
        self.repeated = 0
        """How often a post was answered with the message that was there, because of its client_msg_id."""

        self.checks = True
        """Whether blocks are checked; a measurement may do without."""

        self.register = Register(self)
        self._listeners: list[Callable[[Happening], None]] = []
        self._ids = Random("slack")
        self._last = 0
        self._direct: dict[frozenset[str], Channel] = {}

    # ------------------------------------------------------------------------------------- ids and happenings

    def id(self, prefix: str, length: int = 10) -> str:
        """Return a new id such as Slack's."""
        return prefix + "".join(self._ids.choices(_ALPHABET, k=length))

    def secret(self, length: int = 32) -> str:
        """Return a new secret."""
        return f"{self._ids.getrandbits(length * 4):0{length}x}"

    def ts(self, at: datetime | None = None) -> Ts:
        """Return a new time, after all that were given before; or just the time *at*."""
        moment = at or self.now()
        micros = round(moment.timestamp() * _MICROSECONDS)
        if at is None:
            micros = self._last = max(micros, self._last + 1)
        return Ts(f"{micros // _MICROSECONDS}.{micros % _MICROSECONDS:06d}")

    def listen(self, listener: Callable[[Happening], None]) -> None:
        """Call *listener* at whatever happens from now on."""
        self._listeners.append(listener)

    def tell(self, happening: Happening) -> None:
        """Tell all who listen."""
        for listener in self._listeners:
            listener(happening)
        self.bell.ring()

    # ----------------------------------------------------------------------------------- people and places

    def team(self, name: str = "School") -> Team:
        """Let there be a workspace."""
        domain = "".join(letter for letter in name.lower() if letter.isalnum())
        team = Team(TeamId(self.id("T")), name, domain)
        self.teams[team.id] = team
        return team

    def first_team(self) -> Team:
        """Return the first workspace; there is one as soon as somebody asks."""
        return next(iter(self.teams.values()), None) or self.team()

    def user(self, name: str, *, team: Team | None = None, admin: bool = False, owner: bool = False) -> User:
        """Let there be a person, in the first workspace unless *team* is another."""
        team = team or self.first_team()
        handle = "".join(letter for letter in name.lower() if letter.isalnum()) or "someone"
        user = User(UserId(self.id("U")), team, handle, name, name, admin=admin or owner, owner=owner)
        return self.settle(user)

    def settle(self, user: User) -> User:
        """Let somebody live in their workspace."""
        self.users[user.id] = user.team.users[user.id] = user
        return user

    def application(
        self, name: str = "Study Hall", *, team: Team | None = None, installed: bool = True
    ) -> Application:
        """Let there be an application; it is installed in a workspace unless it is not to be."""
        app = self.register.application(name)
        if installed:
            self.install(app, team)
        return app

    def install(
        self, app: Application, team: Team | None = None, scopes: Iterable[str] | None = None
    ) -> Installation:
        """Install *app* in a workspace, or again, with what it asks for or *scopes*."""
        return self.register.install(app, team or self.first_team(), scopes)

    def usergroup(self, handle: str, users: Iterable[User], team: Team | None = None) -> Usergroup:
        """Let there be a group of people that can be called by its *handle*."""
        group = Usergroup(self.id("S"), team or self.first_team(), handle, list(users))
        group.team.usergroups[group.id] = group
        return group

    def channel(
        self,
        name: str,
        members: Iterable[User] | None = None,
        *,
        team: Team | None = None,
        private: bool = False,
    ) -> Channel:
        """Let there be a channel, with *members*, or everybody there is in the workspace, bots too."""
        team = team or self.first_team()
        people = list(team.users.values()) if members is None else list(members)
        kind = ChannelKind.PRIVATE if private else ChannelKind.PUBLIC
        creator = next((user for user in people if not user.bot), None) or people[0]
        channel = Channel(ChannelId(self.id("C")), kind, name, team, creator, int(self.now.seconds()))
        channel.members = {user.id: user for user in people}
        self.channels[channel.id] = team.channels[channel.id] = channel
        if not private:
            self.tell(Happening("channel_created", team, channel, user=creator))
        return channel

    def dm(self, one: User, other: User) -> Channel:
        """Return the channel in which two are alone; make it if need be."""
        ids = frozenset((one.id, other.id))
        if ids not in self._direct:
            channel = Channel(ChannelId(self.id("D")), ChannelKind.IM, "", one.team, one)
            channel.created = int(self.now.seconds())
            channel.members = {one.id: one, other.id: other}
            self._direct[ids] = self.channels[channel.id] = channel
        return self._direct[ids]

    def has_dm(self, one: User, other: User) -> bool:
        """Tell whether two have begun to talk."""
        return frozenset((one.id, other.id)) in self._direct

    def join(self, channel: Channel, user: User, inviter: User | None = None) -> None:
        """Let *user* come into *channel*; twice is as good as once."""
        if user.id not in channel.members:
            channel.members[user.id] = user
            details = {"inviter": inviter.id} if inviter else None
            self.tell(Happening("member_joined_channel", channel.team, channel, user=user, details=details))

    def leave(self, channel: Channel, user: User) -> None:
        """Let *user* go out of *channel*, or be put out."""
        if channel.members.pop(user.id, None) is None:
            return
        self.tell(Happening("member_left_channel", channel.team, channel, user=user))
        if user.app is not None:
            event = "group_left" if channel.kind is ChannelKind.PRIVATE else "channel_left"
            self.tell(Happening(event, channel.team, channel, user=user, app=user.app))

    def archive(self, channel: Channel, *, archived: bool = True) -> None:
        """Let *channel* be archived, or opened again."""
        channel.archived = archived
        stem = "group" if channel.kind is ChannelKind.PRIVATE else "channel"
        event = f"{stem}_archive" if archived else f"{stem}_unarchive"
        self.tell(Happening(event, channel.team, channel, user=channel.creator))

    def rename(self, channel: Channel, name: str) -> None:
        """Give *channel* another name."""
        channel.name = name
        stem = "group" if channel.kind is ChannelKind.PRIVATE else "channel"
        self.tell(Happening(f"{stem}_rename", channel.team, channel))

    def delete_channel(self, channel: Channel) -> None:
        """Let *channel* be gone, with all that was said in it."""
        channel.deleted = True
        self.channels.pop(channel.id, None)
        channel.team.channels.pop(channel.id, None)
        stem = "group" if channel.kind is ChannelKind.PRIVATE else "channel"
        self.tell(Happening(f"{stem}_deleted", channel.team, channel, user=channel.creator))

    def can_show(self, file_id: str) -> bool:
        """Tell whether a file is there, and ready to be shown."""
        file = self.files.get(file_id)
        return file is not None and file.ready_at is not None and file.ready_at <= self.now()

    # --------------------------------------------------------------------------------------------- messages

    def post(self, message: Message) -> Message:
        """Show *message*."""
        self.posted.append(message)
        if message.ephemeral_to is not None and not message.ephemeral_to.online:
            message.deleted = True
            return message
        message.channel.messages[message.ts] = message
        if message.ephemeral_to is None:
            self._tell("message", message, message.author)
        else:
            self.bell.ring()
        return message

    def edited(self, message: Message) -> None:
        """Tell that *message* shows something else now."""
        message.edited_at, message.rendered = self.now(), None
        message.edits += 1
        if message.ephemeral_to is None:
            self._tell("message_changed", message, message.author)
        else:
            self.bell.ring()

    def delete(self, message: Message) -> None:
        """Show *message* no more."""
        message.deleted = True
        message.channel.messages.pop(message.ts, None)
        if message.ephemeral_to is None:
            self._tell("message_deleted", message, message.author)
        else:
            self.bell.ring()

    def react(self, message: Message, user: User, name: str) -> bool:
        """Put a reaction; False when it was there."""
        users = message.reactions.setdefault(name, [])
        if user in users:
            return False
        users.append(user)
        message.rendered = None
        self._tell("reaction_added", message, user, name)
        return True

    def unreact(self, message: Message, user: User, name: str) -> bool:
        """Take a reaction away; False when there was none."""
        users = message.reactions.get(name, [])
        if user not in users:
            return False
        users.remove(user)
        message.rendered = None
        if not users:
            del message.reactions[name]
        self._tell("reaction_removed", message, user, name)
        return True

    def doubled(self, of: Callable[[Message], str | None]) -> Mapping[str, int]:
        """Return how often each thing was shown that was shown twice or more; *of* says what it is."""
        shown = Counter(what for message in self.posted if (what := of(message)) is not None)
        return {what: times for what, times in shown.items() if times > 1}

    def _tell(self, event: str, message: Message, user: User, reaction: str = "") -> None:
        channel, at = message.channel, self.ts()
        self.tell(Happening(event, channel.team, channel, message, user, reaction, at=at))
