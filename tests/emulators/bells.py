"""A bell that is rung whenever something has happened, for those who wait for something to be so."""

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

WAIT_SECONDS: Final = 20.0
"""A busy machine is slow, and a test that passes never waits this long."""

_T = TypeVar("_T")


class Bell:
    """Wakes those who wait at each ring; costs next to nothing while nobody does."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Let those who wait look again."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def until(self, look: Callable[[], _T], seconds: float = WAIT_SECONDS, what: str = "") -> _T:
        """Return the first true value that *look* gives; it is called now and at each ring.

        Raises TimeoutError after *seconds*, saying *what* was awaited.
        """
        try:
            async with asyncio.timeout(seconds):
                while not (found := look()):
                    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
                    self._waiting.append(future)
                    await future
        except TimeoutError:
            message = f"Nothing came of it in {seconds:g} s: {what or 'what was awaited'}."
            raise TimeoutError(message) from None
        return found
