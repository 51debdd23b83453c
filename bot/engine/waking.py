"""Waking: deadlines are read from the rounds and acted on when they come.

Timers live in this process and are only a shortcut: every two seconds a sweep reads from the tables what is
due, so that what a dead process left is found. Firing twice is harmless, because a Tick that is not due does
nothing.
"""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from bot.core.commands import Tick
from bot.engine.codec import from_ms, to_ms
from bot.engine.events import OWN, Event
from bot.engine.metrics import Metrics
from bot.ports import Clock, Store
from bot.records import Place

SWEEP = timedelta(seconds=2)
AT_ONCE = 5000

Send = Callable[[Event], Awaitable[object]]
log = structlog.get_logger(__name__)


class Waker:
    """Sends a Tick to each round when its time has come."""

    def __init__(self, store: Store, clock: Clock, send: Send, metrics: Metrics) -> None:
        """Send Ticks through *send*, which is the engine's own entrance."""
        self._store = store
        self._clock = clock
        self._send = send
        self._metrics = metrics
        self._due: dict[Place, datetime] = {}
        self._heap: list[tuple[datetime, Place]] = []
        self._changed = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self.swept_at: datetime | None = None

    def set(self, place: Place, at: datetime | None) -> None:
        """Remember that the round of *place* wants a Tick at *at*; None forgets it."""
        if at is None:
            self._due.pop(place, None)
            return
        if self._due.get(place) == at:
            return
        self._due[place] = at
        heapq.heappush(self._heap, (at, place))
        if self._heap[0][0] == at:
            self._changed.set()

    async def run(self) -> None:
        """Fire timers and sweep until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._fire_forever(), name="fire timers")
            group.create_task(self._sweep_forever(), name="sweep deadlines")

    async def sweep(self) -> int:
        """Read from the tables what is due before the next sweep, and set timers for it; return how many."""
        until = to_ms(self._clock.now() + SWEEP)
        rows = await self._store.waking(until, AT_ONCE)
        for place, at in reversed(rows):  # of a place that comes twice, the earlier stands
            self.set(place, from_ms(at))
        self.swept_at = self._clock.now()
        if self._heap and self._heap[0][0] <= self.swept_at:
            # A timer waits by seconds, and clocks jump: the machine slept, or was set right.
            self._changed.set()
        return len(rows)

    async def fire(self) -> int:
        """Send a Tick to every round whose timer is due, and return how many; without waiting for timers."""
        due = self._take_due(self._clock.now())
        results = await asyncio.gather(*(self._tick(place, at) for place, at in due), return_exceptions=True)
        for result in results:
            if isinstance(result, BaseException):
                raise result
        return len(due)

    async def _sweep_forever(self) -> None:
        while True:
            await self.sweep()
            await self._clock.sleep(SWEEP.total_seconds())

    async def _fire_forever(self) -> None:
        while True:
            self._changed.clear()
            for place, at in self._take_due(self._clock.now()):
                task = asyncio.create_task(self._try_tick(place, at), name="tick")
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            await self._wait_for_next()

    async def _wait_for_next(self) -> None:
        """Return when the earliest timer is due, or when an earlier one was set."""
        changed = asyncio.create_task(self._changed.wait())
        waits: set[asyncio.Task[object]] = {changed}
        if self._heap:
            left = (self._heap[0][0] - self._clock.now()).total_seconds()
            waits.add(asyncio.create_task(self._clock.sleep(max(0.0, left))))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in waits:
                task.cancel()

    def _take_due(self, now: datetime) -> list[tuple[Place, datetime]]:
        """Take the timers that are due; one that was moved or forgotten since it was set is dropped."""
        due = []
        while self._heap and self._heap[0][0] <= now:
            at, place = heapq.heappop(self._heap)
            if self._due.get(place) == at:
                del self._due[place]
                due.append((place, at))
        return due

    async def _try_tick(self, place: Place, at: datetime) -> None:
        """Send a Tick; when that fails, the next sweep sends it again."""
        try:
            await self._tick(place, at)
        except Exception:
            log.exception("tick_failed", place=place.id)

    async def _tick(self, place: Place, at: datetime) -> None:
        self._metrics.wakes.observe(max(0.0, (self._clock.now() - at).total_seconds()))
        await self._send(Event(OWN, place, Tick(), self._clock.now()))
