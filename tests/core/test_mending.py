"""Mending: an item as the text of a form, and back."""

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.core.ids import OptionId
from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Item,
    Kind,
    MatchKey,
    NumberKey,
    OrderKey,
    Point,
    TextKey,
)
from bot.core.mending import Slip, Slipped, key_in_words, mended, mending_of
from bot.core.review_commands import Mending
from tests.core.builders import EVERY_KIND, choice

SINGLE = choice(0)
BY_KIND = {shown.kind: shown for shown in EVERY_KIND}
MULTIPLE = replace(SINGLE, kind=Kind.MULTIPLE_RESPONSE, key=ChoiceKey((OptionId("a"), OptionId("b"))))
BLANKS = replace(
    SINGLE,
    kind=Kind.FILL_IN,
    options=(),
    prompt="A ___ and a ___.",
    key=BlanksKey((Blank(("x", "y")), Blank(("z",)))),
)
NUMBER = replace(SINGLE, kind=Kind.NUMERIC, options=(), key=NumberKey(Decimal("12.5"), unit="ms"))
TEXT = replace(
    SINGLE,
    kind=Kind.FREE_TEXT,
    options=(),
    key=TextKey(("all",), (Point("one", ("1", "uno")), Point("two", ("2",))), 2),
)
ORDER = replace(SINGLE, kind=Kind.ORDERING, key=OrderKey(tuple(option.id for option in SINGLE.options)))


def typed(item: Item, answers: str) -> Item | Slipped:
    """Return *item* with other *answers* in its form."""
    return mended(item, replace(mending_of(item), answers=answers))


def lines(item: Item) -> list[str]:
    """Return the answers of the form of *item*."""
    return mending_of(item).answers.splitlines()


@pytest.mark.parametrize("item", EVERY_KIND, ids=lambda item: str(item.kind))
def test_a_form_that_nobody_changed_gives_the_same_item(item: Item) -> None:
    """Whatever its kind, every id and every setting that the form does not show."""
    item = replace(item, prompt=item.prompt.strip(), explanation=item.explanation.strip())

    assert mended(item, mending_of(item)) == item
    assert key_in_words(item)


def test_another_option_is_right_with_a_star_before_it() -> None:
    """Nothing else of the item changes."""
    texts = [line.removeprefix("* ") for line in lines(SINGLE)]
    texts[3] = f"*{texts[3]}"

    assert typed(SINGLE, "\n".join(texts)) == replace(SINGLE, key=ChoiceKey((SINGLE.options[3].id,)))


def test_options_are_reworded_where_no_line_says_what_they_said() -> None:
    """In whatever order the lines stand, an option that is still said stays the one that it was."""
    first, second, third, fourth = lines(SINGLE)

    after = typed(SINGLE, f"{fourth}\nSomething new\n{third}\n{second}")

    assert isinstance(after, Item)
    assert [option.id for option in after.options] == [option.id for option in SINGLE.options]
    assert after.options[0].text == "Something new"
    assert after.options[1:] == SINGLE.options[1:]
    assert after.key == SINGLE.key
    assert first not in mending_of(after).answers


def test_the_words_around_the_answers_change_too() -> None:
    """Without what stands around them."""
    after = mended(SINGLE, Mending(" Which? \n", mending_of(SINGLE).answers, " Because. "))

    assert after == replace(SINGLE, prompt="Which?", explanation="Because.")


@pytest.mark.parametrize(
    "change, slip",
    [
        ({"prompt": " "}, Slip.NO_PROMPT),
        ({"prompt": "x" * 2001}, Slip.LONG_PROMPT),
        ({"explanation": "x" * 3001}, Slip.LONG_EXPLANATION),
        ({"answers": "* a\nb\nc"}, Slip.OTHER_COUNT),
        ({"answers": "* a\nb\nc\n" + "d" * 301}, Slip.LONG_OPTION),
        ({"answers": "* a\nb\nc\n* "}, Slip.EMPTY_OPTION),
        ({"answers": "* a\nb\nc\nb"}, Slip.SAME_OPTIONS),
        ({"answers": "a\nb\nc\nd"}, Slip.NONE_RIGHT),
        ({"answers": "* a\n* b\nc\nd"}, Slip.ONE_RIGHT),
    ],
)
def test_what_is_wrong_with_a_choice_is_said(change: dict[str, str], slip: Slip) -> None:
    """One thing at a time."""
    after = mended(SINGLE, replace(mending_of(SINGLE), **change))

    assert isinstance(after, Slipped)
    assert after.slip is slip


def test_several_options_may_be_right_but_never_all_of_them() -> None:
    """Where several can be chosen."""
    assert typed(MULTIPLE, "* a\nb\n* c\nd") != MULTIPLE
    assert typed(MULTIPLE, "* a\n* b\n* c\n* d") == Slipped(Slip.ALL_RIGHT)


def test_blanks_accept_what_stands_on_their_lines() -> None:
    """Separated by bars; the question keeps as many blanks."""
    after = typed(BLANKS, "x | w |\nz")

    assert isinstance(after, Item)
    assert after.key == BlanksKey((Blank(("x", "w")), Blank(("z",))))
    assert typed(BLANKS, "x") == Slipped(Slip.OTHER_COUNT, "2")
    assert typed(BLANKS, "x\n|") == Slipped(Slip.NO_ANSWER, "|")
    assert typed(BLANKS, f"x\n{'y' * 201}") == Slipped(Slip.LONG_ANSWER, "y" * 201)
    one_blank = mended(BLANKS, replace(mending_of(BLANKS), prompt="A ___."))
    assert one_blank == Slipped(Slip.OTHER_BLANKS, "2")


@pytest.mark.parametrize(
    "said, value, tolerance",
    [("13", "13", "0"), ("13 ± 0.5", "13", "0.5"), ("-1.5 +/- 2 %", "-1.5", "2")],
)
def test_a_number_may_say_how_far_off_an_answer_may_be(said: str, value: str, tolerance: str) -> None:
    """Its unit stays, and the form shows what was typed."""
    after = typed(NUMBER, said)

    assert isinstance(after, Item)
    key = NumberKey(Decimal(value), Decimal(tolerance), percent="%" in said, unit="ms")
    assert after.key == key
    assert typed(after, "\n".join(lines(after))) == after


@pytest.mark.parametrize("said", ["", "many", "1.2.3", "13 ± ."])
def test_what_is_no_number_is_said_back(said: str) -> None:
    """As it was typed."""
    assert typed(NUMBER, said) == Slipped(Slip.NO_NUMBER, said)


def test_free_text_has_answers_and_points() -> None:
    """A line with an equals sign is a point, and what shows that it was said."""
    after = typed(TEXT, "everything\none = 1\ntwo = 2 | due")

    assert isinstance(after, Item)
    assert after.key == TextKey(("everything",), (Point("one", ("1",)), Point("two", ("2", "due"))), 2)
    assert typed(TEXT, "one = 1") == Slipped(Slip.NO_POINT, "2")
    assert typed(TEXT, "one = |\ntwo = 2") == Slipped(Slip.NO_ANSWER, "|")
    assert typed(TEXT, "") == Slipped(Slip.NO_ANSWER)
    assert typed(TEXT, "x" * 201) == Slipped(Slip.LONG_ANSWER, "x" * 201)
    assert key_in_words(TEXT) == ("all",)
    points = replace(TEXT, key=TextKey((), (Point("one", ("1",)),)))
    assert key_in_words(points) == ("one",)


def test_an_order_changes_with_the_order_of_the_lines() -> None:
    """Each has to be one of the options, once."""
    first, second, *rest = lines(ORDER)

    after = typed(ORDER, "\n".join((second, first, *rest)))

    assert isinstance(after, Item)
    assert isinstance(after.key, OrderKey)
    assert after.key.order[:2] == (SINGLE.options[1].id, SINGLE.options[0].id)
    assert typed(ORDER, first) == Slipped(Slip.OTHER_COUNT, "4")
    assert typed(ORDER, "\n".join(("?", first, *rest))) == Slipped(Slip.UNKNOWN_OPTION, "?")
    assert typed(ORDER, "\n".join((first, first, *rest))) == Slipped(Slip.SAME_OPTIONS, first)


def test_pairs_change_with_what_stands_behind_the_equals_sign() -> None:
    """Each left side once, with one of the right ones."""
    item = BY_KIND[Kind.MATCHING]
    first, second, *rest = lines(item)
    left, right = first.split(" = "), second.split(" = ")

    after = typed(item, "\n".join((f"{left[0]} = {right[1]}", f"{right[0]} = {left[1]}", *rest)))

    assert isinstance(after, Item)
    assert isinstance(after.key, MatchKey)
    assert isinstance(item.key, MatchKey)
    assert after.key.pairs[0] == (item.key.pairs[0][0], item.key.pairs[1][1])
    assert typed(item, first) == Slipped(Slip.OTHER_COUNT, str(len(item.key.pairs)))
    assert typed(item, "\n".join(("nothing", second, *rest))) == Slipped(Slip.NO_PAIR, "nothing")
    assert typed(item, "\n".join((second, second, *rest))) == Slipped(Slip.NO_PAIR)
    odd = replace(item, stems=(replace(item.stems[0], text="a = b"), *item.stems[1:]))
    assert mended(odd, mending_of(odd)) == odd


def test_each_slip_is_about_a_field_of_the_form() -> None:
    """So that its sentence can stand below that field."""
    assert [Slip(one).place for one in ("other_blanks", "no_pair", "long_explanation")] == [0, 1, 2]
