"""What the tests of the queues share: a clock, handlers that keep a diary, a queue at work for a while."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.ports import Handler, Job, Queue
from bot.queue.backoff import Backoff

_PATIENCE_SECONDS = 30  # far more than any test needs, so that a busy machine fails none

QUICK = Backoff(attempts=3, first=timedelta(milliseconds=20), longest=timedelta(milliseconds=40))


class MachineClock:
    """The machine's time, moved on by *ahead*: PgQueuer waits by the machine's own and takes no other."""

    def __init__(self, ahead: timedelta = timedelta(0)) -> None:
        self.ahead = ahead

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC) + self.ahead

    async def sleep(self, seconds: float) -> None:
        """Return when *seconds* have passed."""
        await asyncio.sleep(seconds)


class Diary:
    """A handler that writes down what it was handed, and fails the first *failures* times."""

    def __init__(self, failures: int = 0) -> None:
        self.jobs: list[Job] = []
        self.at: list[datetime] = []
        self._failures = failures

    async def __call__(self, job: Job) -> None:
        """Write *job* down."""
        self.jobs.append(job)
        self.at.append(datetime.now(UTC))
        if len(self.jobs) <= self._failures:
            message = f"failure {len(self.jobs)}"
            raise LookupError(message)

    @property
    def keys(self) -> list[str]:
        """The keys of what was handed over, in that order."""
        return [job.key for job in self.jobs]

    @property
    def times(self) -> Counter[str]:
        """How often each key was handed over."""
        return Counter(self.keys)


class Gate:
    """A handler that tells when it started and waits until it may end."""

    def __init__(self) -> None:
        self.started = asyncio.Event()
        self.open = asyncio.Event()
        self.finished = 0

    async def __call__(self, job: Job) -> None:
        """Wait at the gate."""
        del job
        self.started.set()
        await self.open.wait()
        self.finished += 1


def job(key: str, *, due_in: float = -1, kind: str = "recap") -> Job:
    """A job that is due in so many seconds, to the millisecond as queues keep it."""
    due = datetime.now(UTC) + timedelta(seconds=due_in)
    return Job(kind, key, due.replace(microsecond=due.microsecond // 1000 * 1000), {"group": 7, "deck": "x"})


@asynccontextmanager
async def at_work(queue: Queue, handlers: Mapping[str, Handler]) -> AsyncIterator[None]:
    """Run *queue* during the block, then stop it, and see that its run has ended well."""
    running = asyncio.create_task(queue.run(handlers))
    try:
        yield
    finally:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            await queue.stop()
            await running


async def until(holds: Callable[[], bool]) -> None:
    """Return when *holds* does; fail when it never does."""

    async def asked() -> bool:
        return holds()

    await until_found(asked)


async def until_found(holds: Callable[[], Awaitable[bool]]) -> None:
    """Return when *holds*, which has to ask somebody, does; fail when it never does."""
    async with asyncio.timeout(_PATIENCE_SECONDS):
        while not await holds():  # noqa: ASYNC110 - a database or another task is asked, neither tells
            await asyncio.sleep(0.01)


async def until_empty(queue: Queue) -> None:
    """Return when *queue* holds no job."""

    async def empty() -> bool:
        return await queue.depth() == 0

    await until_found(empty)
