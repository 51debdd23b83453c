"""Schedules: the right date, the right moment, and each date settled once."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import Reveal, RevealAfter, RevealAt
from bot.core.ids import ChannelId, RoundId, ScheduleId
from bot.core.local_times import DAY, exists, local_day, zone_named
from bot.core.schedules import (
    GRACE,
    DayDecision,
    Due,
    Owed,
    Schedule,
    daily_round,
    day_of,
    decide_day,
    due_at,
    is_due,
    next_due,
    next_posts,
    owed,
    reveal_at,
    started,
)
from tests.core.calendars import days, wall_times, zones

HOUR = timedelta(hours=1)
NIGHT = RevealAfter(12)
SUNDAY = date(2026, 11, 22)


def schedule(
    at: time = time(9),
    zone: str = "Europe/Berlin",
    *,
    starts: date = date(2000, 1, 1),
    weekdays: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6),
    reveal: Reveal = NIGHT,
    paused: bool = False,
) -> Schedule:
    """Return a schedule, at nine in Berlin unless told otherwise."""
    return Schedule(ScheduleId("s"), ChannelId(1), at, zone, starts, weekdays, reveal=reveal, paused=paused)


def utc(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return a moment."""
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def test_a_post_is_named_by_its_schedule_and_its_local_date() -> None:
    """Nothing of the moment is in the name, so nothing that moves the moment makes another post."""
    assert daily_round(ScheduleId("ab12"), SUNDAY) == "ab12-2026-11-22"


@pytest.mark.parametrize("other", ["k3abcdefghijk", "ab12-2026-13-40", "ab12-2026-11", "", "ab12-20261122"])
def test_a_round_of_the_day_leads_back_to_its_schedule_and_date_and_no_other_does(other: str) -> None:
    """Whatever a button may hold."""
    assert day_of(daily_round(ScheduleId("ab12"), SUNDAY)) == (ScheduleId("ab12"), SUNDAY)
    assert day_of(RoundId(other)) is None


def test_the_moment_of_a_post_follows_the_zone_through_the_year() -> None:
    """Nine in the morning is nine in the morning, in winter and in summer."""
    assert due_at(schedule(), date(2026, 1, 5)) == utc(2026, 1, 5, 8)
    assert due_at(schedule(), date(2026, 7, 6)) == utc(2026, 7, 6, 7)


@pytest.mark.parametrize(
    "late, decision",
    [
        (-timedelta.resolution, DayDecision.WAIT),
        (timedelta(0), DayDecision.POST),
        (GRACE - timedelta.resolution, DayDecision.POST),
        (GRACE, DayDecision.SKIP_LATE),
        (timedelta(days=400), DayDecision.SKIP_LATE),
    ],
)
def test_a_date_waits_is_posted_or_is_too_late(late: timedelta, decision: DayDecision) -> None:
    """Late by less than the grace is posted; late by all of it is not."""
    assert decide_day(schedule(), SUNDAY, now=utc(2026, 11, 22, 8) + late) is decision


def test_on_time_is_posted_even_without_any_grace() -> None:
    """A grace of nothing forbids late posts, not posts."""
    on_time = utc(2026, 11, 22, 8)

    assert decide_day(schedule(), SUNDAY, now=on_time, grace=timedelta(0)) is DayDecision.POST
    late = on_time + timedelta.resolution
    assert decide_day(schedule(), SUNDAY, now=late, grace=timedelta(0)) is DayDecision.SKIP_LATE


@pytest.mark.parametrize(
    "plan",
    [
        schedule(paused=True),
        schedule(starts=date(2026, 11, 23)),
        schedule(weekdays=(0, 1, 2, 3, 4)),
        schedule(weekdays=()),
    ],
)
def test_some_dates_are_not_the_schedules(plan: Schedule) -> None:
    """It is paused, has not started yet, or leaves out this weekday."""
    assert not is_due(plan, SUNDAY)
    assert decide_day(plan, SUNDAY, now=utc(2026, 11, 22, 8)) is DayDecision.NOT_DUE


@pytest.mark.parametrize("settled, decision", [(21, "post"), (22, "not_due"), (25, "not_due")])
def test_a_settled_date_stays_settled(settled: int, decision: str) -> None:
    """Also when the clock was days ahead and has come back since."""
    found = decide_day(schedule(), SUNDAY, now=utc(2026, 11, 22, 9), settled=date(2026, 11, settled))

    assert found == decision


def test_a_date_that_a_zone_skips_has_no_post() -> None:
    """Samoa had no 30 December 2011; the posts of the 29th and the 31st are one day apart."""
    samoa = schedule(zone="Pacific/Apia")

    posts = next_posts(samoa, after=utc(2011, 12, 29), count=3)

    assert posts == (
        Due(date(2011, 12, 29), utc(2011, 12, 29, 19)),
        Due(date(2011, 12, 31), utc(2011, 12, 30, 19)),
        Due(date(2012, 1, 1), utc(2011, 12, 31, 19)),
    )


def test_a_weekday_that_the_date_line_took_comes_a_week_later() -> None:
    """The 30 December 2011 was a Friday."""
    fridays = schedule(zone="Pacific/Apia", weekdays=(4,))

    assert next_due(fridays, date(2011, 12, 24)) == Due(date(2012, 1, 6), utc(2012, 1, 5, 19))


def test_the_next_posts_are_told() -> None:
    """From a moment on, that moment excluded, without those that are settled."""
    plan = schedule(weekdays=(0, 6))

    assert [due.date.day for due in next_posts(plan, after=utc(2026, 11, 22, 7), count=3)] == [22, 23, 29]
    assert [due.date.day for due in next_posts(plan, after=utc(2026, 11, 22, 8), count=2)] == [23, 29]
    told = next_posts(plan, after=utc(2026, 11, 22, 7), count=2, settled=SUNDAY)
    assert [due.date.day for due in told] == [23, 29]


def test_a_post_that_a_gap_moves_over_midnight_is_still_to_come_after_it() -> None:
    """In Nuuk half past eleven of the 28th is half past midnight of the 29th, once a year."""
    nuuk = schedule(time(23, 30), "America/Nuuk")

    posts = next_posts(nuuk, after=utc(2026, 3, 29, 1, 15), count=2)

    assert posts == (
        Due(date(2026, 3, 28), utc(2026, 3, 29, 1, 30)),
        Due(date(2026, 3, 29), utc(2026, 3, 30, 0, 30)),
    )


def test_a_schedule_that_starts_after_midnight_still_has_the_post_that_a_gap_moved_there() -> None:
    """Made at a quarter past midnight in Nuuk, it posts the evening's question at half past."""
    made = started(schedule(time(23, 30), "America/Nuuk"), now=utc(2026, 3, 29, 1, 15))

    assert next_due(made) == Due(date(2026, 3, 28), utc(2026, 3, 29, 1, 30))


def test_a_reveal_that_a_gap_moves_over_midnight_is_still_to_come_after_it() -> None:
    """It is the reveal of the evening before, and not of the question that was posted a little earlier."""
    nuuk = schedule(time(0, 5), "America/Nuuk", reveal=RevealAt(time(23, 30)))

    shown = reveal_at(nuuk, date(2026, 3, 28), utc(2026, 3, 29, 0, 15))

    assert shown == utc(2026, 3, 29, 1, 30)
    assert reveal_at(nuuk, date(2026, 3, 29), utc(2026, 3, 29, 1, 5)) == utc(2026, 3, 30, 0, 30)
    late = schedule(time(23), "America/Nuuk", reveal=RevealAt(time(23, 30)))
    assert reveal_at(late, date(2026, 3, 28), due_at(late, date(2026, 3, 28))) == utc(2026, 3, 29, 1, 30)


@pytest.mark.parametrize("plan", [schedule(paused=True), schedule(weekdays=())])
def test_a_schedule_without_dates_has_no_next_post_and_owes_nothing(plan: Schedule) -> None:
    """The search for one ends."""
    assert next_posts(plan, after=utc(2026, 11, 22), count=3) == ()
    assert next_due(plan) is None
    assert owed(plan, None, now=utc(2026, 11, 22)) == ()


def test_nothing_is_owed_before_the_next_date_is_due() -> None:
    """The schedule says when it wants to be looked at again."""
    assert owed(schedule(), date(2026, 11, 21), now=utc(2026, 11, 22, 7, 59)) == ()
    assert next_due(schedule(), date(2026, 11, 21)) == Due(SUNDAY, utc(2026, 11, 22, 8))


def test_a_date_is_owed_from_its_very_moment_on() -> None:
    """Not from the next look on."""
    settling = owed(schedule(), date(2026, 11, 21), now=utc(2026, 11, 22, 8))

    assert [(line.due.date, line.decision) for line in settling] == [(SUNDAY, DayDecision.POST)]


def test_a_schedule_may_start_long_after_what_was_settled() -> None:
    """After a pause over the summer, say."""
    assert next_due(schedule(starts=date(2027, 3, 1)), SUNDAY) == Due(date(2027, 3, 1), utc(2027, 3, 1, 8))


def test_after_weeks_of_silence_one_question_comes_and_the_others_are_skipped() -> None:
    """Each of them once, the oldest first."""
    settling = owed(schedule(), date(2026, 11, 1), now=utc(2026, 11, 22, 10))

    assert [line.due.date.day for line in settling] == list(range(2, 23))
    assert [line.decision for line in settling] == [DayDecision.SKIP_LATE] * 20 + [DayDecision.POST]
    assert settling[-1] == Owed(Due(SUNDAY, utc(2026, 11, 22, 8)), DayDecision.POST)


def test_a_silence_that_ends_too_late_for_today_skips_today_too() -> None:
    """Tomorrow's question is not far."""
    settling = owed(schedule(), date(2026, 11, 20), now=utc(2026, 11, 22, 14))

    assert [line.decision for line in settling] == [DayDecision.SKIP_LATE, DayDecision.SKIP_LATE]


def test_only_the_newest_is_posted_where_the_grace_is_longer_than_a_day() -> None:
    """Two questions at once are a heap."""
    settling = owed(schedule(), date(2026, 11, 20), now=utc(2026, 11, 22, 10), grace=timedelta(days=3))

    assert [line.decision for line in settling] == [DayDecision.SKIP_LATE, DayDecision.POST]


@pytest.mark.parametrize("grace", [GRACE, timedelta(days=30)])
@pytest.mark.parametrize("limit", [1, 2, 20, 21, 22, 100])
def test_a_long_silence_is_settled_in_parts_with_the_same_end(limit: int, grace: timedelta) -> None:
    """However many dates fit a transaction, and however much could still be posted."""
    plan, now = schedule(), utc(2026, 11, 22, 10)
    settled = date(2026, 11, 1)
    lines: list[Owed] = []
    while part := owed(plan, settled, now=now, limit=limit, grace=grace):
        assert len(part) <= limit
        lines.extend(part)
        settled = part[-1].due.date

    assert tuple(lines) == owed(plan, date(2026, 11, 1), now=now, grace=grace)


@pytest.mark.parametrize(
    "before, after, zone, now, first",
    [
        (time(18), time(9), "Europe/Berlin", utc(2026, 11, 22, 11), utc(2026, 11, 23, 8)),
        (time(9), time(18), "Europe/Berlin", utc(2026, 11, 22, 7), utc(2026, 11, 22, 17)),
        (time(9), time(8, 30), "Europe/Berlin", utc(2026, 11, 22, 7), utc(2026, 11, 22, 7, 30)),
        (time(9), time(8), "Europe/Berlin", utc(2026, 11, 22, 7), utc(2026, 11, 22, 7)),
        (time(9), time(7), "Europe/Berlin", utc(2026, 11, 22, 7), utc(2026, 11, 23, 6)),
        (time(9), time(9), "Asia/Kathmandu", utc(2026, 11, 22, 7), utc(2026, 11, 23, 3, 15)),
        (time(9), time(9), "America/New_York", utc(2026, 11, 22, 7), utc(2026, 11, 22, 14)),
    ],
)
def test_a_schedule_edited_before_it_fires_owes_only_what_lies_ahead(
    before: time, after: time, zone: str, now: datetime, first: datetime
) -> None:
    """Nothing is posted at once because a time was moved to this morning."""
    edited = started(replace(schedule(before), at=after, zone=zone), now=now)

    assert next_posts(edited, after=now - HOUR, count=1)[0].at == first
    assert owed(edited, date(2026, 11, 21), now=now - timedelta.resolution) == ()


def test_a_time_moved_to_later_the_same_day_does_not_post_twice() -> None:
    """Today is settled."""
    edited = started(schedule(time(18)), now=utc(2026, 11, 22, 9))

    assert owed(edited, SUNDAY, now=utc(2026, 11, 22, 20)) == ()
    assert next_due(edited, SUNDAY) == Due(date(2026, 11, 23), utc(2026, 11, 23, 17))


def test_a_local_date_that_a_new_zone_brings_again_has_no_second_post() -> None:
    """Posted on the 22nd in Auckland, moved to New York where it is still the 21st: next is the 23rd."""
    now = utc(2026, 11, 21, 21)
    moved = started(schedule(zone="America/New_York"), now=now)

    assert moved.starts == date(2026, 11, 22)
    assert next_due(moved, settled=SUNDAY) == Due(date(2026, 11, 23), utc(2026, 11, 23, 14))


def test_a_local_date_that_a_new_zone_jumps_over_is_not_owed() -> None:
    """From New York to Auckland an hour before the 21st's post: the next date there is the 22nd."""
    now = utc(2026, 11, 21, 13)
    moved = started(schedule(zone="Pacific/Auckland"), now=now)

    assert owed(moved, date(2026, 11, 20), now=now) == ()
    assert next_due(moved, date(2026, 11, 20)) == Due(SUNDAY, utc(2026, 11, 21, 20))


def test_a_resumed_schedule_owes_nothing_of_its_pause() -> None:
    """The days in between were nobody's fault."""
    resumed = started(schedule(), now=utc(2026, 11, 22, 9))

    assert owed(resumed, date(2026, 11, 2), now=utc(2026, 11, 22, 9)) == ()


@pytest.mark.parametrize(
    "reveal, posted, revealed",
    [
        (RevealAfter(8), utc(2026, 11, 22, 8), utc(2026, 11, 22, 16)),
        (RevealAfter(8), utc(2026, 11, 22, 13), utc(2026, 11, 22, 21)),
        (RevealAt(time(20)), utc(2026, 11, 22, 8), utc(2026, 11, 22, 19)),
        (RevealAt(time(20)), utc(2026, 11, 22, 13, 59), utc(2026, 11, 22, 19)),
        (RevealAt(time(8)), utc(2026, 11, 22, 8), utc(2026, 11, 23, 7)),
        (RevealAt(time(9)), utc(2026, 11, 22, 8), utc(2026, 11, 23, 8)),
        (RevealAt(time(9, 30)), utc(2026, 11, 22, 8), utc(2026, 11, 22, 8, 30)),
        (RevealAt(time(9, 30)), utc(2026, 11, 22, 8, 15), utc(2026, 11, 22, 8, 30)),
        (RevealAt(time(9, 30)), utc(2026, 11, 22, 8, 16), utc(2026, 11, 23, 8, 30)),
        (RevealAt(time(9, 1)), utc(2026, 11, 22, 8) + timedelta(milliseconds=1), utc(2026, 11, 22, 8, 1)),
        (RevealAt(time(14)), utc(2026, 11, 22, 12), utc(2026, 11, 22, 13)),
        (RevealAt(time(14)), utc(2026, 11, 22, 12, 1), utc(2026, 11, 23, 13)),
        (RevealAt(time(14)), utc(2026, 11, 22, 13, 30), utc(2026, 11, 23, 13)),
        (RevealAt(time(8)), utc(2026, 11, 22, 5), utc(2026, 11, 22, 7)),
    ],
)
def test_the_reveal_comes_after_hours_or_at_a_time(
    reveal: Reveal, posted: datetime, revealed: datetime
) -> None:
    """A late post keeps its hour while an hour or half of what was planned is left; else it is tomorrow's."""
    assert reveal_at(schedule(reveal=reveal), SUNDAY, posted) == revealed


def test_hours_until_the_reveal_are_hours_through_a_change_of_the_clock() -> None:
    """And a time of day is that time of day."""
    day = date(2026, 10, 24)
    posted = due_at(schedule(), day)

    assert reveal_at(schedule(reveal=RevealAfter(24)), day, posted) == utc(2026, 10, 25, 7)
    assert reveal_at(schedule(reveal=RevealAt(time(9))), day, posted) == utc(2026, 10, 25, 8)


@given(zones, days, wall_times, wall_times, st.timedeltas(timedelta(0), timedelta(hours=6)))
def test_a_reveal_follows_its_post_within_two_days(
    zone: str, day: date, at: time, reveal: time, late: timedelta
) -> None:
    """Never at once, unless so little was planned; and at the hour that was asked for."""
    plan = schedule(at, zone, reveal=RevealAt(reveal))
    due = due_at(plan, day)

    shown = reveal_at(plan, day, due + late)

    planned = reveal_at(plan, day, due) - due
    assert min(planned / 2, HOUR) <= shown - (due + late) <= 2 * DAY + 2 * HOUR


@given(zones, days, wall_times, st.integers(1, 127))
def test_posts_follow_each_other_and_leave_out_no_date(zone: str, day: date, at: time, bits: int) -> None:
    """Each date of the schedule that the zone has comes once, at one moment, later than the one before."""
    weekdays = tuple(n for n in range(7) if bits >> n & 1)
    plan = schedule(at, zone, starts=day, weekdays=weekdays)

    posts = next_posts(plan, after=due_at(plan, day) - DAY, count=12)

    dates = [due.date for due in posts]
    span = [day + n * DAY for n in range((dates[-1] - day).days + 1)]
    rules = zone_named(zone)
    assert dates == [d for d in span if d.weekday() in weekdays and exists(d, at, rules)]
    assert all(one.at < other.at for one, other in pairwise(posts))
    assert [due_at(plan, due.date) for due in posts] == [due.at for due in posts]


class Ledger:
    """A program that settles dates, dies, sleeps, and whose clock jumps; it remembers only its ledger."""

    def __init__(self, plan: Schedule, now: datetime) -> None:
        """Begin with nothing settled."""
        self.plan = started(plan, now=now)
        self.now = now
        self.rows: dict[date, tuple[DayDecision, datetime]] = {}

    @property
    def settled(self) -> date | None:
        """The latest settled date."""
        return max(self.rows, default=None)

    def look(self, limit: int, done: int) -> None:
        """Settle what is owed, at most *done* dates of it: then the program dies."""
        for line in owed(self.plan, self.settled, now=self.now, limit=limit)[:done]:
            assert line.due.date not in self.rows
            self.rows[line.due.date] = (line.decision, self.now)


@given(zones, days, wall_times, st.integers(1, 127), st.randoms(use_true_random=False))
def test_every_due_date_is_posted_or_skipped_once(
    zone: str, day: date, at: time, bits: int, rng: random.Random
) -> None:
    """Through silences, deaths in the middle of settling and a clock that jumps both ways."""
    weekdays = tuple(n for n in range(7) if bits >> n & 1)
    ledger = Ledger(schedule(at, zone, weekdays=weekdays), datetime.combine(day, time(12), UTC))
    begun = latest = ledger.now
    for _ in range(25):
        ledger.now += rng.choice([HOUR / 2, HOUR, 7 * HOUR, DAY, 9 * DAY, -HOUR, -2 * DAY])
        ledger.look(rng.choice([1, 3, 100]), rng.choice([0, 1, 100]))
        latest = max(latest, ledger.now)
    ledger.now = latest
    while owed(ledger.plan, ledger.settled, now=ledger.now):
        ledger.look(2, 2)

    plan, first = ledger.plan, ledger.plan.starts
    span = [first + n * DAY for n in range((local_day(latest, zone_named(zone)) - first).days + 1)]
    assert list(ledger.rows) == [d for d in span if is_due(plan, d) and due_at(plan, d) <= latest]
    assert all(begun <= due_at(plan, d) <= when for d, (_, when) in ledger.rows.items())
    posts = [(d, when) for d, (decision, when) in ledger.rows.items() if decision is DayDecision.POST]
    assert all(when - due_at(plan, d) < GRACE for d, when in posts)


@given(
    st.lists(st.tuples(zones, wall_times), min_size=1, max_size=6),
    days,
    st.randoms(use_true_random=False),
)
def test_a_schedule_that_is_moved_about_posts_once_a_local_date(
    edits: list[tuple[str, time]], day: date, rng: random.Random
) -> None:
    """Dates only go forward, whatever zone and hour it is given, and never two posts for one."""
    ledger = Ledger(schedule(), datetime.combine(day, time(12), UTC))
    for zone, at in edits:
        for _ in range(rng.randrange(1, 60)):
            ledger.now += HOUR
            ledger.look(100, 100)
        ledger.plan = started(replace(ledger.plan, zone=zone, at=at), now=ledger.now)

    dates = list(ledger.rows)
    assert dates == sorted(set(dates))
    assert {decision for decision, _ in ledger.rows.values()} <= {DayDecision.POST}
