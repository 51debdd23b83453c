"""An open question shows what is asked and how to answer, and nothing of the key."""

from dataclasses import replace
from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import Change, Close, Mode
from bot.core.effects import FormOpened, QuestionState
from bot.core.ids import OptionId
from bot.core.items import Blank, BlanksKey, ChoiceKey, Item, Key, MatchKey, NumberKey, OrderKey, TextKey
from bot.wording.actions import answer_action, encode
from bot.wording.plain import plain
from bot.wording.questions import asked_blocks
from bot.wording.render import view_of
from bot.wording.views import Button, Choices, Countdown, Field, Form, Picker, Progress, Quote, Tone
from tests.wording.samples import (
    ITEMS,
    LATER,
    MATCH,
    MULTIPLE,
    NOON,
    NUMERIC,
    ONE_BLANK,
    ORDER,
    QUESTION,
    ROUND,
    SINGLE,
    TEXT,
    TRUE_FALSE,
    TWO_BLANKS,
    B,
    changed,
    opened,
    sheet,
)

ANSWER = answer_action(QUESTION)
WORDS = ("άλφα", "βήτα", "γάμμα")
LETTERS = ("A", "B", "C")


def test_a_question_reads_from_title_to_controls() -> None:
    """The whole message, as a transcript has it."""
    view = view_of(opened(replace(SINGLE, scenario="Σενάριο.")))

    assert view.tone is Tone.QUESTION
    assert plain(view).split("\n\n") == [
        "Question 2 of 5",
        "> Σενάριο.",
        "Ποιο είναι σωστό;",
        "A. άλφα\nB. βήτα\nC. γάμμα",
        "0:30 to answer",
        "0 of 3 have answered",
        "You can change your answer until the question closes.",
        "Choose one. (A, B, C) [Answer]",
    ]


def test_its_alt_alone_asks_the_whole_question() -> None:
    """A listener hears prompt, lettered options and what to do."""
    alt = view_of(opened()).alt

    assert alt.startswith("Question 2 of 5\n\nΠοιο είναι σωστό;\n\nA. άλφα\nB. βήτα\nC. γάμμα\n\nChoose one.")


def test_lines_to_match_are_numbered_above_the_lettered_options() -> None:
    """Both sides can be named."""
    assert "1. ένα\n2. δύο\n\nA. άλφα\nB. βήτα\nC. γάμμα" in view_of(opened(MATCH)).alt


@pytest.mark.parametrize(
    "item, control",
    [
        (SINGLE, Picker(ANSWER, "one", WORDS, LETTERS, "Choose one.", "Answer")),
        (TRUE_FALSE, Picker(ANSWER, "one", WORDS[:2], LETTERS[:2], "True or false?", "Answer")),
        (MULTIPLE, Picker(ANSWER, "many", WORDS, LETTERS, "Choose two.", "Answer", most=2)),
        (
            ORDER,
            Picker(
                ANSWER, "order", WORDS, LETTERS, "Put them in the right order.", "Answer", least=3, most=3
            ),
        ),
        (
            MATCH,
            Picker(
                ANSWER,
                "match",
                WORDS,
                LETTERS,
                "Find the right option for each line.",
                "Answer",
                stems=("ένα", "δύο"),
                least=2,
                most=2,
            ),
        ),
        (ONE_BLANK, Form(ANSWER, (Field("Answer"),), "Fill in the blank.", "Answer")),
        (TWO_BLANKS, Form(ANSWER, (Field("Blank 1"), Field("Blank 2")), "Fill in the 2 blanks.", "Answer")),
        (NUMERIC, Form(ANSWER, (Field("Answer", numeric=True),), "Type a number in μμ.", "Answer")),
        (TEXT, Form(ANSWER, (Field("Answer"),), "Answer in a few words.", "Answer")),
    ],
    ids=lambda value: value.kind.value if isinstance(value, Item) else "",
)
def test_each_kind_has_its_way_to_answer(item: Item, control: Picker | Form) -> None:
    """Pickers for options, forms for what is typed."""
    assert view_of(opened(item)).controls == (control,)


def test_what_to_do_is_said_in_the_text_where_nothing_can_be_pressed() -> None:
    """The control says it where there is one, so that it is not said twice."""
    assert "Choose two." in plain(view_of(opened(MULTIPLE), actions=False).blocks)
    assert "Choose two." not in plain(view_of(opened(MULTIPLE)).blocks)
    assert "Choose two." in view_of(opened(MULTIPLE)).alt


@pytest.mark.parametrize(
    "choose, said, most",
    [
        (0, "Choose all that are right.", 3),
        (1, "Choose one.", 1),
        (9, "Choose nine.", 9),
        (12, "Choose 12.", 12),
    ],
)
def test_a_multiple_response_says_how_many(choose: int, said: str, most: int) -> None:
    """Nobody has to guess how many are right."""
    (control,) = view_of(opened(sheet=sheet(MULTIPLE, choose=choose))).controls

    assert isinstance(control, Picker)
    assert (control.label, control.most) == (said, most)


def test_blanks_are_counted_only_when_there_are_several() -> None:
    """One blank needs no number."""
    assert "Το _____;" in view_of(opened(ONE_BLANK)).alt
    assert "Το (1) _____ και (2) _____." in view_of(opened(TWO_BLANKS)).alt


def test_a_question_without_a_clock_can_be_closed_by_its_host() -> None:
    """With a clock it closes by itself."""
    view = view_of(opened(closes_at=None))

    assert view.controls[1:] == (
        Button(
            encode(Close(QUESTION), ROUND),
            "Close question",
            "Close question and show the answer, for the host",
        ),
    )
    assert not any(isinstance(block, Countdown) for block in view.blocks)


def test_who_is_alone_is_told_of_nobody_else() -> None:
    """An answer closes the question, so there is nobody to wait for, no change of mind and no host."""
    view = view_of(opened(closes_at=None, alone=True))

    assert view.blocks == asked_blocks(sheet(SINGLE))
    assert view.controls[1:] == (
        Button(encode(Close(QUESTION), ROUND), "Show the answer", "Show the answer without answering"),
    )
    shut = view_of(changed(state=QuestionState.CLOSED, alone=True))
    assert not any(isinstance(block, Progress) for block in shut.blocks)


def test_who_skipped_a_question_is_named_in_it() -> None:
    """People want to know who it was."""
    view = view_of(changed(state=QuestionState.SKIPPED, by="Άδα"))

    assert "Skipped by Άδα: this question counts for nobody." in plain(view)


def test_the_clock_runs_from_the_moment_it_was_posted() -> None:
    """Without that moment it has no beginning of its own."""
    assert Countdown(NOON, LATER, "to answer") in view_of(opened()).blocks
    assert Countdown(LATER, LATER, "to answer") in view_of(opened(opened_at=None)).blocks


@pytest.mark.parametrize(
    "answered, joined, progress",
    [
        (1, 3, Progress(1, 3, "1 of 3 has answered")),
        (2, 3, Progress(2, 3, "2 of 3 have answered")),
        (0, 1200, Progress(0, 1200, "0 of 1,200 have answered")),
    ],
)
def test_progress_says_how_many_have_answered(answered: int, joined: int, progress: Progress) -> None:
    """Never who, and never what."""
    assert progress in view_of(changed(answered=answered, joined=joined)).blocks


def test_nobody_in_the_round_means_no_progress() -> None:
    """Zero of zero says nothing."""
    assert not any(isinstance(block, Progress) for block in view_of(changed(joined=0)).blocks)


@pytest.mark.parametrize(
    "state, said",
    [
        (QuestionState.PAUSED, "Paused: answers are taken again when the round goes on."),
        (QuestionState.CLOSED, "This question is closed."),
        (QuestionState.SKIPPED, "This question was skipped and counts for nobody."),
        (QuestionState.STOPPED, "The round was stopped here."),
    ],
)
@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_a_question_that_takes_no_answers_has_no_controls_and_says_why(
    item: Item, state: QuestionState, said: str
) -> None:
    """The clock is gone as well."""
    view = view_of(changed(item, state=state))

    assert view.controls == ()
    assert said in plain(view)
    assert not any(isinstance(block, Countdown) for block in view.blocks)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({}, "You can change your answer until the question closes."),
        ({"change": Change.ONCE}, "You can change your answer once."),
        ({"change": Change.NEVER}, "Your first answer counts."),
        (
            {"mode": Mode.FIRST, "change": Change.NEVER},
            "The first right answer takes it, and you have one try.",
        ),
    ],
)
def test_the_rule_of_change_is_said(changes: dict[str, object], said: str) -> None:
    """In the background, for those who wonder."""
    assert said in plain(view_of(opened(**changes)))


def test_opening_reads_as_a_first_change() -> None:
    """An edit that changes nothing shows nothing new."""
    assert view_of(opened()) == view_of(changed(answered=0))


def test_hints_are_not_shown_by_themselves() -> None:
    """Nobody asked for help yet."""
    assert all("μυστικό" not in plain(view_of(opened(item))) for item in ITEMS)


def test_a_scenario_is_quoted_above_the_prompt() -> None:
    """The parts of a case study share it."""
    view = view_of(opened(replace(SINGLE, scenario="**Σενάριο**\n\nδύο")))

    assert isinstance(view.blocks[0], Quote)
    assert view.alt.startswith("Question 2 of 5\n\n> Σενάριο\n>\n> δύο\n\nΠοιο")


OTHER_KEYS: dict[type, Key] = {
    ChoiceKey: ChoiceKey((OptionId("γ"),)),
    BlanksKey: BlanksKey((Blank(("μυ",)),)),
    NumberKey: NumberKey(Decimal(99), Decimal(3), unit="μμ"),
    TextKey: TextKey(("νι",)),
    OrderKey: OrderKey(ORDER.key.order[::-1] if isinstance(ORDER.key, OrderKey) else ()),
    MatchKey: MatchKey(((MATCH.stems[0].id, B), (MATCH.stems[1].id, B))),
}


@pytest.mark.parametrize("item", [SINGLE, TRUE_FALSE, ONE_BLANK, NUMERIC, TEXT, ORDER, MATCH])
@pytest.mark.parametrize("state", list(QuestionState))
def test_items_that_differ_in_key_and_feedback_look_the_same_while_they_are_open(
    item: Item, state: QuestionState
) -> None:
    """Nothing in the message, its controls or its alt follows from what is right."""
    other = replace(
        item,
        key=OTHER_KEYS[type(item.key)],
        explanation="άλλο",
        sources=(),
        options=tuple(replace(option, feedback="άλλο") for option in item.options),
    )

    assert view_of(changed(item, state=state)) == view_of(changed(other, state=state))


def test_every_kind_of_key_is_swapped_above() -> None:
    """A new kind of key must be looked at too."""
    assert set(OTHER_KEYS) == set(get_args(Key))


HOSTILE = ("<script>alert(1)</script>", "@everyone", "[x](javascript:alert(1))", "\u202eevil", "x" * 5000)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_prompts_and_options_stay_text(text: str) -> None:
    """They are shown whole, as words, and nothing else happens."""
    item = replace(
        SINGLE, prompt=text, options=tuple(replace(option, text=text) for option in SINGLE.options)
    )
    view = view_of(opened(item))

    assert plain(view).count(text.lstrip("\u202e")) >= 4
    assert "\u202e" not in str(view)


@given(st.text(min_size=1), st.text(min_size=1))
def test_any_prompt_and_any_options_can_be_asked(prompt: str, option: str) -> None:
    """Every option keeps its letter, whatever it says."""
    item = replace(SINGLE, prompt=prompt, options=tuple(replace(o, text=option) for o in SINGLE.options))
    view = view_of(opened(item))

    (choices,) = [block for block in view.blocks if isinstance(block, Choices)]
    assert [choice.letter for choice in choices.choices] == ["A", "B", "C"]


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind.value)
def test_a_form_has_the_control_of_the_questions_message_and_no_other(item: Item) -> None:
    """Whoever answers in a window of their own answers the same thing."""
    view = view_of(FormOpened(sheet(item)))

    assert view.controls == view_of(opened(item)).controls[:1]
    assert (view.tone, view.title) == (Tone.QUESTION, "Question 2 of 5")
    assert view.blocks == asked_blocks(sheet(item))


def test_a_form_without_controls_says_what_to_do() -> None:
    """Where nothing can be pressed, it can still be read."""
    view = view_of(FormOpened(sheet(NUMERIC)), actions=False)

    assert view.controls == ()
    assert plain(view.blocks).endswith(view_of(opened(NUMERIC)).controls[0].label)
