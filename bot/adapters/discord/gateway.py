"""The gateway: discord.py's client, which keeps no messages and no members, and hands on what it hears."""

import logging
from typing import Any, Final, Protocol

import structlog
from discord import AllowedMentions, AutoShardedClient, Guild, Intents, MemberCacheFlags, VoiceClient
from discord.utils import MISSING

from bot.adapters.discord.inbound import Asked
from bot.adapters.discord.reactions import Reacted

INTENTS: Final = Intents(guilds=True, guild_reactions=True, dm_reactions=True)
"""What Discord tells us of: servers with their channels and roles, and reactions. None is privileged."""

log = structlog.get_logger(__name__)


class Hears(Protocol):
    """Whoever is told what happens on Discord."""

    async def asked(self, asked: Asked) -> None:
        """Take an interaction: a command, a control or a form."""
        ...

    async def reacted(self, reacted: Reacted, *, on: bool) -> None:
        """Take a reaction that was put, or taken away."""
        ...

    async def connected(self, shard: int, *, resumed: bool) -> None:
        """Learn that Discord tells us things again; *resumed*, also what happened meanwhile."""
        ...

    async def disconnected(self, shard: int) -> None:
        """Learn that Discord tells us nothing for now."""
        ...

    async def left(self, server: str) -> None:
        """Learn that we were put out of a server, or that it is gone."""
        ...


def briefly(record: logging.LogRecord) -> bool:
    """Let *record* tell its error in a line: a network that is gone needs no trace of every call."""
    if record.exc_info is not None:
        record.msg, record.args = f"{record.getMessage()}: {record.exc_info[1]}", None
        record.exc_info = None
    return True


class Gateway(AutoShardedClient):
    """One bot's connections to Discord, as many as Discord wants for the servers that it is in."""

    def __init__(self, hears: Hears, *, server_seconds: float) -> None:
        """Tell *hears*; after *server_seconds* without another server all are taken to have been told."""
        # We never speak: that nothing is there to speak with is no news to an operator.
        VoiceClient.warn_nacl = VoiceClient.warn_dave = False
        for name in ("discord.client", "discord.shard"):
            logging.getLogger(name).addFilter(briefly)
        super().__init__(
            intents=INTENTS,
            allowed_mentions=AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=server_seconds,
        )
        self._hears = hears

    async def forget(self) -> None:
        """Close what is open and forget what was heard, so that it can log in again."""
        await self.close()
        self.clear()
        self.http.connector = MISSING  # which upstream would use again, though it is closed
        await (
            self._async_setup_hook()
        )  # whose queue still says that we were closed, and would end the next try

    # discord.py calls these by their names.

    async def on_interaction(self, asked: Asked) -> None:
        """Hand on an interaction."""
        await self._hears.asked(asked)

    async def on_raw_reaction_add(self, reacted: Reacted) -> None:
        """Hand on a reaction that was put."""
        await self._hears.reacted(reacted, on=True)

    async def on_raw_reaction_remove(self, reacted: Reacted) -> None:
        """Hand on a reaction that was taken away."""
        await self._hears.reacted(reacted, on=False)

    async def on_shard_connect(self, shard: int) -> None:
        """Hand on that a new session has begun."""
        await self._hears.connected(shard, resumed=False)

    async def on_shard_resumed(self, shard: int) -> None:
        """Hand on that the old session goes on."""
        await self._hears.connected(shard, resumed=True)

    async def on_shard_disconnect(self, shard: int) -> None:
        """Hand on that a connection was lost."""
        await self._hears.disconnected(shard)

    async def on_guild_remove(self, guild: Guild) -> None:
        """Hand on that a server is none of ours any more."""
        await self._hears.left(str(guild.id))

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - upstream's signature
        """Log what no handler caught; upstream would print it."""
        del args, kwargs
        log.error("discord_event_failed", handler=event_method, exc_info=True)  # noqa: LOG014 - upstream calls it in one
