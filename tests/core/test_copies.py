"""Copies with changes."""

from dataclasses import dataclass

import pytest

from bot.core.copies import changed


@dataclass(frozen=True)
class Point:
    """Where something is."""

    x: int
    y: int = 0


def test_a_copy_has_the_changes_and_the_original_has_not() -> None:
    """The two share nothing that a change could reach."""
    before = Point(1, 2)

    after = changed(before, y=3)

    assert (before, after) == (Point(1, 2), Point(1, 3))
    assert type(after) is Point
    assert hash(after) == hash(Point(1, 3))


def test_a_field_that_is_not_there_is_refused() -> None:
    """A name mistyped would otherwise be lost without a word."""
    with pytest.raises(TypeError, match="Point has no field z"):
        changed(Point(1), z=1)
