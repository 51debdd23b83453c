"""Whatever a page is made of: nothing fails, and no line is lost."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.packs.importing.drafts import Harvest
from bot.packs.importing.sources import SourceFile
from tests.growth import growth
from tests.packs.pages.reading import READERS, Reader, lost, page

PIECES = [
    "<quiz>", "</quiz>", "<quiz>What?", "no more.</quiz>", "<?quiz?>", "<?/quiz?>", "question: What?",
    "answer: no", "answer-correct: yes", "content:", "quiz-start", "quiz-end", "Which knot?",
    "- [x] Yes", "* [ ] No", "- [] Maybe", "- [y] Odd", "  - [X] Deep", "    goes on", "> feedback",
    "---", "[[gap]]", "a [[gap]] and [[ ]]", "[[[[", "]]", "`[[ -f x ]]`", "```python", "```", "~~~",
    "<!-- mkdocs-quiz results -->", "<!-- mkdocs-quiz-source", "-->", "<!--",
    '{% include-markdown "x.md" %}', "title: A page", '??? question "3. What is a "leash"?"',
    '???+ note "Remark"', "??? tip", '    ??? tip "Hint"', "???", "    **Bold lead**.",
    "\t- **Term**: text", "    [Take the quiz](quiz.md)", "# Title", "## Section", "### 4. What is it?",
    "### Scenario: a fall", "#### Deep", "*   **Term (T)**: text", "1. **One** or two",
    "Study Guide1,150 words", "Hands-On Lab845 words", "Read full article",
    "Unit 1: Knots > Topic 1.1: Ties", "Learning Objectives", "Key Terms & Glossary", "Bend: a knot",
    "Example: the sheet bend", "Checkpoints", "Definition-Example Pairs", "Checkpoint Questions",
    "Answer: a loop", "Answers", "Step 1: Tie", "Step 2: Check", "Step-by-Step Instructions",
    "Troubleshooting", "Clean-Up", "More Study Notes (150)", "920 words", "Q7medium", "Q8Hard", "A.",
    "B.", "C.", "A. text", "Show answer & explanation", "Correct Answer: C", "Answer: C",
    "Deck(5 cards shown)", "Question", "Answer", "A ___ joins", "a; b", "x (or y)", "[!TIP] Look",
    "bash", "aws s3 ls; echo done", "a\tb", "c\td", "150", "Study Notes", "Loading Diagram...", "", "",
    " ", "plain text", "\ufeff", "\x00", "é\u2028x",
]  # fmt: skip

LINES = st.lists(st.sampled_from(PIECES) | st.text(max_size=12), max_size=60)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=100, deadline=None)
@given(lines=LINES)
@example(lines=["<quiz>"])
@example(lines=["---", "---"])
@example(lines=["Study Guide1,150 words"])
def test_no_line_of_any_page_is_lost(name: str, lines: list[str]) -> None:
    """And recognising and reading never fail, whoever is asked to read what."""
    source = page("\n".join(lines))
    assert 0 <= READERS[name].recognise(source) <= 100
    read = READERS[name].read(source)
    assert lost(source, read) == ()
    assert all(1 <= problem.line <= max(1, len(source.lines)) for problem in read.problems)
    assert within(read)


def within(read: Harvest) -> bool:
    """Return whether every span lies in the page and is the right way round."""
    found = list(read.kept)
    found += [one.span for one in read.questions] + [one.span for one in read.cards]
    found += [one.span for one in read.notes] + [one.span for one in read.labs]
    found += [one.span for one in read.stubs] + [one.span for one in read.dropped]
    return all(1 <= span.first <= span.last <= read.units for span in found)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_no_bytes_make_a_reader_fail(name: str, data: bytes) -> None:
    """What is no text is told as such."""
    source = SourceFile("page.md", data)
    READERS[name].recognise(source)
    READERS[name].read(source)


SIZE = 80_000
PATHOLOGICAL = {
    "brackets": "<quiz>\n" + "[[" * (SIZE // 2) + "\n</quiz>\n",
    "open brackets and letters": "<quiz>\n" + "[[a" * (SIZE // 3) + "\n</quiz>\n",
    "options": "<quiz>\nWhat?\n" + "- [ ] option\n" * (SIZE // 13) + "</quiz>\n",
    "open fences": "```python\n" * (SIZE // 10),
    "open fences in a block": "<quiz>\nWhat?\n" + "```py\n" * (SIZE // 6) + "```\n",
    "blocks with a fence": "<quiz>\nWhat?\n```py\n- [x] a\n</quiz>\n" * (SIZE // 36),
    "growing fences": "\n".join("`" * n for n in range(3, 540)),
    "open blocks": "<quiz>\n" * (SIZE // 7),
    "end tags": "</quiz>\n" * (SIZE // 8),
    "blank lines": "<quiz>\n" + "\n" * SIZE + "- x\n",
    "many in a line": "<quiz>" + "a</quiz><quiz>" * (SIZE // 14),
    "open comments": "<!-- a\n" * (SIZE // 7),
    "old tags": "<?quiz?>\n" * (SIZE // 9),
    "folds": "".join(f'{" " * n}??? question "a?"\n' for n in range(540)),
    "flat folds": '??? question "What?"\n' * (SIZE // 21),
    "quizzes in folds": '??? note "a"\n    <quiz>\n' * (SIZE // 24),
    "headings": "### 1. What?\n" * (SIZE // 13),
    "hashes": "# " + "# " * (SIZE // 2) + "x\n",
    "dividing lines": "### 1. What?\n" + "---\n" * (SIZE // 4) + "x\n### 2. Why?\nx\n",
    "bold": "### 1. What?\n" + "- **a" * (SIZE // 5) + "\n### 2. Why?\n",
    "links": "### 1. What?\n" + "[a](" * (SIZE // 4) + "\n### 2. Why?\n",
    "spaces": "### 1. What?" + " " * SIZE + "x\n",
    "hive questions": "Q1easy\nWhat?\nA.\na\nB.\nb\n" * (SIZE // 26),
    "hive letters": "Q1easy\n" + "A.\nB.\n" * (SIZE // 6) + "Show answer & explanation\n",
    "hive cards": "Deck(5 cards shown)\n" + "Question\n" * (SIZE // 9) + "Answer\n",
    "hive counts": "Q1easy\nWhat?\n" + "1,150\nStudy Notes\n\n" * (SIZE // 19),
    "hive headings": "Study Guide10 words\nA\nRead full article\n" + "Learning Objectives\n" * (SIZE // 20),
    "hive terms": "Study Guide10 words\nA\nRead full article\nb\n\nKey Terms\n\na: b\n" + "c\n" * (SIZE // 2),
    "hive index": "More Study Notes (150)\n" + "title\n" * (SIZE // 6),
    "hive tabs": "Q1easy\n" + "a\tb\nc\n" * (SIZE // 6),
}


@pytest.mark.parametrize("what", PATHOLOGICAL)
def test_a_page_made_to_take_long_is_read_in_a_time_that_grows_with_its_length(what: str) -> None:
    """Eight times as long for a page eight times as long; anything quadratic would take minutes."""
    whole = PATHOLOGICAL[what]
    for reader in READERS.values():
        assert reader.read(page(whole)).units == len(page(whole).lines)

        def work(text: str, reader: Reader = reader) -> None:
            reader.recognise(page(text))
            reader.read(page(text))

        assert growth(work, whole, whole[: len(whole) // 8], enough=24) < 24
