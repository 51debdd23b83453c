"""Chosen options: one, several, in order, in pairs."""

from decimal import Decimal
from fractions import Fraction

import pytest

from bot.core.grading import Grade, Unreadable, grade
from bot.core.ids import DeckId, ItemId, OptionId, StemId, Topic
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Item,
    Key,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Stem,
    TextKey,
)
from bot.core.responses import Chosen, Typed


def chosen(letters: str) -> Chosen:
    """Return a response with one option for each letter."""
    return Chosen(tuple(OptionId(letter) for letter in letters))


def option_item(kind: Kind, key: Key, letters: str) -> Item:
    """Return an item whose options are *letters*."""
    return Item(
        id=ItemId("pack/item"),
        deck=DeckId("pack/deck"),
        kind=kind,
        prompt="Which?",
        key=key,
        topic=Topic("1.1"),
        options=tuple(Option(OptionId(letter), letter) for letter in letters),
        stems=tuple(Stem(StemId(stem), stem) for stem in "123"),
    )


def choice_key(letters: str) -> ChoiceKey:
    """Return the key with *letters* right."""
    return ChoiceKey(chosen(letters).options)


SINGLE = option_item(Kind.SINGLE_CHOICE, choice_key("b"), "abcd")
TRUTH = option_item(Kind.TRUE_FALSE, choice_key("t"), "tf")
SEVERAL = option_item(Kind.MULTIPLE_RESPONSE, choice_key("ab"), "abcde")
MOSTLY_RIGHT = option_item(Kind.MULTIPLE_RESPONSE, choice_key("abc"), "abcd")
ALL_RIGHT = option_item(Kind.MULTIPLE_RESPONSE, choice_key("abc"), "abc")
ORDER = option_item(Kind.ORDERING, OrderKey(chosen("abcd").options), "dcba")
PAIRS = option_item(
    Kind.MATCHING,
    MatchKey(
        tuple((StemId(stem), OptionId(option)) for stem, option in (("1", "a"), ("2", "b"), ("3", "a")))
    ),
    "abcd",
)
RIGHT = Grade(Fraction(1))
WRONG = Grade(Fraction(0))


@pytest.mark.parametrize(
    "item,letters,expected",
    [
        (SINGLE, "b", RIGHT),
        (SINGLE, "a", WRONG),
        (SINGLE, "", Unreadable.EMPTY),
        (SINGLE, "ab", Unreadable.ONE_ONLY),
        (SINGLE, "bb", Unreadable.ONE_ONLY),
        (SINGLE, "x", Unreadable.UNKNOWN_OPTION),
        (TRUTH, "t", RIGHT),
        (TRUTH, "f", WRONG),
        (SEVERAL, "ab", RIGHT),
        (SEVERAL, "ba", RIGHT),
        (SEVERAL, "a", WRONG),
        (SEVERAL, "abc", WRONG),
        (SEVERAL, "cde", WRONG),
        (SEVERAL, "", Unreadable.EMPTY),
        (SEVERAL, "aa", Unreadable.REPEATED_OPTION),
        (SEVERAL, "ax", Unreadable.UNKNOWN_OPTION),
        (ALL_RIGHT, "cab", RIGHT),
        (ORDER, "", Unreadable.EMPTY),
        (ORDER, "abc", Unreadable.INCOMPLETE),
        (ORDER, "abcc", Unreadable.REPEATED_OPTION),
        (ORDER, "abcda", Unreadable.REPEATED_OPTION),
        (ORDER, "abcx", Unreadable.UNKNOWN_OPTION),
        (PAIRS, "", Unreadable.EMPTY),
        (PAIRS, "ab", Unreadable.INCOMPLETE),
        (PAIRS, "abab", Unreadable.INCOMPLETE),
        (PAIRS, "abx", Unreadable.UNKNOWN_OPTION),
    ],
)
@pytest.mark.parametrize("partial", [False, True])
def test_what_does_not_depend_on_partial_credit(
    item: Item, letters: str, expected: Grade | Unreadable, *, partial: bool
) -> None:
    """Right is right and unreadable is unreadable under both rules."""
    graded = grade(item, chosen(letters), partial=partial)

    if expected == WRONG and partial and isinstance(graded, Grade):
        assert not graded.right
    else:
        assert graded == expected


@pytest.mark.parametrize(
    "item,letters,credit",
    [
        (SEVERAL, "a", Fraction(1, 2)),
        (SEVERAL, "abc", Fraction(1, 2)),
        (SEVERAL, "ac", Fraction(0)),
        (SEVERAL, "abcd", Fraction(0)),
        (SEVERAL, "abcde", Fraction(0)),
        (SEVERAL, "cde", Fraction(0)),
        (MOSTLY_RIGHT, "ab", Fraction(2, 3)),
        (MOSTLY_RIGHT, "abcd", Fraction(2, 3)),
        (MOSTLY_RIGHT, "d", Fraction(0)),
    ],
)
def test_a_wrong_choice_takes_back_a_right_one(item: Item, letters: str, credit: Fraction) -> None:
    """Choosing everything is worth nothing where as many are wrong as right, and never the whole."""
    assert grade(item, chosen(letters), partial=True) == Grade(credit)
    assert grade(item, chosen(letters)) == WRONG


@pytest.mark.parametrize(
    "letters,credit,parts",
    [
        ("abcd", Fraction(1), (True, True, True, True)),
        ("dabc", Fraction(2, 3), (False, False, False, False)),
        ("bcda", Fraction(2, 3), (False, False, False, False)),
        ("abdc", Fraction(1, 3), (True, True, False, False)),
        ("acbd", Fraction(0), (True, False, False, True)),
        ("dcba", Fraction(0), (False, False, False, False)),
    ],
)
def test_an_order_earns_the_neighbours_that_it_keeps(
    letters: str, credit: Fraction, parts: tuple[bool, ...]
) -> None:
    """One option out of place does not cost all that it moved; the parts still go by position."""
    assert grade(ORDER, chosen(letters), partial=True) == Grade(credit, parts=parts)
    assert grade(ORDER, chosen(letters)) == Grade(Fraction(credit == 1), parts=parts)


def test_an_order_of_one_is_right() -> None:
    """There are no neighbours to count."""
    item = option_item(Kind.ORDERING, OrderKey(chosen("a").options), "a")

    assert grade(item, chosen("a"), partial=True) == Grade(Fraction(1), parts=(True,))


@pytest.mark.parametrize(
    "letters,credit,parts",
    [
        ("aba", Fraction(1), (True, True, True)),
        ("abd", Fraction(2, 3), (True, True, False)),
        ("cbc", Fraction(1, 3), (False, True, False)),
        ("dcd", Fraction(0), (False, False, False)),
    ],
)
def test_pairs_earn_by_the_stem_and_an_option_may_serve_twice(
    letters: str, credit: Fraction, parts: tuple[bool, ...]
) -> None:
    """Under the exam rule only all stems together earn anything."""
    assert grade(PAIRS, chosen(letters), partial=True) == Grade(credit, parts=parts)
    assert grade(PAIRS, chosen(letters)) == Grade(Fraction(credit == 1), parts=parts)


@pytest.mark.parametrize("item", [SINGLE, SEVERAL, ORDER, PAIRS])
def test_a_typed_text_is_no_answer_to_options(item: Item) -> None:
    """A form that the item does not take is refused, not counted."""
    assert grade(item, Typed(("a",))) == Unreadable.UNKNOWN_OPTION


@pytest.mark.parametrize("key", [TextKey(("a",)), NumberKey(Decimal(1)), BlanksKey((Blank(("a",)),))])
def test_an_option_is_no_answer_to_a_blank(key: Key) -> None:
    """As above, the other way round."""
    item = option_item(Kind.FILL_IN, key, "a")

    assert grade(item, chosen("a")) == Unreadable.UNKNOWN_OPTION
