"""What people type as letters, numbers and lines is read as kindly as it can be read for sure."""

import pytest

from bot.wording.letters import pairs_of, positions_of, texts_of

LETTERS = ("A", "B", "C", "D")


@pytest.mark.parametrize(
    "text, positions",
    [
        ("B", (1,)),
        ("b c", (1, 2)),
        ("(B)->C", (1, 2)),
        ("ｂ．Ｃ", (1, 2)),
        ("bd", (1, 3)),
        ("x", None),
        ("1", None),
    ],
)
def test_letters_are_read_in_any_case_and_however_parted(
    text: str, positions: tuple[int, ...] | None
) -> None:
    """As people type on small keyboards."""
    assert positions_of(text, LETTERS) == positions


@pytest.mark.parametrize(
    "text, positions",
    [
        ("1B 2A 3C", (1, 0, 2)),
        ("1-b, 2:a; 3 = c", (1, 0, 2)),
        ("3C 1B 2A", (1, 0, 2)),
        ("b1 a2 c3", (1, 0, 2)),
        ("B A C", (1, 0, 2)),
        ("bac", (1, 0, 2)),
        ("B A", None),
        ("1B 2A", None),
        ("1B 2A 3", None),
        ("1B 1A 3C", None),
        ("1B 2A 4C", None),
        ("1B 2A 3X", None),
        ("1B 2A 3BC", None),
        ("1 2 3 B A C", None),
        ("x", None),
        ("", None),
    ],
)
def test_pairs_are_read_in_any_order(text: str, positions: tuple[int, ...] | None) -> None:
    """Each number once, with one letter."""
    assert pairs_of(text, 3, LETTERS) == positions


@pytest.mark.parametrize(
    "text, lines, found",
    [
        ("a\nb", 1, ("a\nb",)),
        ("a\n\n b ", 2, ("a", "b")),
        ("1. a\n2) b", 2, ("a", "b")),
        ("(1) a\n(2). b", 2, ("a", "b")),
        ("1. a\nb", 2, ("1. a", "b")),
        ("2. a\n3. b", 2, ("2. a", "3. b")),
        ("a", 2, None),
    ],
)
def test_lines_are_read_without_the_numbers_that_count_them(
    text: str, lines: int, found: tuple[str, ...] | None
) -> None:
    """A number that does not count is part of what was typed."""
    assert texts_of(text, lines) == found
