"""One study hall on an emulated Discord and an emulated Slack, served by one program."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import running
from bot.config import Config
from tests.adapters.discord.halls import Hall as DiscordHall
from tests.adapters.slack.halls import Hall as SlackHall
from tests.emulators.discord import DiscordServer
from tests.emulators.discord import Message as DiscordMessage
from tests.emulators.slack import Message as SlackMessage
from tests.emulators.slack import SlackServer


class Campus:
    """A Discord server and a Slack workspace, each with its channel quiz, its owner Zoe, and Ann and Ben."""

    def __init__(self, discord: DiscordServer, slack: SlackServer, folder: Path) -> None:
        """Let everybody be there; the program keeps its things in *folder*."""
        self.discord = DiscordHall(discord, folder)
        self.slack = SlackHall(slack, folder)

    @property
    def config(self) -> Config:
        """Settings that serve both."""
        ours = self.slack.config
        return Config.model_construct(
            database_url=ours.database_url,
            content=ours.content,
            web=ours.web,
            slack=ours.slack,
            discord=self.discord.config.discord,
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Let the program serve while the block runs."""
        async with running(self.config, clock=self.slack.clock):
            await self.discord.server.connected(self.discord.app)
            await self.slack.server.connected(self.slack.app)
            yield

    async def both(self, words: str) -> tuple[DiscordMessage, SlackMessage]:
        """Wait until the latest messages that say *words* are there on both sides, and return them."""
        return await self.discord.shown(words), await self.slack.shown(words)

    async def until(self, look: Callable[[], object], what: str = "") -> None:
        """Wait until *look* is true, at whatever happens on Slack."""
        await self.slack.until(look, what)
