"""Retiming: when the rules of a zone have changed, schedules want their Tick at another moment.

A schedule's row holds the moment of its next Tick, worked out by the rules of that day. A newer version of
the rules comes with a start of the program. So for each version every schedule is looked at once, and those
whose moment has moved get a Tick: it does what is due by now, and writes the moment down anew.

Whoever is stopped on the way begins again at the next start: looking twice changes nothing.
"""

from datetime import date
from typing import Final

import structlog

from bot.core.commands import Tick
from bot.core.schedules import next_due
from bot.engine import codec
from bot.engine.codec import to_ms_after
from bot.engine.events import OWN, Event
from bot.engine.waking import Send
from bot.ports import Clock, Days, Store
from bot.records import Asked, Changes, Place, ScheduleRow, Snapshot, daily_place, home_of, schedule_of

FAR: Final = 2**53
MOST: Final = 2**31 - 1
AT_ONCE: Final = 50
REST: Final = 0.5
"""Seconds of rest after so many channels: nobody waits for this."""

log = structlog.get_logger(__name__)


class Retimer:
    """Sends a Tick to each schedule whose moment has moved, once for each version of the rules of zones."""

    def __init__(self, store: Store, days: Days, clock: Clock, send: Send, rules: str) -> None:
        """Find schedules in *store*; *rules* names the version of the rules that this process goes by."""
        self._store = store
        self._days = days
        self._clock = clock
        self._send = send
        self._rules = rules

    async def run(self) -> None:
        """Look at every schedule that wants a Tick at all, unless that was done for these rules."""
        done = f"zones {self._rules}"
        if await self._is_done(done):
            return
        waiting = await self._store.waking(FAR, MOST)
        homes = sorted({home_of(place) for place, _ in waiting if schedule_of(place)})
        moved = 0
        for number, home in enumerate(homes, start=1):
            try:
                moved += await self._retime(home)
            except Exception:
                log.exception("retiming_failed", channel=home.id)
            if number % AT_ONCE == 0:
                await self._clock.sleep(REST)
        await self._note(done)
        log.info("retimed", channels=len(homes), moved=moved, rules=self._rules)

    async def _retime(self, home: Place) -> int:
        """Send a Tick to the schedules of *home* whose moment has moved; return to how many."""
        rows = (row for row in await self._days.schedules(home) if row.place == home)
        moved = [row for row in rows if _has_moved(row)]
        for row in moved:
            await self._send(Event(OWN, daily_place(home, row.id), Tick(), self._clock.now()))
        return len(moved)

    async def _is_done(self, id_: str) -> bool:
        found: list[bool] = []

        def look(snapshot: Snapshot) -> Changes:
            found.append(id_ in snapshot.events)
            return Changes()

        await self._store.transact([Asked(id_, Place("", ""), None)], (), look)
        return found[-1]

    async def _note(self, id_: str) -> None:
        at = codec.to_ms(self._clock.now())
        asked = [Asked(id_, Place("", ""), None)]
        await self._store.transact(asked, (), lambda _: Changes(events=[(id_, at)]))


def _has_moved(row: ScheduleRow) -> bool:
    """Tell whether by today's rules the schedule of *row* wants its Tick at another moment."""
    if row.due_at is None:
        return False
    plan = codec.SCHEDULE.decode(row.body)
    due = next_due(plan, date.fromisoformat(row.settled) if row.settled else None)
    return plan.at_once is None and (due is None or to_ms_after(due.at) != row.due_at)
