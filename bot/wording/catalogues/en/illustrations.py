"""What stands in pictures, in English."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from bot.core.streaks import Mark
from bot.wording.catalogues.en.dates import DatePhrases

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MARKS: Final = {
    Mark.ANSWERED: "answered",
    Mark.FROZEN: "kept by a freeze",
    Mark.MISSED: "missed",
    Mark.OPEN: "still open",
    Mark.BEFORE: "no question for you",
    None: "no question for you",
}


class IllustrationPhrases(DatePhrases):
    """Words beside bars and under signs: short, because a picture has little room."""

    def hundredths(self, share: int) -> str:
        """Say a share in whole hundredths."""
        return self.say("{n}%", n=share)

    def beside(self, texts: Sequence[str]) -> str:
        """Put what is said of one thing on one line."""
        line = "".join(texts[:1])
        for text in texts[1:]:
            line = self.say("{line} · {text}", line=line, text=text)
        return line

    def answers(self, number: int) -> str:
        """Count answers."""
        return self.count(number, {"one": "{n} answer", "other": "{n} answers"})

    # ---------------------------------------------------------------------------------------- leaderboards

    def you(self) -> str:
        """Mark the reader's own line."""
        return self.say("you")

    def board_line(self, rank: int, name: str, earned: str, column: str, *, mine: bool) -> str:
        """Say one line of a leaderboard; *column* is what *earned* is headed by."""
        facts = {"place": self.place(rank), "name": name, "earned": earned, "column": column}
        if mine:
            return self.say("{place}: {name} ({you}), {earned} {column}", you=self.you(), **facts)
        return self.say("{place}: {name}, {earned} {column}", **facts)

    # --------------------------------------------------------------------------------------------- answers

    def people(self, number: int) -> str:
        """Count those who gave an answer."""
        return self.count(number, {"one": "{n} learner", "other": "{n} learners"})

    def right_sign(self) -> str:
        """Explain the sign at what is right."""
        return self.say("right answer")

    def times_chosen(self, counts: Mapping[str, int], answered: int) -> str:
        """Say how many chose each option, by its letter."""
        each = [self.say("{letter} {n}", letter=letter, n=count) for letter, count in counts.items()]
        return self.say(
            "How many chose each: {each}, of {answered}.", each=self.listing(each), answered=answered
        )

    def answer_bar(self, text: str, percent: str, people: str, *, right: bool) -> str:
        """Say how many gave an answer."""
        facts = {"text": text, "percent": percent, "people": people}
        said = "{text}: {percent}, {people}, right" if right else "{text}: {percent}, {people}"
        return self.say(said, **facts)

    def other_answers(self, number: int) -> str:
        """Count the answers that are not shown."""
        forms = {"one": "{n} more answer, different", "other": "{n} more answers, all different or rare"}
        return self.say(forms[self.plural(number)], n=number)

    # ------------------------------------------------------------------------------------------------ days

    def calendar_title(self) -> str:
        """Head the calendar of a learner's days."""
        return self.say("Your days")

    def short_months(self) -> tuple[str, ...]:
        """Name the months from January on, in little room."""
        return tuple(map(self.say, _MONTHS))

    def short_weekdays(self) -> tuple[str, ...]:
        """Name the weekdays from Monday on, in little room."""
        return tuple(map(self.say, _WEEKDAYS))

    def day_mark(self, mark: Mark | None) -> str:
        """Explain the sign of a day."""
        return self.say(_MARKS[mark])

    def days_running(self, number: int) -> str:
        """Say what the days of a streak are, under their number."""
        return self.say({"one": "day running", "other": "days running"}[self.plural(number)])

    def longest_streak(self) -> str:
        """Say what the longest streak is, under its number."""
        return self.say("your longest")

    def days_answered(self, number: int) -> str:
        """Say what the answered days are, under their number."""
        return self.say({"one": "day answered", "other": "days answered"}[self.plural(number)])

    def days_said(self, first: date, last: date, counts: Sequence[tuple[Mark, int]]) -> str:
        """Say how many days were what."""
        each = [self.say("{n} {mark}", n=count, mark=self.day_mark(mark)) for mark, count in counts]
        return self.say(
            "From {first} to {last}: {each}.",
            first=self.day(first),
            last=self.day(last),
            each=self.listing(each),
        )

    def freeze_note(self, *, used: bool) -> str:
        """Say whether a missed day would still be covered."""
        if used:
            return self.say("This week's freeze is used")
        return self.say("This week's freeze is not used yet")

    # ---------------------------------------------------------------------------------------------- topics

    def topics_title(self) -> str:
        """Head somebody's progress by topic."""
        return self.say("Your topics")

    def weakest_first(self) -> str:
        """Say in which order topics stand."""
        return self.say("Right answers of all time, the weakest topic first")

    def topic_said(self, name: str, percent: str, answers: str) -> str:
        """Say how well a topic goes."""
        return self.say("{name}: {percent} of {answers}", name=name, percent=percent, answers=answers)
