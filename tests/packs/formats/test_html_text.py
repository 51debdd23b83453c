"""HTML as small Markdown: what a reader of the one sees is what a reader of the other sees."""

import pytest
from hypothesis import example, given, settings

from bot.packs.formats.html_text import markdown_of, read_html
from bot.packs.formats.markdown_html import html_of
from tests.packs.any_packs import texts
from tests.packs.formats.study_packs import shown


@pytest.mark.parametrize(
    "html, text",
    [
        ("a <b>bold</b> <i>word</i>", "a **bold** *word*"),
        ("one<br>two<br><br>three", "one\\\ntwo\n\nthree"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("<ul><li>a<li>b<ol><li>c</ol></ul>", "- a\n- b\n  1. c"),
        ("<pre><code class='language-sh'>a  b\n</code></pre>", "```sh\na  b\n```"),
        ("x &lt; y &amp; snake_case * 2", "x < y & snake_case * 2"),
        ("it is *not* bold", "it is \\*not\\* bold"),
        ("\\(x^2\\) costs $5", "$x^2$ costs $5"),
        ("10<sup>3</sup> H<sub>2</sub>O", "10³ H₂O"),
        (
            "<a href='https://e.org/a'>there</a> <a href='javascript:x'>here</a>",
            "[there](https://e.org/a) here",
        ),
        ("<table><tr><th>a<th>b<tr><td>1<td>2|3</table>", "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |"),
        ("<script>x()</script>words<style>y</style>", "words"),
        ("<b>never closed", "**never closed**"),
    ],
)
def test_html_becomes_the_plainest_markdown_that_shows_the_same(html: str, text: str) -> None:
    """No backslash stands where none is needed."""
    assert markdown_of(html) == text


def test_a_picture_leaves_its_description_and_is_named() -> None:
    """So that the report can say what is missing."""
    found = read_html('See <img src="a.png" alt="a knot"> and <video src="b.mp4"></video>.')

    assert (found.text, found.dropped) == ("See a knot and .", ("a.png", "b.mp4"))


def test_tags_that_are_nested_without_end_lose_no_word() -> None:
    """What is too deep keeps its words."""
    assert "word" in markdown_of("<div>" * 5000 + "word")


@settings(max_examples=80, deadline=None)
@given(texts)
@example(">\\-")
@example("1 #\n=")
@example("\\\n\\")
@example("a\\\n=b\n=")
def test_any_markdown_shows_the_same_after_html_and_back(text: str) -> None:
    """White space and marks that show nothing apart."""
    assert shown(markdown_of(html_of(text))) == shown(text)
