"""Interruptions: no clock runs while the chat cannot be heard."""

from bot.core.ids import Platform
from bot.engine.interruptions import Interruptions
from bot.records import Place
from tests.engine.halls import HALL, YARD, Process, asking


def interruptions(process: Process) -> Interruptions:
    """Return what suspends the rounds of *process*."""
    return Interruptions(process.store, process.clock, process.engine.handle)


def everywhere(_place: Place) -> bool:
    """Concern every place."""
    return True


async def test_rounds_stand_still_while_nothing_is_heard_and_go_on_afterwards(process: Process) -> None:
    """Whoever was asked has as long as before, and the channel is told both times."""
    await asking(process)
    platform = Platform(HALL.platform)

    await interruptions(process).unheard(platform, everywhere)
    await process.pass_time(60)
    await interruptions(process).heard(platform, everywhere)
    await process.pass_time(0)

    assert [post.view.title for post in process.transport.posts][-2:] == ["Paused", "Going on"]


async def test_only_the_places_that_are_concerned_stand_still(process: Process) -> None:
    """Another shard hears the others."""
    await asking(process)

    await interruptions(process).unheard(Platform(HALL.platform), lambda place: place == YARD)
    await interruptions(process).unheard(Platform("elsewhere"), everywhere)
    await process.pass_time(60)

    assert any("the answer" in post.view.title for post in process.transport.posts)
