"""Tops: leaderboards as their readers see them, from the boards that the store keeps."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.core import effects as fx
from bot.core.commands import RankedBy, Scope, ShowTop, Since
from bot.core.ids import LearnerId
from bot.core.leaderboards import MILLION, NEAR, SIZE, Measure, Total, accuracy, lacking
from bot.core.local_times import zone_named
from bot.core.periods import ALL_TIME, Period, Span, period_at
from bot.engine.counting import NO_ZONE
from bot.engine.events import Event
from bot.engine.here import look_around
from bot.ports import Boards, Clock, Store
from bot.ports import RankedBy as Ranked
from bot.records import (
    BoardRow,
    ChannelRow,
    channel_board,
    everywhere_board,
    group_board,
    topic_board,
)

SPANS: Final = {Since.DAY: Span.DAY, Since.WEEK: Span.WEEK, Since.MONTH: Span.MONTH, Since.ALL: Span.ALL}
MEASURES: Final[Mapping[RankedBy, Ranked]] = {
    RankedBy.POINTS: Measure.POINTS,
    RankedBy.ACCURACY: Measure.ACCURACY,
}
KEPT: Final = {
    Scope.GROUP: (Since.DAY, Since.WEEK, Since.MONTH, Since.ALL),
    Scope.CHANNEL: (Since.WEEK, Since.MONTH, Since.ALL),
    Scope.EVERYWHERE: (Since.MONTH, Since.ALL),
}
"""The times that each scope has a board of; a shorter one is shown as the shortest there is."""


class Tops:
    """Reads leaderboards."""

    def __init__(self, store: Store, boards: Boards, clock: Clock) -> None:
        """Read from *boards*; *store* tells who asks, and where."""
        self._store = store
        self._boards = boards
        self._clock = clock

    async def show(self, command: ShowTop, event: Event) -> fx.TopShown:
        """Return the page that was asked for, or the nearest that there is."""
        here = await look_around(self._store, event)
        channel, reader = here.channel, here.learner
        since = Since.ALL if command.topic else max(command.since, KEPT[command.scope][0], key=_length)
        period = self._period(since, command.scope, channel)
        key = _board(command, channel, period)
        measure = MEASURES[command.by]
        found = await self._boards.page(key, measure, reader, max(1, command.page), SIZE, NEAR)
        pages = max(1, -(-found.listed // SIZE))
        own = found.own if found.own is not None and found.own.rank else None
        return fx.TopShown(
            scope=Scope.GROUP if command.topic else command.scope,
            since=since,
            by=command.by,
            topic=command.topic,
            first=period.first,
            last=period.after - timedelta(days=1) if period.after else None,
            lines=_lines(found.rows, reader),
            page=min(max(1, command.page), pages),
            pages=pages,
            listed=found.listed,
            own=_line(own, reader) if own else None,
            near=_lines(found.near, reader) if own else (),
            lacking=0 if own else lacking(_total(found.own), measure),
        )

    def _period(self, since: Since, scope: Scope, channel: ChannelRow) -> Period:
        zone = NO_ZONE if scope is Scope.EVERYWHERE else channel.zone or NO_ZONE
        return period_at(SPANS[since], self._clock.now(), zone_named(zone)) or ALL_TIME


def _length(since: Since) -> int:
    return list(Since).index(since)


def _board(command: ShowTop, channel: ChannelRow, period: Period) -> str:
    if command.topic:
        return topic_board(channel.group, command.topic, period.key)
    if command.scope is Scope.GROUP:
        return group_board(channel.group, period.key)
    if command.scope is Scope.CHANNEL:
        return channel_board(channel.id, period.key)
    return everywhere_board(period.key)


def _lines(rows: Sequence[BoardRow], reader: int | None) -> tuple[fx.BoardLine, ...]:
    return tuple(_line(row, reader) for row in rows)


def _line(row: BoardRow, reader: int | None) -> fx.BoardLine:
    return fx.BoardLine(
        rank=row.rank,
        name=row.name,
        points=row.points,
        right=row.right,
        answers=row.answers,
        share=accuracy(row.right, row.answers) / MILLION if row.answers else 0.0,
        mine=row.learner == reader,
    )


def _total(row: BoardRow | None) -> Total | None:
    if row is None:
        return None
    return Total(LearnerId(row.learner), row.name, row.points, row.answers, row.right, hidden=row.hidden)
