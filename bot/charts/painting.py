"""Painting: SVG to PNG off the event loop, in a process of its own.

The renderer neither lets go of the interpreter's lock nor promises to survive every font and text that
people come up with. So a worker process does it: started at the first picture, ended after some minutes
without one.
"""

import asyncio
import json
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from datetime import timedelta
from pathlib import Path
from typing import Final, Self

from bot.charts.themes import LIGHT, Theme
from bot.core.errors import StudyHallError

ZOOM: Final = 1.5
_LENGTH: Final = 4
_TRIES: Final = 2
_WORKER: Final = """
import sys
sys.path.insert(0, sys.argv[1])
from bot.charts.worker import serve
serve(sys.stdin.buffer, sys.stdout.buffer, idle=float(sys.argv[2]))
"""
_ROOT: Final = str(Path(__file__).resolve().parents[2])


class PaintingError(StudyHallError):
    """A drawing could not be painted; its alt text says the same."""


class Painter:
    """Paints one picture at a time. *patience* is how long one may take, *idle* when the worker goes home."""

    def __init__(
        self, *, patience: timedelta = timedelta(seconds=10), idle: timedelta = timedelta(minutes=5)
    ) -> None:
        self._patience = patience
        self._idle = idle
        self._worker: Process | None = None
        self._turn = asyncio.Lock()

    async def __aenter__(self) -> Self:
        """Start nothing yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the worker."""
        await self.aclose()

    async def png(self, svg: str, theme: Theme = LIGHT) -> bytes:
        """Return *svg*, as :func:`bot.charts.drawing.draw` made it, as PNG, 720 pixels wide.

        Raises PaintingError when it cannot be painted, or not in time.
        """
        request = json.dumps({"svg": svg, "theme": theme.name, "zoom": ZOOM}).encode() + b"\n"
        async with self._turn:
            for _ in range(_TRIES):
                png = await self._ask(request)
                if png is not None:
                    return png
        raise PaintingError(
            "expected a picture from the worker, which ended twice; send its alt text instead"
        )

    async def aclose(self) -> None:
        """End the worker, whatever it is doing."""
        worker, self._worker = self._worker, None
        if worker is not None:
            if worker.returncode is None:
                worker.kill()
            await worker.communicate()

    async def _ask(self, request: bytes) -> bytes | None:
        """Return the worker's answer, None when it ended instead; no half-read answer is left behind."""
        answered = False
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                png = await _exchange(await self._at_work(), request)
                answered = True
                return png
        except (ConnectionError, asyncio.IncompleteReadError):
            return None
        except TimeoutError:
            raise PaintingError(
                f"expected a picture within {self._patience}; send its alt text instead"
            ) from None
        finally:
            if not answered:
                await self.aclose()

    async def _at_work(self) -> Process:
        if self._worker is None or self._worker.returncode is not None:
            await self.aclose()
            idle = str(self._idle.total_seconds())
            self._worker = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-c", _WORKER, _ROOT, idle, stdin=PIPE, stdout=PIPE, stderr=DEVNULL
            )
        return self._worker


async def _exchange(worker: Process, request: bytes) -> bytes:
    if worker.stdin is None or worker.stdout is None:  # pragma: no cover - both are pipes
        raise ConnectionError
    worker.stdin.write(request)
    await worker.stdin.drain()
    length = int.from_bytes(await worker.stdout.readexactly(_LENGTH), "big")
    return await worker.stdout.readexactly(length)
