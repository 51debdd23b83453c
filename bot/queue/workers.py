"""The running side that both queues share: handlers, attempts, stopping."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pgqueuer import QueueManager, RetryRequested
from pgqueuer.models import Job as PgJob

from bot.ports import Handler, Job
from bot.queue.backoff import Backoff
from bot.queue.stored import decode, dedupe_key, encode, priority

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pgqueuer.domain.types import OnFailure
    from pgqueuer.ports import RepositoryPort

_log = logging.getLogger(__name__)

Report = Callable[[Job, Exception], None]


def log_given_up(job: Job, error: Exception) -> None:
    """Log that *job* had its last attempt, with what it failed of."""
    _log.error("Gave up the job %s %s, due %s", job.kind, job.key, job.due, exc_info=error)


@dataclass(frozen=True, slots=True)
class WorkRules:
    """How jobs are worked on.

    *at_once* is how many handlers of one process may run side by side, two or more. A job whose process
    has given no sign of life for *takeover_after* is run by another. The key of a job is remembered until
    *remember* after it was due, so within that time it cannot be enqueued anew.
    """

    backoff: Backoff = field(default_factory=Backoff)
    at_once: int = 32
    takeover_after: timedelta = timedelta(seconds=30)
    remember: timedelta = timedelta(days=60)
    report: Report = log_given_up


async def insert(queries: "RepositoryPort", jobs: "Sequence[Job]", now: datetime) -> None:
    """Give *jobs* to PgQueuer in due order; one whose key waits there already is skipped.

    PgQueuer reads its own clock and takes a delay instead of a time, so the delay is counted from *now*:
    the moment, by our clock, that PgQueuer will take for now.
    """
    ordered = sorted(jobs, key=lambda job: job.due)
    await queries.enqueue(
        [job.kind for job in ordered],
        [encode(job) for job in ordered],
        [priority(job) for job in ordered],
        [max(job.due - now, timedelta(0)) for job in ordered],
        [dedupe_key(job) for job in ordered],
        on_conflict="skip",
    )


class Worker:
    """Runs handlers over a PgQueuer repository, one session after another, until it is stopped."""

    def __init__(self, rules: WorkRules, *, on_failure: "OnFailure") -> None:
        """Work by *rules*; a job that is given up is deleted or held, as *on_failure* says."""
        self.rules = rules
        self._on_failure = on_failure
        self._stopping = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._manager: QueueManager | None = None
        self._in_flight: set[asyncio.Task[object]] = set()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stopping.is_set()

    async def stop(self) -> None:
        """Start no other job and return when the session, if there is one, has finished its own."""
        self._stopping.set()
        self.end_session()
        await self._idle.wait()

    def end_session(self) -> None:
        """Let the running session finish its jobs in flight and return."""
        if self._manager is not None:
            self._manager.shutdown.set()

    async def pause(self, wait: timedelta) -> None:
        """Return after *wait*, or at once when this is stopped."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._stopping.wait(), wait.total_seconds())

    @contextmanager
    def working(self) -> "Iterator[None]":
        """Hold `stop` back while the block runs; refuse a second run beside the first."""
        if not self._idle.is_set():
            message = "This queue runs already: give a second run its own queue."
            raise RuntimeError(message)
        self._idle.clear()
        try:
            yield
        finally:
            self._idle.set()

    async def session(self, queries: "RepositoryPort", handlers: Mapping[str, Handler]) -> None:
        """Work on the jobs in *queries* until stopped or ended; raise what PgQueuer raises."""
        self._manager = manager = QueueManager(queries, queries.qbe.settings.channel)
        for kind, handler in handlers.items():
            attempt = self._attempt(handler)
            manager.entrypoint(kind, accepts_context=False, on_failure=self._on_failure)(attempt)
        if self.stopping:
            return
        await self._finish(manager, asyncio.create_task(self._manage(manager)))

    async def _manage(self, manager: QueueManager) -> None:
        """Run *manager* by the rules; its own statistics are left to its dashboard."""
        await manager.run(
            # A silent job is found by asking, nobody tells: so ask twice within the time.
            dequeue_timeout=self.rules.takeover_after / 2,
            batch_size=self.rules.at_once // 2,
            max_concurrent_tasks=self.rules.at_once,
            shutdown_on_listener_failure=True,
            heartbeat_timeout=self.rules.takeover_after,
            log_aggregation_interval=timedelta(0),
        )

    async def _finish(self, manager: QueueManager, running: asyncio.Task[None]) -> None:
        """Wait for *running*; when cancelled, hand the jobs in flight back before passing that on."""
        try:
            await asyncio.shield(running)
        except asyncio.CancelledError:
            manager.shutdown.set()
            for task in self._in_flight:
                task.cancel()
            await asyncio.gather(running, return_exceptions=True)
            raise

    def _attempt(self, handler: Handler) -> Callable[[PgJob], Awaitable[None]]:
        """Return *handler* as PgQueuer calls it: what goes wrong becomes a later attempt or the end."""

        async def attempt(stored: PgJob) -> None:
            job = self._read(stored)
            with self._counted():
                try:
                    await handler(job)
                except asyncio.CancelledError as error:
                    # PgQueuer would strike a cancelled job out; it was not done, so it has to stay.
                    reason = "its process was told to stop at once"
                    raise RetryRequested(reason=reason) from error
                except Exception as error:
                    self._fail(job, error, failures=stored.attempts + 1)
                    raise

        return attempt

    def _read(self, stored: PgJob) -> Job:
        """Return the job in *stored*; leave one of a newer form to a newer process."""
        try:
            return decode(stored.entrypoint, stored.payload)
        except ValueError as error:
            _log.warning("Cannot read the job %s of kind %s: it waits", stored.id, stored.entrypoint)
            raise RetryRequested(self.rules.backoff.longest, "unreadable form") from error

    @contextmanager
    def _counted(self) -> "Iterator[None]":
        """Know the current task as one in flight while the block runs."""
        task = asyncio.current_task()
        if task is None:  # pragma: no cover - only a coroutine calls this, and that runs in a task
            yield
            return
        self._in_flight.add(task)
        try:
            yield
        finally:
            self._in_flight.discard(task)

    def _fail(self, job: Job, error: Exception, *, failures: int) -> None:
        """Ask for another attempt by raising, or report *job* when it had its last."""
        wait = self.rules.backoff.after(failures)
        if wait is None:
            self.rules.report(job, error)
            return
        _log.warning("The job %s %s failed: %r; next attempt in %s", job.kind, job.key, error, wait)
        raise RetryRequested(wait, repr(error)) from error
