"""Batching: events that arrive together share a transaction, and each is acknowledged after its commit.

While a batch is being committed the next one gathers, so that batches grow with the load and a lonely event
waits for nobody. Events of one place always go through the same lane, in the order they arrived. When a batch
fails because of what is in it, its events are saved one by one, so that the broken one fails alone.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from zlib import crc32

from bot.core.errors import StudyHallError
from bot.engine.events import Event, Reply
from bot.engine.lives import Outcome

BATCH = 256
"""The most events in one transaction: enough to share a flush, few enough to be quick."""

Flush = Callable[[Sequence[Event]], Awaitable[Sequence[Outcome]]]


class Batcher:
    """Gathers events for *flush*, in as many *lanes* as the store has writers."""

    def __init__(self, flush: Flush, *, lanes: int = 1) -> None:
        """Begin idle; a lane's task lives only while there is something to do."""
        self._lanes = [_Lane(flush) for _ in range(lanes)]

    def submit(self, event: Event) -> asyncio.Future[Reply]:
        """Promise the reply to *event* once it is committed, or what deciding or saving raised."""
        if len(self._lanes) == 1:
            return self._lanes[0].submit(event)
        return self._lanes[crc32(event.place.id.encode()) % len(self._lanes)].submit(event)

    async def idle(self) -> None:
        """Return when nothing is in flight."""
        for lane in self._lanes:
            await lane.idle()


class _Lane:
    def __init__(self, flush: Flush) -> None:
        self._flush = flush
        self._waiting: deque[tuple[Event, asyncio.Future[Reply]]] = deque()
        self._task: asyncio.Task[None] | None = None

    def submit(self, event: Event) -> asyncio.Future[Reply]:
        future: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, future))
        if self._task is None:
            self._task = asyncio.create_task(self._drain(), name="commit events")
        return future

    async def idle(self) -> None:
        while self._task is not None:
            await asyncio.wait([self._task])

    async def _drain(self) -> None:
        try:
            while self._waiting:
                size = min(BATCH, len(self._waiting))
                await self._commit([self._waiting.popleft() for _ in range(size)])
        finally:
            self._task = None

    async def _commit(self, batch: Sequence[tuple[Event, asyncio.Future[Reply]]]) -> None:
        try:
            outcomes = await self._flush([event for event, _ in batch])
        except StudyHallError as error:  # the store failed, and would fail for each of them
            outcomes = [error] * len(batch)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, whoever waits must hear it
            if len(batch) > 1:
                for one in batch:
                    await self._commit([one])
                return
            outcomes = [error]
        for (_, future), outcome in zip(batch, outcomes, strict=True):
            if future.done():
                continue
            if isinstance(outcome, Exception):
                future.set_exception(outcome)
            else:
                future.set_result(outcome)
