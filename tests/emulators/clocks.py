"""The time of an emulated server: this machine's, and whatever a test has moved it by."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def wall_clock() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


class Clock:
    """Tells the time, and wakes who waits for one; :meth:`advance` moves it without waiting."""

    def __init__(self, now: Callable[[], datetime] = wall_clock) -> None:
        """Begin with the time that *now* tells."""
        self._now = now
        self._offset = timedelta()
        self._moved: list[asyncio.Future[None]] = []

    def __call__(self) -> datetime:
        """Return what time it is."""
        return self._now() + self._offset

    def seconds(self) -> float:
        """Return the seconds since 1970."""
        return self().timestamp()

    def advance(self, seconds: float) -> None:
        """Let it be *seconds* later at once, and wake those who waited for less."""
        self._offset += timedelta(seconds=seconds)
        moved, self._moved = self._moved, []
        for future in moved:
            if not future.done():
                future.set_result(None)

    async def sleep(self, seconds: float) -> None:
        """Wait until it is *seconds* later by this clock."""
        until = self.seconds() + seconds
        while (left := until - self.seconds()) > 0:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._moved.append(future)
            await asyncio.wait([future], timeout=left)
            if future in self._moved:
                self._moved.remove(future)
