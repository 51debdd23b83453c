"""The review: buttons that lead back to what they mean, and a form that holds the question."""

import pytest

from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.mending import Slip, mending_of
from bot.core.review_commands import DecideReview, Mending, OpenReviewForm, ShowReviews
from bot.core.suspicions import Suspicion
from bot.wording.actions import LONGEST_ACTION, Pressed, decode
from bot.wording.render import view_of
from bot.wording.review_actions import FIRST, decode_review
from bot.wording.views import Button, Form
from tests.wording.every_review import CHOSE, TOKEN
from tests.wording.samples import NOON, SINGLE

BIG = 10**14


def pressed(action: str, typed: tuple[str, ...] | None = None) -> object:
    """Return what a control means."""
    found = decode(action, picked=None, typed=typed, at=NOON)
    return found.intent if isinstance(found, Pressed) else None


def test_each_button_of_what_waits_leads_back_to_what_it_means() -> None:
    """With the version that the organiser saw; the neighbours are shown by their own tokens."""
    effect = rx.ReviewShown(TOKEN, BIG, SINGLE, 2, 3, people=1, back="b" * 13, on="c" * 13)

    buttons = [control for control in view_of(effect).controls if isinstance(control, Button)]

    assert [pressed(button.action) for button in buttons] == [
        DecideReview(TOKEN, BIG, Verdict.KEPT),
        OpenReviewForm(TOKEN, BIG),
        DecideReview(TOKEN, BIG, Verdict.OFF),
        DecideReview(TOKEN, BIG, Verdict.VOID),
        ShowReviews("b" * 13),
        ShowReviews("c" * 13),
    ]
    assert [button.label for button in buttons] == ["Keep", "Mend", "Switch off", "Void", "Previous", "Next"]
    assert all(len(button.action) <= LONGEST_ACTION for button in buttons)


def test_the_form_holds_the_question_and_sends_what_was_typed() -> None:
    """Three texts, which every platform's forms have room for."""
    view = view_of(rx.ReviewFormOpened(TOKEN, 1, SINGLE, mending_of(SINGLE)))
    (form,) = view.controls
    assert isinstance(form, Form)

    assert [field.value for field in form.fields] == [
        SINGLE.prompt,
        mending_of(SINGLE).answers,
        SINGLE.explanation,
    ]
    typed = ("a", "b", "c")
    assert pressed(form.action, typed) == DecideReview(TOKEN, 1, Verdict.MENDED, Mending(*typed))


def test_what_was_typed_wrong_stays_in_the_form() -> None:
    """And above it stands why it was not taken."""
    typed = Mending("Which?", "nothing", "")

    view = view_of(rx.ReviewFormOpened(TOKEN, 1, SINGLE, typed, Slip.OTHER_COUNT, "4"))

    assert "4 lines" in view.alt
    (form,) = view.controls
    assert isinstance(form, Form)
    assert form.fields[1].value == "nothing"


@pytest.mark.parametrize(
    "action, typed",
    [
        (FIRST, ("a",)),
        ("q:keep:short:1", None),
        (f"q:none:{TOKEN}:1", None),
        (f"q:mend:{TOKEN}:1", ("a", "b")),
        (f"q:keep:{TOKEN}:1", ("a", "b", "c")),
        ("", None),
    ],
)
def test_what_is_malformed_means_nothing(action: str, typed: tuple[str, ...] | None) -> None:
    """Anybody may send anything."""
    assert decode_review(action, typed) is None


def test_the_first_is_shown_after_a_decision() -> None:
    """Whatever waits then."""
    assert pressed(FIRST) == ShowReviews()


def test_what_came_switched_off_says_why_and_can_be_asked() -> None:
    """Its reason is shown as it was written, whatever signs it has."""
    view = view_of(rx.ReviewShown(TOKEN, 0, SINGLE, 1, 1, off="The *key* is A, not B."))

    assert "Not asked yet: The *key* is A, not B." in view.alt
    assert next(button.label for button in view.controls if isinstance(button, Button)) == "Ask it"


def test_a_suspicion_is_told_in_numbers() -> None:
    """With the letter that the option has in the list below."""
    found = Suspicion(9, 7, SINGLE.options[1].id, 7)

    view = view_of(rx.ReviewShown(TOKEN, 0, SINGLE, 1, 1, suspicion=found, tried=30, answers=CHOSE))

    assert "7 of the 9 strongest chose B." in view.alt
    assert "It was answered 30 times." in view.alt
