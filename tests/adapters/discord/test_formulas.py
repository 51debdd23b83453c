"""Formulas on Discord: in Unicode in their line, else a picture with the source as its description."""

from bot.wording.markup import blocks_of
from bot.wording.plain import pictures_in
from bot.wording.views import Choice, Choices, Heading, Mark, Quote, Text
from tests.adapters.discord.shown import body, parts, said, shown

OPTIONS = Choices(
    (
        Choice("A", blocks_of("$p^q$ or $r^q$"), Mark.RIGHT, feedback=blocks_of("As $p^q$ is.")),
        Choice("B", blocks_of("$x^2$")),
    )
)


def test_a_short_formula_is_written_and_another_is_shown_in_its_place() -> None:
    """The text around it goes on; code blocks are kept."""
    blocks = blocks_of("Is $x^2$ over $x_{i,j}$ or $0$?\n\n```\n$x^q$\n```")
    pictures = {picture.facts: b"png" for picture in pictures_in(blocks)}

    assert shown(said(*blocks), pictures) == (
        "### Title\nIs x² over\n<attachment://formula-2.png> x_{i,j}\nor $0$?\n```\n$x^q$\n```"
    )


def test_a_formula_that_is_not_painted_is_its_source_in_the_code_font() -> None:
    """So it is in a quote, where there is no place for a picture."""
    blocks = blocks_of("Is it $x_{i,j}$?")

    assert body(said(*blocks)) == "Is it\n`x_{i,j}`\n?"
    assert "> `x_{i,j}`" in body(said(Quote(blocks)))


def test_the_formulas_of_an_option_stand_below_it() -> None:
    """Each option keeps its letter and its words; one without a formula is as ever."""
    pictures = {picture.facts: b"png" for picture in pictures_in((OPTIONS,))}
    view = said(Heading((Text("Options"),)), OPTIONS)
    (part,) = parts(view, pictures)

    assert [name for name, _ in part.files] == ["formula-2-A-1.png", "formula-2-A-2.png", "formula-2-A-3.png"]
    assert "**B.** x²" in shown(view, pictures)
    assert shown(view, pictures).index("`p^q`") < shown(view, pictures).index("A-1.png> p^q")


def test_an_option_whose_formulas_are_not_painted_has_their_sources() -> None:
    """And one that has some of them shows those."""
    (first, *_) = pictures_in((OPTIONS,))

    assert "attachment" not in shown(said(OPTIONS), {})
    assert len(parts(said(OPTIONS), {first.facts: b"png"})[0].files) == 2
