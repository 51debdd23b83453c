"""A view as messages: what a learner sees, where the controls are, and what discord.py keeps."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from bot.adapters.discord.layouts import COLOURS
from bot.adapters.discord.outbound import files_of, marker_after, parts_of
from bot.core import effects as fx
from bot.core.effects import Effect
from bot.wording.pictures import TopicsPicture
from bot.wording.render import view_of
from bot.wording.views import (
    Block,
    Bullets,
    Choice,
    Choices,
    Code,
    CodeBlock,
    Countdown,
    Heading,
    Mark,
    Paragraph,
    Picker,
    Picture,
    Podium,
    PodiumStep,
    Progress,
    Quote,
    Strong,
    Table,
    Text,
    Tone,
    View,
)
from tests.adapters.discord.limits import texts
from tests.adapters.discord.shown import MARKER, body, components, parts, said, shown, words
from tests.wording.every_effect import EFFECTS
from tests.wording.samples import closed, day_opened, ended, lobby, opened

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DRAWING = TopicsPicture("Topics", "", (), "A drawing")
PODIUM = Podium((PodiumStep(1, "Ada", "3"), PodiumStep(4, "Bo", "1")), "alt")


# ----------------------------------------------------------------------------------------------- whole views


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(effect).__name__)
def test_every_effect_keeps_every_limit(effect: Effect) -> None:
    """The controls stand in the last message, once."""
    view = view_of(effect)
    made = parts(view)

    rows = [[one for one in part.layout.walk_children() if one.is_dispatchable()] for part in made]
    assert all(not row for row in rows[:-1])
    assert bool(rows[-1]) == any(not (view.reactions and isinstance(one, Picker)) for one in view.controls)


def test_an_open_question_reads_well() -> None:
    """Letters and texts on the buttons, a clock that runs, a bar that fills."""
    assert shown(view_of(opened())) == (
        "### Question 2 of 5\n"
        "Ποιο *είναι* σωστό;\n"
        "**A. άλφα**\n"
        "**B.** βήτα\n"
        "**C.** γάμμα\n"
        "⏳ To answer: <t:1777982430:R>\n"
        "▱▱▱ 0 of 3 have answered\n"
        "-# You can change your answer until the question closes.\n"
        "---\n"
        "Choose one.\n"
        "[A · άλφα] [B · βήτα] [C · γάμμα]"
    )


def test_a_reveal_reads_well() -> None:
    """Signs and words say what was right; why stands below each option."""
    assert shown(view_of(closed())) == (
        "### Question 2 of 5: the answer\n"
        "**Right answer: B**\n"
        "❌ **A. άλφα** · wrong · 1 of 3\n"
        "> γιατί άλφα\n"
        "✅ **B.** βήτα · right · 2 of 3\n"
        "> γιατί βήτα\n"
        "**C.** γάμμα · 0 of 3\n"
        "Επειδή `έτσι`.\n"
        "2 of 3 right: Άδα and Βίκη.\n"
        "Fastest: Άδα, in 2.4 seconds.\n"
        "**In front**\n"
        "```\n"
        "Place  Name  Points   Now\n"
        "    1  Άδα      320  +120\n"
        "    2  Βίκη     100    +0\n"
        "```\n"
        "⏳ To the next question: <t:1777982430:R>\n"
        "-# Source: [Πηγή](https://1.2/3)\n"
        "---\n"
        "[Next] [My answer] [Join]"
    )


def test_a_lobby_and_a_podium_read_well() -> None:
    """The first and the last message of a round."""
    assert shown(view_of(fx.LobbyOpened(lobby()))).endswith(
        "⏳ To join: <t:1777982430:R>\n---\n[Join] [Start now] [Leave]"
    )
    assert "🥇 **Άδα** · 320 points\n🥈 **Βίκη** · 100 points\n**Standing**\n```\n" in shown(view_of(ended()))


def test_the_role_that_is_called_stands_in_a_first_line_of_its_own() -> None:
    """Outside of everything else, where the sender finds it; what is no id is a text and calls nobody."""
    called = components(parts(view_of(day_opened(mention="123")))[0])
    named = components(parts(view_of(day_opened(mention="everyone")))[0])

    assert called[0] == {"type": 10, "content": "<@&123>"}
    assert [one["type"] for one in named] == [17]
    assert named[0]["components"][0]["content"] == r"\@everyone"


def test_a_view_without_anything_is_still_a_message() -> None:
    """Discord takes no empty one."""
    assert shown(View(Tone.INFO, "", "")) == "\u200b"


@pytest.mark.parametrize("tone", Tone)
def test_each_colour_stands_out_from_a_light_and_a_dark_page(tone: Tone) -> None:
    """Three to one is what the guidelines for accessible pages ask of a line."""
    for page in (0xFFFFFF, 0x2B2D31, 0x1A1A1E):
        assert contrast(COLOURS[tone], page) >= 3


def contrast(one: int, other: int) -> float:
    """Return the contrast of two colours, by the definition of WCAG 2."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: int) -> float:
    """Return how bright *colour* is, from 0 to 1."""
    shares = [(colour >> shift & 255) / 255 for shift in (16, 8, 0)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_discord_py_keeps_nothing_of_a_message() -> None:
    """A view that has stopped is not stored, and buttons work by their ids alone."""
    (part,) = parts_of(view_of(opened()), marker=1, drawn={})

    assert part.layout.is_finished()
    assert part.layout.timeout is None


def test_each_part_has_the_marker_after_the_one_before() -> None:
    """By it we find our own message again."""
    view = said(*(words("x" * 3000) for _ in range(3)))
    containers = [components(part)[0] for part in parts(view)]

    assert [one["id"] for one in containers] == [MARKER, MARKER + 1, MARKER + 2]
    assert marker_after(2**31 - 1, 1) == 1
    assert marker_after(2**31 - 2, 1) == 2**31 - 1


# ---------------------------------------------------------------------------------------------------- blocks


@pytest.mark.parametrize(
    "block, text",
    [
        (Heading((Text("Head"),)), "**Head**"),
        (Paragraph((Text("a"), Code("b")), quiet=True), "-# a`b`"),
        (CodeBlock("x\n  y", "py"), "```py\nx\n  y\n```"),
        (CodeBlock("a ``` b", "no such language!"), "```\na `\u200b`\u200b` b\n```"),
        (Bullets(((words("a"), words("b")), (words("c"),))), "- a\n  b\n- c"),
        (Bullets(((words("a"),), (words("b"),)), start=9), "9. a\n10. b"),
        (Bullets(((words("a"), Bullets(((words("b"),),))),)), "- a\n  - b"),
        (Bullets(((CodeBlock("x"),),)), "- \u200b\n```\nx\n```"),
        (Quote((words("a"), words("b"))), "> a\n> \n> b"),
        (Quote((Bullets(((words("a"),),)), CodeBlock("x"))), "> - a\n> ```\n> x\n> ```"),
        (Quote((Quote((words("a"),)),)), "> a"),
        (Countdown(NOON, NOON + timedelta(seconds=30), "to answer"), "⏳ To answer: <t:1795348830:R>"),
        (
            Countdown(NOON, NOON + timedelta(hours=12), "to answer"),
            "⏳ To answer: <t:1795392000:R> (<t:1795392000:f>)",
        ),
        (Progress(3, 0, "3 have answered"), "3 have answered"),
        (Progress(2, 3, "2 of 3"), "▰▰▱ 2 of 3"),
        (Progress(50, 200, "50 of 200"), "▰▰▱▱▱▱▱▱▱▱ 50 of 200"),
        (Progress(5, 3, "5 of 3"), "▰▰▰ 5 of 3"),
        (
            Podium((PodiumStep(1, "Ada", "3"), PodiumStep(4, "Bo", "1")), "alt"),
            "🥇 **Ada** · 3\n4\\. **Bo** · 1",
        ),
        (Podium((), "1st: Ada"), "1st: Ada"),
        (Picture(DRAWING), "A drawing"),
        (Picture(DRAWING, (words("The same"), words("in words"))), "The same\n\nin words"),
    ],
)
def test_each_block_reads_well(block: Block, text: str) -> None:
    """As its own kind of text."""
    assert body(said(block)) == text


def test_a_code_block_that_is_cut_ends_and_begins_anew() -> None:
    """Between lines, and inside one only where it is too long for a message."""
    lines = "\n".join(f"line {number}" for number in range(800))
    made = [text for part in parts(said(CodeBlock(lines, "py"))) for text in texts(components(part))[-1:]]
    long_line = [texts(components(part))[-1] for part in parts(said(CodeBlock("x" * 9000)))]

    assert len(made) > 1
    assert all(text.startswith("```py\nline") and text.endswith("\n```") for text in made)
    assert "\n".join(text[6:-4] for text in made) == lines
    assert "".join(text[4:-4] for text in long_line) == "x" * 9000


def test_empty_lines_around_a_paragraph_are_left_out() -> None:
    """And a paragraph that says nothing altogether."""
    view = said(words("\n a \n\n"), words(" \n "), CodeBlock(" "), words("b"))

    assert [text.strip() for text in texts(components(parts(view)[0]))] == ["### Title", "a", "b"]


def test_a_heading_stays_with_what_it_heads() -> None:
    """So that no message ends with one."""
    view = said(words("x" * 3980), Heading((Text("Head"),)), words("below"))

    assert shown(view).endswith("======\n**Head**\nbelow")
    assert shown(said(Heading((Text("Alone"),)))).endswith("\n**Alone**")


@pytest.mark.parametrize(
    "choice, text",
    [
        (Choice("A", (words("one"),)), "**A.** one"),
        (Choice("A", (words("one"),), Mark.RIGHT, 2), "✅ **A.** one · right · 2"),
        (Choice("A", (words("one"), words("two")), Mark.WRONG), "❌ **A.** one\n\ntwo\nwrong"),
        (Choice("A", (CodeBlock("x"),), Mark.RIGHT), "✅ **A.** right\n```\nx\n```"),
        (Choice("A", ()), "**A.**"),
        (Choice("A", (words("one"),), feedback=(words("why"), words("so"))), "**A.** one\n> why\n> \n> so"),
    ],
)
def test_an_option_says_how_it_went_in_words_too(choice: Choice, text: str) -> None:
    """A sign or a colour alone tells not everybody."""
    assert body(said(Choices((choice,)))) == text


def rows_of(*rows: Iterable[str]) -> tuple[tuple[tuple[Text, ...], ...], ...]:
    """Return plain cells."""
    return tuple(tuple((Text(cell),) for cell in row) for row in rows)


def test_a_narrow_table_stands_in_columns() -> None:
    """Wide characters take two of them."""
    table = Table(("Who", "Points"), rows_of(("Ada", "1,000"), ("文文", "5")), ("left", "right"))

    assert body(said(table)) == "```\nWho   Points\nAda    1,000\n文文       5\n```"


def test_a_wide_table_is_a_line_a_row_that_keeps_every_cell_with_its_header() -> None:
    """The name stands out, and the reader's own row is marked."""
    long_name = "A name that is long enough for a line"
    header = ("Place", "Name", "Points", "Right")
    rows = rows_of(("1", long_name, "300", "3"), ("2", "Bo", "200", "2"), ("…", "", "", ""))
    table = Table(header, rows, ("right", "left", "right", "right"), caption="Standing", mine=(1,))

    assert body(said(table)) == (
        "**Standing**\n"
        f"1\\. **{long_name}** · Points: 300 · Right: 3\n"
        "2\\. **Bo** (you) · Points: 200 · Right: 2\n"
        "…"
    )


def test_a_table_of_pairs_says_its_header_once() -> None:
    """Two columns need no more."""
    rows = (((Code("/quiz"),), (Strong((Text("starts"),)),)), *rows_of(("a\nb", "c")))

    assert body(said(Table(("Command", "What"), rows, ("left", "left")))) == (
        "-# Command · What\n- `/quiz` — **starts**\n- **a b** — c"
    )


def test_what_is_read_from_right_to_left_turns_no_table_around() -> None:
    """Each such cell is a place of its own; columns would not stand below each other."""
    table = Table(("Name", "A", "B"), rows_of(("שלום", "1", "2")), ("left", "right", "right"))

    assert body(said(table)) == "- **\u2068שלום\u2069** · A: 1 · B: 2"


@pytest.mark.parametrize(
    "table, text",
    [
        (Table(("A", "B"), (), ("left", "left"), caption="None"), "**None**\nA · B"),
        (Table(("", ""), rows_of(("a", "b")), ("left", "left")), "```\na  b\n```"),
        (Table(("A", "B"), rows_of(("a", "b")), ("left", "left"), mine=(0,)), "```\n  A  B\n› a  b\n```"),
        (Table(("A",), (((Code("`"),),),), ("left",)), "- ``\u200b`\u200b``"),
        (Table(("A", "B", "C"), rows_of(("`", "", "c")), ("right", "right", "right")), "- **\\`** · C: c"),
        (Table(("A", "B", "C"), rows_of(("🥇", "`", "c")), ("right", "left", "right")), "🥇 **\\`** · C: c"),
    ],
)
def test_odd_tables_lose_nothing(table: Table, text: str) -> None:
    """Whatever is empty or strange in them."""
    assert body(said(table)) == text


# -------------------------------------------------------------------------------------------------- pictures


def test_a_picture_is_shown_with_its_description_and_can_be_sent() -> None:
    """The text that says the same is for where it cannot be drawn."""
    view = said(words("a"), Picture(DRAWING, (words("the same"),)), words("b"))
    (part,) = parts(view, {DRAWING: b"png"})
    (file,) = files_of(part)

    assert shown(view, {DRAWING: b"png"}) == "### Title\na\n<attachment://topics-2.png> A drawing\nb"
    assert part.files == (("topics-2.png", b"png"),)
    assert isinstance(file.fp, BytesIO)
    assert (file.filename, file.fp.read()) == ("topics-2.png", b"png")


def test_a_long_description_stands_below_its_picture() -> None:
    """And the picture says so."""
    facts = replace(DRAWING, alt="word " * 300)
    view = said(Picture(facts, (words("in words"),)))

    assert shown(view, {facts: b"png"}) == (
        "### Title\n<attachment://topics-1.png> What this picture shows is written below it.\nin words"
    )


def test_more_pictures_than_a_message_holds_go_into_the_next() -> None:
    """Ten are the most."""
    facts = [replace(DRAWING, alt=f"{number}") for number in range(12)]
    made = parts(said(*(Picture(one) for one in facts)), dict.fromkeys(facts, b"png"))

    assert [len(part.files) for part in made] == [10, 2]
