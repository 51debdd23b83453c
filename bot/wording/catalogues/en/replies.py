"""Private replies in English: what was taken, what it earned, what was missed, what was not understood."""

from collections.abc import Sequence
from typing import Final, assert_never

from bot.core.effects import Confirmation
from bot.core.items import Kind
from bot.wording.catalogues.en.common import CommonPhrases
from bot.wording.views import Code, Inline

_INPUT: Final = {
    "unknown_command": "I do not know {said}.",
    "unknown_word": "I do not know what {said} means here.",
    "unknown_option": "There is no option {said}.",
    "unknown_deck": "There is no deck {said}. See /quiz decks.",
    "several_decks": "More than one deck fits {said}. Say which; /quiz decks lists them.",
    "unknown_topic": "There is no topic {said}.",
    "no_options": "{said} is more than this command needs; it stands alone.",
    "too_long": "{said} is longer than a command can be. Say it in one short line.",
    "value_missing": "The option {said} needs a value after it.",
    "bad_mode": "{said} is no mode. There are everyone, first, teams and relaxed.",
    "bad_level": "{said} is no level. There are easy, medium and hard.",
    "bad_change": "{said} does not say how often an answer may be changed. Say until_close, once or never.",
    "bad_switch": "{said} is neither on nor off.",
    "bad_count": "{said} is no number of questions. Ask for {least} to {most}.",
    "bad_seconds": "{said} is no time for a question. Give {least} to {most} seconds.",
    "bad_lobby": "{said} is no time to join. Give {least} to {most} seconds, or wait.",
    "bad_pause": "{said} is no time between questions. Give {least} to {most} seconds, or wait.",
    "bad_teams": "{said} is no number of teams. Ask for {least} to {most}.",
    "unknown_daily": "I do not know what to do about {said}. There are set, show, now and off.",
    "bad_time": "{said} is no time of day. Say it as 9:00, 9 pm or 21:30.",
    "no_such_time": "No clock shows {said}. Say a time from 0:00 to 23:59, or 12 am to 11:59 pm.",
    "unknown_zone": "I know no zone or city {said}. Name a big city in your time zone.",
    "several_zones": "More than one zone fits {said}. Name a city in yours.",
    "zone_abbreviation": "{said} does not say whether clocks change in summer. Name a city in your zone.",
    "zone_offset": "{said} knows no summer time. Name a city in your zone.",
    "bad_weekdays": "{said} is no weekday. Say them as mon-fri, or as mon, wed and fri.",
    "several_weekdays": "{said} begins more than one weekday. Write a letter or two more.",
    "numbered_weekdays": "{said} could be counted from Sunday or from Monday. Say weekdays by name.",
    "bad_reveal": "{said} does not say when the answer comes. Say 8h for hours after the post, or 18:00.",
    "reveal_unclear": "{said} could be hours or a time of day. Say 8h for hours after the post, or 8:00.",
    "reveal_not_open": "{said} is no time that a question can be open. Give 1 to 168 hours.",
    "bad_mention": "{said} cannot be called with a question. Name one role, or none.",
    "bad_since": "{said} is no time of a leaderboard. There are day, week, month and all.",
    "bad_scope": "{said} has no leaderboard. There are channel, group and everywhere.",
    "bad_by": "{said} decides no place. There are points and accuracy.",
    "bad_page": "{said} is no page. Ask for {least} to {most}.",
    "several_topics": "More than one topic fits {said}. A leaderboard is about one of them.",
    "unknown_top": "I do not know what {said} means for a leaderboard.",
    "bad_schedule": "{said} is no name for a schedule. Use up to 30 letters and digits.",
}


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

    def accepted(self, answer: str, *, more: bool) -> str:
        """Say back what was answered, and whether it can still be changed."""
        if more:
            return self.say(
                "Your answer: {answer}. You can change it until the question closes.", answer=answer
            )
        return self.say("Your answer: {answer}. It stays as it is.", answer=answer)

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
            case _:
                assert_never(what)

    def _joined(self, team: str, sentence: str) -> str:
        if not team:
            return sentence
        return self.say("{sentence} You play for {team}.", sentence=sentence, team=self.team(team))

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

    # --------------------------------------------------------------------------------------- not understood

    def input_title(self) -> str:
        """Head what was not understood."""
        return self.say("Not understood")

    def input_problem(self, reason: str, said: str, least: int, most: int) -> str:
        """Say what was wrong with what was typed; *reason* is one of the menu's problems."""
        template = _INPUT.get(reason, "I do not understand {said}.")
        return self.say(template, said=self.quoted(said), least=least, most=most)

    def did_you_mean(self, command: str) -> tuple[Inline, ...]:
        """Offer what was probably meant."""
        return self.weave("Did you mean {command}?", command=Code(command))

    def for_example(self, command: str) -> tuple[Inline, ...]:
        """Give an example that works."""
        return self.weave("For example: {command}", command=Code(command))
