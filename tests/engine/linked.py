"""Two platforms on one engine, whose channels may be one: events from both, messages to both."""

from collections import defaultdict
from dataclasses import dataclass, field

from bot.core.commands import Intent
from bot.core.groups import united
from bot.core.ids import EventId, Platform
from bot.engine import codec
from bot.engine.delivery import Deliverer
from bot.engine.events import Event, Reply
from bot.engine.identities import new_channel, new_union
from bot.ports import Post
from bot.records import Account, Changes, MirrorRow, Place, UnionRow
from tests.contracts.stores import save
from tests.engine.halls import Process, SeenTransport

GUILD = Place("discord", "100")
TEAM = Place("slack", "T0/C0")
WORKSPACES = {"discord": "guild", "slack": "T0"}
GUILD_ROW, TEAM_ROW = (new_channel(place, WORKSPACES[place.platform]) for place in (GUILD, TEAM))
UNION = new_union("redeemed")


class _Discord(SeenTransport):
    platform = Platform("discord")


class _Slack(SeenTransport):
    platform = Platform("slack")


@dataclass(slots=True)
class Both:
    """A process that two platforms talk to."""

    process: Process
    discord: SeenTransport = field(default_factory=_Discord)
    slack: SeenTransport = field(default_factory=_Slack)
    _numbers: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def __post_init__(self) -> None:
        """Have messages delivered to both."""
        process, engine = self.process, self.process.engine
        chats = {chat.platform: chat for chat in (self.discord, self.slack)}
        process.deliverer = Deliverer(process.store, process.clock, chats, engine.handle, engine.metrics)
        engine.on_outbox = process.deliverer.notify

    def event(
        self, who: str, place: Place, intent: Intent, *, id_: str = "", organiser: bool = False
    ) -> Event:
        """Return an event of *who*, on the platform of *place*."""
        self._numbers[who] += 1
        return Event(
            id=EventId(id_ or f"{place.platform}:{who}:{self._numbers[who]}"),
            place=place,
            intent=intent,
            at=self.process.clock.now(),
            account=Account(place.platform, who),
            name=who.title(),
            organiser=organiser,
            workspace=WORKSPACES[place.platform],
        )

    async def say(
        self, who: str, place: Place, intent: Intent, *, id_: str = "", organiser: bool = False
    ) -> Reply:
        """Let *who* do something."""
        return await self.process.send(self.event(who, place, intent, id_=id_, organiser=organiser))

    async def link(self) -> None:
        """Make one group of both, and one channel of their two."""
        channels = [GUILD_ROW, TEAM_ROW]
        joint = codec.SETTINGS.encode(united(codec.settings_of(""), codec.settings_of("")))
        unions = [UnionRow(row.own, 0, UNION, joint) for row in channels]
        mirrors = [MirrorRow(TEAM, GUILD_ROW.id)]
        await save(self.process.store, Changes(channels=channels, unions=unions, mirrors=mirrors))

    async def unlink(self) -> None:
        """Make two of them again."""
        await save(self.process.store, Changes(unions=[UnionRow(TEAM_ROW.own, UNION, 0)]))


def public(chat: SeenTransport) -> list[str]:
    """Return the names of a chat's public messages, without what tells one side's from the other's."""
    return [post.key.partition("@")[0] for post in chat.posts if not post.to]


def private(chat: SeenTransport) -> list[str]:
    """Return who had a private message in a chat, in order."""
    return sorted(post.to for post in chat.posts if post.to)


def shown(chat: SeenTransport, name: str) -> Post:
    """Return the public message of a chat whose name ends like that, as it was posted."""
    (post,) = [post for post in chat.posts if post.key.partition("@")[0].endswith(name)]
    return post
