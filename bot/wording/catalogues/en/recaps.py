"""The recap of a group's week, in English."""

from collections.abc import Sequence
from datetime import date

from bot.core.effects import Improved, WeakTopic
from bot.wording.catalogues.en.dates import DatePhrases
from bot.wording.catalogues.phrases import Forms


class RecapPhrases(DatePhrases):
    """What a week was like."""

    def recap_title(self, last: date) -> str:
        """Head the seven days up to the hour of a recap."""
        return self.say("The week up to {last}", last=self.day(last))

    def recap_nothing(self) -> str:
        """Say that nobody did anything, and how the next week can be another."""
        return self.say("Nobody answered a question this week. Start a round with /quiz play.")

    def recap_answers(self, learners: int, answers: int, right: int) -> str:
        """Say how many took part, and how it went."""
        people: Forms = {"one": "{n} learner", "other": "{n} learners"}
        given: Forms = {"one": "{n} answer", "other": "{n} answers"}
        return self.say(
            "{learners} gave {answers}; {right} of them right.",
            learners=self.count(learners, people),
            answers=self.count(answers, given),
            right=self.number(right),
        )

    def recap_standing(self) -> str:
        """Head who earned most."""
        return self.say("The standing")

    def recap_others(self, count: int) -> str:
        """Say how many more are ranked."""
        forms: Forms = {"one": "and {n} other", "other": "and {n} others"}
        return self.say("{others}; see /quiz top.", others=self.count(count, forms))

    def recap_streak(self, days: int, best: int) -> str:
        """Say for how long the group has kept up its streak of days."""
        if days >= best:
            return self.say("The group's streak: {days}, its longest.", days=self.days(days))
        return self.say(
            "The group's streak: {days}. Its longest had {best}.",
            days=self.days(days),
            best=self.number(best),
        )

    def improved_heading(self) -> str:
        """Head who improved."""
        return self.say("Most improved")

    def improved(self, one: Improved) -> str:
        """Say by how much somebody improved on the week before."""
        return self.say(
            "{name}: from {before}% to {now}% right",
            name=self.name(one.name),
            before=self.number(round(one.before * 100)),
            now=self.number(round(one.now * 100)),
        )

    def hardest_heading(self) -> str:
        """Head the question that went worst."""
        return self.say("The hardest question")

    def hardest_result(self, right: int, answers: int) -> str:
        """Say how the group answered it."""
        if right == 0:
            return self.say("{n} answers, and none was right.", n=self.number(answers))
        return self.say("{right} of {n} answers were right.", right=right, n=self.number(answers))

    def weak_heading(self) -> str:
        """Head the topics that go badly."""
        return self.say("To work on")

    def weak_topic(self, one: WeakTopic) -> str:
        """Say how a topic went."""
        facts = {"right": self.number(one.right), "n": self.number(one.answers)}
        if one.title:
            return self.say(
                "{title} (topic {topic}): {right} of {n} right", title=one.title, topic=one.topic, **facts
            )
        return self.say("Topic {topic}: {right} of {n} right", topic=one.topic, **facts)

    def play_weak(self) -> str:
        """Label the button that starts a round on these topics."""
        return self.say("Play these topics")

    def play_weak_hint(self, topics: Sequence[WeakTopic]) -> str:
        """Say what that button does."""
        names = self.listing([one.title or one.topic for one in topics])
        return self.say("Start a round here on {topics}", topics=names)
