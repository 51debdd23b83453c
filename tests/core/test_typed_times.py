"""Typed times: what is read kindly, and what is refused with its reason."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import Reveal, RevealAfter, RevealAt
from bot.core.typed_times import (
    LONGEST,
    Trouble,
    Unclear,
    read_reveal,
    read_time,
    read_weekdays,
)


@pytest.mark.parametrize(
    "said, at",
    [
        ("9", time(9)),
        ("0", time(0)),
        ("09:30", time(9, 30)),
        ("9:30", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9 : 30", time(9, 30)),
        ("9h30", time(9, 30)),
        ("930", time(9, 30)),
        ("0930", time(9, 30)),
        ("2130", time(21, 30)),
        ("21h", time(21)),
        ("21 Uhr", time(21)),
        ("9 o’clock", time(9)),
        ("9pm", time(21)),
        ("9 PM", time(21)),
        ("9 p.m.", time(21)),
        ("9:30pm", time(21, 30)),
        ("9a", time(9)),
        ("12am", time(0)),
        ("12:30 am", time(0, 30)),
        ("12 pm", time(12)),
        ("noon", time(12)),
        ("Midday", time(12)),
        ("midnight", time(0)),
        ("at 9", time(9)),
        ("@9:15", time(9, 15)),
        ("９:３０", time(9, 30)),
        ("٩:٣٠", time(9, 30)),
    ],
)
def test_a_time_of_day_is_read(said: str, at: time) -> None:
    """In the ways in which people write one."""
    assert read_time(said) == at


@pytest.mark.parametrize(
    "said, reason",
    [
        ("", Trouble.EMPTY),
        ("  ", Trouble.EMPTY),
        ("9" * (LONGEST + 1), Trouble.TOO_LONG),
        ("nine", Trouble.NOT_A_TIME),
        ("half nine", Trouble.NOT_A_TIME),
        ("9:5", Trouble.NOT_A_TIME),
        ("9:30:00", Trouble.NOT_A_TIME),
        ("-9", Trouble.NOT_A_TIME),
        ("9-10", Trouble.NOT_A_TIME),
        ("9 Berlin", Trouble.NOT_A_TIME),
        ("at9lunch", Trouble.NOT_A_TIME),
        ("²", Trouble.NOT_A_TIME),
        ("24:00", Trouble.NO_SUCH_TIME),
        ("25", Trouble.NO_SUCH_TIME),
        ("9:60", Trouble.NO_SUCH_TIME),
        ("13pm", Trouble.NO_SUCH_TIME),
        ("0am", Trouble.NO_SUCH_TIME),
    ],
)
def test_what_is_no_time_of_day_is_refused(said: str, reason: Trouble) -> None:
    """It can be typed again; a question in the middle of the night cannot be taken back."""
    found = read_time(said)

    assert isinstance(found, Unclear)
    assert found.reason is reason


@given(st.times())
def test_every_minute_is_read_as_it_is_usually_written(at: time) -> None:
    """With 24 hours and with twelve."""
    minute = time(at.hour, at.minute)

    assert read_time(f"{minute:%H:%M}") == minute
    assert read_time(f"{minute:%H%M}") == minute
    assert read_time(f"{minute.hour % 12 or 12}:{minute:%M} {'ap'[minute.hour // 12]}m") == minute


@pytest.mark.parametrize(
    "said, days",
    [
        ("weekdays", "01234"),
        ("week days", "01234"),
        ("Working days", "01234"),
        ("weekends", "56"),
        ("weekend days", "56"),
        ("all weekend", "56"),
        ("every day", "0123456"),
        ("everyday", "0123456"),
        ("daily", "0123456"),
        ("all", "0123456"),
        ("daily mon-fri", "01234"),
        ("mon-fri", "01234"),
        ("Mon–Fri", "01234"),
        ("mon to fri", "01234"),
        ("mon..wed", "012"),
        ("monday through wednesday", "012"),
        ("sat-mon", "056"),
        ("fri - fri", "4"),
        ("mo,we,fr", "024"),
        ("mo, we and fr", "024"),
        ("Monday, Wednesday & Friday.", "024"),
        ("m w f", "024"),
        ("tues thurs", "13"),
        ("Weds", "2"),
        ("Mo.", "0"),
        ("tues.", "1"),
        ("on mondays", "0"),
        ("fr mo fr", "04"),
        ("weekdays + sun", "012346"),
    ],
)
def test_weekdays_are_read(said: str, days: str) -> None:
    """As words, as starts of words, as ranges that may run over the weekend, in any order."""
    assert read_weekdays(said) == tuple(map(int, days))


@pytest.mark.parametrize(
    "said, reason, word",
    [
        ("", Trouble.EMPTY, ""),
        ("m" * 81, Trouble.TOO_LONG, "m" * 80),
        ("every", Trouble.NOT_A_DAY, "every"),
        (", ", Trouble.NOT_A_DAY, ","),
        ("t", Trouble.SEVERAL_DAYS, "t"),
        ("mon, s", Trouble.SEVERAL_DAYS, "s"),
        ("1-5", Trouble.NUMBERED_DAYS, "1"),
        ("mon 3", Trouble.NUMBERED_DAYS, "3"),
        ("mwf", Trouble.NOT_A_DAY, "mwf"),
        ("mon-", Trouble.NOT_A_DAY, ""),
        ("mon-holiday", Trouble.NOT_A_DAY, "holiday"),
        ("every day except sunday", Trouble.NOT_A_DAY, "except"),
        ("mon-fri-sun", Trouble.NOT_A_DAY, "fri-sun"),
    ],
)
def test_what_is_no_weekday_is_refused_with_the_word_in_the_way(
    said: str, reason: Trouble, word: str
) -> None:
    """Nothing is read from half of a line: *except sunday* is not every day."""
    assert read_weekdays(said) == Unclear(reason, word)


@pytest.mark.parametrize(
    "said, reveal",
    [
        ("8h", RevealAfter(8)),
        ("8 hours", RevealAfter(8)),
        ("after 8", RevealAfter(8)),
        ("in 8 hours", RevealAfter(8)),
        ("8 hours later", RevealAfter(8)),
        ("an hour", RevealAfter(1)),
        ("a day", RevealAfter(24)),
        ("7d", RevealAfter(168)),
        ("20:00", RevealAt(time(20))),
        ("2030", RevealAt(time(20, 30))),
        ("at 20", RevealAt(time(20))),
        ("8pm", RevealAt(time(20))),
        ("noon", RevealAt(time(12))),
    ],
)
def test_a_reveal_is_read_as_hours_or_as_a_time(said: str, reveal: Reveal) -> None:
    """A unit or *after* makes hours, everything else that is a time of day is one."""
    assert read_reveal(said) == reveal


@pytest.mark.parametrize(
    "said, reason",
    [
        ("", Trouble.EMPTY),
        ("8", Trouble.HOURS_OR_TIME),
        ("0h", Trouble.NOT_OPEN),
        ("169h", Trouble.NOT_OPEN),
        ("8 days", Trouble.NOT_OPEN),
        ("tomorrow", Trouble.NOT_A_TIME),
        ("after 8:30", Trouble.NOT_A_TIME),
        ("25:00", Trouble.NO_SUCH_TIME),
    ],
)
def test_an_unclear_reveal_is_refused(said: str, reason: Trouble) -> None:
    """A bare 8 could be eight hours or eight o'clock."""
    found = read_reveal(said)

    assert isinstance(found, Unclear)
    assert found.reason is reason


@given(st.text(max_size=90))
def test_nothing_that_can_be_typed_breaks_the_reading(said: str) -> None:
    """It is read or refused."""
    weekdays = read_weekdays(said)

    assert isinstance(read_time(said), time | Unclear)
    assert isinstance(read_reveal(said), RevealAfter | RevealAt | Unclear)
    assert isinstance(weekdays, Unclear) or set(weekdays) <= set(range(7))
