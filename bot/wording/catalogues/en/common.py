"""Counts, names and times in English: what many sentences are made of."""

from collections.abc import Sequence

from bot.wording.catalogues.phrases import Phrases


class CommonPhrases(Phrases):
    """The parts that several subjects share."""

    def mixed_questions(self) -> str:
        """Name a round that has no deck of its own."""
        return self.say("Mixed questions")

    def title_or_mixed(self, title: str) -> str:
        """Return the title of a round, which may have none."""
        return self.say("{title}", title=title) or self.mixed_questions()

    def team(self, number: str) -> str:
        """Name a team by its number."""
        return self.say("Team {number}", number=number)

    def questions(self, number: int) -> str:
        """Count questions."""
        return self.count(number, {"one": "{n} question", "other": "{n} questions"})

    def points(self, number: int) -> str:
        """Count points."""
        return self.count(number, {"one": "{n} point", "other": "{n} points"})

    def others(self, number: int) -> str:
        """Count those who are not named."""
        return self.count(number, {"one": "{n} other", "other": "{n} others"})

    def place(self, rank: int) -> str:
        """Say a rank as a place."""
        forms = {"one": "{n}st", "two": "{n}nd", "few": "{n}rd", "other": "{n}th"}
        return self.say(forms[self.ordinal(rank)], n=rank)

    def duration(self, seconds: int) -> str:
        """Say a whole number of seconds, in minutes where that is how people say it."""
        minutes, rest = divmod(seconds, 60)
        said = [self.count(minutes, {"one": "{n} minute", "other": "{n} minutes"})] if minutes else []
        if rest or not minutes:
            said.append(self.count(rest, {"one": "{n} second", "other": "{n} seconds"}))
        return self.listing(said)

    def quick(self, milliseconds: int) -> str:
        """Say how long somebody took."""
        return self.say("{n} seconds", n=self.decimal(milliseconds / 1000))

    def names(self, names: Sequence[str], total: int) -> str:
        """List people by name, and count those of *total* who are not named."""
        shown = [self.name(name) for name in names]
        left = total - len(shown)
        return self.listing([*shown, self.others(left)] if left > 0 else shown)

    def row(self, texts: Sequence[str]) -> str:
        """Put texts in a row, where their order matters."""
        row = "".join(texts[:1])
        for text in texts[1:]:
            row = self.say("{row}, {text}", row=row, text=text)
        return self.say("{row}", row=row)

    def quoted(self, text: str) -> str:
        """Put what somebody wrote between quotation marks."""
        return self.say("“{text}”", text=text)

    def labelled(self, letter: str, text: str) -> str:
        """Return an option with its letter."""
        return self.say("{letter}. {text}", letter=letter, text=text)
