r"""A formula on one line of Unicode says what it says in TeX, or there is no such line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.linear import LONGEST_LINE, linear
from bot.wording.tex_symbols import KNOWN, SIGNS, SUBSCRIPTS, SUPERSCRIPTS, Kind


@pytest.mark.parametrize(
    "tex, line",
    [
        ("x^2", "x²"),
        ("x^10", "x¹0"),
        ("x_i^2", "xᵢ²"),
        ("x^2_i", "xᵢ²"),
        ("y=ax+b", "y = ax + b"),
        ("-1 \\le x", "−1 ≤ x"),
        ("2 \\times -3", "2 × −3"),
        ("n!", "n!"),
        ("50\\%", "50%"),
        ("f'(x)", "f′(x)"),
        ("x^\\prime", "x′"),
        ("90^\\circ", "90°"),
        ("10^{-6}", "10⁻⁶"),
        ("3.14 r^2.", "3.14r²."),
        ("10{,}000", "10,000"),
        ("f(x, y)", "f(x, y)"),
        ("\\{1,2\\}", "{1,2}"),
        ("{}^{14}C", "¹⁴C"),
        ("^{14}C", "¹⁴C"),
        ("{a+b}c", "a + bc"),
        ("|x|", "|x|"),
        ("a\\,b~c\\!d", "a b cd"),
        ("O(n \\log n)", "O(n log n)"),
        ("2\\sin x + 1", "2 sin x + 1"),
        ("\\log_2 n", "log₂ n"),
        ("a \\bmod n", "a mod n"),
        ("\\max(0, x)", "max(0, x)"),
        ("\\int_0^1 f(x)\\,dx", "∫₀¹ f(x) dx"),
        ("\\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"),
        ("\\alpha_1 + \\beta^{2n}", "α₁ + β²ⁿ"),
        ("é + π", "é + π"),
        ("a ≤ b", "a ≤ b"),
        ("\\frac{1}{2}", "1/2"),
        ("\\frac 1 2", "1/2"),
        ("\\frac12", "1/2"),
        ("\\frac{2n}{3}", "2n/3"),
        ("\\frac{a+b}{2c}", "(a + b)/(2c)"),
        ("\\frac{1}{x^2}", "1/x²"),
        ("\\frac{\\frac{a}{b}}{c}", "(a/b)/c"),
        ("-\\frac{a}{b} \\times c", "−a/b × c"),
        ("\\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}", "(−b ± √(b² − 4ac))/(2a)"),
        ("\\sqrt x", "√x"),
        ("\\sqrt{x^2}", "√(x²)"),
        ("2\\sqrt [3] {x+1}", "2∛(x + 1)"),
        ("\\bar{x}", "x̄"),
        ("\\hat y_i", "ŷᵢ"),
        ("\\left(a+b\\right)^2", "(a + b)²"),
        ("\\left| x \\right|", "|x|"),
        ("\\mathbb{RE}^n", "ℝ𝔼ⁿ"),
        ("\\mathbf {Xy}", "𝐗𝐲"),
        ("\\mathcal{L}(\\theta)", "ℒ(θ)"),
        ("\\mathrm{R e L U}(x)", "ReLU(x)"),
        ("\\operatorname{softmax} z", "softmax z"),
        ("1\\text{ if }x\\ge 0", "1 if x ≥ 0"),
        ("\\text{loss}_i", "lossᵢ"),
    ],
)
def test_what_unicode_has_is_written_with_it(tex: str, line: str) -> None:
    """With spaces around what relates two parts, and brackets where there was a bar."""
    assert linear(tex) == line


@pytest.mark.parametrize(
    "tex",
    [
        "x^q", "x^{y^2}", "x_{i,j}", "x^a^b", "{ab}^2", "\\frac{a}{b}^2", "|x|^2", "x^\\frac12", "x^{}",
        "2\\frac{1}{2}", "2\\,\\frac{1}{2}", "\\frac{a}{b}c", "\\frac{a}{b}(c)", "a/\\frac{b}{c}",
        "\\frac{a}{b}/c", "a \\div \\frac{b}{c}", "\\log\\frac{a}{b}", "\\frac{n}{2}!", "{\\frac{a}{b}}{c}",
        "{x\\frac{a}{b}}", "\\frac{}{b}", "\\frac{a}{}", "\\frac{a}", "\\sqrt{2}\\pi", "\\sqrt[5]{x}",
        "\\sqrt[3", "\\sqrt{}", "\\binom{n}{k}", "\\begin{matrix}a\\end{matrix}", "\\lim_{x\\to 0} x",
        "\\bar{xy}", "\\bar{1}", "\\bar{}", "\\mathbf{1}", "\\mathbf{é}", "\\mathbf x", "\\text{}",
        "\\text{a_b}", "\\left. x \\right|", "a & b", "@", "\\input{file}", "", " ", "x^", "x" * 61,
    ],
)  # fmt: skip
def test_what_would_read_as_something_else_has_no_such_line(tex: str) -> None:
    """Two and a half is not 21/2, and no sign is left out."""
    assert linear(tex) == ""


_PARTS = st.recursive(
    st.sampled_from(
        ["a", "x", "2", "10", "+", "-", "=", "(", ")", "/", "!", ",", "\\alpha", "\\le", "\\sin"]
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"\\frac{{{pair[0]}}}{{{pair[1]}}}"),
        inner.map(lambda one: f"\\sqrt{{{one}}}"),
        st.tuples(inner, st.sampled_from("^_"), inner).map(
            lambda three: f"{three[0]}{three[1]}{{{three[2]}}}"
        ),
    ),
    max_leaves=8,
)


@given(_PARTS)
def test_a_line_keeps_every_letter_and_digit_in_order(tex: str) -> None:
    """Whatever it is made of: it says them all, raised and lowered ones too, or nothing."""
    line = linear(tex)
    small = {sign: plain for table in (SUPERSCRIPTS, SUBSCRIPTS) for plain, sign in table.items()}
    said = "".join(small.get(sign, sign) for sign in line)

    assert len(line) <= LONGEST_LINE
    if line:
        for sign in ("a", "x", "2", "1", "0", "+", "−", "=", "!", ",", "α", "≤", "sin"):
            written = tex.replace("-", "−").replace("\\alpha", "α").replace("\\le", "≤").replace("\\sin", "§")
            written = written.replace("\\frac", "").replace("\\sqrt", "").replace("§", "sin")
            assert said.count(sign) == written.count(sign), (tex, line)


@given(st.text("\\{}^_[]$ab12 frcsqtexl&~'\n", max_size=40))
def test_any_text_is_read_to_its_end(tex: str) -> None:
    """However broken its braces are, there is a line or none."""
    assert "\\" not in linear(tex)


def test_every_command_with_a_sign_is_known_and_alone_is_that_sign() -> None:
    """The tables agree."""
    for command, (sign, kind) in SIGNS.items():
        assert command in KNOWN or command[0] != "\\"
        if kind is not Kind.OPEN:
            assert linear(command) == sign
