"""Retiming: newer rules of zones move what is due, once for each version of them."""

from datetime import time

import pytest
from structlog.testing import capture_logs

from bot.core.commands import SetDaily
from bot.core.errors import StoreError
from bot.engine.codec import to_ms
from bot.engine.events import Event
from bot.engine.retiming import Retimer
from bot.records import Asked, Changes, Place, Snapshot
from tests.core.builders import moment
from tests.engine.halls import HALL, YARD, Process, asking


def retimer_of(process: Process, rules: str = "2026a") -> Retimer:
    """Return the retimer of *process*, which goes by the *rules* of zones of that name."""
    return Retimer(process.store, process.store, process.clock, process.send, rules)


async def moved(process: Process, hours: int, place: Place = HALL) -> None:
    """Leave the schedule's Tick at so many hours from its right moment, as other rules of its zone would."""
    right = (await process.store.schedules(place))[0].due_at
    assert right is not None

    def tamper(found: Snapshot) -> Changes:
        (row,) = found.schedules.values()
        return Changes(schedules=[row._replace(version=row.version + 1, due_at=right + hours * 3_600_000)])

    await process.store.transact([Asked("", place, None, schedules=True)], (), tamper)


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
    heir = Process(process.store, process.clock)

    await retimer_of(heir).run()

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
    before = await process.store.schedules(HALL)

    await retimer_of(process).run()

    assert await process.store.schedules(HALL) == before


async def test_for_each_version_of_the_rules_schedules_are_looked_at_once(process: Process) -> None:
    """By whichever process comes first, and however often it starts."""
    await process.say("ann", SetDaily(at=time(14), zone="UTC"), organiser=True)
    for rules, hours, right in (("2026a", 0, True), ("2026a", 1, False), ("2026b", 1, True)):
        await moved(process, hours)
        await retimer_of(Process(process.store, process.clock), rules).run()

        due = (await process.store.schedules(HALL))[0].due_at
        assert (due == to_ms(moment(2 * 3600))) is right
        if not right:
            await moved(process, -hours)


async def test_a_channel_that_fails_holds_up_no_other(process: Process) -> None:
    """It is told in the log, and its schedules keep the moment that they had."""
    for place in (HALL, YARD):
        await process.say("ann", SetDaily(at=time(14), zone="UTC"), place=place, organiser=True)
        await moved(process, 1, place)
    retimer = retimer_of(process)

    async def fail_once(_event: Event) -> object:
        retimer._send = process.send
        raise StoreError("not now")

    retimer._send = fail_once
    with capture_logs() as logged:
        await retimer.run()

    dues = [(await process.store.schedules(place))[0].due_at for place in (HALL, YARD)]
    assert [entry["event"] for entry in logged] == ["retiming_failed", "retimed"]
    assert dues == [to_ms(moment(3 * 3600)), to_ms(moment(2 * 3600))]
