"""Marks that an explanation speaks against are reported with both sides; good questions are left alone."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.cards import CardKind
from bot.packs.exporting import export
from bot.packs.formats import mkdocs_quiz
from bot.packs.importing.drafts import DraftCard, Fault, Harvest, Span
from bot.packs.importing.held import Options
from bot.packs.importing.running import run
from bot.packs.importing.sources import SourceFile
from bot.packs.loading import load_pack
from bot.packs.repairs.drafts import repaired

CONTENT = Path(__file__).parents[3] / "content"
LOOP = "Which knot makes a fixed loop?"
ONE = ("+Bowline", "Sheet bend", "Reef knot")
TWO = ("+Bowline", "+Sheet bend", "Reef knot")
ACCUSING = (Fault.CONTRADICTION, Fault.TWO_MARKED, Fault.SOURCES_DISAGREE, Fault.GARBLED_TEXT)


def quiz(prompt: str, options: tuple[str, ...], explanation: str) -> Harvest:
    """Return a quiz page of one question, repaired; what stands behind ``>`` is an option's feedback."""
    rows = []
    for option in options:
        text, _, feedback = option.removeprefix("+").partition(" > ")
        rows.append(f"- [{'x' if option.startswith('+') else ' '}] {text}")
        rows += [f"> {feedback}"] if feedback else []
    text = "\n".join(("# Knots", "", "<quiz>", prompt, *rows, "", explanation, "</quiz>", ""))
    return repaired(mkdocs_quiz.read(SourceFile("knots.md", text.encode())))


@pytest.mark.parametrize(
    "explanation",
    [
        "The correct answer is Sheet bend.",
        "It holds well. **Correct answer:** the sheet bend, because it holds.",
        "Sheet bend is correct, because it holds.",
        "Option B is correct.",
        "The correct answer is B. It never slips.",
        "The bowline is wrong: it slips.",
        "Bowline is incorrect.",
        "The sheet bend makes a fixed loop.",
        "A *sheet bend* makes a fixed loop that never slips.",
        "Sheet bend makes a loop that neither slips nor jams.",
        "Last words.\n\nAnswer: B",
    ],
)
def test_an_explanation_against_the_key_switches_the_question_off(explanation: str) -> None:
    """Both sides are quoted, with the line that the question begins on."""
    found = quiz(LOOP, ONE, explanation)

    assert [(problem.fault, problem.line) for problem in found.problems] == [(Fault.CONTRADICTION, 3)]
    assert "Bowline" in found.problems[0].message
    assert found.questions[0].off
    assert repaired(found) == found


@pytest.mark.parametrize(
    "explanation",
    [
        "The bowline makes a fixed loop.",
        "The loop of a bowline neither slips nor jams.",
        "Only the bowline is correct.",
        "The correct answer is Bowline; it neither slips nor jams.",
        "It neither slips nor jams.\n\nAnswer: A",
        "The sheet bend is wrong, because it joins two ropes.",
    ],
)
def test_two_marks_of_which_one_is_supported_switch_the_question_off(explanation: str) -> None:
    """Both marked options and the sentence that is for one of them are quoted."""
    found = quiz(LOOP, TWO, explanation)

    assert [(problem.fault, problem.line) for problem in found.problems] == [(Fault.TWO_MARKED, 3)]
    assert "“Bowline” and “Sheet bend” are marked" in found.problems[0].message
    assert found.questions[0].off
    assert repaired(found) == found


@pytest.mark.parametrize(
    "prompt, options, explanation",
    [
        (LOOP, ONE, "The correct answer is Bowline."),
        (LOOP, ONE, "Answer: A"),
        (LOOP, ONE, "The sheet bend joins two ropes."),
        (LOOP, ONE, "Sheet bend and reef knot are wrong."),
        (LOOP, ONE, "Some believe that the sheet bend is correct."),
        (LOOP, ONE, "A sheet bend is right when the ropes differ."),
        (LOOP, ONE, "Sheet bend is correct for ropes of different thickness, but not here."),
        (LOOP, ONE, "Unlike the sheet bend, it makes a fixed loop."),
        (LOOP, ONE, "The sheet bend makes a fixed loop only with a second knot; the bowline always does."),
        (LOOP, ONE, "The sheet bend never makes a fixed loop."),
        (LOOP, ONE, "The sheet bend makes ropes longer."),
        (LOOP, ONE, "The sheet bend makes a loop too, but not a fixed one."),
        (LOOP, TWO, "Both hold a climber."),
        (LOOP, TWO, "The bowline and the sheet bend both can."),
        (LOOP, TWO, ""),
        ("Which two make a loop?", TWO, "The bowline makes a fixed loop."),
        ("Which knots make a loop? Select all that apply.", TWO, "The bowline makes a fixed loop."),
        ("Which of these are knots?", TWO, "The correct answer is Bowline."),
        ("Which knot does NOT make a loop?", ("+Sheet bend", "Bowline"), "Bowline is correct: it loops."),
        ("Which statement is false?", ("+Ropes last for ever.", "Ropes age."), "Ropes age. is correct."),
        ("Which side is it?", ("+Left", "Starboard"), "Starboard is right."),
        ("A knot weakens a rope.", ("+True", "False"), "False hopes aside, it does."),
        (LOOP, ("+Bowline > Correct! It holds.", "Sheet bend > Incorrect. It joins."), ""),
        ("Which is wrong?", ("+Knots hold. > Correct.", "Knots slip. > Wrong. They do."), ""),
    ],
)
def test_a_question_that_agrees_with_its_explanation_is_left_alone(
    prompt: str, options: tuple[str, ...], explanation: str
) -> None:
    """What is hedged, turned round, or says nothing of the key is no contradiction."""
    found = quiz(prompt, options, explanation)

    assert not found.questions[0].off
    assert not [problem for problem in found.problems if problem.fault in ACCUSING]


def test_a_statement_that_its_explanation_calls_false_is_reported() -> None:
    """A single word in front is as plain as a sentence."""
    for explanation in ("False. It is weaker at the knot.", "The statement is false, because knots bend it."):
        found = quiz("A knot makes a rope stronger.", ("+True", "False"), explanation)
        assert [problem.fault for problem in found.problems] == [Fault.CONTRADICTION]


def test_a_feedback_against_its_mark_is_reported() -> None:
    """Whoever writes "Wrong." below the marked option contradicts himself too."""
    found = quiz(LOOP, ("+Bowline > Wrong. It slips.", "Sheet bend"), "")
    assert [problem.fault for problem in found.problems] == [Fault.CONTRADICTION]
    assert "Wrong. It slips." in found.problems[0].message


_SAID = (
    "The correct answer is Bowline.",
    "Sheet bend is correct.",
    "Option A is wrong.",
    "B and C are incorrect, because they slip.",
    "The sheet bend makes a fixed loop.",
    "It isnâ€t so.",
    "Answer: B",
    "",
)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from((ONE, TWO, ("Bowline", "+Sheet bend > Wrong."), ("+True", "False"))),
    st.lists(st.sampled_from(_SAID), max_size=3),
)
def test_what_was_found_is_not_found_again(options: tuple[str, ...], said: list[str]) -> None:
    """Each contradiction is reported once, however often a source is looked at."""
    found = quiz(LOOP, options, "\n\n".join(said))
    again = repaired(found)
    assert again.problems == found.problems
    assert again.questions[0].off == found.questions[0].off


@pytest.mark.parametrize("name", ["aws-mle", "night-sky"])
@pytest.mark.parametrize("format_", ["mkdocs-quiz", "gift"])
def test_no_item_that_ships_is_accused(name: str, format_: str) -> None:
    """Hundreds of good explanations, exported and imported again, speak against no key."""
    today = date(2026, 11, 23)
    pack = load_pack(CONTENT / name, today).pack
    assert pack is not None
    files = export(pack, format_).files
    imported = run([SourceFile(one, data) for one, data in files.items()], None, Options("again", today))

    found = [problem for one in imported.report.files for problem in one.problems]
    assert [problem for problem in found if problem.fault in ACCUSING] == []


@pytest.mark.parametrize("text", ["It isnâ€t.", "A \ufffd sign", "50 ‚Ä of it"])
def test_what_cannot_be_decoded_is_reported(text: str) -> None:
    """Nobody types such signs."""
    found = repaired(_card(text))
    assert [problem.fault for problem in found.problems] == [Fault.GARBLED_TEXT]
    assert repaired(found) == found


@pytest.mark.parametrize(
    "text", ["São João – «ça va»", "√2 ≠ 2, ¬a", "日本語 🧪", "Ärger, `â€` in code", "50 €"]
)
def test_text_that_is_right_is_not_called_garbled(text: str) -> None:
    """Accents, mathematics, pictures and code are what they are."""
    assert not repaired(_card(text)).problems


def _card(text: str) -> Harvest:
    card = DraftCard(CardKind.QUESTION, "Which?", text, Span(4, 5))
    return Harvest("cards.md", "sample", 9, cards=(card,))
