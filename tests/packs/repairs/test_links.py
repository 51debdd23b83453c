"""The same question of two sources becomes one; what only looks the same stays two."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.items import Blank, BlanksKey, Kind, NumberKey, Source
from bot.packs.importing.drafts import (
    DraftOption,
    DraftQuestion,
    Fault,
    Harvest,
    Problem,
    Span,
    unaccounted,
)
from bot.packs.repairs.links import Link, linked
from tests.growth import growth

LOOP = "Which knot makes a fixed loop?"
KNOTS = ("+Bowline", "Sheet bend", "Reef knot", "Prusik")


def choice(prompt: str = LOOP, options: Sequence[str] = KNOTS, why: str = "", line: int = 1) -> DraftQuestion:
    """Return a question with options, of which those with a plus are right."""
    drafts = tuple(DraftOption(one.removeprefix("+"), one.startswith("+")) for one in options)
    kind = Kind.MULTIPLE_RESPONSE if sum(one.right for one in drafts) > 1 else Kind.SINGLE_CHOICE
    return DraftQuestion(kind, prompt, Span(line, line), drafts, explanation=why)


def asks(prompt: str = LOOP, answer: str = "", why: str = "", line: int = 1, *links: str) -> DraftQuestion:
    """Return an open question."""
    span = Span(line, line)
    return DraftQuestion(Kind.FREE_TEXT, prompt, span, answer=answer, explanation=why, links=links)


def source(*questions: DraftQuestion, path: str = "a.md") -> Harvest:
    """Return a source with these questions and a line for each."""
    return Harvest(path, "sample", max((one.span.last for one in questions), default=0), questions=questions)


def two(one: DraftQuestion, other: DraftQuestion) -> tuple[tuple[DraftQuestion, ...], tuple[Link, ...]]:
    """Return what is left of two sources with one question each, and the links."""
    found, links = linked((source(one), source(other, path="quiz/b.md")))
    return tuple(question for harvest in found for question in harvest.questions), links


def problems(one: DraftQuestion, other: DraftQuestion) -> list[Problem]:
    """Return what is reported of two sources with one question each."""
    found, _ = linked((source(one), source(other, path="quiz/b.md")))
    return [problem for harvest in found for problem in harvest.problems]


@pytest.mark.parametrize(
    "prompt, options",
    [
        (LOOP, KNOTS),
        ("which knot makes a **fixed loop**", KNOTS),
        (LOOP, ("Prusik", "Reef knot", "Sheet bend", "+bowline.")),
        (LOOP, KNOTS[:3]),
        (LOOP, (*KNOTS[:3], "Clove hitch")),
        ("Which knot makes a fxied loop?", KNOTS),
        ("Which of the following knot makes the fixed loop?", KNOTS),
    ],
)
def test_the_same_question_twice_is_one(prompt: str, options: Sequence[str]) -> None:
    """Whatever the order and the letters of its options, a slip of the pen, or one option more or less."""
    left, links = two(choice(), choice(prompt, options))

    assert len(left) == 1
    assert links == (Link((0, 0), (1, 0)),)
    assert not left[0].off


@pytest.mark.parametrize(
    "one, other",
    [
        (choice("What is 2 + 3 in metres?"), choice("What is 2 + 4 in metres?")),
        (choice("Which knot is safe on a rope?"), choice("Which knot is not safe on a rope?")),
        (choice("Which knot did Martin tie?"), choice("Which knot did Marten tie?")),
        (choice("Is a bowline in a hitch?"), choice("Is a hitch in a bowline?")),
        (choice("What encrypts a message?"), choice("What decrypts a message?")),
        (choice("What does `2**3` print?"), choice("What does `2*3` print?")),
        (choice("Which knot joins ropes?"), choice("Which knots joins ropes?", ("+Bowline", "+Sheet bend"))),
        (choice(), choice(LOOP, ("+Figure eight", "Sheet bend", "Reef knot", "Prusik"))),
        (choice(), choice(LOOP, ("+Cat", "Dog", "Cow", "Pig"))),
        (choice("Is it safe?", ("+Yes", "No")), choice("Is it safe?", ("Yes", "+No"))),
        (asks("What are the main symptoms?", "Sneezing"), asks("What are the main symptoms?", "Rust")),
        (asks("What are the main symptoms?", "Sneezing"), choice("What are the main symptoms?")),
    ],
)
def test_what_only_looks_the_same_stays_two(one: DraftQuestion, other: DraftQuestion) -> None:
    """A number, a "not", a name, an order, code, or other things to choose from make another question."""
    left, links = two(one, other)

    assert left == (one, other)
    assert links == ()


def test_the_question_with_options_stays_and_takes_over_the_open_answer() -> None:
    """The open one is gone, whichever source comes first; its words are below the other's."""
    said = asks(LOOP, "Bowline", "Sailors call it the king of knots.")
    for one, other, link in (
        (said, choice(why="It never slips."), Link((1, 0), (0, 0))),
        (choice(why="It never slips."), said, Link((0, 0), (1, 0))),
    ):
        left, links = two(one, other)
        assert links == (link,)
        assert [one.kind for one in left] == [Kind.SINGLE_CHOICE]
        assert left[0].explanation == "It never slips.\n\nSailors call it the king of knots."
        assert not left[0].off


def test_what_both_say_is_said_once() -> None:
    """An explanation that the other has in it, or that is the key itself, adds nothing."""
    left, _ = two(choice(why="It never slips."), asks(LOOP, "The bowline", "It never slips"))
    assert left[0].explanation == "It never slips."

    left, _ = two(choice(why="It never slips."), choice(why="It never slips. Nor does it jam."))
    assert left[0].explanation == "It never slips. Nor does it jam."


def test_feedback_hints_and_sources_are_taken_over() -> None:
    """Nothing that only one of the two has is lost."""
    rich = choice()
    first = replace(rich.options[0], feedback="Yes.")
    said = (Source("Knots", "https://example.org/knots"),)
    rich = replace(rich, options=(first, *rich.options[1:]), hints=("A rabbit.",), sources=said)
    left, _ = two(choice(), rich)

    assert left[0].options[0].feedback == "Yes."
    assert (left[0].hints, left[0].sources) == (("A rabbit.",), said)


def test_two_sources_that_disagree_are_reported_with_both_sides() -> None:
    """Files, lines and answers are named; keys are compared by what options say, not by their letters."""
    one, other = choice(line=3), choice(LOOP, ("Prusik", "Reef knot", "+Sheet bend", "Bowline"), line=7)
    (problem,) = problems(one, other)
    ((left,), _) = two(one, other)

    assert (problem.fault, problem.line) == (Fault.SOURCES_DISAGREE, 3)
    assert "“Bowline” here, and “Sheet bend” in quiz/b.md, line 7" in problem.message
    assert left.off == (
        "Two sources differ: the answer is “Bowline” in a.md, and “Sheet bend” in quiz/b.md.",
    )


@pytest.mark.parametrize(
    "one, other",
    [
        (choice(), choice(LOOP, ("+Bowline", "+Sheet bend", "Reef knot", "Prusik"))),
        (choice(), asks(LOOP, "Sheet bend")),
        (choice(), asks(LOOP, "The **reef knot**, of course")),
        (choice("A knot weakens a rope.", ("+True", "False")), asks("A knot weakens a rope.", "No")),
        (
            replace(choice(LOOP, ("Tie", "Dress", "Check")), kind=Kind.ORDERING),
            replace(choice(LOOP, ("Dress", "Tie", "Check")), kind=Kind.ORDERING),
        ),
        (
            replace(asks(), kind=Kind.MATCHING, pairs=(("a", "1"), ("b", "2"))),
            replace(asks(), kind=Kind.MATCHING, pairs=(("a", "2"), ("b", "1"))),
        ),
        (
            replace(asks(), kind=Kind.NUMERIC, key=NumberKey(Decimal(2), Decimal("0.5"))),
            replace(asks(), kind=Kind.NUMERIC, key=NumberKey(Decimal(3), Decimal("0.5"))),
        ),
    ],
)
def test_keys_of_every_kind_are_compared(one: DraftQuestion, other: DraftQuestion) -> None:
    """One more mark, another order, another pair, another number, or an answer that is a wrong option."""
    assert [problem.fault for problem in problems(one, other)] == [Fault.SOURCES_DISAGREE]


@pytest.mark.parametrize(
    "one, other",
    [
        (choice(), asks(LOOP, "Bowline")),
        (choice(), asks(LOOP, "A bowline, and not a sheet bend")),
        (choice(), asks(LOOP, "A loop knot")),
        (choice(), choice(LOOP, ("Bowline", "Sheet bend", "Reef knot", "Prusik"))),
        (choice("A knot weakens a rope.", ("+True", "False")), asks("A knot weakens a rope.", "Yes")),
    ],
)
def test_answers_that_agree_or_say_nothing_are_not_accused(one: DraftQuestion, other: DraftQuestion) -> None:
    """A question without a key has none that could contradict."""
    assert problems(one, other) == []
    left, links = two(one, other)
    assert len(left) == len(links) == 1
    assert not left[0].off


def test_a_cross_link_finds_the_question_in_other_words() -> None:
    """The page that an open question links to asks the same, a little differently."""
    quiz = choice("How many strands does a laid rope usually have?", ("+3", "2", "12"))
    said = asks("How many strands has a laid rope?", "3", "They are twisted.", 1, "../quiz/b.md#strands")
    apart = replace(said, links=())

    assert two(said, quiz)[1] == (Link((1, 0), (0, 0)),)
    assert two(apart, quiz)[1] == ()
    assert two(replace(said, prompt="How many strands has a laid rope of 12 mm?"), quiz)[1] == ()


def test_one_source_that_contradicts_itself_is_reported() -> None:
    """Asked twice on one page with two keys, it is off, with both lines shown."""
    again = choice(LOOP, ("Bowline", "+Sheet bend", "Reef knot", "Prusik"), line=2)
    (found,), links = linked((source(choice(), again),))

    assert links == (Link((0, 0), (0, 1)),)
    assert [(problem.fault, problem.line) for problem in found.problems] == [(Fault.CONTRADICTION, 1)]
    assert "in line 2" in found.problems[0].message
    assert found.questions[0].off


def test_a_number_and_blanks_keep_what_either_source_accepts() -> None:
    """A format without units loses none that another source has."""
    number = replace(asks("How long is the rope?"), kind=Kind.NUMERIC, key=NumberKey(Decimal(60)))
    metres = replace(number, key=NumberKey(Decimal(60), unit="m"))
    for one, other in ((number, metres), (metres, number)):
        assert [left.key for left in two(one, other)[0]] == [metres.key]

    blank = replace(asks("A ___ joins two ropes."), kind=Kind.FILL_IN, key=BlanksKey((Blank(("bend",)),)))
    more = replace(blank, key=BlanksKey((Blank(("Bend", "sheet bend")),)))
    assert [left.key for left in two(blank, more)[0]] == [BlanksKey((Blank(("bend", "Bend", "sheet bend")),))]
    assert len(two(blank, replace(blank, key=BlanksKey((Blank(("splice",)),))))[0]) == 2


def test_what_is_no_number_contradicts_nothing() -> None:
    """Readers may give such keys; they are refused later, with a problem of their own."""
    number = replace(asks("How long is the rope?"), kind=Kind.NUMERIC, key=NumberKey(Decimal("NaN")))
    endless = replace(number, key=NumberKey(Decimal("Infinity"), Decimal(0), percent=True))
    assert problems(number, endless) == problems(endless, number) == []


def test_an_explanation_that_has_no_room_is_reported() -> None:
    """It is left out with a problem in its own source, and never silently."""
    long = choice(why="It holds. " * 900)
    (problem,) = problems(long, choice(why="It slips not. " * 900))
    assert (problem.fault, problem.line) == (Fault.TOO_LONG, 1)
    assert "line 1 of a.md" in problem.message


def test_headings_that_come_again_on_a_page_stay_apart() -> None:
    """Below another section, "Compare the costs" is another question."""
    page = source(
        asks("Compare the costs of both devices", "a"), asks("Compare the costs of both devices", "b")
    )
    assert linked((page,)) == ((page,), ())


def test_a_finding_that_a_link_settles_is_gone() -> None:
    """An open question without a short answer has a key once one with options stands for it."""
    lacking = Problem(Fault.NO_KEY, 1, "It has no short form.", "Write one.")
    open_page = replace(source(replace(asks(), off=("No short form.",))), problems=(lacking,))
    (found, _), _ = linked((open_page, source(choice(), path="b.md")))
    assert found.problems == ()

    unmarked = replace(source(choice(LOOP, [one.strip("+") for one in KNOTS])), problems=(lacking,))
    (found, _), links = linked((unmarked, source(choice(), path="b.md")))
    assert links == (Link((1, 0), (0, 0)),)
    assert found.problems == (lacking,)


def test_three_sources_are_one_question() -> None:
    """All links lead to the one that is left."""
    pages = (source(asks(LOOP, "Bowline")), source(choice(), path="b.md"), source(choice(), path="c.md"))
    found, links = linked(pages)

    assert links == (Link((1, 0), (0, 0)), Link((1, 0), (2, 0)))
    assert [len(one.questions) for one in found] == [0, 1, 0]


PROMPTS = (
    LOOP,
    "Which knot makes a fxied loop?",
    "Which knot makes no fixed loop?",
    "What is it?",
    "What?",
    "",
)
_options = st.lists(st.sampled_from((*KNOTS, "+Sheet bend", "+Prusik", "Cat", "", "Yes", "+No")), max_size=5)
_questions = st.one_of(
    st.builds(choice, st.sampled_from(PROMPTS), _options, st.sampled_from(("", "a", "It is so."))),
    st.builds(
        asks,
        st.sampled_from(PROMPTS),
        st.sampled_from(("", "Bowline", "Prusik", "Yes")),
        st.sampled_from(("", "a", "It is so because of the loop.")),
    ),
)


@st.composite
def sources(draw: st.DrawFn) -> tuple[Harvest, ...]:
    """Return a few sources with questions that are much alike."""
    pages = draw(st.lists(st.lists(_questions, max_size=6), max_size=4))
    return tuple(
        source(
            *(replace(one, span=Span(line, line)) for line, one in enumerate(page, 1)), path=f"{at}/quiz.md"
        )
        for at, page in enumerate(pages)
    )


@settings(max_examples=100, deadline=None)
@given(sources())
def test_linking_again_changes_nothing(pages: tuple[Harvest, ...]) -> None:
    """What is left asks nothing twice."""
    found, _ = linked(pages)
    assert linked(found) == (found, ())


@settings(max_examples=100, deadline=None)
@given(sources())
def test_each_question_stays_or_is_named_once(pages: tuple[Harvest, ...]) -> None:
    """Those that stay keep their order, links lead to them, and every line is accounted for."""
    found, links = linked(pages)
    gone = [link.gone for link in links]
    left = [
        [one.span for number, one in enumerate(page.questions) if (at, number) not in gone]
        for at, page in enumerate(pages)
    ]

    assert len(set(gone)) == len(gone)
    assert not {link.kept for link in links} & set(gone)
    assert [[one.span for one in page.questions] for page in found] == left
    assert all(unaccounted(page) == () for page in found)


def test_many_questions_are_linked_in_little_time() -> None:
    """Ten times as many take ten times as long: no two thousand of one prompt are compared in pairs."""

    def two(count: int) -> tuple[Harvest, ...]:
        other = tuple(
            choice("Which is it?", [f"+{n} a", f"{n} b", f"{n} c"], line=n) for n in range(1, count)
        )
        same = tuple(choice(line=n) for n in range(1, count))
        return source(*other), source(*same, path="b.md")

    assert growth(linked, two(4000), two(400), enough=30) < 30
