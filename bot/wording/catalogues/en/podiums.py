"""Pauses, podiums and standings in English."""

from bot.wording.catalogues.en.common import CommonPhrases
from bot.wording.catalogues.phrases import Forms


class PodiumPhrases(CommonPhrases):
    """A round stands still, goes on or is over."""

    # ----------------------------------------------------------------------------------------------- pauses

    def paused_title(self) -> str:
        """Head the message of a pause."""
        return self.say("Paused")

    def paused_by(self, name: str, seconds_left: int | None) -> str:
        """Say who stopped the clock and what it showed."""
        if seconds_left is None:
            return self.say("{name} paused the round.", name=self.name(name))
        return self.say(
            "{name} paused the round with {time} left.",
            name=self.name(name),
            time=self.duration(seconds_left),
        )

    def unheard(self, seconds_left: int | None) -> str:
        """Say that the clock stands still because the chat cannot be heard."""
        return self.say(
            "I have lost the connection to this chat, so the clock stands still with {time} left. "
            "What you press meanwhile may not arrive. I go on by myself as soon as I am back.",
            time=self.duration(seconds_left or 0),
        )

    def resume(self) -> str:
        """Label the button that lets the clock go on."""
        return self.say("Go on")

    def resume_hint(self) -> str:
        """Say what the button does, and for whom."""
        return self.say("Go on with the round, for the host")

    def resumed_title(self) -> str:
        """Head the message of a round that goes on."""
        return self.say("Going on")

    def resumed_by(self, name: str, seconds_left: int | None) -> str:
        """Say who let the clock go on, and how much time there is."""
        if seconds_left is None:
            return self.say("{name} resumed the round.", name=self.name(name))
        return self.say(
            "{name} resumed the round with {time} left.",
            name=self.name(name),
            time=self.duration(seconds_left),
        )

    def heard_again(self, seconds_left: int | None) -> str:
        """Say that the chat is heard again, and how much time there is."""
        return self.say(
            "I am back, and the clock goes on with {time} left. If you pressed something meanwhile and I did "
            "not confirm it, press it again.",
            time=self.duration(seconds_left or 0),
        )

    # ---------------------------------------------------------------------------------------------- the end

    def podium_title(self, title: str) -> str:
        """Head the podium."""
        return self.say("Podium: {title}", title=self.title_or_mixed(title))

    def stopped_title(self, title: str) -> str:
        """Head the standing of a round that was stopped."""
        return self.say("Round stopped: {title}", title=self.title_or_mixed(title))

    def nobody_title(self, title: str) -> str:
        """Head the end of a round that nobody joined."""
        return self.say("No round: {title}", title=self.title_or_mixed(title))

    def redo_title(self) -> str:
        """Head the end of a learner's own redo."""
        return self.say("Redo finished")

    def nobody_joined(self) -> str:
        """Say that a round ended before it began."""
        return self.say("Nobody joined, so the round did not start.")

    def stopped_by(self, name: str, asked: int, total: int) -> str:
        """Say who ended the round early, and how far it came."""
        facts = {"name": self.name(name)}
        if asked == 0:
            return self.say("Stopped by {name} before a question was scored.", **facts)
        return self.say(
            "Stopped by {name} after {asked} of {questions}: the standing so far.",
            asked=asked,
            questions=self.questions(total),
            **facts,
        )

    def round_over(self, asked: int, joined: int) -> str:
        """Say how big the round was."""
        forms: Forms = {"one": "{questions}, {n} player.", "other": "{questions}, {n} players."}
        return self.count(joined, forms, questions=self.questions(asked))

    def podium_place(self, rank: int, names: str, points: str) -> str:
        """Say who stands on one step of the podium."""
        return self.say("{place}: {names}, {points}.", place=self.place(rank), names=names, points=points)

    def redo_result(self, right: int, asked: int) -> str:
        """Say how a redo went."""
        return self.say("You got {right} of {asked} right this time.", right=right, asked=asked)

    def nobody_scored(self) -> str:
        """Say that there is nobody to put on the podium."""
        return self.say("Nobody scored.")

    # -------------------------------------------------------------------------------------------- standings

    def standing(self) -> str:
        """Name the table of the standing."""
        return self.say("Standing")

    def teams(self) -> str:
        """Name the table of the teams."""
        return self.say("Teams")

    def rank_column(self) -> str:
        """Head the column of ranks."""
        return self.say("Place")

    def name_column(self) -> str:
        """Head the column of names."""
        return self.say("Name")

    def team_column(self) -> str:
        """Head the column of teams."""
        return self.say("Team")

    def points_column(self) -> str:
        """Head the column of points."""
        return self.say("Points")

    def mean_column(self) -> str:
        """Head the column of a team's mean points."""
        return self.say("Mean points")

    def right_column(self) -> str:
        """Head the column of right answers."""
        return self.say("Right")

    def gained_column(self) -> str:
        """Head the column of points earned just now."""
        return self.say("Now")

    def and_others(self, number: int) -> str:
        """Count those whom a table leaves out."""
        return self.say("… and {others}.", others=self.others(number))

    def missed(self) -> str:
        """Label the button that shows what the reader missed."""
        return self.say("What I missed")

    def missed_hint(self) -> str:
        """Say what the button does."""
        return self.say("What I missed, shown to you alone")
