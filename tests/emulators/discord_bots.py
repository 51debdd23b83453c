"""A bot of a few lines on the unmodified discord.py, for the emulator's own tests."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import discord
from discord import ui

from tests.emulators.discord import (
    Application,
    Bell,
    Channel,
    DiscordServer,
    Guild,
    Person,
    World,
    discord_at,
)

Handler = Callable[[discord.Interaction], Awaitable[None]]

COMMANDS = [
    {
        "name": "quiz",
        "description": "Study together",
        "options": [
            {
                "type": 1,
                "name": "play",
                "description": "Start a round",
                "options": [
                    {"type": 3, "name": "deck", "description": "Which", "autocomplete": True},
                    {"type": 4, "name": "count", "description": "How many", "min_value": 1, "max_value": 50},
                    {"type": 8, "name": "role", "description": "Whom to call"},
                ],
            },
            {
                "type": 2,
                "name": "daily",
                "description": "Questions by the day",
                "options": [
                    {
                        "type": 1,
                        "name": "set",
                        "description": "Set it up",
                        "options": [
                            {"type": 3, "name": "zone", "description": "Where", "required": True},
                        ],
                    }
                ],
            },
        ],
    },
    {"name": "Flag this question", "type": 3},
]


class Bot(discord.Client):
    """Notes what it hears, and does with an interaction what its handler says."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents=intents or discord.Intents.default(), guild_ready_timeout=0.05)
        self.heard: list[str] = []
        self.messages: list[discord.Message] = []
        self.handler: Handler | None = None
        self.bell = Bell()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Do not wait five seconds before a second session, as the library does by itself."""

    async def on_socket_event_type(self, name: str) -> None:
        """Note the name of an event."""
        self.heard.append(name)
        self.bell.ring()

    async def on_message(self, message: discord.Message) -> None:
        """Note a message."""
        self.messages.append(message)
        self.bell.ring()

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Handle an interaction."""
        if self.handler is not None:
            await self.handler(interaction)


@dataclass(slots=True)
class Stage:
    """A server, a guild with a channel and two people, and a bot that is connected."""

    server: DiscordServer
    world: World
    app: Application
    guild: Guild
    channel: Channel
    ann: Person
    ben: Person
    bot: Bot

    def text_channel(self, channel: Channel | None = None) -> discord.PartialMessageable:
        """Return a channel as the bot posts to it."""
        return self.bot.get_partial_messageable(int((channel or self.channel).id))

    async def heard(self, event: str, times: int = 1) -> None:
        """Wait until the bot has heard of *event*, so many *times* in all."""
        await self.bot.bell.until(lambda: self.bot.heard.count(event) >= times, what=event)


@asynccontextmanager
async def stage(
    server: DiscordServer | None = None, intents: discord.Intents | None = None
) -> AsyncIterator[Stage]:
    """Set the stage, with the bot ready; take all down at the end."""
    server = server or DiscordServer()
    world = server.world
    app = world.application()
    ann, ben = world.user("Ann"), world.user("Ben")
    guild = world.guild("School", owner=ann, members=[ben])
    channel = world.channel(guild, "quiz")
    bot = Bot(intents)
    async with server:
        with discord_at(server.address):
            task = asyncio.create_task(bot.start(app.token))
            try:
                async with asyncio.timeout(5):
                    await server.connected(app)
                    await bot.wait_until_ready()
                    await bot.http.bulk_upsert_global_commands(app.id, COMMANDS)  # type: ignore[arg-type]  # plain JSON
                yield Stage(server, world, app, guild, channel, server.person(ann), server.person(ben), bot)
            finally:
                await bot.close()
                await asyncio.wait([task])


def layout(*rows: str, text: str = "Which one?", marker: int = 7) -> ui.LayoutView:
    """Return a message of a container with a text and a row of buttons, one a custom id."""
    view = ui.LayoutView(timeout=None)
    buttons: list[ui.Button[ui.LayoutView]] = [ui.Button(label=row.upper(), custom_id=row) for row in rows]
    inside: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(text)]
    if buttons:
        inside.append(ui.ActionRow(*buttons))
    view.add_item(ui.Container(*inside, id=marker))
    view.stop()
    return view
