"""Local times: gaps, folds and dates that were never there."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given

from bot.core.errors import ConfigError
from bot.core.local_times import DAY, day_starts, exists, local_day, moment, zone_named
from tests.core.calendars import days, wall_times, zones


@pytest.mark.parametrize(
    "zone, day, at, shown",
    [
        ("Europe/Berlin", date(2026, 3, 29), time(2, 30), "2026-03-29T03:30:00+02:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(2, 0), "2026-03-29T03:00:00+02:00"),
        ("Europe/Berlin", date(2026, 3, 29), time(3, 0), "2026-03-29T03:00:00+02:00"),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-04T02:45:00+11:00"),
        ("Antarctica/Troll", date(2026, 3, 29), time(1, 30), "2026-03-29T03:30:00+02:00"),
        ("Africa/Casablanca", date(2026, 3, 22), time(2, 30), "2026-03-22T03:30:00+01:00"),
        ("Asia/Beirut", date(2026, 3, 29), time(0, 30), "2026-03-29T01:30:00+03:00"),
        ("America/Nuuk", date(2026, 3, 28), time(23, 30), "2026-03-29T00:30:00-01:00"),
    ],
)
def test_a_time_that_is_skipped_moves_forward_by_the_gap(zone: str, day: date, at: time, shown: str) -> None:
    """By an hour, by half of one or by two, and over midnight if it must."""
    rules = zone_named(zone)

    assert moment(day, at, rules).astimezone(rules).isoformat() == shown
    assert exists(day, at, rules)


@pytest.mark.parametrize(
    "zone, day, at, shown",
    [
        ("Europe/Berlin", date(2026, 10, 25), time(2, 30), "2026-10-25T02:30:00+02:00"),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(1, 45), "2026-04-05T01:45:00+11:00"),
        ("Antarctica/Troll", date(2026, 10, 25), time(1, 30), "2026-10-25T01:30:00+02:00"),
        ("America/St_Johns", date(2010, 11, 6), time(23, 30), "2010-11-06T23:30:00-02:30"),
    ],
)
def test_a_time_that_comes_twice_is_the_first_one(zone: str, day: date, at: time, shown: str) -> None:
    """The second is the same local time, and so is not another one."""
    rules = zone_named(zone)

    assert moment(day, at, rules).astimezone(rules).isoformat() == shown


def test_a_date_that_the_date_line_took_does_not_exist() -> None:
    """Samoa went from the 29th to the 31st, whatever the hour; Kwajalein had done so in 1993."""
    apia, kwajalein = zone_named("Pacific/Apia"), zone_named("Pacific/Kwajalein")

    assert [exists(date(2011, 12, day), time(hour), apia) for day in (29, 30, 31) for hour in (0, 23)] == [
        True, True, False, False, True, True,
    ]  # fmt: skip
    assert not exists(date(1993, 8, 21), time(12), kwajalein)


def test_a_day_starts_at_midnight_or_where_midnight_should_have_been() -> None:
    """Where the evening before comes again, it starts at the second midnight; a skipped date is empty."""
    beirut, johns, apia = (zone_named(z) for z in ("Asia/Beirut", "America/St_Johns", "Pacific/Apia"))
    havana = zone_named("America/Havana")

    assert day_starts(date(2026, 3, 29), beirut) == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert day_starts(date(2010, 11, 7), johns) == datetime(2010, 11, 7, 3, 30, tzinfo=UTC)
    assert day_starts(date(2026, 11, 1), havana) == datetime(2026, 11, 1, 4, tzinfo=UTC)
    assert day_starts(date(2011, 12, 30), apia) == day_starts(date(2011, 12, 31), apia)


@pytest.mark.parametrize("name", ["Berlin/Europe", "", "../etc/passwd", "Europe"])
def test_a_zone_that_nobody_knows_is_told_with_what_to_do(name: str) -> None:
    """Names are checked when they are typed, so this is a machine without its zones."""
    with pytest.raises(ConfigError, match="tzdata"):
        zone_named(name)


@given(zones, days, wall_times)
def test_moments_of_a_wall_time_follow_each_other_as_dates_do(name: str, day: date, at: time) -> None:
    """Only a date that does not exist shares its moment, with the date after it."""
    zone = zone_named(name)

    here, next_ = moment(day, at, zone), moment(day + DAY, at, zone)

    assert here < next_ or (here == next_ and not exists(day, at, zone))
    if exists(day, at, zone):
        shown = here.astimezone(zone).replace(tzinfo=None)
        assert timedelta(0) <= shown - datetime.combine(day, at) <= timedelta(hours=2)


@given(zones, days)
def test_a_day_starts_where_the_calendar_turns_for_good(name: str, day: date) -> None:
    """Just before its start it is an earlier date, and from its start on none."""
    zone = zone_named(name)

    start = day_starts(day, zone)

    assert local_day(start - timedelta.resolution, zone) < day <= local_day(start, zone)
    assert start <= day_starts(day + DAY, zone)
