"""Questions: what is shown, what comes back, and the way between positions and options."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.effects import Sheet, Tally
from bot.core.grades import Unreadable
from bot.core.ids import QuestionId, RoundId
from bot.core.items import Difficulty, Kind
from bot.core.questions import Question, letter, question_id, round_of
from bot.core.responses import Chosen, Picked, Response, Sent, Typed
from tests.core.builders import (
    BLANKS,
    NUMBER,
    ORDER,
    PAIRS,
    SEVERAL,
    TEXT,
    TRUTH,
    choice,
    chosen,
    qid,
    question,
)

SHUFFLED = Question(qid(0), 0, choice(), (2, 0, 3, 1))
PAIRED = Question(qid(0), 0, PAIRS, (1, 2, 0), (2, 0, 1))


@pytest.mark.parametrize(
    "id_, expected",
    [
        ("round.0", ("round", 0)),
        ("a.b.12", ("a.b", 12)),
        ("round.999", ("round", 999)),
        ("round.1000", ("", -1)),
        ("round.", ("", -1)),
        ("round.-1", ("", -1)),
        ("round", ("", -1)),
        ("", ("", -1)),
    ],
)
def test_a_questions_id_names_its_round_and_position(id_: str, expected: tuple[str, int]) -> None:
    """Whatever is no such id names nothing."""
    assert round_of(QuestionId(id_)) == expected


@given(st.text("abcdefghijklmnop234567.", min_size=1), st.integers(0, 999))
def test_the_id_of_a_question_leads_back_to_it(round_: str, position: int) -> None:
    """Any round, any position."""
    assert round_of(question_id(RoundId(round_), position)) == (round_, position)


def test_letters_belong_to_places() -> None:
    """The first option shown is A, whichever it is."""
    assert [letter(place) for place in (0, 1, 25)] == ["A", "B", "Z"]


# ------------------------------------------------------------------------------------------ what is shown


def test_a_sheet_shows_the_options_in_their_drawn_order() -> None:
    """With everything that a reader needs, and nothing of the key."""
    assert SHUFFLED.sheet(5) == Sheet(
        question=qid(0),
        kind=Kind.SINGLE_CHOICE,
        number=1,
        total=5,
        prompt="Which?",
        scenario="",
        options=("option c", "option a", "option d", "option b"),
        stems=(),
        topic=choice().topic,
        difficulty=Difficulty.MEDIUM,
        choose=1,
    )


def test_a_sheet_shows_stems_blanks_and_units_where_there_are_any() -> None:
    """How many to choose, how many blanks to fill, in which unit to count."""
    assert PAIRED.sheet(1).stems == ("stem z", "stem x", "stem y")
    assert question(SEVERAL).sheet(1).choose == 2
    assert question(BLANKS).sheet(1).blanks == 2
    assert question(NUMBER).sheet(1).unit == "ms"


# ------------------------------------------------------------------------------------------ what comes back


@pytest.mark.parametrize(
    "shown, sent, response",
    [
        (SHUFFLED, Picked((0,)), Chosen(chosen("c"))),
        (SHUFFLED, Picked((3, 1)), Chosen(chosen("ba"))),
        (question(ORDER), Picked((2, 0, 1)), Chosen(chosen("cab"))),
        (PAIRED, Picked((0, 1, 2)), Chosen(chosen("cab"))),
        (PAIRED, Picked((0, 0, 0)), Chosen(chosen("bbb"))),
        (question(TEXT), Typed(("x",)), Typed(("x",))),
        (question(BLANKS), Typed(("x", "y")), Typed(("x", "y"))),
        (SHUFFLED, Picked((4,)), Unreadable.UNKNOWN_OPTION),
        (SHUFFLED, Picked((-1,)), Unreadable.UNKNOWN_OPTION),
        (SHUFFLED, Typed(("A",)), Unreadable.UNKNOWN_OPTION),
        (question(TEXT), Picked((0,)), Unreadable.UNKNOWN_OPTION),
        (PAIRED, Picked((0, 1)), Unreadable.INCOMPLETE),
        (PAIRED, Picked((0, 1, 2, 0)), Unreadable.INCOMPLETE),
    ],
)
def test_shown_positions_become_options(shown: Question, sent: Sent, response: Response | Unreadable) -> None:
    """Texts pass as they are, and what was not shown cannot be chosen."""
    assert shown.read(sent) == response


def orders(count: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Draw an order of *count* things."""
    return st.permutations(range(count)).map(tuple)


@given(order=orders(4), picked=st.lists(st.integers(0, 3), max_size=4).map(tuple))
def test_options_lead_back_to_the_places_where_they_were_shown(
    order: tuple[int, ...], picked: tuple[int, ...]
) -> None:
    """Whatever the drawn order is."""
    shown = Question(qid(0), 0, SEVERAL, order)

    response = shown.read(Picked(picked))

    assert isinstance(response, Chosen)
    assert shown.positions(response) == picked


@given(order=orders(3), stems=orders(3), picked=st.tuples(*[st.integers(0, 2)] * 3))
def test_pairs_lead_back_to_the_stems_as_they_were_shown(
    order: tuple[int, ...], stems: tuple[int, ...], picked: tuple[int, ...]
) -> None:
    """Stored by the item's stems, told by the shown ones."""
    shown = Question(qid(0), 0, PAIRS, order, stems)

    response = shown.read(Picked(picked))

    assert isinstance(response, Chosen)
    assert shown.positions(response) == picked


@pytest.mark.parametrize(
    "shown, response, labels",
    [
        (SHUFFLED, Chosen(chosen("b")), ("D",)),
        (SHUFFLED, Chosen(chosen("bc")), ("A", "D")),
        (question(ORDER), Chosen(chosen("cab")), ("C", "A", "B")),
        (PAIRED, Chosen(chosen("cab")), ("A", "B", "C")),
        (question(TRUTH), Chosen(chosen("f")), ("B",)),
        (question(BLANKS), Typed(("x", "y")), ("x", "y")),
    ],
)
def test_a_sender_is_told_their_answer_as_they_know_it(
    shown: Question, response: Response, labels: tuple[str, ...]
) -> None:
    """Letters for options, in alphabetical order where their order says nothing; texts as typed."""
    assert shown.labels(response) == labels


# ------------------------------------------------------------------------------------------ tallies


def given_answers(*answers: tuple[Response, bool]) -> Iterator[tuple[Response, bool]]:
    """Return *answers* as they come at a reveal."""
    return iter(answers)


def test_options_are_counted_where_they_were_shown() -> None:
    """An option that nobody chose is there with 0, and several may be chosen at once."""
    shown = Question(qid(0), 0, SEVERAL, (3, 2, 1, 0))

    tallies = shown.tally(
        given_answers((Chosen(chosen("ac")), True), (Chosen(chosen("ab")), False), (Typed(("?",)), False))
    )

    assert tallies == (
        Tally(0, right=False, position=0),
        Tally(1, right=True, position=1),
        Tally(1, right=False, position=2),
        Tally(2, right=True, position=3),
    )


def test_typed_answers_are_counted_whatever_their_capitals_and_spaces() -> None:
    """The commonest come first, then by the alphabet, and at most eight are told."""
    texts = ["Kafka", "kafka ", "KAFKA", "spark", " spark", *"abcdefgh"]

    tallies = question(TEXT).tally((Typed((text,)), text.strip().casefold() == "kafka") for text in texts)

    assert tallies[:3] == (
        Tally(3, right=True, text="kafka"),
        Tally(2, right=False, text="spark"),
        Tally(1, right=False, text="a"),
    )
    assert len(tallies) == 8


def test_the_texts_of_several_blanks_are_one_answer() -> None:
    """Joined in a way that nobody types."""
    tallies = question(BLANKS).tally(given_answers((Typed(("One", "Two")), False), (Chosen(()), False)))

    assert tallies == (Tally(1, right=False, text="one · two"),)


@pytest.mark.parametrize("shown", [ORDER, PAIRS], ids=lambda one: one.kind.value)
def test_orders_and_pairs_have_no_tallies(shown: object) -> None:
    """Almost every answer would be a line of its own."""
    assert question(ORDER if shown is ORDER else PAIRS).tally(given_answers()) == ()
