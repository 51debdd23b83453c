"""Letters that stand for options become the options; other letters stay."""

from dataclasses import replace

import pytest

from bot.core.items import Kind
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Fault, Harvest, Repair, Span
from bot.packs.repairs.drafts import repaired
from tests.growth import growth

OPTIONS = (DraftOption("A queue"), DraftOption("A stack", right=True), DraftOption("A tree"))


def test_a_cited_option_is_named() -> None:
    """Its text stands where its letter stood."""
    found = repaired(harvest("Option A keeps the order; choice (c) has branches."))
    assert found.questions[0].explanation == "“A queue” keeps the order; “A tree” has branches."
    assert found.repaired[Repair.CITED_LETTER] == 2


def test_a_closing_answer_is_taken_off() -> None:
    """What only repeats the key goes."""
    found = repaired(harvest("Last in, first out.\n\n**Correct answer:** B."))
    assert found.questions[0].explanation == "Last in, first out."
    assert found.repaired[Repair.CLOSING_ANSWER] == 1


def test_a_closing_answer_against_the_key_switches_the_question_off() -> None:
    """Both sides are quoted, and a person decides."""
    found = repaired(harvest("First in, first out. Answer: A"))
    assert found.questions[0].off
    assert [problem.fault for problem in found.problems] == [Fault.CONTRADICTION]
    assert "A queue" in found.problems[0].message
    assert "A stack" in found.problems[0].message
    assert repaired(found) == found


def test_a_letter_that_no_option_has_is_reported() -> None:
    """Nothing is made up for it."""
    found = repaired(harvest("Option F is wrong."))
    assert found.questions[0].explanation == "Option F is wrong."
    assert len(found.problems) == 1
    assert repaired(found) == found


@pytest.mark.parametrize("text", ["Vitamin B and Plan A.", "A company has a Class B network.", "Grade A", ""])
def test_other_letters_stay(text: str) -> None:
    """What is no option's letter is none of ours."""
    assert repaired(harvest(text)) == harvest(text)


@pytest.mark.parametrize(
    "cited, meant",
    [
        ("A and C are wrong.", "“A queue” and “A tree” are wrong."),
        ("B. because the last goes first.", "“A stack” because the last goes first."),
        ("A is incorrect, since it keeps order.", "“A queue” is incorrect, since it keeps order."),
        ("The first option keeps order.", "“A queue” keeps order."),
        ("Options A, B and C hold things.", "“A queue”, “A stack” and “A tree” hold things."),
        ("Take the other one (C) here.", "Take the other one “A tree” here."),
    ],
)
def test_every_way_to_cite_an_option_is_understood(cited: str, meant: str) -> None:
    """In explanations, and in what is said about an option."""
    assert repaired(harvest(cited)).questions[0].explanation == meant
    told = tuple(replace(option, feedback=cited) for option in OPTIONS)
    found = repaired(harvest("", told))
    assert {option.feedback for option in found.questions[0].options} == {meant}
    assert repaired(found) == found


@pytest.mark.parametrize(
    "text",
    [
        "Plan B is wrong. Vitamin A and D are not right for it.",
        "A bowline (B) holds; amperes (A) are units; hepatitis (C) is none.",
        "C is a language. A is a set. Type A is right.",
        "`Option A` and ```A is wrong```.",
        "The first option to come to mind.",
    ],
)
def test_letters_in_names_and_code_stay(text: str) -> None:
    """Only what is said of an option is about one."""
    assert repaired(harvest(text)) == harvest(text)


def test_clean_questions_cost_far_less_than_damaged_ones() -> None:
    """Words that give damage away are looked for before anything else."""
    clean = harvest("The last one that came is the first that goes, as plates on a pile do.")
    damaged = harvest("Option A keeps the order; choice (c) has branches.")
    many, as_many = (replace(one, questions=one.questions * 2000) for one in (clean, damaged))

    assert growth(repaired, many, as_many, enough=0.5) < 0.5


def test_options_that_are_letters_are_left_alone() -> None:
    """A letter is the option itself there."""
    lettered = tuple(replace(option, text=letter) for option, letter in zip(OPTIONS, "CAB", strict=True))
    given = harvest("Option A it is. Answer: A", lettered)
    assert repaired(given) == given


def harvest(explanation: str, options: tuple[DraftOption, ...] = OPTIONS) -> Harvest:
    """Return a source with one question."""
    question = DraftQuestion(Kind.SINGLE_CHOICE, "What is last in, first out?", Span(1, 9), options)
    return Harvest("page.md", "sample", 9, questions=(replace(question, explanation=explanation),))
