"""Killers: they end the program without a word, at any moment or an aimed one, and start it again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from random import Random
from typing import Any, Final

from tests.acceptance.program import Program
from tests.adapters.players import Room
from tests.emulators.bells import Bell

MOST_BETWEEN: Final = 20
"""How many presses and commands are answered between two kills, at most."""

AIM_SECONDS: Final = 2.0
"""How long an aimed kill waits for what it is aimed at; then it strikes anyway."""

LONGEST_DELAY: Final = 0.03
"""Seconds from a press to its kill, at most: before, during or after the commit."""

START_SECONDS: Final = 30.0

Connected = Callable[[], Awaitable[None]]


class Killer:
    """Kills the program again and again, and starts it again at once."""

    def __init__(
        self, program: Program, bell: Bell, connected: Connected, rooms: Sequence[Room[Any, Any]], rng: Random
    ) -> None:
        """Draw moments from *rng*; *connected* returns when the program can be reached again."""
        self._program = program
        self._bell = bell
        self._connected = connected
        self._rng = rng
        self._aim = ""
        self._left = 0
        self._hit = asyncio.Event()
        self.kills: list[str] = []
        for room in rooms:
            room.on_sent = lambda: self._strike("sent")
            room.on_told = self._told

    async def run(self, aims: Sequence[str], most_between: int = MOST_BETWEEN) -> None:
        """Kill with each of *aims*, in any order, and leave the program started.

        They are ``any``; ``sent``, right after somebody pressed; ``shown``, right after a message was shown
        and before its sender can have heard of that; and ``told``, right after somebody was answered.
        """
        for aim in self._rng.sample(aims, len(aims)):
            await self._heard(self._rng.randint(2, most_between))
            await self._kill(aim)
            await self._program.start()
            await self._connected()

    def shown(self) -> None:
        """Hear that a message was shown just now."""
        self._strike("shown")

    async def _heard(self, answers: int) -> None:
        """Wait until so many were answered: on a slow machine too, something happens between two kills."""
        self._left = answers
        await self._bell.until(lambda: self._left <= 0, START_SECONDS, "answers between two kills")

    def _told(self) -> None:
        self._left -= 1
        self._strike("told")
        self._bell.ring()

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


def figures(killer: Killer, rooms: Sequence[Room[Any, Any]]) -> str:
    """Return what a run was, in a line."""
    kinds = {aim: killer.kills.count(aim) for aim in sorted({*killer.kills})}
    sent = [one for room in rooms for player in room.players for one in player.sent]
    return (
        f"{len(killer.kills)} kills {kinds}, {sum(len(room.podiums) for room in rooms)} rounds, "
        f"{len(sent)} answers sent, {sum(one.confirmed for one in sent)} confirmed, "
        f"{sum(one.refused for one in sent)} refused"
    )
