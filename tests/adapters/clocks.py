"""Clocks: the machine's own, moved ahead or made quicker where a test would have to wait."""

from datetime import datetime, timedelta

from bot.app import SystemClock


class MovedClock(SystemClock):
    """The machine's own time, *pace* times as quick, and so much later as a test has moved it."""

    def __init__(self, pace: float = 1.0) -> None:
        """Begin at the time that it is."""
        self.later = timedelta(0)
        self._pace = pace
        self._began = super().now()

    def unmoved(self) -> datetime:
        """Return the time without what a test has moved it by."""
        return self._began + (super().now() - self._began) * self._pace

    def now(self) -> datetime:
        """Return the time."""
        return self.unmoved() + self.later

    async def sleep(self, seconds: float) -> None:
        """Return when *seconds* of this clock have passed."""
        await super().sleep(seconds / self._pace)
