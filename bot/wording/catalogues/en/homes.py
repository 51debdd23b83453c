"""All that concerns one learner at a glance, in English."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from bot.core.commands import DAILY_NAME
from bot.core.effects import Spot, Stage
from bot.wording.catalogues.en.dates import DatePhrases
from bot.wording.views import ChannelName, Code, Inline

_PLAY: Final = Code("/quiz play")
_DAILY: Final = Code("/quiz daily set 9:00 zone:berlin")
_SHOW: Final = Code("/quiz daily show")
_PLATFORMS: Final = {
    "discord": "on Discord",
    "slack": "on Slack",
    "web": "in the web chat",
}


class HomePhrases(DatePhrases):
    """What is open, where the reader stands, what comes next."""

    def home_title(self) -> str:
        """Head all that concerns the reader."""
        return self.say("Your study group at a glance")

    def home_nothing(self) -> tuple[Inline, ...]:
        """Welcome a reader for whom there is nothing yet, and say how to begin."""
        return self.weave(
            "Welcome! Nothing is open here yet. Type {play} in a channel to start a round, "
            "or let an organiser set a question of the day there: {daily}",
            play=_PLAY,
            daily=_DAILY,
        )

    # ------------------------------------------------------------------------------------------ what is open

    def open_heading(self) -> str:
        """Head what the reader can take part in now."""
        return self.say("Open now")

    def nothing_open(self) -> tuple[Inline, ...]:
        """Say that nothing waits for the reader, and how to begin something."""
        return self.weave("Nothing is open for you just now. {play} in a channel starts a round.", play=_PLAY)

    def open_day(self, day: date, name: str, spot: Spot) -> tuple[Inline, ...]:
        """Name the question of a day, and where it is."""
        named = self.say("Question of the day")
        title = self.say("{named} · {day}", named=self._named(named, name), day=self.day(day))
        return self._where(title, spot)

    def open_round(self, title: str, spot: Spot) -> tuple[Inline, ...]:
        """Name a round, and where it is."""
        return self._where(self.say("Round · {title}", title=self.title_or_mixed(title)), spot)

    def answer_stands(self, until: datetime | None, *, more: bool) -> tuple[Inline, ...]:
        """Say whether an answer can still be changed; *until* is when the right one is shown, if known."""
        if until is None:
            said = "You can change it until the question closes." if more else "It stays as it is."
            return self.weave(said)
        moment = self.moment(until)
        if more:
            return self.weave("You can change it until {moment}, when the right one is shown.", moment=moment)
        return self.weave("It stays as it is. The right one is shown: {moment}", moment=moment)

    def not_answered(self, until: datetime | None) -> tuple[Inline, ...]:
        """Say that an open question waits for the reader's answer."""
        if until is None:
            return self.weave("You have not answered yet.")
        return self.weave("You have not answered yet: it is open until {moment}.", moment=self.moment(until))

    def round_stage(self, stage: Stage, number: int, total: int) -> str:
        """Say where a round is."""
        if number == 0:
            return self._not_begun(stage)
        sentences = {
            Stage.REVEALED: "The answer to question {number} of {total} is shown.",
            Stage.PAUSED: "Paused at question {number} of {total}.",
        }
        return self.say(
            sentences.get(stage, "Question {number} of {total} is open."), number=number, total=total
        )

    def _not_begun(self, stage: Stage) -> str:
        if stage is Stage.PAUSED:
            return self.say("Paused before its first question.")
        return self.say("You are in; it has not begun yet.")

    def plays_later(self) -> tuple[Inline, ...]:
        """Say that the reader came in while a question was open."""
        return self.weave("You play from the next question on.")

    def more_open(self, number: int) -> str:
        """Count the questions of the day that are not listed."""
        return self.count(
            number,
            {"one": "And {n} more question of the day.", "other": "And {n} more questions of the day."},
        )

    # -------------------------------------------------------------------------------------------- what comes

    def coming_heading(self) -> str:
        """Head what is posted next."""
        return self.say("Coming up")

    def coming_post(self, name: str, spot: Spot, *, recap: bool) -> tuple[Inline, ...]:
        """Name a schedule, and where it posts."""
        if recap:
            return self._where(self.say("Recap of the week"), spot)
        return self._where(self._named(self.say("Question of the day"), name), spot)

    def coming_at(self, days: Sequence[int], at: str, zone: str, moment: datetime) -> tuple[Inline, ...]:
        """Say when a schedule posts: *days* are weekdays, *at* is a time of day in *zone*."""
        when = self.say(
            "{days} at {at}, {zone}", days=self.weekdays(days), at=at, zone=zone.replace("_", " ")
        )
        return self.weave("{when}. Next: {moment}", when=when, moment=self.moment(moment))

    def more_coming(self, number: int) -> tuple[Inline, ...]:
        """Count the schedules that are not listed, and say how to see them."""
        return self.weave(
            "And {n} more: type {command} in the channel.", n=self.number(number), command=_SHOW
        )

    def my_leaderboard(self) -> str:
        """Label the button that shows the group's leaderboard."""
        return self.say("Leaderboard")

    def my_leaderboard_hint(self) -> str:
        """Say what the button shows."""
        return self.say("Show this week's leaderboard of the group, with your place on it")

    # ------------------------------------------------------------------------------------------------- where

    def _named(self, what: str, name: str) -> str:
        """Add the name of a schedule that somebody named."""
        return what if name == DAILY_NAME else self.say("{what} {name}", what=what, name=self.quoted(name))

    def _where(self, what: str, spot: Spot) -> tuple[Inline, ...]:
        """Say where *what* is: in a channel, in the reader's own place, or on another platform."""
        if spot.channel:
            return self.weave("{what}, in {channel}", what=what, channel=ChannelName(spot.channel))
        if not spot.platform:
            return self.weave("{what}, in your private channel", what=what)
        elsewhere = self.say(_PLATFORMS.get(spot.platform, "on another platform"))
        return self.weave("{what}, {elsewhere}", what=what, elsewhere=elsewhere)
