"""Forms: what they ask, and what is read of what they say."""

from dataclasses import replace
from typing import Any, Final, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.outbound import flag_modal, modal_of, read_form, shown_modal
from bot.core.ids import QuestionId
from bot.core.responses import Picked, Typed
from bot.wording.render import view_of
from bot.wording.slack_sentences import SAY
from bot.wording.views import Field, Form, Picker, View
from tests.adapters.slack.limits import Payload, over_modal
from tests.adapters.slack.shown import look, said, words
from tests.adapters.slack.test_outbound_controls import JSON
from tests.wording.samples import MATCH as MATCHING
from tests.wording.samples import mine, opened

LETTERS = ("A", "B", "C", "D")
TEXTS = ("one", "two", "three", "four")
ORDER = Picker("a:x.1", "order", TEXTS, LETTERS, "Put in order.", "Answer", least=4, most=4)
MATCH = replace(ORDER, how="match", label="Match.", stems=("uno", "due"))
MANY = replace(ORDER, how="many", label="Choose.", least=1, most=2)
ONE = replace(ORDER, how="one", label="Choose one.")
NUMBER = Form("a:x.1", (Field("Answer", numeric=True, longest=50),), "Type a number.", "Answer")
BLANKS = Form("a", (Field("Blank 1"), Field("Blank 2", "in a word")), "Fill in.", "Answer")
LARGE: Final = tuple(f"{chr(ord('A') + place // 26)}{chr(ord('A') + place % 26)}" for place in range(120))


def many_options(picker: Picker, options: int) -> Picker:
    """Return *picker* with *options* options."""
    return replace(
        picker, options=tuple(f"option {place}" for place in range(options)), letters=LARGE[:options]
    )


def sent(control: Picker | Form, title: str = "Question 1 of 5") -> Payload:
    """Return the form of *control* as it is sent, within all limits."""
    payload: Payload = modal_of(control, title, private="{}")
    assert over_modal(payload) == []
    return payload


def shown(control: Picker | Form, title: str = "Question 1 of 5") -> str:
    """Return what the form of *control* looks like."""
    return look(sent(control, title)["blocks"])


def inputs(control: Picker | Form) -> list[Payload]:
    """Return the inputs of the form of *control*."""
    return [one["element"] for one in sent(control)["blocks"] if one["type"] == "input"]


def values(*said: object, **more: object) -> dict[str, object]:
    """Return what a form says: a text, a position, or several positions an input."""
    found = {f"i{place}": {"value": _value(one)} for place, one in enumerate(said)}
    return {**found, **more}


def _value(one: object) -> dict[str, object]:
    if isinstance(one, str):
        return {"type": "plain_text_input", "value": one}
    if isinstance(one, int):
        return {"type": "static_select", "selected_option": {"value": str(one)}}
    positions: Any = one
    return {"type": "checkboxes", "selected_options": [{"value": str(place)} for place in positions]}


# ---------------------------------------------------------------------------------------------------- asking


def test_a_form_sends_its_action_and_brings_back_what_it_was_given() -> None:
    """Its title stands inside where it has no room above."""
    payload = sent(NUMBER, "The question of Sunday, 22 November")

    assert payload["callback_id"] == "a:x.1"
    assert payload["private_metadata"] == "{}"
    assert payload["title"]["text"] == "Your answer"
    assert payload["submit"]["text"] == "Answer"
    assert look(payload["blocks"]).startswith("# The question of Sunday, 22 November\nType a number.\n")
    assert sent(NUMBER)["title"]["text"] == "Question 1 of 5"
    assert sent(NUMBER, "")["title"]["text"] == "Your answer"
    assert sent(replace(NUMBER, submit=""))["submit"]["text"] == "Send"


def test_the_question_stands_above_its_inputs() -> None:
    """A form hides the message that it belongs to; options that are said there are not said again."""
    view = view_of(opened(MATCHING))
    (control,) = [one for one in view.controls if isinstance(one, Picker)]
    long = replace(control, options=tuple("o" * 100 for _ in control.options))
    payload: Payload = modal_of(long, view.title, private="", asked=view.blocks[:3])

    assert over_modal(payload) == []
    assert look(payload["blocks"]) == (
        "Ποιο _είναι_ σωστό;\n"
        "1. ένα\n"
        "2. δύο\n"
        "*A.* *άλφα*\n"
        "*B.* βήτα\n"
        "*C.* γάμμα\n"
        "Find the right option for each line.\n"
        "1 · ένα: <static_select Choose> A | B | C\n"
        "2 · δύο: <static_select Choose> A | B | C"
    )


def test_a_long_question_leaves_room_for_its_inputs() -> None:
    """And says where the rest of it is."""
    asked = tuple(words(f"line {number}") for number in range(200))
    payload: Payload = modal_of(BLANKS, "Title", private="", asked=asked)

    assert over_modal(payload) == []
    assert len(payload["blocks"]) == 100
    assert f"line 96\n~ {SAY.form_is_full()}\nBlank 1:" in look(payload["blocks"])


def test_a_number_has_one_short_input_that_says_so() -> None:
    """And takes as much as its field."""
    (field,) = inputs(NUMBER)

    assert (field["multiline"], field["max_length"]) == (False, 50)
    assert field["placeholder"]["text"] == "A number, such as 42 or 3.5"


def test_free_text_has_room_for_sentences() -> None:
    """One of several texts has a line."""
    alone = Form("a", (Field("Answer", "in a sentence", longest=9000),), "", "Answer")

    assert [(one["multiline"], one["max_length"]) for one in inputs(alone)] == [(True, 3000)]
    assert shown(alone) == "Answer (in a sentence): <plain_text_input>"
    assert [one["multiline"] for one in inputs(BLANKS)] == [False, False]
    assert shown(BLANKS) == "Fill in.\nBlank 1: <plain_text_input>\nBlank 2 (in a word): <plain_text_input>"


@pytest.mark.parametrize(
    "fields", [(Field("x"),) * 61, (Field("A label that " * 30),), (Field("x", "hint " * 500),)]
)
def test_texts_that_fit_no_labels_go_into_one_input_a_line_each(fields: tuple[Field, ...]) -> None:
    """With what they are said above it."""
    form = Form("a", fields, "", "Answer")
    (field,) = inputs(form)

    assert field["multiline"] is True
    assert shown(form).startswith("*1* ")
    assert shown(form).count("\n") == len(fields)


def test_an_order_is_typed_below_its_options() -> None:
    """The sample is no order."""
    assert shown(ORDER) == (
        "Put in order.\n*A.* one\n*B.* two\n*C.* three\n*D.* four\n"
        "Your order (All of A, B, C and D, the first one first): <plain_text_input>"
    )


def test_each_line_to_match_has_a_menu() -> None:
    """Said in full where they are short, and else above."""
    long = replace(MATCH, stems=("s" * 400, "due"), options=("o" * 300, *TEXTS[1:]))

    assert shown(MATCH) == (
        "Match.\n"
        "1 · uno: <static_select Choose> A · one | B · two | C · three | D · four\n"
        "2 · due: <static_select Choose> A · one | B · two | C · three | D · four"
    )
    assert shown(long).startswith(f"Match.\n*1* {'s' * 400}\n*2* due\n*A.* {'o' * 300}\n*B.* two")
    assert "2 · due: <static_select Choose> A | B · two" in shown(long)


@pytest.mark.parametrize("picker", [replace(MATCH, stems=("s",) * 61), many_options(MATCH, 101)])
def test_many_lines_to_match_are_typed(picker: Picker) -> None:
    """Below all there is to match."""
    (field,) = inputs(picker)

    assert field["type"] == "plain_text_input"
    assert shown(picker).startswith(("Match.\n*1* s\n*2* ", "Match.\n*1* uno"))


@pytest.mark.parametrize(
    "picker, kind",
    [
        (ONE, "radio_buttons"),
        (many_options(ONE, 11), "static_select"),
        (many_options(ONE, 101), "plain_text_input"),
        (MANY, "checkboxes"),
        (many_options(MANY, 11), "multi_static_select"),
        (many_options(MANY, 101), "plain_text_input"),
        (replace(ONE, options=(), letters=()), "plain_text_input"),
    ],
)
def test_options_are_ticked_chosen_or_typed(picker: Picker, kind: str) -> None:
    """As many as each takes."""
    (field,) = inputs(picker)

    assert field["type"] == kind
    assert field.get("max_selected_items") == (2 if kind == "multi_static_select" else None)


def test_how_many_to_tick_is_said() -> None:
    """Slack's boxes know no most."""
    assert shown(MANY) == (
        "Choose.\nAnswer (Choose up to 2 options.): <checkboxes> A · one | B · two | C · three | D · four"
    )
    assert "(Choose 4 options.)" in shown(replace(MANY, least=4, most=9))
    assert "(1 to 2 letters)" in shown(many_options(MANY, 101))


def test_a_flag_may_have_a_reason_and_need_not() -> None:
    """Its action names the question."""
    payload: Payload = flag_modal(QuestionId("r.1"), private="{}")
    (block,) = payload["blocks"]

    assert over_modal(payload) == []
    assert (payload["callback_id"], payload["private_metadata"]) == ("f:r.1", "{}")
    assert (block["optional"], block["element"]["max_length"]) == (True, 500)


@pytest.mark.parametrize("title", ["Your answer", "A title that is too long for its own place", ""])
def test_a_confirmation_is_a_form_without_inputs(title: str) -> None:
    """It says all that the view says, and can be closed."""
    view = view_of(mine())
    payload: Payload = shown_modal(view, title)

    assert over_modal(payload) == []
    assert "submit" not in payload
    assert "That was not right." in look(payload["blocks"])


def test_a_confirmation_without_words_is_its_title() -> None:
    """Slack takes no form without a block."""
    nothing = View(said().tone, "Done", "")

    assert look(shown_blocks(nothing, "Done")) == "# Done"
    assert look(shown_blocks(replace(nothing, title=""), "")) == "# Nothing more here for now."
    assert look(shown_blocks(replace(nothing, title="Done"), "Other")) == "# Done"
    many = said(*(words(f"line {number}") for number in range(200)))
    assert look(shown_blocks(many, "Title")).endswith(f"line 98\n~ {SAY.form_is_full()}")


def shown_blocks(view: View, title: str) -> list[Payload]:
    """Return the blocks of the form that shows *view*."""
    payload: Payload = shown_modal(view, title)
    assert over_modal(payload) == []
    return [*payload["blocks"]]


# --------------------------------------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "control, said, answer",
    [
        (NUMBER, values("42"), Typed(("42",))),
        (BLANKS, values("a", "b"), Typed(("a", "b"))),
        (ORDER, values("c a, b; D"), Picked((2, 0, 1, 3))),
        (MATCH, values(1, 3), Picked((1, 3))),
        (MANY, values((1, 0)), Picked((1, 0))),
        (ONE, values(3), Picked((3,))),
        (many_options(ONE, 101), values("AC"), Picked((2,))),
        (many_options(MANY, 101), values("ac ab AC"), Picked((2, 1))),
        (replace(MATCH, stems=("s",) * 61), values("A" * 61), Picked((0,) * 61)),
        (Form("a", (Field("x"),) * 61, "", ""), values("a\n" * 61), Typed(("a",) * 61)),
    ],
)
def test_what_a_form_said_is_an_answer(
    control: Picker | Form, said: dict[str, object], answer: Picked | Typed
) -> None:
    """In every way in which it may be asked."""
    read = read_form(control, said)

    assert (read.sent, read.errors) == (answer, {})


@pytest.mark.parametrize(
    "control, said, errors",
    [
        (NUMBER, values("  "), {"i0": SAY.not_filled()}),
        (NUMBER, {}, {"i0": SAY.not_filled()}),
        (BLANKS, values("a"), {"i1": SAY.not_filled()}),
        (BLANKS, {}, {"i0": SAY.not_filled(), "i1": SAY.not_filled()}),
        (ORDER, values("c a b"), {"i0": SAY.not_an_order(LETTERS)}),
        (ORDER, values("A A B C D"), {"i0": SAY.not_an_order(LETTERS)}),
        (ORDER, values("what?"), {"i0": SAY.not_an_order(LETTERS)}),
        (MATCH, values(1), {"i1": SAY.not_filled()}),
        (MATCH, values(4, 1), {"i0": SAY.not_filled()}),
        (MATCH, values(1, (1, 2)), {"i1": SAY.not_filled()}),
        (MANY, values((0, 1, 2)), {"i0": SAY.ticks(1, 2)}),
        (MANY, values(()), {"i0": SAY.ticks(1, 2)}),
        (many_options(MANY, 101), values("?"), {"i0": SAY.not_letters(1, 2)}),
        (ONE, values(9), {"i0": SAY.ticks(1, 1)}),
        (ONE, values("A"), {"i0": SAY.ticks(1, 1)}),
        (replace(MATCH, stems=("s",) * 61), values("1a"), {"i0": SAY.not_pairs(61, LETTERS)}),
        (Form("a", (Field("x"),) * 61, "", ""), values("a"), {"i0": SAY.not_lines(61)}),
    ],
)
def test_what_cannot_be_read_is_said_below_its_input(
    control: Picker | Form, said: dict[str, object], errors: dict[str, str]
) -> None:
    """With what to do about it; the blocks are those of the form."""
    read = read_form(control, said)

    assert (read.sent, read.errors) == (None, errors)
    blocks = {block.get("block_id") for block in sent(control)["blocks"]}
    assert set(errors) <= blocks


@given(
    st.sampled_from([NUMBER, BLANKS, ORDER, MATCH, MANY, ONE]),
    st.dictionaries(st.just("i0") | st.text(), JSON),
)
def test_no_form_is_too_odd_to_be_read(control: Picker | Form, said: dict[str, object]) -> None:
    """Nothing raises, and nothing is an answer by accident of its shape."""
    read = read_form(control, said)

    assert (read.sent is None) == bool(read.errors)
    assert read_form(control, {"i0": {"value": "x"}}).sent is None


def test_a_form_reads_what_it_asked() -> None:
    """For every kind, the names of its inputs are the ones that are read."""
    how: Literal["order", "match", "one", "many"]
    for how in ("order", "match", "one", "many"):
        blocks = [one for one in sent(replace(MATCH, how=how))["blocks"] if one["type"] == "input"]

        assert [block["block_id"] for block in blocks] == [f"i{place}" for place in range(len(blocks))]
        assert {block["element"]["action_id"] for block in blocks} == {"value"}
