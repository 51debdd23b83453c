"""The same pages, read by mkdocs-quiz's own extractor: the same questions, where that one is right.

It goes wrong in what follows, and no page here that is compared has any of it:

- it reads a tag that stands in the middle of a line, in a sentence or in a comment;
- a question with answers is a fill-in for it as soon as ``[[`` stands anywhere, in code too;
- an answer ends with its line, so what goes on below is taken for the explanation, with all further answers;
- a checkbox or an end tag in the prompt's code counts;
- a question without a prompt, or without answers, is passed over in silence;
- it keeps several spaces in a blank, which nobody would type;
- ``[x](address)`` behind a bullet is an answer for it, and no link.
"""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs_quiz.qti.extractor import (  # type: ignore[import-untyped] # it has no types
    extract_quizzes_from_file,
)
from mkdocs_quiz.qti.models import Quiz  # type: ignore[import-untyped] # it has no types

from bot.core.items import BlanksKey
from bot.packs.formats import mkdocs_quiz
from bot.packs.importing.drafts import DraftQuestion
from bot.packs.importing.sources import SourceFile
from tests.packs.pages.reading import page, sample

Told = tuple[str, list[tuple[str, bool, str]], list[str], str]


def ours(question: DraftQuestion) -> Told:
    """Return what our reader found, in neutral words."""
    options = [(option.text, option.right, option.feedback) for option in question.options]
    blanks = [one.accept[0] for one in question.key.blanks] if isinstance(question.key, BlanksKey) else []
    return question.prompt, options, blanks, question.explanation


def theirs(quiz: Quiz) -> Told:
    """Return what the extractor found, in the same words."""
    options = [(answer.text, answer.is_correct, answer.feedback or "") for answer in quiz.answers]
    prompt = re.sub(r"\{\{BLANK_\d+\}\}", "___", quiz.question)
    return prompt, options, [blank.correct_answer for blank in quiz.blanks], quiz.content or ""


def extracted(source: SourceFile, folder: Path) -> list[Told]:
    """Return what the extractor finds in *source*."""
    path = folder / "page.md"
    path.write_bytes(source.data)
    return [theirs(quiz) for quiz in extract_quizzes_from_file(path)]


def test_a_page_of_ours_is_read_alike_but_for_the_known_differences(tmp_path: Path) -> None:
    """The second has code and a long answer, the fifth odd spaces, the last two ``[[`` in code."""
    source = sample("quiz-knots.md")
    found = [ours(question) for question in mkdocs_quiz.read(source).questions]
    told = extracted(source, tmp_path)
    alike = [one for one in found if one in told]
    assert [found.index(one) for one in alike] == [0, 2, 3]
    wrong = [one[0] for one in told if one not in found]
    assert [" ".join(text.split()[:3]) for text in wrong] == [
        "What does this",
        "The fall factor",
        "In `___` the",
        "Does `___` test",
    ]


TEXT = st.sampled_from([
    "a", "Bend", "Which knot?", "a *bold* one", "x: y, z.", "é # 1", "a `code` b", "True",
    "see [the page](knots.md)", "**Rope**", "1. first", "a - b", "[x] in brackets", "it's \"so\"",
])  # fmt: skip
WORD = st.sampled_from(["a", "Bend", "x: y, z.", "é # 1", "two words", "a/b"])


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """A block in which the extractor goes wrong nowhere."""
    prompt = draw(st.lists(TEXT, min_size=1, max_size=3))
    if draw(st.booleans()):
        rows = [f"{draw(TEXT)} [[{draw(WORD)}]] {draw(TEXT)}" for _ in prompt]
        tail = ["---", draw(TEXT)] if draw(st.booleans()) else []
        return "\n".join(["<quiz>", *rows, *tail, "</quiz>"])
    rows = []
    for text in draw(st.lists(TEXT, min_size=1, max_size=5)):
        bullet, mark = draw(st.sampled_from("-*")), draw(st.sampled_from(["x", "X", " ", ""]))
        rows.append(f"{bullet} [{mark}] {text}")
        rows += [f"> {said}" for said in draw(st.lists(TEXT, max_size=2))]
        rows += [""] * draw(st.integers(0, 1))
    tail = [draw(TEXT), "", draw(TEXT)] if draw(st.booleans()) else []
    return "\n".join(["<quiz>", *prompt, *[""] * draw(st.integers(0, 1)), *rows, *tail, "</quiz>"])


@settings(max_examples=80, deadline=None)
@given(
    found=st.lists(blocks(), min_size=1, max_size=4), gap=st.sampled_from(["\n", "\n\n", "\n## A heading\n"])
)
def test_whatever_the_extractor_reads_right_is_read_alike(
    tmp_path_factory: pytest.TempPathFactory, found: list[str], gap: str
) -> None:
    """On pages made of questions with any number of answers, marks, feedback, blanks and lines."""
    source = page(gap.join(found) + "\n")
    read = [ours(question) for question in mkdocs_quiz.read(source).questions]
    told = extracted(source, tmp_path_factory.getbasetemp())
    assert [(one[0], len(one[1])) for one in read] == [(one[0], len(one[1])) for one in told]
    for mine, other in zip(read, told, strict=True):
        assert mine == other
