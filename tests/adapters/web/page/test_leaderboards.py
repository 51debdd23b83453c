"""Leaderboards on the page: the reader's own row, and turning pages."""

import pytest
from playwright.async_api import expect

from bot.wording.views import Button, Table, Text, Tone, View
from tests.adapters.web.page import scenes
from tests.adapters.web.page.visits import Visit, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NEXT, BACK = "Next", "Previous"


def leaderboard(page: int, mine: tuple[int, ...] | None, *names: str) -> View:
    """Return a page of three with these names on it."""
    table = Table(
        ("Place", "Name", "Points"),
        tuple(((Text(f"🥇 {at}"),), (Text(name),), (Text("1,840"),)) for at, name in enumerate(names, 1)),
        ("right", "left", "right"),
        mine=mine,
    )
    turns = ((page - 1, BACK), (page + 1, NEXT))
    buttons = tuple(
        Button(f"t:gwp:{to}", label, f"Show page {to} of 3") for to, label in turns if 1 <= to <= 3
    )
    return View(Tone.PODIUM, "Leaderboard of this group · this week", "Said aloud.", (table,), buttons)


async def test_the_reader_s_own_row_is_the_one_that_is_said_to_be(visit: Visit) -> None:
    """Somebody else may have the same name; where nothing is said, the name tells."""
    visit.server.history["general"] = [
        scenes.shown(10, leaderboard(1, (1,), "Ada", "Ada", "Ben")),
        scenes.shown(11, leaderboard(1, (), "Ada", "Ben")),
        scenes.shown(12, leaderboard(1, None, "Ben", "Ada")),
        scenes.shown(13, leaderboard(1, (0,), "Ada of another chat", "Ben")),
    ]
    page = await visit.joined()

    for number, own in ((10, ["🥇 2Adayou1,840"]), (11, []), (12, ["🥇 2Adayou1,840"])):
        await expect(message(page, number).locator("tr.own")).to_have_text(own)
    await expect(message(page, 13).locator("tr.own .you")).to_have_count(1)


async def test_who_turns_pages_stays_at_the_button(visit: Visit) -> None:
    """The next page comes in the place of this one, and so does its button."""
    visit.server.history["general"] = [scenes.shown(10, leaderboard(1, (0,), "Ada", "Ben"))]
    page = await visit.joined()
    button = message(page, 10).get_by_role("button", name="Show page 2 of 3")

    await button.focus()
    await page.keyboard.press("Enter")
    assert (await visit.server.received("press"))[0]["action"] == "t:gwp:2"
    await visit.server.show(scenes.shown(10, leaderboard(2, (), "Cleo", "Dee"), revision=1))

    await expect(message(page, 10).get_by_role("button", name="Show page 3 of 3")).to_be_focused()
    await expect(message(page, 10).locator("td", has_text="Cleo")).to_have_count(1)
