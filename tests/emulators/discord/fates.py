"""What becomes of a request, and of an event, drawn from a seed or written down beforehand.

Each draw depends on the seed, on what is asked, and on how often that was asked before: not on the order in
which requests come, which no seed can repeat.
"""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random


class Trouble(StrEnum):
    """How a request fails."""

    NONE = "none"
    """It does not."""

    DROPPED = "dropped"
    """The connection is closed, and nothing has happened."""

    BUSY = "busy"
    """429 with the time to wait, and nothing has happened."""

    BROKEN = "broken"
    """500 or 502, and nothing has happened."""

    BROKEN_AFTER = "broken after"
    """500 or 502, and it has happened."""

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


@dataclass(frozen=True, slots=True)
class EventOdds:
    """How often, from 0 to 1, what happens to events; an event is late by at most *slowest* seconds.

    Events that are late by different times come in another order.
    """

    doubled: float = 0.0
    """It comes again, with the same number."""

    renumbered: float = 0.0
    """It comes again as a new event, with the next number."""

    late: float = 0.0
    slowest: float = 0.0
    dropped: float = 0.0
    """The socket breaks before it arrives; a session that is resumed gets it then."""

    moved: float = 0.0
    """Discord asks to connect again after it."""

    refused: float = 0.0
    """A session that is to be resumed is forgotten; what was missed is lost."""


@dataclass(frozen=True, slots=True)
class EventFate:
    """What becomes of one event."""

    times: int = 1
    renumbered: bool = False
    late: float = 0.0
    dropped: bool = False
    moved: bool = False


_UNTROUBLED = Fate()
_PLAIN = EventFate()


@dataclass(slots=True)
class Fates:
    """Draws what becomes of requests, by kind: ``post``, ``edit``, ``react``, ``callback``, and so on."""

    seed: str = ""
    odds: Odds | Mapping[str, Odds] = field(default_factory=Odds)
    """For every kind of request the same, or by kind; a kind that is not named has none."""

    events: EventOdds | None = None
    _asked: Counter[str] = field(default_factory=Counter)
    _scripts: dict[str, deque[Fate]] = field(default_factory=dict)

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
        rng = self._rng(f"{kind} {request}")
        before, after = (rng.uniform(0, odds.slowest) for _ in range(2))
        wait = round(rng.uniform(odds.longest_wait / 4, odds.longest_wait), 3)
        return Fate(_trouble(odds, rng.random()), before, after, wait, rng.choice((500, 502)))

    def draw_event(self, event: str) -> EventFate:
        """Return what becomes of *event* this time."""
        odds = self.events
        if odds is None:
            return _PLAIN
        rng = self._rng(f"event {event}")
        doubled, renumbered, late, dropped, moved = (rng.random() for _ in range(5))
        return EventFate(
            times=2 if doubled < odds.doubled else 1,
            renumbered=renumbered < odds.renumbered,
            late=rng.uniform(0, odds.slowest) if late < odds.late else 0.0,
            dropped=dropped < odds.dropped,
            moved=moved < odds.moved,
        )

    def draw_resume(self, session: str) -> bool:
        """Tell whether *session*, which is to be resumed, is still known."""
        return self.events is None or self._rng(f"resume {session}").random() >= self.events.refused

    def _rng(self, what: str) -> Random:
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
