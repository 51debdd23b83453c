"""Rounds while Discord misbehaves: who answered what is decided beforehand, and so is the standing."""

import asyncio
import os
import secrets
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

import pytest

from tests.adapters.counts import Ledger, miscounted, misplaced, misscored
from tests.adapters.discord.counts import doubled, twice_told
from tests.adapters.discord.halls import Hall
from tests.adapters.discord.players import DECKS, Player, Room
from tests.emulators.discord import EventOdds, Fates, Odds, Trouble

pytestmark = pytest.mark.slow

ROOMS: Final = 6
IN_ROOM: Final = 3
SEED: Final = "STUDYHALL_SEED"

POSTING: Final = ("post", "edit", "history", "callback", "followup")
GATEWAY: Final = EventOdds(dropped=0.08, moved=0.04)
DISORDER: Final = EventOdds(doubled=0.3, renumbered=0.3, late=0.4, slowest=0.08)

REQUESTS: Final[Mapping[str, Odds]] = {
    "429 storms": Odds(busy=0.25, longest_wait=0.1),
    "500 before": Odds(broken=0.1),
    "500 after the effect": Odds(broken_after=0.1),
    "connections cut": Odds(cut=0.1, dropped=0.1),
}


@pytest.fixture
def rng() -> Random:
    """Draws that the printed seed repeats."""
    seed = os.environ.get(SEED) or secrets.token_hex(4)
    print(f"{SEED}={seed}")  # noqa: T201 - a run that fails shows it
    return Random(seed)


@pytest.fixture
async def rooms(hall: Hall, rng: Random) -> Sequence[Room]:
    """Rooms in which every second player is right, and nobody else is."""
    world = hall.server.world
    opened = []
    for number in range(ROOMS):
        people = [hall.join(f"P{number}x{seat}") for seat in range(IN_ROOM)]
        room = Room(hall.server, world.channel(hall.guild, f"room-{number}"), people, rng)
        room.options = {"deck": DECKS[number % len(DECKS)], "count": 1, "seconds": 120}
        room.right = is_right
        opened.append(room)
    await hall.until(lambda: hall.zoe.offered(hall.channel), "the commands")
    return opened


def is_right(player: Player) -> bool:
    """Tell whether somebody answers right, by where they sit."""
    return sum(map(int, player.person.user.name.removeprefix("P").split("x"))) % 2 == 0


@pytest.mark.parametrize("storm", REQUESTS)
async def test_requests_that_fail_change_no_standing(
    hall: Hall, rooms: Sequence[Room], rng: Random, storm: str
) -> None:
    """Neither before they have happened nor after, and whatever is said about them."""
    hall.server.fates = Fates(str(rng.random()), dict.fromkeys(POSTING, REQUESTS[storm]))

    await played(hall, rooms)

    assert sum(times for (_, trouble), times in hall.server.troubles.items() if trouble is not Trouble.NONE)
    assert wrong(hall, rooms) == []


@pytest.mark.parametrize("odds", [GATEWAY, DISORDER], ids=["dropped", "doubled and late"])
async def test_events_that_come_late_twice_or_after_a_break_change_no_standing(
    hall: Hall, rooms: Sequence[Room], rng: Random, odds: EventOdds
) -> None:
    """A session that is resumed gets what it missed; what comes twice counts once."""
    hall.server.fates = Fates(str(rng.random()), events=odds)

    await played(hall, rooms)

    assert wrong(hall, rooms) == []


async def test_a_session_that_cannot_be_resumed_changes_no_standing(
    hall: Hall, rooms: Sequence[Room]
) -> None:
    """What was pressed meanwhile is pressed again, and the rounds go on when they are heard again."""
    gateway = hall.server.gateway

    async def disturb() -> None:
        await hall.until(lambda: any(len(room.ours) > 1 for room in rooms), "a question")
        gateway.refuse_resumes = 1
        gateway.drop()

    async with asyncio.TaskGroup() as group:
        group.create_task(disturb())
        await played(hall, rooms)

    assert gateway.identified > 1
    assert wrong(hall, rooms) == []


async def played(hall: Hall, rooms: Sequence[Room]) -> None:
    """Let every room play one round, and Discord behave again after that."""
    async with asyncio.TaskGroup() as group:
        for room in rooms:
            group.create_task(room.play(1))
    hall.server.fates = Fates()


def wrong(hall: Hall, rooms: Sequence[Room]) -> list[str]:
    """Return in words what is not as it would be on a quiet day."""
    ledger = Ledger(Path(hall.folder) / "hall.db", "discord")
    players = [player for room in rooms for player in room.players]
    return [
        *miscounted(ledger, players),
        *(one for room in rooms for one in misscored(ledger, room)),
        *misplaced(rooms),
        *(f"{times} times: {what}" for what, times in doubled(hall.server.world).items()),
        *twice_told(hall.server, players),
    ]
