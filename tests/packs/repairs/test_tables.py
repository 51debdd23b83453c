"""Tables without their separators are kept as text and reported."""

import pytest

from bot.packs.importing.drafts import Fault
from bot.packs.repairs.drafts import repaired
from tests.packs.repairs.drafted import asked, carded


@pytest.mark.parametrize(
    "table",
    [
        "| Knot | Use |\n| Bowline | a loop |\n| Clove hitch | a post |",
        "| Knot | Use |\n|---|---|\n| Bowline | a loop | strong |",
        "Knot\tUse\nBowline\ta loop\nClove hitch\ta post",
    ],
)
def test_a_lost_table_is_reported(table: str) -> None:
    """Its text is still there."""
    for given in (asked(explanation=f"Compare them:\n\n{table}"), carded("Which knots?", table)):
        found = repaired(given)
        assert (found.questions, found.cards) == (given.questions, given.cards)
        assert [problem.fault for problem in found.problems] == [Fault.LOST_TABLE]
        assert repaired(found) == found


@pytest.mark.parametrize(
    "text",
    [
        "| Knot | Use |\n|:---|---:|\n| Bowline | a \\| loop |\n",
        "```\n| Knot | Use |\n| Bowline | a loop |\n```",
        "P(A | B) is not P(B | A).\nA | B is a pipe.",
        "|x| is never below 0.",
    ],
)
def test_other_bars_stay(text: str) -> None:
    """A whole table, code and conditions are none."""
    assert repaired(asked(explanation=text)) == asked(explanation=text)
