"""Entities and stray tags become text; code and questions about them stay."""

import pytest

from bot.packs.importing.drafts import Repair
from bot.packs.repairs.drafts import repaired
from tests.packs.repairs.drafted import asked


@pytest.mark.parametrize(
    "copied, meant, places",
    [
        ("Knots &amp; ropes", "Knots & ropes", 1),
        ("p &lt; 0.05 and n &gt;= 30", "p < 0.05 and n >= 30", 2),
        ("It&#39;s &quot;here&quot;", 'It\'s "here"', 3),
        ("Knots &amp;amp; ropes", "Knots & ropes", 2),
        ("Call &lt;name&gt; first", "Call `<name>` first", 1),
        ("One<br/>two", "One\ntwo", 1),
        ("<span style='x'>A <b>strong</b> knot</span>", "A **strong** knot", 2),
        ("Use `a &amp;&amp; b` &mdash; twice", "Use `a &amp;&amp; b` — twice", 1),
    ],
)
def test_what_was_copied_becomes_text(copied: str, meant: str, places: int) -> None:
    """Each place is counted."""
    found = repaired(asked(explanation=copied))
    assert found.questions[0].explanation == meant
    assert found.repaired[Repair.HTML_ENTITIES] == places
    assert repaired(found) == found


@pytest.mark.parametrize(
    "text",
    [
        "In HTML, &amp; stands for an ampersand.",
        "`&lt;b&gt;` and `<br>`",
        "```\nif (a &amp;&amp; b)\n```",
        "R&D; B&B; a & b; &nothing;",
        "10<sup>2</sup> is 100.",
        "x < y and y > z",
    ],
)
def test_other_signs_stay(text: str) -> None:
    """Code, questions about entities, and plain signs are meant."""
    assert repaired(asked(explanation=text)) == asked(explanation=text)
