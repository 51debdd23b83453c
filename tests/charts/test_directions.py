"""Directions: lines in both directions stand as the Unicode algorithm orders them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.directions import levels, plain, runs_leftward, visual_order


@pytest.mark.parametrize(
    "text,expected",
    [
        ("abc", "000"),
        ("אבג", "111"),
        ("ab אב", "00011"),
        ("אב ab", "11122"),
        ("אב 12", "11122"),
        ("אב 1,2", "111222"),
        ("אב 1-2", "111222"),
        ("אב 5%", "11122"),
        ("אב %", "1111"),
        ("ab 12 אב", "00000011"),
        ("ab אב 12 אב", "00011122111"),
        ("مر 12", "11122"),
        ("مر ١٢", "11122"),
        ("مر ١,٢", "111222"),
        ("مر 1-2", "111212"),
        ("a,b", "000"),
        ("אְב", "111"),
        ("🦊 אב", "1111"),
        ("🦊 ab", "0000"),
        ("", ""),
    ],
)
def test_each_character_has_the_level_of_the_algorithm(text: str, expected: str) -> None:
    """Odd levels run leftward; numbers in leftward text run rightward inside it."""
    assert "".join(map(str, levels(text, leftward=runs_leftward(text)))) == expected


@pytest.mark.parametrize(
    "depths,order",
    [
        ([], []),
        ([0, 0], [0, 1]),
        ([1, 2, 1], [2, 1, 0]),
        ([0, 1, 2, 1, 0], [0, 3, 2, 1, 4]),
        ([1, 2, 2], [1, 2, 0]),
    ],
)
def test_runs_stand_in_their_visual_order(depths: list[int], order: list[int]) -> None:
    """Each stretch of at least a level is turned round, from the deepest up."""
    assert visual_order(depths) == order


def test_a_line_keeps_nothing_that_steers_it() -> None:
    """An override in somebody's name must not turn the points round."""
    assert plain(" \u202eevil\u2066\n name\ufeff\x00 ") == "evil name"


@given(st.text())
def test_every_character_has_a_level(text: str) -> None:
    """Whatever is written, nothing is left without a direction."""
    line = plain(text)

    assert len(levels(line, leftward=runs_leftward(line))) == len(line)
