"""Which letters below a question are somebody's answer: the channel's rule, without a round around it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import Mode, Reacting, Settings
from bot.core.effects import Refusal
from bot.core.items import ChoiceKey, Item, Kind
from bot.core.questions import Question
from bot.core.reactions import MOST_LETTERS, letters_after, reacting_to
from bot.core.responses import Chosen, Picked
from tests.core.builders import EVERY_KIND, SEVERAL, TRUTH, choice, chosen, item, question

ONE = question(choice())
TWO = question(SEVERAL)
FIRST, LAST = Reacting.FIRST, Reacting.LAST
TAKEN = Refusal.REACTED_ALREADY


@pytest.mark.parametrize(
    "had, position, on, first, last",
    [
        ((), 1, True, (1,), (1,)),
        ((1,), 2, True, TAKEN, (2,)),
        ((1,), 1, True, None, None),
        ((1,), 1, False, (), ()),
        ((1,), 2, False, None, None),
        ((), 1, False, None, None),
        ((), 4, True, None, None),
        ((), -1, True, None, None),
        ((1,), 4, False, None, None),
    ],
)
def test_of_a_question_with_one_right_option_one_letter_counts(
    had: tuple[int, ...], position: int, *, on: bool, first: object, last: object
) -> None:
    """The first until it is taken away, or the last put; letters that do not count mean nothing."""
    assert letters_after(ONE, had, position, on=on, rule=FIRST) == first
    assert letters_after(ONE, had, position, on=on, rule=LAST) == last


@pytest.mark.parametrize(
    "had, position, on, first, last",
    [
        ((), 3, True, (3,), (3,)),
        ((3,), 0, True, (3, 0), (3, 0)),
        ((3, 0), 1, True, TAKEN, (0, 1)),
        ((3, 0, 1), 2, True, TAKEN, (1, 2)),
        ((3, 0), 3, True, None, None),
        ((3, 0), 3, False, (0,), (0,)),
        ((0,), 0, False, (), ()),
        ((3, 0), 1, False, None, None),
    ],
)
def test_of_a_question_with_several_as_many_letters_count_as_are_right(
    had: tuple[int, ...], position: int, *, on: bool, first: object, last: object
) -> None:
    """The first so many, or the last: then the oldest goes."""
    assert letters_after(TWO, had, position, on=on, rule=FIRST) == first
    assert letters_after(TWO, had, position, on=on, rule=LAST) == last


@given(
    st.sampled_from((ONE, TWO, question(TRUTH))),
    st.sampled_from(Reacting),
    st.lists(st.tuples(st.integers(-1, 4), st.booleans()), max_size=12),
)
def test_whatever_is_put_and_taken_the_letters_can_be_read(
    of: Question, rule: Reacting, steps: list[tuple[int, bool]]
) -> None:
    """They are never more than are right, never one twice, and doing a step twice changes nothing."""
    had: tuple[int, ...] = ()
    for position, on in steps:
        after = letters_after(of, had, position, on=on, rule=rule)
        had = after if isinstance(after, tuple) else had
        again = letters_after(of, had, position, on=on, rule=rule)
        assert again is None or (again == after == TAKEN)
        assert len(set(had)) == len(had) <= of.choose
        response = of.read(Picked(had))
        assert isinstance(response, Chosen)
        assert of.positions(response) == had


def test_the_kinds_with_options_to_choose_are_answered_with_reactions() -> None:
    """No others, and none where the channel did not choose so."""
    kinds = {
        one.kind for one in EVERY_KIND if reacting_to(Settings(reacting=LAST), question(one)) is not None
    }

    assert kinds == {Kind.SINGLE_CHOICE, Kind.TRUE_FALSE, Kind.MULTIPLE_RESPONSE}
    assert {reacting_to(Settings(), question(one)) for one in EVERY_KIND} == {None}


@pytest.mark.parametrize("count, rule", [(MOST_LETTERS, FIRST), (MOST_LETTERS + 1, None)])
def test_more_letters_than_a_message_can_have_are_left_to_the_control(
    count: int, rule: Reacting | None
) -> None:
    """Nobody sees half of the options below a message."""
    letters = "abcdefghijklmnopqrstuvwxyz"[:count]
    many = item(Kind.SINGLE_CHOICE, ChoiceKey(chosen("b")), letters=letters)

    assert reacting_to(Settings(reacting=FIRST), question(many)) is rule


@pytest.mark.parametrize("rule", Reacting)
@pytest.mark.parametrize("asked, expected", [(choice(), FIRST), (TRUTH, FIRST), (SEVERAL, None)])
def test_in_a_race_the_first_reaction_counts(rule: Reacting, asked: Item, expected: Reacting | None) -> None:
    """It is judged at once; the first of several letters would be a try."""
    assert reacting_to(Settings(mode=Mode.FIRST, reacting=rule), question(asked)) is expected


@pytest.mark.parametrize("mode", [mode for mode in Mode if mode is not Mode.FIRST])
def test_in_every_other_mode_the_channels_rule_holds(mode: Mode) -> None:
    """For every question that is answered so."""
    settings = Settings(mode=mode, reacting=LAST)

    assert reacting_to(settings, replace(TWO, position=3)) is LAST
