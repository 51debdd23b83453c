"""The review of items in English: what waits, what was decided, and who hears of it."""

from collections.abc import Sequence
from typing import Final

from bot.core.amendments import Verdict
from bot.core.items import Kind
from bot.core.mending import Slip
from bot.core.review_effects import ReviewTrouble
from bot.wording.catalogues.en.common import CommonPhrases

_TROUBLES: Final = {
    ReviewTrouble.NO_GROUP: "Questions are reviewed by a group. Type this in a channel of yours.",
    ReviewTrouble.NOTHING: "Nothing waits: no question was flagged, looks wrong or came switched off.",
    ReviewTrouble.GONE: "This question does not wait for a decision any more. See /quiz decks review.",
    ReviewTrouble.DECIDED: "Somebody has decided on this question already. See /quiz decks review.",
    ReviewTrouble.SAME: "Nothing was changed in the form. Press Keep if the question is right as it is.",
    ReviewTrouble.NOT_MENDED: "Nothing came with the form. Open it again with Mend.",
    ReviewTrouble.BUSY: "Another decision is being written down. Press the button again.",
}
_SLIPS: Final = {
    Slip.NO_PROMPT: "The question is missing. Type what is asked.",
    Slip.LONG_PROMPT: "The question is longer than 2,000 characters. Shorten it.",
    Slip.LONG_EXPLANATION: "The explanation is longer than 3,000 characters. Shorten it.",
    Slip.OTHER_COUNT: "There have to be {said} lines, as before. Reword a line rather than leave it out.",
    Slip.LONG_OPTION: "An option is longer than 300 characters: {said}. Shorten it.",
    Slip.EMPTY_OPTION: "An option has nothing but a star. Write what it says behind the star.",
    Slip.SAME_OPTIONS: "Two lines say the same: {said}. Change one of them.",
    Slip.NONE_RIGHT: "No option is marked as right. Put a star before each right one.",
    Slip.ALL_RIGHT: "Every option is marked as right. Leave the star away before those that are not.",
    Slip.ONE_RIGHT: "This question has one right option. Put a star before that one alone.",
    Slip.OTHER_BLANKS: "The question has to keep its {said} blanks. Write each as three underscores.",
    Slip.NO_ANSWER: "Nothing is accepted as right. Write an answer a line, and others behind a bar.",
    Slip.LONG_ANSWER: "An answer is longer than 200 characters: {said}. Shorten it.",
    Slip.NO_NUMBER: "{said} is no number. Write one, as in 12.5 or 12.5 ± 0.5.",
    Slip.UNKNOWN_OPTION: "No option says {said}. Only the order of the lines can change here.",
    Slip.NO_PAIR: "Each line needs a left side, an equals sign, and one of the right sides.",
    Slip.NO_POINT: "At least {said} points have to stay. Write each as what it is = what shows it.",
}
_HINTS: Final = {
    Kind.SINGLE_CHOICE: "One option a line, a star before the right one",
    Kind.MULTIPLE_RESPONSE: "One option a line, a star before each right one",
    Kind.TRUE_FALSE: "One option a line, a star before the right one",
    Kind.FILL_IN: "One blank a line, its answers with | between them",
    Kind.NUMERIC: "The number, and how far off it may be: 12.5 ± 0.5",
    Kind.FREE_TEXT: "One answer a line, or a point = what shows it",
    Kind.ORDERING: "One option a line, in the right order",
    Kind.MATCHING: "One pair a line: left = right",
}
_DECIDED: Final = {
    Verdict.KEPT: "It stays as it is, and is asked.",
    Verdict.MENDED: "It was mended, and is asked in its new version from now on.",
    Verdict.OFF: "It is not asked any more. What was answered counts as before.",
    Verdict.VOID: "It is not asked any more, and no answer to it counts.",
}
_BUTTONS: Final = {
    "keep": "Keep this question as it is",
    "ask": "Ask this question from now on, as it is",
    "mend": "Mend this question in a form",
    "off": "Switch off this question, which is not asked any more then",
    "void": "Void this question, to which no answer counts then",
    "back": "Previous question that waits",
    "on": "Next question that waits",
}


class ReviewPhrases(CommonPhrases):
    """What is said of questions that are reviewed."""

    def review_title(self, place: int, waiting: int) -> str:
        """Head one of the questions that wait."""
        if waiting == 1:
            return self.say("One question to review")
        return self.say("Question {place} of {waiting} to review", place=place, waiting=waiting)

    def came_off(self, why: str) -> str:
        """Say why a question is not asked until somebody has decided."""
        return self.say("Not asked yet: {why}", why=why)

    def flagged_by(self, people: int) -> str:
        """Say how many flagged it."""
        return self.count(people, {"one": "{n} person flagged it.", "other": "{n} people flagged it."})

    def strong_chose(self, strong: int, chose: int, option: str) -> str:
        """Say that a wrong option attracts those who know most."""
        return self.say(
            "{chose} of the {strong} strongest chose {option}.", chose=chose, strong=strong, option=option
        )

    def strong_missed(self, strong: int, missed: int) -> str:
        """Say that those who know most get it wrong."""
        return self.say("{missed} of the {strong} strongest missed it.", missed=missed, strong=strong)

    def tried(self, answers: int) -> str:
        """Say how often it was answered."""
        return self.count(
            answers, {"one": "It was answered {n} time.", "other": "It was answered {n} times."}
        )

    def answer_column(self) -> str:
        """Head the column of answers."""
        return self.say("Answer")

    def times_column(self) -> str:
        """Head the column of how often each was given."""
        return self.say("Times")

    def what_is_right(self) -> str:
        """Lead in what is right."""
        return self.say("Right:")

    def decisions(self) -> str:
        """Say what each decision does."""
        return self.say(
            "Void takes the points for it back from everybody; Switch off leaves them. "
            "Mend looks at past answers again if what is right changes."
        )

    def review_hint(self, verb: str) -> str:
        """Say the whole of what a button does."""
        return self.say(_BUTTONS[verb])

    def keep(self) -> str:
        """Name the button that keeps a question."""
        return self.say("Keep")

    def ask_it(self) -> str:
        """Name the button that lets a question be asked that came switched off."""
        return self.say("Ask it")

    def mend_question(self) -> str:
        """Name the button that opens the form."""
        return self.say("Mend")

    def switch_off(self) -> str:
        """Name the button that switches a question off."""
        return self.say("Switch off")

    def void(self) -> str:
        """Name the button that makes a question void."""
        return self.say("Void")

    def previous_review(self) -> str:
        """Name the button to the one before."""
        return self.say("Previous")

    def next_review(self) -> str:
        """Name the button to the one after."""
        return self.say("Next")

    # ---------------------------------------------------------------------------------------------- the form

    def mending_title(self) -> str:
        """Head the form, and name the button that sends it."""
        return self.say("Mend this question")

    def not_mended_title(self) -> str:
        """Head that what was typed is not taken yet."""
        return self.say("Not mended yet")

    def mending_lead(self) -> str:
        """Say what the form changes."""
        return self.say("Change what is wrong. Only this group is asked the new version.")

    def mending_label(self) -> str:
        """Name the form."""
        return self.say("The question as it should be")

    def mending_fields(self) -> tuple[str, str, str]:
        """Name the three fields."""
        return self.say("Question"), self.say("Answers"), self.say("Explanation")

    def answers_hint(self, kind: Kind) -> str:
        """Say how the answers are written."""
        return self.say(_HINTS[kind])

    def slip(self, slip: Slip, said: str) -> str:
        """Say what is wrong with what was typed."""
        return self.say(_SLIPS[slip], said=said)

    # ------------------------------------------------------------------------------------- what was decided

    def reviewed_title(self) -> str:
        """Head a decision that was written down."""
        return self.say("Decided")

    def reviewed(self, verdict: Verdict) -> str:
        """Say what becomes of a question."""
        return self.say(_DECIDED[verdict])

    def looked_again(self, answers: int, changed: int) -> str:
        """Say what became of the answers so far; those of open rounds follow."""
        if not answers:
            return self.say("Nobody has answered it in a round that has ended.")
        return self.count(
            answers,
            {
                "one": "{n} answer was looked at again, {changed} of them changed.",
                "other": "{n} answers were looked at again, {changed} of them changed.",
            },
            changed=changed,
        )

    def open_rounds_follow(self) -> str:
        """Say that open rounds are looked at later."""
        return self.say("Rounds that are open now are looked at when they have ended.")

    def reviews_left(self, left: int) -> str:
        """Say how many still wait."""
        return self.count(left, {"one": "{n} more question waits.", "other": "{n} more questions wait."})

    def not_reviewed_title(self) -> str:
        """Head that nothing was done."""
        return self.say("Nothing to decide")

    def review_refused(self, why: ReviewTrouble) -> str:
        """Say why nothing was done."""
        return self.say(_TROUBLES[why])

    # ---------------------------------------------------------------------------------------- who hears of it

    def amended_title(self, verdict: Verdict) -> str:
        """Head that a question that was asked here was decided on."""
        if verdict is Verdict.VOID:
            return self.say("A question does not count any more")
        return self.say("A question was mended")

    def amended_answers(self, verdict: Verdict, answers: int, changed: int) -> str:
        """Say what became of the answers that were given here."""
        if verdict is Verdict.VOID:
            return self.count(
                answers,
                {
                    "one": "The {n} answer to it counts for nothing now.",
                    "other": "The {n} answers to it count for nothing now.",
                },
            )
        if not changed:
            return self.say("All answers to it are worth what they were.")
        return self.count(
            answers,
            {
                "one": "The {n} answer to it was looked at again, and it changed.",
                "other": "The {n} answers to it were looked at again, and {changed} changed.",
            },
            changed=changed,
        )

    def boards_follow(self) -> str:
        """Say that scores and leaderboards are up to date."""
        return self.say("Scores and leaderboards are up to date.")

    def your_points_title(self) -> str:
        """Head that the reader's points changed."""
        return self.say("Your points changed")

    def your_points(self, verdict: Verdict, points: int) -> str:
        """Say what the reader gains or loses."""
        why = "mended" if verdict is Verdict.MENDED else "void"
        if points > 0:
            gained = {
                "mended": "You have {points} more, because a question was mended.",
                "void": "You have {points} more, because a question does not count any more.",
            }
            return self.say(gained[why], points=self.points(points))
        lost = {
            "mended": "You have {points} fewer, because a question was mended.",
            "void": "You have {points} fewer, because a question does not count any more.",
        }
        return self.say(lost[why], points=self.points(-points))

    def you_flagged_it(self) -> str:
        """Thank whoever flagged it."""
        return self.say("You had flagged it: thank you.")

    def your_flag_title(self) -> str:
        """Head what became of a flag."""
        return self.say("The question you flagged was reviewed")

    def all_right_now(self, right: Sequence[str]) -> str:
        """Say what is right now."""
        return self.say("Right now: {right}.", right=self.listing(list(right)))
