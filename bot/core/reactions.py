"""Reactions as answers: which of the letters that a learner put below a question are their answer.

A channel chooses whether its questions are answered so, and whether the first or the last reaction counts.
Taking what counts away withdraws it. Letters that do not count may stay where they are: a chat cannot be made
to show only one, so they mean nothing, also when what counted is taken away.

In mode ``first`` an answer is judged at once and stays. So the first reaction counts there whatever a channel
chose, and a question with several right options is left to its control: its first letter would be a try.
"""

from bot.core.commands import Mode, Reacting, Settings
from bot.core.effects import Refusal
from bot.core.items import Kind
from bot.core.questions import CHOICE_KINDS, Question

MOST_LETTERS = 20
"""So many different reactions can stand below one message."""

Letters = tuple[int, ...] | Refusal | None
"""What is the answer then: positions in the order they were put, () for none any more.

A refusal says why a letter does not count, and None that nothing is new.
"""


def reacting_to(settings: Settings, question: Question) -> Reacting | None:
    """Return which reaction to *question* counts; None when it is not answered with reactions."""
    rule, kind = settings.reacting, question.item.kind
    if rule is None or kind not in CHOICE_KINDS or len(question.order) > MOST_LETTERS:
        return None
    if settings.mode is not Mode.FIRST:
        return rule
    return None if kind is Kind.MULTIPLE_RESPONSE else Reacting.FIRST


def letters_after(
    question: Question, had: tuple[int, ...], position: int, *, on: bool, rule: Reacting
) -> Letters:
    """Return what is the answer of a learner who *had* these positions and puts or takes one away.

    Of a question with several right options each letter is a part of the answer, up to as many as are right.
    """
    if not 0 <= position < len(question.order) or on == (position in had):
        return None
    if not on:
        return tuple(place for place in had if place != position)
    if len(had) < question.choose:
        return (*had, position)
    if rule is Reacting.FIRST:
        return Refusal.REACTED_ALREADY
    return (*had[len(had) + 1 - question.choose :], position)
