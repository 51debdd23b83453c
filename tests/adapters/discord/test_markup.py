"""What people and packs wrote reads on Discord exactly as they wrote it, and does nothing else."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.adapters.discord.lines import Line, cut, text_of
from bot.adapters.discord.markup import lines_of, written
from bot.wording.cuts import size
from bot.wording.views import (
    Break,
    ChannelName,
    Code,
    Emphasis,
    Inline,
    Link,
    Moment,
    RoleName,
    Strong,
    Text,
)
from tests.adapters.discord.markdown import ZERO_WIDTH, Look, Seen, seen, words

NASTY = (
    *"*_~|`<>[]()#:@-+.\\/ 1ab\né文🙂",
    *("@everyone", "@here", "<@1>", "<@!1>", "<@&1>", "<#1>", "</quiz play:1>", "<t:1:R>", "<id:customize>"),
    *("<:smile:1>", ":smile:", "::", "https://a.b/c", "<https://a.b>", "[a](https://a.b)", "```", "``"),
    *("# ", "## ", "- ", "+ ", "1. ", "12. ", "-# ", "> ", ">>> ", "\n", "\\", "**", "***", "__", "~~", "||"),
    *("\u200d", "\u0301", "שלום", "9:00 ", "¯\\_(ツ)_/¯", "\u00a0"),
)
MARKS = re.compile(r"[*_\\]")

TEXTS = st.lists(st.sampled_from(NASTY), min_size=1, max_size=12).map("".join)
LEAVES = TEXTS.map(Text) | TEXTS.map(Code) | st.just(Break())


def nested(children: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    """Return runs that hold *children*."""
    inside = st.lists(children, min_size=1, max_size=3).map(tuple)
    return inside.map(Strong) | inside.map(Emphasis)


INLINES: st.SearchStrategy[tuple[Inline, ...]] = st.lists(
    st.recursive(LEAVES, nested, max_leaves=5), min_size=1, max_size=6
).map(tuple)


def meant(content: Iterable[Inline], look: Look) -> Iterator[Seen]:
    """Yield every character of *content* with the look that it is meant to have."""
    for run in content:
        match run:
            case Text(text=text):
                yield from ((character, look) for character in text)
            case Code(text=text):
                inner = replace(look, strong=False, emphasis=False) if MARKS.search(text) else look
                for line in text.split("\n"):
                    shown = inner if MARKS.search(line) else look
                    yield from ((character, replace(shown, code=True)) for character in line)
            case Strong(children=children):
                yield from meant(children, replace(look, strong=True))
            case Emphasis(children=children):
                yield from meant(children, replace(look, emphasis=True))
            case _:
                pass


def visible(characters: Iterable[Seen]) -> list[Seen]:
    """Return *characters* without white space, which has no look."""
    return [
        (character, replace(look, kind=""))
        for character, look in characters
        if not character.isspace() and character != ZERO_WIDTH
    ]


def kinds(characters: Iterable[Seen]) -> set[str]:
    """Return what in *characters* is more than words."""
    return {look.kind for _, look in characters} - {"", "block"}


def markdown_of(content: Iterable[Inline]) -> str:
    """Return *content* as Markdown."""
    return "\n".join(written(runs) for runs in lines_of(content))


@settings(deadline=None)
@given(INLINES)
@example((Strong((Text("a"),)), Emphasis((Text("b"),)), Text("c")))
@example((Emphasis((Strong((Text("a"),)), Text("b"))), Strong((Text("c"),))))
@example((Emphasis((Text("a"),)), Emphasis((Strong((Text("b"),)),)), Emphasis((Text("c"),))))
@example((Text("a"), Emphasis((Text("b"), Strong((Text("c"),)))), Text("d")))
@example((Strong((Text(" a "),)), Text("b")))
def test_what_is_written_reads_back_with_every_stress_and_nothing_more(content: tuple[Inline, ...]) -> None:
    """No text becomes markup, a mention, a link or an emoji, and no markup is lost."""
    read = seen(markdown_of(content))

    assert visible(read) == visible(meant(content, Look()))
    assert kinds(read) == set()


@settings(deadline=None)
@given(TEXTS)
def test_plain_text_keeps_its_white_space_and_lines(text: str) -> None:
    """What was typed stands there as it was typed."""
    assert words(markdown_of((Text(text),))) == text.replace(ZERO_WIDTH, "")


@settings(deadline=None, max_examples=60)
@given(INLINES, st.integers(min_value=60, max_value=120))
def test_a_text_that_is_cut_reads_the_same_in_all_its_parts_together(
    content: tuple[Inline, ...], room: int
) -> None:
    """Stresses end in the one part and begin anew in the next; no escape and no token is cut."""
    left = tuple(Line(runs) for runs in lines_of(content * 4))
    parts: list[str] = []
    while left:
        head, left = cut(left, room)
        parts.append(text_of(head))
    read = [character for part in parts for character in seen(part)]

    assert all(size(part) <= room for part in parts)
    assert visible(read) == visible(meant(content * 4, Look()))
    assert kinds(read) == set()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_override_of_the_direction_of_writing_is_written(text: str) -> None:
    """A name cannot turn around what stands after it."""
    overrides = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}

    assert not overrides & set(markdown_of((Text(text + "\u202e"), Code(text + "\u2066"))))


@pytest.mark.parametrize(
    "text, markdown",
    [
        ("@everyone", r"\@everyone"),
        ("<@&12>", r"\<\@&12>"),
        ("</quiz play:1>", r"\</quiz play\:1>"),
        ("https://a.b/c_d", r"https\://a.b/c\_d"),
        ("[here](https://a.b)", r"\[here\](https\://a.b)"),
        ("# 1. - >", r"\# 1. - >"),
        ("1. one", r"1\. one"),
        ("  - two", r"  \- two"),
        ("-# small", r"\-# small"),
        ("at 9:00, or :o: x", r"at 9:00, or \:o: x"),
        ("at 09:00, then", "at 09:00, then"),
        ("note: this", "note: this"),
        ("snake_case_name *", r"snake\_case\_name \*"),
        ("||no|| ~~no~~ `no`", r"\|\|no\|\| \~\~no\~\~ \`no\`"),
        ("C:\\dir", r"C\:\\dir"),
    ],
)
def test_signs_are_escaped_where_they_would_mean_something(text: str, markdown: str) -> None:
    """And left alone where they do not, for who reads the bare text."""
    assert markdown_of((Text(text),)) == markdown


@pytest.mark.parametrize(
    "code, markdown",
    [
        ("x = 1", "`x = 1`"),
        ("a`b", "``a`b``"),
        ("`a", f"``{ZERO_WIDTH}`a``"),
        ("a``b", f"``a`{ZERO_WIDTH}`b``"),
        ("**not** @everyone", "`**not** @everyone`"),
        ("", ""),
    ],
)
def test_code_with_backticks_does_not_end_early(code: str, markdown: str) -> None:
    """Whatever stands in it."""
    assert markdown_of((Code(code),)) == markdown
    assert words(markdown) == code


@pytest.mark.parametrize(
    "content, markdown",
    [
        ((Strong((Text("a "), Emphasis((Text("b"),)))),), "**a _b_**"),
        ((Strong((Text("a"),)), Emphasis((Text("b"),))), "**a**_b_"),
        ((Strong((Text("a"),)), Emphasis((Text("b"),)), Text("c")), f"**a**_b_{ZERO_WIDTH}c"),
        ((Text("un"), Emphasis((Text("believ"),)), Text("able")), "un*believ*able"),
        ((Strong((Text("a"), Break(), Text("b"))),), "**a**\n**b**"),
        ((Emphasis((Text("a "),)), Text("b")), "*a* b"),
        ((Strong((Code("a*b"), Text(" c"))),), "`a*b` **c**"),
    ],
)
def test_marks_never_run_into_each_other(content: tuple[Inline, ...], markdown: str) -> None:
    """Three stars in a row mean nothing that anybody could know."""
    assert markdown_of(content) == markdown


@pytest.mark.parametrize(
    "link, markdown",
    [
        (Link((Text("the *site*"),), "https://a.b/c"), r"[the \*site\*](https://a.b/c)"),
        (Link((Text("x"),), "https://a.b/(c) d"), "[x](https://a.b/%28c%29%20d)"),
        (Link((Text("https://a.b"),), "https://a.b"), "<https://a.b>"),
        (Link((Text("[1]"),), "https://a.b"), r"\[1\] (<https://a.b>)"),
        (Link((Text("https://good.example"),), "https://a.b"), r"https\://good.example (<https://a.b>)"),
        (Link((Text("x"),), "javascript:alert(1)"), r"x (javascript\:alert(1))"),
        (Link((), "https://a.b"), "<https://a.b>"),
        (Link((Strong((Text("b"),)), Text("!")), "https://a.b"), "[**b**!](https://a.b)"),
    ],
)
def test_a_link_leads_where_it_says(link: Link, markdown: str) -> None:
    """Words that look like another address have the true one beside them."""
    assert markdown_of((link,)) == markdown


def test_an_endless_address_is_shown_and_not_linked() -> None:
    """It would leave no room for the words."""
    markdown = markdown_of((Link((Text("x"),), "https://a.b/" + "c" * 2000),))

    assert markdown.startswith(r"x (https\://a.b/ccc")


def test_moments_roles_and_channels_are_discords_own_tokens() -> None:
    """Each reader sees them in their own words; what is no id is text."""
    moment = Moment(datetime(2026, 11, 22, tzinfo=UTC), "22 November")
    content = (moment, Text(" "), RoleName("7"), Text(" "), ChannelName("8"), RoleName("everyone"))

    assert markdown_of(content) == r"<t:1795305600:f> <@&7> <#8>\@everyone"
    assert markdown_of((Strong((RoleName("7"),)), ChannelName("a"))) == "**<@&7>**#a"
