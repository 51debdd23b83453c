"""Which reader takes which page."""

import pytest

from bot.packs.importing.sources import SourceFile
from tests.packs.pages.reading import READERS, page, recognised, sample


@pytest.mark.parametrize(
    "name,format_",
    [
        ("quiz-knots.md", "mkdocs-quiz"),
        ("quiz-faults.md", "mkdocs-quiz"),
        ("quiz-built.html", "mkdocs-quiz"),
        ("interview-folded.md", "collapsible-answers"),
        ("interview-headings.md", "interview-headings"),
        ("hive-ropes.txt", "study-hive"),
        ("prose.md", ""),
    ],
)
def test_each_page_is_taken_by_one_reader(name: str, format_: str) -> None:
    """Plain prose with numbered chapters, a task list and an example in code is taken by none."""
    assert recognised(sample(name)) == format_


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\xff\xfe\x00",
        b"\x00\x01\x02<quiz>",
        b"PK\x03\x04",
        b'{"results": []}',
        b"# Title\n\n## Install\n\nRun it.\n\n## Use\n\nUse it.\n",
        b"## 1. Install\n\nRun.\n\n## 2. Use\n\nUse.\n\n## 3. Why?\n\nSo.\n",
        b"The `<quiz>` tag begins a quiz.\n",
        b"What???\nReally ??? yes\n",
        b"Question\n\nAnswer\n\n920 words\n",
    ],
)
def test_what_is_no_study_page_is_taken_by_nobody(data: bytes) -> None:
    """Whatever it is, recognising it never fails."""
    assert recognised(SourceFile("page.md", data)) == ""


def test_a_quiz_wins_over_headings_that_ask() -> None:
    """Each of the two would find something on the page."""
    quiz = "<quiz>\nIs it?\n- [x] Yes\n- [ ] No\n</quiz>\n"
    text = f"## 1. What is a bend?\n\n{quiz}\n## 2. What is a hitch?\n\nA knot.\n"
    assert recognised(page(text)) == "mkdocs-quiz"


@pytest.mark.parametrize("name", READERS)
def test_a_page_with_nothing_to_read_is_a_problem(name: str) -> None:
    """A reader that was named by hand says that it found nothing, and gives every line its reason."""
    read = READERS[name].read(page("Just a line.\n"))
    assert len(read.problems) == 1
    assert read.questions == ()
