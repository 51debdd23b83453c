"""Boards hold what the attempts come to, in every period of every zone, whatever the clock does there."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.core.leaderboards import Measure, accuracy
from bot.core.periods import Period, Season, SeasonId, periods_at
from bot.records import (
    AttemptRow,
    BoardRow,
    Changes,
    ChannelRow,
    Place,
    channel_board,
    everywhere_board,
    group_board,
    topic_board,
    totals_of,
)
from tests.contracts.stores import LEARNERS, AnyStore, round_row, save

# Each group's zone changes its clock within the days that the attempts are drawn from: back and forward an
# hour, half an hour, over midnight, and by a whole day that is left out.
CHANGES = {
    1: ("Europe/Berlin", datetime(2026, 10, 25, 1, tzinfo=UTC)),
    2: ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    3: ("Australia/Lord_Howe", datetime(2026, 4, 4, 15, tzinfo=UTC)),
    4: ("America/Havana", datetime(2026, 11, 1, 5, tzinfo=UTC)),
    5: ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
}
SEASONS = (Season(SeasonId("autumn"), "Autumn", date(2026, 10, 24), date(2026, 11, 1)),)
TOPICS = ("1.1", "2.3", "läs|t")


def moment(attempt: AttemptRow) -> datetime:
    """Return when an attempt was made."""
    return datetime.fromtimestamp(attempt.at / 1000, UTC)


def periods(attempt: AttemptRow) -> tuple[Period, ...]:
    """Return the periods of its group that an attempt counts in."""
    return periods_at(moment(attempt), ZoneInfo(CHANGES[attempt.group][0]), SEASONS)


def boards(attempt: AttemptRow) -> Iterator[str]:
    """Yield every board that an attempt counts on."""
    yield everywhere_board("a")
    for period in periods(attempt):
        yield group_board(attempt.group, period.key)
        yield channel_board(attempt.channel, period.key)
        yield topic_board(attempt.group, attempt.topic, period.key)


def draw(random: Random, number: int) -> AttemptRow:
    """Return an attempt within three days of its zone's change, often right at it."""
    group = random.choice(list(CHANGES))
    spread = random.choice((timedelta(hours=2), timedelta(days=3)))
    at = CHANGES[group][1] + spread * random.uniform(-1, 1)
    right = random.random() < 0.6
    return AttemptRow(
        f"r{group}.{number}",
        f"r{group}",
        group,
        10 * group + random.randrange(2),
        random.choice(LEARNERS).id,
        "pack/i0",
        random.choice(TOPICS),
        int(at.timestamp() * 1000),
        500,
        1.0 if right else 0.0,
        random.randrange(200) if right else 0,
        "{}",
    )


def begin() -> Changes:
    """Return a round in each group, and the learners."""
    channels = [ChannelRow(Place("web", str(10 * g + n)), 10 * g + n, g) for g in CHANGES for n in range(2)]
    rounds = [
        round_row(f"r{group}", channel=10 * group, place=Place("web", str(10 * group)), open_=False)
        for group in CHANGES
    ]
    rounds = [row._replace(group=int(row.id[1:])) for row in rounds]
    return Changes(channels=channels, learners=list(LEARNERS), rounds=rounds)


def recount(attempts: Sequence[AttemptRow]) -> list[tuple[int, str, int, int, int]]:
    """Return learner, name, points, answers and right, most points first, from the attempts one by one."""
    rows = []
    for learner in LEARNERS:
        own = [attempt for attempt in attempts if attempt.learner == learner.id]
        if own:
            points, right = sum(one.points for one in own), sum(one.credit == 1 for one in own)
            rows.append((learner.id, learner.name, points, len(own), right))
    return sorted(rows, key=lambda row: (-row[2], row[0]))


@pytest.mark.parametrize("seed", range(4))
async def test_boards_equal_a_recount_of_the_attempts(store: AnyStore, seed: int) -> None:
    """For each period, those attempts count whose moment lies in it: each of them, and no other."""
    random = Random(seed)
    await save(store, begin())
    attempts = [draw(random, number) for number in range(300)]
    left = list(attempts)
    while left:
        size = random.randrange(1, 40)
        done, left = left[:size], left[size:]
        await save(store, Changes(attempts=done, totals=totals_of(done, boards)))

    for group in CHANGES:
        mine = [attempt for attempt in attempts if attempt.group == group]
        for period in {period for attempt in mine for period in periods(attempt)}:
            inside = [attempt for attempt in mine if period.holds(moment(attempt))]
            await _agree(store, group_board(group, period.key), inside)
            topic = [attempt for attempt in inside if attempt.topic == TOPICS[2]]
            await _agree(store, topic_board(group, TOPICS[2], period.key), topic)
            hall = [attempt for attempt in inside if attempt.channel == 10 * group]
            await _agree(store, channel_board(10 * group, period.key), hall)
    await _agree(store, everywhere_board("a"), attempts)


async def _agree(store: AnyStore, board: str, attempts: Sequence[AttemptRow]) -> None:
    """See that a board shows what the attempts come to, by both measures."""
    wanted = recount(attempts)
    found = await store.top(board, Measure.POINTS, 0, 10)
    assert [row[:5] for row in found] == wanted
    assert [row.rank for row in found] == [1 + sum(one[2] > row.points for one in wanted) for row in found]
    assert await store.top(board, Measure.ACCURACY, 0, 10) == _by_accuracy(wanted)


def _by_accuracy(rows: Sequence[tuple[int, str, int, int, int]]) -> list[BoardRow]:
    enough = sorted((-accuracy(row[4], row[3]), row) for row in rows if row[3] >= 10)
    values = [value for value, _ in enough]
    return [BoardRow(*row, 1 + values.index(value)) for value, row in enough]
