"""What becomes of a request, drawn from a seed or written down beforehand.

Each draw depends on the seed, on what is asked, and on how often that was asked before: not on the order in
which requests come, which no seed can repeat.
"""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random
from typing import ClassVar


class Trouble(StrEnum):
    """How a request fails."""

    NONE = "none"
    """It does not."""

    DROPPED = "dropped"
    """The connection is closed, and nothing has happened."""

    BUSY = "busy"
    """429 with the time to wait, and nothing has happened."""

    BROKEN = "broken"
    """An error of the server, and nothing has happened."""

    BROKEN_AFTER = "broken after"
    """An error of the server, and it has happened."""

    CUT = "cut"
    """It has happened, and the connection is closed before the answer."""


@dataclass(frozen=True, slots=True)
class Odds:
    """How often requests fail in each way, from 0 to 1, and how slow they are at most, in seconds."""

    dropped: float = 0.0
    busy: float = 0.0
    broken: float = 0.0
    broken_after: float = 0.0
    cut: float = 0.0
    slowest: float = 0.0
    longest_wait: float = 0.2
    """The most seconds that a busy server asks for."""


@dataclass(frozen=True, slots=True)
class Fate:
    """The trouble of one request, and the seconds that pass before and after its effect."""

    trouble: Trouble = Trouble.NONE
    before: float = 0.0
    after: float = 0.0
    wait: float = 0.1
    status: int = 500


_UNTROUBLED = Fate()


@dataclass(slots=True)
class RequestFates:
    """Draws what becomes of requests, by kind."""

    statuses: ClassVar[tuple[int, ...]] = (500, 502)
    """What a broken server answers with."""

    seed: str = ""
    odds: Odds | Mapping[str, Odds] = field(default_factory=Odds)
    """For every kind of request the same, or by kind; a kind that is not named has none."""

    _asked: Counter[str] = field(default_factory=Counter, kw_only=True)
    _scripts: dict[str, deque[Fate]] = field(default_factory=dict, kw_only=True)

    def next(
        self, kind: str, trouble: Trouble = Trouble.NONE, *, times: int = 1, before: float = 0.0,
        after: float = 0.0, wait: float = 0.1, status: int = 500,
    ) -> None:  # fmt: skip
        """Say what becomes of the next requests of a *kind*, whatever would be drawn."""
        fate = Fate(trouble, before, after, wait, status)
        self._scripts.setdefault(kind, deque()).extend([fate] * times)

    def draw(self, kind: str, request: str) -> Fate:
        """Return what becomes of *request* this time."""
        script = self._scripts.get(kind)
        if script:
            return script.popleft()
        odds = self.odds.get(kind) if isinstance(self.odds, Mapping) else self.odds
        if odds is None or odds == Odds():
            return _UNTROUBLED
        rng = self.random(f"{kind} {request}")
        before, after = (rng.uniform(0, odds.slowest) for _ in range(2))
        wait = round(rng.uniform(odds.longest_wait / 4, odds.longest_wait), 3)
        return Fate(_trouble(odds, rng.random()), before, after, wait, rng.choice(self.statuses))

    def random(self, what: str) -> Random:
        """Return a generator for this time that *what* is asked."""
        self._asked[what] += 1
        return Random(f"{self.seed}|{what}|{self._asked[what]}")


def _trouble(odds: Odds, drawn: float) -> Trouble:
    for trouble, share in (
        (Trouble.DROPPED, odds.dropped),
        (Trouble.BUSY, odds.busy),
        (Trouble.BROKEN, odds.broken),
        (Trouble.BROKEN_AFTER, odds.broken_after),
        (Trouble.CUT, odds.cut),
    ):
        if drawn < share:
            return trouble
        drawn -= share
    return Trouble.NONE
