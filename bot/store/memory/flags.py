"""Flags in memory."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.records import Account, FlagRow, Place, RoundRow
from bot.store.batches import flagged, last_said
from bot.store.memory.links import MemoryLinks


class MemoryFlags(MemoryLinks):
    """What people say of questions, over a dictionary."""

    _of_channel: defaultdict[int, list[str]]

    def __init__(self) -> None:
        super().__init__()
        self._flags: dict[tuple[str, int], FlagRow] = {}

    async def flags(self, group: int) -> Sequence[FlagRow]:
        """Return what was said of the questions of a group, newest first, then by question and learner."""
        kin = self._kin(group)
        rows = (row for row in self._flags.values() if row.group in kin)
        return sorted(rows, key=lambda row: (-row.at, row.question, row.learner))

    async def flag_of(self, question: str, account: Account) -> FlagRow | None:
        """Return what the learner behind *account* said of a question; None when they said nothing."""
        rows = (self._flags.get((question, learner)) for learner in self._selves_of(account))
        return last_said(row for row in rows if row is not None)

    async def asked_last(self, place: Place) -> RoundRow | None:
        """Return the round, open or ended, that began last in *place* of those that opened a question."""
        channel = self._places.get(place)
        if channel is None:
            return None
        rows = (self._rounds[id_] for id_ in self._of_channel[channel])
        asked = (row for row in rows if row.item is not None)
        return max(asked, key=lambda row: (row.started_at, row.id), default=None)

    def _save_flags(self, rows: Iterable[FlagRow]) -> None:
        self._flags = {(row.question, row.learner): row for row in flagged((*self._flags.values(), *rows))}
