"""What the checker finds in the small Markdown of prompts and explanations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.packs import prose


@pytest.mark.parametrize(
    "text, rest",
    [
        ("a `b` c", "a     c"),
        ("``a ` b`` c", "          c"),
        ("a `b c", "a `b c"),
        ("a `b\n\nc` d", "a `b\n\nc` d"),
        ("a \\`b` c", "a \\`b` c"),
        ("```sh\n[[ -f x ]]\n```\nend", "     \n          \n   \nend"),
        ("~~~\n```\n~~~\nend", "   \n   \n   \nend"),
        ("1. one\n   ```\n   x\n   ```\nend", "1. one\n      \n    \n      \nend"),
        ("```\nnever closed", "   \n            "),
        ("``` a ` b", "``` a ` b"),
    ],
)
def test_code_is_blanked_out_and_the_rest_keeps_its_place(text: str, rest: str) -> None:
    """An offset into the rest is an offset into the whole."""
    assert prose.without_code(text) == rest


@given(st.text(st.sampled_from(list("a`~ \n\\_")), max_size=60))
def test_blanking_out_code_changes_no_length_and_no_line(text: str) -> None:
    """Whatever the backticks, only spaces are put in."""
    rest = prose.without_code(text)

    assert len(rest) == len(text)
    assert [new for new, old in zip(rest, text, strict=True) if new not in (" ", old)] == []
    assert rest.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    "prompt, blanks",
    [
        ("A ___ and ___.", 2),
        ("`___` is code, ___ is none.", 1),
        ("```\nx = ___\n```\nis ___", 1),
        ("nothing __init__ here", 0),
    ],
)
def test_blanks_are_counted_outside_of_code(prompt: str, blanks: int) -> None:
    """Code may hold any number of underscores."""
    assert len(prose.blanks(prompt)) == blanks


@pytest.mark.parametrize(
    "text",
    [
        "Option B joins ropes.",
        "Both option (C) and the rest.",
        "Options A and C fit.",
        "Correct Answer: C",
        "The answer: B.",
        "Choice D is too slow.",
        "Option 2 is too slow.",
        "The first option is too slow.",
        "The last choice fits.",
    ],
)
def test_an_option_cited_by_letter_or_place_is_found(text: str) -> None:
    """Options are shuffled, so such a sentence is wrong for most learners."""
    assert len(list(prose.cited_letters(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The option to wait is gone.",
        "One answer a learner gives.",
        "Answer: A bowline holds.",
        "Vitamin B and hepatitis C.",
        "The first step of the last option listed by `Option B`.".replace("last option listed by ", ""),
        "Your options: act or wait.",
        "The first choices were made.",
        "OptionAL fields",
    ],
)
def test_what_only_looks_like_a_citation_is_left_alone(text: str) -> None:
    """A warning for nothing teaches authors to ignore warnings."""
    assert list(prose.cited_letters(text)) == []


@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "a<br/>b", "<!-- hidden -->", '<a href="x">', "</p>", "List<String>"]
)
def test_raw_html_is_found(text: str) -> None:
    """It would be shown as text, which no author means."""
    assert list(prose.html(text)) != []


@pytest.mark.parametrize(
    "text",
    ["1 < 2 and 3 > 2", "`<b>`", "<https://example.org>", "<me@example.org>", "a <- b", "\\<b>", "x<5>"],
)
def test_what_only_looks_like_html_is_left_alone(text: str) -> None:
    """Comparisons, code and addresses in angle brackets are fine."""
    assert list(prose.html(text)) == []


@pytest.mark.parametrize(
    "prompt, count",
    [
        ("Which fit? Choose two.", 2),
        ("Select THREE answers.", 3),
        ("(Choose 2)", 2),
        ("Which two of these fit?", 2),
        ("Which fit?", None),
        ("Choose two. No, choose three.", None),
        ("Choose the right ones.", None),
    ],
)
def test_the_number_to_choose_is_read_from_the_prompt(prompt: str, count: int | None) -> None:
    """Only when it is said once and clearly."""
    assert prose.wanted_count(prompt) == count
