"""How long to wait before the next attempt, and when to give up (pure)."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from *first* up to *longest*, for at most *attempts* attempts.

    The defaults give up after ten attempts, eight and a half minutes after the first.
    """

    attempts: int = 10
    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(minutes=5)

    def after(self, failures: int) -> timedelta | None:
        """Return the wait after that many *failures* (1 or more), None when it is time to give up."""
        if failures >= self.attempts:
            return None
        doublings = min(failures - 1, 40)  # more would only make the number long
        return min(self.first * (1 << doublings), self.longest)
