"""A restart: what the process before had in hand is delivered at once, and only by one that serves."""

from pathlib import Path

from bot.app import open_database, running
from bot.core import effects as fx
from bot.core.ids import RoundId
from bot.engine.codec import encode_effect, to_ms
from bot.records import Changes, OutboxRow, Place
from bot.store.sqlite import SqliteStore
from tests.app.visitors import HurriedClock, configured, window

HOUR_MS = 3_600_000


async def claimed(file: Path) -> int:
    """Leave a message in hand of a process that has gone, for an hour; return when that is over."""
    database = await SqliteStore.open(file)
    now = to_ms(HurriedClock().now())
    body = encode_effect(fx.RoundPaused(RoundId("r1"), "Zoe", None))
    row = OutboxRow("r1.pause.1", "post", Place("web", "general"), "", now, body)
    await database.transact([], (), lambda _: Changes(outbox=[row]))
    await database.claim(now, HOUR_MS, 1)
    await database.close()
    return now + HOUR_MS


async def test_what_a_dead_process_had_in_hand_is_delivered_at_once(tmp_path: Path) -> None:
    """A round does not stand still for as long as a lease lasts, because its host was restarted."""
    await claimed(tmp_path / "hall.db")

    async with running(configured(tmp_path), clock=HurriedClock()) as address, window(address, "Ann") as ann:
        await ann.send(type="history", channel="general")
        message = await ann.until("Zoe")

    assert "Zoe" in str(message["view"])


async def test_a_command_that_only_opens_the_database_takes_nothing_over(tmp_path: Path) -> None:
    """The tables can be brought up to date while a process serves, and delivers from them."""
    until = await claimed(tmp_path / "hall.db")

    database = await open_database(configured(tmp_path))

    assert await database.next_due() == until
    await database.close()
