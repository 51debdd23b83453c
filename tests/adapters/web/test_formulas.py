"""Formulas in the chat: drawn like pictures, wherever they stand."""

from bot.adapters.web.outbound import Drawing, page_view
from bot.wording.markup import blocks_of
from bot.wording.pictures import Facts
from bot.wording.views import Choice, Choices, Mark, Picture, Quote, Tone, View
from tests.adapters.web.chats import Chat, Json, a_drawing

TEX = "x_{i,j}"


def view() -> View:
    """Return a question whose scenario, prompt and option have a formula each."""
    options = (Choice("A", blocks_of("$p^q$"), Mark.RIGHT, feedback=blocks_of("$r^q$")),)
    blocks = (Quote(blocks_of(f"See ${TEX}$.")), *blocks_of("Is it $y^q$ or $y^2$?"), Choices(options))
    return View(Tone.QUESTION, "Formulas", "Formulas", blocks)


def formulas(part: object) -> list[Json]:
    """Return the formulas of a view as the page reads it, in order."""
    if isinstance(part, list):
        return [found for one in part for found in formulas(one)]
    if not isinstance(part, dict):
        return []
    return [part] if part.get("type") == "formula" else formulas(list(part.values()))


async def broken(picture: Facts, width: int) -> str:
    """Draw all but one of the formulas."""
    if picture.alt == "y^q":
        raise ValueError("too wide")
    return await a_drawing(picture, width)


async def test_every_formula_is_drawn_where_it_stands(chat: Chat) -> None:
    """Each twice, for a wide window and a narrow one, and named by its source."""
    ada = await chat.join("Ada")
    await chat.post(view())
    shown = formulas((await ada.expect("message"))["message"]["view"])

    assert [one["alt"] for one in shown] == [TEX, "y^q", "p^q", "r^q"]
    assert [len(one["svg"]) for one in shown] == [2] * 4
    assert [picture.alt for picture, _ in chat.desk.pictures] == [
        alt for alt in (TEX, "y^q", "p^q", "r^q") for _ in range(2)
    ]


async def test_a_formula_that_cannot_be_drawn_is_its_source_and_the_others_are_there(chat: Chat) -> None:
    """The page shows it in the code font."""
    ada = await chat.join("Ada")
    chat.desk.drawer = broken
    await chat.post(view())
    shown = formulas((await ada.expect("message"))["message"]["view"])

    assert [(one["alt"], len(one["svg"])) for one in shown] == [(TEX, 2), ("y^q", 0), ("p^q", 2), ("r^q", 2)]


def test_the_drawings_of_a_view_go_to_its_pictures_in_reading_order() -> None:
    """What has no drawing has none; no picture's facts are on the page."""
    shown = page_view(view(), (None, Drawing("wide", "narrow")))

    assert [one["svg"] for one in formulas(shown)] == [(), ("wide", "narrow"), (), ()]
    assert all(sorted(one) == ["alt", "svg", "type"] for one in formulas(shown))
    assert not any(isinstance(block, Picture) for block in formulas(shown))
