"""Reactions: which emoji stand below a question, what each means, and how a question says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import effects as fx
from bot.core.commands import Change, Mode, Reacting
from bot.core.items import Kind
from bot.core.reactions import MOST_LETTERS
from bot.wording.catalogues import catalogue_for
from bot.wording.plain import plain
from bot.wording.reactions import Signal, emoji_of, position_of, signal_of
from bot.wording.render import view_of
from bot.wording.views import Picker, View
from tests.wording.samples import (
    MULTIPLE,
    QUESTION,
    SINGLE,
    TRUE_FALSE,
    changed,
    closed,
    day_opened,
    opened,
    settings,
    sheet,
)

ENGLISH = catalogue_for("en")
FIRST, LAST = Reacting.FIRST, Reacting.LAST


def said(effect: fx.Effect) -> str:
    """Return what stands under the title of a reply."""
    return plain(view_of(effect).blocks)


# -------------------------------------------------------------------------------------------------- emoji


def test_letters_are_the_regional_indicators_in_the_order_of_the_alphabet() -> None:
    """Each position has one emoji, and each emoji one position."""
    assert [emoji_of(place) for place in range(3)] == ["🇦", "🇧", "🇨"]
    assert [position_of(emoji_of(place)) for place in range(MOST_LETTERS)] == list(range(MOST_LETTERS))


@pytest.mark.parametrize("emoji", ["", "A", "🇺", "🇿", "🇦🇧", "\ufe0f", "👍", "🚩", "1️⃣", "<:a:42>"])
def test_what_is_no_letter_of_a_question_has_no_position(emoji: str) -> None:
    """People react with anything."""
    assert position_of(emoji) is None


def test_a_letter_is_known_with_a_variation_selector_too() -> None:
    """Some platforms put one behind it."""
    assert position_of("🇧\ufe0f") == 1


@given(st.text(max_size=3))
def test_no_text_is_both_a_letter_and_a_signal(emoji: str) -> None:
    """And none is an error."""
    assert position_of(emoji) is None or signal_of(emoji) is None


@pytest.mark.parametrize(
    "emoji, signal",
    [
        ("🚩", Signal.FLAG),
        ("❓", Signal.EXPLAIN),
        ("❓\ufe0f", Signal.EXPLAIN),
        ("❔", Signal.EXPLAIN),
        ("🇦", None),
        ("🏳", None),
        ("?", None),
        ("", None),
    ],
)
def test_a_flag_flags_and_a_question_mark_asks_why(emoji: str, signal: Signal | None) -> None:
    """Nothing else is a signal."""
    assert signal_of(emoji) is signal


# ----------------------------------------------------------------------------------------------- questions


def shown(view: View) -> tuple[tuple[str, ...], str]:
    """Return the reactions of a view, and how it says that they are used."""
    return view.reactions, view.reacting


@pytest.mark.parametrize(
    "view, letters, text",
    [
        (
            view_of(opened(reacting=LAST)),
            "🇦🇧🇨",
            "Choose one. React with the letter. Your last reaction counts.",
        ),
        (
            view_of(changed(TRUE_FALSE, reacting=FIRST)),
            "🇦🇧",
            "True or false? React with the letter. Your first reaction counts.",
        ),
        (
            view_of(day_opened(MULTIPLE, reacting=FIRST)),
            "🇦🇧🇨",
            "Choose two. React with a letter for each. Your first two reactions count.",
        ),
    ],
)
def test_an_open_question_has_its_letters_and_says_how_to_use_them(
    view: View, letters: str, text: str
) -> None:
    """The control stays with it, for chats without reactions."""
    assert shown(view) == (tuple(letters), text)
    assert isinstance(view.controls[0], Picker)


@pytest.mark.parametrize("state", [state for state in fx.QuestionState if state is not fx.QuestionState.OPEN])
def test_a_question_that_takes_no_answers_has_none(state: fx.QuestionState) -> None:
    """Neither does the reveal."""
    assert shown(view_of(changed(reacting=LAST, state=state))) == ((), "")
    assert shown(view_of(closed())) == ((), "")


def test_a_question_that_is_answered_otherwise_has_none() -> None:
    """Nor one that is only told, without anything to press."""
    assert shown(view_of(opened())) == ((), "")
    assert shown(view_of(opened(reacting=LAST), actions=False)) == ((), "")


def test_the_rule_of_changes_is_not_said_beside_the_rule_of_reactions() -> None:
    """It would say another thing; in a race both say the same."""
    for change in Change:
        text = plain(view_of(opened(reacting=LAST, change=change)).blocks)
        assert ENGLISH.change_rule(change) not in text
    race = plain(view_of(opened(reacting=FIRST, mode=Mode.FIRST, change=Change.NEVER)).blocks)
    assert ENGLISH.one_try() in race


@pytest.mark.parametrize(
    "choose, rule, text",
    [
        (0, FIRST, "Choose all that are right. React with a letter for each."),
        (1, LAST, "Choose one. React with the letter. Your last reaction counts."),
        (2, LAST, "Choose two. React with a letter for each. Your last two reactions count."),
        (12, FIRST, "Choose 12. React with a letter for each. Your first 12 reactions count."),
    ],
)
def test_of_several_as_many_reactions_count_as_are_right(choose: int, rule: Reacting, text: str) -> None:
    """With nobody knowing how many, all do."""
    view = view_of(opened(sheet=sheet(MULTIPLE, choose=choose), reacting=rule))

    assert view.reacting == text


def test_a_listener_hears_the_options_and_the_task_as_ever() -> None:
    """What is heard does not depend on what a transport can show."""
    alt = view_of(opened(SINGLE, reacting=LAST)).alt

    assert "A. άλφα\nB. βήτα\nC. γάμμα\n\nChoose one." in alt
    assert not set(alt) & {emoji_of(place) for place in range(MOST_LETTERS)}


# ------------------------------------------------------------------------------------------------- replies


@pytest.mark.parametrize(
    "rule, more, text",
    [
        (LAST, True, "Your answer: B. To change it, react with another letter."),
        (FIRST, True, "Your answer: B. To change it, take the reaction away first."),
        (LAST, False, "Your answer: B. It stays as it is."),
        (None, True, "Your answer: B. You can change it until the question closes."),
    ],
)
def test_an_answer_by_reaction_says_how_it_is_changed(
    rule: Reacting | None, text: str, *, more: bool
) -> None:
    """By reacting again, or by taking away what counts."""
    effect = fx.AnswerAccepted(QUESTION, Kind.SINGLE_CHOICE, ("B",), changed=False, more=more, reacting=rule)

    assert said(effect) == text


def test_an_answer_that_was_taken_back_says_how_to_answer_anew() -> None:
    """Nothing of the answer is said back."""
    view = view_of(fx.AnswerWithdrawn(QUESTION))

    assert view.title == "Answer taken back"
    assert (
        plain(view.blocks) == "You have no answer to this question now. React with a letter to answer anew."
    )


# ------------------------------------------------------------------------------------------------ settings


@pytest.mark.parametrize(
    "rule, line",
    [
        (None, "Answers by reaction, here | off"),
        (FIRST, "Answers by reaction, here | the first counts"),
        (LAST, "Answers by reaction, here | the last counts"),
    ],
)
def test_the_settings_say_which_reaction_counts_here(rule: Reacting | None, line: str) -> None:
    """With a sentence that says what that means, where it means something."""
    text = plain(view_of(settings(reacting=rule)))

    assert line in text.splitlines()
    assert (ENGLISH.reactions_meaning() in text) is (rule is not None)
