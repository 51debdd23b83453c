"""The program as a process, killed without a word in the middle of rounds, twenty times.

Half of the kills are aimed: right after somebody pressed, right after a message was shown and before its
sender can have heard of that, or right after somebody was told that their answer is in.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Final

import pytest

from bot.wording.discord_notices import SAY
from tests.acceptance.program import Program
from tests.adapters.counts import Ledger, miscounted, misscored
from tests.adapters.discord.counts import doubled, twice_told
from tests.adapters.discord.players import Room
from tests.adapters.killers import START_SECONDS, Killer, figures
from tests.adapters.packs import write_sea
from tests.emulators.discord import DiscordServer, Message, Person, World, text_of
from tests.emulators.discord.worlds import Happening

pytestmark = pytest.mark.slow

KILLS: Final = 20
AIMS: Final = [*["any"] * (KILLS // 2), *(["sent", "shown", "told"] * KILLS)[: KILLS // 2]]
ROOMS: Final = 6
IN_ROOM: Final = 3
SEED: Final = "STUDYHALL_SEED"
"""The variable that repeats a run's draws."""

NONCE_SECONDS: Final = 1.0
"""Discord forgets a nonce while the program starts again, so that our own look must find what is there."""

CALLBACK_SECONDS: Final = 1.0
"""A third of Discord's own: more is pressed again while the program is away."""


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """An emulated Discord that forgets nonces soon."""
    async with DiscordServer(World(nonce_seconds=NONCE_SECONDS)) as server:
        server.interactions.callback_seconds = CALLBACK_SECONDS
        yield server


@pytest.fixture
async def program(server: DiscordServer, tmp_path: Path) -> AsyncIterator[Program]:
    """The program, not started yet, for a bot that is in no server yet."""
    app = server.world.application()
    settings = {"STUDYHALL_DISCORD__TOKEN": app.token, "STUDYHALL_DISCORD__API_URL": server.address}
    program = Program(tmp_path, write_sea(tmp_path / "content", each=6), **settings)
    yield program
    if program.process.returncode is None:
        await program.kill()


async def test_killed_twenty_times_nothing_is_lost_doubled_or_dead(
    server: DiscordServer, program: Program, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every answer that was confirmed counts, once; every message was posted once; every control works."""
    seed = os.environ.get(SEED) or secrets.token_hex(4)
    with capsys.disabled():
        print(f"\n{SEED}={seed}")  # noqa: T201 - what repeats the run
    rng = Random(seed)
    rooms = opened(server, rng)
    await program.start()
    await server.connected(seconds=START_SECONDS)
    await server.until(lambda: rooms[0].players[0].person.offered(rooms[0].channel), START_SECONDS)
    killer = Killer(program, server.world.bell, lambda: server.connected(seconds=START_SECONDS), rooms, rng)
    server.world.listen(lambda happening: shown(killer, happening))
    async with asyncio.TaskGroup() as group:
        for room in rooms:
            group.create_task(room.play())
        await killer.run(AIMS)
        server.interactions.callback_seconds = 3.0
        for room in rooms:
            room.last_round = True
        server.world.bell.ring()
    players = [player for room in rooms for player in room.players]
    dead = [told for room in rooms for told in await pressed_all(room)]
    assert await program.stop() == 0
    ledger = Ledger(tmp_path / "studyhall.db", "discord")
    with capsys.disabled():
        print(figures(killer, rooms))  # noqa: T201 - what the run was

    assert miscounted(ledger, players) == []
    assert [wrong for room in rooms for wrong in misscored(ledger, room)] == []
    assert doubled(server.world) == {}
    assert dead == []
    assert twice_told(server, players) == []
    assert len(killer.kills) == KILLS


def shown(killer: Killer, happening: Happening) -> None:
    """Tell *killer* of each message of the program's."""
    message = happening.message
    if happening.event == "MESSAGE_CREATE" and message is not None and message.application:
        killer.shown()


def opened(server: DiscordServer, rng: Random) -> list[Room]:
    """Return rooms in one server, each with people of its own."""
    world = server.world
    names = [
        f"{'Host' if not seat else 'Guest'}{room}{seat}" for room in range(ROOMS) for seat in range(IN_ROOM)
    ]
    users = [world.user(name) for name in names]
    guild = world.guild("School", users[0], users[1:])
    people = [server.person(user) for user in users]
    return [
        Room(server, world.channel(guild, f"quiz-{n}"), people[n * IN_ROOM : (n + 1) * IN_ROOM], rng)
        for n in range(ROOMS)
    ]


async def pressed_all(room: Room) -> list[str]:
    """Use every control that the room still shows, and return those that do not work, in words."""
    host = room.players[0].person
    shown = [(message, id_) for message in room.ours for id_ in message.custom_ids]
    return [
        f"{room.channel.name} {id_} of {text_of(message)[:40]!r}"
        for message, id_ in shown
        if message.component(id_) is not None and not await works(host, message, id_)
    ]


async def works(person: Person, message: Message, id_: str) -> bool:
    """Tell whether somebody who presses or picks is answered, and with more than that something broke."""
    part = message.component(id_) or {}
    first = [option["value"] for option in part.get("options") or ()][: part.get("min_values", 1)]
    interaction = await (person.select(message, id_, first) if first else person.press(message, id_))
    if interaction.failed:
        return False
    await interaction.settled()
    return not any(said in interaction.text for said in (SAY.went_wrong(), SAY.control_gone()))
