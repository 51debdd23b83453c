"""What messages and forms in a chat platform say beside the view: what a page of our own would draw."""

from collections.abc import Sequence

from bot.wording.catalogues.phrases import Phrases


class ChatSentences(Phrases):
    """The sentences that every chat platform's messages share; another language overrides them."""

    # ------------------------------------------------------------------------------------------ in a message

    def right_mark(self) -> str:
        """Mark an option as right, beside the sign that does."""
        return self.say("right")

    def wrong_mark(self) -> str:
        """Mark an option as wrong that somebody chose, beside the sign that does."""
        return self.say("wrong")

    def chosen(self, count: int, of: int) -> str:
        """Say how many of those who answered chose an option."""
        return self.say("{count} of {of}", count=count, of=of)

    def you(self) -> str:
        """Mark the reader's own line in a table."""
        return self.say("you")

    def words_below(self) -> str:
        """Describe a picture whose description is too long to be one."""
        return self.say("What this picture shows is written below it.")

    # --------------------------------------------------------------------------------------------- in a form

    def answer(self) -> str:
        """Label an input whose own label is too long."""
        return self.say("Answer")

    def type_a_number(self) -> str:
        """Say what goes into an input for a number."""
        return self.say("A number, such as 42 or 3.5")

    def all_lines(self, count: int) -> str:
        """Say how several texts go into one input."""
        return self.count(count, {"one": "{n} line", "other": "{n} lines, one for each, in this order"})

    def your_order(self) -> str:
        """Label the input of letters in an order."""
        return self.say("Your order")

    def order_hint(self, letters: Sequence[str]) -> str:
        """Say what goes into the input of letters in an order."""
        return self.say("All of {letters}, the first one first", letters=self.listing(letters))

    def your_pairs(self) -> str:
        """Label the input of pairs."""
        return self.say("Your pairs")

    def pairs_hint(self) -> str:
        """Say what goes into the input of pairs; no question has options with these letters."""
        return self.say("Each number with its letter, in the way of 1X 2Y 3Z")

    def your_letters(self) -> str:
        """Label the input of letters."""
        return self.say("Your letters")

    def letters_hint(self, least: int, most: int) -> str:
        """Say how many letters to type."""
        if most <= 1:
            return self.say("One letter")
        if least == most:
            return self.say("{n} letters", n=most)
        return self.say("{least} to {most} letters", least=least, most=most)

    def in_the_message(self) -> str:
        """Say where the texts are that a form has no room for."""
        return self.say("The texts are in the message.")

    # ----------------------------------------------------------------------------------- what cannot be read

    def not_filled(self) -> str:
        """Say that an input of the form was left empty, or holds what it cannot hold."""
        return self.say("Part of that form was empty. Open it again and fill in all of it.")

    def not_an_order(self, letters: Sequence[str]) -> str:
        """Say what an order looks like."""
        return self.say(
            "That is not an order of all the letters. Type each of {letters} once, the first one first.",
            letters=self.listing(letters),
        )

    def not_pairs(self, lines: int, letters: Sequence[str]) -> str:
        """Say what pairs look like."""
        return self.say(
            "Those are not all the pairs. Type each number from 1 to {lines} once, and after each one of "
            "the letters {letters}.",
            lines=lines,
            letters=self.listing(letters),
        )

    def not_letters(self, least: int, most: int) -> str:
        """Say how many letters were asked for."""
        return self.say(
            "Those letters cannot be read as an answer. Type {wanted} of the options, with spaces between.",
            wanted=self.letters_hint(least, most),
        )

    def not_lines(self, count: int) -> str:
        """Say how many lines were asked for."""
        return self.count(
            count,
            {
                "one": "Type {n} line, and nothing else.",
                "other": "Type {n} lines, one for each blank, in their order.",
            },
        )
