"""Pages in the syntax of mkdocs-quiz."""

import pytest

from bot.core.items import Blank, BlanksKey, Kind
from bot.packs.formats import mkdocs_quiz
from bot.packs.importing.drafts import Fault, Harvest, Span
from bot.packs.importing.sources import SourceFile
from tests.packs.pages.reading import faults, harvest, lost, page, sample, shown


@pytest.fixture(scope="module")
def knots() -> Harvest:
    """The page without faults."""
    return harvest(sample("quiz-knots.md"))


@pytest.fixture(scope="module")
def faulty() -> Harvest:
    """The page with every fault."""
    return harvest(sample("quiz-faults.md"))


def test_a_page_gives_its_title_its_description_and_exactly_its_questions(knots: Harvest) -> None:
    """The example in fenced code is no question."""
    assert (knots.title, knots.description) == ("Knots - Basics", "What holds a climber's weight")
    assert [(one.span, one.kind, one.topic) for one in knots.questions] == [
        (Span(15, 23), Kind.SINGLE_CHOICE, "Loops"),
        (Span(25, 42), Kind.SINGLE_CHOICE, "Loops"),
        (Span(44, 49), Kind.MULTIPLE_RESPONSE, "Loops"),
        (Span(51, 56), Kind.TRUE_FALSE, "Loops"),
        (Span(60, 68), Kind.FILL_IN, "Blanks"),
        (Span(70, 72), Kind.FILL_IN, "Blanks"),
        (Span(74, 78), Kind.SINGLE_CHOICE, "Blanks"),
    ]
    assert knots.problems == ()
    assert not any(one.off for one in knots.questions)


def test_feedback_stays_with_its_answer_and_the_rest_is_the_explanation(knots: Harvest) -> None:
    """As in the first example of the syntax."""
    first = knots.questions[0]
    assert first.prompt == "Which knot makes a fixed loop?"
    assert shown(first) == ["+ Bowline", "- Sheet bend", "- Reef knot"]
    assert [option.feedback for option in first.options] == ["", "A sheet bend joins two ropes.", ""]
    assert first.explanation == "The loop of a bowline neither slips nor jams."


def test_code_in_a_prompt_holds_no_answers_and_no_end(knots: Harvest) -> None:
    """Neither a checkbox nor an end tag in code counts; answers go on over indented lines."""
    second = knots.questions[1]
    assert second.prompt == (
        'What does this print?\n\n```python\n- [x] not an answer\nprint("</quiz>"[0])\n```'
    )
    assert shown(second) == ["+ `<`", "- `>`", "- nothing\nat all, because\nit fails"]
    assert second.options[1].feedback == "It would need another index.\n\nCounting starts at 0."
    assert second.explanation == "The explanation needs no blank line before it."


def test_blanks_are_taken_outside_of_code_alone(knots: Harvest) -> None:
    """Runs of underscores that are no blanks are escaped, so that as many remain as the key has."""
    two, one, none = knots.questions[4:7]
    assert two.prompt == "The fall factor is the ___ divided by the ___."
    assert two.key == BlanksKey((Blank(("fall",)), Blank(("length of rope",))))
    assert two.explanation == "It is two at most.\n\n---\nA second line does not divide again."
    assert one.prompt == r"In `[[ -f x ]]` the shell tests for a ___, which leaves \_\_\_ alone."
    assert one.key == BlanksKey((Blank(("file",)),))
    assert shown(none) == ["+ Yes", "- No"]


def test_what_stands_around_the_questions_is_dropped_with_its_reason_or_becomes_a_note(
    knots: Harvest,
) -> None:
    """Text under a heading is a note from two paragraphs on."""
    assert [(dropped.span, dropped.why) for dropped in knots.dropped] == [
        (Span(4, 5), "a setting of the page, which a pack has no use for"),
        (Span(9, 9), "a place for the intro of mkdocs-quiz"),
        (Span(11, 11), "text outside of questions"),
        (Span(80, 85), "text outside of questions"),
        (Span(87, 87), "an include line, whose page is imported by itself"),
        (Span(89, 90), "a comment"),
        (Span(92, 92), "a place for the results of mkdocs-quiz"),
    ]
    assert [(note.title, note.span) for note in knots.notes] == [("How ropes age", Span(94, 98))]
    assert knots.notes[0].sections[0].body == (
        "Ropes age by use, by light and by the years alone.\n\nRetire one that has held a hard fall."
    )


def test_every_fault_is_found_at_its_line(faulty: Harvest) -> None:
    """And no other."""
    assert faults(faulty) == [
        (Fault.NO_KEY, 5),
        (Fault.NO_PROMPT, 9),
        (Fault.NO_PROMPT, 14),
        (Fault.ALL_RIGHT, 19),
        (Fault.TOO_FEW_OPTIONS, 25),
        (Fault.BAD_KEY, 30),
        (Fault.BAD_KEY, 38),
        (Fault.BAD_KEY, 47),
        (Fault.NO_ANSWER, 50),
        (Fault.NO_KEY, 54),
        (Fault.UNCLOSED, 58),
        (Fault.UNCLOSED, 70),
        (Fault.NO_KEY, 72),
        (Fault.UNCLOSED, 100),
    ]


def test_a_faulty_question_is_kept_and_switched_off(faulty: Harvest) -> None:
    """A block without a prompt is dropped, all others stay."""
    off = {one.span.first: bool(one.off) for one in faulty.questions}
    assert off == {
        **dict.fromkeys([3, 17, 23, 28, 35, 42, 50, 54, 58, 72, 100], True),
        **dict.fromkeys([65, 74, 82, 93], False),
    }
    assert [dropped.span for dropped in faulty.dropped if "without a question" in dropped.why] == [
        Span(9, 12),
        Span(14, 15),
    ]


def test_an_unclosed_block_ends_before_the_next_one_or_the_next_heading(faulty: Harvest) -> None:
    """So that neither swallows the other."""
    unclosed = [one for one in faulty.questions if one.span in {Span(58, 64), Span(100, 106)}]
    assert [one.explanation for one in unclosed] == ["Its explanation.", "Explained."]


def test_old_blocks_are_read_as_those_of_today(faulty: Harvest) -> None:
    """With either kind of tag, and with answers over several lines."""
    old, older = faulty.questions[-3:-1]
    assert (old.prompt, shown(old)) == ("Which is old?", ["- The new one", "+ The old one,\non two lines"])
    assert old.explanation == "<p>It has a question mark in its tag.</p>\nanswer: this is text"
    assert (older.prompt, shown(older)) == ("Which is older still?", ["+ This one", "- That one"])


def test_a_built_page_gives_the_questions_of_its_comments() -> None:
    """Its HTML, which shows them again, is dropped."""
    built = harvest(sample("quiz-built.html"))
    assert built.title == "Knots & ropes"
    assert [(one.kind, one.prompt, one.span) for one in built.questions] == [
        (Kind.SINGLE_CHOICE, "Which knot makes a fixed loop?", Span(7, 13)),
        (Kind.FILL_IN, "A rope has a ___.", Span(17, 19)),
    ]
    assert {dropped.why for dropped in built.dropped} == {"HTML of the built page around its questions"}


def test_other_line_ends_and_a_mark_in_front_change_nothing(knots: Harvest) -> None:
    """A page saved on Windows, with a byte order mark or as UTF-16, gives the same."""
    text = sample("quiz-knots.md").text.replace("\n", "\r\n")
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        assert harvest(SourceFile("quiz-knots.md", data)) == knots


def test_a_file_that_is_no_text_gives_one_problem() -> None:
    """And its lines are told as lost."""
    read = mkdocs_quiz.read(SourceFile("page.md", b"<quiz>\n\xff\xfe\n</quiz>\n"))
    assert faults(read) == [(Fault.NOT_UTF8, 1)]
    assert [dropped.span for dropped in read.dropped] == [Span(1, 3)]


FEEDBACK = """<quiz>
Which **one**?

- a list

- [x] One
> Yes.
> Indeed.
- [ ] Two

- [ ] Three

> Said.
Why, and

why not.
</quiz>
"""
CODE = """<quiz>
Code?
```python
- [x] none

  x < 1
```
* [X] One
* [] Two

```
- [ ] none
```
</quiz>
"""
GAPS = """<quiz>
A [[gap]] and ___ and
[[another one]].
---
Said.

```
---
```
</quiz>
"""
USUAL = [
    FEEDBACK,
    CODE,
    GAPS,
    "<quiz>\n\nA [[gap]] alone\n</quiz>\n",
    "<quiz>\nNone right.\n- [ ] One\n- [ ] Two\n</quiz>\n",
]


@pytest.mark.parametrize("usual", USUAL)
def test_every_usual_block_reads_as_it_does_when_it_is_walked_over(usual: str) -> None:
    """A trailing space sends a block the long way; nothing else may differ."""
    fast, slow = (mkdocs_quiz.read(page(text)) for text in (usual, usual.replace("<quiz>\n", "<quiz> \n")))
    assert fast == slow
    assert len(fast.questions) == 1


def test_a_usual_block_has_its_feedback_and_its_explanation() -> None:
    """Also with blank lines between its answers and a quotation in its explanation."""
    (one,) = mkdocs_quiz.read(page(FEEDBACK)).questions
    assert shown(one) == ["+ One", "- Two", "- Three"]
    assert one.options[0].feedback == "Yes.\nIndeed."
    assert one.explanation == "> Said.\nWhy, and\n\nwhy not."


@pytest.mark.parametrize("name", ["quiz-knots.md", "quiz-faults.md", "quiz-built.html"])
def test_no_line_of_a_quiz_page_is_lost(name: str) -> None:
    """Each is in a draft, kept, or dropped with a reason."""
    source = sample(name)
    assert lost(source, harvest(source)) == ()


def test_a_page_may_hold_quizzes_and_folded_answers() -> None:
    """Both are read, and a quiz inside of a fold stays a quiz."""
    read = harvest(
        page(
            '??? question "1. What is a bend?"\n    **A knot that joins two ropes.**\n\n'
            '??? note "Try it"\n    <quiz>\n    Is it?\n    - [x] Yes\n    - [ ] No\n    </quiz>\n'
        )
    )
    assert [(one.kind, one.prompt) for one in read.questions] == [
        (Kind.FREE_TEXT, "What is a bend?"),
        (Kind.SINGLE_CHOICE, "Is it?"),
    ]
