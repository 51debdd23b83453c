"""Rate limits: how many requests of a kind in how many seconds, and what is said to one too many."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Rate:
    """So many requests in so many seconds; the seconds begin with the first of them."""

    requests: int
    seconds: float


RATES: Final[Mapping[str, Rate]] = {
    "post": Rate(5, 5.0),
    "edit": Rate(5, 5.0),
    "react": Rate(1, 0.25),
}
"""What Discord was seen to allow in one channel; whatever else is asked has :data:`GENEROUS`."""

GENEROUS: Final = Rate(100, 1.0)
GLOBAL: Final = Rate(50, 1.0)


@dataclass(slots=True)
class Window:
    """A bucket as it is: how many requests are left until it is full again."""

    rate: Rate
    left: int
    until: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request may pass, and what its answer's headers say. *everywhere* is the global limit."""

    passes: bool
    bucket: str
    limit: int
    left: int
    reset_after: float
    everywhere: bool = False


@dataclass(slots=True)
class Limits:
    """Counts requests by bucket. All can be set while it runs; *on* switches everything."""

    rates: dict[str, Rate] = field(default_factory=lambda: dict(RATES))
    others: Rate = GENEROUS
    overall: Rate | None = GLOBAL
    on: bool = True
    _windows: dict[tuple[str, str], Window] = field(default_factory=dict)

    def take(self, kind: str, major: str, who: str, now: float, *, exempt: bool) -> Verdict | None:
        """Count a request of *kind* in *major* by *who* at *now*, in seconds; None where nothing is counted.

        What belongs to an interaction is *exempt*.
        """
        if not self.on or exempt:
            return None
        verdict = self._count(kind, major, self.rates.get(kind, self.others), now)
        if verdict.passes and self.overall is not None:
            overall = self._count("global", who, self.overall, now)
            if not overall.passes:
                return Verdict(
                    passes=False, bucket="", limit=0, left=0, reset_after=overall.reset_after, everywhere=True
                )
        return verdict

    def _count(self, kind: str, major: str, rate: Rate, now: float) -> Verdict:
        window = self._windows.get((kind, major))
        if window is None or window.until <= now or window.rate != rate:
            window = self._windows[kind, major] = Window(rate, rate.requests, now + rate.seconds)
        passes = window.left > 0
        window.left -= passes
        return Verdict(passes, kind, rate.requests, window.left, max(window.until - now, 0.001))


def headers_of(verdict: Verdict, now: float) -> dict[str, str]:
    """Return the headers that tell *verdict*, to every answer of a bucket."""
    if verdict.everywhere:
        return {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"}
    return {
        "X-RateLimit-Bucket": verdict.bucket,
        "X-RateLimit-Limit": str(verdict.limit),
        "X-RateLimit-Remaining": str(verdict.left),
        "X-RateLimit-Reset": f"{now + verdict.reset_after:.3f}",
        "X-RateLimit-Reset-After": f"{verdict.reset_after:.3f}",
    }
