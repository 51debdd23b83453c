"""Leaderboards in memory: totals as dictionaries, put in order when they are asked for."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from bot.core.leaderboards import Measure
from bot.ports import RankedBy
from bot.records import BoardPage, HidingRow, PairRow, TotalRow
from bot.store.board_pages import BoardPages, Listing, Look, Seen
from bot.store.boards import Held, merged
from bot.store.joins import with_persons


class MemoryBoards(BoardPages):
    """Leaderboards over dictionaries."""

    _names: dict[int, str]
    _joined: dict[int, int]

    def __init__(self) -> None:
        super().__init__()
        self._hidden: set[int] = set()
        self._boards: defaultdict[str, dict[int, Held]] = defaultdict(dict)

    async def pairs(self, board: str, before: str, reader: int | None, most: int) -> Sequence[PairRow] | None:
        """Return who is listed on both boards, and *reader*; None when they are more than *most*."""
        now, then = self._boards[board], self._boards[before]
        listing = self._listing(board, Measure.POINTS)
        if len(listing) > most:
            return None
        listed = {row.learner for row in listing.rows(0, most)}
        shown = sorted(one for one in now if one == reader or (one in listed and one in then))
        return [self._pair(one, now[one], then.get(one, Held())) for one in shown]

    async def _look(self, board: str, measure: RankedBy, look: Look) -> BoardPage:
        return self._listing(board, measure).look(look)

    def _pair(self, learner: int, now: Held, then: Held) -> PairRow:
        hidden = learner in self._hidden
        return PairRow(learner, self._names[learner], *now[:3], then.answers, then.right, hidden)

    def _listing(self, board: str, measure: RankedBy) -> Listing:
        return Listing(
            (
                Seen(one, self._names[one], held._replace(hidden=one in self._hidden))
                for one, held in self._boards[board].items()
            ),
            measure,
        )

    def _hide(self, rows: Iterable[HidingRow]) -> None:
        for row in rows:
            (self._hidden.add if row.hidden else self._hidden.discard)(row.learner)

    def _add_totals(self, rows: Iterable[TotalRow]) -> None:
        given = with_persons(rows, self._joined)
        for board, gains in merged(given).items():
            held = self._boards[board]
            for learner, gain in gains.items():
                held[learner] = held.get(learner, Held()).plus(gain)
