"""A mock exam that is not like its exam is told, with the line of what does not fit."""

from pathlib import Path

import pytest

from tests.packs.samples import CASE, SINGLE, check, edited, unmark
from tests.packs.study_samples import EXAM, FIVE, SHORT, exam_pack, statement

KINDS = edited(SHORT, "source:", "kinds: [true_false]\nsource:")
CHOICE = edited(
    edited(edited(SINGLE, "topic: knots", 'topic: "2.1"'), "id: fixed-loop", "id: five"),
    "30-01-01",
    "30-02-01",
)
STUDY = edited(
    edited(edited(CASE, "    topic: belays", '    topic: "2.1"'), "topic: knots", 'topic: "2.1"'),
    "id: rescue",
    "id: five",
)


@pytest.mark.parametrize(
    "old, new, code, says",
    [
        ("  - five\n", "  - fve¶\n  - five\n", "unknown-item", "`fve`"),
        ("  - five\n", "  - five\n  - two¶\n", "duplicate-id", "first on line 7"),
        ("blueprint: exam-1", "blueprint: exam-2¶", "unknown-blueprint", "`exam-2`"),
        ("title: Mock exam 1\n", "", "missing-field", "`title`"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(old: str, new: str, code: str, says: str, tmp_path: Path) -> None:
    """With the line of the entry."""
    marked = unmark(edited(EXAM, old, new))

    problems = check(exam_pack(tmp_path, exam=marked.text)).problems

    found = next(problem for problem in problems if problem.code == code)
    assert (found.line, found.item) == (marked.line, "mock-1")
    assert found.file.endswith("exams/mock-1.yaml")
    assert says in found.message


def test_an_exam_of_another_length_is_told_at_its_items(tmp_path: Path) -> None:
    """A mock exam trains the pace as well."""
    (problem,) = check(exam_pack(tmp_path, exam=edited(EXAM, "  - three\n", ""))).problems

    assert (problem.code, problem.line) == ("exam-length", 6)
    assert problem.message == "The exam has 4 questions, but `exam-1` has 5."


def test_an_exam_with_too_much_of_one_domain_is_told(tmp_path: Path) -> None:
    """More than one question off."""
    items = (*FIVE[:3], statement("four", "1.2", "Ropes wear out."), statement("five", "1.1", "Knots slip."))

    problems = check(exam_pack(tmp_path, *items, exam=EXAM)).problems

    assert [(problem.code, problem.line) for problem in problems] == [("exam-weights", 6)] * 2
    assert problems[0].message == "Domain 1 has 5 questions, but 60 % of 5 are 3.0."
    assert problems[1].mend == "Add questions of this domain."


def test_a_domain_may_be_one_question_off(tmp_path: Path) -> None:
    """Weights seldom make whole questions."""
    items = (*FIVE[:4], statement("five", "1.2", "Ropes wear out."))

    assert check(exam_pack(tmp_path, *items, exam=EXAM)).problems == ()


@pytest.mark.parametrize(
    "five, says",
    [
        (CHOICE, "is of the kind `single_choice`"),
        (statement("five", "2.1", "Gloves help.", "    off: Ask Ann.\n"), "is switched off"),
    ],
)
def test_an_item_that_the_exam_cannot_ask_is_told(five: str, says: str, tmp_path: Path) -> None:
    """Its kind is none of the exam's, or somebody has to decide about it first."""
    problems = check(exam_pack(tmp_path, *FIVE[:4], five, blueprint=KINDS, exam=EXAM)).problems

    assert [(problem.code, problem.line) for problem in problems] == [("exam-item", 10)]
    assert says in problems[0].message


def test_an_item_of_another_exam_is_told(tmp_path: Path) -> None:
    """Only what serves the exam's own blueprint may be asked."""
    other = edited(SHORT, "id: exam-1", "id: exam-0")
    folder = exam_pack(tmp_path, exam=edited(EXAM, "blueprint: exam-1", "blueprint: exam-0"))
    (folder / "blueprints/exam-0.yaml").write_text(other, encoding="utf-8")

    problems = check(folder).problems

    assert [(problem.code, problem.line) for problem in problems] == [
        ("exam-item", line) for line in range(6, 11)
    ]
    assert problems[0].message == "`one` does not serve `exam-0`."


def test_each_part_of_a_case_study_is_a_question(tmp_path: Path) -> None:
    """The exam names the case study, and asks all of its parts."""
    six = edited(SHORT, "questions: 5", "questions: 6")

    assert check(exam_pack(tmp_path, *FIVE[:4], STUDY, blueprint=six, exam=EXAM)).problems == ()


def test_a_case_study_in_an_exam_that_has_none_is_told(tmp_path: Path) -> None:
    """Each of its parts is, with the line of the case study."""
    six = edited(KINDS, "questions: 5", "questions: 6")

    problems = check(exam_pack(tmp_path, *FIVE[:4], STUDY, blueprint=six, exam=EXAM)).problems

    assert [(problem.code, problem.line) for problem in problems] == [("exam-item", 10)] * 2
    assert "part of a case study" in problems[0].message
