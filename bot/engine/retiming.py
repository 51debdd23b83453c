"""Retiming: when the rules of a zone have changed, schedules want their Tick at another moment.

A schedule's row holds the moment of its next Tick, worked out by the rules of that day. A newer version of
the rules comes with a start of the program. So for each version a job looks at every schedule once: its Tick
does what is due by now, and writes down the moment anew if it has moved.
"""

from datetime import datetime
from typing import Final

import structlog

from bot.core.commands import Tick
from bot.engine.events import OWN, Event
from bot.engine.waking import Send
from bot.ports import Clock, Job, Store
from bot.records import schedule_of

RETIMING_KIND: Final = "retime"
FAR: Final = 2**53
MOST: Final = 2**31 - 1

log = structlog.get_logger(__name__)


class Retimer:
    """Sends a Tick to each schedule, once for each version of the rules of zones."""

    def __init__(self, store: Store, clock: Clock, send: Send, rules: str) -> None:
        """Find schedules in *store*; *rules* names the version of the rules that this process goes by."""
        self._store = store
        self._clock = clock
        self._send = send
        self._rules = rules

    def job(self, due: datetime) -> Job:
        """Return the job; its key makes it one for each version."""
        return Job(RETIMING_KIND, self._rules, due, {})

    async def handle(self, job: Job) -> None:
        """Look at every schedule that wants a Tick at all."""
        waiting = await self._store.waking(FAR, MOST)
        places = [place for place, _ in waiting if schedule_of(place)]
        for place in places:
            await self._send(Event(OWN, place, Tick(), self._clock.now()))
        log.info("retimed", schedules=len(places), rules=job.key)
