"""The queue of a single process: PgQueuer's in-memory twin.

It remembers nothing across a restart. Whoever uses it derives what is due from the tables, at start and
every minute, and enqueues all of it again; what is known already is dropped here.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from pgqueuer import InMemoryDriver, InMemoryQueries
from pgqueuer.adapters.persistence import qb

from bot.ports import Clock, Handler, Job
from bot.queue.names import pgqueuer_names
from bot.queue.stored import by_name
from bot.queue.workers import Worker, WorkRules, insert

_TIDY_EVERY = timedelta(hours=1)


class EmbeddedQueue:
    """A `Queue` in the memory of this process.

    *clock* only tells how far off a job is when it is enqueued: PgQueuer waits by the machine's clock from
    then on and takes no other. A job that is given up is forgotten but for its key.
    """

    def __init__(self, clock: Clock, rules: WorkRules | None = None) -> None:
        """Start empty."""
        names = pgqueuer_names()
        self._queries = InMemoryQueries(
            InMemoryDriver(),
            qb.QueryBuilderEnvironment(names),
            qb.QueryQueueBuilder(names),
            qb.QuerySchedulerBuilder(names),
        )
        self._clock = clock
        self._worker = Worker(rules or WorkRules(), on_failure="delete")
        self._known: dict[tuple[str, str], datetime] = {}
        self._tidied = clock.now()

    async def enqueue(self, jobs: Sequence[Job]) -> None:
        """Keep *jobs*; one whose kind and key were enqueued before is dropped, even when it was done."""
        await self._tidy()
        fresh = {name: job for name, job in by_name(jobs).items() if name not in self._known}
        if fresh:
            await insert(self._queries, list(fresh.values()), self._clock.now())
            self._known.update((name, job.due) for name, job in fresh.items())

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Hand due jobs to *handlers* until `stop`."""
        with self._worker.working():
            await self._worker.session(self._queries, handlers)

    async def stop(self) -> None:
        """Start no other job, return when those in flight are finished."""
        await self._worker.stop()

    async def depth(self) -> int:
        """Count the jobs that wait or are in flight."""
        return sum(group.count for group in await self._queries.queue_size())

    async def _tidy(self) -> None:
        """Once an hour, forget old keys and PgQueuer's log, which would grow for as long as this runs."""
        now = self._clock.now()
        if now - self._tidied < _TIDY_EVERY:
            return
        self._tidied = now
        oldest = now - self._worker.rules.remember
        self._known = {name: due for name, due in self._known.items() if due >= oldest}
        await self._queries.clear_queue_log()
