"""Discord as a transport: one bot, connected by Discord's gateway, without any privileged intent."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any, Final, cast

import structlog
from discord import LoginFailure

from bot.adapters.discord.addresses import serve_api, serve_gateway
from bot.adapters.discord.commands import register
from bot.adapters.discord.conversations import Conversation
from bot.adapters.discord.desk import Desk
from bot.adapters.discord.failures import FAULTS
from bot.adapters.discord.gateway import Gateway
from bot.adapters.discord.inbound import PLATFORM, Asked
from bot.adapters.discord.names import Names
from bot.adapters.discord.permissions import invite_link
from bot.adapters.discord.reactions import Reacted, Reactions
from bot.adapters.discord.sending import Sending
from bot.adapters.discord.whispers import Whispers
from bot.core.errors import DeliveryDelayed
from bot.core.ids import Platform
from bot.ports import Clock, Post
from bot.records import Place

FIRST_RETRY: Final = 1.0
LONGEST_RETRY: Final = 60.0
NOT_HERE_SECONDS: Final = 2.0
SERVER_SECONDS: Final = 2.0
UNNOTICED_SECONDS: Final = 3.0
"""A connection that comes back within this time is resumed, and what happened meanwhile arrives."""

SAID_AGAIN_SECONDS: Final = 30.0
"""How often rounds are told again to stand still; they would go on by themselves after two minutes."""

REFUSED: Final = (
    "Discord refuses the token. Copy the bot's token from the developer portal into DISCORD_TOKEN "
    "and start again; the web chat goes on without Discord."
)

log = structlog.get_logger(__name__)


class DiscordChat:
    """Serves Discord: hands what people do there to the desk, and delivers what the outbox holds."""

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        *,
        token: str,
        api_url: str | None = None,
        server: int | None = None,
        server_seconds: float = SERVER_SECONDS,
    ) -> None:
        """Connect as the bot with this *token*; with a *server*, commands are registered there alone."""
        self._desk = desk
        self._clock = clock
        self._token = token
        self._api_url = api_url
        self._server = server
        self._gateway = Gateway(self, server_seconds=server_seconds)
        whispers = Whispers()
        self._sending = Sending(self._gateway, desk, clock, whispers)
        self._conversation = Conversation(desk, self._sending, whispers, Names())
        self._reactions = Reactions(self._gateway, desk, self._sending, clock)
        self._doing: set[asyncio.Task[None]] = set()
        self._lost: set[int] = set()
        self._connected: set[int] = set()
        self._suspending: set[asyncio.Task[None]] = set()
        self._stopping = False
        self._logged_in = False

    @property
    def platform(self) -> Platform:
        """The platform's name."""
        return PLATFORM

    @property
    def here(self) -> bool:
        """Whether Discord tells us what happens in all of our servers."""
        return len(self._connected) >= (self._gateway.shard_count or 1)

    async def post(self, post: Post) -> str:
        """Post a message and return the platform's ids of its parts; the same key twice is one message."""
        self._check()
        return await self._sending.post(post)

    async def edit(self, ref: str, post: Post) -> None:
        """Replace what the message *ref* shows."""
        self._check()
        await self._sending.edit(ref, post)

    # ------------------------------------------------------------------------------------------- lifecycle

    async def run(self) -> None:
        """Be connected until cancelled, whatever becomes of the connection.

        A token that Discord refuses ends it: no further try would help.
        """
        wait = FIRST_RETRY
        while True:
            begun = self._clock.now()
            try:
                await self._connect()
            except LoginFailure as error:
                log.warning("discord_token_refused", error=str(error), note=REFUSED)
                return
            except FAULTS as error:
                log.warning("discord_connection_failed", error=str(error), again_in=wait)
            except AttributeError as error:
                # discord.py trips over itself when the very first connection to the gateway fails.
                log.warning("discord_connection_failed", error=str(error), again_in=wait)
            finally:
                await self._disconnect()
            wait = self._next_wait(wait, begun)
            await self._clock.sleep(wait)

    async def stop(self) -> None:
        """Take nothing more, and return when what was taken is answered."""
        self._stopping = True
        for suspending in self._suspending:
            suspending.cancel()
        while self._doing:
            await asyncio.wait(self._doing)

    async def _connect(self) -> None:
        if self._api_url is not None:
            serve_api(self._api_url)
        await self._gateway.login(self._token)
        self._logged_in = True
        shards, url, _ = await self._gateway.http.get_bot_gateway()
        serve_gateway(url)
        self._gateway.shard_count = shards
        registering = asyncio.create_task(self._register())
        try:
            await self._gateway.connect()
        finally:
            registering.cancel()

    async def _disconnect(self) -> None:
        self._logged_in = False
        self._connected.clear()
        await self._gateway.forget()
        await self.disconnected(0)

    async def _register(self) -> None:
        """Register our commands, again and again until Discord has taken them."""
        application, wait = self._gateway.application_id or 0, FIRST_RETRY
        while True:
            try:
                changed = await register(self._gateway, application, self._server)
            except FAULTS as error:
                wait = min(LONGEST_RETRY, wait * 2)
                log.warning("discord_commands_not_registered", error=str(error), again_in=wait)
                await self._clock.sleep(wait)
            else:
                log.info("discord_commands", changed=changed, invite=invite_link(application))
                return

    def _next_wait(self, wait: float, begun: datetime) -> float:
        """Return how long to wait before the next try: longer each time, unless the last one held."""
        held = (self._clock.now() - begun).total_seconds() > LONGEST_RETRY
        return FIRST_RETRY if held else min(LONGEST_RETRY, wait * 2)

    def _check(self) -> None:
        """Raise DeliveryDelayed while there is nobody to send anything to."""
        if not self._logged_in:
            message = "Discord is not connected; the message waits."
            raise DeliveryDelayed(message, NOT_HERE_SECONDS, tried=False)

    def _begin(self, doing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(doing)
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)
        return task

    # -------------------------------------------------------------------------------------- what is heard

    async def asked(self, asked: Asked) -> None:
        """Take an interaction: a command, a control or a form; once we go, none."""
        if self._stopping:
            return
        # discord.py has begun a task for it already, and a second one would cost as much again.
        doing = cast("asyncio.Task[None]", asyncio.current_task())
        self._doing.add(doing)
        try:
            await self._conversation.take(asked)
        finally:
            self._doing.discard(doing)

    async def reacted(self, reacted: Reacted, *, on: bool) -> None:
        """Take a reaction that was put, or taken away."""
        if self._stopping:
            return
        await self._begin(self._reactions.take(reacted, on=on))

    async def connected(self, shard: int, *, resumed: bool) -> None:
        """Learn that Discord tells us things again; *resumed*, also what happened meanwhile."""
        self._lost.discard(shard)
        self._connected.add(shard)
        log.info("discord_connected", shard=shard, resumed=resumed)
        await self._desk.heard(PLATFORM, self._concerns(shard))

    async def disconnected(self, shard: int) -> None:
        """Learn that Discord tells us nothing for now."""
        self._connected.discard(shard)
        if shard in self._lost or self._stopping:
            return  # a try to connect again has failed, or we go
        log.info("discord_disconnected", shard=shard)
        self._lost.add(shard)
        suspending = asyncio.create_task(self._suspend(shard))
        self._suspending.add(suspending)
        suspending.add_done_callback(self._suspending.discard)

    async def _suspend(self, shard: int) -> None:
        """Let rounds stand still, unless the connection comes back before anybody has noticed.

        They go on by themselves when nobody says again that they should not: this process may end.
        """
        await self._clock.sleep(UNNOTICED_SECONDS)
        while shard in self._lost:
            await self._desk.unheard(PLATFORM, self._concerns(shard))
            if shard in self._lost:
                await self._clock.sleep(SAID_AGAIN_SECONDS)
        await self._desk.heard(
            PLATFORM, self._concerns(shard)
        )  # it came back, perhaps while they were being told

    def _concerns(self, shard: int) -> Callable[[Place], bool]:
        """Return what tells whether a place is one that *shard* hears."""

        def concerns(place: Place) -> bool:
            channel = self._gateway.get_channel(int(place.id))
            guild = getattr(channel, "guild", None)
            return guild is None or guild.shard_id == shard

        return concerns

    async def left(self, server: str) -> None:
        """Learn that we were put out of a server, or that it is gone."""
        log.info("discord_left", server=server)
        await self._desk.left(PLATFORM, server)
