"""The question of the day: its post, its reveal, and the reader's own answer."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import effects as fx
from bot.core.commands import ShowMine
from bot.core.effects import QuestionState
from bot.core.items import Item, Kind
from bot.wording.actions import answer_action, encode
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import (
    Button,
    Countdown,
    Form,
    Moment,
    Picker,
    Podium,
    Progress,
    Table,
)
from tests.wording.runs import runs
from tests.wording.samples import (
    DAY,
    DAY_QUESTION,
    DAY_ROUND,
    ITEMS,
    NOON,
    SINGLE,
    TEXT,
    day_changed,
    day_closed,
    day_opened,
    day_sheet,
    mine,
)

EVENING = NOON + timedelta(hours=12)


# ------------------------------------------------------------------------------------------------ the post


def test_the_post_reads_from_title_to_controls() -> None:
    """The whole message, as a transcript has it."""
    assert plain(view_of(day_opened())).split("\n\n") == [
        "Question of the day · Sunday, 22 November",
        "Ποιο είναι σωστό;",
        "A. άλφα\nB. βήτα\nC. γάμμα",
        "to answer: 2026-05-06 00:00 UTC",
        "Nobody has answered yet",
        "Anybody may answer, and change the answer until Wednesday, 6 May, 00:00 UTC.",
        "Choose one. (A, B, C) [Answer]",
    ]


def test_the_post_counts_down_to_its_reveal_and_says_it_by_the_readers_clock() -> None:
    """A transport that knows the reader's clock shows the moment by it."""
    view = view_of(day_opened())

    assert Countdown(NOON, EVENING, "to answer") in view.blocks
    assert Moment(EVENING, "Wednesday, 6 May, 00:00 UTC") in runs(view)


@pytest.mark.parametrize(
    "answered, said", [(0, "Nobody has answered yet"), (1, "1 has answered"), (3, "3 have answered")]
)
def test_the_count_says_who_has_answered_and_never_who_has_not(answered: int, said: str) -> None:
    """Nobody joins, so nobody is missed; of an answer nothing is said."""
    view = view_of(day_changed(answered=answered))

    assert Progress(answered, 0, said) in view.blocks
    assert "of 3" not in plain(view)


def test_the_post_has_nothing_for_a_host_and_nothing_to_join() -> None:
    """Nobody leads it, even while it has no clock yet."""
    view = view_of(day_opened(closes_at=None))

    assert [type(control) for control in view.controls] == [Picker]
    assert view.controls[0].action == answer_action(DAY_QUESTION)
    assert not [block for block in view.blocks if isinstance(block, Countdown)]
    assert "until it is revealed" in plain(view)


def test_the_post_lasts_while_the_channel_goes_on() -> None:
    """In any state, unlike a question of a round."""
    assert all(view_of(day_changed(state=state)).lasting for state in QuestionState)
    assert not view_of(replace(day_opened(), day=None)).lasting


def test_the_role_that_is_called_is_a_field_and_nowhere_else() -> None:
    """Only the post calls it; an edit has no call in it."""
    view = view_of(day_opened(mention="4711"))

    assert view.mention == "4711"
    assert "4711" not in view.alt
    assert view.title == view_of(day_opened()).title
    assert view_of(day_opened()).mention == ""
    assert view_of(day_changed()).mention == ""


def test_a_title_cannot_bring_a_call_in() -> None:
    """What an author wrote is text, whatever it looks like."""
    view = view_of(day_opened(replace(SINGLE, prompt="@everyone <@&1>")))

    assert view.mention == ""


# ------------------------------------------------------------------------------------------ the closed post


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.kind)
def test_a_closed_post_can_be_answered_for_practice(item: Item) -> None:
    """With the same control, which says what it is for."""
    (control,) = view_of(day_changed(item, state=QuestionState.CLOSED)).controls

    assert isinstance(control, Picker | Form)
    assert control.practice
    assert control.action == answer_action(DAY_QUESTION)
    assert control.label.startswith("You may still answer, for practice and without points. ")
    assert control.submit == "Practise"


@pytest.mark.parametrize("state", [QuestionState.OPEN, QuestionState.CLOSED])
def test_a_form_of_the_day_has_the_control_of_its_post(state: QuestionState) -> None:
    """After the reveal it is for practice there too."""
    form = view_of(fx.FormOpened(day_sheet(SINGLE), DAY, practice=state is QuestionState.CLOSED))
    post = view_of(day_changed(SINGLE, state=state))

    assert (form.title, form.controls) == (post.title, post.controls)


def test_an_open_post_is_not_for_practice() -> None:
    """Before the reveal an answer counts."""
    (control,) = view_of(day_changed()).controls

    assert isinstance(control, Picker)
    assert not control.practice


def test_a_closed_post_says_so_and_keeps_its_count() -> None:
    """The clock is gone."""
    text = plain(view_of(day_changed(state=QuestionState.CLOSED)))

    assert "This question is closed, and its answer has been shown.\n\n3 have answered" in text
    assert "to answer" not in text


@pytest.mark.parametrize("state", [QuestionState.STOPPED, QuestionState.SKIPPED, QuestionState.PAUSED])
def test_a_post_that_was_stopped_has_no_controls(state: QuestionState) -> None:
    """It counts for nobody, and breaks nothing."""
    view = view_of(day_changed(state=state))

    assert view.controls == ()
    assert "no streak breaks" in plain(view)


def test_a_post_in_a_transcript_has_no_controls_and_says_what_to_do() -> None:
    """The task stands in the text then."""
    view = view_of(day_opened(), actions=False)

    assert view.controls == ()
    assert "Choose one." in plain(view)


# ----------------------------------------------------------------------------------------------- the reveal


def test_the_reveal_reads_from_title_to_controls() -> None:
    """Distribution, right answer, explanation, who was right, who keeps a streak, and what comes next."""
    assert plain(view_of(day_closed())).split("\n\n") == [
        "Question of the day · Sunday, 22 November: the answer",
        "Right answer: B",
        "How many chose each: A 1, B 2 and C 0, of 3.",
        "✗ A. άλφα\n     γιατί άλφα\n✓ B. βήτα\n     γιατί βήτα\nC. γάμμα",
        "Επειδή έτσι.",
        "2 of 3 right: Άδα and Βίκη.",
        "Day streaks: Άδα 12 days and Βίκη 2 days.",
        "The next question: Wednesday, 6 May, 12:00 UTC.",
        "Missed it? Answer the question above all the same, for practice and without points.",
        "Source: Πηγή (https://1.2/3)",
        "[My answer]",
    ]


def test_the_reveal_has_no_podium_no_next_and_no_way_to_join() -> None:
    """All that a reader can do is look at what they answered."""
    view = view_of(day_closed())

    assert view.controls == (
        Button(encode(ShowMine(DAY_QUESTION), DAY_ROUND), "My answer", "My answer, shown to you alone"),
    )
    assert not [block for block in view.blocks if isinstance(block, Podium | Countdown | Table)]
    assert view_of(day_closed(), actions=False).controls == ()


@pytest.mark.parametrize("state", list(fx.RevealState))
def test_the_reveal_stays_as_it_is(state: fx.RevealState) -> None:
    """Nothing follows on it."""
    assert view_of(fx.RevealChanged(day_closed(), state)) == view_of(day_closed())


def test_what_was_typed_is_shown_with_how_often() -> None:
    """For typed answers that is the distribution."""
    tallies = (fx.Tally(2, right=True, text="άλφα"), fx.Tally(1, right=False, text="βήτα"))

    assert "What was answered\nAnswer | Times | Right?\nάλφα | 2 | yes\nβήτα | 1 | no" in plain(
        view_of(day_closed(TEXT, tallies=tallies))
    )


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"keepers": (fx.Keeper("Άδα", 12),)}, "Άδα has answered 12 days running."),
        ({"right": 3, "right_names": ("α", "β", "γ")}, "All 3 were right: α, β and γ."),
        ({"answered": 1, "right": 1, "right_names": ("α",)}, "1 of 1 right: α."),
        ({"right": 15, "answered": 20}, "15 of 20 right: Άδα, Βίκη and 13 others."),
        ({"answered": 0, "right": 0}, "Nobody answered."),
        ({"right": 0}, "3 answered, and nobody was right."),
    ],
)
def test_the_reveal_says_how_the_group_did(changes: dict[str, object], said: str) -> None:
    """Of those who answered: nobody else was asked to be there."""
    assert said in plain(view_of(day_closed(**changes))).split("\n\n")


def test_what_there_is_not_is_not_spoken_of() -> None:
    """No streaks, and no next question."""
    text = plain(view_of(day_closed(keepers=(), next_post=None)))

    assert "streak" not in text
    assert "next question" not in text


def test_the_next_question_is_told_by_the_readers_clock() -> None:
    """As a moment, not as words alone."""
    assert Moment(NOON + timedelta(days=1), "Wednesday, 6 May, 12:00 UTC") in runs(view_of(day_closed()))


# ------------------------------------------------------------------------------------------------ my answer


def test_a_late_answer_is_told_at_once_that_it_was_practice() -> None:
    """With what was right and why, and no points."""
    view = view_of(mine(question=DAY_QUESTION, counted=False))

    text = plain(view)
    assert (
        "That was not right.\n\nThat was for practice: it earns no points, and it changes no streak." in text
    )
    assert "Right answer: βήτα" in text
    assert "This question did not count." not in text


def test_my_answer_of_a_day_has_points_and_no_seconds() -> None:
    """A question that was open all day is no race."""
    text = plain(view_of(mine(question=DAY_QUESTION, right=True, credit=1, points=100, base=100)))

    assert "100 points: 100 for the answer." in text
    assert "You took" not in text


def test_a_skipped_question_of_a_round_is_no_practice() -> None:
    """It did not count for anybody."""
    assert "This question did not count." in plain(view_of(mine(counted=False)))


def test_every_kind_of_question_can_be_the_question_of_a_day() -> None:
    """Each can be answered, and each can be revealed."""
    assert {item.kind for item in ITEMS} == set(Kind)
    for item in ITEMS:
        assert view_of(day_opened(item)).controls
        assert view_of(day_closed(item)).controls
