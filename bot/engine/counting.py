"""Counting: on which boards an attempt counts.

A group has boards of every period, by its own calendar; a channel those that people look at there; a topic
and everybody only long ones. Each board that is kept costs every attempt a row, so these are all there are.

The boards with everybody on them are large, and a row there costs ten times as much. So they gain when a
round ends, all its questions at once, in the period in which it ended.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.groups import GroupSettings
from bot.core.local_times import zone_named
from bot.core.periods import Season, Span, periods_at
from bot.core.states import Participant
from bot.engine.codec import from_ms
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


def boards_of(attempt: AttemptRow, channel: int, settings: GroupSettings) -> Iterator[str]:
    """Yield the keys of the boards on which *attempt* in *channel* counts; *settings* are the group's."""
    own = _keys(from_ms(attempt.at), zone_named(settings.zone or NO_ZONE), settings.seasons)
    for key in own.values():
        yield group_board(attempt.group, key)
    for span in CHANNEL_SPANS:
        yield channel_board(channel, own[span])
    yield topic_board(attempt.group, attempt.topic, own[Span.ALL])


def totals_everywhere(people: Iterable[Participant], ended: datetime) -> list[TotalRow]:
    """Return what *people* gain among everybody from a round of theirs that *ended*."""
    keys = _keys(ended, zone_named(NO_ZONE))
    return [
        TotalRow(everywhere_board(keys[span]), person.learner, person.score, person.answers, person.right)
        for person in people
        if person.answers
        for span in EVERYWHERE_SPANS
    ]


def _keys(at: datetime, zone: ZoneInfo, seasons: Iterable[Season] = ()) -> dict[Span, str]:
    return {period.span: period.key for period in periods_at(at, zone, seasons)}
