"""Virtual time: it stands still until the simulation moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class VirtualClock:
    """A clock that only :meth:`move_to` moves."""

    def __init__(self, start: datetime = START) -> None:
        """Begin at *start*."""
        self._now = start

    def now(self) -> datetime:
        """Return the virtual time."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Refuse: nothing in a simulation waits, everything is scheduled."""
        message = f"Something slept for {seconds} s in a simulation, where time moves by schedule alone."
        raise RuntimeError(message)

    def move_to(self, moment: datetime) -> None:
        """Move forward to *moment*; an earlier one changes nothing."""
        self._now = max(self._now, moment)

    def seconds(self) -> float:
        """Return how many seconds have passed since the start."""
        return (self._now - START) / timedelta(seconds=1)
