"""What is typed after ``/quiz flag`` is the reason: all of it, or a sentence that says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.commands import Flag, Intent, NotUnderstood
from bot.core.packs import Library
from bot.engine.grammar import complete, parse
from bot.wording.menu import InputProblem

NOTHING = Library(())
LONG = "ä" * 500


@pytest.mark.parametrize(
    "text, reason",
    [
        ("/quiz flag", ""),
        ("  /QUIZ  Flag  ", ""),
        ("flag", ""),
        ("/quiz flag wording is unclear", "wording is unclear"),
        ("quiz flag wording is unclear", "wording is unclear"),
        ("/quiz flag reason:wording is unclear", "wording is unclear"),
        ("/quiz flag reason = wording is unclear", "wording is unclear"),
        ('/quiz flag reason:"wording is unclear"', "wording is unclear"),
        ('/quiz flag "wording is unclear"', "wording is unclear"),
        ("/quiz flag “wording is unclear”", "wording is unclear"),
        ("/quiz flag 'wording is unclear'", "wording is unclear"),
        ('/quiz flag "A" and "B" are both right', '"A" and "B" are both right'),
        ('/quiz flag "A" or "B"', '"A" or "B"'),
        ("/quiz flag 'A' isn't right", "'A' isn't right"),
        ("/quiz flag count:5 mode:first, the reason: none", "count:5 mode:first, the reason: none"),
        ("/quiz flag reasons differ", "reasons differ"),
        ("/quiz flag first line\n second  line ", "first line\n second  line"),
        ("/quiz flag a\x00\u202eb", "ab"),
        (f"/quiz flag {LONG}", LONG),
        ("/quiz flag " + "a " * 250, ("a " * 250).strip()),
        (f'/quiz flag reason:"{LONG}"', LONG),
    ],
)
def test_the_rest_of_the_line_is_the_reason(text: str, reason: str) -> None:
    """As it was typed, however many words it has, with or without the name of the option."""
    assert parse(text, NOTHING) == Flag(None, reason)


@pytest.mark.parametrize(
    "text", [f"/quiz flag {LONG}ä", f"/quiz flag reason:{LONG}ä", "/quiz flag " + "a " * 9999]
)
def test_a_reason_that_is_too_long_is_refused(text: str) -> None:
    """Nothing is cut off."""
    found = parse(text, NOTHING)

    assert isinstance(found, NotUnderstood)
    assert (found.reason, found.nearest) == (InputProblem.BAD_REASON, "")
    assert len(found.said) <= 100


@pytest.mark.parametrize("text", ["/quiz flag reason:", "/quiz flag reason: ", '/quiz flag reason:""'])
def test_a_reason_that_is_named_and_not_given_is_asked_for(text: str) -> None:
    """And a flag without one is offered."""
    assert parse(text, NOTHING) == NotUnderstood(InputProblem.VALUE_MISSING, "reason", "/quiz flag")


@pytest.mark.parametrize("text", ["/quiz flga", "/quiz flags", "/quiz flagg it"])
def test_what_is_nearly_a_flag_is_offered_as_one(text: str) -> None:
    """Nothing is written down by mistake."""
    found = parse(text, NOTHING)

    assert isinstance(found, NotUnderstood)
    assert found.nearest == "/quiz flag"


@given(st.text(max_size=600))
def test_any_reason_is_read_or_refused(reason: str) -> None:
    """Never with an error, and never as another command."""
    found: Intent = parse(f"/quiz flag {reason}", NOTHING)

    assert isinstance(found, Flag | NotUnderstood)
    assert not isinstance(found, Flag) or len(found.reason) <= 500


@pytest.mark.parametrize(
    "text, expected",
    [
        ("/quiz fl", ["/quiz flag"]),
        ("/quiz flag", ["/quiz flag", "/quiz flag reason:"]),
        ("/quiz flag ", ["/quiz flag reason:"]),
        ("/quiz flag r", ["/quiz flag reason:"]),
        ("/quiz flag reason:", []),
        ("/quiz flag reason:the wording ", []),
        ("/quiz flag wording is ", []),
        ("/quiz flag wording is r", []),
        ("/quiz flag the flag ", []),
    ],
)
def test_the_option_is_offered_before_anything_is_said(text: str, expected: list[str]) -> None:
    """What follows is the sender's own."""
    assert [suggestion.insert for suggestion in complete(text, NOTHING)] == expected
