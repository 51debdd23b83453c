"""Leaderboards in English."""

from datetime import date
from typing import Final

from bot.core.commands import RankedBy, Scope, Since
from bot.core.ids import Topic
from bot.wording.catalogues.en.dates import DatePhrases
from bot.wording.catalogues.phrases import Forms

_SCOPES: Final = {
    Scope.CHANNEL: "Leaderboard of this channel",
    Scope.GROUP: "Leaderboard of this group",
    Scope.EVERYWHERE: "Leaderboard of everybody",
}
_SINCE: Final = {
    Since.DAY: "today",
    Since.WEEK: "this week",
    Since.MONTH: "this month",
    Since.ALL: "all time",
}
_NOBODY: Final = {
    Since.DAY: "Nobody has answered today",
    Since.WEEK: "Nobody has answered this week",
    Since.MONTH: "Nobody has answered this month",
    Since.ALL: "Nobody has answered yet",
}
_MEDALS: Final = {1: "🥇 {n}", 2: "🥈 {n}", 3: "🥉 {n}"}


class TopPhrases(DatePhrases):
    """Who leads, and where the reader stands."""

    def top_title(self, scope: Scope, since: Since, topic: Topic) -> str:
        """Head a leaderboard: whose it is, on what, and of which time."""
        facts = {"board": self.say(_SCOPES[scope]), "since": self.say(_SINCE[since])}
        if topic:
            return self.say("{board} · topic {topic} · {since}", topic=topic, **facts)
        return self.say("{board} · {since}", **facts)

    def top_dates(self, first: date, last: date) -> str:
        """Say which dates a leaderboard is about."""
        if first == last:
            return self.say("{day}", day=self.day(first))
        return self.say("{first} to {last}", first=self.day(first), last=self.day(last))

    def top_rank(self, rank: int) -> str:
        """Say a place in a leaderboard; the first three have a medal."""
        return self.say(_MEDALS.get(rank, "{n}"), n=rank)

    def top_gap(self) -> str:
        """Stand for the places that are left out."""
        return self.say("…")

    def accuracy_column(self) -> str:
        """Head the column of what ranks by accuracy."""
        return self.say("Accuracy")

    def top_share(self, share: float) -> str:
        """Say a share of one, rounded down."""
        return self.say("{n}%", n=self.decimal(round(share * 1_000_000) // 1000 / 10))

    def right_of(self, right: int, answers: int) -> str:
        """Say how many answers were right."""
        return self.say("{right}/{answers}", right=right, answers=answers)

    def accuracy_note(self) -> str:
        """Say what ranks by accuracy."""
        return self.say(
            "Accuracy is a careful estimate: the more answers, the closer it is to the share that was right."
        )

    def own_place(self, rank: int, listed: int, earned: str, *, shared: bool) -> str:
        """Say where the reader stands, and with what."""
        facts = {"place": self.place(rank), "listed": self.number(listed), "earned": earned}
        if shared:
            return self.say("You share {place} place of {listed}, with {earned}.", **facts)
        return self.say("You are {place} of {listed}, with {earned}.", **facts)

    def own_accuracy(self, share: float, right: int, answers: int) -> str:
        """Say how accurate the reader is."""
        forms: Forms = {
            "one": "an accuracy of {percent} ({right} of {n} answer right)",
            "other": "an accuracy of {percent} ({right} of {n} answers right)",
        }
        return self.count(answers, forms, percent=self.top_share(share), right=right)

    def lacking(self, by: RankedBy, answers: int) -> str:
        """Say what the reader can do to be ranked."""
        if by is RankedBy.ACCURACY:
            return self.count(
                answers,
                {
                    "one": "Answer {n} more question to be ranked by accuracy.",
                    "other": "Answer {n} more questions to be ranked by accuracy.",
                },
            )
        return self.count(
            answers,
            {
                "one": "Answer {n} question to be ranked too.",
                "other": "Answer {n} questions to be ranked too.",
            },
        )

    def nobody_ranked(self, by: RankedBy, since: Since) -> str:
        """Say that there is nobody on a leaderboard, and what to do about it."""
        if by is RankedBy.ACCURACY:
            return self.say(
                "Nobody has answered enough to be ranked by accuracy: start a round with /quiz play."
            )
        return self.say(
            "{nobody}: start a round with /quiz play and be the first.", nobody=self.say(_NOBODY[since])
        )

    def page_of(self, page: int, pages: int) -> str:
        """Say which page of how many this is."""
        return self.say("Page {page} of {pages}", page=page, pages=pages)

    def previous_page(self) -> str:
        """Label the button that shows the page before."""
        return self.say("Previous")

    def next_page(self) -> str:
        """Label the button that shows the page after."""
        return self.say("Next")

    def turn_hint(self, page: int, pages: int) -> str:
        """Say which page a button shows."""
        return self.say("Show page {page} of {pages}", page=page, pages=pages)
