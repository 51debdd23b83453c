"""Streaks of days: the cases that a learner, or a whole group, would argue about."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.ids import LearnerId
from bot.core.streaks import (
    FREEZES_IN_A_ROW,
    DayStreak,
    GroupStreak,
    Mark,
    day_marks,
    day_streak,
    group_streak,
)

MONDAY = date(2026, 11, 2)
DAY = timedelta(days=1)
YEAR = "-------|" * 52
"""As many weeks without a question as lie between two of one number, in 2026."""


@dataclass(frozen=True)
class Case:
    """One learner's days from a Monday on, a letter each, a bar between weeks to read them by.

    ``a`` answered, ``m`` a question and no answer, ``o`` a question that is still open and not answered,
    ``A`` one that is open and answered, ``-`` no question, ``v`` a question that was skipped or declared void
    and was answered, ``.`` one that was and was not. *frozen* and *todo* count days from 0.
    """

    why: str
    days: str
    current: int
    best: int
    frozen: tuple[int, ...] = ()
    todo: tuple[int, ...] = ()


CASES = (
    Case("I have never answered anything, so I have no streak and have missed nothing.", "mmm", 0, 0),
    Case("There has never been a question.", "---", 0, 0),
    Case("I answered today for the first time: that is one day.", "a", 1, 1),
    Case("I answered three days in a row, right or wrong.", "aaa", 3, 3),
    Case("Today's question is open and I have the evening for it: nothing is lost.", "aao", 2, 2, (), (2,)),
    Case("I have answered today's open question: it counts at once.", "aaA", 3, 3),
    Case("The very first question is open: no streak yet, and something to do.", "o", 0, 0, (), (0,)),
    Case("I forgot Wednesday. My weekly freeze kept the streak and added no day.", "aama", 3, 3, (2,)),
    Case("I forgot yesterday, today is open: frozen, it is worth going on.", "aamo", 2, 2, (2,), (3,)),
    Case("I forgot two days of one week: there is one freeze a week.", "amma", 1, 1),
    Case("Two days of one week need not be neighbours: the second breaks it.", "amama", 1, 2),
    Case("Sunday is of last week, Monday of this one: a freeze each.", "aaaaaam|ma", 7, 7, (6, 7)),
    Case("But a Tuesday after those two is one too many.", "aaaaaam|mma", 1, 6),
    Case("One forgotten day in each of three weeks.", "amaaaaa|aamaaaa|aaaama", 17, 17, (1, 9, 18)),
    Case("I used no freeze last week, so may I miss two days now? It is not saved up.", "aaaaaaa|mma", 1, 7),
    Case("A freeze used before a streak broke is used for the next one that week too.", "ammama", 1, 1),
    Case("A new week brings a new freeze to a new streak.", "amma---|ama", 3, 3, (8,)),
    Case("The first freeze of a streak that broke is not shown with the next.", "amamaa", 2, 2),
    Case("Days that I miss without a streak use no freeze.", "aaaaamm|mmmaama", 3, 5, (12,)),
    Case("There was no question on the weekend: that breaks nothing.", "aaaaa--|aa", 7, 7),
    Case("There was no question for weeks: it still breaks nothing.", "aa-----|-------|-------|a", 3, 3),
    Case("Days without a question use up no freeze.", "a-m-a", 2, 2, (2,)),
    Case("The bot was down and skipped a day: as if there had been no question.", "a.a", 2, 2),
    Case("A question was declared void after I answered it: neutral, as for all.", "ava", 2, 2),
    Case("I joined late: what was asked before my first answer was not missed.", "mmmmmmm|mmaaa", 3, 3),
    Case("I joined late, and the freeze of my first week is mine.", "mmmama", 2, 2, (4,)),
    Case("My best was long ago and stays.", "aaaaaaa|mmmmaa", 2, 7),
    Case("The best is now.", "aamm---|aaa", 3, 3),
    Case("A freeze does not lengthen my best.", "aamaa", 4, 4, (2,)),
    Case("The freeze came last: the streak stands until I miss another day.", "aam", 2, 2, (2,)),
    Case("Yesterday's question is open until this evening: both can be done.", "aoo", 1, 1, (), (1, 2)),
    Case("I answered today's and can still answer yesterday's.", "aoA", 2, 2, (), (1,)),
    Case("Yesterday was frozen and today is open: I am still in.", "amo", 1, 1, (1,), (2,)),
    Case("Mondays only, two missed: each week has its freeze.", "a------|m------|m------|a", 2, 2, (7, 14)),
    Case(
        "Mondays only, three missed: two freezes in a row are all.", "a------|m------|m------|m------|a", 1, 1
    ),
    Case(
        "A week of the same number a year later has its own freeze.",
        "am-----|" + YEAR + "ama",
        3,
        3,
        (1, 372),
    ),
    Case("The week of New Year is one week, in two years: one freeze.", "-------|" * 8 + "aaamama", 1, 4),
)


def played(case: Case) -> tuple[set[date], set[date], set[date]]:
    """Return the dates of *case* that were asked, answered and are open."""
    days = {MONDAY + index * DAY: letter for index, letter in enumerate(case.days.replace("|", ""))}
    asked = {day for day, letter in days.items() if letter in "amoA"}
    answered = {day for day, letter in days.items() if letter in "aAv"}
    return asked, answered, {day for day, letter in days.items() if letter in "oA"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.why)
def test_a_learner_who_argues_is_told(case: Case) -> None:
    """Each case is a sentence that somebody will say, and its answer."""
    asked, answered, still_open = played(case)

    streak = day_streak(asked, answered, still_open=still_open)

    assert (streak.current, streak.best) == (case.current, case.best)
    assert streak.freezes == tuple(MONDAY + offset * DAY for offset in case.frozen)
    assert streak.todo == tuple(MONDAY + offset * DAY for offset in case.todo)


def test_a_calendar_shows_what_each_day_was() -> None:
    """In the order of days, without those that had no question."""
    asked, answered, still_open = played(Case("", "mamm-Ao", 0, 0))

    assert "".join(mark[0] for mark in day_marks(asked, answered, still_open=still_open).values()) == "bafmao"
    assert list(day_marks(asked, answered)) == sorted(asked)


def test_several_questions_on_a_day_are_one_day() -> None:
    """A group with two schedules has days, not posts."""
    days = [MONDAY, MONDAY + DAY]

    assert day_streak([*days, *days], days).current == 2


@pytest.mark.parametrize(
    "days, frozen", [("am", True), ("amma", True), ("amaaaaa|a", False), ("a", False), ("", False)]
)
def test_a_learner_sees_whether_this_weeks_freeze_is_used(days: str, frozen: bool) -> None:  # noqa: FBT001
    """Also when it did not save the streak."""
    asked, answered, still_open = played(Case("", days, 0, 0))

    assert day_streak(asked, answered, still_open=still_open).frozen is frozen


learner_days = st.text("amvo.-", max_size=40).map(lambda text: Case("", text, 0, 0))


@given(learner_days)
def test_a_streak_is_held_by_its_marks(case: Case) -> None:
    """A freeze a week and two in a row at most; the best is no shorter than the current one."""
    asked, answered, still_open = played(case)

    marks = day_marks(asked, answered, still_open=still_open)
    streak = day_streak(asked, answered, still_open=still_open)

    frozen = [day for day, mark in marks.items() if mark is Mark.FROZEN]
    assert len({day.isocalendar()[:2] for day in frozen}) == len(frozen)
    told = "".join(mark[0] for mark in marks.values() if mark is not Mark.OPEN)
    assert "f" * (FREEZES_IN_A_ROW + 1) not in told
    assert streak.current <= streak.best <= len(asked & answered)
    assert set(streak.freezes) <= set(frozen)


@given(learner_days)
def test_answering_the_latest_day_never_shortens_a_streak(case: Case) -> None:
    """Of an earlier one that cannot be said: with an answer there, a freeze may cover another miss.

    Freezes are used by themselves on the first miss that they can cover, not on the one that would pay most.
    """
    asked, answered, still_open = played(case)
    before = day_streak(asked, answered, still_open=still_open)

    after = day_streak(asked, answered | {max(asked, default=MONDAY)}, still_open=still_open)

    assert after.best >= before.best
    assert after.current >= before.current
    assert day_streak(asked - answered, set()) == DayStreak(0, 0, (), (), frozen=False)


def group(*days: str) -> dict[date, set[LearnerId]]:
    """Return who answered on each day from a Monday on: a digit is a learner."""
    return {MONDAY + index * DAY: {LearnerId(int(who)) for who in day} for index, day in enumerate(days)}


@pytest.mark.parametrize(
    "days, streak",
    [
        ((), GroupStreak(0, 0)),
        (("",), GroupStreak(0, 0, 0, 0, 1)),
        (("1",), GroupStreak(1, 1, 0, 1, 1)),
        (("1234", "12"), GroupStreak(2, 2, 4, 2, 2)),
        (("1234", "1"), GroupStreak(0, 1, 4, 1, 2)),
        (("123", "12"), GroupStreak(2, 2, 3, 2, 2)),
        (("123", "1"), GroupStreak(0, 1, 3, 1, 2)),
        (("12", "34"), GroupStreak(0, 1, 2, 0, 1)),
        (("123", "123", "123", "12"), GroupStreak(4, 4, 3, 2, 2)),
        (("123", "123", "123", "1", "12", "4567"), GroupStreak(0, 3, 3, 0, 2)),
        (("1", "12", "12", "12", "3"), GroupStreak(0, 4, 2, 0, 1)),
        (("12", "12", "12", "3", "3", "3", "3", "3", "3", "3"), GroupStreak(2, 3, 1, 1, 1)),
        (("1", "1", "1", "", "", "", "", "", "2"), GroupStreak(1, 3, 0, 1, 1)),
        (("1", "1", "1", "", "", "", "", "2"), GroupStreak(0, 3, 1, 0, 1)),
    ],
)
def test_a_day_counts_for_the_group_when_half_of_the_regulars_answered(
    days: tuple[str, ...], streak: GroupStreak
) -> None:
    """Regulars answered on three of the seven days before; guests neither help nor harm."""
    assert group_streak(group(*days)) == streak


def test_an_open_day_breaks_no_group_and_counts_as_soon_as_enough_are_there() -> None:
    """The evening is long."""
    waiting, done = group("1234", "1234", "1"), group("1234", "1234", "12")
    today = MONDAY + 2 * DAY

    assert group_streak(waiting, still_open={today}) == GroupStreak(2, 2, 4, 1, 2)
    assert group_streak(waiting).current == 0
    assert group_streak(done, still_open={today}).current == 3


@given(st.lists(st.sets(st.integers(1, 6).map(LearnerId)), max_size=30))
def test_regulars_are_counted_over_the_seven_days_before(who: list[set[LearnerId]]) -> None:
    """As a plain count says."""
    streak = group_streak({MONDAY + index * DAY: day for index, day in enumerate(who)})

    *before, _ = who or [set()]
    recent, least = before[-7:], min(3, len(before))
    counts = {n: sum(n in day for day in recent) for n in set().union(*before)}
    assert streak.regulars == sum(count >= least for count in counts.values())
