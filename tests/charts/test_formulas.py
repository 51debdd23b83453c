"""Formulas as pictures: outlines in our colours, that fit, and no formula that does harm."""

import warnings

import pytest

from bot.charts.drawing import draw
from bot.charts.elements import Element, parsed
from bot.charts.formulas import FormulaError
from bot.charts.rendering import render
from bot.charts.themes import DARK
from bot.wording.pictures import FormulaPicture
from bot.wording.tex_symbols import ENVIRONMENTS, FRACTIONS, KNOWN, NOTHING, SIGNS, SPACES

ROOTS = "\\frac{-b \\pm \\sqrt{b^2-4ac}}{2a}"
TWO = FRACTIONS | {"\\binom", "\\dbinom", "\\tbinom", "\\overset", "\\underset"}
APART = {"\\begin", "\\end", "\\left", "\\right", "\\limits", "\\not", "\\\\"}
OTHERS = (
    *(f"\\begin{{{name}}}1&2\\\\3&4\\end{{{name}}}" for name in sorted(ENVIRONMENTS)),
    "\\left( x \\right.", "\\sum\\limits_i x", "a \\not= b", "∑ é −",
)  # fmt: skip


def picture(tex: str, title: str = "") -> FormulaPicture:
    """Return the facts of a formula."""
    return FormulaPicture(tex, tex, title)


def example(command: str) -> str:
    """Return a formula that uses *command*."""
    if command.lower().startswith("\\big") and command not in SIGNS:
        return f"{command}("
    if command in SIGNS or command in SPACES | NOTHING:
        return f"x {command} y"
    return f"{command}{{x}}{{y}}" if command in TWO else f"{command}{{x}}"


def every(root: Element) -> list[Element]:
    """Return all elements of a drawing."""
    return [root, *(one for child in root.children if isinstance(child, Element) for one in every(child))]


@pytest.mark.parametrize("tex", [*(example(name) for name in sorted(KNOWN - APART)), *OTHERS])
def test_every_known_command_is_drawn(tex: str) -> None:
    """As outlines and bars alone, in a colour of the theme."""
    drawn = every(parsed(draw(picture(tex))))
    inside = [one for one in drawn if one.tag in {"path", "rect"}][1:]

    assert {one.tag for one in drawn} <= {"svg", "title", "desc", "g", "path", "rect"}
    assert {one.attributes["fill"] for one in inside} <= {"var(--ink)"}
    assert inside != []


@pytest.mark.parametrize("width", [480, 360])
@pytest.mark.parametrize("tex", ["x", ROOTS, "a+" * 20 + "b"])
def test_a_formula_stands_in_the_middle_and_fits(tex: str, width: int) -> None:
    """A wide one is drawn smaller."""
    root = parsed(draw(picture(tex), width))
    (group,) = [one for one in every(root) if one.tag == "g"]
    scale, _, _, _, x, _ = map(float, group.attributes["transform"][7:-1].split())

    assert root.attributes["width"] == str(width)
    assert (scale < 1) == (len(tex) > 40)
    assert 0 < x < width / 2


def test_a_formula_is_named_by_its_source_and_painted() -> None:
    """Its title stands above it, if it has one."""
    svg = draw(picture(ROOTS, "Roots"))

    assert f"<desc>{ROOTS}</desc>" in svg
    assert ">Roots</text>" in svg
    assert render(svg, DARK, 1.5).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    "tex",
    ["\\input{/etc/passwd}", "\\def\\a{\\a\\a}\\a",
     "{" * 200 + "}" * 200, "x" * 10_000, "x^a^b", "\\frac{a}", "a+" * 150],
)  # fmt: skip
def test_what_cannot_be_drawn_is_told_at_once(tex: str) -> None:
    """Nothing is read, nothing is defined, nothing hangs, and nothing is too small to read."""
    with pytest.raises(FormulaError, match="source"):
        draw(picture(tex))


def test_the_library_is_opened_without_a_warning() -> None:
    """Whoever runs with warnings as errors draws formulas too."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "<path" in draw(picture("x_{i,j}"))
