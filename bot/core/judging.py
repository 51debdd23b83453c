"""Judging: what was sent to a question, read and graded in one step and remembered.

Many people send the same few things to one question, and what it is worth never changes: so it is worked out
once. A memory of a pure function is no state; forgetting costs only time.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bot.core.grading import Grade, Unreadable, grade
from bot.core.questions import Question
from bot.core.responses import Response, Sent

REMEMBERED: Final = 1024
"""How many different answers are remembered: the options of some 250 questions, in about 10 MB."""


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer as the item knows it, what it is worth, and its *labels*, by which its sender knows it."""

    response: Response
    grade: Grade
    labels: tuple[str, ...]


@lru_cache(maxsize=REMEMBERED)
def judge_sent(question: Question, sent: Sent, *, partial: bool) -> Judged | Unreadable:
    """Return what *sent* is and is worth, with *partial* credit or by the exam rule; or why it is neither."""
    response = question.read(sent)
    if isinstance(response, Unreadable):
        return response
    graded = grade(question.item, response, partial=partial)
    if isinstance(graded, Unreadable):
        return graded
    return Judged(response, graded, question.labels(response))
