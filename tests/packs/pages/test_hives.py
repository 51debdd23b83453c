"""Study hives saved as plain text."""

import pytest

from bot.core.cards import CardKind
from bot.core.items import Blank, Difficulty, Kind
from bot.core.labs import Trouble
from bot.packs.formats import hives
from bot.packs.importing.drafts import Fault, Harvest, Origin, Repair, Span, Stub
from tests.packs.pages.reading import faults, harvest, lost, page, sample, shown


@pytest.fixture(scope="module")
def ropes() -> Harvest:
    """The hive with notes, a lab, an index, questions and cards."""
    return harvest(sample("hive-ropes.txt"))


def test_a_hive_gives_exactly_what_it_shows(ropes: Harvest) -> None:
    """The index gives stubs, which are no notes."""
    assert (ropes.title, ropes.units) == ("Rope Technician, Level 1", 274)
    assert (len(ropes.questions), len(ropes.notes), len(ropes.labs)) == (4, 1, 1)
    origins = [card.origin for card in ropes.cards]
    counted = {origin: origins.count(origin) for origin in Origin}
    assert counted == {
        Origin.CARD: 5,
        Origin.TERM: 3,
        Origin.PAIR: 2,
        Origin.CHECKPOINT: 3,
        Origin.QUESTION: 0,
    }
    assert ropes.stubs == (
        Stub("Inspecting Slings", Span(141, 143), "Unit 2: Care > Topic 2.1: Inspect slings"),
        Stub("Retiring a Rope", Span(145, 147), "Unit 2: Care > Topic 2.2: Retire rope"),
    )
    assert ropes.repaired == {Repair.ONE_LINE_CODE: 2}


def test_a_bare_line_heads_a_section_only_in_its_place(ropes: Harvest) -> None:
    """Not in the list of contents, not in a sentence, and not a second time."""
    note = ropes.notes[0]
    assert (note.title, note.syllabus) == (
        "Choosing a Fixed Loop",
        "Unit 1: Knots > Topic 1.1: Tie knots that hold a person",
    )
    assert note.topic == "Topic 1.1: Tie knots that hold a person"
    assert [section.heading for section in note.sections] == [
        "Choosing a Fixed Loop",
        "Learning Objectives",
        "Key Terms & Glossary",
        'The "Big Idea"',
        "Formula / Concept Box",
        "Hierarchical Outline",
        "Visual Anchors",
        "Definition-Example Pairs",
        "Worked Examples",
        "Checkpoint Questions",
        "Muddy Points & Cross-Refs",
    ]
    assert "- Checkpoint Questions are at the end" in note.sections[5].body
    assert note.sections[8].body.endswith("Learning Objectives")


def test_callouts_code_and_tables_become_markdown(ropes: Harvest) -> None:
    """Code on one line goes into a fence with its language."""
    bodies = {section.heading: section.body for section in ropes.notes[0].sections}
    assert bodies['The "Big Idea"'].endswith("**Tip:** Check the knot before the load does.")
    assert bodies["Formula / Concept Box"].splitlines()[:3] == [
        "| Knot | Strength left | Easy to untie |",
        "| --- | --- | --- |",
        "| Bowline | 70 % | yes |",
    ]
    assert '```bash\necho "figure eight" && follow --back --twice; check\n```' in bodies["Worked Examples"]


def test_terms_pairs_and_answered_questions_are_cards(ropes: Harvest) -> None:
    """A question without an answer stays in the note alone."""
    made = {card.front: card for card in ropes.cards if card.deck == "Choosing a Fixed Loop"}
    assert made["Figure eight (on a bight)"].back == "A loop that is easy to check."
    assert made["Dressing"].span == Span(35, 36)
    assert made["Bend"].back == (
        "A knot that joins two ropes.\n\n**Example:** A sheet bend joins a thick and a thin rope."
    )
    assert made["Which loop is easiest to check?"].back == "The figure eight.\nIts shape shows\nevery strand."
    assert "What has no answer here?" not in made
    bodies = {section.heading: section.body for section in ropes.notes[0].sections}
    assert bodies["Key Terms & Glossary"].splitlines()[2:] == [
        "- **Dressing**: laying the strands of a knot side by side",
        "  so that none crosses another.",
    ]
    assert bodies["Checkpoint Questions"].startswith(
        "What has no answer here?\n\n### What does a bowline make?\n\nA fixed loop.\n\n### Which"
    )


def test_a_lab_has_goal_steps_checks_troubles_and_clean_up(ropes: Harvest) -> None:
    """A step that is only mentioned does not begin one."""
    lab = ropes.labs[0]
    assert (lab.title, lab.span) == ("Tie In and Check", Span(92, 137))
    assert lab.goal == "In this lab you tie in and check your partner.\n\nWork in pairs."
    assert [(step.id, step.title) for step in lab.steps] == [
        ("step-1", "Tie the knot"),
        ("step-2", "Check each other"),
    ]
    assert lab.steps[0].expect == "Expected result: a loop as large as a fist."
    assert lab.steps[0].do.endswith('```python\nrope = tie("figure eight"); rope.follow()\n```')
    assert "five pairs of strands" in lab.steps[1].expect
    assert lab.prerequisites == ("A harness", "A rope of 10 m")
    assert lab.troubles == (
        Trouble("The loop is too large", "Pull the knot towards the harness."),
        Trouble("The end is short", "Start again with more rope."),
    )
    assert lab.clean_up == ("Untie the knot.", "Coil the rope.")


def test_questions_have_their_options_key_and_difficulty(ropes: Harvest) -> None:
    """An ``A.`` right below a table row is an option, and statements in a stem are none."""
    first, second, third, fourth = ropes.questions
    assert (first.number, first.difficulty, first.span) == ("Q1", Difficulty.EASY, Span(151, 176))
    assert shown(first) == ["- Sheet bend", "+ Bowline", "- Reef knot", "- Clove hitch"]
    assert first.explanation.endswith("Answer: B")
    assert second.kind is Kind.MULTIPLE_RESPONSE
    assert second.prompt.endswith("| Figure eight | 75 % |")
    assert [option.right for option in second.options] == [False, True, True]
    assert third.prompt.splitlines()[1] == "A. Knots weaken ropes."
    assert shown(third) == ["- Only the first", "- Only the second"]
    assert shown(fourth) == ["- One thing", "- Another thing"]
    assert [bool(one.off) for one in ropes.questions] == [False, False, True, True]


def test_clozes_have_an_answer_for_each_blank(ropes: Harvest) -> None:
    """Semicolons part the blanks, and what stands in brackets after "or" is accepted too."""
    deck = [card for card in ropes.cards if card.deck == "Knots and Loops"]
    assert [(card.kind, card.span.first) for card in deck] == [
        (CardKind.QUESTION, 229),
        (CardKind.CLOZE, 237),
        (CardKind.CLOZE, 246),
        (CardKind.QUESTION, 254),
        (CardKind.CLOZE, 264),
    ]
    assert deck[1].front == "A ___ joins two ropes and a ___ fixes one."
    assert (deck[1].blanks, deck[1].back) == ((Blank(("bend",)), Blank(("hitch",))), "Both are knots.")
    assert deck[2].blanks == (Blank(("figure eight", "figure 8")),)
    assert deck[3].back == "Question\n\nis such a word."
    assert (deck[4].blanks, bool(deck[4].off)) == ((), True)


def test_problems_and_the_page_around_are_told(ropes: Harvest) -> None:
    """Counts and headings of the page are dropped, each with its reason."""
    assert faults(ropes) == [(Fault.BAD_KEY, 213), (Fault.NO_KEY, 218), (Fault.BAD_KEY, 264)]
    counts = [dropped.span for dropped in ropes.dropped if dropped.why == "a count of the page"]
    around = [dropped.span for dropped in ropes.dropped if dropped.why != "a count of the page"]
    assert counts == [Span(4, 9)]
    assert around == [
        Span(2, 3),
        Span(11, 11),
        Span(149, 149),
        Span(216, 216),
        Span(225, 225),
        Span(272, 274),
    ]
    assert lost(sample("hive-ropes.txt"), ropes) == ()


@pytest.mark.parametrize(
    "key,right",
    [
        ("C", "C"),
        ("A, C", "AC"),
        ("A and C", "AC"),
        ("A, B, and C", "ABC"),
        ("A & C", "AC"),
        ("AC", "AC"),
        ("(B)", "B"),
        ("B. Bowline", "B"),
        ("B) Bowline and D", "B"),
        ("Bowline", ""),
        ("A bend", ""),
        ("", ""),
    ],
)
def test_keys_name_letters_in_many_ways(key: str, right: str) -> None:
    """A word that begins with a letter of an option is no key."""
    options = "\n".join(f"{letter}.\n\nOption {letter.lower()}x\n" for letter in "ABCD")
    read = hives.read(
        page(f"Q1easy\nWhich?\n\n{options}\nShow answer & explanation\n\nCorrect Answer: {key}\n")
    )
    found = "".join(
        letter for letter, one in zip("ABCD", read.questions[0].options, strict=True) if one.right
    )
    assert found == right


def test_checkpoint_answers_may_stand_in_a_list_below_all_questions() -> None:
    """They belong together by their numbers."""
    read = hives.read(
        page(
            "Study Guide10 words\nKnots\nUnit 1: Knots\nRead full article\nKnots\n\nText.\n\n"
            "Checkpoint Questions\n\n1. What is a bend?\n2. What is a hitch?\n\nAnswers\n\n"
            "2. It fixes a rope.\n1. It joins two.\n"
        )
    )
    assert [(card.front, card.back) for card in read.cards] == [
        ("What is a bend?", "It joins two."),
        ("What is a hitch?", "It fixes a rope."),
    ]
