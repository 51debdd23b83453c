"""What a press on Slack costs, through the whole program, held against an app that only acknowledges.

The emulator and the people are in this process, each app in one of its own. Limits, checks and the recording
of traffic are off: what is measured is the apps. Each way in which Slack can reach an app is measured.
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
from typing import Final, Literal

from tests.acceptance.program import ROOT, free_port, running
from tests.bench.answers import turns
from tests.bench.discord import DECK, PACK
from tests.bench.figures import Figure
from tests.bench.loops import tidied
from tests.emulators.slack import Channel, Message, Person, SlackServer, text_of

Way = Literal["socket", "http"]
"""How the app is reached."""

PRESSES: Final = 2_000
AT_ONCE: Final = 64
CROWD: Final = 1_000
CROWD_SECONDS: Final = 2.0
BESIDE: Final = 100
"""How many press in another channel while the crowd presses."""

PROMISED: Final = 0.25
"""Seconds from a press to its acknowledgement that 99 of 100 may take."""

NEVER: Final = 3.0
"""Seconds that a press counts which was not acknowledged."""

STARTING: Final = 30.0
QUIET_SECONDS: Final = 0.2
WAYS: Final[dict[Way, str]] = {"socket": "over a socket", "http": "by signed requests"}


class Town:
    """An emulated Slack with one workspace, and as many people as are needed in each of its channels."""

    def __init__(self, server: SlackServer, *crowds: int) -> None:
        """Let *crowds* people be there for one channel each."""
        self.server = server
        world = server.world
        self.host = server.person(world.user("Host", owner=True))
        users = [[world.user(f"Learner {number}") for number in range(crowd)] for crowd in crowds]
        self.app = world.application()
        self.crowds = [[server.person(user) for user in crowd] for crowd in users]
        self.channels = [world.channel(f"quiz-{number}") for number in range(len(crowds))]

    async def shown(self, channel: Channel, words: str) -> Message:
        """Wait for our message in *channel* that says *words*."""

        def found() -> list[Message]:
            ours = (one for one in channel.messages.values() if one.app is self.app)
            return [one for one in ours if not one.ephemeral and words in text_of(one)]

        return (await self.server.until(found, STARTING, f"{words!r}"))[0]

    async def question(self, number: int) -> Message:
        """Return an open question in a channel, in whose round its whole crowd takes part."""
        channel = self.channels[number]
        await self.host.slash(channel, "/quiz", "play count:1 seconds:600 lobby:wait pause:wait")
        lobby = await self.shown(channel, "New round")
        join, begin = (_control(lobby, verb) for verb in ("j:", "b:"))
        await pressed(self.crowds[number], lobby, [join])
        await self.host.press(lobby, begin)
        return await self.shown(channel, "Question 1")

    async def quiet(self) -> None:
        """Wait until the app asks nothing more: who joined is looked up, a few at a time."""
        asked = -1
        while asked != self.server.traffic.requests:
            asked = self.server.traffic.requests
            await asyncio.sleep(QUIET_SECONDS)

    def reach(self, way: Way, port: int) -> None:
        """Reach the app by one way; it listens at *port* if it is reached by requests."""
        self.app.request_url = f"http://127.0.0.1:{port}/slack/events" if way == "http" else None

    async def reached(self) -> None:
        """Wait until the app can be reached."""
        if self.app.request_url is None:
            await self.server.connected(self.app, seconds=STARTING)
            return
        async with asyncio.timeout(STARTING):
            while not await self.server.verify_url(self.app):  # noqa: ASYNC110 - no bell rings for an address
                await asyncio.sleep(0.05)


async def slack_figures() -> list[Figure]:
    """Measure each way."""
    return [figure for way in WAYS for figure in await _figures(way)]


async def _figures(way: Way) -> list[Figure]:
    """Measure both apps in turns, and how long presses take when many come at once."""
    late: list[Sequence[float]] = []
    beside: list[Sequence[float]] = []

    async def ours() -> float:
        rate, crowd, others = await _ours(way)
        late.append(crowd)
        beside.append(others)
        return rate

    mine, bare = await turns(ours, partial(_bare, way))
    name = f"presses/s on Slack {WAYS[way]}, 64 at once, to an app that only acknowledges"
    return [
        Figure(name, mine, bare, 0.5),
        _slowest(f"s from press to acknowledgement, p99 of {CROWD:,} within two seconds", late),
        _slowest("the same in another channel meanwhile", beside),
    ]


def _slowest(name: str, runs: Iterable[Sequence[float]]) -> Figure:
    """Return the middle one of the runs' p99, against what is promised."""
    found = sorted(quantiles(run, n=100)[-1] for run in runs)
    return Figure(name, found[len(found) // 2], PROMISED, most=1.0)


async def _ours(way: Way) -> tuple[float, Sequence[float], Sequence[float]]:
    """Return presses a second, and the seconds that those of a crowd took and those beside it."""
    async with _served(PRESSES, CROWD, BESIDE) as town, _program(town, way):
        questions = [await town.question(number) for number in range(len(town.crowds))]
        ids = [[id_ for id_ in question.action_ids if id_.startswith("a:")] for question in questions]
        await town.quiet()
        tidied()
        seconds, _ = await pressed(town.crowds[0], questions[0], ids[0])
        crowd, beside = await asyncio.gather(
            *(_within(town.crowds[number], questions[number], ids[number]) for number in (1, 2))
        )
        return PRESSES / seconds, crowd, beside


async def _bare(way: Way) -> float:
    """Return presses a second of an app that only acknowledges."""
    async with _served(PRESSES) as town:
        port, app = free_port(), town.app
        secrets = (app.app_token,) if way == "socket" else (app.signing_secret, str(port))
        arguments = ("-P", "-m", "tests.bench.acknowledging", way, town.server.api_url, app.bot_token)
        env = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
        bot = await asyncio.create_subprocess_exec(sys.executable, *arguments, *secrets, env=env)
        try:
            town.reach(way, port)
            await town.reached()
            question = _example(town)
            await pressed(town.crowds[0][:AT_ONCE], question, question.action_ids)
            tidied()
            seconds, _ = await pressed(town.crowds[0], question, question.action_ids)
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
    done = await person.press(message, control, force=True)
    return NEVER if done.acknowledged is None else done.acknowledged


def _control(message: Message, verb: str) -> str:
    return next(id_ for id_ in message.action_ids if id_.startswith(verb))


def _example(town: Town) -> Message:
    """Return a question as ours look, posted by nobody's program."""
    world = town.server.world
    buttons = [
        {
            "type": "button",
            "text": {"type": "plain_text", "text": f"{letter} · The tide", "emoji": False},
            "action_id": f"a:round.0:{number}",
            "value": f"a:round.0:{number}",
        }
        for number, letter in enumerate("ABCD")
    ]
    words = {"type": "rich_text_section", "elements": [{"type": "text", "text": "What lifts the whole sea?"}]}
    texts = [{"type": "rich_text", "block_id": f"text{n}", "elements": [words]} for n in range(6)]
    blocks = [*texts, {"type": "actions", "block_id": "row1", "elements": buttons}]
    channel = town.channels[0]
    return world.post(
        Message(world.ts(), channel, town.app.user, world.now(), "A question", blocks, app=town.app)
    )


@asynccontextmanager
async def _served(*crowds: int) -> AsyncIterator[Town]:
    server = SlackServer()
    server.limits.on = server.traffic.recording = server.world.checks = False
    async with server:
        yield Town(server, *crowds)


@asynccontextmanager
async def _program(town: Town, way: Way) -> AsyncIterator[None]:
    """Let the program serve; its database is on a real disk, where a flush costs what it costs."""
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-", dir=Path.cwd()) as name:
        folder = Path(name)
        decks = folder / "content" / "sea" / "decks"
        decks.mkdir(parents=True)
        (decks / "tides.yaml").write_text(DECK, encoding="utf-8")
        (decks.parent / "pack.yaml").write_text(PACK, encoding="utf-8")
        app = town.app
        secret = {"SLACK__APP_TOKEN": app.app_token}
        if way == "http":
            secret = {"SLACK__SIGNING_SECRET": app.signing_secret}
        given = {"SLACK__BOT_TOKEN": app.bot_token, "SLACK__API_URL": town.server.api_url, **secret}
        settings = {f"STUDYHALL_{key}": value for key, value in given.items()}
        async with running(folder, folder / "content", **settings) as program:
            town.reach(way, program.port)
            await town.reached()
            yield
