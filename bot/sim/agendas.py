"""Agendas: what is to happen, by the moment at which it does."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.engine import codec
from bot.engine.events import Event
from bot.records import Place

GRID_MS = 250
"""Moments are rounded up to this, so that events meet in a transaction as they do under load."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """An event on its way in."""

    event: Event


@dataclass(frozen=True, slots=True)
class Watch:
    """Somebody looks after the room of *place*, unless a later watch than *number* was set."""

    place: Place
    number: int


Entry = Arrival | Watch


class Agenda:
    """Entries by moment; those of one moment in the order in which they were put."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._heap: list[tuple[int, int, Entry]] = []
        self._order = 0

    def put(self, at: datetime, entry: Entry) -> None:
        """Let *entry* happen at *at*, on the grid."""
        self._order += 1
        ms = -(-codec.to_ms(at) // GRID_MS) * GRID_MS
        heapq.heappush(self._heap, (ms, self._order, entry))

    def next_moment(self) -> int | None:
        """Return when the next entry happens; None when none ever will."""
        return self._heap[0][0] if self._heap else None

    def take(self, now: datetime) -> Sequence[Entry]:
        """Take what is due at *now*."""
        due = []
        while self._heap and self._heap[0][0] <= codec.to_ms(now):
            due.append(heapq.heappop(self._heap)[2])
        return due
