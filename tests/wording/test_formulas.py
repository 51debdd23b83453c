"""Only a formula of known commands, not too long and not too deep, is ever handed on to be drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.formulas import LONGEST, Fault, Flaw, flaw, tokens


@pytest.mark.parametrize(
    "tex",
    [
        "x", "x^2", "\\frac{a}{b}", "\\left( x \\right)", "\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}", "50\\%",
        "\\text{hé llo}", "α ≤ ∑", "{{{{x}}}}", "a" * LONGEST,
    ],
)  # fmt: skip
def test_what_is_well_written_has_no_flaw(tex: str) -> None:
    """It may be drawn."""
    assert flaw(tex) is None


@pytest.mark.parametrize(
    "tex, found",
    [
        ("", Flaw(Fault.EMPTY)),
        (" \n", Flaw(Fault.EMPTY)),
        ("a" * (LONGEST + 1), Flaw(Fault.LONG, "401")),
        ("{{{{{x}}}}}", Flaw(Fault.DEEP, "{")),
        ("{x", Flaw(Fault.BRACES, "{")),
        ("x}", Flaw(Fault.BRACES, "}")),
        ("\\left( {x \\right)}", Flaw(Fault.BRACES, "\\right")),
        ("\\begin{cases}x\\end{matrix}", Flaw(Fault.BRACES, "\\end{matrix}")),
        ("\\begin{document}x", Flaw(Fault.COMMAND, "\\begin{document}")),
        ("\\input{/etc/passwd}", Flaw(Fault.COMMAND, "\\input")),
        ("\\def\\a{\\a\\a}\\a", Flaw(Fault.COMMAND, "\\def")),
        ("\\newcommand{\\x}{y}", Flaw(Fault.COMMAND, "\\newcommand")),
        ("\\href{javascript:alert(1)}{x}", Flaw(Fault.COMMAND, "\\href")),
        ("50%", Flaw(Fault.CHARACTER, "%")),
        ("日本", Flaw(Fault.CHARACTER, "日")),
        ("x \\", Flaw(Fault.COMMAND, "\\")),
        ("x^", Flaw(Fault.SCRIPT, "^")),
        ("{x_}", Flaw(Fault.SCRIPT, "_")),
        ("x^_2", Flaw(Fault.SCRIPT, "^")),
    ],
)
def test_what_could_not_be_drawn_is_told_with_its_place(tex: str, found: Flaw) -> None:
    """No file is read, nothing is defined, and nothing grows."""
    assert flaw(tex) == found


@given(st.text())
def test_the_tokens_of_a_text_are_the_text(tex: str) -> None:
    """Nothing is lost in reading."""
    assert "".join(tokens(tex)) == tex
