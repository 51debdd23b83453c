"""A view as messages: what a learner sees, where the controls are, and what a notification says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.adapters.slack.outbound import parts_of, spare_part
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
    Text,
    Tone,
    View,
)
from tests.adapters.slack.limits import long, over
from tests.adapters.slack.shown import GROUP, body, look, parts, said, shown, words
from tests.wording.every_effect import EFFECTS
from tests.wording.samples import closed, day_opened, ended, lobby, opened

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
DRAWING = TopicsPicture("Topics", "", (), "A drawing")


# ----------------------------------------------------------------------------------------------- whole views


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: type(effect).__name__)
def test_every_effect_keeps_every_limit(effect: Effect) -> None:
    """The controls stand in the last message, once, and with Slack's own tables too."""
    view = view_of(effect)
    for native in (False, True):
        made = parts(view, native=native)

        rows = [[block for block in part.blocks if block["type"] == "actions"] for part in made]
        assert all(not row for row in rows[:-1])
        assert bool(rows[-1]) == any(
            not (view.reactions and isinstance(one, Picker)) for one in view.controls
        )


def test_an_open_question_reads_well() -> None:
    """Letters and texts on the buttons, a clock that says until when, a bar that fills."""
    assert shown(view_of(opened())) == (
        "# Question 2 of 5\n"
        "Ποιο _είναι_ σωστό;\n"
        "*A.* *άλφα*\n"
        "*B.* βήτα\n"
        "*C.* γάμμα\n"
        "⏳ 0:30 to answer, until <1777982430 {time_secs}>\n"
        "▱▱▱ 0 of 3 have answered\n"
        "~ You can change your answer until the question closes.\n"
        "Choose one.\n"
        "[A · άλφα] [B · βήτα] [C · γάμμα]"
    )


def test_a_reveal_reads_well() -> None:
    """Signs and words say what was right; why stands below each option."""
    assert shown(view_of(closed()), native=True) == (
        "# Question 2 of 5: the answer\n"
        "*Right answer: B*\n"
        "❌ *A.* *άλφα* · wrong · 1 of 3\n"
        "> γιατί άλφα\n"
        "✅ *B.* βήτα · right · 2 of 3\n"
        "> γιατί βήτα\n"
        "*C.* γάμμα · 0 of 3\n"
        "Επειδή `έτσι`.\n"
        "2 of 3 right: Άδα and Βίκη.\n"
        "Fastest: Άδα, in 2.4 seconds.\n"
        "*In front*\n"
        "| Place | Name | Points | Now\n"
        "| 1 | Άδα | 320 | +120\n"
        "| 2 | Βίκη | 100 | +0\n"
        "⏳ 0:30 to the next question, until <1777982430 {time_secs}>\n"
        "_Source: __[Πηγή](https://1.2/3)_\n"
        "[Next] [My answer] [Join]"
    )


def test_a_lobby_and_a_podium_read_well() -> None:
    """The first and the last message of a round."""
    assert shown(view_of(fx.LobbyOpened(lobby()))).endswith(
        "⏳ 0:30 to join, until <1777982430 {time_secs}>\n[Join] [Start now] [Leave]"
    )
    assert "🥇 *Άδα* · 320 points\n🥈 *Βίκη* · 100 points\n*Standing*\n```\n" in shown(view_of(ended()))


def test_what_was_refused_is_seen_at_a_glance() -> None:
    """By a sign that a screen reader names, before words that say the same."""
    assert shown(replace(said(), tone=Tone.REFUSED)) == "# ⚠️ Title"


def test_the_group_that_is_called_stands_in_a_first_block_of_its_own() -> None:
    """What is no id is a text and calls nobody."""
    called = parts(view_of(day_opened(mention=GROUP)))[0].blocks[0]
    named = look(parts(view_of(day_opened(mention="here")))[0].blocks[:1])

    assert called == {
        "type": "rich_text",
        "block_id": "call",
        "elements": [
            {"type": "rich_text_section", "elements": [{"type": "usergroup", "usergroup_id": GROUP}]}
        ],
    }
    assert named == "@here"


def test_a_view_without_anything_is_still_a_message() -> None:
    """Slack takes no empty one."""
    assert shown(View(Tone.INFO, "", "")) == "~ Nothing more here for now."
    assert over(spare_part().blocks, spare_part().text) == []


def test_a_notification_says_all_that_matters() -> None:
    """Nothing in it is read as a mention or a link."""
    view = replace(said(words("body")), alt="Title: <!channel> & <https://a.b|here>")

    assert parts(view)[0].text == "Title: &lt;!channel&gt; &amp; &lt;https://a.b|here&gt;"
    assert parts(replace(view, alt=" "))[0].text == "Title\n\nbody"


def test_each_of_several_messages_says_what_it_holds() -> None:
    """As much of it as Slack advises; what stands above the controls where nothing else does."""
    control = Picker("a:x.1", "order", ("x",), ("A",), "word " * 1000, "Answer")
    first, second = parts(said(words("a & " * 2000), words("b " * 3000)))
    alone = parts(View(Tone.INFO, "", "", (), (replace(control, label="Order them."),)))
    emoji = parts(said(words("🙂" * 11_000)))[0]

    assert first.text.startswith("Title\n\na &amp; a")
    assert first.text.endswith("…")
    assert second.text.startswith("b b")
    assert alone[0].text == "Order them.\nA. x"
    assert 3990 <= long(emoji.text) <= 4000
    assert parts(View(Tone.INFO, "", "", (), (control,)))[0].text.startswith("word word")


@pytest.mark.parametrize("start", ["", "🙂", "🙂🙂", "x🙂🙂🙂", "&", "🙂&&"])
def test_a_long_notification_is_cut_where_no_sign_is_in_two(start: str) -> None:
    """However many of them are longer than they look."""
    for rest in ("x", "&", "🙂", "x&", "&🙂"):
        (part,) = parts(replace(said(), alt=start + rest * 5000))

        assert part.text.endswith("…")
        assert long(part.text) >= 3990


# ---------------------------------------------------------------------------------------------------- blocks


@pytest.mark.parametrize(
    "block, text",
    [
        (Heading((Text("Head"),)), "*Head*"),
        (Paragraph((Text("a"), Text("b")), quiet=True), "~ ab"),
        (Paragraph((Text("a"), Code("b")), quiet=True), "_a__`b`_"),
        (Paragraph((Text("a " * 1500),), quiet=True), f"_{'a ' * 1500}_"),
        (CodeBlock("x\n  y", "py"), "```\nx\n  y\n```"),
        (CodeBlock("a ``` b"), "```\na ``` b\n```"),
        (Bullets(((words("a"), words("b")), (words("c"),))), "- a\nb\n- c"),
        (Bullets(((words("a"),), (words("b"),)), start=9), "9. a\n10. b"),
        (Bullets(((words("a"), Bullets(((words("b"),),))),)), "- a\n  - b"),
        (
            Bullets(((words("a"), CodeBlock("x"), words("b")), (words("c"),)), start=1),
            "1. a\n```\nx\n```\nb\n2. c",
        ),
        (Bullets(((CodeBlock("x"),),)), "- \u200b\n```\nx\n```"),
        (Quote((words("a"), words("b"))), "> a\n> \n> b"),
        (Quote((Bullets(((words("a"),),)), CodeBlock("x"))), "|- a\n|```\nx\n```"),
        (Quote((Quote((words("a"),)), Paragraph((Text("b"),), quiet=True))), "> a\n> \n> b"),
        (
            Countdown(NOON, NOON + timedelta(seconds=90), "to answer"),
            "⏳ 1:30 to answer, until <1795348890 {time_secs}>",
        ),
        (
            Countdown(NOON, NOON + timedelta(hours=12), "to answer"),
            "⏳ To answer: until <1795392000 {date_short_pretty} {time}>",
        ),
        (
            Countdown(NOON, NOON, "to answer"),
            "⏳ To answer: until <1795348800 {date_short_pretty} {time}>",
        ),
        (Progress(3, 0, "3 have answered"), "3 have answered"),
        (Progress(2, 3, "2 of 3"), "▰▰▱ 2 of 3"),
        (Progress(50, 200, "50 of 200"), "▰▰▱▱▱▱▱▱▱▱ 50 of 200"),
        (Podium((PodiumStep(1, "Ada", "3"), PodiumStep(4, "Bo", "1")), "alt"), "🥇 *Ada* · 3\n4. *Bo* · 1"),
        (Podium((), "1st: Ada"), "1st: Ada"),
        (Picture(DRAWING), "A drawing"),
        (Picture(DRAWING, (words("The same"), words("in words"))), "The same\n\nin words"),
    ],
)
def test_each_block_reads_well(block: Block, text: str) -> None:
    """As its own kind of text."""
    assert body(said(block)) == text


def test_a_deep_list_is_moved_in_as_far_as_slack_moves_one() -> None:
    """Nothing is lost below."""
    block: Block = words("deep")
    for _ in range(12):
        block = Bullets(((block,),))

    assert body(said(block)).endswith(f"{'  ' * 8}- deep")


def test_a_long_title_is_a_heading() -> None:
    """The place for titles has 150 characters."""
    assert shown(replace(said(), title="x" * 150)) == f"# {'x' * 150}"
    assert shown(replace(said(), title="x" * 151)) == f"*{'x' * 151}*"


def test_a_code_block_that_is_cut_ends_and_begins_anew() -> None:
    """Between lines, and inside one only where it is too long for a message."""
    code = "\n".join(f"line {number}" for number in range(2000))
    made = [look(part.blocks[-1:]) for part in parts(said(CodeBlock(code)))]
    long_line = [look(part.blocks[-1:]) for part in parts(said(CodeBlock("x" * 30_000)))]

    assert len(made) > 1
    assert all(text.startswith("```\nline") and text.endswith("\n```") for text in made)
    assert "\n".join(text[4:-4] for text in made) == code
    assert "".join(text[4:-4] for text in long_line) == "x" * 30_000


def test_empty_lines_around_a_paragraph_are_left_out() -> None:
    """And a paragraph that says nothing altogether."""
    view = said(words("\n a \n\n"), words(" \n "), CodeBlock(" "), words("b"))

    assert shown(view) == "# Title\n a \nb"


def test_a_heading_stays_with_what_it_heads() -> None:
    """So that no message ends with one."""
    view = said(words("x" * 11_700), Heading((Text("Head"),)), words("below " * 20))

    assert "======\n*Head*\nbelow" in shown(view)
    assert shown(said(Heading((Text("Alone"),)))).endswith("\n*Alone*")


@pytest.mark.parametrize(
    "choice, text",
    [
        (Choice("A", (words("one"),)), "*A.* one"),
        (Choice("A", (words("one"),), Mark.RIGHT, 2), "✅ *A.* one · right · 2"),
        (Choice("A", (words("one"), words("two")), Mark.WRONG), "❌ *A.* one\n\ntwo\nwrong"),
        (Choice("A", (CodeBlock("x"),), Mark.RIGHT), "✅ *A.* right\n```\nx\n```"),
        (Choice("A", ()), "*A.*"),
        (Choice("A", (words("one"),), feedback=(words("why"), words("so"))), "*A.* one\n> why\n> \n> so"),
    ],
)
def test_an_option_says_how_it_went_in_words_too(choice: Choice, text: str) -> None:
    """A sign or a colour alone tells not everybody."""
    assert body(said(Choices((choice,)))) == text


# ------------------------------------------------------------------------------------------------- reactions


def test_a_question_that_is_answered_by_reaction_says_how() -> None:
    """In the place of its buttons, with the emoji beside each letter."""
    picker = Picker("a:x.1", "one", ("x", "y"), ("A", "B"), "Choose.", "Answer")
    options = Choices((Choice("A", (words("x"),)), Choice("B", (words("y"),))))
    view = replace(said(options, controls=(picker,)), reactions=("🇦", "🇧"), reacting="React.")
    many = replace(view, reactions=tuple(chr(ord("🇦") + place) for place in range(11)))

    assert shown(view) == (
        "# Title\n:one: *A.* x\n:two: *B.* y\nReact.\n"
        "~ Each number stands for the letter beside it: react with the number."
    )
    assert shown(many).endswith("Choose.\n[A · x] [B · y]")


def test_a_message_is_made_of_nothing_but_payloads() -> None:
    """The same view makes the same message."""
    view = view_of(opened())

    assert parts_of(view, drawn={}, native=True) == parts_of(view, drawn={}, native=True)
