"""What becomes of a request to Plain Chat, drawn from a seed.

Each draw depends on the seed, on what is asked, and on how often that was asked before: not on the order in
which requests come, which no seed can repeat.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from random import Random


class Trouble(StrEnum):
    """How a request fails."""

    NONE = "none"
    """It does not."""

    BUSY = "busy"
    """429 with the time to wait, and nothing has happened."""

    BROKEN = "broken"
    """503, and nothing has happened."""

    CUT = "cut"
    """It has happened, and the connection is closed before the answer."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How often requests fail in each way, from 0 to 1, and how slow they are at most, in seconds."""

    busy: float = 0.0
    broken: float = 0.0
    cut: float = 0.0
    slowest: float = 0.0


@dataclass(frozen=True, slots=True)
class Fate:
    """The trouble of one request, and the seconds that pass before and after its effect."""

    trouble: Trouble
    before: float
    after: float
    wait: float
    """What a busy platform asks for."""


class Fates:
    """Draws what becomes of requests."""

    def __init__(self, seed: str, odds: Odds) -> None:
        """Draw from *seed*; the same in every run, however the requests are mixed."""
        self._seed = seed
        self._odds = odds
        self._asked: Counter[str] = Counter()

    def draw(self, request: str) -> Fate:
        """Return what becomes of *request* this time."""
        self._asked[request] += 1
        rng = Random(f"{self._seed}|{request}|{self._asked[request]}")
        before, after = (rng.uniform(0, self._odds.slowest) for _ in range(2))
        return Fate(self._trouble(rng.random()), before, after, round(rng.uniform(0.1, 1.5), 2))

    def _trouble(self, drawn: float) -> Trouble:
        odds = self._odds
        for trouble, share in (
            (Trouble.BUSY, odds.busy),
            (Trouble.BROKEN, odds.broken),
            (Trouble.CUT, odds.cut),
        ):
            if drawn < share:
                return trouble
            drawn -= share
        return Trouble.NONE
