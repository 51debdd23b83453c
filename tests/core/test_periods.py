"""Periods: what they hold, how they are named, and that they follow each other through every clock change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.local_times import zone_named
from bot.core.periods import (
    ALL_TIME,
    Period,
    Season,
    SeasonId,
    Span,
    day_period,
    month_period,
    period_at,
    period_before,
    periods_at,
    season_on,
    season_period,
    week_period,
)
from tests.core.calendars import days, zones

BERLIN = zone_named("Europe/Berlin")
SUNDAY = date(2026, 11, 22)
AUTUMN = Season(SeasonId("term"), "Autumn", date(2026, 9, 1), date(2026, 11, 30))
SPRINT = Season(SeasonId("sprint"), "Sprint", date(2026, 11, 16), date(2026, 11, 22))
FINALE = Season(SeasonId("finale"), "Finale", date(2026, 12, 28), date(2026, 12, 31))
SEASONS = (SPRINT, AUTUMN, FINALE)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_a_day_holds_its_first_moment_and_not_the_next_days() -> None:
    """From midnight to midnight, in the group's zone."""
    day = day_period(SUNDAY, BERLIN)

    assert (day.key, day.start, day.end) == ("d:2026-11-22", utc(2026, 11, 21, 23), utc(2026, 11, 22, 23))
    assert [day.holds(utc(2026, 11, d, h, m)) for d, h, m in [(21, 22, 59), (21, 23, 0), (22, 23, 0)]] == [
        False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "zone, day, hours",
    [
        ("Europe/Berlin", date(2026, 3, 29), 23),
        ("Europe/Berlin", date(2026, 10, 25), 25),
        ("Australia/Lord_Howe", date(2026, 10, 4), 23.5),
        ("Antarctica/Troll", date(2026, 3, 29), 22),
        ("America/St_Johns", date(2010, 11, 6), 25),
        ("Pacific/Apia", date(2011, 12, 30), 0),
        ("Asia/Kathmandu", date(2026, 3, 29), 24),
    ],
)
def test_a_day_on_which_the_clock_changes_is_as_long_as_it_is(zone: str, day: date, hours: float) -> None:
    """A date that was skipped has no time at all."""
    period = day_period(day, zone_named(zone))

    assert period.start is not None
    assert period.end is not None
    assert period.end - period.start == timedelta(hours=hours)


@pytest.mark.parametrize(
    "day, key, first",
    [
        (SUNDAY, "w:2026-W47", date(2026, 11, 16)),
        (date(2026, 11, 23), "w:2026-W48", date(2026, 11, 23)),
        (date(2027, 1, 3), "w:2026-W53", date(2026, 12, 28)),
        (date(2024, 12, 30), "w:2025-W01", date(2024, 12, 30)),
    ],
)
def test_a_week_is_from_monday_to_sunday_and_of_its_thursdays_year(day: date, key: str, first: date) -> None:
    """As ISO 8601 counts."""
    week = week_period(day, BERLIN)

    assert (week.key, week.first, week.after) == (key, first, first + timedelta(days=7))


@pytest.mark.parametrize(
    "day, key, after",
    [(SUNDAY, "m:2026-11", date(2026, 12, 1)), (date(2026, 12, 31), "m:2026-12", date(2027, 1, 1))],
)
def test_a_month_is_one_of_the_calendar(day: date, key: str, after: date) -> None:
    """From its first day to the next month's."""
    month = month_period(day, BERLIN)

    assert (month.key, month.first, month.after) == (key, day.replace(day=1), after)


def test_a_season_holds_its_last_day() -> None:
    """People who name two dates mean both."""
    season = season_period(AUTUMN, BERLIN)

    assert season.key == "s:term"
    assert season.holds(utc(2026, 11, 30, 22, 59))
    assert not season.holds(utc(2026, 11, 30, 23))
    assert season.holds(utc(2026, 8, 31, 22))


@pytest.mark.parametrize(
    "day, season",
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), AUTUMN),
        (date(2026, 11, 16), SPRINT),
        (SUNDAY, SPRINT),
        (date(2026, 11, 23), AUTUMN),
        (date(2026, 12, 1), None),
    ],
)
def test_of_two_seasons_the_one_that_began_last_runs(day: date, season: Season | None) -> None:
    """A sprint within a season is played, and then the season goes on."""
    assert season_on(day, SEASONS) == season


def test_all_time_has_no_bounds() -> None:
    """It began before us and has not ended."""
    assert Period(Span.ALL, "a") == ALL_TIME
    assert ALL_TIME.holds(utc(1990, 1, 1))
    assert ALL_TIME.holds(utc(2090, 1, 1))


def test_a_moment_counts_in_a_period_of_each_kind() -> None:
    """In the group's zone: late on Sunday in London is Monday in Berlin, and another week."""
    now = utc(2026, 11, 22, 23, 30)

    assert [p.key for p in periods_at(now, BERLIN, SEASONS)] == [
        "d:2026-11-23", "w:2026-W48", "m:2026-11", "s:term", "a",
    ]  # fmt: skip
    london = zone_named("Europe/London")
    assert [p.key for p in periods_at(now, london, SEASONS)] == [
        "d:2026-11-22", "w:2026-W47", "m:2026-11", "s:sprint", "a",
    ]  # fmt: skip


def test_between_seasons_there_is_none() -> None:
    """And nothing is counted for one."""
    now = utc(2026, 12, 24, 12)

    assert period_at(Span.SEASON, now, BERLIN, SEASONS) is None
    assert [p.span for p in periods_at(now, BERLIN, SEASONS)] == [Span.DAY, Span.WEEK, Span.MONTH, Span.ALL]


@pytest.mark.parametrize(
    "period, before",
    [
        (day_period(SUNDAY, BERLIN), "d:2026-11-21"),
        (week_period(SUNDAY, BERLIN), "w:2026-W46"),
        (month_period(date(2026, 1, 5), BERLIN), "m:2025-12"),
        (season_period(SPRINT, BERLIN), "s:term"),
        (season_period(FINALE, BERLIN), "s:sprint"),
        (season_period(AUTUMN, BERLIN), None),
        (ALL_TIME, None),
    ],
)
def test_a_period_is_compared_with_the_one_before(period: Period, before: str | None) -> None:
    """Nothing comes before the first season, nor before all time."""
    found = period_before(period, BERLIN, SEASONS)

    assert (found.key if found else None) == before


def test_a_clock_that_falls_back_over_midnight_takes_nobody_back_to_yesterdays_board() -> None:
    """In St John's of 2010 the first minute of the 7th was followed by the last hour of the 6th again."""
    johns = zone_named("America/St_Johns")
    first_minute, again, second = (utc(2010, 11, 7, 2, 30), utc(2010, 11, 7, 3), utc(2010, 11, 7, 3, 30))

    keys = [
        period.key
        for at in (first_minute, again, second)
        if (period := period_at(Span.DAY, at, johns)) is not None
    ]

    assert keys == ["d:2010-11-06", "d:2010-11-06", "d:2010-11-07"]


@given(
    zones,
    days,
    st.timedeltas(timedelta(0), timedelta(days=1)),
    st.sampled_from([Span.DAY, Span.WEEK, Span.MONTH]),
)
def test_every_moment_lies_in_one_period_of_a_kind(
    zone: str, day: date, within: timedelta, span: Span
) -> None:
    """It lies in the period that is found for it, and not in those beside it, which begin and end with it."""
    rules = zone_named(zone)
    now = datetime(day.year, day.month, day.day, tzinfo=UTC) + within

    period = period_at(span, now, rules)

    assert period is not None
    assert period.end is not None
    assert period.holds(now)
    before = period_before(period, rules)
    after = period_at(span, period.end, rules)
    assert before is not None
    assert after is not None
    assert not before.holds(now)
    assert (before.end, after.start) == (period.start, period.end)
    assert before.key < period.key < after.key
