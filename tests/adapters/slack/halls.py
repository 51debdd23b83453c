"""A study hall on the emulated Slack: the whole program, a workspace with a channel, and people in it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import SecretStr

from bot.app import running
from bot.config import Config, Slack, Web
from tests.adapters.clocks import MovedClock
from tests.adapters.packs import write_sea
from tests.emulators.bells import WAIT_SECONDS
from tests.emulators.slack import (
    Application,
    Channel,
    Interaction,
    Message,
    Person,
    SlackServer,
    Team,
    View,
    elements_of,
    text_of,
)

By = Literal["socket", "http"]
"""How the program is connected."""


class Hall:
    """A workspace called School with the channel quiz, whose owner is Zoe; Ann and Ben are members."""

    def __init__(
        self, server: SlackServer, folder: Path, by: By = "socket", clock: MovedClock | None = None
    ) -> None:
        """Let everybody be there; the program keeps its things in *folder*."""
        self.server = server
        self.folder = folder
        self.by = by
        self.clock = clock or MovedClock()
        world = server.world
        self.team: Team = world.team("School")
        self.zoe = server.person(world.user("Zoe", owner=True))
        self.ann, self.ben = (server.person(world.user(name)) for name in ("Ann", "Ben"))
        self.app: Application = world.application()
        self.channel: Channel = world.channel("quiz")
        content = folder / "content"
        if not content.exists():
            write_sea(content)

    def join(self, name: str) -> Person:
        """Let somebody else become a member."""
        person = self.server.person(self.server.world.user(name))
        self.server.world.join(self.channel, person.user)
        return person

    @property
    def config(self) -> Config:
        """Settings that serve this hall alone."""
        by_socket = self.by == "socket"
        return Config.model_construct(
            database_url=f"sqlite:///{self.folder / 'hall.db'}",
            content=self.folder / "content",
            web=Web(port=0),
            slack=Slack(
                bot_token=SecretStr(self.app.bot_token),
                app_token=SecretStr(self.app.app_token) if by_socket else None,
                signing_secret=None if by_socket else SecretStr(self.app.signing_secret),
                api_url=self.server.api_url,
            ),
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Let the program serve while the block runs."""
        async with running(self.config, clock=self.clock) as address:
            await self.reached(address)
            yield

    async def reached(self, address: str, seconds: float = WAIT_SECONDS) -> None:
        """Return when Slack reaches the program whose page is at *address*."""
        if self.by == "socket":
            await self.server.connected(self.app, seconds=seconds)
            return
        parts = urlsplit(address)
        self.app.request_url = f"{parts.scheme}://{parts.netloc}/slack/events"
        async with asyncio.timeout(seconds):
            while not await self.server.verify_url(self.app):
                await self.clock.sleep(0.05)

    # ------------------------------------------------------------------------------------- what is to be seen

    def messages(self, channel: Channel | None = None) -> list[Message]:
        """Return our messages that the whole *channel* sees, in order."""
        place = channel or self.channel
        return [one for one in place.messages.values() if one.app is self.app and not one.ephemeral]

    async def shown(
        self, words: str, channel: Channel | None = None, *, after: Message | None = None
    ) -> Message:
        """Wait for the latest message of ours that says *words*, posted after another if one is given."""

        def found() -> list[Message]:
            later = (one for one in self.messages(channel) if after is None or one.ts > after.ts)
            return [one for one in later if words in text_of(one)]

        return (await self.server.until(found, what=f"a message that says {words!r}"))[-1]

    async def until(self, look: Callable[[], object], what: str = "") -> None:
        """Wait until *look* is true."""
        await self.server.until(look, what=what)

    # ---------------------------------------------------------------------------------------- what people do

    async def quiz(self, person: Person, line: str, channel: Channel | None = None) -> Interaction:
        """Let *person* type a slash command."""
        return await person.slash(channel or self.channel, "/quiz", line)

    async def play(self, *people: Person, line: str = "", channel: Channel | None = None) -> Message:
        """Let the first of *people* start a round that the others join, and return its first question."""
        place = channel or self.channel
        host, *others = people
        latest = next(reversed(self.messages(place)), None)
        await self.quiz(host, f"play lobby:wait pause:wait {line}", place)
        lobby = await self.shown("New round", place, after=latest)
        for person in others:
            await person.press(lobby, does(lobby, "j"))
        await host.press(lobby, does(lobby, "b"))
        return await self.shown("Question 1 of", place, after=lobby)

    async def pick(self, person: Person, question: Message, words: str) -> Interaction:
        """Let *person* press the button of the option that says *words*."""
        return await person.press(question, self.button_of(question, words))

    def button_of(self, question: Message, words: str) -> str:
        """Return the action id of the button of the option that says *words*."""
        letter = self.letter_of(question, words)
        buttons = (one for _, one in elements_of(question.blocks) if one["type"] == "button")
        return next(
            str(one["action_id"]) for one in buttons if one["text"]["text"].partition(" ")[0] == letter
        )

    def letter_of(self, question: Message | View, words: str) -> str:
        """Return the letter that the option that says *words* is shown under."""
        line = next(line for line in text_of(question).splitlines() if words in line)
        found = re.search(r"\b([A-Z])\b", line)
        assert found is not None, line
        return found[1]


def does(message: Message, verb: str) -> str:
    """Return the action id of the control of *message* that does what *verb* stands for in an action."""
    return next(id_ for id_ in message.action_ids if id_.startswith(f"{verb}:"))


__all__ = ["By", "Hall", "does", "text_of"]
