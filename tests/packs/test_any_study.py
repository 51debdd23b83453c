"""Whatever stands in the files beside the decks, a check ends in findings, never in an exception."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.packs.checks.running import check_whole
from bot.packs.figures import stats
from bot.packs.problems import Problem
from tests.packs.samples import EVERY_KIND, TODAY, check, deck
from tests.packs.study_samples import CARDS, EXAM, FIVE, LAB, NOTE, exam_pack
from tests.packs.test_readings import FIRST

FILES = {
    "cards/ropes.yaml": CARDS.replace("topic: knots", 'topic: "1.1"').replace(
        "topic: belays", 'topic: "2.1"'
    ),
    "notes/belaying.md": NOTE.replace("topic: belays", 'topic: "1.1"'),
    "labs/anchor.yaml": LAB.replace("topic: belays", 'topic: "2.1"'),
    "exams/mock-1.yaml": EXAM,
    "readings/first.yaml": FIRST,
    "decks/more.yaml": deck(*EVERY_KIND)
    .replace("id: ropes", "id: more")
    .replace("topic: knots", 'topic: "1.1"')
    .replace("topic: belays", 'topic: "2.1"'),
}


def checked(name: str, data: bytes) -> tuple[Problem, ...]:
    """Check a pack that has all of the files, *data* in the place of the one called *name*."""
    with tempfile.TemporaryDirectory() as root:
        folder = exam_pack(Path(root), *FIVE)
        for other, text in FILES.items():
            path = folder / other
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data if other == name else text.encode())
        read = check(folder)
        stats([read], TODAY)
        return check_whole(read, TODAY)


def is_told(problems: tuple[Problem, ...]) -> bool:
    """Tell whether each of *problems* has a place, says what is wrong and what to do."""
    return all(one.line >= 1 and one.message.endswith(".") and one.mend.endswith(".") for one in problems)


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_a_file_with_one_stretch_replaced_gives_findings_or_none(name: str, data: st.DataObject) -> None:
    """Slips happen in the middle of what is right."""
    whole = FILES[name]
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 30, len(whole))))
    other = data.draw(st.text(st.sampled_from(list("ab1.:-#&*!|'\"[](){}$_~`<>, \n")), max_size=12))

    assert is_told(checked(name, (whole[:start] + other + whole[end:]).encode()))


@pytest.mark.parametrize("name", FILES)
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_a_file_with_lines_left_out_gives_findings_or_none(name: str, data: st.DataObject) -> None:
    """Fields end up under other entries."""
    lines = FILES[name].splitlines(keepends=True)
    kept = data.draw(st.lists(st.sampled_from(range(len(lines))), min_size=1, max_size=60))

    assert is_told(checked(name, "".join(lines[number] for number in sorted(kept)).encode()))


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_as_a_note_gives_findings(text: str) -> None:
    """Also lone surrogates and control characters."""
    problems = checked("notes/belaying.md", text.encode("utf-8", "surrogatepass"))

    assert is_told(problems)
    assert any(problem.file.endswith("notes/belaying.md") for problem in problems)


def test_the_files_as_they_are_have_few_findings() -> None:
    """So that most of what is looked at here is looked at to the end."""
    codes = {problem.code.value for problem in checked("", b"")}

    assert codes == {"missing-source", "switched-off"}
