"""Tops: leaderboards as their readers see them, from the boards that the store keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from bot.core import effects as fx
from bot.core.commands import RankedBy, Scope, ShowTop, Since
from bot.core.effects import Refusal
from bot.core.groups import season_called
from bot.core.ids import LearnerId
from bot.core.leaderboards import (
    MILLION,
    NEAR,
    SIZE,
    Leaderboard,
    Line,
    Measure,
    Total,
    accuracy,
    lacking,
    leaderboard,
)
from bot.core.local_times import local_day, zone_named
from bot.core.periods import (
    ALL_TIME,
    Period,
    Season,
    Span,
    period_at,
    period_before,
    season_on,
    season_period,
)
from bot.engine.counting import NO_ZONE
from bot.engine.deck_names import topic_titles
from bot.engine.events import Event
from bot.engine.here import Here, look_around
from bot.engine.shelves import Shelves
from bot.ports import Boards, Clock, Store
from bot.ports import RankedBy as Ranked
from bot.records import (
    BoardRow,
    PairRow,
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
    Scope.GROUP: (Since.DAY, Since.WEEK, Since.MONTH, Since.SEASON, Since.ALL),
    Scope.CHANNEL: (Since.WEEK, Since.MONTH, Since.ALL),
    Scope.EVERYWHERE: (Since.MONTH, Since.ALL),
}
"""The times that each scope has a board of; another is shown as the next longer there is."""

MOST_COMPARED: Final = 5_000
"""Of more learners nobody is asked who improved: they would all have to be read."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A leaderboard that there is: *command* as it will be shown, in its *period* or *season*."""

    command: ShowTop
    here: Here
    period: Period
    season: Season | None = None


class Tops:
    """Reads leaderboards."""

    def __init__(self, store: Store, boards: Boards, clock: Clock, shelves: Shelves) -> None:
        """Read from *boards*; *store* tells who asks, and where, and *shelves* what topics are called."""
        self._store = store
        self._boards = boards
        self._clock = clock
        self._shelves = shelves

    async def show(self, command: ShowTop, event: Event) -> fx.TopShown | fx.CommandRefused:
        """Return the page that was asked for, or the nearest that there is."""
        asked = self._asked(command, await look_around(self._store, event))
        if isinstance(asked, fx.CommandRefused):
            return asked
        found = await self._page(command, asked)
        if not command.topic or isinstance(found, fx.CommandRefused):
            return found
        titles = topic_titles(await self._shelves.of(asked.here.channel.group))
        return replace(found, topic_title=titles.get(command.topic, ""))

    async def _page(self, command: ShowTop, asked: _Asked) -> fx.TopShown | fx.CommandRefused:
        """Return the page that was asked for, with the topic as it is written in packs."""
        if command.by is RankedBy.IMPROVEMENT:
            return await self._improvement(asked)
        here, measure = asked.here, MEASURES[command.by]
        page = max(1, command.page)
        found = await self._boards.page(_board(asked), measure, here.learner, page, SIZE, NEAR)
        pages = max(1, -(-found.listed // SIZE))
        own = found.own if found.own is not None and found.own.rank else None
        return replace(
            self._shown(asked),
            lines=board_lines(found.rows, here.learner),
            page=min(page, pages),
            pages=pages,
            listed=found.listed,
            own=_line(own, here.learner) if own else None,
            near=board_lines(found.near, here.learner) if own else (),
            lacking=0 if own else lacking(_total(found.own), measure),
        )

    async def _improvement(self, asked: _Asked) -> fx.TopShown | fx.CommandRefused:
        """Compare a period with the one before it."""
        zone, settings = asked.here.zone, asked.here.settings
        before = period_before(asked.period, zone, settings.seasons)
        if asked.command.topic or before is None:
            return fx.CommandRefused(Refusal.NOTHING_BEFORE)
        boards = _board(asked), _board(replace(asked, period=before))
        pairs = await self._boards.pairs(*boards, asked.here.learner, MOST_COMPARED)
        if pairs is None:
            return fx.CommandRefused(Refusal.TOO_MANY_TO_COMPARE, f"{MOST_COMPARED}")
        reader = LearnerId(asked.here.learner) if asked.here.learner else None
        totals = [compared(pair) for pair in pairs]
        found = leaderboard(totals, Measure.IMPROVEMENT, reader=reader, page=asked.command.page)
        return _compared(self._shown(asked), found)

    def _asked(self, command: ShowTop, here: Here) -> _Asked | fx.CommandRefused:
        """Return the leaderboard that *command* means, or why there is none."""
        if command.season or (command.since is Since.SEASON and not command.topic):
            return self._of_season(command, here)
        kept = KEPT[command.scope]
        longer = [since for since in kept if _length(since) >= _length(command.since)]
        since = Since.ALL if command.topic else longer[0]
        if command.by is RankedBy.IMPROVEMENT and since is Since.ALL:
            return fx.CommandRefused(Refusal.NOTHING_BEFORE)
        scope = Scope.GROUP if command.topic else command.scope
        zone = zone_named(NO_ZONE) if scope is Scope.EVERYWHERE else here.zone
        period = period_at(SPANS[since], self._clock.now(), zone) or ALL_TIME
        return _Asked(replace(command, scope=scope, since=since), here, period)

    def _of_season(self, command: ShowTop, here: Here) -> _Asked | fx.CommandRefused:
        """Return the leaderboard of a season: the one that is named, the running one, or the last one."""
        today = local_day(self._clock.now(), here.zone)
        begun = [season for season in here.settings.seasons if season.first <= today]
        last = begun[-1] if begun else None
        wanted = season_called(here.settings, command.season) if command.season else None
        season = wanted if command.season else season_on(today, begun) or last
        if season is None or season not in begun:
            names = ", ".join(one.name for one in reversed(begun))
            return fx.CommandRefused(Refusal.NO_SEASON, names)
        asked = replace(command, scope=Scope.GROUP, since=Since.SEASON, season=season.id)
        return _Asked(asked, here, season_period(season, here.zone), season)

    def _shown(self, asked: _Asked) -> fx.TopShown:
        """Return what heads the leaderboard, which is still empty."""
        command, period = asked.command, asked.period
        today = local_day(self._clock.now(), asked.here.zone)
        begun = [season for season in reversed(asked.here.settings.seasons) if season.first <= today]
        return fx.TopShown(
            scope=command.scope,
            since=command.since,
            by=command.by,
            topic=command.topic,
            first=period.first,
            last=period.after - timedelta(days=1) if period.after else None,
            lines=(),
            page=1,
            pages=1,
            listed=0,
            own=None,
            near=(),
            season=asked.season.name if asked.season else "",
            season_id=asked.season.id if asked.season else "",
            others=tuple(one.name for one in begun if one != asked.season) if asked.season else (),
        )


def board_lines(rows: Sequence[BoardRow], reader: int | None) -> tuple[fx.BoardLine, ...]:
    """Return rows of a board as *reader* sees them."""
    return tuple(_line(row, reader) for row in rows)


def compared(pair: PairRow) -> Total:
    """Return what a learner did in a period and in the one before it."""
    return Total(
        LearnerId(pair.learner),
        pair.name,
        pair.points,
        pair.answers,
        pair.right,
        pair.answers_before,
        pair.right_before,
        hidden=pair.hidden,
    )


def _length(since: Since) -> int:
    return list(Since).index(since)


def _board(asked: _Asked) -> str:
    command, channel, key = asked.command, asked.here.channel, asked.period.key
    if command.topic:
        return topic_board(channel.group, command.topic, key)
    if command.scope is Scope.GROUP:
        return group_board(channel.group, key)
    if command.scope is Scope.CHANNEL:
        return channel_board(channel.id, key)
    return everywhere_board(key)


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


def _compared(shown: fx.TopShown, found: Leaderboard) -> fx.TopShown:
    own = found.own
    return replace(
        shown,
        lines=tuple(map(_gained, found.lines)),
        page=found.page,
        pages=found.pages,
        listed=found.ranked,
        own=_gained(own) if own else None,
        near=tuple(map(_gained, found.near)) if own else (),
        lacking=0 if own else found.lacking,
    )


def _gained(line: Line) -> fx.BoardLine:
    return fx.BoardLine(
        rank=line.rank,
        name=line.name,
        points=0,
        right=line.right,
        answers=line.answers,
        share=line.right / line.answers if line.answers else 0.0,
        mine=line.mine,
        gain=line.value / MILLION,
    )


def _total(row: BoardRow | None) -> Total | None:
    if row is None:
        return None
    return Total(LearnerId(row.learner), row.name, row.points, row.answers, row.right, hidden=row.hidden)
