"""Every block and control has a form in words alone."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.wording.pictures import TopicsPicture
from bot.wording.plain import plain, plain_block, plain_control, plain_inline
from bot.wording.views import (
    Block,
    Break,
    Bullets,
    Button,
    ChannelName,
    Choice,
    Choices,
    Code,
    CodeBlock,
    Control,
    Countdown,
    Emphasis,
    Field,
    Form,
    Heading,
    Link,
    Mark,
    Moment,
    Paragraph,
    Picker,
    Picture,
    Podium,
    PodiumStep,
    Progress,
    Quote,
    RoleName,
    Strong,
    Table,
    Text,
    Tone,
    View,
)

NOON = datetime(2026, 5, 5, 12, tzinfo=UTC)
DRAWING = TopicsPicture("Topics", "", (), "A drawing")


def words(text: str) -> Paragraph:
    """Return a paragraph of plain words."""
    return Paragraph((Text(text),))


@pytest.mark.parametrize(
    "block, said",
    [
        (Heading((Text("Head"),)), "Head"),
        (Paragraph((Text("a"), Break(), Code("b"))), "a\nb"),
        (CodeBlock("x\n  y", "py"), "x\n  y"),
        (Bullets(((words("a"), words("b")), (words("c"),))), "• a\n\n  b\n• c"),
        (Bullets(((words("a"),), (words("b"),)), start=9), "9. a\n10. b"),
        (Bullets(((),)), "• "),
        (Quote((words("a"), words("b"))), "> a\n>\n> b"),
        (
            Table(("A", "B"), (((Text("1"),), (Text("2"), Break(), Text("3"))),), ("left", "left")),
            "A | B\n1 | 2 3",
        ),
        (Table(("", ""), (((Text("1"),), ()),), ("left", "left"), caption="Cap"), "Cap\n1 | "),
        (Countdown(NOON, NOON + timedelta(seconds=75), "to answer"), "1:15 to answer"),
        (Countdown(NOON, NOON, "to join"), "to join: 12:00:00 UTC"),
        (Countdown(NOON, NOON + timedelta(minutes=59, seconds=59), "to answer"), "59:59 to answer"),
        (Countdown(NOON, NOON + timedelta(hours=12), "to answer"), "to answer: 2026-05-06 00:00 UTC"),
        (
            Paragraph((Moment(NOON, "at noon"), Text(" "), RoleName("7"), Text(" "), ChannelName("8"))),
            "at noon @7 #8",
        ),
        (Progress(3, 0, "3 have answered"), "3 have answered"),
        (Progress(2, 3, "2 of 3 have answered"), "2 of 3 have answered"),
        (Podium((PodiumStep(1, "Ada", "3"),), "1st: Ada"), "1st: Ada"),
        (Picture(DRAWING), "A drawing"),
        (Picture(DRAWING, (words("The same"), words("in words"))), "The same\n\nin words"),
    ],
)
def test_each_block_is_said_in_words(block: Block, said: str) -> None:
    """Nothing that a block says is left out."""
    assert plain_block(block) == said


def test_a_choice_says_its_mark_its_count_and_its_feedback() -> None:
    """A listener hears what others see by colour and length."""
    choices = Choices(
        (
            Choice("A", (words("one"),)),
            Choice("B", (words("two"),), Mark.RIGHT, 2, 3, (words("because"),)),
            Choice("C", (words("three"),), Mark.WRONG, 1),
        )
    )

    assert plain_block(choices) == "A. one\n✓ B. two (2/3)\n     because\n✗ C. three (1)"


def test_runs_of_text_keep_their_words_and_addresses() -> None:
    """Emphasis is silent, a link says where it leads unless its words do."""
    runs = (
        Strong((Text("a"), Emphasis((Text("b"),)))),
        Text(" "),
        Link((Text("site"),), "https://a.b"),
        Text(" "),
        Link((Text("https://a.b"),), "https://a.b"),
    )

    assert plain_inline(runs) == "ab site (https://a.b) https://a.b"


@pytest.mark.parametrize(
    "control, said",
    [
        (Button("j:x", "Join", "Join the round"), "[Join]"),
        (
            Picker("a:x", "one", ("p", "q"), ("A", "B"), "Choose one.", "Answer"),
            "Choose one. (A, B) [Answer]",
        ),
        (
            Form("a:x", (Field("Blank 1"), Field("Blank 2")), "Fill in.", "Answer"),
            "Fill in. (Blank 1, Blank 2) [Answer]",
        ),
    ],
)
def test_each_control_is_said_by_what_stands_on_it(control: Control, said: str) -> None:
    """Brackets show what can be pressed."""
    assert plain_control(control) == said


def test_a_view_is_its_title_its_blocks_and_its_controls() -> None:
    """A transcript of a message."""
    view = View(
        Tone.INFO, "Title", "alt", (words("a"), words("")), (Button("j:x", "Join"), Button("l:x", "Leave"))
    )

    assert plain(view) == "Title\n\na\n\n[Join]\n[Leave]"
    assert plain(View(Tone.INFO, "Title", "alt")) == "Title"


def test_a_view_that_calls_a_role_begins_with_it() -> None:
    """In a line of its own, before the title."""
    assert plain(View(Tone.INFO, "Title", "alt", mention="team")) == "@team\n\nTitle"
