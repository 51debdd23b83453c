"""Private replies: one clear sentence for each thing that can be said to one learner."""

import re

import pytest

from bot.core import effects as fx
from bot.core.commands import Redo
from bot.core.effects import Confirmation, Refusal
from bot.core.grades import Unreadable
from bot.core.items import Item, Kind
from bot.core.responses import Chosen
from bot.wording.actions import encode
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Button, Style, Tone
from tests.wording.samples import (
    EXACT,
    MATCH,
    MULTIPLE,
    ORDER,
    QUESTION,
    ROUND,
    SINGLE,
    TWO_BLANKS,
    A,
    B,
    C,
    mine,
    missed,
)

SENTENCE = re.compile(r"[^.?!]+[.?!](?= |$)")


def said(effect: fx.Effect) -> str:
    """Return what stands under the title of a reply."""
    return plain(view_of(effect).blocks)


# ---------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("reason", list(Refusal))
def test_every_refusal_has_sentences_of_its_own(reason: Refusal) -> None:
    """What was wrong, and what to do next: one or two short sentences that no other refusal has."""
    text = said(fx.CommandRefused(reason, "Άδα"))

    assert 1 <= len(SENTENCE.findall(text)) <= 2
    assert len(text) <= 110
    assert [other for other in Refusal if said(fx.CommandRefused(other, "Άδα")) == text] == [reason]


@pytest.mark.parametrize("reason", [reason for reason in Refusal if reason is not Refusal.BAD_SETTING])
def test_an_answer_is_refused_in_the_same_words_as_a_command(reason: Refusal) -> None:
    """One reason, one sentence."""
    view = view_of(fx.AnswerRefused(QUESTION, reason))

    assert plain(view.blocks) == said(fx.CommandRefused(reason))
    assert (view.title, view.tone) == ("Answer not counted", Tone.REFUSED)


@pytest.mark.parametrize("reason", list(Unreadable))
def test_every_reason_of_grading_has_sentences_of_its_own(reason: Unreadable) -> None:
    """What could not be read, and how to send it again."""
    text = said(fx.AnswerRefused(QUESTION, None, reason.value))

    assert len(SENTENCE.findall(text)) == 2
    assert len(text) <= 110
    same = [other for other in Unreadable if said(fx.AnswerRefused(QUESTION, None, other.value)) == text]
    assert same == [reason]


def test_a_reason_of_grading_that_is_not_known_is_answered_all_the_same() -> None:
    """A stored reply may be older or newer than the words."""
    assert said(fx.AnswerRefused(QUESTION, None, "?")).startswith("That could not be read as an answer.")


@pytest.mark.parametrize(
    "reason, detail, text",
    [
        (Refusal.NOT_HOST, "Άδα", "Only the host can do that. Ask Άδα."),
        (Refusal.NOT_HOST, "", "Only the host can do that. Ask the host."),
        (
            Refusal.ROUND_RUNS,
            "Άδα",
            "A round of Άδα is running already. Take part in it there, or wait until it ends.",
        ),
        (Refusal.ROUND_RUNS, "", "A round is running already. Take part in it there, or wait until it ends."),
        (
            Refusal.BAD_SETTING,
            "lobby_seconds 0 600",
            "The lobby's time in seconds must be from 0 to 600. Try again with a number in between.",
        ),
        (Refusal.BAD_SETTING, "colour 1 2", "One of the settings is out of its range. See /quiz help."),
        (Refusal.BAD_SETTING, "seconds", "One of the settings is out of its range. See /quiz help."),
        (Refusal.BAD_SETTING, "", "One of the settings is out of its range. See /quiz help."),
    ],
)
def test_a_refusal_names_who_or_what_it_is_about(reason: Refusal, detail: str, text: str) -> None:
    """A name, or a setting with its limits."""
    assert said(fx.CommandRefused(reason, detail)) == text


def test_having_missed_nothing_is_no_trouble() -> None:
    """It is refused, but it is good news."""
    assert view_of(fx.CommandRefused(Refusal.NOTHING_MISSED)).tone is Tone.INFO


# ------------------------------------------------------------------------------------- answers and joining


@pytest.mark.parametrize(
    "kind, labels, text",
    [
        (Kind.SINGLE_CHOICE, ("B",), "Your answer: B."),
        (Kind.MULTIPLE_RESPONSE, ("A", "C"), "Your answer: A and C."),
        (Kind.ORDERING, ("C", "A", "B"), "Your answer: C, A, B."),
        (Kind.FILL_IN, ("one\ntwo", "x"), "Your answer: one two, x."),
        (Kind.FREE_TEXT, ("It is the Moon.",), "Your answer: It is the Moon."),
    ],
)
def test_an_accepted_answer_is_said_back(kind: Kind, labels: tuple[str, ...], text: str) -> None:
    """As its sender knows it, and whether it can still be changed."""
    first = view_of(fx.AnswerAccepted(QUESTION, kind, labels, changed=False, more=True))
    last = view_of(fx.AnswerAccepted(QUESTION, kind, labels, changed=True, more=False))

    assert (first.title, last.title) == ("Answer in", "Answer changed")
    assert plain(first.blocks) == f"{text} You can change it until the question closes."
    assert plain(last.blocks) == f"{text} It stays as it is."
    assert first.tone is last.tone is Tone.GOOD


@pytest.mark.parametrize(
    "judged, title, text",
    [
        (
            fx.AnswerJudged(QUESTION, right=True, near=False),
            "Right",
            "That is right. You will hear in a moment whether you were first.",
        ),
        (
            fx.AnswerJudged(QUESTION, right=False, near=True),
            "Not right",
            "Close, but not right. You are out until the next question.",
        ),
        (
            fx.AnswerJudged(QUESTION, right=False, near=False),
            "Not right",
            "Not right. You are out until the next question.",
        ),
    ],
)
def test_in_mode_first_the_sender_hears_at_once(judged: fx.AnswerJudged, title: str, text: str) -> None:
    """A near miss is told as such, and still locks."""
    view = view_of(judged)

    assert (view.title, plain(view.blocks)) == (title, text)
    assert view.tone is (Tone.GOOD if judged.right else Tone.REFUSED)


@pytest.mark.parametrize(
    "what, detail, text",
    [
        (Confirmation.STARTED, "", "Your round is open, and you are in it."),
        (Confirmation.JOINED, "", "You are in the round."),
        (Confirmation.JOINED, "2", "You are in the round. You play for Team 2."),
        (Confirmation.JOINED_NEXT, "", "You are in, from the next question on."),
        (Confirmation.JOINED_NEXT, "1", "You are in, from the next question on. You play for Team 1."),
        (Confirmation.LEFT, "", "You left the round. Your points stay, and nobody waits for you."),
        (Confirmation.DONE, "", ""),
        (
            Confirmation.REDO,
            "",
            "What you missed is asked once more in your private channel, for you alone and without points.",
        ),
    ],
)
def test_a_command_that_took_effect_is_confirmed(what: Confirmation, detail: str, text: str) -> None:
    """Shortly, since the channel's own message says the rest."""
    assert said(fx.CommandDone(what, detail)) == text


# -------------------------------------------------------------------------------------------- my own answer


def test_my_answer_reads_from_prompt_to_source() -> None:
    """What I chose and its feedback, what it earned, what was right and why."""
    assert plain(view_of(mine())).split("\n\n") == [
        "Your answer",
        "Ποιο είναι σωστό;",
        "Your answer: A. άλφα",
        "γιατί άλφα",
        "That was not right.",
        "It earned no points.",
        "You took 2.4 seconds.",
        "Right answer: βήτα",
        "Επειδή έτσι.",
        "Source: Πηγή (https://1.2/3)",
    ]


def test_options_have_the_letters_that_they_were_shown_under() -> None:
    """Several stand in the order of their letters, each with its feedback."""
    text = said(mine(MULTIPLE, order=(2, 1, 0), response=Chosen((A, C))))

    assert "Your answers:\n\n• A. γάμμα\n\n  γιατί γάμμα\n• C. άλφα\n\n  γιατί άλφα" in text


@pytest.mark.parametrize(
    "of, text",
    [
        (MATCH, "Your pairs:\nFor | Yours\nένα | άλφα\nδύο | άλφα"),
        (ORDER, "Your order:\n\n1. άλφα\n2. βήτα\n3. γάμμα"),
        (TWO_BLANKS, "Your answer: “έψιλον”, “ζήτα”"),
        (EXACT, "Your answer: “12”"),
    ],
)
def test_each_kind_of_answer_is_said_back(of: Item, text: str) -> None:
    """Beside the right one, which follows."""
    assert text in said(mine(of))


@pytest.mark.parametrize(
    "changes, sentences",
    [
        (
            {"right": True, "credit": 1, "points": 100, "base": 100},
            ["That was right.", "100 points: 100 for the answer."],
        ),
        (
            {"right": True, "credit": 1, "points": 1150, "base": 1100, "speed": 20, "streak_bonus": 30},
            ["1,150 points: 1,100 for the answer, 20 for speed and 30 for your answer streak."],
        ),
        ({"right": True, "credit": 1, "points": 1, "base": 1}, ["1 point: 1 for the answer."]),
        ({"credit": 2 / 3, "points": 66, "base": 66}, ["That was partly right: 66 %."]),
        ({"near": True}, ["That was close, but not right.", "It earned no points."]),
        ({"counted": False}, ["This question did not count."]),
    ],
)
def test_what_it_earned_is_said_by_part(changes: dict[str, object], sentences: list[str]) -> None:
    """Base, speed and answer streak."""
    text = said(mine(**changes))

    assert [sentence for sentence in sentences if sentence not in text] == []


def test_my_pairs_stand_as_they_were_shown() -> None:
    """Mine, and the right ones below them."""
    text = said(mine(MATCH, response=Chosen((A, C)), stem_order=(1, 0)))

    assert "δύο | γάμμα\nένα | άλφα" in text
    assert "δύο | άλφα\nένα | βήτα" in text


def test_what_was_right_is_not_said_twice() -> None:
    """My own right answer is the right answer."""
    assert "Right answer" not in said(mine(response=Chosen((B,)), right=True, credit=1))


def test_no_answer_is_said_as_such() -> None:
    """And what would have been right."""
    text = said(mine(response=None))

    assert "You did not answer this one." in text
    assert "Right answer: βήτα" in text
    assert "seconds" not in text


# ------------------------------------------------------------------------------------------- what I missed


def test_what_i_missed_has_each_question_with_its_answer_and_why() -> None:
    """And a button that asks them again."""
    one = fx.Missed(QUESTION, SINGLE, Chosen((C,)))
    view = view_of(missed(missed=(one,)))

    assert plain(view).split("\n\n") == [
        "What you missed: Τίτλος",
        "You got 1 of 5 questions right.",
        "100 points, 2nd of 2.",
        "Question 2",
        "Ποιο είναι σωστό;",
        "Your answer: γάμμα",
        "γιατί γάμμα",
        "Right answer: βήτα",
        "Επειδή έτσι.",
        "Source: Πηγή (https://1.2/3)",
        "[Redo these]",
    ]
    assert view.controls == (
        Button(
            encode(Redo(ROUND), ROUND),
            "Redo these",
            "Redo these questions in your private channel, for you alone",
            Style.PRIMARY,
        ),
    )


def test_without_actions_what_i_missed_has_no_button() -> None:
    """The words are the same."""
    assert view_of(missed(), actions=False).controls == ()


def test_several_right_options_are_listed_without_letters() -> None:
    """Letters belong to a question as it was shown."""
    one = fx.Missed(QUESTION, MULTIPLE, Chosen((A, B)))
    text = said(missed(missed=(one,)))

    assert "Your answers:\n\n• άλφα\n\n  γιατί άλφα\n• βήτα" in text
    assert "Right answers:\n\n• άλφα\n• γάμμα" in text


@pytest.mark.parametrize(
    "rank, place",
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (112, "112th"),
    ],
)
def test_a_rank_is_said_as_a_place(rank: int, place: str) -> None:
    """As English counts places."""
    assert f"100 points, {place} of 2." in said(missed(rank=rank))


@pytest.mark.parametrize("changes", [{"scored": False}, {"rank": 0}])
def test_without_points_or_rank_no_place_is_said(changes: dict[str, object]) -> None:
    """A redo has no standing."""
    assert "points" not in said(missed(missed=(fx.Missed(QUESTION, SINGLE, None),), **changes))


def test_having_missed_nothing_leaves_nothing_to_redo() -> None:
    """Good news, without a button."""
    view = view_of(missed(missed=(), title=""))

    assert plain(view) == "What you missed: Mixed questions\n\nYou missed nothing."
    assert (view.controls, view.tone) == ((), Tone.GOOD)


@pytest.mark.parametrize("again", [True, False])
def test_who_flags_a_question_is_thanked(*, again: bool) -> None:
    """And told what becomes of it, and of a second flag."""
    view = view_of(fx.QuestionFlagged(QUESTION, again))

    assert (view.title, view.tone, view.controls) == ("Flagged", Tone.GOOD, ())
    thanks, second = plain(view.blocks).split(". ")
    said = (
        "you had flagged it before" if again else "it is written down for those who look after the questions"
    )
    assert thanks == f"Thank you: {said}"
    assert "reason" in second
    assert "replaces" in second
