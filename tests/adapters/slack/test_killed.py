"""The program as a process, killed without a word in the middle of rounds, twenty times.

Half of the kills are aimed right after somebody pressed: before, during or after the commit. Slack reaches
the program over a socket or by signed requests, as the seed will have it.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Final

import pytest

from bot.wording.slack_notices import SAY
from tests.acceptance.program import Program
from tests.adapters.counts import Ledger, miscounted, misscored
from tests.adapters.killers import START_SECONDS, Killer, figures
from tests.adapters.packs import write_sea
from tests.adapters.slack.counts import doubled, twice_told
from tests.adapters.slack.players import Room
from tests.emulators.slack import Application, Message, Person, SlackServer, text_of

pytestmark = pytest.mark.slow

KILLS: Final = 20
AIMS: Final = [*["any"] * (KILLS // 2), *["sent"] * (KILLS // 2)]
ROOMS: Final = 6
IN_ROOM: Final = 3
MOST_BETWEEN: Final = 10
"""How much is answered between two kills, at most: a channel takes one message a second."""

SEED: Final = "STUDYHALL_SEED"
"""The variable that repeats a run's draws."""

ACKNOWLEDGE_SECONDS: Final = 1.0
"""A third of Slack's own: more is pressed again while the program is away."""


@pytest.fixture
def rng(capsys: pytest.CaptureFixture[str]) -> Random:
    """Draws that the printed seed repeats."""
    seed = os.environ.get(SEED) or secrets.token_hex(4)
    with capsys.disabled():
        print(f"\n{SEED}={seed}")  # noqa: T201 - what repeats the run
    return Random(seed)


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    """An emulated Slack that soon says that something failed."""
    async with SlackServer() as server:
        server.courier.acknowledge_seconds = ACKNOWLEDGE_SECONDS
        # Slack gives few addresses a minute, and nobody is killed so often.
        del server.limits.rates["apps.connections.open"]
        yield server


@pytest.fixture
async def rooms(server: SlackServer, rng: Random) -> list[Room]:
    """Rooms in one workspace, each with people of its own."""
    world = server.world
    names = [f"{'Guest' if seat else 'Host'}{room}{seat}" for room in range(ROOMS) for seat in range(IN_ROOM)]
    people = [server.person(world.user(name, owner=name.startswith("Host"))) for name in names]
    world.application()
    rooms = [
        Room(server, world.channel(f"quiz-{n}"), people[n * IN_ROOM : (n + 1) * IN_ROOM], rng)
        for n in range(ROOMS)
    ]
    for room in rooms:
        # Nothing closes by itself: what was acknowledged was therefore taken.
        room.options = {"count": 2, "seconds": 600}
    return rooms


@pytest.fixture
async def program(
    server: SlackServer, rooms: list[Room], rng: Random, tmp_path: Path
) -> AsyncIterator[Program]:
    """The program, not started yet."""
    app = rooms[0].players[0].person.app
    by_socket = rng.random() < 1 / 2
    secret = {"APP_TOKEN": app.app_token} if by_socket else {"SIGNING_SECRET": app.signing_secret}
    given = {"BOT_TOKEN": app.bot_token, "API_URL": server.api_url, **secret}
    settings = {f"STUDYHALL_SLACK__{name}": value for name, value in given.items()}
    program = Program(tmp_path, write_sea(tmp_path / "content", each=6), **settings)
    if not by_socket:
        app.request_url = f"http://127.0.0.1:{program.port}/slack/events"
    yield program
    if program.process.returncode is None:
        await program.kill()


async def test_killed_twenty_times_nothing_is_lost_doubled_or_dead(
    server: SlackServer,
    program: Program,
    rooms: list[Room],
    rng: Random,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Every answer that was acknowledged counts, once; every message was posted once; every button works."""
    app = rooms[0].players[0].person.app
    await program.start()
    await reached(server, app)
    killer = Killer(program, server.world.bell, lambda: reached(server, app), rooms, rng)
    async with asyncio.TaskGroup() as group:
        for room in rooms:
            group.create_task(room.play())
        await killer.run(AIMS, MOST_BETWEEN)
        server.courier.acknowledge_seconds = 3.0
        for room in rooms:
            room.last_round = True
        server.world.bell.ring()
    players = [player for room in rooms for player in room.players]
    dead = [told for room in rooms for told in await pressed_all(room)]
    assert await program.stop() == 0
    ledger = Ledger(tmp_path / "studyhall.db", "slack")
    with capsys.disabled():
        print(figures(killer, rooms), "by requests" if app.request_url else "by a socket")  # noqa: T201

    assert miscounted(ledger, players) == []
    assert [wrong for room in rooms for wrong in misscored(ledger, room)] == []
    assert doubled(server.world) == {}
    assert dead == []
    assert twice_told(players) == []
    assert len(killer.kills) == KILLS


async def reached(server: SlackServer, app: Application) -> None:
    """Return when Slack reaches the program."""
    if app.request_url is None:
        await server.connected(app, seconds=START_SECONDS)
        return
    async with asyncio.timeout(START_SECONDS):
        while not await server.verify_url(app):  # noqa: ASYNC110 - no bell rings for an address
            await asyncio.sleep(0.05)


async def pressed_all(room: Room) -> list[str]:
    """Press every button that the room still shows, and return those that do not work, in words."""
    host = room.players[0].person
    shown = [(message, action) for message in room.ours for action in message.action_ids]
    return [
        f"{room.name} {action} of {text_of(message)[:40]!r}"
        for message, action in shown
        if action in message.action_ids and not await works(host, message, action)
    ]


async def works(person: Person, message: Message, action: str) -> bool:
    """Tell whether somebody who presses is answered, and with more than that something broke."""
    interaction = await person.press(message, action)
    return interaction.acked and not any(
        said in interaction.text for said in (SAY.went_wrong(), SAY.control_gone())
    )
