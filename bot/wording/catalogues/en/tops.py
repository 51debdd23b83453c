"""Leaderboards in English."""

from collections.abc import Sequence
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
    Since.SEASON: "this season",
    Since.ALL: "all time",
}
_NOBODY: Final = {
    Since.DAY: "Nobody has answered today",
    Since.WEEK: "Nobody has answered this week",
    Since.MONTH: "Nobody has answered this month",
    Since.SEASON: "Nobody has answered in this season",
    Since.ALL: "Nobody has answered yet",
}
_MEDALS: Final = {1: "🥇 {n}", 2: "🥈 {n}", 3: "🥉 {n}"}


class TopPhrases(DatePhrases):
    """Who leads, and where the reader stands."""

    def top_since(self, since: Since) -> str:
        """Name the time that a leaderboard is about."""
        return self.say(_SINCE[since])

    def top_title(self, scope: Scope, since: str, topic: Topic, title: str) -> str:
        """Head a leaderboard: whose it is, on what topic, called *title*, and of which time."""
        facts = {"board": self.say(_SCOPES[scope]), "since": since}
        if topic and title:
            return self.say("{board} · {title} ({topic}) · {since}", title=title, topic=topic, **facts)
        if topic:
            return self.say("{board} · topic {topic} · {since}", topic=topic, **facts)
        return self.say("{board} · {since}", **facts)

    def top_dates(self, first: date, last: date, *, far: bool) -> str:
        """Say which dates a leaderboard is about; *far*, they may be of another year."""
        said = self.far_day if far else self.day
        if first == last:
            return self.say("{day}", day=said(first))
        return self.say("{first} to {last}", first=said(first), last=said(last))

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

    def gain_column(self) -> str:
        """Head the column of what ranks by improvement."""
        return self.say("Gain")

    def top_gain(self, gain: float) -> str:
        """Say by how much a share of one grew."""
        return self.say("+{n}%", n=self.decimal(round(gain * 1_000_000) // 1000 / 10))

    def improvement_note(self) -> str:
        """Say what ranks by improvement."""
        return self.say(
            "Gain is by how much the share of right answers has grown since the time before, "
            "estimated with care: few answers move it less."
        )

    def own_gain(self, gain: float) -> str:
        """Say how much the reader improved."""
        return self.say("a gain of {percent}", percent=self.top_gain(gain))

    def other_seasons(self, names: Sequence[str]) -> str:
        """Say which other seasons there have been, and how one is seen."""
        return self.say(
            'Other seasons: {names}. See one with /quiz top season:"{first}"',
            names=self.listing(names),
            first=names[0],
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
        if by is RankedBy.IMPROVEMENT:
            return self.count(
                answers,
                {
                    "one": "Answer {n} more question to be compared with the time before.",
                    "other": "Answer {n} more questions to be compared with the time before.",
                },
            )
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
        if by is RankedBy.IMPROVEMENT:
            return self.say(
                "Nobody has answered enough in both times and got better: there is room at the top."
            )
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
