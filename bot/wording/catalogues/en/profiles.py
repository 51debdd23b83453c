"""Where a learner stands, in English."""

from collections.abc import Sequence
from datetime import date

from bot.core.ids import Topic
from bot.wording.catalogues.en.dates import DatePhrases
from bot.wording.catalogues.phrases import Forms


class ProfilePhrases(DatePhrases):
    """What somebody sees of themselves."""

    def me_title(self) -> str:
        """Head where the reader stands."""
        return self.say("You in this group")

    def me_nothing(self) -> str:
        """Say that nothing is known yet, and what to do."""
        return self.say("You have not answered anything yet: start a round with /quiz play.")

    def period_column(self) -> str:
        """Head the column of periods."""
        return self.say("When")

    def this_week(self) -> str:
        """Name the running week."""
        return self.say("This week")

    def all_time(self) -> str:
        """Name all of the time."""
        return self.say("All time")

    def rank_of(self, rank: int, listed: int) -> str:
        """Say a rank among those who are ranked; a dash for who is not."""
        if rank == 0:
            return self.say("–")
        return self.say("{place} of {listed}", place=self.place(rank), listed=self.number(max(rank, listed)))

    def right_ever(self, right: int, answers: int) -> str:
        """Say how many answers were right so far."""
        return self.count(
            answers,
            {"one": "{right} of {n} answer was right.", "other": "{right} of {n} answers were right."},
            right=self.number(right),
        )

    def my_days(self, days: int, best: int) -> str:
        """Say the streak of days, and the longest."""
        if days == 0:
            return self.count(
                best,
                {
                    "one": "No streak of days just now; your longest had {n} day.",
                    "other": "No streak of days just now; your longest had {n} days.",
                },
            )
        running: Forms = {"one": "{n} day running", "other": "{n} days running"}
        said = self.count(days, running)
        if days >= best:
            return self.say(
                "You have answered the question of the day {days}: your longest streak.", days=said
            )
        return self.say(
            "You have answered the question of the day {days}; your longest streak had {best}.",
            days=said,
            best=self.number(best),
        )

    def freeze_used(self) -> str:
        """Say that a missed day was covered."""
        return self.say("Your freeze of this week has covered a day that you missed. There is one a week.")

    def days_to_do(self, days: Sequence[date]) -> str:
        """Say which questions are open and not answered."""
        said = self.listing([self.day(day) for day in days])
        return self.say("Still open for you: the question of {days}.", days=said)

    def topic_column(self) -> str:
        """Head the column of topics."""
        return self.say("Topic")

    def weakest(self, topic: Topic, title: str) -> str:
        """Say what to do about the topic that goes worst, by its *title* where it has one."""
        if not title:
            return self.say("To work on the topic that goes worst: /quiz play topic:{topic}", topic=topic)
        return self.say(
            "To work on {title}, the topic that goes worst: /quiz play topic:{topic}",
            title=title,
            topic=topic,
        )
