"""Formulas in the texts of packs: told from money, in the line where Unicode has them, else drawn."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.markup import blocks_of, inline_of
from bot.wording.maths import formulas_in
from bot.wording.pictures import FormulaPicture
from bot.wording.pieces import line_of
from bot.wording.plain import pictures_in, plain
from bot.wording.views import (
    Block,
    Break,
    Bullets,
    Choice,
    Choices,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Link,
    Paragraph,
    Picture,
    Quote,
    Strong,
    Text,
)
from tests.growth import growth
from tests.wording.runs import read_anew

CONTENT = Path(__file__).parents[2] / "content"


def words(text: str) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Text(text),))


def drawn(tex: str) -> Picture:
    """Return the picture of a formula."""
    return Picture(FormulaPicture(tex, tex), (Paragraph((Code(tex),)),))


@pytest.mark.parametrize(
    "written, blocks",
    [
        ("Is $x^2$, \\(x_1\\) or $n$ odd?", (words("Is x², x₁ or n odd?"),)),
        ("So $x^q$ is it.", (words("So"), drawn("x^q"), words("is it."))),
        ("$x^q$  \n**why**", (drawn("x^q"), Paragraph((Strong((Text("why"),)),)))),
        ("*a*  \n$x^q$", (Paragraph((Emphasis((Text("a"),)),)), drawn("x^q"))),
        ("$x^q$  \n  $$x^q$$", (drawn("x^q"), drawn("x^q"))),
        ("a  \n$x^2$", (Paragraph((Text("a"), Break(), Text("x²"))),)),
        ("$$E=mc^2$$", (words("E = mc²"),)),
        ("It is $$E=mc^2$$", (words("It is"), words("E = mc²"))),
        ("$$\nx^q\n- 1\n$$", (drawn("x^q - 1"),)),
        ("a\n\\[\nx^q\n\\]\nb", (words("a"), drawn("x^q"), words("b"))),
        ("> $$\n> x^q\n> $$", (Quote((drawn("x^q"),)),)),
        ("- $$\n  x^q\n  $$", (Bullets(((drawn("x^q"),),)),)),
        ("- $$\n  x^q\n$$", (Bullets(((drawn("x^q"),),)),)),
        ("**$x^q$** $\\input{a}$", (Paragraph((Strong((Code("x^q"),)), Text(" "), Code("\\input{a}"))),)),
        ("# $x^q$ and $x^2$", (Heading((Code("x^q"), Text(" and x²"))),)),
        ("[a $x^2$](https://a.b)", (Paragraph((Link((Text("a x²"),), "https://a.b"),)),)),
        ("`$x^2$`", (Paragraph((Code("$x^2$"),)),)),
        ("    $$x^2$$", (CodeBlock("$$x^2$$"),)),
        ("```\n$$x^2$$\n```", (CodeBlock("$$x^2$$"),)),
    ],
)  # fmt: skip
def test_a_formula_is_a_part_of_its_line_or_drawn_beside_it(written: str, blocks: tuple[Block, ...]) -> None:
    """Where no picture can stand it is its own source in the code font; code stays code."""
    assert blocks_of(written) == blocks


@pytest.mark.parametrize(
    "written",
    [
        "$5", "from $5 to $10", "$5, $10 and 7$", "US$5 = A$7", "$5 = £4, so 10$", "$5 = five and 6=$",
        "$5/month=60/yr$", "$1^st and 2$", "$3_000/$4_000", "$$ and $$$", "$$", "$ x^2$", "$x^2 $", "$a_b$c",
        "$x$y", "${FOO}/${BAR}$", "$FOO_A=$BAR", "$MY_VAR = 1$", "$f(x)$", "$x\n\ny^2$",
        "a$x^2$", "$x^2$$", "$$x^2$", "$x^2", "$$x$ y^2$$", "$$\nx^2", "$$\nx^2\n\n$$",
        "$(cmd)_1$(cmd)", "$" + "x^2" * 700 + "$",
    ],
)  # fmt: skip
def test_money_and_other_dollars_are_no_formula(written: str) -> None:
    """Every one of them is shown as it was written."""
    assert "".join(plain(blocks_of(written)).split()) == "".join(written.split())


@pytest.mark.parametrize("written", ["\\$x^2\\$", "\\\\(x^2\\\\)", "\\(x^2", "$x `a^2$`", "$x^2 = ___$"])
def test_what_is_escaped_or_reaches_into_code_is_no_formula(written: str) -> None:
    """A backslash before a dollar makes it a dollar."""
    assert "²" not in plain(blocks_of(written))
    assert "$" in plain(blocks_of(written)) or "(" in plain(blocks_of(written))


@given(
    st.lists(st.decimals(0, 9999, places=2), min_size=1, max_size=6),
    st.sampled_from([" or ", ", ", "–", " = "]),
)
def test_no_amounts_of_money_are_ever_a_formula(amounts: list[object], between: str) -> None:
    """However they stand beside each other."""
    text = between.join(f"${amount}" for amount in amounts)

    assert list(formulas_in(text)) == []
    assert inline_of(text) == (Text(text),)


def test_a_formula_in_words_is_its_unicode_or_its_source() -> None:
    """On labels, for listeners and in transcripts."""
    assert line_of("a $x^2$ b") == "a x² b"
    assert line_of("a $x^q$ b") == "a x^q b"


def test_formulas_are_found_with_their_place() -> None:
    """Escaped ones and halves are passed over."""
    found = list(formulas_in("\\$a^2\\$ $x$ \\\\ $y \\(z_1\\) $$q^2$$"))

    assert [(at, one.tex, one.displayed) for at, one in found] == [
        (8, "x", False), (18, "z_1", False), (26, "q^2", True),
    ]  # fmt: skip


def test_pictures_are_found_wherever_they_stand() -> None:
    """In reading order, those in options, quotes and lists too."""
    one, two, three, four = (drawn(tex) for tex in "abcd")
    choice = Choice("A", (two,), feedback=(three,))
    blocks = (Quote((one,)), words("x"), Choices((choice,)), Bullets(((four,),)))

    assert list(pictures_in((*blocks, one))) == [one, two, three, four, one]


def test_no_text_that_ships_holds_a_formula_unless_it_is_meant() -> None:
    """A pack written before there were formulas reads as it did."""
    texts = [path.read_text() for path in sorted(CONTENT.rglob("decks/*.yaml"))]

    assert texts != []
    assert [found for text in texts for found in formulas_in(text)] == []


@pytest.mark.parametrize("part", ["$", "$$", "\\(", "\\[", "$$\n", "\\(x", "$x ", "$$x_", "$x^q$ ", "> $$\n"])
def test_a_text_of_nothing_but_openings_is_read_at_once(part: str) -> None:
    """Nobody waits for a pack: the longest text takes eight times as long as an eighth of it."""
    whole = part * (20_000 // len(part))

    assert growth(read_anew, whole, whole[:2500], enough=24) < 24
