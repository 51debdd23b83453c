"""What the suites of schedules share: a schedule of the hall, its days, and those who answered on them."""

from collections.abc import Iterable, Mapping, Sequence

from bot.records import (
    AttemptRow,
    Changes,
    ChannelRow,
    DayRow,
    Place,
    RoundRow,
    ScheduleRow,
    daily_place,
)
from tests.contracts.stores import GROUP_ID, HALL, attempt_row

MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (f"2026-03-{day:02}" for day in range(2, 6))
DAILY_ID = 2**62 + 9
DAILY = daily_place(HALL, "s1")
DAILY_CHANNEL = ChannelRow(DAILY, DAILY_ID, GROUP_ID, own=GROUP_ID)


def schedule_row(
    id_: str = "s1",
    *,
    place: Place = HALL,
    version: int = 1,
    due_at: int | None = None,
    settled: str | None = None,
    body: str = "{}",
) -> ScheduleRow:
    """Return a schedule of the hall."""
    return ScheduleRow(id_, place, GROUP_ID, version, due_at, settled, body)


def day_row(
    day: str = MONDAY, schedule: str = "s1", *, outcome: str = "posted", group: int = GROUP_ID, at: int = 1000
) -> DayRow:
    """Return what became of a date; its round has the name of both."""
    return DayRow(schedule, day, group, outcome, f"{schedule}-{day}", at)


def daily_rounds(days: Iterable[DayRow], *, open_: str = "") -> list[RoundRow]:
    """Return the rounds of *days*, in the sub-place of the hall; the one named *open_* has not ended."""
    return [
        RoundRow(row.round, DAILY_ID, row.group, DAILY, 1, row.round == open_, None, 1000, None, "{}")
        for row in days
    ]


def answers(by_round: Mapping[str, Sequence[int]]) -> list[AttemptRow]:
    """Return an attempt of each learner at the question of each round."""
    return [
        attempt_row(learner, round_=round_) for round_, learners in by_round.items() for learner in learners
    ]


def week(*days: DayRow, answered: Mapping[str, Sequence[int]], open_: str = "") -> Changes:
    """Return *days* with their schedules and rounds, and who answered in which round."""
    names = sorted({row.schedule for row in days})
    return Changes(
        channels=[DAILY_CHANNEL],
        schedules=[schedule_row(name) for name in names],
        days=list(days),
        rounds=daily_rounds(days, open_=open_),
        attempts=answers(answered),
    )
