"""Dates, weekdays and times of day in English."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from bot.core.schedules import EVERY_DAY
from bot.wording.catalogues.en.common import CommonPhrases
from bot.wording.views import Moment

_WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_LEAST_RANGE: Final = 3
"""So many weekdays in a row are said as a range."""

_DAY_HOURS: Final = 24


class DatePhrases(CommonPhrases):
    """When something is."""

    def weekday(self, day: int) -> str:
        """Name a weekday; Monday is 0."""
        return self.say(_WEEKDAYS[day])

    def day(self, day: date) -> str:
        """Say a date that is not far off."""
        return self.say(
            "{weekday}, {day} {month}",
            weekday=self.weekday(day.weekday()),
            day=day.day,
            month=self.say(_MONTHS[day.month - 1]),
        )

    def far_day(self, day: date) -> str:
        """Say a date that may be in another year."""
        facts = {"day": f"{day.day}", "month": self.say(_MONTHS[day.month - 1]), "year": f"{day.year}"}
        return self.say("{day} {month} {year}", **facts)

    def clock(self, at: time) -> str:
        """Say a time of day."""
        return self.say("{time}", time=f"{at:%H:%M}")

    def local(self, at: datetime) -> str:
        """Say a moment as calendars and clocks in its own zone show it."""
        return self.say("{day}, {time}", day=self.day(at.date()), time=self.clock(at.time()))

    def moment(self, at: datetime) -> Moment:
        """Return a moment that is shown by the reader's own clock, and else in UTC."""
        return Moment(at, self.say("{local} UTC", local=self.local(at.astimezone(UTC))))

    def days(self, number: int) -> str:
        """Count days."""
        return self.count(number, {"one": "{n} day", "other": "{n} days"})

    def hours(self, number: int) -> str:
        """Say a number of hours, in days where they are whole."""
        if number % _DAY_HOURS == 0 and number > _DAY_HOURS:
            return self.days(number // _DAY_HOURS)
        return self.count(number, {"one": "{n} hour", "other": "{n} hours"})

    def weekdays(self, days: Sequence[int]) -> str:
        """Begin a sentence with weekdays: *days* are numbers in order, Monday is 0."""
        if tuple(days) == EVERY_DAY:
            return self.say("Every day")
        runs = _runs(days)
        return self.listing([self._run_of_days(run) for run in runs])

    def _run_of_days(self, run: Sequence[int]) -> str:
        if len(run) == 1:
            return self.weekday(run[0])
        return self.say("{first} to {last}", first=self.weekday(run[0]), last=self.weekday(run[-1]))


def _runs(days: Sequence[int]) -> list[list[int]]:
    """Return *days* cut into those that are said together: a range, or one day."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return [part for run in runs for part in ([run] if len(run) >= _LEAST_RANGE else [[day] for day in run])]
