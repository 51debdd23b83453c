"""A check finds what is poorly written, on its line, and leaves alone what only looks so."""

import json
from pathlib import Path

import pytest

from bot.packs.checks.coverage import check_coverage
from bot.packs.checks.running import asked_items
from bot.packs.problems import Code, Findings, Problem, Spot
from bot.packs.reports import check_report
from tests.packs import poor_items
from tests.packs.poor_items import Poor, choice, says
from tests.packs.samples import BLUEPRINT, TODAY, check, deck, edited, good_pack, unmark, write
from tests.packs.study_samples import CARDS, EXAM_PACK, FIVE, LAB, NOTE, SHORT, exam_pack, statement

EVERY = (*poor_items.GIVEN_AWAY, *poor_items.TWICE, *poor_items.UNSHOWN)


def found_in(folder: Path) -> list[tuple[str, int, str]]:
    """Return code, line and item of each finding of a whole check."""
    return [(one.code.value, one.line, one.item) for one in check_report([folder], TODAY).problems]


@pytest.mark.parametrize("poor", EVERY, ids=lambda poor: poor.name)
def test_what_is_poorly_written_is_found_on_its_line(poor: Poor, tmp_path: Path) -> None:
    """And nothing else is, in items that have one fault or only seem to have it."""
    marked = unmark(deck(poor.text))
    folder = good_pack(tmp_path)
    write(folder, decks__ropes=marked.text)

    problems = check_report([folder], TODAY).problems

    wanted = [(poor.code, marked.line)] if "¶" in poor.text else []
    assert [(problem.code, problem.line) for problem in problems] == wanted
    assert all(poor.says in problem.message for problem in problems)
    assert all(problem.message.endswith(".") and problem.mend.endswith(".") for problem in problems)


def test_reading_a_pack_makes_no_findings_of_its_writing(tmp_path: Path) -> None:
    """Packs are read again while they are served, and that stays quick."""
    folder = good_pack(tmp_path)
    write(folder, decks__ropes=deck(choice("Pick.", "All of the above", "Sun", "Sand")))

    assert check(folder).problems == ()
    assert len(check_report([folder], TODAY).problems) == 1


def test_a_pack_with_an_error_is_not_checked_further(tmp_path: Path) -> None:
    """Its items have stand-ins."""
    folder = good_pack(tmp_path)
    write(folder, decks__ropes=deck(edited(choice("Pick.", "All of these", "Sun"), "key: o0", "key: o7")))

    assert [code for code, *_ in found_in(folder)] == ["unknown-option"]


def test_cards_are_compared_with_cards(tmp_path: Path) -> None:
    """A card and an item may ask the same; two cards may not."""
    again = """\
  - id: again
    kind: question
    topic: knots
    front: Why does the end get a *knot*?
    back: So that it cannot slip through.
"""
    folder = good_pack(tmp_path)
    write(folder, cards__ropes=edited(CARDS, "    off: The sources differ.\n", "") + again)

    assert found_in(folder) == [("duplicate-entry", 28, "again")]


def test_what_is_switched_off_is_found_with_its_reason_and_compared_with_nothing(tmp_path: Path) -> None:
    """Nobody is asked it until somebody decides."""
    folder = good_pack(tmp_path)
    off = says("Knots hold.", own="two") + "    off: Is it so?\n"
    write(folder, decks__ropes=deck(says("Knots hold."), off))

    (problem,) = check_report([folder], TODAY).problems

    assert (problem.code, problem.line, problem.item) == ("switched-off", 21, "two")
    assert problem.message == "This is switched off (Is it so?)."


def test_a_small_pack_needs_no_sources_and_no_sections(tmp_path: Path) -> None:
    """A group writes what it likes; who prepares for an exam answers for more."""
    folder = good_pack(tmp_path)
    write(folder, cards__ropes=edited(CARDS, "    off: The sources differ.\n", ""), labs__anchor=LAB)
    (folder / "notes").mkdir()
    (folder / "notes/belaying.md").write_text(edited(NOTE, "## Objectives\n", "## Aims\n"), encoding="utf-8")

    assert found_in(folder) == []


def test_in_a_pack_for_an_exam_everything_names_its_source(tmp_path: Path) -> None:
    """Items, cards, notes and labs."""
    source = '    sources:\n      - {title: Measures, url: "https://example.org/measures"}\n'
    bare = edited(FIVE[0], source, "")
    head = "format: 1\nid: a\ntitle: A\ndescription: A.\ncards:\n"
    card = head + "  - {id: c, kind: term, topic: '1.1', front: F, back: B}\n"
    folder = exam_pack(tmp_path, bare, *FIVE[1:])
    write(folder, cards__a=card)

    assert found_in(folder) == [("missing-source", 6, "c"), ("missing-source", 6, "one")]


@pytest.mark.parametrize(
    "old, new, code, says_, line",
    [
        ("## Objectives\n", "## Aims\n", "missing-section", "no section `Objectives`", 10),
        ("## Worked example\nA fall of two metres.\n", "", "missing-section", "`Worked example`", 10),
        ("A fall of two metres.\n", "", "missing-section", "`Worked example`", 10),
        ("- Hold a fall\n  with one hand.\n* Say", "Say", "missing-section", "nothing to take apart", 10),
        ("### What is slack?\nRope that hangs.\n", "### What is slack?\n", "missing-answer", "slack", 39),
        ("## Explanation\n", "## More\nHere.\n\n## explanation\n", "", "", 0),
    ],
)
def test_a_note_for_an_exam_has_six_sections(
    old: str, new: str, code: str, says_: str, line: int, tmp_path: Path
) -> None:
    """In any order and case, with others between."""
    folder = exam_pack(tmp_path)
    note = edited(edited(NOTE, "topic: belays", 'topic: "1.1"'), old, new)
    (folder / "notes").mkdir()
    (folder / "notes/belaying.md").write_text(note, encoding="utf-8")

    problems = check_report([folder], TODAY).problems

    assert [(one.code, one.line, one.item) for one in problems] == (
        [(code, line, "belaying")] if code else []
    )
    assert all(says_ in problem.message for problem in problems)


def test_headings_may_stand_in_notes_and_in_the_steps_of_labs(tmp_path: Path) -> None:
    """These are long enough for them; a picture is found in each all the same."""
    folder = good_pack(tmp_path)
    write(folder, labs__anchor=edited(LAB, "      Clip a carabiner", "      ### First\n      ![Clip](x.png)"))
    (folder / "notes").mkdir()
    note = edited(NOTE, "The rope bends.", "# Friction\n\n![A rope](rope.png)")
    (folder / "notes/belaying.md").write_text(note, encoding="utf-8")

    assert found_in(folder) == [("picture", 16, "anchor"), ("picture", 31, "belaying")]


# ------------------------------------------------------------------------------------------------ coverage


def spread(folder: Path, *counts: int) -> list[Problem]:
    """Write so many items for each of the three tasks; return what is found about their spread."""
    tasks = [task for task, count in zip(("1.1", "1.2", "2.1"), counts, strict=True) for _ in range(count)]
    pack = exam_pack(
        folder, *(statement(f"s{n}", task, f"{n}.") for n, task in enumerate(tasks)), blueprint=BLUEPRINT
    )
    checked = check(pack)
    assert checked.pack is not None
    findings = Findings("pack.yaml")
    items = asked_items(checked.pack, TODAY)
    check_coverage(items, checked.blueprints[0], checked.blueprint_line, Spot(findings))
    return findings.kept


def test_a_domain_off_its_weight_is_told_at_the_blueprint_s_line(tmp_path: Path) -> None:
    """More than five points."""
    problems = spread(tmp_path, 20, 20, 20)

    line = EXAM_PACK.splitlines().index("blueprint: exam-1") + 1
    assert [(one.code, one.line) for one in problems] == [(Code.DOMAIN_SHARE, line)] * 2
    assert problems[0].message == "Domain 1 has 67% of the items, but a weight of 60 %."


def test_a_task_with_hardly_any_items_is_told(tmp_path: Path) -> None:
    """Also when its domain has enough."""
    (problem,) = spread(tmp_path, 33, 3, 24)

    assert problem.code is Code.TASK_COVERAGE
    assert problem.message == "Task 1.2 has 3 items; under 5 say little of it."


@pytest.mark.parametrize("counts", [(18, 18, 24), (20, 18, 22), (59, 0, 0)])
def test_an_even_spread_and_a_pack_that_is_on_its_way_are_fine(
    counts: tuple[int, int, int], tmp_path: Path
) -> None:
    """A share may be off by five points, and under sixty items nothing is measured."""
    assert spread(tmp_path, *counts) == []


def test_a_report_counts_cards_notes_and_labs(tmp_path: Path) -> None:
    """In JSON too."""
    folder = good_pack(tmp_path)
    write(folder, cards__ropes=CARDS, labs__anchor=LAB)

    (line,) = json.loads(check_report([folder], TODAY).to_json())["packs"]

    assert (line["cards"], line["notes"], line["labs"]) == (3, 0, 1)


def test_the_blueprint_of_the_samples_is_short() -> None:
    """So that five items make an exam."""
    assert "questions: 5\n" in SHORT
