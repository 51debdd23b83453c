"""Cards, notes and labs are read as they were written, and a pack is written back the same."""

from datetime import date
from pathlib import Path

from bot.core.cards import CardKind
from bot.core.items import Blank, Source
from bot.core.notes import Checkpoint, Section, Term
from bot.core.packs import Pack
from bot.packs.blueprints import Blueprint
from bot.packs.sections import parts_of, sections_of
from bot.packs.writing.files import pack_files
from tests.packs.samples import PACK, check, edited, good_pack, items_of, write
from tests.packs.study_samples import CARDS, EXAM, FIVE, LAB, NOTE, SHORT, exam_pack, statement


def full_pack(root: Path) -> Path:
    """Write the good pack with cards, a note and a lab; return its folder."""
    folder = good_pack(root)
    write(folder, cards__ropes=CARDS, labs__anchor=LAB)
    (folder / "notes").mkdir()
    (folder / "notes/belaying.md").write_text(NOTE, encoding="utf-8")
    return folder


def read(folder: Path) -> Pack:
    """Return the pack in *folder*, which has no problems."""
    checked = check(folder)
    assert checked.problems == ()
    assert checked.pack is not None
    return checked.pack


def test_cards_are_read_with_their_kinds_and_blanks(tmp_path: Path) -> None:
    """A cloze has a blank for each gap; the others have none."""
    (cards,) = read(full_pack(tmp_path)).cards

    term, question, cloze = cards.cards
    assert (cards.id, cards.title) == ("climbing/ropes", "Ropes by heart")
    assert (term.id, term.kind, term.back) == (
        "climbing/dynamic-rope",
        CardKind.TERM,
        "A rope that stretches.",
    )
    assert term.sources == (Source("Ropes", "https://example.org/ropes"),)
    assert (question.kind, question.blanks) == (CardKind.QUESTION, ())
    assert cloze.blanks == (Blank(("two", "2")), Blank(("belay",), exact=True))
    assert (cloze.valid_until, cloze.off) == (date(2030, 1, 1), "The sources differ.")


def test_a_note_is_read_with_its_sections_and_what_they_hold(tmp_path: Path) -> None:
    """Bullets, terms and checkpoint questions are taken out; the text itself stays as it was written."""
    (note,) = read(full_pack(tmp_path)).notes

    assert (note.id, note.title, note.topic) == ("climbing/belaying", "Belaying", "belays")
    assert note.sections[0] == Section("", "What stands before the first heading.")
    assert [section.heading for section in note.sections[1:]] == [
        "Objectives",
        "Key terms",
        "Explanation",
        "Worked example",
        "Checkpoint questions",
        "Common confusions",
    ]
    assert note.sections[3].body.startswith("```sh\n## no heading\n```\n\n### How friction works")
    assert note.objectives == ("Hold a fall with one hand.", "Say when a device is worn.")
    assert note.terms == (
        Term("Device", "what brakes the rope."),
        Term("Brake hand", "the hand that never lets go."),
        Term("Slack", "rope that hangs."),
    )
    assert note.checkpoints == (
        Checkpoint("Which hand never lets go?", "The brake hand.\n\nIt stays below the device."),
        Checkpoint("What is slack?", "Rope that hangs."),
    )


def test_a_lab_is_read_with_steps_and_checkpoints(tmp_path: Path) -> None:
    """Everything in it is there, in its order."""
    (lab,) = read(full_pack(tmp_path)).labs

    assert (lab.id, lab.minutes, lab.cost, lab.clean_up) == (
        "climbing/anchor",
        20,
        "Nothing.",
        ("Untie it.",),
    )
    assert [step.id for step in lab.steps] == ["clip", "tie"]
    assert lab.steps[0].checkpoint == Checkpoint("Why?", "Gates open under load.")
    assert (lab.steps[1].expect, lab.steps[1].checkpoint) == ("", None)
    assert [(one.problem, one.fix) for one in lab.troubles] == [("One arm is slack.", "Tie again.")]


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    """Editors there write them without being asked."""
    folder = full_pack(tmp_path)
    before = read(folder)
    for name in ("notes/belaying.md", "cards/ropes.yaml", "labs/anchor.yaml"):
        path = folder / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))

    assert read(folder) == before


def test_a_pack_of_notes_alone_is_a_pack(tmp_path: Path) -> None:
    """There is something to study in it."""
    folder = tmp_path / "climbing"
    write(folder, pack=PACK)
    (folder / "notes").mkdir()
    (folder / "notes/belaying.md").write_text(NOTE, encoding="utf-8")

    assert len(read(folder).notes) == 1


def test_a_note_in_another_kind_of_file_is_told(tmp_path: Path) -> None:
    """In each folder only files of one ending are read."""
    folder = full_pack(tmp_path)
    (folder / "notes/belaying.md").rename(folder / "notes/belaying.txt")

    (problem,) = check(folder).problems

    assert (problem.code, problem.file) == ("stray-file", f"{folder}/notes/belaying.txt")
    assert "`.md`" in problem.message
    assert "notes/belaying.md" in problem.mend


def test_items_say_which_other_exams_they_serve_and_why_they_are_off(tmp_path: Path) -> None:
    """A blueprint whose exam has ended may stand beside the one in use."""
    past = edited(edited(SHORT, "id: exam-1", "id: exam-0"), "valid_until: 2028-12-31", "")
    one = statement("one", "1.1", "Loops hold.", "    serves: [exam-0]\n    off: Ask Ann first.\n")
    folder = exam_pack(tmp_path, one, *FIVE[1:])
    (folder / "blueprints/exam-0.yaml").write_text(past, encoding="utf-8")

    item = items_of(check(folder))["one"]

    assert (item.serves, item.off) == (("exam-0",), "Ask Ann first.")


def test_a_blueprint_may_name_the_kinds_of_its_exam(tmp_path: Path) -> None:
    """So that a mock exam asks nothing else."""
    kinds = edited(SHORT, "source:", "kinds: [true_false, case_study]\nsource:")

    (blueprint,) = check(exam_pack(tmp_path, blueprint=kinds)).blueprints

    assert isinstance(blueprint, Blueprint)
    assert blueprint.kinds == ("true_false", "case_study")


def test_what_is_written_is_read_back_equal(tmp_path: Path) -> None:
    """Cards, notes and labs too."""
    before = read(full_pack(tmp_path / "before"))

    for name, data in pack_files(before).items():
        path = tmp_path / "after/climbing" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    assert read(tmp_path / "after/climbing") == before


def test_headings_of_other_names_and_levels_are_fine() -> None:
    """Groups write their notes as they like."""
    placed = sections_of(
        "# Title\n\ntext\n\n##  Learning Objectives ##\n- a\n\n## Empty\n\n## Glossary\n- b\n"
    )

    sections = tuple(one.section for one in placed)
    assert [(one.heading, one.body) for one in sections] == [
        ("", "# Title\n\ntext"),
        ("Learning Objectives", "- a"),
        ("Empty", ""),
        ("Glossary", "- b"),
    ]
    assert parts_of(sections).objectives == ("a",)
    assert parts_of(sections).terms == ()


def test_a_section_of_checkpoints_may_have_none() -> None:
    """Its text is shown as it stands, and there is nothing to take apart."""
    sections = tuple(one.section for one in sections_of("## Checkpoint questions\nNone yet.\n"))

    assert parts_of(sections).checkpoints == ()


def test_code_that_begins_a_section_keeps_its_indentation() -> None:
    """Four spaces make code of a line."""
    (placed,) = sections_of("## Example\n\n    rope = 60\n    print(rope)\n")

    assert placed.section.body == "    rope = 60\n    print(rope)"


def test_the_mock_exam_of_the_samples_is_good(tmp_path: Path) -> None:
    """Five questions, three and two of its domains."""
    checked = check(exam_pack(tmp_path, exam=EXAM))

    assert checked.problems == ()
    assert [exam.items for exam in checked.exams] == [("one", "two", "three", "four", "five")]
