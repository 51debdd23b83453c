"""Loops: callers who wait for their commit, as learners do."""

import asyncio
import gc
import time
from collections.abc import Awaitable, Callable, Sequence

Commit = Callable[[Sequence[int]], Awaitable[None]]


class GroupCommit:
    """The least that group commit needs: a list, a future a caller, and *writers* tasks."""

    def __init__(self, commit: Commit, writers: int = 1) -> None:
        """Commit through *commit*."""
        self._commit = commit
        self._free = writers
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []
        self._tasks: set[asyncio.Task[None]] = set()

    async def add(self, number: int) -> None:
        """Return when *number* is committed."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((number, future))
        if self._free:
            self._free -= 1
            task = asyncio.create_task(self._drain())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        await future

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            await self._commit([number for number, _ in batch])
            for _, future in batch:
                future.set_result(None)
        self._free += 1


def tidied() -> None:
    """Set aside what is in memory by now, so that the collector does not look at it while time is taken."""
    gc.collect()
    gc.freeze()


async def closed_loop(target: GroupCommit, answers: int, at_once: int) -> float:
    """Send *answers* numbers, *at_once* at a time, each caller waiting for its own; return seconds."""
    numbers = iter(range(answers))

    async def caller() -> None:
        for number in numbers:
            await target.add(number)

    tidied()
    began = time.perf_counter()
    await asyncio.gather(*(caller() for _ in range(at_once)))
    return time.perf_counter() - began
