"""A study hall on the emulated Discord: the whole program, a server with a channel, and people in it."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr

from bot.app import running
from bot.config import Config, Discord, Web
from tests.adapters.clocks import MovedClock
from tests.adapters.packs import write_sea
from tests.emulators.discord import (
    Application,
    Channel,
    DiscordServer,
    Guild,
    Message,
    Person,
    User,
    text_of,
)


class Hall:
    """A server called School with the channel quiz, whose owner is Zoe; Ann and Ben are members."""

    def __init__(self, server: DiscordServer, folder: Path) -> None:
        """Let everybody be there; the program keeps its things in *folder*."""
        self.server = server
        self.folder = folder
        self.clock = MovedClock()
        world = server.world
        self.app: Application = world.application()
        self.zoe, self.ann, self.ben = (self._person(name) for name in ("Zoe", "Ann", "Ben"))
        members = [self.ann.user, self.ben.user]
        self.guild: Guild = world.guild("School", self.zoe.user, members)
        self.channel: Channel = world.channel(self.guild, "quiz")
        content = folder / "content"
        if not content.exists():
            write_sea(content)

    def _person(self, name: str) -> Person:
        return self.server.person(self.server.world.user(name))

    def join(self, name: str) -> Person:
        """Let somebody else become a member."""
        person = self._person(name)
        self.server.world.join(self.guild, person.user)
        return person

    @property
    def config(self) -> Config:
        """Settings that serve this hall alone."""
        return Config.model_construct(
            database_url=f"sqlite:///{self.folder / 'hall.db'}",
            content=self.folder / "content",
            web=Web(port=0),
            discord=Discord(token=SecretStr(self.app.token), api_url=self.server.address),
        )

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Let the program serve while the block runs."""
        async with running(self.config, clock=self.clock):
            await self.server.connected(self.app)
            yield

    # ------------------------------------------------------------------------------------- what is to be seen

    def messages(self, channel: Channel | None = None) -> list[Message]:
        """Return our messages that the whole *channel* sees, in order."""
        place = channel or self.channel
        return [one for one in place.messages.values() if one.author is self.app.user and not one.ephemeral]

    async def shown(
        self, words: str, channel: Channel | None = None, *, after: Message | None = None
    ) -> Message:
        """Wait for the latest message of ours that says *words*, posted after another if one is given."""
        since = 0 if after is None else after.id

        def found() -> Message | None:
            fitting = (one for one in self.messages(channel) if words in text_of(one) and one.id > since)
            return max(fitting, key=lambda one: one.id, default=None)

        message = await self.server.until(found, what=f"a message that says {words!r}")
        assert message is not None
        return message

    async def until(self, look: Callable[[], object], what: str = "") -> None:
        """Wait until *look* is true."""
        await self.server.until(look, what=what)

    # ---------------------------------------------------------------------------------------- what people do

    async def play(self, *people: Person, channel: Channel | None = None, **options: str | int) -> Message:
        """Let the first of *people* start a round that the others join, and return its first question."""
        place = channel or self.channel
        host, *others = people
        latest = next(reversed(self.messages(place)), None)
        said = await host.slash(place, "quiz play", {"lobby": "wait", "pause": "wait", **options})
        await said.settled()
        lobby = await self.shown("New round", place, after=latest)
        for person in others:
            await person.press(lobby, does(lobby, "j"))
        await host.press(lobby, does(lobby, "b"))
        return await self.shown("Question 1 of", place, after=lobby)

    async def pick(self, person: Person, question: Message, words: str) -> None:
        """Let *person* press the button of the option that says *words*."""
        await person.press(question, self.button_of(question, words))

    def button_of(self, question: Message, words: str) -> str:
        """Return the custom id of the button of the option that says *words*."""
        letter = self.letter_of(question, words)
        return next(
            str(one["custom_id"])
            for one in buttons(question)
            if str(one["label"]).partition(" ")[0] == letter
        )

    def letter_of(self, question: Message, words: str) -> str:
        """Return the letter that the option that says *words* is shown under."""
        line = next(line for line in text_of(question).splitlines() if words in line)
        found = re.search(r"\b([A-Z])\b", line)
        assert found is not None, line
        return found[1]


def does(message: Message, verb: str) -> str:
    """Return the custom id of the control of *message* that does what *verb* stands for in an action."""
    return next(id_ for id_ in message.custom_ids if id_.startswith(f"{verb}:"))


def buttons(message: Message) -> Iterator[dict[str, object]]:
    """Yield the buttons of *message*, wherever they stand."""
    yield from (one for one in parts(message.components) if one["type"] == 2)


def parts(components: object) -> Iterator[dict[str, object]]:
    """Yield every component of a message, outer ones first."""
    if isinstance(components, list):
        for one in components:
            yield one
            yield from parts(one.get("components"))
            yield from parts([one["accessory"]] if "accessory" in one else None)


@contextmanager
def discord_py_as_it_was() -> Iterator[None]:
    """Put back the addresses that discord.py has for the whole process."""
    base, gateway = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
    try:
        yield
    finally:
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = base, gateway


__all__ = ["Hall", "User", "buttons", "discord_py_as_it_was", "does", "parts", "text_of"]
