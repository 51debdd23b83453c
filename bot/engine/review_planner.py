"""The review's planner: what nobody asks for, but the clock.

Rounds that were open when an item was mended are looked at within a minute of their end. Once a day the
items that were answered since the day before are looked at, and those that the strong get wrong wait for a
decision.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

import structlog

from bot.core.errors import StoreError
from bot.core.ids import ItemId
from bot.core.review_commands import Regrade, Suspect
from bot.engine.codec import to_ms
from bot.engine.events import OWN, Event, Regarded, Reply
from bot.engine.reviews import Reviews
from bot.ports import Clock, Decided, Job, Queue
from bot.records import Place

SUSPECTS_KIND: Final = "suspects"
EVERY: Final = timedelta(minutes=1)
LATELY: Final = timedelta(hours=25)
"""A little more than a day, so that nothing falls between two looks."""

AT_ONCE: Final = 20

log = structlog.get_logger(__name__)


class ReviewPlanner:
    """Plans what is due in reviews, and does it."""

    def __init__(
        self,
        decided: Decided,
        queue: Queue,
        clock: Clock,
        reviews: Reviews,
        handle: Callable[[Event], Awaitable[Reply]],
    ) -> None:
        """Find what is due in *decided* and in *reviews*, and hand it to *handle*."""
        self._decided = decided
        self._queue = queue
        self._clock = clock
        self._reviews = reviews
        self._handle = handle

    async def plan(self) -> None:
        """Enqueue the look of today, and look at rounds that have ended since they were decided on."""
        now = self._clock.now()
        await self._queue.enqueue([Job(SUSPECTS_KIND, now.date().isoformat(), now, {})])
        for group, item in await self._decided.items_overdue(AT_ONCE):
            await self._handle(self._event(Regrade(), Regarded(group, ItemId(item))))

    async def run(self) -> None:
        """Plan now and every minute until cancelled; what fails is tried again."""
        while True:
            try:
                await self.plan()
            except StoreError:
                log.exception("review_plan_failed")
            await self._clock.sleep(EVERY.total_seconds())

    async def handle(self, job: Job) -> None:
        """Look at what was answered lately."""
        found = 0
        for group, item in await self._decided.items_answered(to_ms(self._clock.now() - LATELY)):
            suspicion = await self._reviews.suspicion(group, ItemId(item))
            if suspicion is not None:
                found += 1
                await self._handle(self._event(Suspect(), Regarded(group, ItemId(item), suspicion)))
        log.info("suspects", items=found, job=job.key)

    def _event(self, intent: Regrade | Suspect, regarded: Regarded) -> Event:
        place = Place("review", str(regarded.group))
        return Event(OWN, place, intent, self._clock.now(), regarded=regarded)
