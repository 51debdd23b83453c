"""What people and packs wrote reads on Slack exactly as they wrote it, and does nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings

from bot.adapters.slack.letters import KEYCAPS, emoji_name, emoji_names, letter_of, position_of, signal_of
from bot.adapters.slack.lines import Frame, Kind, Line, blocks_of, code_lines, cut
from bot.adapters.slack.markup import element_of, line_of, lines_of
from bot.adapters.slack.payloads import cost, escaped, fitting, plain_text
from bot.wording.reactions import Signal, emoji_of
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
from tests.adapters.discord.test_markup import INLINES, TEXTS
from tests.adapters.slack.limits import Payload, decoded, walked, words
from tests.adapters.slack.shown import look

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Look:
    """How a character looks."""

    bold: bool = False
    italic: bool = False
    code: bool = False


Seen = tuple[str, Look]


def meant(content: Iterable[Inline], style: Look) -> Iterator[Seen]:
    """Yield every character of *content* with the look that it is meant to have."""
    for run in content:
        match run:
            case Text(text=text):
                yield from ((character, style) for character in text)
            case Code(text=text):
                inner = replace(style, code=True)
                yield from ((character, style if character == "\n" else inner) for character in text)
            case Strong(children=children):
                yield from meant(children, replace(style, bold=True))
            case Emphasis(children=children):
                yield from meant(children, replace(style, italic=True))
            case _:
                yield ("\n", style)


def seen(blocks: Sequence[Payload]) -> list[Seen]:
    """Return every character of *blocks* with its look, but for white space, which has none."""
    return [
        (character, Look(**one.get("style", {})))
        for one in walked(blocks)
        if one["type"] == "text"
        for character in one["text"]
        if not character.isspace() and character != "\u200b"
    ]


def visible(characters: Iterable[Seen]) -> list[Seen]:
    """Return *characters* without white space."""
    return [one for one in characters if not one[0].isspace() and one[0] != "\u200b"]


def lines(content: Iterable[Inline], kind: Kind = Kind.PLAIN) -> tuple[Line, ...]:
    """Return *content* as lines of one frame."""
    frame = Frame(kind)
    return tuple(Line(runs, frame) for runs in lines_of(content))


@settings(deadline=None)
@given(INLINES)
def test_what_is_written_reads_back_with_every_stress_and_nothing_more(content: tuple[Inline, ...]) -> None:
    """No text becomes markup, a mention, a link or an emoji, and no stress is lost."""
    blocks = blocks_of(lines(content))

    assert seen(blocks) == visible(meant(content, Look()))
    assert {one["type"] for one in walked(blocks)} <= {"rich_text", "rich_text_section", "text"}


@settings(deadline=None)
@given(TEXTS)
def test_plain_text_keeps_its_white_space_and_lines(text: str) -> None:
    """What was typed stands there as it was typed."""
    assert words(blocks_of(lines((Text(text),)))) == text


@settings(deadline=None, max_examples=60)
@given(INLINES)
def test_a_text_that_is_cut_reads_the_same_in_all_its_parts_together(content: tuple[Inline, ...]) -> None:
    """Each part is as large as there was room for, and what belongs together in one is never apart."""
    left = lines(content * 4)
    whole = seen(blocks_of(left))
    found: list[Seen] = []
    while left:
        head, left = cut(left, 300, 10)
        assert head
        assert cost(blocks_of(head)) <= 300
        found.extend(seen(blocks_of(head)))

    assert found == whole


def test_a_line_is_cut_between_words_and_else_between_characters() -> None:
    """A word stays whole where it can."""
    head, tail = cut(lines((Text("some words " * 30),)), 200, 10)
    flags, _ = cut(lines((Text("🇩🇪" * 200),)), 200, 10)

    assert words(blocks_of(head)).endswith((" some", " words"))
    assert words(blocks_of(tail)).startswith((" some", " words"))
    assert words(blocks_of(flags)) == "🇩🇪" * (len(words(blocks_of(flags))) // 2)


def test_nothing_fits_where_there_is_hardly_room() -> None:
    """Then all of it is left."""
    some = lines((Text("words"),))

    assert cut(some, 10, 10) == ((), some)
    assert cut(code_lines("\n"), 10, 10)[0] == ()


def test_what_is_cut_in_a_list_has_its_sign_once() -> None:
    """And a box of code goes on in another."""
    item = (Line(lines_of((Text("a " * 200),))[0], Frame(Kind.ITEM, number=3)),)
    quoted = (Line(lines_of((Text("a " * 200),))[0], Frame(Kind.ITEM, quoted=True)),)
    code = code_lines("\n".join("x" * 30 for _ in range(20)))

    assert look(blocks_of(cut(item, 300, 9)[0])).startswith("3. a")
    assert look(blocks_of(cut(item, 300, 9)[1])).startswith(" a")
    assert look(blocks_of(cut(quoted, 300, 9)[1])).startswith(">  a")
    assert look(blocks_of(cut(code, 300, 9)[1])).startswith("```\nx")


@pytest.mark.parametrize(
    "inline, text",
    [
        (Link((Text("the sea"),), "https://a.b/c"), "[the sea](https://a.b/c)"),
        (Link((Strong((Text("sea"),)),), "https://a.b/c"), "*[sea](https://a.b/c)*"),
        (Link((Text("https://a.b/c"),), "https://a.b/c"), "[https://a.b/c](https://a.b/c)"),
        (Link((), "https://a.b/c"), "[https://a.b/c](https://a.b/c)"),
        (
            Link((Text("https://good.org"),), "https://bad.org"),
            "https://good.org ([https://bad.org](https://bad.org))",
        ),
        (Link((Text("x"),), "https://a.b/ö <|>"), "[x](https://a.b/ö%20%3C%7C%3E)"),
        (Link((Text("x"),), "ftp://a.b"), "x (ftp://a.b)"),
        (Link((), "ftp://a.b"), "ftp://a.b"),
        (Link((Text("x"),), "https://a.b/" + "c" * 1000), "x (https://a.b/" + "c" * 1000 + ")"),
        (
            Link((Link((Text("x"),), "https://a.b"),), "https://c.d"),
            "[x](https://a.b) ([https://c.d](https://c.d))",
        ),
        (Moment(NOON, "noon"), "<1795348800 {date_short_pretty} {time}>"),
        (Strong((Moment(NOON, "noon"),)), "*<1795348800 {date_short_pretty} {time}>*"),
        (RoleName("S0GROUP"), "@S0GROUP"),
        (ChannelName("C0CHANNEL"), "<#C0CHANNEL>"),
        (ChannelName("T0TEAM/C0CHANNEL/1700000000.000100"), "<#C0CHANNEL>"),
        (ChannelName("general"), "#general"),
    ],
)
def test_links_moments_and_names_are_shown_and_call_nobody(inline: Inline, text: str) -> None:
    """What Slack has no safe way to show is words."""
    assert look(blocks_of(lines((inline,)))) == text


def test_a_line_end_inside_of_a_cell_is_a_space() -> None:
    """A cell has one line."""
    assert [element_of(run)["text"] for run in line_of((Text("a\nb"), Break(), Text("c")))] == ["a b c"]


@pytest.mark.parametrize("text", ["&lt;b&gt;", "a & b", "&amp;amp;", "<@U1> *a* :smile:", "&copy;"])
def test_a_plain_text_is_shown_as_it_was_written(text: str) -> None:
    """Slack decodes three signs, and looks for no emoji where it is told not to."""
    assert decoded(str(plain_text(text)["text"])) == text
    assert plain_text(text)["emoji"] is False
    assert decoded(escaped(text)) == text


def test_a_text_is_shortened_by_what_it_takes() -> None:
    """An emoji is two, and a sign that is encoded five."""
    assert fitting("🙂" * 60, 75) == "🙂" * 37 + "…"
    assert len(str(plain_text(fitting("&lt;" * 30, 75))["text"])) <= 75
    assert fitting("a  b", 75) == "a b"


# --------------------------------------------------------------------------------------------------- letters


def test_the_letters_to_react_with_are_numbers_that_every_workspace_has() -> None:
    """Ten of them, and back."""
    letters = tuple(emoji_of(place) for place in range(11))

    assert emoji_names(letters[:10]) == KEYCAPS
    assert [letter_of(name) for name in KEYCAPS] == list(letters[:10])
    assert emoji_names(letters) == ()
    assert emoji_name("x") == ""


@pytest.mark.parametrize(
    "name, position",
    [
        ("one", 0),
        ("keycap_ten", 9),
        ("two::skin-tone-3", 1),
        ("alphabet-white-c", 2),
        ("alphabet-yellow-t", 19),
        ("alphabet-yellow-z", None),
        ("+1::skin-tone-2", None),
        ("triangular_flag_on_post", None),
        ("", None),
    ],
)
def test_a_reaction_is_read_in_any_skin_tone(name: str, position: int | None) -> None:
    """And letters count where a workspace has them."""
    assert position_of(name) == position


@pytest.mark.parametrize(
    "name, signal",
    [
        ("triangular_flag_on_post", Signal.FLAG),
        ("question", Signal.EXPLAIN),
        ("grey_question", Signal.EXPLAIN),
        ("one", None),
        ("thumbsup", None),
    ],
)
def test_a_reaction_may_flag_or_ask(name: str, signal: Signal | None) -> None:
    """As on the other platforms."""
    assert signal_of(name) == signal
