"""The planner: what is due is planned from the clock, again and again, and done once."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import time

import pytest

from bot.core.commands import SetDaily, Stop
from bot.engine.codec import to_ms
from bot.engine.planner import HANDLER_KIND, KEEP, Planner
from bot.engine.retiming import RETIMING_KIND, Retimer
from bot.ports import Handler, Job
from bot.records import Asked, Changes, Snapshot
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


def planner_of(
    process: Process, queue: KeptJobs, clock: StandingClock | None = None, rules: str = "2026a"
) -> Planner:
    """Return the planner of *process*, which goes by the *rules* of zones of that name."""
    clock = clock or process.clock
    return Planner(
        process.store, queue, clock, Retimer(process.store, process.store, clock, process.send, rules)
    )


async def test_one_clean_up_a_day_is_planned_however_often(process: Process) -> None:
    """Its key is the day."""
    queue = KeptJobs()
    planner = planner_of(process, queue)

    for hours in (0, 1, 11.9, 12, 30):
        process.clock.set(hours * 3600)
        await planner.plan()

    assert sorted(queue.jobs) == [
        (HANDLER_KIND, "2026-03-01"),
        (HANDLER_KIND, "2026-03-02"),
        (RETIMING_KIND, "2026a"),
    ]
    assert queue.jobs[HANDLER_KIND, "2026-03-01"].due == moment(0)


async def test_a_running_planner_plans_at_once_and_every_minute(
    clock: StandingClock, process: Process
) -> None:
    """And at once, so a restart loses nothing, and neither does a queue that was emptied."""
    queue = KeptJobs()
    task = asyncio.create_task(planner_of(process, queue, clock).run())
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
    planner = planner_of(process, KeptJobs())

    process.clock.set(KEEP.total_seconds() - 60)
    await planner.handle(job)
    assert (await snapshot(process.store, Asked("start", HALL, None))).events == {"start"}

    process.clock.set(KEEP.total_seconds() + DAY)
    await planner.handle(job)
    assert (await snapshot(process.store, Asked("start", HALL, None))).events == set()
    assert await process.store.purge(to_ms(process.clock.now())) == 0
    assert await process.store.waking(2**60, 10) == []


# ------------------------------------------------------------------------------------- newer rules of zones


async def moved(process: Process, hours: int) -> None:
    """Leave the schedule's Tick at so many hours from its right moment, as other rules of its zone would."""
    right = (await process.store.schedules(HALL))[0].due_at
    assert right is not None

    def tamper(found: Snapshot) -> Changes:
        (row,) = found.schedules.values()
        return Changes(schedules=[row._replace(version=row.version + 1, due_at=right + hours * 3_600_000)])

    await process.store.transact([Asked("", HALL, None, schedules=True)], (), tamper)


async def asked_at(process: Process, hours: float) -> bool:
    """Let the clock come to so many hours after noon; return whether the question of the day is there."""
    process.clock.set(hours * 3600)
    await process.pass_time(0)
    return any(post.key.endswith(".ask") for post in process.transport.posts)


@pytest.mark.parametrize("hours", [-1, 1])
async def test_newer_rules_of_a_zone_move_what_is_due(process: Process, hours: int) -> None:
    """The post comes when clocks show its hour by the newer rules, however far the older ones were off."""
    await process.say("ann", SetDaily(at=time(14), zone="UTC"), organiser=True)
    await moved(process, hours)
    heir, queue = Process(process.store, process.clock), KeptJobs()
    planner = planner_of(heir, queue, rules="2026b")
    await planner.plan()

    await queue.run(planner.handlers)

    assert not await asked_at(heir, 1.99)
    assert await asked_at(heir, 2)


async def test_a_tick_that_came_too_early_is_written_down_anew(process: Process) -> None:
    """So that nobody is woken by it again and again."""
    await process.say("ann", SetDaily(at=time(14), zone="UTC"), organiser=True)
    await moved(process, -1)

    assert not await asked_at(process, 1)
    assert await process.store.waking(to_ms(process.clock.now()), 10) == []
    assert await asked_at(process, 2)


async def test_schedules_that_are_on_time_are_not_written_again(process: Process) -> None:
    """And rounds are let alone."""
    await process.say("ann", SetDaily(at=time(14), zone="UTC"), organiser=True)
    await asking(process)
    before, queue = await process.store.schedules(HALL), KeptJobs()
    planner = planner_of(process, queue)
    await planner.plan()

    await queue.run(planner.handlers)

    assert await process.store.schedules(HALL) == before


async def test_for_each_version_of_the_rules_schedules_are_looked_at_once(process: Process) -> None:
    """By whichever process comes first, and however often it starts."""
    await process.say("ann", SetDaily(at=time(14), zone="UTC"), organiser=True)
    for rules, hours, right in (("2026a", 0, True), ("2026a", 1, False), ("2026b", 1, True)):
        await moved(process, hours)
        queue = KeptJobs()
        planner = planner_of(Process(process.store, process.clock), queue, rules=rules)
        await planner.plan()
        await queue.run(planner.handlers)

        due = (await process.store.schedules(HALL))[0].due_at
        assert (due == to_ms(moment(2 * 3600))) is right
        if not right:
            await moved(process, -hours)
