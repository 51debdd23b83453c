"""Own decks as they are read, and what stands behind their buttons and forms."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.core import deck_effects as dx
from bot.core import effects as fx
from bot.core.commands import Intent
from bot.core.deck_commands import (
    DecideProposal,
    Draft,
    DropUpload,
    OpenMending,
    OpenWriting,
    ProposeQuestion,
    RemoveDeck,
    ShowProposals,
    ShowReport,
    TakeUpload,
    WriteQuestion,
)
from bot.core.drafting import Flaw
from bot.core.ids import DeckId
from bot.core.own_packs import DeckCount
from bot.wording.actions import decode
from bot.wording.plain import plain
from bot.wording.render import view_of
from bot.wording.views import Button, File, Form, Tone
from tests.wording.samples import SINGLE

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
DRAFT = Draft("What floats?", "* Cork\nLead", "It is light.", "Sea")
TYPED = ("What floats?", "* Cork\nLead", "It is light.", "Sea")


def said(effect: fx.Effect) -> str:
    """Return the message as a transcript has it."""
    return plain(view_of(effect).blocks)


def pressed(effect: fx.Effect, label: str) -> Intent | None:
    """Return what the button called *label* means."""
    (action,) = [one.action for one in view_of(effect).controls if one.label == label]
    found = decode(action, picked=None, typed=None, at=NOW)
    return found.intent if found else None


def submitted(effect: fx.Effect, typed: tuple[str, ...] = TYPED) -> Intent | None:
    """Return what the form of a view means when it is sent."""
    (form,) = [one for one in view_of(effect).controls if isinstance(one, Form)]
    found = decode(form.action, picked=None, typed=typed, at=NOW)
    return found.intent if found else None


def test_a_report_says_what_an_upload_would_bring_and_what_is_wrong() -> None:
    """The first ten problems, each with its place and what to do."""
    problems = tuple(dx.FileProblem("quiz.md", number, "Wrong.", "Mend it.") for number in range(12))
    report = dx.UploadReport(
        (dx.FileRead("quiz.md", "gift", 24, 1, 12),), 24, 1, 2, problems=problems, adds=True, off=1
    )

    text = said(dx.UploadRead("u1", report))

    assert "quiz.md (gift): 24 questions, 1 card or note, 12 problems" in text
    assert "Questions: 24 new, 1 changed, 2 there already." in text
    assert "1 question is not asked until you decide about it with /quiz decks review." in text
    assert "• quiz.md, line 9: Wrong. Mend it." in text
    assert "line 10" not in text
    assert "2 more are in the whole report." in text


@pytest.mark.parametrize(
    "questions, words", [(0, "no question could be read"), (2, "all that could be read is there already")]
)
def test_nothing_to_add_says_whether_anything_was_read(questions: int, words: str) -> None:
    """And speaks of no whole report, which is not kept then."""
    report = dx.UploadReport((dx.FileRead("quiz.md", "?", questions),), same=questions, dropped=7)

    text = said(dx.UploadRead("", report))

    assert words in text
    assert "7 lines became nothing." in text
    assert "the whole report" not in text


def test_the_buttons_below_a_report_say_yes_no_and_more() -> None:
    """Without anything to add there are none."""
    read = dx.UploadRead("u1", dx.UploadReport((), 24, adds=True))

    assert pressed(read, "Add 24 questions") == TakeUpload("u1")
    assert pressed(read, "Leave it") == DropUpload("u1")
    assert pressed(read, "Whole report") == ShowReport("u1")
    assert view_of(dx.UploadRead("", dx.UploadReport(()))).controls == ()
    assert pressed(dx.UploadRead("u1", dx.UploadReport((), others=3)), "Add this") == TakeUpload("u1")


def test_what_was_added_says_what_to_type() -> None:
    """Twenty decks at most, and how many more there are."""
    decks = tuple(DeckCount(DeckId(f"own-a/{n}"), f"Deck {n}", 3, 1) for n in range(22))

    text = said(dx.DecksAdded(dx.UploadReport((), 22, 1, decks=decks)))

    assert "/quiz play deck:own-a/19" in text
    assert "own-a/20" not in text
    assert "2 more decks: see /quiz decks." in text


def test_a_removal_is_asked_with_a_button_unless_it_cannot_be_said_in_one() -> None:
    """An id that long never comes from us."""
    asked = dx.RemovalAsked(DeckId("own-a/knots"), "Knots", 2)

    assert pressed(asked, "Remove it") == RemoveDeck(DeckId("own-a/knots"), sure=True)
    assert view_of(replace(asked, deck=DeckId("x" * 120))).controls == ()


def test_a_form_has_in_it_what_was_typed_and_means_what_it_is_for() -> None:
    """To write, to propose, or to mend."""
    (form,) = view_of(dx.WritingOpened(DRAFT)).controls
    assert isinstance(form, Form)

    assert tuple(field.value for field in form.fields) == TYPED
    assert [field.optional for field in form.fields] == [False, False, True, True]
    assert submitted(dx.WritingOpened(DRAFT)) == WriteQuestion(DRAFT)
    assert submitted(dx.WritingOpened(DRAFT, proposal=True)) == ProposeQuestion(DRAFT)
    assert submitted(dx.WritingOpened(DRAFT, mends="p1")) == DecideProposal("p1", accepted=True, draft=DRAFT)


def test_what_is_wrong_stands_above_the_form() -> None:
    """In one sentence, with the part that is meant."""
    effect = dx.WritingOpened(DRAFT, flaw=Flaw.SAME_OPTIONS, said="Cork")

    assert view_of(effect).tone is Tone.REFUSED
    assert said(effect) == "Two options say the same: “Cork”. Change one of them."


def test_a_proposal_can_be_accepted_mended_declined_and_passed_over() -> None:
    """One that cannot be asked can only be mended or declined."""
    shown = dx.ProposalShown("p1", "Ben", DRAFT, 2, SINGLE, next="p1")
    wrong = dx.ProposalShown("p1", "Ben", DRAFT, 1, flaw=Flaw.THERE_ALREADY)

    assert pressed(shown, "Accept") == DecideProposal("p1", accepted=True)
    assert pressed(shown, "Mend") == OpenMending("p1")
    assert pressed(shown, "Decline") == DecideProposal("p1", accepted=False)
    assert pressed(shown, "Next one") == ShowProposals("p1")
    assert [one.label for one in view_of(wrong).controls if isinstance(one, Button)] == ["Mend", "Decline"]
    assert "The group's decks have this question already." in said(wrong)


def test_after_a_decision_the_next_one_is_offered() -> None:
    """Unless there is none."""
    decided = dx.ProposalDecided(accepted=True, by="Ben", deck="Sea", left=2)

    assert pressed(decided, "Next one") == ShowProposals()
    assert view_of(replace(decided, left=0)).controls == ()


def test_a_file_stands_in_its_view_with_what_is_not_in_it() -> None:
    """The first ten of that."""
    given = dx.FileGiven("knots.gift", "a25vdHM=", tuple(f"thing {number}" for number in range(12)))

    assert view_of(given).blocks[0] == File("knots.gift", "a25vdHM=", "Download knots.gift")
    assert "12 things have no place in this format:" in said(given)
    assert "And 2 more." in said(given)


@pytest.mark.parametrize(
    "action, typed",
    [
        ("d:take", None),
        ("d:write:x", None),
        ("d:boil:x", None),
        ("d:boil", None),
        ("d:take:u1", TYPED),
        ("d:write", TYPED[:3]),
        ("d:write:x", TYPED),
        ("d:mend", TYPED),
        ("d:take:" + "x" * 100, None),
        ("d:take:U<1>", None),
    ],
)
def test_a_forged_action_means_nothing(action: str, typed: tuple[str, ...] | None) -> None:
    """Whatever comes with it."""
    assert decode(action, picked=None, typed=typed, at=NOW) is None


def test_buttons_open_forms() -> None:
    """What is picked goes with no deck's action, nor does more text than anybody types."""
    write, propose = (decode(one, picked=None, typed=None, at=NOW) for one in ("d:write", "d:propose"))
    long = ("x" * 20_001, *TYPED[1:])

    assert write is not None
    assert propose is not None
    assert (write.intent, propose.intent) == (OpenWriting(), OpenWriting(proposal=True))
    assert decode("d:write", picked=(0,), typed=None, at=NOW) is None
    assert decode("d:write", picked=None, typed=long, at=NOW) is None
