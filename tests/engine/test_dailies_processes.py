"""Questions of the day by several processes on one PostgreSQL database: each date once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from datetime import time, timedelta

import pytest

from bot.core.commands import RevealAfter, SetDaily, Tick
from bot.core.ids import ScheduleId
from bot.engine.identities import schedule_id
from bot.records import Place, daily_place
from bot.store.postgres import PostgresStore
from tests.engine.clocks import StandingClock
from tests.engine.halls import Process, own

pytestmark = pytest.mark.postgres

CHANNELS = tuple(Place("web", f"c{number}") for number in range(6))
DAYS = 5
HOUR = timedelta(hours=1)


def name_of(place: Place) -> ScheduleId:
    """Return the schedule of *place*."""
    return schedule_id(place, "daily")


@pytest.fixture
async def processes(schema_database: str) -> AsyncIterator[Sequence[Process]]:
    """Three processes on one database, by one clock."""
    clock = StandingClock()
    stores = [await PostgresStore.open(schema_database) for _ in range(3)]
    yield [Process(store, clock) for store in stores]
    for store in stores:
        await store.close()


async def test_all_find_a_day_due_at_once_and_one_posts_it(processes: Sequence[Process]) -> None:
    """Ticks come to every process together, twice, and so does the delivery."""
    first = processes[0]
    for place in CHANNELS:
        plan = SetDaily(at=time(13), zone="UTC", reveal=RevealAfter(3))
        await first.say("ann", plan, place=place, organiser=True)
    for hour in range(24 * DAYS):
        first.clock.set(hour * HOUR.total_seconds())
        ticks = [
            process.send(own(Tick(), first.clock, daily_place(place, name_of(place))))
            for place in CHANNELS
            for process in (*processes, *processes)
        ]
        await asyncio.gather(*ticks)
        await asyncio.gather(*(process.deliverer.drain() for process in processes))

    posted = Counter(post.key for process in processes for post in process.transport.posts)
    assert set(posted.values()) == {1}
    assert len(posted) == len(CHANNELS) * DAYS * 2
    for place in CHANNELS:
        assert [row.outcome for row in await first.store.ledger(name_of(place))] == ["posted"] * DAYS
