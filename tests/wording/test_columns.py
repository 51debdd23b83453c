"""A narrow table stands in columns; one that would be hard to read there does not."""

import pytest

from bot.wording.columns import in_columns, turns
from bot.wording.signs import bar
from bot.wording.views import Code, Emphasis, Inline, Strong, Table, Text


def table(*rows: tuple[str, ...], header: tuple[str, ...] = ("Who", "Points"), **more: object) -> Table:
    """Return a table of plain cells."""
    cells = tuple(tuple((Text(cell),) for cell in row) for row in rows)
    return Table(header, cells, ("left", "right"), **more)  # type: ignore[arg-type]  # only fields there are


def test_cells_stand_below_each_other() -> None:
    """Wide characters take two columns, and marks none."""
    assert in_columns(table(("Ada", "1,000"), ("文文", "5"), ("e\u0301", "6"))) == (
        "Who   Points\nAda    1,000\n文文       5\ne\u0301          6"
    )
    assert in_columns(table(("a", "b"), header=("", ""))) == "a  b"


def test_the_readers_own_row_is_pointed_at() -> None:
    """Where it is known."""
    assert (
        in_columns(table(("a", "1"), ("b", "2"), mine=(1,))) == "  Who  Points\n  a         1\n› b         2"
    )
    assert in_columns(table(("a", "1"), mine=())) == "Who  Points\na         1"


def test_a_row_may_be_too_short_or_have_stresses() -> None:
    """Columns have no stresses, and nothing is lost with them."""
    stressed: tuple[Inline, ...] = (Strong((Emphasis((Text("a"),)),)),)

    assert in_columns(Table(("A", "B"), ((stressed,),), ("left",))) == "A  B\na"


@pytest.mark.parametrize(
    "cells",
    [
        ((Text("x" * 40),), (Text("y"),)),
        ((Text("שלום"),), (Text("1"),)),
        ((Text("`"),), (Text("1"),)),
        ((Code("x"),), (Text("1"),)),
    ],
)
def test_what_would_be_hard_to_read_in_columns_is_not_put_there(
    cells: tuple[tuple[Inline, ...], ...],
) -> None:
    """Too wide, turned around, or more than words."""
    assert in_columns(Table(("A", "B"), (cells,), ("left", "right"))) is None


def test_what_turns_a_line_around_is_known() -> None:
    """One letter is enough."""
    assert turns("a ש")
    assert not turns("a 1")


@pytest.mark.parametrize(
    "value, total, cells",
    [(0, 3, "▱▱▱"), (2, 3, "▰▰▱"), (5, 3, "▰▰▰"), (-1, 2, "▱▱"), (50, 200, "▰▰▱▱▱▱▱▱▱▱")],
)
def test_a_bar_has_a_cell_for_each_up_to_ten(value: int, total: int, cells: str) -> None:
    """And is never fuller than full."""
    assert bar(value, total) == cells
