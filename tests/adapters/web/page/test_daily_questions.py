"""The question of the day on the page: it is open for hours, while the channel goes on below it."""

import pytest
from playwright.async_api import expect

from tests.adapters.web.page import daily_scenes, scenes
from tests.adapters.web.page.server import Json
from tests.adapters.web.page.visits import Visit, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_question_of_the_day_shows_its_hours_and_whom_it_calls(visit: Visit) -> None:
    """Nobody is missed, so there is nothing to fill up; times are by the reader's clock."""
    visit.server.history["general"] = [scenes.shown(10, daily_scenes.daily())]
    page = await visit.joined()
    card = message(page, 10)

    await expect(card.locator(".mention")).to_have_text("@moon-watchers")
    await expect(card.get_by_role("timer")).to_contain_text("7 h 12 min to answer")
    await expect(card.locator(".progress")).to_have_text("3 have answered")
    await expect(card.locator(".pips, .progress .tally-track")).to_have_count(0)
    await expect(card.locator("time[title]")).to_have_attribute("title", "Friday, 29 May, 03:38 UTC")


async def test_a_question_of_the_day_does_not_hold_the_channel_up(visit: Visit) -> None:
    """The newest line is in sight, though the question is still open above it."""
    lines = [scenes.said(n, "Cleo", f"Line {n}", minutes_ago=0) for n in range(20, 50)]
    visit.server.history["general"] = [scenes.shown(10, daily_scenes.daily()), *lines]
    page = await visit.joined()
    await expect(message(page, 49)).to_be_in_viewport()

    await visit.server.show(scenes.said(50, "Cleo", "One more", minutes_ago=0))
    await expect(message(page, 50)).to_be_in_viewport()


async def test_letters_go_to_the_round_before_they_go_to_the_question_of_the_day(visit: Visit) -> None:
    """A key is quick, so it is for what is quick; what is for practice has no keys at all."""
    visit.server.history["general"] = [
        scenes.shown(10, scenes.one_question()),
        scenes.shown(11, daily_scenes.daily()),
        scenes.shown(12, daily_scenes.daily_closed()),
    ]
    page = await visit.joined()
    await page.keyboard.press("Escape")
    await message(page, 11).focus()

    await page.keyboard.press("b")
    assert (await visit.server.received("press"))[0]["message"] == 10
    await visit.server.show(scenes.shown(10, scenes.closed(), revision=1))
    await expect(message(page, 10).locator("[data-control]")).to_have_count(0)
    await message(page, 11).focus()
    await page.keyboard.press("b")
    assert (await visit.server.received("press", 2))[1]["message"] == 11


async def test_an_answer_for_practice_is_told_how_it_went_and_is_not_kept(visit: Visit) -> None:
    """The reply stands at the end, and no option is marked as the reader's answer."""
    visit.server.answer = _judge
    lines = [scenes.said(n, "Cleo", f"Line {n}", minutes_ago=0) for n in range(20, 50)]
    visit.server.history["general"] = [scenes.shown(10, daily_scenes.daily_closed()), *lines]
    page = await visit.joined()
    option = message(page, 10).get_by_role("button", name="Titan")
    await option.click()

    await expect(message(page, 60)).to_be_in_viewport()
    await expect(option).to_have_attribute("aria-pressed", "false")
    await expect(message(page, 10).locator(".status")).to_have_count(0)


def _judge(frame: Json) -> list[Json]:
    """Acknowledge a press with how it went."""
    return [{"type": "ack", "id": frame["id"], "notice": scenes.shown(60, scenes.accepted(), private=True)}]
