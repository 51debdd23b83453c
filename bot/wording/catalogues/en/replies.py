"""Private replies in English: what was taken, what it earned, what was missed, what was not understood."""

from collections.abc import Sequence
from typing import assert_never

from bot.core.commands import Reacting
from bot.core.effects import Confirmation
from bot.core.items import Kind
from bot.wording.catalogues.en.common import CommonPhrases


class ReplyPhrases(CommonPhrases):
    """What one reader is told."""

    # ---------------------------------------------------------------------------------- answers and joining

    def accepted_title(self, *, changed: bool) -> str:
        """Head an answer that is in."""
        return self.say("Answer changed") if changed else self.say("Answer in")

    def your_answer(self, answer: str) -> str:
        """Say back what was answered."""
        return self.say("Your answer: {answer}", answer=answer)

    def your_answers(self) -> str:
        """Lead in several options that were chosen."""
        return self.say("Your answers:")

    def your_order(self) -> str:
        """Lead in the order that was answered."""
        return self.say("Your order:")

    def your_pairs(self) -> str:
        """Name the table of the pairs that were answered."""
        return self.say("Your pairs:")

    def given_columns(self) -> tuple[str, str]:
        """Head the two columns of that table."""
        return self.say("For"), self.say("Yours")

    def withdrawn_title(self) -> str:
        """Head an answer that was taken back."""
        return self.say("Answer taken back")

    def withdrawn(self) -> str:
        """Say that the reader has no answer now, and how they have one again."""
        return self.say("You have no answer to this question now. React with a letter to answer anew.")

    def reacted(self, answer: str, rule: Reacting) -> str:
        """Say back what a reaction answered, and how that is changed by reacting."""
        if rule is Reacting.FIRST:
            return self.say(
                "Your answer: {answer} To change it, take the reaction away first.", answer=_ended(answer)
            )
        return self.say(
            "Your answer: {answer} To change it, react with another letter.", answer=_ended(answer)
        )

    def accepted(self, answer: str, *, more: bool) -> str:
        """Say back what was answered, and whether it can still be changed."""
        if more:
            return self.say(
                "Your answer: {answer} You can change it until the question closes.", answer=_ended(answer)
            )
        return self.say("Your answer: {answer} It stays as it is.", answer=_ended(answer))

    def labels(self, kind: Kind, labels: Sequence[str]) -> str:
        """Return an answer as its sender knows it: a set of letters, or a row of letters or texts."""
        if kind is Kind.MULTIPLE_RESPONSE:
            return self.listing(labels)
        return self.row(labels)

    def judged_title(self, *, right: bool) -> str:
        """Head a judgement that is given at once."""
        return self.say("Right") if right else self.say("Not right")

    def judged(self, *, right: bool, near: bool) -> str:
        """Say what a judgement means for the sender."""
        if right:
            return self.say("That is right. You will hear in a moment whether you were first.")
        if near:
            return self.say("Close, but not right. You are out until the next question.")
        return self.say("Not right. You are out until the next question.")

    def done_title(self, what: Confirmation) -> str:
        """Head the confirmation of a command."""
        match what:
            case Confirmation.STARTED:
                return self.say("Round open")
            case Confirmation.JOINED | Confirmation.JOINED_NEXT:
                return self.say("You are in")
            case Confirmation.LEFT:
                return self.say("You left")
            case Confirmation.DONE:
                return self.say("Done")
            case Confirmation.REDO:
                return self.say("Redo")
            case Confirmation.POSTED:
                return self.say("Posted")
            case Confirmation.HIDDEN:
                return self.say("Hidden")
            case Confirmation.LISTED:
                return self.say("Listed")
            case _:
                assert_never(what)

    def done(self, what: Confirmation, team: str) -> str:
        """Say what was done for the sender, "" where the title says all; *team* is a number or nothing."""
        match what:
            case Confirmation.STARTED:
                return self.say("Your round is open, and you are in it.")
            case Confirmation.JOINED:
                return self._joined(team, self.say("You are in the round."))
            case Confirmation.JOINED_NEXT:
                return self._joined(team, self.say("You are in, from the next question on."))
            case Confirmation.LEFT:
                return self.say("You left the round. Your points stay, and nobody waits for you.")
            case Confirmation.DONE:
                return ""
            case Confirmation.REDO:
                return self.say(
                    "What you missed is asked once more in your private channel, "
                    "for you alone and without points."
                )
            case Confirmation.POSTED:
                return self.say("Today's question is on its way to this channel.")
            case Confirmation.HIDDEN:
                return self.say(
                    "Nobody else sees you on a leaderboard, and nobody's place counts you. "
                    "Your points stay, and you see yourself. To be listed again: /quiz me show"
                )
            case Confirmation.LISTED:
                return self.say("You are listed on leaderboards, with all that you have earned.")
            case _:
                assert_never(what)

    def _joined(self, team: str, sentence: str) -> str:
        if not team:
            return sentence
        return self.say("{sentence} You play for {team}.", sentence=sentence, team=self.team(team))

    # ------------------------------------------------------------------------------------- a bad question

    def flagged_title(self) -> str:
        """Head a flag that was written down."""
        return self.say("Flagged")

    def flagged(self, *, again: bool) -> str:
        """Say what becomes of a flag, and how a reason can still be given."""
        if again:
            return self.say(
                "Thank you: you had flagged it before. A reason given now replaces the first one's."
            )
        return self.say(
            "Thank you: it is written down for those who look after the questions. "
            "A second flag with a reason replaces this one's."
        )

    # ---------------------------------------------------------------------------------------- my own answer

    def mine_title(self) -> str:
        """Head the reader's own answer."""
        return self.say("Your answer")

    def no_answer(self) -> str:
        """Say that the reader did not answer."""
        return self.say("You did not answer this one.")

    def result(self, *, right: bool, near: bool, percent: int) -> str:
        """Say how right the answer was."""
        if right:
            return self.say("That was right.")
        if percent > 0:
            return self.say("That was partly right: {percent} %.", percent=percent)
        if near:
            return self.say("That was close, but not right.")
        return self.say("That was not right.")

    def earned(self, points: int, base: int, speed: int, streak: int) -> str:
        """Say what the answer earned, and for what."""
        if points == 0:
            return self.say("It earned no points.")
        parts = [self.say("{n} for the answer", n=base)]
        if speed:
            parts.append(self.say("{n} for speed", n=speed))
        if streak:
            parts.append(self.say("{n} for your answer streak", n=streak))
        return self.say("{points}: {parts}.", points=self.points(points), parts=self.listing(parts))

    def not_counted(self) -> str:
        """Say that the question counted for nobody."""
        return self.say("This question did not count.")

    def took(self, milliseconds: int) -> str:
        """Say how long the reader took."""
        return self.say("You took {time}.", time=self.quick(milliseconds))

    # -------------------------------------------------------------------------------------- what was missed

    def question_number(self, number: int) -> str:
        """Head one question of several."""
        return self.say("Question {number}", number=number)

    def missed_title(self, title: str) -> str:
        """Head the list of what was missed."""
        return self.say("What you missed: {title}", title=self.title_or_mixed(title))

    def missed_summary(self, right: int, asked: int) -> str:
        """Say how the round went for the reader."""
        return self.say("You got {right} of {questions} right.", right=right, questions=self.questions(asked))

    def missed_place(self, points: int, rank: int, joined: int) -> str:
        """Say where the reader came in."""
        return self.say(
            "{points}, {place} of {joined}.",
            points=self.points(points),
            place=self.place(rank),
            joined=joined,
        )

    def nothing_missed(self) -> str:
        """Say that there is nothing to redo."""
        return self.say("You missed nothing.")

    def redo(self) -> str:
        """Label the button that asks the missed questions again."""
        return self.say("Redo these")

    def redo_hint(self) -> str:
        """Say what the button does."""
        return self.say("Redo these questions in your private channel, for you alone")


def _ended(answer: str) -> str:
    """Return *answer* with a full stop, unless whoever typed it has set one."""
    return answer if answer.endswith((".", "!", "?", "…")) else f"{answer}."
