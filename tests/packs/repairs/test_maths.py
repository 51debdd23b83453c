"""Maths that was copied twice is written once; what swallowed prose is reported; prices stay prices."""

import pytest

from bot.packs.importing.drafts import Fault, Repair
from bot.packs.repairs.drafts import repaired
from tests.packs.repairs.drafted import asked


@pytest.mark.parametrize(
    "copied, meant",
    [
        (r"It is TPTP+FP\frac{TP}{TP+FP} of all.", r"It is $\frac{TP}{TP+FP}$ of all."),
        (r"A=TP+TNnA = \frac{TP+TN}{n}", r"$A = \frac{TP+TN}{n}$"),
        (r"The rate α\alpha is small.", r"The rate $\alpha$ is small."),
        (r"x×yx \times y", r"$x \times y$"),
    ],
)
def test_doubled_maths_is_written_once(copied: str, meant: str) -> None:
    """The TeX stays, as a formula."""
    found = repaired(asked(explanation=copied))
    assert found.questions[0].explanation == meant
    assert found.repaired[Repair.DOUBLED_MATHS] == 1
    assert not found.problems
    assert repaired(found) == found


@pytest.mark.parametrize(
    "text",
    [
        r"The share \frac{TP}{TP+FP} of all.",
        r"$theshareofallthatweretoldtobe_{right}$ is wanted.",
        r"\text{Precision}=\text{right}/\text{told}",
    ],
)
def test_garbled_maths_is_reported(text: str) -> None:
    """It stays as it is, for a person."""
    found = repaired(asked(explanation=text))
    assert found.questions[0].explanation == text
    assert [problem.fault for problem in found.problems] == [Fault.GARBLED_MATHS]
    assert repaired(found) == found


def test_prices_are_escaped() -> None:
    """Two of them are no formula; it is reported, so that a person can look."""
    found = repaired(asked(explanation="It costs $5 and $10.50 a month."))
    assert found.questions[0].explanation == r"It costs \$5 and \$10.50 a month."
    assert [problem.fault for problem in found.problems] == [Fault.DOLLAR_SIGNS]
    assert repaired(found) == found


@pytest.mark.parametrize(
    "text",
    [
        r"With $n^2$ weights and $\frac{a}{b}$ of $x$.",
        "It costs $5 for $n$ of them.",
        r"`\frac{a}{b}` and `$5 $6`",
        r"The path C:\temp\text and \n.",
        r"A $2^n$ and a $1 = 1$.",
        r"$\text{the number of all that were told}$",
    ],
)
def test_right_maths_stays(text: str) -> None:
    """Formulas, code, paths and one price are meant."""
    assert repaired(asked(explanation=text)) == asked(explanation=text)
