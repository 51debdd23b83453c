"""What becomes of a request, and of what is sent to an app, drawn from a seed or written down beforehand."""

from collections import deque
from dataclasses import dataclass, field
from typing import ClassVar

from tests.emulators.fates import Fate, Odds, RequestFates, Trouble


@dataclass(frozen=True, slots=True)
class EventOdds:
    """How often, from 0 to 1, what happens to what is sent to an app; *slowest* is in seconds.

    Events that are late by different times come in another order.
    """

    doubled: float = 0.0
    """It comes again, the very same."""

    late: float = 0.0
    slowest: float = 0.0
    cut: float = 0.0
    """The socket breaks before it arrives; it is sent again at another."""

    unheard: float = 0.0
    """It was answered, and Slack did not hear: an event is sent again."""

    recycled: float = 0.0
    """Slack asks to connect again after it."""


@dataclass(frozen=True, slots=True)
class EventFate:
    """What becomes of one thing that is sent to an app."""

    times: int = 1
    late: float = 0.0
    cut: bool = False
    unheard: bool = False
    recycled: bool = False


_PLAIN = EventFate()


@dataclass(slots=True)
class Fates(RequestFates):
    """Draws what becomes of requests, by method, and of events, by their type.

    The kinds that are no methods are ``response_url`` and ``upload``.
    """

    statuses: ClassVar[tuple[int, ...]] = (500, 503)
    events: EventOdds | None = None
    deduplicates: bool = False
    """Whether a message with a client_msg_id that was there is shown once; Slack does not promise it."""

    _event_scripts: dict[str, deque[EventFate]] = field(default_factory=dict, kw_only=True)

    def next_event(self, kind: str, fate: EventFate, *, times: int = 1) -> None:
        """Say what becomes of the next things of a *kind*, whatever would be drawn."""
        self._event_scripts.setdefault(kind, deque()).extend([fate] * times)

    def draw_event(self, kind: str, what: str) -> EventFate:
        """Return what becomes of *what* this time."""
        script = self._event_scripts.get(kind)
        if script:
            return script.popleft()
        odds = self.events
        if odds is None:
            return _PLAIN
        rng = self.random(f"event {kind} {what}")
        doubled, late, cut, unheard, recycled = (rng.random() for _ in range(5))
        return EventFate(
            times=2 if doubled < odds.doubled else 1,
            late=rng.uniform(0, odds.slowest) if late < odds.late else 0.0,
            cut=cut < odds.cut,
            unheard=unheard < odds.unheard,
            recycled=recycled < odds.recycled,
        )


__all__ = ["EventFate", "EventOdds", "Fate", "Fates", "Odds", "Trouble"]
