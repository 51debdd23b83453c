"""What holds for every answer, whatever it is."""

import random
import string
from decimal import Decimal
from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core.grading import LONGEST_TEXT, Grade, Unreadable, grade
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
    Point,
    Stem,
    TextKey,
)
from bot.core.responses import Chosen, Response, Typed
from bot.core.words import compose

patient = settings(deadline=None)  # A busy machine is no reason to fail; speed is measured in tests/bench.

OPTIONS = tuple(OptionId(letter) for letter in "abcdef")
STEMS = tuple(StemId(letter) for letter in "123")

options = st.lists(st.sampled_from([*OPTIONS, OptionId("unknown")]), max_size=8).map(tuple)
some_options = st.lists(st.sampled_from(OPTIONS), min_size=1, unique=True).map(tuple)
orders = st.permutations(OPTIONS).map(tuple)
triples = st.lists(st.sampled_from(OPTIONS), min_size=3, max_size=3).map(tuple)

technical = st.sampled_from([
    *("the", "a", "an", "not", "no", "never", "and", "or", "un", "in", "de", "type", "I", "II", "k"),
    *("s3:GetObject", "1,000", "80%", "1.5", "-5", "C++", "x²", "e.g.", "--x", "n't", "(AUC)", "area;"),
    *("area", "under", "curve", "precision", "recall", "crossvalidation", "un-supervised", "it's", "don't"),
])  # fmt: skip
sentences = st.lists(technical, max_size=30).map(" ".join)
texts = st.one_of(st.text(max_size=60), sentences, st.text("0123456789.,-+/%e ^½²:ms", max_size=15))

keys: st.SearchStrategy[Key] = st.one_of(
    st.builds(ChoiceKey, some_options),
    st.builds(OrderKey, orders),
    triples.map(lambda right: MatchKey(tuple(zip(STEMS, right, strict=True)))),
    st.builds(
        BlanksKey,
        st.lists(
            st.builds(Blank, st.lists(texts, min_size=1, max_size=3).map(tuple), st.booleans()), min_size=1
        ).map(tuple),
    ),
    st.builds(
        NumberKey,
        st.decimals(-1000, 1000, places=2),
        st.decimals(0, 10, places=2),
        st.booleans(),
        st.sampled_from(["", "%", "ms", "MB"]),
        st.sampled_from([(), (("s", Decimal(1000)), ("Mb", Decimal("0.125")))]),
        st.booleans(),
    ),
    st.builds(
        TextKey,
        st.lists(texts, max_size=3).map(tuple),
        st.lists(st.builds(Point, st.just("it"), st.lists(texts, max_size=3).map(tuple)), max_size=3).map(
            tuple
        ),
        st.integers(0, 1),
        st.booleans(),
    ),
)
responses: st.SearchStrategy[Response] = st.one_of(
    options.map(Chosen), st.lists(texts, max_size=3).map(lambda typed: Typed(tuple(typed)))
)


def make_item(key: Key, rivals: tuple[str, ...] = (), *, several: bool = True) -> Item:
    """Return an item with *key*, the six options and the three stems."""
    return Item(
        id=ItemId("pack/item"),
        deck=DeckId("pack/deck"),
        kind=Kind.MULTIPLE_RESPONSE if several else Kind.SINGLE_CHOICE,
        prompt="?",
        key=key,
        topic=Topic("1.1"),
        options=tuple(Option(option, option) for option in OPTIONS),
        stems=tuple(Stem(stem, stem) for stem in STEMS),
        rivals=rivals,
    )


@patient
@given(keys, responses, st.lists(texts, max_size=3).map(tuple), st.booleans())
def test_every_answer_is_graded_or_refused(
    key: Key,
    response: Response,
    rivals: tuple[str, ...],
    several: bool,  # noqa: FBT001 - hypothesis hands it over
) -> None:
    """Nothing raises; credit is from 0 to 1; both rules agree on what is right and on what cannot be read."""
    item = make_item(key, rivals, several=several)

    exam = grade(item, response)
    partial = grade(item, response, partial=True)

    if isinstance(exam, Unreadable) or isinstance(partial, Unreadable):
        assert exam == partial
    else:
        assert exam.credit in {0, 1}
        assert 0 <= partial.credit <= 1
        assert exam.right == partial.right
        assert not (exam.right and exam.near)
        assert exam.parts == partial.parts


@patient
@given(texts, st.lists(texts, max_size=3), st.lists(texts, max_size=3).map(tuple), st.booleans())
def test_an_accepted_text_is_always_right(
    text: str,
    others: list[str],
    rivals: tuple[str, ...],
    exact: bool,  # noqa: FBT001 - hypothesis hands it over
) -> None:
    """Rivals and other accepted texts take nothing away from it."""
    assume(compose(text) and len(text) <= LONGEST_TEXT)

    key = TextKey(accept=(*others, text), exact=exact)

    assert grade(make_item(key, rivals), Typed((text,))) == Grade(Fraction(1))


@patient
@given(st.text(), st.text())
def test_another_text_is_not_right_where_nothing_is_tolerated(key: str, typed: str) -> None:
    """Exact keys accept their own characters alone."""
    graded = grade(make_item(TextKey(accept=(key,), exact=True)), Typed((typed,)))

    if isinstance(graded, Grade):
        assert graded.right == (compose(key).casefold() == compose(typed).casefold())


LONG_ANSWERS = (
    *("regularization", "cardiovascular", "photosynthesis", "thermodynamics", "constellation", "logarithmic"),
    *("electromagnetism", "architecture", "philosophical", "kaleidoscope", "vocabulary", "gravitational"),
)


def mistype(text: str, slips: int, seed: int) -> str:
    """Return *text* with *slips* slips at different places, none at the first letter."""
    draw = random.Random(seed)
    typed = list(text)
    for at in sorted(draw.sample(range(1, len(text) - 1, 3), slips), reverse=True):
        letter = draw.choice(string.ascii_lowercase)
        one, two = typed[at : at + 2]
        typed[at : at + 2] = draw.choice([[two], [letter, one, two], [letter, two], [two, one]])
    return "".join(typed)


@patient
@given(st.sampled_from(LONG_ANSWERS), st.integers(0, 2), st.integers(0, 2**32))
def test_a_long_answer_with_few_slips_is_right(answer: str, slips: int, seed: int) -> None:
    """One slip from five letters, two from nine."""
    typed = mistype(answer, slips, seed)
    assume(len(typed) >= 9)

    assert grade(make_item(TextKey(accept=(answer,))), Typed((typed,))) == Grade(Fraction(1))


@patient
@given(st.sampled_from(LONG_ANSWERS), st.lists(st.sampled_from(LONG_ANSWERS), min_size=1, max_size=8))
def test_a_list_of_candidates_is_wrong(answer: str, others: list[str]) -> None:
    """More words than the answer has are never forgiven."""
    dump = " ".join([answer, *others])

    assert grade(make_item(TextKey(accept=(answer,))), Typed((dump,))) == Grade(Fraction(0))


@patient
@given(some_options, st.permutations(OPTIONS), st.integers(1, 6), st.booleans())
def test_the_order_of_several_choices_does_not_matter(
    right: tuple[OptionId, ...],
    shuffled: list[OptionId],
    size: int,
    partial: bool,  # noqa: FBT001
) -> None:
    """What is chosen is a set."""
    item = make_item(ChoiceKey(right))
    picked = shuffled[:size]

    assert grade(item, Chosen(tuple(picked)), partial=partial) == grade(
        item, Chosen(tuple(sorted(picked))), partial=partial
    )


@patient
@given(some_options)
def test_choosing_everything_is_never_the_best(right: tuple[OptionId, ...]) -> None:
    """It is worth nothing where at least half is wrong, and less than the whole wherever anything is."""
    graded = grade(make_item(ChoiceKey(right)), Chosen(OPTIONS), partial=True)

    assert isinstance(graded, Grade)
    assert graded.right == (len(right) == len(OPTIONS))
    assert graded.credit == 0 or len(right) * 2 > len(OPTIONS)


@patient
@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3))
def test_every_decimal_is_read_back(value: Decimal) -> None:
    """With or without groups of thousands."""
    item = make_item(NumberKey(value))

    assert grade(item, Typed((str(value),))) == Grade(Fraction(1))
    assert grade(item, Typed((f"{value:,}",))) == Grade(Fraction(1))
