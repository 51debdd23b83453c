"""The queue that many processes share: PgQueuer's tables on PostgreSQL.

PgQueuer forgets a job's key when the job is done. The keys therefore have a table of our own beside it,
filled in the transaction that enqueues.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, cast

import asyncpg
from asyncpg.pool import PoolConnectionProxy
from pgqueuer import AsyncpgDriver, Queries
from pgqueuer.adapters.persistence import qb
from pgqueuer.domain.errors import FailingListenerError

from bot.ports import Clock, Handler, Job
from bot.queue.names import pgqueuer_names
from bot.queue.stored import by_name, epoch_ms
from bot.queue.workers import Worker, WorkRules, insert

if TYPE_CHECKING:
    _Connection = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    _Pool = asyncpg.Pool[asyncpg.Record]

_log = logging.getLogger(__name__)

_TIDY_EVERY = timedelta(hours=1)
_RECONNECT_AFTER = timedelta(seconds=1)
_LOST = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # the server is shutting down or starting up
    asyncpg.InsufficientResourcesError,  # too many connections
    asyncpg.InternalClientError,  # the server hung up on a connection that lay idle
    FailingListenerError,
)


@cache
def _sql(name: str) -> str:
    """Return the statements in the file of that *name*."""
    return files("bot.queue").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def _queries(connection: "_Connection") -> Queries:
    """Return PgQueuer's operations over *connection*, under our names."""
    names = pgqueuer_names()
    return Queries(
        # A pool hands out a proxy that behaves as the connection; PgQueuer's annotation knows only that.
        AsyncpgDriver(cast("asyncpg.Connection[asyncpg.Record]", connection)),
        qb.QueryBuilderEnvironment(names),
        qb.QueryQueueBuilder(names),
        qb.QuerySchedulerBuilder(names),
    )


class PostgresQueue:
    """A `Queue` on PostgreSQL that any number of processes work on at once.

    A job that is given up stays in PgQueuer's table as `failed`, where its own tools show it and queue it
    again. *clock* only tells how far off a job is when it is enqueued; the server's clock decides from then
    on, so the clocks of the processes need not agree.
    """

    def __init__(self, pool: "_Pool", clock: Clock, rules: WorkRules | None = None) -> None:
        """Work through *pool*, which needs room for two connections and no codec of its own for jsonb.

        One connection is kept for as long as `run` lasts. The tables must be there: see `install`.
        """
        self._pool = pool
        self._clock = clock
        self._worker = Worker(rules or WorkRules(), on_failure="hold")

    @classmethod
    @asynccontextmanager
    async def opened(
        cls, dsn: str, clock: Clock, rules: WorkRules | None = None
    ) -> "AsyncIterator[PostgresQueue]":
        """Give a queue with a small pool of its own at *dsn* and its tables installed; close both after."""
        async with asyncpg.create_pool(dsn, min_size=1, max_size=4) as pool:
            queue = cls(pool, clock, rules)
            await queue.install()
            yield queue

    async def install(self) -> None:
        """Create the tables, or bring those of an earlier version up to date; twice does no harm."""
        async with self._pool.acquire() as connection:
            queries = _queries(connection)
            async with queries.schema_lock():
                await queries.upgrade()
                await connection.execute(_sql("create_job_keys"))

    async def enqueue(self, jobs: Sequence[Job]) -> None:
        """Keep *jobs*; one whose kind and key were enqueued before is dropped, even when it was done.

        Raises what asyncpg raises while the server is away; to do it again then is safe.
        """
        if not jobs:
            return
        async with self._pool.acquire() as connection, connection.transaction():
            await self.enqueue_within(connection, jobs)

    async def enqueue_within(self, connection: "_Connection", jobs: Sequence[Job]) -> None:
        """Do the same as a part of the transaction that is open on *connection*, however old that is."""
        named = by_name(jobs)
        # In one order always: two transactions that take the same keys cross-wise would wait for each other.
        names = sorted(named)
        rows = await connection.fetch(
            _sql("take_job_keys"),
            [kind for kind, _ in names],
            [key for _, key in names],
            [epoch_ms(named[name].due) for name in names],
        )
        taken = {(row["kind"], row["key"]) for row in rows}
        if taken:
            fresh = [job for name, job in named.items() if name in taken]
            await insert(_queries(connection), fresh, await self._transaction_start(connection))

    async def _transaction_start(self, connection: "_Connection") -> datetime:
        """Return by our clock when the transaction began, never too late.

        PgQueuer counts a job's delay from the server's now(), and that is the start of the transaction.
        """
        now = self._clock.now()
        age: timedelta = await connection.fetchval("SELECT clock_timestamp() - now()")
        return now - age

    async def run(self, handlers: Mapping[str, Handler]) -> None:
        """Hand due jobs to *handlers* until `stop`; outlast a server that goes away and comes back."""
        with self._worker.working():
            tidying = asyncio.create_task(self._keep_tidy())
            try:
                await self._keep_working(handlers)
            finally:
                tidying.cancel()
                await asyncio.wait({tidying})

    async def stop(self) -> None:
        """Start no other job, return when those in flight are finished."""
        await self._worker.stop()

    async def depth(self) -> int:
        """Count the jobs that wait or are in flight, in all processes."""
        count: int = await self._pool.fetchval(_sql("count_jobs"))
        return count

    async def _keep_working(self, handlers: Mapping[str, Handler]) -> None:
        """Run one session after another: each ends when the queue is stopped or its connection is lost."""
        while not self._worker.stopping:
            try:
                await self._session(handlers)
            except _LOST as error:
                _log.warning("The queue lost its database: %r; it will connect again", error)
            await self._worker.pause(_RECONNECT_AFTER)

    async def _session(self, handlers: Mapping[str, Handler]) -> None:
        """Work over one connection until stopped or the connection is lost."""
        async with self._pool.acquire() as connection:
            connection.add_termination_listener(lambda _: self._worker.end_session())
            try:
                await self._worker.session(_queries(connection), handlers)
            finally:
                # It listens for PgQueuer's notices, and the pool wants none back that listens.
                with suppress(asyncpg.InterfaceError):  # lost: the pool has taken it back already
                    await connection.close()

    async def _keep_tidy(self) -> None:
        """Every hour forget the keys, the log and the jobs given up that are older than the rules say."""
        while not self._worker.stopping:
            try:
                await self._tidy()
            except _LOST as error:
                _log.warning("The queue could not be tidied: %r; the next try is in an hour", error)
            await self._worker.pause(_TIDY_EVERY)

    async def _tidy(self) -> None:
        """Forget what is older than the rules say."""
        remember = self._worker.rules.remember
        await self._pool.execute(_sql("forget_job_keys"), epoch_ms(self._clock.now() - remember))
        await self._pool.execute(_sql("forget_log"), remember)
        await self._pool.execute(_sql("forget_given_up"), remember)
