"""The tables and pictures of a message: where they are shown, and how their words are where they are not."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from bot.wording.pictures import FormulaPicture, TopicsPicture
from bot.wording.views import Choice, Choices, Code, Heading, Picture, Quote, Strong, Table, Text
from tests.adapters.slack.shown import body, parts, said, shown, words

DRAWING = TopicsPicture("Topics", "", (), "A drawing")
FORMULA = FormulaPicture("x^2", "x squared")


# ---------------------------------------------------------------------------------------------------- tables


def rows_of(*rows: Iterable[str]) -> tuple[tuple[tuple[Text, ...], ...], ...]:
    """Return plain cells."""
    return tuple(tuple((Text(cell),) for cell in row) for row in rows)


WIDE = "A name that is long enough for a line"
STANDING = Table(
    ("Place", "Name", "Points", "Right"),
    rows_of(("1", WIDE, "300", "3"), ("2", "Bo", "200", "2"), ("…", "", "", "")),
    ("right", "left", "right", "right"),
    caption="Standing",
    mine=(1,),
)


def test_a_workspace_with_tables_shows_them() -> None:
    """The reader's own row stands out, in words too."""
    view = said(STANDING)

    assert body(view, native=True) == (
        "*Standing*\n"
        "| Place | Name | Points | Right\n"
        f"| 1 | {WIDE} | 300 | 3\n"
        "| *2* | *Bo (you)* | *200* | *2*\n"
        "| … | \u200b | \u200b | \u200b"
    )
    assert parts(view, native=True)[0].blocks[-1]["column_settings"] == [
        {"align": "right", "is_wrapped": True},
        {"align": "left", "is_wrapped": True},
        {"align": "right", "is_wrapped": True},
        {"align": "right", "is_wrapped": True},
    ]


@pytest.mark.parametrize(
    "table",
    [
        replace(STANDING, header=("", "", "", "")),
        replace(STANDING, rows=()),
        replace(STANDING, rows=rows_of(("1", "2"))),
        replace(STANDING, rows=rows_of(("1", "x", "2", "3")) * 100),
        replace(STANDING, rows=rows_of(("1", "x" * 9000, "2", "3"))),
        Table(("x",) * 21, rows_of(("x",) * 21), ("left",) * 21),
    ],
)
def test_a_table_that_slack_would_not_take_is_text(table: Table) -> None:
    """Too large, without a header, or with a row that is too short."""
    kinds = {block["type"] for part in parts(said(table), native=True) for block in part.blocks}

    assert "table" not in kinds


def test_several_tables_are_text_in_one_message() -> None:
    """Slack takes one in a message."""
    assert "table" not in {block["type"] for block in parts(said(STANDING, STANDING), native=True)[0].blocks}
    picture = Picture(DRAWING, (STANDING,))
    assert "table" not in {block["type"] for block in parts(said(STANDING, picture), native=True)[0].blocks}
    drawn = parts(said(STANDING, picture), {DRAWING: "F1"}, native=True)[0]
    assert "table" in {block["type"] for block in drawn.blocks}


def test_a_table_goes_whole_into_the_next_message() -> None:
    """With what heads it, which is cut off only where it has no room itself."""
    view = said(words("x" * 11_500), Heading((Text("Head"),)), STANDING)
    long = said(replace(STANDING, caption="word " * 3000))

    assert "======\n*Head*\n*Standing*\n| Place" in shown(view, native=True)
    assert "\n| Place | Name" in shown(long, native=True)


def test_a_narrow_table_stands_in_columns() -> None:
    """Wide characters take two of them."""
    table = Table(("Who", "Points"), rows_of(("Ada", "1,000"), ("文文", "5")), ("left", "right"))

    assert body(said(table)) == "```\nWho   Points\nAda    1,000\n文文       5\n```"
    assert body(said(Quote((table,)))).startswith("|```\n")


def test_a_wide_table_is_a_line_a_row_that_keeps_every_cell_with_its_header() -> None:
    """The name stands out, and the reader's own row is marked."""
    assert body(said(STANDING)) == (
        f"*Standing*\n1. *{WIDE}* · Points: 300 · Right: 3\n2. *Bo* (you) · Points: 200 · Right: 2\n…"
    )


def test_a_table_of_pairs_says_its_header_once() -> None:
    """Two columns need no more."""
    rows = (((Code("/quiz"),), (Strong((Text("starts"),)),)), *rows_of(("a\nb", "c")))

    assert body(said(Table(("Command", "What"), rows, ("left", "left")))) == (
        "Command · What\n- `/quiz` — *starts*\n- *a b* — c"
    )


@pytest.mark.parametrize(
    "table, text",
    [
        (Table(("A", "B"), (), ("left", "left"), caption="None"), "*None*\nA · B"),
        (Table(("", ""), (), ("left", "left"), caption="None"), "*None*"),
        (Table(("", ""), rows_of(("a", "b")), ("left", "left")), "```\na  b\n```"),
        (Table(("A", "B"), rows_of(("a", "b")), ("left", "left"), mine=(0,)), "```\n  A  B\n› a  b\n```"),
        (Table(("A",), (((Code("`"),),),), ("left",)), "- ```"),
        (Table(("A", "B", "C"), rows_of(("`", "", "c")), ("right", "right", "right")), "- *`* · C: c"),
        (Table(("A", "B", "C"), rows_of(("🥇", "`", "c")), ("right", "left", "right")), "🥇 *`* · C: c"),
        (
            Table(("Name", "A", "B"), rows_of(("שלום", "1", "2")), ("left", "right", "right")),
            "- *\u2068שלום\u2069* · A: 1 · B: 2",
        ),
    ],
)
def test_odd_tables_lose_nothing(table: Table, text: str) -> None:
    """Whatever is empty or strange in them."""
    assert body(said(table)) == text


# -------------------------------------------------------------------------------------------------- pictures


def test_a_picture_is_shown_with_its_description() -> None:
    """The text that says the same is for where it cannot be drawn."""
    view = said(words("a"), Heading((Text("Head"),)), Picture(DRAWING, (words("the same"),)), words("b"))

    assert shown(view, {DRAWING: "F1"}) == "# Title\na\n*Head*\n<F1> A drawing\nb"
    assert shown(said(Picture(replace(DRAWING, alt=""))), {replace(DRAWING, alt=""): "F1"}).endswith("\u200b")


def test_a_long_description_stands_below_its_picture() -> None:
    """And the picture says so."""
    facts = replace(DRAWING, alt="word " * 600)

    assert body(said(Picture(facts, (words("in words"),))), native=False) == "in words"
    assert shown(said(Picture(facts, (words("in words"),))), {facts: "F1"}) == (
        "# Title\n<F1> What this picture shows is written below it.\nin words"
    )


def test_a_formula_stands_below_its_option() -> None:
    """In a line of text there is no place for a picture."""
    other = replace(FORMULA, tex="y")
    choices = Choices(
        (
            Choice("A", (words("one"), Picture(FORMULA), Picture(other))),
            Choice("B", (words("two"),)),
        )
    )

    assert shown(said(choices), {FORMULA: "F1"}) == (
        "# Title\n*A.* one\n\nx squared\n\nx squared\n<F1> x squared\n*B.* two"
    )
