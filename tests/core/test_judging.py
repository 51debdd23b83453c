"""Judging: read and graded once, however many send the same."""

from dataclasses import replace
from fractions import Fraction

from bot.core.grading import Unreadable
from bot.core.ids import QuestionId
from bot.core.judging import Judged, judge_sent
from bot.core.responses import Chosen, Picked, Typed
from tests.core.builders import B, choice, question


def test_what_was_sent_is_read_graded_and_labelled() -> None:
    """The labels are what the sender saw."""
    shown = question(choice())

    judged = judge_sent(shown, B, partial=False)

    assert isinstance(judged, Judged)
    assert judged.labels == ("B",)
    assert judged.response == shown.read(B)
    assert judged.grade.credit in {Fraction(0), Fraction(1)}


def test_what_cannot_be_read_or_graded_says_why() -> None:
    """An option that is not there is not read; two where one is asked for are read and not graded."""
    shown = question(choice())

    assert judge_sent(shown, Typed(("x",)), partial=False) is Unreadable.UNKNOWN_OPTION
    assert judge_sent(shown, Picked((0, 1)), partial=False) is Unreadable.ONE_ONLY


def test_the_same_is_remembered_and_another_question_is_another() -> None:
    """Two questions with one id are told apart by what is in them."""
    shown = question(choice())
    turned = replace(shown, order=tuple(reversed(shown.order)))
    other = replace(shown, id=QuestionId("other.0"))

    first = judge_sent(shown, Picked((0,)), partial=False)

    assert judge_sent(shown, Picked((0,)), partial=False) is first
    assert judge_sent(other, Picked((0,)), partial=False) == first
    again = judge_sent(turned, Picked((0,)), partial=False)
    assert isinstance(first, Judged)
    assert isinstance(again, Judged)
    assert isinstance(first.response, Chosen)
    assert again.response != first.response
