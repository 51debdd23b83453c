"""What people and packs wrote is made harmless to show, and otherwise left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.cleaning import clean_line, clean_name, clean_text, shorten


@pytest.mark.parametrize(
    "written, shown",
    [
        ("one\r\ntwo\rthree\u2028four\x0bfive\x85six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("a\x00b\x07c\x1bd\x7fe\x9ff", "abcdef"),
        ("user\u202egpj.exe\u2066 \u2069\u202a", "usergpj.exe "),
        ("tab\tstays", "tab\tstays"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("👩‍👩‍👧 שלום é", "👩‍👩‍👧 שלום é"),
        ("<script> @everyone `x` *y*", "<script> @everyone `x` *y*"),
    ],
)
def test_controls_and_overrides_go_and_everything_else_stays(written: str, shown: str) -> None:
    """Only what could break a line or turn a text around is taken away."""
    assert clean_text(written) == shown


@given(st.text())
def test_clean_text_can_be_written_as_utf_8_and_cleaning_twice_changes_nothing(written: str) -> None:
    """Whatever arrives can be stored and sent."""
    cleaned = clean_text(written)

    assert cleaned.encode("utf-8").decode("utf-8") == clean_text(cleaned)


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_text_without_controls_is_left_as_it_is(written: str) -> None:
    """Zero loss: letters, digits, signs and spaces stay."""
    assert clean_text(written) == written


@pytest.mark.parametrize(
    "written, shown",
    [
        ("  Ada \n Lovelace\t", "Ada Lovelace"),
        ("x" * 80, "x" * 80),
        ("x" * 81, "x" * 79 + "…"),
        ("x" * 78 + " " + "y" * 9, "x" * 78 + "…"),
        ("", ""),
        ("\u200b\u200b", ""),
        ("\u3164", ""),
        ("\u202e", ""),
        ("\u0301\u0301", ""),
        ("🙂", "🙂"),
    ],
)
def test_a_name_is_one_visible_line_of_at_most_eighty_characters(written: str, shown: str) -> None:
    """A name that cannot be seen is no name."""
    assert clean_name(written) == shown


@given(st.text())
def test_a_name_never_has_a_line_end_or_more_than_eighty_characters(written: str) -> None:
    """Whatever somebody calls themselves, a table stays a table."""
    name = clean_name(written)

    assert len(name) <= 80
    assert name == clean_line(name)


def test_a_long_text_is_shortened_with_an_ellipsis() -> None:
    """The reader sees that something was left out."""
    assert shorten("one two three", 8) == "one two…"
    assert shorten("one\ntwo", 8) == "one two"
