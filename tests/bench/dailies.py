"""The question of the day: ten thousand channels due in the same minute, and a hundred thousand at rest."""

import asyncio
import tempfile
import time as clocks
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from bot.core.ids import ChannelId, Platform
from bot.core.schedules import Schedule
from bot.engine import codec
from bot.engine.codec import to_ms
from bot.engine.delivery import Deliverer
from bot.engine.engine import Engine
from bot.engine.identities import new_channel, schedule_id
from bot.engine.waking import SWEEP, Waker
from bot.ports import Post
from bot.records import Changes, Place, ScheduleRow
from bot.store.sqlite import SqliteStore
from tests.bench.figures import Figure
from tests.bench.worlds import WallClock, library

CHANNELS = 10_000
AT_REST = 100_000
AT_ONCE = 2_000
SWEEPS = 50
MINUTE = 60.0
LONGEST = 180.0


class Counting:
    """A chat that takes every post at once and notes how late it was."""

    platform = Platform("bench")

    def __init__(self, due: datetime, most: int) -> None:
        self._due = due
        self._most = most
        self.late: list[float] = []
        self.all = asyncio.Event()

    async def post(self, post: Post) -> str:
        """Note when it came."""
        if post.key.endswith(".ask"):
            self.late.append((datetime.now(UTC) - self._due).total_seconds())
        if len(self.late) >= self._most:
            self.all.set()
        return post.key

    async def edit(self, ref: str, post: Post) -> None:
        """Take it."""


async def daily_figures() -> list[Figure]:
    """Measure how late the last of many posts is handed to its transport, and what waiting costs."""
    late = await _all_at_once()
    busy = await _at_rest()
    median, slow = late[len(late) // 2], late[len(late) * 99 // 100]
    return [
        Figure(f"minutes until {CHANNELS:,} posts due at once were handed over", late[-1], MINUTE, most=1.0),
        Figure("their lateness at the 99th percentile, to that at the median", slow, median),
        Figure("minutes that Discord's 50 requests a second need for them", CHANNELS / 50, MINUTE),
        Figure(f"share of a core that {AT_REST:,} schedules at rest cost", busy, 1.0, most=0.01),
    ]


async def _all_at_once() -> list[float]:
    due = datetime.now(UTC) + timedelta(seconds=20)
    async with _store() as store:
        await _fill(store, CHANNELS, due)
        transport = Counting(due, CHANNELS)
        packs = library()
        engine = Engine(store, WallClock(), lambda: packs, people=store, seed="bench")
        waker = Waker(store, WallClock(), engine.handle, engine.metrics)
        deliverer = Deliverer(
            store, WallClock(), {transport.platform: transport}, engine.handle, engine.metrics
        )
        engine.on_wake, engine.on_outbox = waker.set, deliverer.notify
        tasks = [asyncio.create_task(waker.run()), asyncio.create_task(deliverer.run())]
        async with asyncio.timeout(LONGEST):
            await transport.all.wait()
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        await engine.idle()
        await deliverer.idle()
    return sorted(transport.late)


async def _at_rest() -> float:
    """Return the share of a core that sweeps take while no schedule is due."""
    async with _store() as store:
        await _fill(store, AT_REST, datetime.now(UTC) + timedelta(days=1))
        packs = library()
        engine = Engine(store, WallClock(), lambda: packs, people=store, seed="bench")
        waker = Waker(store, WallClock(), engine.handle, engine.metrics)
        began = clocks.process_time()
        for _ in range(SWEEPS):
            await waker.sweep()
        return (clocks.process_time() - began) / SWEEPS / SWEEP.total_seconds()


async def _fill(store: SqliteStore, channels: int, due: datetime) -> None:
    for first in range(0, channels, AT_ONCE):
        changes = Changes()
        for number in range(first, min(first + AT_ONCE, channels)):
            place = Place("bench", f"c{number}")
            channel = new_channel(place, f"g{number}")
            plan = Schedule(
                id=schedule_id(place, "daily"),
                channel=ChannelId(channel.id),
                at=time(due.hour, due.minute, due.second, due.microsecond),
                zone="UTC",
                starts=date(due.year, due.month, due.day),
            )
            body = codec.SCHEDULE.encode(plan)
            changes.channels.append(channel)
            changes.schedules.append(ScheduleRow(plan.id, place, channel.group, 1, to_ms(due), None, body))
        await store.transact([], (), lambda _, changes=changes: changes)  # type: ignore[misc]


@asynccontextmanager
async def _store() -> AsyncIterator[SqliteStore]:
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-", dir=Path.cwd()) as folder:
        store = await SqliteStore.open(Path(folder) / "daily.db")
        try:
            yield store
        finally:
            await store.close()
