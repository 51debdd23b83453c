"""Processes that are killed without a word while they work, and started again at once."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Final

from tests.emulators.plainchat import Chat
from tests.engine.serving import READY

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0
"""Seconds for a process to be ready; a busy machine is slow, and a run that passes never waits this long."""

PAUSE: Final = (2.0, 4.0)
"""Seconds between one kill and the next, drawn evenly."""

AIM_SECONDS: Final = 1.5
"""How long an aimed kill waits for a message of its victim; then it strikes anyway."""


class Worker:
    """One process of the service, under a number that its successors inherit."""

    def __init__(self, folder: Path, number: int, *arguments: str) -> None:
        """Keep its log in *folder*; *arguments* are those of :mod:`tests.engine.serving`."""
        self.journal = folder / f"worker{number}.jsonl"
        self._folder = folder
        self._arguments = arguments
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[bool] | None = None
        self.pids: list[int] = []

    async def start(self) -> None:
        """Start it; it is not ready yet."""
        with self.journal.open("ab") as journal:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-P", "-m", "tests.engine.serving", *self._arguments),
                cwd=self._folder,
                env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=journal,
            )
        self.pids.append(self._process.pid)
        self._reading = asyncio.create_task(self._read(self._process))

    async def ready(self) -> None:
        """Return once it serves; fail with its log when it ends before."""
        assert self._reading is not None, "The worker was not started yet."
        async with asyncio.timeout(PATIENCE):
            await asyncio.shield(self._reading)
        self.check()

    @property
    def serves(self) -> bool:
        """Tell whether it was ready, and has not been killed since."""
        return self._reading is not None and self._reading.done() and self._reading.result()

    def check(self) -> None:
        """Fail with its log when it has ended by itself."""
        ended = self._process is not None and self._process.returncode is not None
        if ended or (self._reading is not None and self._reading.done() and not self._reading.result()):
            raise AssertionError(f"A worker ended by itself:\n{self.journal.read_text(encoding='utf-8')}")

    async def kill(self) -> None:
        """End it as a power cut does: no goodbye, nothing flushed. Without one, do nothing."""
        process, self._process = self._process, None
        if process is not None:
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
            await process.wait()
        if self._reading is not None:
            await self._reading
            self._reading = None

    async def _read(self, process: asyncio.subprocess.Process) -> bool:
        """Return whether it said that it is ready before it ended."""
        assert process.stdout is not None
        return (await process.stdout.readline()).decode().strip() == READY


@asynccontextmanager
async def working(folder: Path, count: int, *arguments: str) -> AsyncIterator[Sequence[Worker]]:
    """Let *count* workers serve while the block runs; whatever becomes of it, all of them end."""
    workers = [Worker(folder, number, *arguments) for number in range(count)]
    try:
        for worker in workers:
            await worker.start()
        for worker in workers:
            await worker.ready()
        yield workers
    finally:
        for worker in workers:
            await worker.kill()


class Killer:
    """Kills one of the workers every few seconds and starts it again at once, until something goes wrong.

    A kill strikes at any instant, or is aimed: it waits until the chat shows a message, and strikes whoever
    posted it before they can hear of that.
    """

    def __init__(self, workers: Sequence[Worker], chat: Chat, rng: Random) -> None:
        """Draw moments and victims from *rng*."""
        self._workers = workers
        self._chat = chat
        self._rng = rng
        self.kills = 0
        self.aimed = 0

    async def run(self, seconds: float) -> None:
        """Kill for *seconds*, and leave every worker started."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while loop.time() < until:
            await asyncio.sleep(self._rng.uniform(*PAUSE))
            doubled = self._chat.doubled()
            assert not doubled, f"Shown more than once, by channel and key: {doubled}"
            for worker in self._workers:
                worker.check()
            aims = self._rng.random() < 1 / 2
            victim = (await self._aimed() if aims else None) or await self._drawn()
            await victim.kill()
            await victim.start()
            self.kills += 1

    async def _aimed(self) -> Worker | None:
        """Return who posts next, at once when the message is shown; None when nobody does."""
        try:
            async with asyncio.timeout(AIM_SECONDS):
                sender = (await self._chat.next_message()).sender
        except TimeoutError:
            return None
        found = [worker for worker in self._workers if str(worker.pids[-1]) == sender]
        self.aimed += len(found)
        return found[0] if found else None

    async def _drawn(self) -> Worker:
        """Return one of those that serve; a process that is still starting would be no loss."""
        serving = [worker for worker in self._workers if worker.serves]
        if not serving:
            first = self._rng.choice(self._workers)
            await first.ready()
            return first
        return self._rng.choice(serving)
