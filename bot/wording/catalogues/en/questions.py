"""Open questions in English."""

from typing import Final, assert_never

from bot.core.commands import Change, Reacting
from bot.core.effects import QuestionState
from bot.core.items import Kind
from bot.wording.catalogues.en.common import CommonPhrases

_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


class QuestionPhrases(CommonPhrases):
    """A question that may be answered, or might have been."""

    def question_title(self, number: int, total: int) -> str:
        """Head the message of a question."""
        return self.say("Question {number} of {total}", number=number, total=total)

    def question_state(self, state: QuestionState, by: str = "") -> str:
        """Say why a question takes no answers; nothing for one that does. *by* names who dropped it."""
        match state:
            case QuestionState.OPEN:
                return ""
            case QuestionState.PAUSED:
                return self.say("Paused: answers are taken again when the round goes on.")
            case QuestionState.CLOSED:
                return self.say("This question is closed.")
            case QuestionState.SKIPPED:
                return self._skipped(by)
            case QuestionState.STOPPED:
                return self.say("The round was stopped here.")
            case _:
                assert_never(state)

    def _skipped(self, by: str) -> str:
        if not by:
            return self.say("This question was skipped and counts for nobody.")
        return self.say("Skipped by {name}: this question counts for nobody.", name=self.name(by))

    def task(self, kind: Kind, choose: int, blanks: int, unit: str) -> str:
        """Say what the reader should do with a question."""
        match kind:
            case Kind.SINGLE_CHOICE:
                return self.say("Choose one.")
            case Kind.TRUE_FALSE:
                return self.say("True or false?")
            case Kind.MULTIPLE_RESPONSE:
                return self.choose(choose)
            case Kind.FILL_IN:
                return self.fill_in(blanks)
            case Kind.NUMERIC:
                return self.type_number(unit)
            case Kind.FREE_TEXT:
                return self.say("Answer in a few words.")
            case Kind.ORDERING:
                return self.say("Put them in the right order.")
            case Kind.MATCHING:
                return self.say("Find the right option for each line.")
            case _:
                assert_never(kind)

    def choose(self, number: int) -> str:
        """Say how many options to choose; with 0 nobody knows."""
        if number <= 0:
            return self.say("Choose all that are right.")
        if number < len(_SMALL):
            return self.say(f"Choose {_SMALL[number]}.")
        return self.say("Choose {n}.", n=number)

    def react_task(self, kind: Kind, choose: int, rule: Reacting) -> str:
        """Say how a question is answered with reactions, and which of them count; the task comes first."""
        return self.say(
            "{task} {how} {rule}",
            task=self.task(kind, choose, 0, ""),
            how=self._how_to_react(kind, choose),
            rule=self._counting(kind, choose, rule),
        ).strip()

    def _how_to_react(self, kind: Kind, choose: int) -> str:
        if kind is Kind.MULTIPLE_RESPONSE and choose != 1:
            return self.say("React with a letter for each.")
        return self.say("React with the letter.")

    def _counting(self, kind: Kind, choose: int, rule: Reacting) -> str:
        """Say which reactions count; of several right options as many as there are, with 0 all."""
        most = choose if kind is Kind.MULTIPLE_RESPONSE else 1
        if most <= 0:
            return ""
        if most == 1:
            first, last = "Your first reaction counts.", "Your last reaction counts."
        else:
            first, last = "Your first {n} reactions count.", "Your last {n} reactions count."
        said = _SMALL[most] if most < len(_SMALL) else self.number(most)
        return self.say((first if rule is Reacting.FIRST else last).replace("{n}", said))

    def fill_in(self, blanks: int) -> str:
        """Say how many blanks there are."""
        return self.count(blanks, {"one": "Fill in the blank.", "other": "Fill in the {n} blanks."})

    def type_number(self, unit: str) -> str:
        """Ask for a number, in its unit if it has one."""
        return self.say("Type a number in {unit}.", unit=unit) if unit else self.say("Type a number.")

    def blank(self, number: int) -> str:
        """Label the field of one blank."""
        return self.say("Blank {number}", number=number)

    def answer(self) -> str:
        """Label the button that sends an answer, and the field of a single one."""
        return self.say("Answer")

    def close(self) -> str:
        """Label the button that closes a question."""
        return self.say("Close question")

    def close_hint(self) -> str:
        """Say what the button does, and for whom."""
        return self.say("Close question and show the answer, for the host")

    def give_up(self) -> str:
        """Label the same button for a reader who plays alone."""
        return self.say("Show the answer")

    def give_up_hint(self) -> str:
        """Say what it does then."""
        return self.say("Show the answer without answering")

    def to_answer(self) -> str:
        """Say what a question's clock counts."""
        return self.say("to answer")

    def progress(self, answered: int, joined: int) -> str:
        """Say how many have answered."""
        forms = {"one": "{n} of {total} has answered", "other": "{n} of {total} have answered"}
        return self.say(forms[self.plural(answered)], n=answered, total=joined)

    def change_rule(self, change: Change) -> str:
        """Say whether an answer may be changed."""
        match change:
            case Change.UNTIL_CLOSE:
                return self.say("You can change your answer until the question closes.")
            case Change.ONCE:
                return self.say("You can change your answer once.")
            case Change.NEVER:
                return self.say("Your first answer counts.")
            case _:
                assert_never(change)

    def one_try(self) -> str:
        """Say what mode ``first`` means for an answer."""
        return self.say("The first right answer takes it, and you have one try.")
