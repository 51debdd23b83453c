"""What becomes of a request, and of an event, drawn from a seed or written down beforehand."""

from dataclasses import dataclass

from tests.emulators.fates import Fate, Odds, RequestFates, Trouble


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


_PLAIN = EventFate()


@dataclass(slots=True)
class Fates(RequestFates):
    """Draws what becomes of requests, by kind: ``post``, ``edit``, ``react``, ``callback``, and so on."""

    events: EventOdds | None = None

    def draw_event(self, event: str) -> EventFate:
        """Return what becomes of *event* this time."""
        odds = self.events
        if odds is None:
            return _PLAIN
        rng = self.random(f"event {event}")
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
        return self.events is None or self.random(f"resume {session}").random() >= self.events.refused


__all__ = ["EventFate", "EventOdds", "Fate", "Fates", "Odds", "Trouble"]
