"""Free text graded by the points that it makes."""

from fractions import Fraction

import pytest

from bot.core.grading import Grade, Unreadable, grade
from bot.core.ids import DeckId, ItemId, Topic
from bot.core.items import Item, Kind, Point, TextKey
from bot.core.responses import Typed


def points_item(
    *points: tuple[str, ...],
    need: int = 0,
    accept: tuple[str, ...] = (),
    rivals: tuple[str, ...] = (),
    exact: bool = False,
) -> Item:
    """Return a free-text item with one point for each tuple of phrases."""
    said = tuple(Point(phrases[0], phrases) for phrases in points)
    return Item(
        id=ItemId("pack/item"),
        deck=DeckId("pack/deck"),
        kind=Kind.FREE_TEXT,
        prompt="Why?",
        key=TextKey(accept=accept, points=said, need=need, exact=exact),
        topic=Topic("1.1"),
        rivals=rivals,
    )


SAID = [
    ("labels", "It needs labels."),
    ("labels", "It needs a LABEL, always"),
    ("encrypted at rest", "The data is encrypted at rest by default"),
    ("encrypted at rest", "the data is encryptd at rest"),
    ("not returned", "its answers are not returned"),
    ("not returned", "its answers aren't returned"),
    ("not returned", "its answers aren’t returned to the caller"),
    ("never sees", "the caller never sees them"),
    ("encryption", "No, encryption is on"),
    ("encryption", "It never fails. Encryption is on"),
    ("encrypted", "KMS-encrypted volumes"),
    ("cross-validation", "use crossvalidation here"),
    ("area under the curve", "it reports the AUC per class"),
    ("spin", "it spins once"),
    ("at the same time", "both turn at the same time"),
    ("the caller", "goes to caller and log"),
    ("Type II", "that is a type II error"),
    ("supervised", "it is not unsupervised but supervised"),
]


@pytest.mark.parametrize("phrase,text", SAID)
def test_a_phrase_is_said_as_whole_words_anywhere(phrase: str, text: str) -> None:
    """Mistypes, plurals and initials are read as in a whole answer."""
    assert grade(points_item((phrase,)), Typed((text,))) == Grade(Fraction(1), parts=(True,))


NOT_SAID = [
    ("labels", "It needs no labels"),
    ("labels", "It does not need any"),
    ("labelled", "the data isn't labelled"),
    ("labelled", "the data isnt labelled"),
    ("labelled", "the data is never really labelled"),
    ("labelled", "unlabelled data"),
    ("labelled", "un-labelled data"),
    ("labelled", "non labelled data"),
    ("supervised", "it is semi-supervised"),
    ("supervised", "it is unsupervised"),
    ("label", "it is label-free"),
    ("encrypted at rest", "encrypted in transit, at rest plain"),
    ("rest", "the restaurant"),
    ("Type I", "that is a type II error"),
    ("returned", "the answers cannot be returned"),
    ("s3:GetObject", "s3:PutObject"),
]


@pytest.mark.parametrize("phrase,text", NOT_SAID)
def test_a_phrase_inside_a_word_or_negated_is_not_said(phrase: str, text: str) -> None:
    """A point is never found by substring, nor in its opposite."""
    assert grade(points_item((phrase,)), Typed((text,))) == Grade(Fraction(0), parts=(False,))


THREE = points_item(("copy", "copies", "mirrored"), ("not returned",), ("compared", "logged"), need=2)


@pytest.mark.parametrize(
    "text,credit,near,parts",
    [
        ("gets a copy, answers not returned", Fraction(1), False, (True, True, False)),
        ("gets a copy, not returned, only logged", Fraction(1), False, (True, True, True)),
        ("gets a copy", Fraction(1, 2), True, (True, False, False)),
        ("something else", Fraction(0), False, (False, False, False)),
    ],
)
def test_enough_points_are_right_and_one_short_is_near(
    text: str, credit: Fraction, parts: tuple[bool, ...], *, near: bool
) -> None:
    """With partial credit each point up to the need counts; without it only enough of them."""
    assert grade(THREE, Typed((text,)), partial=True) == Grade(credit, near, parts)
    assert grade(THREE, Typed((text,))) == Grade(Fraction(credit == 1), near, parts)


def test_without_a_need_every_point_is_needed() -> None:
    """Nought means all."""
    item = points_item(("copy",), ("logged",))

    assert grade(item, Typed(("copy",))) == Grade(Fraction(0), near=True, parts=(True, False))
    assert grade(item, Typed(("logged copy",))) == Grade(Fraction(1), parts=(True, True))


def test_the_only_point_missed_is_not_near() -> None:
    """Nothing was said, so nothing was close."""
    assert grade(points_item(("copy",)), Typed(("shadow",))) == Grade(Fraction(0), parts=(False,))


def test_a_whole_answer_that_is_accepted_makes_every_point() -> None:
    """The author's own words are right even if no phrase is in them."""
    item = points_item(("copy",), ("logged",), accept=("shadow testing",))

    assert grade(item, Typed(("Shadow tsting",))) == Grade(Fraction(1), parts=(True, True))


def test_a_mistyped_phrase_that_is_as_near_to_a_rival_is_not_said() -> None:
    """The rival counts only against a slip, and only in the same place."""
    item = points_item(("cosign",), rivals=("cosine", "Cosign"))

    assert grade(item, Typed(("you cosign",))) == Grade(Fraction(1), parts=(True,))
    assert grade(item, Typed(("you cosigne",))) == Grade(Fraction(0), parts=(False,))
    assert grade(item, Typed(("you cosignt, no cosine",))) == Grade(Fraction(1), parts=(True,))


def test_an_exact_key_forgives_no_slip_in_its_phrases() -> None:
    """Case and punctuation stay free, for a phrase stands in a sentence."""
    item = points_item(("area under the curve",), exact=True)

    assert grade(item, Typed(("The Area under the curve.",))) == Grade(Fraction(1), parts=(True,))
    assert grade(item, Typed(("the area under the curv",))) == Grade(Fraction(0), parts=(False,))
    assert grade(item, Typed(("the AUC",))) == Grade(Fraction(0), parts=(False,))


def test_a_text_that_names_everything_is_refused_as_too_long() -> None:
    """Points are looked for in an answer, not in a glossary."""
    item = points_item(("copy",), ("logged",))

    assert grade(item, Typed(("word " * 53 + "copy logged",))) == Grade(Fraction(1), parts=(True, True))
    assert grade(item, Typed(("word " * 54 + "copy logged",))) == Unreadable.TOO_LONG


def test_a_point_without_words_is_never_said() -> None:
    """An empty phrase is nowhere in a text."""
    assert grade(points_item(("",)), Typed(("anything",))) == Grade(Fraction(0), parts=(False,))
