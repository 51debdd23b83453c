"""What a press on Discord costs, through the whole program, held against a bot that only acknowledges.

The emulator and the people are in this process, each bot in one of its own. Limits and the recording of
traffic are off: what is measured is the bots.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Final

from tests.acceptance.program import ROOT, running
from tests.bench.answers import turns
from tests.bench.figures import Figure
from tests.bench.loops import tidied
from tests.emulators.discord import Channel, DiscordServer, Message, Person, text_of

PRESSES: Final = 2_000
AT_ONCE: Final = 64
CROWD: Final = 1_000
CROWD_SECONDS: Final = 2.0
BESIDE: Final = 100
"""How many press in another channel while the crowd presses."""

PROMISED: Final = 0.25
"""Seconds from a press to its acknowledgement that 99 of 100 may take."""

STARTING: Final = 30.0
LETTERS: Final = 4
DECK: Final = """\
format: 1
id: tides
title: Tides
description: One question.
items:
  - id: cause
    topic: water
    difficulty: easy
    kind: single_choice
    prompt: What lifts the whole sea twice a day?
    explanation: The Moon pulls at it.
    sources: [{title: Tides, url: "https://example.org/tides"}]
    options:
      - {id: tide, text: The tide, feedback: It does.}
      - {id: wind, text: The wind, feedback: It makes waves.}
      - {id: fish, text: The fish, feedback: They are too small.}
      - {id: boat, text: The boat, feedback: It is lifted itself.}
    key: tide
"""
PACK: Final = """\
format: 1
id: sea
title: The sea
description: One deck.
version: "1"
language: en
licence: CC-BY-4.0
topics: {water: Water}
"""


class Town:
    """An emulated Discord with one server, and as many people as are needed in each of its channels."""

    def __init__(self, server: DiscordServer, *crowds: int) -> None:
        """Let *crowds* people be there for one channel each."""
        self.server = server
        world = server.world
        self.app = world.application()
        self.host = server.person(world.user("Host"))
        users = [[world.user(f"Learner {number}") for number in range(crowd)] for crowd in crowds]
        members = [user for crowd in users for user in crowd]
        self.guild = world.guild("School", self.host.user, members)
        self.crowds = [[server.person(user) for user in crowd] for crowd in users]
        self.channels = [world.channel(self.guild, f"quiz-{number}") for number in range(len(crowds))]

    async def shown(self, channel: Channel, words: str) -> Message:
        """Wait for our message in *channel* that says *words*."""

        def found() -> Message | None:
            ours = (one for one in channel.messages.values() if one.author is self.app.user)
            return next((one for one in ours if not one.ephemeral and words in text_of(one)), None)

        message = await self.server.until(found, STARTING, f"{words!r}")
        assert message is not None
        return message

    async def question(self, number: int) -> Message:
        """Return an open question in a channel, in whose round its whole crowd takes part."""
        channel = self.channels[number]
        await self.host.slash(channel, "quiz play", count=1, seconds=600, lobby="wait", pause="wait")
        lobby = await self.shown(channel, "New round")
        join, begin = (_control(lobby, verb) for verb in ("j:", "b:"))
        await pressed(self.crowds[number], lobby, [join])
        await self.host.press(lobby, begin)
        return await self.shown(channel, "Question 1")


async def discord_figures() -> list[Figure]:
    """Measure both bots in turns, and how long presses take when many come at once."""
    late: list[Sequence[float]] = []
    beside: list[Sequence[float]] = []

    async def ours() -> float:
        rate, crowd, others = await _ours()
        late.append(crowd)
        beside.append(others)
        return rate

    mine, bare = await turns(ours, _bare)
    return [
        Figure("presses/s on Discord, 64 at once, to a bot that only acknowledges", mine, bare, 0.5),
        _slowest(f"s from press to acknowledgement, p99 of {CROWD:,} within two seconds", late),
        _slowest("the same in another channel meanwhile", beside),
    ]


def _slowest(name: str, runs: Iterable[Sequence[float]]) -> Figure:
    """Return the middle one of the runs' p99, against what is promised."""
    found = sorted(quantiles(run, n=100)[-1] for run in runs)
    return Figure(name, found[len(found) // 2], PROMISED, most=1.0)


async def _ours() -> tuple[float, Sequence[float], Sequence[float]]:
    """Return presses a second, and the seconds that those of a crowd took and those beside it."""
    async with _served(PRESSES, CROWD, BESIDE) as town, _program(town):
        questions = [await town.question(number) for number in range(len(town.crowds))]
        ids = [[id_ for id_ in question.custom_ids if id_.startswith("a:")] for question in questions]
        tidied()
        seconds, _ = await pressed(town.crowds[0], questions[0], ids[0])
        crowd, beside = await asyncio.gather(
            *(_within(town.crowds[number], questions[number], ids[number]) for number in (1, 2))
        )
        return PRESSES / seconds, crowd, beside


async def _bare() -> float:
    """Return presses a second of a bot that only acknowledges."""
    async with _served(PRESSES) as town:
        arguments = ("-P", "-m", "tests.bench.deferring", town.server.address, town.app.token)
        env = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        bot = await asyncio.create_subprocess_exec(sys.executable, *arguments, env=env)
        try:
            await town.server.connected(town.app, STARTING)
            question = _example(town)
            await pressed(town.crowds[0][:AT_ONCE], question, question.custom_ids)
            tidied()
            seconds, _ = await pressed(town.crowds[0], question, question.custom_ids)
        finally:
            bot.kill()
            await bot.wait()
        return PRESSES / seconds


async def pressed(
    people: Sequence[Person], message: Message, controls: Sequence[str]
) -> tuple[float, list[float]]:
    """Let *people* press, a few at once; return the seconds it took all of them, and each."""
    waiting = iter(enumerate(people))
    took: list[float] = []

    async def one() -> None:
        for number, person in waiting:
            took.append(await _press(person, message, controls[number % len(controls)]))

    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(one() for _ in range(AT_ONCE)))
    return loop.time() - began, took


async def _within(people: Sequence[Person], message: Message, controls: Sequence[str]) -> list[float]:
    """Let *people* press at any instants of two seconds, whether or not others are answered by then."""
    rng = Random(1)

    async def one(number: int, person: Person) -> float:
        await asyncio.sleep(rng.uniform(0, CROWD_SECONDS))
        return await _press(person, message, controls[number % len(controls)])

    return await asyncio.gather(*(one(*numbered) for numbered in enumerate(people)))


async def _press(person: Person, message: Message, control: str) -> float:
    interaction = await person.press(message, control, force=True)
    if interaction.failed or interaction.acknowledged is None:
        return float(interaction.failed) * 3.0
    return interaction.acknowledged


def _control(message: Message, verb: str) -> str:
    return next(id_ for id_ in message.custom_ids if id_.startswith(verb))


def _example(town: Town) -> Message:
    """Return a question as ours look, posted by nobody's program."""
    world = town.server.world
    buttons = [
        {
            "type": 2,
            "style": 2,
            "label": f"{letter} · The tide",
            "custom_id": f"a:round.0:{letter}",
            "id": 7 + n,
        }
        for n, letter in enumerate("ABCD"[:LETTERS])
    ]
    texts = [{"type": 10, "content": "What lifts the whole sea twice a day?", "id": n} for n in range(2, 6)]
    container = {"type": 17, "id": 1, "components": [*texts, {"type": 1, "id": 6, "components": buttons}]}
    channel = town.channels[0]
    message = Message(world.snowflake(), channel, town.app.user, world.now(), components=[container])
    message.application, message.flags = town.app, 1 << 15
    return world.post(message)


@asynccontextmanager
async def _served(*crowds: int) -> AsyncIterator[Town]:
    server = DiscordServer()
    server.limits.on = server.traffic.recording = False
    async with server:
        yield Town(server, *crowds)


@asynccontextmanager
async def _program(town: Town) -> AsyncIterator[None]:
    """Let the program serve; its database is on a real disk, where a flush costs what it costs."""
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-", dir=Path.cwd()) as name:
        folder = Path(name)
        decks = folder / "content" / "sea" / "decks"
        decks.mkdir(parents=True)
        (decks / "tides.yaml").write_text(DECK, encoding="utf-8")
        (decks.parent / "pack.yaml").write_text(PACK, encoding="utf-8")
        settings = {
            "STUDYHALL_DISCORD__TOKEN": town.app.token,
            "STUDYHALL_DISCORD__API_URL": town.server.address,
        }
        async with running(folder, folder / "content", **settings):
            await town.server.connected(town.app, STARTING)
            await town.server.until(partial(town.host.offered, town.channels[0]), STARTING, "the commands")
            yield
