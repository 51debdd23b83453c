"""Counting: on which boards an attempt counts.

A group has boards of every period, by its own calendar; a channel those that people look at there; a topic
and everybody only long ones. Each board that is kept costs every attempt a row, so these are all there are.

The boards with everybody on them are large, and a row there costs ten times as much. So they gain when a
round ends, all its questions at once, in the period in which it ended.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.groups import GroupSettings
from bot.core.ids import LearnerId
from bot.core.local_times import zone_named
from bot.core.periods import Season, Span, periods_at
from bot.core.states import Participant
from bot.engine.codec import from_ms
from bot.engine.groups import Groups
from bot.records import (
    AttemptRow,
    TotalRow,
    channel_board,
    everywhere_board,
    group_board,
    topic_board,
)

NO_ZONE: Final = "UTC"
"""The zone of a group that has not said its own, and of everybody together."""

CHANNEL_SPANS: Final = (Span.WEEK, Span.MONTH, Span.ALL)
EVERYWHERE_SPANS: Final = (Span.MONTH, Span.ALL)


def boards_of(attempt: AttemptRow, channel: int, groups: Groups) -> Iterator[str]:
    """Yield the keys of the boards on which *attempt* in *channel* counts.

    Its group counts it by its own calendar, whatever it is part of; the union that it is in counts it again,
    by that one's.
    """
    union = groups.joint(attempt.group)
    own = _calendar(attempt, groups.chosen(attempt.group))
    yield from _of_group(attempt, attempt.group, own)
    if union != attempt.group:
        yield from _of_group(attempt, union, _calendar(attempt, groups.chosen(union)))
    for span in CHANNEL_SPANS:
        yield channel_board(channel, own[span])


def _of_group(attempt: AttemptRow, group: int, keys: Mapping[Span, str]) -> Iterator[str]:
    for key in keys.values():
        yield group_board(group, key)
    yield topic_board(group, attempt.topic, keys[Span.ALL])


def totals_everywhere(
    people: Iterable[Participant], ended: datetime, own: Callable[[LearnerId], int]
) -> list[TotalRow]:
    """Return what *people* gain among everybody from a round that *ended*; *own* is who each is alone."""
    keys = _keys(ended, zone_named(NO_ZONE))
    return [
        TotalRow(
            everywhere_board(keys[span]), own(person.learner), person.score, person.answers, person.right
        )
        for person in people
        if person.answers
        for span in EVERYWHERE_SPANS
    ]


def taken_off(attempt: AttemptRow, channel: int, groups: Groups, person: int) -> list[TotalRow]:
    """Return what *person* gives back for an *attempt* in *channel* at what they had answered already."""
    keys = _keys(from_ms(attempt.at), zone_named(NO_ZONE))
    boards = [
        *boards_of(attempt, channel, groups),
        *(everywhere_board(keys[span]) for span in EVERYWHERE_SPANS),
    ]
    return [TotalRow(board, person, -attempt.points, -1, -int(attempt.credit >= 1)) for board in boards]


def _calendar(attempt: AttemptRow, settings: GroupSettings) -> dict[Span, str]:
    return _keys(from_ms(attempt.at), zone_named(settings.zone or NO_ZONE), settings.seasons)


def _keys(at: datetime, zone: ZoneInfo, seasons: Iterable[Season] = ()) -> dict[Span, str]:
    return {period.span: period.key for period in periods_at(at, zone, seasons)}
