"""Interview pages: collapsible answers, and answers below headings."""

import pytest

from bot.core.cards import CardKind
from bot.core.items import Kind, Point, TextKey
from bot.packs.importing.drafts import Fault, Harvest, Origin, Span
from tests.packs.pages.reading import faults, harvest, lost, page, sample


@pytest.fixture(scope="module")
def folded() -> Harvest:
    """The page with collapsible answers."""
    return harvest(sample("interview-folded.md"))


@pytest.fixture(scope="module")
def headed() -> Harvest:
    """The page whose headings ask."""
    return harvest(sample("interview-headings.md"))


def test_a_title_goes_from_its_first_quote_to_its_last(folded: Harvest) -> None:
    """The bold lead is the answer, the rest explains it, and the link to the quiz is taken off."""
    leash = folded.questions[0]
    assert (leash.number, leash.prompt) == ("3.", 'What is a "dog leash" made of?')
    assert (leash.answer, leash.explanation) == (
        "Rope or webbing",
        "Webbing lies flat and is kinder to hands.",
    )
    assert leash.links == ("../quiz/ropes.md#leash",)
    assert leash.key == TextKey(accept=("Rope or webbing",))
    assert (leash.kind, leash.topic, leash.span) == (Kind.FREE_TEXT, "Care", Span(9, 14))


def test_bullets_that_begin_in_bold_are_the_points_of_an_answer(folded: Harvest) -> None:
    """Each with the shorter ways to say it; half of them make a good answer, and two at least."""
    assert folded.questions[1].key == TextKey(
        points=(
            Point("Core", ("Core",)),
            Point("Sheath (mantle)", ("Sheath (mantle)", "Sheath", "mantle")),
            Point("Middle mark or dye", ("Middle mark or dye", "Middle mark", "dye")),
        ),
        need=2,
    )


def test_every_folded_question_is_read_with_its_number_and_topic(folded: Harvest) -> None:
    """Inside of a fold that only groups, the fold's title is the topic."""
    assert [(one.number, one.topic, one.prompt, bool(one.off)) for one in folded.questions] == [
        ("3.", "Care", 'What is a "dog leash" made of?', False),
        ("4.", "Care", "Which parts has a rope?", False),
        ("", "Care", "Why do ropes wear out?", False),
        ("5.", "Care", "What has no answer?", True),
        ("6.", "Knots", "How is a bowline tied?", True),
        ("", "Bends", "What joins two ropes of different thickness?", False),
    ]
    assert folded.questions[4].hints == ("Think of a rabbit.",)
    assert "**History**\n\nSailors used it first." in folded.questions[4].explanation


def test_each_question_is_a_card_too_unless_it_has_no_answer(folded: Harvest) -> None:
    """The back is the short answer and its explanation."""
    assert len(folded.cards) == 5
    assert {(card.kind, card.origin) for card in folded.cards} == {(CardKind.QUESTION, Origin.QUESTION)}
    assert folded.cards[0].back == "Rope or webbing\n\nWebbing lies flat and is kinder to hands."


def test_faults_and_remarks_of_a_folded_page_are_told(folded: Harvest) -> None:
    """A remark with a title is kept as a note."""
    assert faults(folded) == [(Fault.NO_PROMPT, 29), (Fault.NO_ANSWER, 32), (Fault.NO_KEY, 36)]
    assert [(note.title, note.span) for note in folded.notes] == [("How to use this page", Span(26, 27))]
    assert [(dropped.span, dropped.why) for dropped in folded.dropped] == [
        (Span(5, 5), "text outside of questions"),
        (Span(29, 30), "an answer without a question"),
        (Span(53, 56), "text outside of questions"),
    ]


def test_headings_ask_and_sections_are_topics(headed: Harvest) -> None:
    """Prompts need not be questions, and a heading in code is none."""
    assert headed.title == "Rope interview questions"
    assert [(one.number, one.topic, one.prompt, one.span) for one in headed.questions] == [
        ("1.", "Basics", "What is a fall factor?", Span(5, 11)),
        ("2.", "Basics", "Compare static and dynamic ropes", Span(13, 16)),
        ("", "Basics", "Scenario: your second hangs below a roof", Span(18, 24)),
        ("4.", "Advanced", "What does `__half__` mean on a rope?", Span(28, 38)),
    ]


def test_bodies_below_headings_are_taken_apart_as_folded_ones(headed: Harvest) -> None:
    """A dividing line and a link to the top are no part of an answer; deeper headings are."""
    first, second, scenario, last = headed.questions
    assert (first.answer, first.explanation) == (
        "The fall divided by the rope's length",
        "It is two at most.",
    )
    assert isinstance(second.key, TextKey)
    assert [point.say for point in second.key.points] == ["Static rope", "Dynamic rope"]
    assert isinstance(scenario.key, TextKey)
    assert [point.say for point in scenario.key.points] == ["Tie off", "Escape"]
    assert scenario.explanation.endswith("3. Then think.")
    assert last.explanation.endswith("#### In short\n\nTwo strands, always.")
    assert faults(headed) == [(Fault.NO_KEY, 28)]


@pytest.mark.parametrize(
    "body,answer,explanation",
    [
        ("**Yes**", "Yes", ""),
        ("**Yes**, always.", "Yes", "always."),
        ("**Yes:** it does", "Yes", "it does"),
        ("**Webbing** lies flat.", "Webbing", "**Webbing** lies flat."),
        ("**Answer:** Webbing\n\nIt lies flat.", "Webbing", "It lies flat."),
        ("__Webbing__ – it lies flat.", "Webbing", "it lies flat."),
        ("It lies flat.", "", "It lies flat."),
        ("**not closed", "", "**not closed"),
    ],
)
def test_a_bold_lead_is_the_answer(body: str, answer: str, explanation: str) -> None:
    """Unless the sentence goes on, in which case the explanation keeps it too."""
    read = harvest(page(f"## 1. What is it?\n\n{body}\n\n## 2. Why is it?\n\n**So**\n"))
    assert (read.questions[0].answer, read.questions[0].explanation) == (answer, explanation)


@pytest.mark.parametrize("name", ["interview-folded.md", "interview-headings.md"])
def test_no_line_of_an_interview_page_is_lost(name: str) -> None:
    """Each is in a draft, kept, or dropped with a reason."""
    source = sample(name)
    assert lost(source, harvest(source)) == ()


def test_a_heading_that_asks_nothing_and_heads_nothing_is_told() -> None:
    """Its line is nowhere else."""
    text = "## Knots\n\n### 1. What is a bight?\n\nA bend.\n\n### Open\n\n### 2. What is a hitch?\n\nA tie.\n"

    found = harvest(page(text))

    assert [(one.span.first, one.why) for one in found.dropped] == [
        (7, "a heading that asks nothing and heads nothing")
    ]
