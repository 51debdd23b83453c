"""Reveals in English: what was right, and how the group did."""

from collections.abc import Sequence

from bot.wording.catalogues.en.common import CommonPhrases
from bot.wording.catalogues.phrases import Forms


class RevealPhrases(CommonPhrases):
    """A question closed, or was skipped."""

    def reveal_title(self, number: int, total: int) -> str:
        """Head the message of a reveal."""
        return self.say("Question {number} of {total}: the answer", number=number, total=total)

    # ------------------------------------------------------------------------------------- the right answer

    def right_answer(self, answers: Sequence[str]) -> str:
        """Lead in the right answer or answers."""
        forms = {"one": "Right answer: {answers}", "other": "Right answers: {answers}"}
        return self.say(forms[self.plural(len(answers))], answers=self.listing(answers))

    def right_answers_follow(self, number: int) -> str:
        """Lead in right answers that follow in lines of their own."""
        forms = {"one": "Right answer:", "other": "Right answers:"}
        return self.say(forms[self.plural(number)])

    def right_order(self) -> str:
        """Lead in the right order."""
        return self.say("The right order:")

    def right_pairs(self) -> str:
        """Lead in the right pairs."""
        return self.say("The right pairs:")

    def pair_columns(self) -> tuple[str, str]:
        """Head the two columns of a table of pairs."""
        return self.say("For"), self.say("Right")

    def blank_answer(self, number: int, text: str) -> str:
        """Return what one of several blanks accepts first."""
        return self.say("Blank {number}: {text}", number=number, text=text)

    def also_right(self, texts: Sequence[str]) -> str:
        """Say what else is accepted."""
        return self.say("Also right: {texts}.", texts=self.listing(texts))

    def within(self, tolerance: str) -> str:
        """Say how far off a number may be."""
        return self.say("Anything within {tolerance} of it is right.", tolerance=tolerance)

    def percent(self, share: str) -> str:
        """Return *share* hundredths."""
        return self.say("{share} %", share=share)

    def points_said(self, need: int, total: int) -> str:
        """Lead in the points of a free text."""
        if need >= total:
            forms = {"one": "A good answer says this:", "other": "A good answer says all of this:"}
            return self.say(forms[self.plural(total)])
        return self.say("A good answer says at least {need} of these:", need=need)

    # ------------------------------------------------------------------------------------ how the group did

    def nobody_answered(self) -> str:
        """Say that no answer came."""
        return self.say("Nobody answered.")

    def nobody_right(self, answered: int) -> str:
        """Say that answers came and none was right."""
        forms: Forms = {
            "one": "{n} answered, and it was not right.",
            "other": "{n} answered, and nobody was right.",
        }
        return self.count(answered, forms)

    def who_was_right(self, names: Sequence[str], right: int, joined: int) -> str:
        """Say who was right."""
        facts = {"names": self.names(names, right)}
        if right == joined and joined > 1:
            return self.say("Everybody was right: {names}.", **facts)
        return self.say("{right} of {joined} right: {names}.", right=right, joined=joined, **facts)

    def fastest(self, name: str, milliseconds: int) -> str:
        """Say who was right first, and how fast."""
        return self.say("Fastest: {name}, in {time}.", name=self.name(name), time=self.quick(milliseconds))

    def taken_by(self, name: str) -> str:
        """Say who took the question in mode ``first``."""
        return self.say("{name} takes it.", name=self.name(name))

    def answers_given(self) -> str:
        """Name the table of what was typed."""
        return self.say("What was answered")

    def tally_columns(self) -> tuple[str, str, str]:
        """Head the columns of the table of what was typed."""
        return self.say("Answer"), self.say("Times"), self.say("Right?")

    def yes(self) -> str:
        """Say yes in a table."""
        return self.say("yes")

    def no(self) -> str:
        """Say no in a table."""
        return self.say("no")

    # ----------------------------------------------------------------------------------------- what follows

    def standing_so_far(self) -> str:
        """Name the table of those in front."""
        return self.say("In front")

    def to_next(self) -> str:
        """Say what the clock between two questions counts."""
        return self.say("to the next question")

    def to_podium(self) -> str:
        """Say what the clock after the last question counts."""
        return self.say("to the podium")

    def next_on_word(self) -> str:
        """Say that the host's word brings the next question."""
        return self.say("The next question comes when the host moves on.")

    def podium_on_word(self) -> str:
        """Say that the host's word brings the podium."""
        return self.say("The podium comes when the host moves on.")

    def reveal_paused(self) -> str:
        """Say that nothing comes until the round goes on."""
        return self.say("The round is paused.")

    def next_on_yours(self) -> str:
        """Say that the reader, who plays alone, brings the next question."""
        return self.say("Press Next for the next question.")

    def redo_judged(self, *, right: bool) -> str:
        """Say how the reader, who plays alone, did."""
        return self.say("You had it right this time.") if right else self.say("Not right this time either.")

    def that_was_all(self) -> str:
        """Say that the last question is over."""
        return self.say("That was the last question.")

    def next(self) -> str:
        """Label the button that moves on."""
        return self.say("Next")

    def next_hint(self) -> str:
        """Say what the button does, and for whom."""
        return self.say("Next question, for the host")

    def see_podium(self) -> str:
        """Label the button that moves on from the last question."""
        return self.say("See the podium")

    def podium_hint(self) -> str:
        """Say what that button does."""
        return self.say("See the podium, for the host")

    def mine(self) -> str:
        """Label the button that shows the reader's own answer."""
        return self.say("My answer")

    def mine_hint(self) -> str:
        """Say what the button does."""
        return self.say("My answer, shown to you alone")

    def sources(self, links: int) -> str:
        """Lead in where the facts are written down."""
        return self.say({"one": "Source:", "other": "Sources:"}[self.plural(links)])
