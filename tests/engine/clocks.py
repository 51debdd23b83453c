"""A clock for loops that sleep: it stands still until a test moves it."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

from tests.core.builders import NOON

TURNS = 200
"""How often the other tasks get a turn before a test goes on: more than any chain of them is long."""


async def settled() -> None:
    """Let every task that can go on do so."""
    for _ in range(TURNS):
        await asyncio.sleep(0)


async def until(holds: Callable[[], object]) -> None:
    """Return as soon as *holds* is true, also when a thread has to make it so; fail after five seconds."""
    async with asyncio.timeout(5):
        while not holds():  # noqa: ASYNC110 - what a test waits for cannot know of it
            await asyncio.sleep(0.001)


class StandingClock:
    """Starts at noon. Whoever sleeps wakes when :meth:`move` has passed their time."""

    def __init__(self, start: datetime = NOON) -> None:
        self._now = start
        self._sleepers: list[tuple[datetime, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """Return the time it stands at."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Return when the clock was moved so far."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._sleepers.append((self._now + timedelta(seconds=seconds), future))
        await future

    def set(self, seconds: float) -> None:
        """Move to *seconds* after the start, and wake nobody."""
        self._now = NOON + timedelta(seconds=seconds)

    def jump(self, seconds: float) -> None:
        """Move on by *seconds* while everybody sleeps on as before: sleep does not go by the clock."""
        by = timedelta(seconds=seconds)
        self._now += by
        self._sleepers = [(due + by, future) for due, future in self._sleepers]

    async def move(self, seconds: float) -> None:
        """Move on by *seconds*, wake who is due, and let them do what they do."""
        self._now += timedelta(seconds=seconds)
        for due, future in self._sleepers:
            if due <= self._now and not future.done():
                future.set_result(None)
        self._sleepers = [(due, future) for due, future in self._sleepers if not future.done()]
        await settled()

    @property
    def sleeping(self) -> list[float]:
        """For how many seconds each sleeper has still to sleep, the shortest first."""
        waiting = [due for due, future in self._sleepers if not future.done()]
        return sorted((due - self._now).total_seconds() for due in waiting)
