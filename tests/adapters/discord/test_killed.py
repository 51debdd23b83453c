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
from tests.adapters.discord.counts import Ledger, doubled, miscounted, misscored, twice_told
from tests.adapters.discord.packs import write_sea
from tests.adapters.discord.players import Player, Room
from tests.emulators.discord import DiscordServer, Message, Person, World, text_of
from tests.emulators.discord.worlds import Happening

pytestmark = pytest.mark.slow

KILLS: Final = 20
ROOMS: Final = 6
IN_ROOM: Final = 3
SEED: Final = "STUDYHALL_SEED"
"""The variable that repeats a run's draws."""

NONCE_SECONDS: Final = 1.0
"""Discord forgets a nonce while the program starts again, so that our own look must find what is there."""

CALLBACK_SECONDS: Final = 1.0
"""A third of Discord's own: more is pressed again while the program is away."""

MOST_BETWEEN: Final = 20
"""How many presses and commands are answered between two kills, at most."""

AIM_SECONDS: Final = 2.0
"""How long an aimed kill waits for what it is aimed at; then it strikes anyway."""

LONGEST_DELAY: Final = 0.03
"""Seconds from a press to its kill, at most: before, during or after the commit."""

START_SECONDS: Final = 30.0


class Killer:
    """Kills the program again and again, and starts it again at once."""

    def __init__(self, program: Program, server: DiscordServer, rooms: list[Room], rng: Random) -> None:
        """Draw moments from *rng*."""
        self._program = program
        self._server = server
        self._rng = rng
        self._aim = ""
        self._left = 0
        self._hit = asyncio.Event()
        self.kills: list[str] = []
        server.world.listen(self._happened)
        for room in rooms:
            room.on_sent = lambda: self._strike("sent")
            room.on_told = self._told

    async def run(self) -> None:
        """Kill as often as was said, and leave the program started."""
        aims = ["any"] * (KILLS // 2) + ["sent", "shown", "told"] * (KILLS // 6 + 1)
        aims = aims[:KILLS]
        self._rng.shuffle(aims)
        for aim in aims:
            await self._heard(self._rng.randint(2, MOST_BETWEEN))
            await self._kill(aim)
            await self._program.start()
            await self._server.connected(seconds=START_SECONDS)

    async def _heard(self, answers: int) -> None:
        """Wait until so many were answered: on a slow machine too, something happens between two kills."""
        self._left = answers
        await self._server.until(lambda: self._left <= 0, START_SECONDS, "answers between two kills")

    def _told(self) -> None:
        self._left -= 1
        self._strike("told")

    async def _kill(self, aim: str) -> None:
        assert self._program.process.returncode is None, self._program.troubles()
        self._hit.clear()
        self._aim = aim
        if aim != "any":
            try:
                async with asyncio.timeout(AIM_SECONDS):
                    await self._hit.wait()
            except TimeoutError:
                aim = "missed"
        self._aim = ""
        await self._program.kill()
        self.kills.append(aim)

    def _happened(self, happening: Happening) -> None:
        message = happening.message
        if happening.event == "MESSAGE_CREATE" and message is not None and message.application:
            self._strike("shown")

    def _strike(self, what: str) -> None:
        """Kill now if that is what is waited for; after a press, a moment later."""
        if self._aim != what or self._program.process.returncode is not None:
            return
        self._aim = ""
        if what == "sent":
            delay = self._rng.uniform(0.0, LONGEST_DELAY)
            asyncio.get_running_loop().call_later(delay, self._hit.set)
        else:
            self._program.process.kill()
            self._hit.set()


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
    """Every answer that was confirmed counts, once; every message was posted once; every button works."""
    seed = os.environ.get(SEED) or secrets.token_hex(4)
    with capsys.disabled():
        print(f"\n{SEED}={seed}")  # noqa: T201 - what repeats the run
    rng = Random(seed)
    rooms = opened(server, rng)
    await program.start()
    await server.connected(seconds=START_SECONDS)
    await server.until(lambda: rooms[0].players[0].person.offered(rooms[0].channel), START_SECONDS)
    killer = Killer(program, server, rooms, rng)
    async with asyncio.TaskGroup() as group:
        for room in rooms:
            group.create_task(room.play())
        await killer.run()
        server.interactions.callback_seconds = 3.0
        for room in rooms:
            room.last_round = True
        server.world.bell.ring()
    players = [player for room in rooms for player in room.players]
    dead = [told for room in rooms for told in await pressed_all(room)]
    assert await program.stop() == 0
    ledger = Ledger(tmp_path / "studyhall.db")
    with capsys.disabled():
        print(figures(killer, rooms, players))  # noqa: T201 - what the run was

    assert miscounted(ledger, players) == []
    assert [wrong for room in rooms for wrong in misscored(ledger, room)] == []
    assert doubled(server.world) == {}
    assert dead == []
    assert twice_told(server, players) == []
    assert len(killer.kills) == KILLS


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
    """Press every button that the room still shows, and return those that do not work, in words."""
    host = room.players[0].person
    shown = [(message, id_) for message in room.ours for id_ in message.custom_ids]
    return [
        f"{room.channel.name} {id_} of {text_of(message)[:40]!r}"
        for message, id_ in shown
        if message.component(id_) is not None and not await works(host, message, id_)
    ]


async def works(person: Person, message: Message, id_: str) -> bool:
    """Tell whether somebody who presses is answered, and with more than that something broke."""
    interaction = await person.press(message, id_)
    if interaction.failed:
        return False
    await interaction.settled()
    return not any(said in interaction.text for said in (SAY.went_wrong(), SAY.control_gone()))


def figures(killer: Killer, rooms: list[Room], players: list[Player]) -> str:
    """Return what a run was, in a line."""
    kinds = {aim: killer.kills.count(aim) for aim in sorted({*killer.kills})}
    sent = [one for player in players for one in player.sent]
    return (
        f"{len(killer.kills)} kills {kinds}, {sum(len(room.podiums) for room in rooms)} rounds, "
        f"{len(sent)} answers sent, {sum(one.confirmed for one in sent)} confirmed, "
        f"{sum(one.refused for one in sent)} refused"
    )
