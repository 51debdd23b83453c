"""Departures: a group that we were put out of keeps everything, and is posted nothing more."""

from datetime import time

from bot.core import effects as fx
from bot.core.commands import ChangeSettings, RecapAt, RevealAfter, SetDaily, ShowDaily
from bot.core.ids import Platform
from bot.engine.departures import Departures
from bot.engine.identities import recap_id, schedule_id
from bot.records import Place
from tests.engine.halls import HALL, YARD, Process

WORKSPACE = "web"
"""What every event of these tests comes from."""

EVERY_DAY = SetDaily(at=time(14), zone="Europe/Berlin", reveal=RevealAfter(8))


async def shown(process: Process, place: Place) -> list[tuple[str, bool]]:
    """Return the schedules of *place* by name, and whether each is paused."""
    (effect,) = (await process.say("ann", ShowDaily(), place=place, organiser=True)).effects
    assert isinstance(effect, fx.SchedulesShown)
    return [(line.name, line.paused) for line in effect.lines]


async def test_every_schedule_of_the_group_pauses_recaps_too(process: Process) -> None:
    """In all of its channels; whoever lets us in again sets them anew."""
    for place in (HALL, YARD):
        await process.say("ann", EVERY_DAY, place=place, organiser=True)
    await process.say("ann", ChangeSettings(zone="UTC", recap=RecapAt(4, time(18))), organiser=True)
    departures = Departures(process.store, process.clock, process.engine.handle)

    await departures.left(Platform(HALL.platform), WORKSPACE)

    assert await shown(process, HALL) == [("daily", True)]
    assert await shown(process, YARD) == [("daily", True)]
    rows = {row.id: row.due_at for row in await process.store.schedules(HALL)}
    assert rows == {schedule_id(HALL, "daily"): None, recap_id(HALL): None}


async def test_another_group_and_another_platform_go_on(process: Process) -> None:
    """Only the server that we were put out of is concerned."""
    await process.say("ann", EVERY_DAY, organiser=True)
    departures = Departures(process.store, process.clock, process.engine.handle)

    await departures.left(Platform(HALL.platform), "another")
    await departures.left(Platform("elsewhere"), WORKSPACE)

    assert await shown(process, HALL) == [("daily", False)]


async def test_what_was_paused_can_be_set_again(process: Process) -> None:
    """Nothing of it was forgotten: a time alone is enough."""
    await process.say("ann", EVERY_DAY, organiser=True)
    departures = Departures(process.store, process.clock, process.engine.handle)
    await departures.left(Platform(HALL.platform), WORKSPACE)

    await process.say("ann", SetDaily(at=time(15)), organiser=True)
    assert await shown(process, HALL) == [("daily", False)]
