"""Forms: what they ask, and what is read of what they say."""

from dataclasses import replace
from typing import Any, Literal

import pytest

from bot.adapters.discord.outbound import answer_of, flag_modal, modal_of
from bot.core.ids import QuestionId
from bot.core.responses import Picked, Typed
from bot.wording.discord_sentences import SAY
from bot.wording.views import Field, Form, Picker
from tests.adapters.discord.limits import LABEL, RADIO, SELECT, TEXT, TYPED, over_modal

LETTERS = ("A", "B", "C", "D")
TEXTS = ("one", "two", "three", "four")
ORDER = Picker("a:x.1", "order", TEXTS, LETTERS, "Put in order.", "Answer", least=4, most=4)
MATCH = replace(ORDER, how="match", stems=("uno", "due"))
NUMBER = Form("a:x.1", (Field("Answer", numeric=True, longest=50),), "Type a number.", "Answer")


def sent(control: Picker | Form, title: str = "Question 1 of 5") -> dict[str, Any]:
    """Return the form of *control* as it is sent, within all limits."""
    payload: dict[str, Any] = modal_of(control, title).to_dict()
    assert over_modal(payload) == []
    return payload


def inputs(control: Picker | Form) -> list[dict[str, Any]]:
    """Return the inputs of the form of *control*."""
    return [one["component"] for one in sent(control)["components"] if one["type"] == LABEL]


def said(control: Picker | Form) -> list[str]:
    """Return the texts of the form of *control*, its labels among them."""
    return [one.get("content") or one["label"] for one in sent(control)["components"]]


# ---------------------------------------------------------------------------------------------------- asking


async def test_a_form_sends_its_action_and_discord_py_keeps_nothing_of_it() -> None:
    """Its title is shortened where it must be."""
    modal = modal_of(NUMBER, "A title that is much too long for the little room at the top of a form")

    assert modal.custom_id == "a:x.1"
    assert modal.title == "A title that is much too long for the little…"
    assert modal.is_finished()
    assert modal_of(NUMBER, "").title == "Answer"


def test_a_number_has_one_short_input_that_says_so() -> None:
    """And takes as much as its field."""
    (field,) = inputs(NUMBER)

    assert (field["style"], field["max_length"]) == (1, 50)
    assert field["placeholder"] == "A number, such as 42 or 3.5"


def test_free_text_has_room_for_sentences() -> None:
    """One of several texts has a line."""
    alone = Form("a", (Field("Answer", "in a sentence"),), "", "Answer")
    several = Form("a", (Field("Blank 1"), Field("Blank 2")), "", "Answer")

    assert [one["style"] for one in inputs(alone)] == [2]
    assert sent(alone)["components"][0]["description"] == "in a sentence"
    assert [one["style"] for one in inputs(several)] == [1, 1]
    assert said(several) == ["Blank 1", "Blank 2"]


@pytest.mark.parametrize(
    "fields", [(Field("x"),) * 7, (Field("A label that " * 5),), (Field("x", "hint " * 30),)]
)
def test_texts_that_fit_no_labels_go_into_one_input_a_line_each(fields: tuple[Field, ...]) -> None:
    """With what they are said above it."""
    form = Form("a", fields, "", "Answer")
    (field,) = inputs(form)

    assert field["style"] == 2
    assert said(form)[0].startswith("**1** ")
    assert said(form)[0].count("\n") == len(fields) - 1


def test_an_order_is_typed_below_its_options() -> None:
    """The sample is no order."""
    assert said(ORDER) == ["**A.** one\n**B.** two\n**C.** three\n**D.** four", "Your order"]
    assert sent(ORDER)["components"][1]["description"] == "All of A, B, C and D, the first one first"


def test_each_line_to_match_has_its_choices() -> None:
    """Said in full where they are short."""
    first, second = inputs(MATCH)

    assert said(MATCH) == ["1 · uno", "2 · due"]
    assert first["type"] == second["type"] == RADIO
    assert [(one["label"], one["value"]) for one in first["options"]] == [
        ("A · one", "0"),
        ("B · two", "1"),
        ("C · three", "2"),
        ("D · four", "3"),
    ]


@pytest.mark.parametrize("options, kind", [(1, SELECT), (2, RADIO), (10, RADIO), (11, SELECT), (25, SELECT)])
def test_choices_are_radio_buttons_or_a_select(options: int, kind: int) -> None:
    """As many as each takes."""
    picker = replace(MATCH, options=("x",) * options, letters=tuple("ABCDEFGHIJKLMNOPQRSTUVWXY"[:options]))

    assert {one["type"] for one in inputs(picker)} == {kind}


def test_what_is_too_long_to_match_in_a_label_stands_above() -> None:
    """Or in a line below its number."""
    some = replace(MATCH, stems=("s" * 60, "t" * 300), options=("o" * 300, *TEXTS[1:]))
    five = replace(MATCH, stems=("s" * 60, "t" * 300, "u", "v", "w"))
    crowded = replace(five, options=("o" * 300, *TEXTS[1:]))
    labels = [one for one in sent(five)["components"] if one["type"] == LABEL]

    assert said(some)[0].startswith(f"**1** {'s' * 60}\n**2** {'t' * 300}\n**A.** {'o' * 300}\n**B.** two")
    assert [one["label"] for one in inputs(some)[0]["options"]] == ["A", "B · two", "C · three", "D · four"]
    assert [one["label"] for one in labels] == ["1", "2", "3 · u", "4 · v", "5 · w"]
    assert [one.get("description") for one in labels[:3]] == ["s" * 60, SAY.in_the_message(), None]
    assert sent(crowded)["components"][1]["description"] == SAY.in_the_message()


@pytest.mark.parametrize("picker", [replace(MATCH, stems=("s",) * 6), replace(MATCH, options=("o",) * 26)])
def test_many_lines_to_match_are_typed(picker: Picker) -> None:
    """Below all there is to match."""
    picker = replace(picker, letters=tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(picker.options)]))
    (field,) = inputs(picker)

    assert field["type"] == TYPED
    assert said(picker)[0].startswith("**1** s\n**2** ") or said(picker)[0].startswith("**1** uno")


def test_texts_that_are_too_long_for_the_form_are_in_the_message() -> None:
    """The form says so."""
    long = replace(ORDER, options=("*" * 2000, "x", "y", "z"))

    assert said(long) == [SAY.in_the_message(), "Your order"]


def test_letters_can_be_typed_for_more_options_than_a_select_holds() -> None:
    """With how many are wanted."""
    many = replace(ORDER, how="many", least=1, most=3)

    assert sent(many)["components"][1]["description"] == "1 to 3 letters"
    assert sent(replace(many, how="one"))["components"][1]["description"] == "One letter"
    assert sent(replace(many, least=3))["components"][1]["description"] == "3 letters"
    assert sent(replace(many, options=(), letters=()))["components"][0]["type"] != TEXT


def test_a_flag_may_have_a_reason_and_need_not() -> None:
    """Its action names the question."""
    payload = flag_modal(QuestionId("r.1")).to_dict()
    (label,) = payload["components"]

    assert over_modal(payload) == []
    assert payload["custom_id"] == "f:r.1"
    assert (label["component"]["required"], label["component"]["max_length"]) == (False, 500)


# --------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "control, values, answer",
    [
        (NUMBER, {"i0": "42"}, Typed(("42",))),
        (NUMBER, {"i0": "  "}, SAY.not_filled()),
        (NUMBER, {}, SAY.not_filled()),
        (ORDER, {"i0": "c a, b; D"}, Picked((2, 0, 1, 3))),
        (ORDER, {"i0": "CABD"}, Picked((2, 0, 1, 3))),
        (ORDER, {"i0": "c a b"}, SAY.not_an_order(LETTERS)),
        (ORDER, {"i0": "A A B C D"}, SAY.not_an_order(LETTERS)),
        (ORDER, {"i0": "what?"}, SAY.not_an_order(LETTERS)),
        (MATCH, {"i0": "1", "i1": ["3"]}, Picked((1, 3))),
        (MATCH, {"i0": "1"}, SAY.not_filled()),
        (MATCH, {"i0": "1", "i1": "4"}, SAY.not_filled()),
        (MATCH, {"i0": "1", "i1": "٣"}, SAY.not_filled()),
        (MATCH, {"i0": "1", "i1": []}, SAY.not_filled()),
        (replace(ORDER, how="many", least=1, most=2), {"i0": "b, a, B"}, Picked((1, 0))),
        (replace(ORDER, how="many", least=1, most=2), {"i0": "abc"}, SAY.not_letters(1, 2)),
        (replace(ORDER, how="one"), {"i0": "d"}, Picked((3,))),
        (replace(ORDER, how="one"), {"i0": "?"}, SAY.not_letters(1, 1)),
        (replace(MATCH, stems=("s",) * 6), {"i0": "1a 2b 3c 4d 5a 6b"}, Picked((0, 1, 2, 3, 0, 1))),
        (replace(MATCH, stems=("s",) * 6), {"i0": "1a"}, SAY.not_pairs(6, LETTERS)),
        (Form("a", (Field("x"),) * 6, "", ""), {"i0": "a\nb\n\nc\nd\ne\nf"}, Typed(tuple("abcdef"))),
        (Form("a", (Field("x"),) * 6, "", ""), {"i0": "a"}, SAY.not_lines(6)),
    ],
)
def test_what_a_form_said_is_an_answer_or_a_sentence(
    control: Picker | Form, values: dict[str, str | list[str]], answer: Picked | Typed | str
) -> None:
    """A form that cannot be read is told how to be filled in."""
    assert answer_of(control, values) == answer


def test_a_form_reads_what_it_asked() -> None:
    """For every kind, the names of its inputs are the ones that are read."""
    how: Literal["order", "match"]
    for how in ("order", "match"):
        for control in (replace(ORDER, how=how, stems=("s",)), replace(ORDER, how=how, stems=("s",) * 6)):
            assert {one["custom_id"] for one in inputs(control)} <= {f"i{place}" for place in range(5)}
