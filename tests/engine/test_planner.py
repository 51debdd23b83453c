"""The planner: what is due is planned from the clock, again and again, and done once."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress

from bot.core.commands import Stop
from bot.engine.codec import to_ms
from bot.engine.planner import HANDLER_KIND, KEEP, Planner
from bot.ports import Handler, Job
from bot.records import Asked
from tests.contracts.stores import snapshot
from tests.core.builders import moment
from tests.engine.clocks import StandingClock, settled
from tests.engine.halls import HALL, Process, asking

DAY = 24 * 3600


class KeptJobs:
    """A queue that keeps what is put into it."""

    def __init__(self) -> None:
        self.jobs: dict[tuple[str, str], Job] = {}
        self.calls = 0

    async def enqueue(self, jobs: Sequence[Job]) -> None:
        """Add what is new."""
        self.calls += 1
        for job in jobs:
            self.jobs.setdefault((job.kind, job.key), job)

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Run every job once."""
        for job in self.jobs.values():
            await handlers[job.kind](job)

    async def stop(self) -> None:
        """Return at once."""

    async def depth(self) -> int:
        """Return how many jobs there are."""
        return len(self.jobs)


async def test_one_clean_up_a_day_is_planned_however_often(process: Process) -> None:
    """Its key is the day."""
    queue = KeptJobs()
    planner = Planner(process.store, queue, process.clock)

    for hours in (0, 1, 11.9, 12, 30):
        process.clock.set(hours * 3600)
        await planner.plan()

    assert sorted(queue.jobs) == [(HANDLER_KIND, "2026-03-01"), (HANDLER_KIND, "2026-03-02")]
    assert queue.jobs[HANDLER_KIND, "2026-03-01"].due == moment(0)


async def test_a_running_planner_plans_at_once_and_every_minute(
    clock: StandingClock, process: Process
) -> None:
    """And at once, so a restart loses nothing, and neither does a queue that was emptied."""
    queue = KeptJobs()
    task = asyncio.create_task(Planner(process.store, queue, clock).run())
    await settled()
    assert queue.calls == 1

    for minute in range(3):
        await clock.move(60)
        assert queue.calls == minute + 2
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_the_clean_up_forgets_what_nobody_needs_any_more(process: Process) -> None:
    """Event ids and delivered messages of a month ago; the rounds stay."""
    await asking(process)
    await process.say("ann", Stop())
    await process.deliverer.drain()
    job = Job(HANDLER_KIND, "today", moment(0), {})
    planner = Planner(process.store, KeptJobs(), process.clock)

    process.clock.set(KEEP.total_seconds() - 60)
    await planner.handle(job)
    assert (await snapshot(process.store, Asked("start", HALL, None))).events == {"start"}

    process.clock.set(KEEP.total_seconds() + DAY)
    await planner.handle(job)
    assert (await snapshot(process.store, Asked("start", HALL, None))).events == set()
    assert await process.store.purge(to_ms(process.clock.now())) == 0
    assert await process.store.waking(2**60, 10) == []
