"""Questions of the day in several zones from March to November, in which every clock changes twice.

With deaths, doubled Ticks, jumping clocks and two workers.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.commands import RevealAfter, SetDaily, Tick
from bot.core.ids import ScheduleId
from bot.core.schedules import GRACE, daily_round
from bot.engine.identities import schedule_id
from bot.records import Place, daily_place
from tests.engine.clocks import StandingClock
from tests.engine.halls import Process, own

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

NewProcess = Callable[[], Awaitable[Process]]

ZONES = {
    "Europe/Berlin": time(2, 30),  # in the gap of spring, and twice in autumn
    "America/New_York": time(9),
    "Australia/Lord_Howe": time(2, 10),  # half an hour's shift
    "Asia/Kathmandu": time(23, 59),
    "Africa/Casablanca": time(2, 30),  # winter time in Ramadan
    "Pacific/Auckland": time(0, 0),
}
DAYS = {"memory": 255, "sqlite": 40}
"""SQLite answers the same questions as memory, so it is asked fewer of them."""

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def place_of(zone: str) -> Place:
    """Return the channel whose schedule is in *zone*."""
    return Place("web", zone.casefold().replace("/", "-"))


def name_of(zone: str) -> ScheduleId:
    """Return the schedule in *zone*."""
    return schedule_id(place_of(zone), "daily")


def due(zone: str, day: date) -> datetime:
    """Return when *day*'s question is due, by the rule of the standard library for gaps and folds."""
    return datetime.combine(day, ZONES[zone], ZoneInfo(zone)).astimezone(UTC)


async def tick(process: Process, zone: str) -> None:
    """Let a Tick come, wanted or not."""
    await process.send(own(Tick(), process.clock, daily_place(place_of(zone), name_of(zone))))


class Months:
    """Months that somebody lives through: what is done next is drawn from a seed."""

    def __init__(self, seed: int, new: NewProcess, clock: StandingClock) -> None:
        self.rng = random.Random(seed)
        self.new = new
        self.clock = clock
        self.posted: Counter[str] = Counter()
        self.away: list[tuple[datetime, datetime]] = []
        """When nobody looked."""

    async def live(self, until: datetime) -> None:
        """Go on until then."""
        process = await self.new()
        for zone, at in ZONES.items():
            command = SetDaily(at=at, zone=zone, reveal=RevealAfter(5))
            await process.say("ann", command, place=place_of(zone), organiser=True)
        while self.clock.now() < until:
            process = await self.step(process)
        self.collect(process)

    async def step(self, process: Process) -> Process:
        """Do one thing that happens in them."""
        match self.rng.randrange(30):
            case 0:
                await self.jump(timedelta(hours=self.rng.randint(1, 40)))
            case 1:
                back = (self.clock.now() - START - timedelta(minutes=self.rng.randint(1, 90))).total_seconds()
                self.clock.set(max(0.0, back))
            case 2 | 3:
                self.collect(process)
                return await self.new()
            case 4 | 5:
                zone = self.rng.choice(sorted(ZONES))
                other = await self.new()
                await asyncio.gather(tick(process, zone), tick(other, zone), tick(process, zone))
                await asyncio.gather(process.deliverer.drain(), other.deliverer.drain())
                self.collect(other)
            case _:
                await self.jump(timedelta(minutes=self.rng.randint(1, 300)))
        await process.pass_time(0)
        return process

    async def jump(self, span: timedelta) -> None:
        """Let nobody look for *span*."""
        begun = self.clock.now()
        self.clock.set((begun + span - START).total_seconds())
        self.away.append((begun, self.clock.now()))

    def collect(self, process: Process) -> None:
        """Count what the channel has seen of a process."""
        self.posted.update(post.key for post in process.transport.posts if post.key.endswith(".ask"))
        process.transport.posts.clear()


async def test_every_date_has_one_post_or_one_skip(
    request: pytest.FixtureRequest, new_process: NewProcess, clock: StandingClock
) -> None:
    """At the right local time: late by less than the grace time, or skipped because nobody looked in time."""
    engine = next(name for name in DAYS if f"[{name}" in request.node.name)
    until = START + timedelta(days=DAYS[engine])
    months = Months(7, new_process, clock)
    await months.live(until)
    process = await new_process()

    for zone in ZONES:
        rows = {date.fromisoformat(row.day): row for row in await process.store.ledger(name_of(zone))}
        first = START.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
        dates = [first + timedelta(days=n) for n in range(DAYS[engine] + 3)]
        owed = [day for day in dates if START <= due(zone, day) <= until]
        assert [day for day in owed if day not in rows] == []
        assert [day for day in rows if due(zone, day) < START] == []
        for day in owed:
            at = datetime.fromtimestamp(rows[day].at / 1000, UTC)
            seen = months.posted[f"{daily_round(name_of(zone), day)}.1.ask"]
            if rows[day].outcome == "posted":
                assert seen == 1
                assert timedelta(0) <= at - due(zone, day) < GRACE
            else:
                assert (rows[day].outcome, seen) == ("skipped", 0)
                assert at - due(zone, day) >= GRACE
