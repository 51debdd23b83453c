"""The planner: work for later, derived from the clock and the tables, never from memory.

What is due is enqueued again at every start and every minute; a job's key makes the second time harmless.
"""

from datetime import timedelta
from typing import Final

import structlog

from bot.engine.codec import to_ms
from bot.ports import Clock, Job, Queue, Store

HANDLER_KIND: Final = "forget"
EVERY: Final = timedelta(minutes=1)
KEEP: Final = timedelta(days=30)
"""How long event ids and delivered messages are remembered: far longer than any platform delivers twice."""

log = structlog.get_logger(__name__)


class Planner:
    """Plans the housekeeping and does it."""

    def __init__(self, store: Store, queue: Queue, clock: Clock) -> None:
        """Plan into *queue* what *store* needs."""
        self._store = store
        self._queue = queue
        self._clock = clock

    async def plan(self) -> None:
        """Enqueue what is due today; what is there already stays as it is."""
        today = self._clock.now().date().isoformat()
        await self._queue.enqueue([Job(HANDLER_KIND, today, self._clock.now(), {})])

    async def run(self) -> None:
        """Plan now and every minute until cancelled."""
        while True:
            await self.plan()
            await self._clock.sleep(EVERY.total_seconds())

    async def handle(self, job: Job) -> None:
        """Forget what nobody needs any more."""
        forgotten = await self._store.purge(to_ms(self._clock.now() - KEEP))
        log.info("forgotten", rows=forgotten, job=job.key)
