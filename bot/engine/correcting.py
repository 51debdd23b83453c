"""Correcting: what leaderboards gain and lose when answers were looked at again.

Each attempt is taken from the boards that it counts on, and no board is counted anew.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from bot.core.ids import LearnerId
from bot.engine.codec import from_ms
from bot.engine.counting import boards_of, totals_everywhere
from bot.engine.events import is_private
from bot.engine.groups import Groups
from bot.engine.sittings import Reviewed
from bot.records import AttemptRow, Place, PlayedRow, TotalRow, home_of

QUARTER = 900_000
"""In milliseconds: no calendar begins a day but at a quarter of an hour."""


def corrections(reviewed: Sequence[Reviewed], homes: Mapping[Place, int], groups: Groups) -> list[TotalRow]:
    """Return what the boards gain; *homes* are the channels of the places that rounds belong to.

    What is played alone counts on no board. Of what several accounts of one person answered, the first
    counts for the person.
    """
    gains: defaultdict[tuple[tuple[str, ...], int], list[int]] = defaultdict(lambda: [0, 0, 0])
    boards = _Boards(groups)
    for one in reviewed:
        if _counts(one):
            home = home_of(one.row.place)
            channel = one.row.channel if home == one.row.place else homes.get(home, one.row.channel)
            for played, gain, learner in _gains(one):
                _add(gains[boards.of(played.attempt, channel), learner], gain)
            for total in _everywhere(one):
                _add(gains[(total.board,), total.learner], total[2:])
    sums: defaultdict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for (keys, learner), gain in gains.items():
        for board in keys:
            _add(sums[board, learner], gain)
    return [TotalRow(of[0], of[1], *total) for of, total in sorted(sums.items()) if any(total)]


def _counts(one: Reviewed) -> bool:
    return one.outcome.sitting.round.settings.scored and not is_private(one.row.place)


def _add(total: list[int], gain: Sequence[int]) -> None:
    for place, value in enumerate(gain):
        total[place] += value


def _gains(one: Reviewed) -> Iterator[tuple[PlayedRow, Sequence[int], int]]:
    """Yield each attempt, what it gains and who; for a person the first answer to a question counts."""
    first: dict[tuple[str, int], tuple[int, int]] = {}
    for row in one.played.values():
        key, this = (row.attempt.question, row.person), (row.attempt.at, row.attempt.learner)
        first[key] = min(first.get(key, this), this)
    for played, new in one.regraded():
        attempt, gain = played.attempt, new.gain
        yield played, gain, attempt.learner
        if first[attempt.question, played.person] != (attempt.at, attempt.learner):
            yield played, tuple(-value for value in gain), played.person


class _Boards:
    """The boards of attempts, looked up once for all that were made in the same quarter of an hour."""

    def __init__(self, groups: Groups) -> None:
        self._groups = groups
        self._found: dict[tuple[int, int, str, int], tuple[str, ...]] = {}

    def of(self, attempt: AttemptRow, channel: int) -> tuple[str, ...]:
        """Return the keys of the boards on which *attempt* counts."""
        key = (attempt.group, channel, attempt.topic, attempt.at // QUARTER)
        if key not in self._found:
            self._found[key] = tuple(boards_of(attempt, channel, self._groups))
        return self._found[key]


def _everywhere(one: Reviewed) -> Iterator[TotalRow]:
    """Yield what the boards of everybody gain, in the month in which the round ended."""
    before = {LearnerId(part.learner): part for part in (p.part for p in one.outcome.sitting.players)}
    ended = _ended(one)
    changed = {part.learner: part for part in one.outcome.people}
    was = totals_everywhere((before[learner] for learner in changed), ended, one.own)
    now = totals_everywhere(changed.values(), ended, one.own)
    yield from now
    for total in was:
        yield total._replace(points=-total.points, answers=-total.answers, right=-total.right)


def _ended(one: Reviewed) -> datetime:
    """Return when a round ended; of one that did not say, when it was answered last."""
    times = [row.attempt.at for row in one.played.values()]
    return one.outcome.sitting.round.ended_at or from_ms(max(times, default=one.row.started_at))
