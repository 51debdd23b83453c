"""The small Markdown of the packs becomes blocks; whatever else is written stays text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.markup import blocks_of, inline_of
from bot.wording.plain import plain, plain_inline
from bot.wording.views import (
    Block,
    Break,
    Bullets,
    Code,
    CodeBlock,
    Emphasis,
    Heading,
    Inline,
    Link,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)
from tests.growth import growth
from tests.wording.runs import read_anew


def para(*runs: Inline) -> Paragraph:
    """Return a paragraph of *runs*."""
    return Paragraph(runs)


def words(text: str) -> Paragraph:
    """Return a paragraph of plain words."""
    return para(Text(text))


@pytest.mark.parametrize(
    "written, blocks",
    [
        ("", ()),
        ("one\ntwo", (words("one two"),)),
        ("one\n\ntwo", (words("one"), words("two"))),
        ("one  \ntwo", (para(Text("one"), Break(), Text("two")),)),
        ("# A *b*", (Heading((Text("A "), Emphasis((Text("b"),)))),)),
        ("#", ()),
        ("Title\n---\ntext", (Heading((Text("Title"),)), words("text"))),
        ("one\n\n---\n\ntwo", (words("one"), words("two"))),
        ("**a** and `b*c*`", (para(Strong((Text("a"),)), Text(" and "), Code("b*c*")),)),
        ("```py x\na\n b\n```", (CodeBlock("a\n b", "py"),)),
        ("```\na\n```", (CodeBlock("a"),)),
        ("    indented", (CodeBlock("indented"),)),
        ("> a\n> b", (Quote((words("a b"),)),)),
        ("- a\n- b", (Bullets(((words("a"),), (words("b"),))),)),
        ("3. a\n4. b", (Bullets(((words("a"),), (words("b"),)), start=3),)),
        ("- a\n  1. b", (Bullets(((words("a"), Bullets(((words("b"),),), start=1)),)),)),
        ("-", (Bullets(((),)),)),
    ],
)
def test_markdown_becomes_blocks(written: str, blocks: tuple[Block, ...]) -> None:
    """Paragraphs, headings, code, quotes and lists, nested or not."""
    assert blocks_of(written) == blocks


def test_a_table_has_a_header_rows_and_sides() -> None:
    """Numbers stand to the right where the author says so; cells keep their emphasis."""
    table = Table(
        ("a b", "n", "m"),
        (((Code("x"),), (Text("1"),), ()), ((Text("y"),), (), ())),
        ("left", "right", "left"),
    )

    assert blocks_of("| a **b** | n | m |\n|:--|--:|:-:|\n| `x` | 1 |  |\n| y |") == (table,)


@pytest.mark.parametrize(
    "written, shown",
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("<b>bold</b> text", "<b>bold</b> text"),
        ("a <!-- note --> b", "a <!-- note --> b"),
        ("<https://example.org>", "<https://example.org>"),
        ("https://example.org", "https://example.org"),
        ("@everyone and <@123>", "@everyone and <@123>"),
        ("[note]: https://example.org", "[note]: https://example.org"),
        ("![a *cat*](https://example.org/cat.png)", "a cat"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,y)", "[x](data:text/html,y)"),
        ("[words](mailto:a@b.c)", "words"),
        ("[words](page.html)", "words"),
        ("a &lt; b", "a < b"),
        (r"\*stars\*", "*stars*"),
        ("snake_case_name", "snake_case_name"),
        ("~~kept~~", "~~kept~~"),
        ("one &#10; line", "one   line"),
        ("x &#x202E; y &#0; z", "x  y \ufffd z"),
    ],
)
def test_what_is_not_markup_of_ours_is_text(written: str, shown: str) -> None:
    """No HTML, no mention, no address that is not http or https gets a meaning."""
    assert blocks_of(written) == (words(shown),)


def test_a_link_to_the_web_stays_a_link() -> None:
    """Only http and https lead anywhere."""
    assert inline_of("[words](https://example.org/a?b=1)") == (
        Link((Text("words"),), "https://example.org/a?b=1"),
    )
    assert inline_of("[words](HTTP://example.org)") == (Link((Text("words"),), "HTTP://example.org"),)


def test_a_link_without_words_is_nothing() -> None:
    """There is nothing to press."""
    assert inline_of("[](https://example.org) x") == (Text(" x"),)


@pytest.mark.parametrize(
    "written, shown, numbered",
    [
        ("The ___ falls.", "The _____ falls.", "The (1) _____ falls."),
        ("___ and ____", "_____ and _____", "(1) _____ and (2) _____"),
        ("___", "_____", "(1) _____"),
        ("a ___word___ b", "a _____word_____ b", "a (1) _____word(2) _____ b"),
        ("**___**", "_____", "(1) _____"),
        ("`___` is code", "___ is code", "___ is code"),
        ("```\n___\n```", "___", "___"),
        ("[___](https://a.b)", "_____ (https://a.b)", "(1) _____ (https://a.b)"),
        ("a __bold__ b", "a bold b", "a bold b"),
        ("x_y_", "x_y_", "x_y_"),
    ],
)
def test_a_run_of_underscores_is_a_blank(written: str, shown: str, numbered: str) -> None:
    """Never emphasis, never a rule, never a blank inside code."""
    assert plain(blocks_of(written)) == shown
    assert plain(blocks_of(written, numbered=True)) == numbered


def test_inline_text_is_one_run_of_words() -> None:
    """An option in a table has no blocks: line ends become spaces, marks of blocks stay text."""
    assert inline_of("a **b**\n\nc\n- d") == (Text("a "), Strong((Text("b"),)), Text(" c - d"))
    assert inline_of("") == ()


@pytest.mark.parametrize("written", [">" * 300 + " deep", "- " * 120 + "deep", "1. " * 120 + "deep"])
def test_a_text_too_deep_for_the_parser_is_shown_as_it_was_written(written: str) -> None:
    """Nothing is cut away in silence."""
    assert plain(blocks_of(written)) == written


@pytest.mark.parametrize(
    "written", ["> " * 20 + "deep", "1. " * 12 + "deep", "**" * 200 + "deep" + "**" * 200]
)
def test_what_is_deeper_than_eight_keeps_its_words(written: str) -> None:
    """A view stays shallow enough for every transport; the words are all there."""
    blocks = blocks_of(written)

    assert "deep" in plain(blocks)
    assert str(blocks).count("Quote") + str(blocks).count("Bullets") + str(blocks).count("Strong") <= 8


@pytest.mark.parametrize("piece", ["[", "![", "*", "*a_ ", "`", "[a](", "<", "&", "|a", "> ", "- ", "_"])
def test_no_text_of_twenty_thousand_characters_keeps_the_reader_waiting(piece: str) -> None:
    """The longest text that a pack may hold takes eight times as long as an eighth of it, and is shown."""
    whole = piece * (20_000 // len(piece))

    assert growth(read_anew, whole, whole[:2500], enough=24) < 24
    assert isinstance(blocks_of(whole), tuple)


@given(st.text())
def test_no_text_breaks_the_reader(written: str) -> None:
    """Whatever is written comes out as blocks whose words can be said."""
    plain(blocks_of(written))
    plain_inline(inline_of(written))


@given(st.text(alphabet="ab \n*_`[]()<>#-+>|1.!\\~&;:", max_size=60))
def test_every_letter_that_is_written_is_shown(written: str) -> None:
    """Marks may be read as markup; letters are never lost."""
    shown = plain(blocks_of(written))

    # A picture's address, a link's title and the language of a code block are no words to read.
    if "](" not in written and "```" not in written and "~~~" not in written and "|" not in written:
        assert shown.count("a") + shown.count("b") >= written.count("a") + written.count("b")
