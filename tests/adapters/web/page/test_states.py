"""Every state of the page: nothing for axe-core to find, nothing too wide, nothing to complain about."""

from typing import Final

import pytest
from playwright.async_api import Page, expect

from tests.adapters.web.page import daily_scenes, extremes, picture_scenes, scenes
from tests.adapters.web.page.server import Json
from tests.adapters.web.page.visits import PHONE, Visit, composer, is_too_wide, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CHAT: Final = (
    scenes.said(1, "Cleo", "Hello everybody, shall we?", minutes_ago=30),
    scenes.said(2, "Cleo", "I read https://science.nasa.gov/moon/ on the train."),
    {**scenes.said(3, "Ben Oyelaran", "Ready."), "reactions": {"👍": ["ada", "cleo"], "🎉": ["cleo"]}},
)

CHAT_AFTER: Final = tuple(scenes.said(n, "Cleo", f"Line {n}", minutes_ago=0) for n in range(20, 40))


def _answered(message_: Json, *labels: str) -> Json:
    return {**message_, "mine": {"labels": list(labels), "marks": list(labels)}}


STATES: Final[dict[str, tuple[Json, ...]]] = {
    "empty": (),
    "lobby": (*CHAT, scenes.shown(9, scenes.lobby())),
    "one": (*CHAT, scenes.shown(10, scenes.one_question())),
    "many": (scenes.shown(10, scenes.many_question()),),
    "order": (scenes.shown(10, scenes.order_question()),),
    "match": (scenes.shown(10, scenes.match_question()),),
    "typed": (scenes.shown(10, scenes.typed_question()),),
    "number": (scenes.shown(10, scenes.number_question()),),
    "answered": (
        _answered(scenes.shown(10, scenes.one_question()), "B"),
        scenes.shown(11, scenes.accepted(), private=True),
    ),
    "paused": (_answered(scenes.shown(10, scenes.paused()), "B"),),
    "reveal": (
        _answered(scenes.shown(10, scenes.closed()), "B"),
        _answered(scenes.shown(11, scenes.reveal()), "A"),
    ),
    "podium": (scenes.shown(12, scenes.podium()),),
    "missed": (scenes.shown(13, scenes.missed(), private=True),),
    "refused": (scenes.shown(10, scenes.closed()), scenes.shown(11, scenes.refused(), private=True)),
    "daily": (*CHAT, _answered(scenes.shown(10, daily_scenes.daily()), "B"), *CHAT_AFTER),
    "daily revealed": (
        scenes.shown(10, daily_scenes.daily_closed()),
        _answered(scenes.shown(11, daily_scenes.daily_reveal()), "A"),
    ),
    "schedules": (scenes.shown(12, daily_scenes.schedules(), private=True),),
    "leaderboard": (scenes.shown(12, picture_scenes.top(), private=True),),
    "answers of the day": (
        scenes.shown(10, picture_scenes.answers()),
        scenes.shown(11, picture_scenes.typed()),
    ),
    "me": (scenes.shown(12, picture_scenes.me(), private=True),),
    "everything": (scenes.shown(10, extremes.everything()),),
    "hostile": (
        scenes.said(1, extremes.LONG, extremes.LONG),
        scenes.said(2, "Eve", extremes.HOSTILE),
        scenes.said(3, "Eve", extremes.ARABIC),
        scenes.shown(10, extremes.hostile()),
    ),
}


@pytest.mark.parametrize("state", STATES)
async def test_a_state_of_the_chat_keeps_the_rules_in_light_dark_and_on_a_phone(
    visit: Visit, state: str
) -> None:
    """axe-core finds nothing, and nothing makes the page itself scroll sideways."""
    visit.server.history["general"] = list(STATES[state])
    page = await visit.joined()
    await expect(page.locator("#flow > .row")).to_have_count(len(STATES[state]))

    await _assert_keeps_the_rules(visit, page)


async def _assert_keeps_the_rules(visit: Visit, page: Page) -> None:
    """Look at *page* in light, in dark, where colours alone differ, and in dark at a phone's width."""
    width, height = PHONE
    assert await visit.broken_rules(page) == []
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert await visit.broken_rules(page, "color-contrast") == []
    assert not await is_too_wide(page)
    await page.set_viewport_size({"width": width, "height": height})
    assert await visit.broken_rules(page) == []
    assert not await is_too_wide(page)


async def test_the_join_screen_keeps_the_rules_new_turned_away_and_known(visit: Visit) -> None:
    """The first screen, with a refusal on it, and with a name to continue as."""
    page = await visit.tab()
    await _assert_keeps_the_rules(visit, page)
    visit.server.turn_away = "Somebody is called Ada already."
    await page.get_by_label("Your name").fill("Ada")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("Somebody is called Ada already.")
    await _assert_keeps_the_rules(visit, page)

    visit.server.turn_away = ""
    await visit.joined("Ada")
    again = await visit.tab()
    await expect(again.get_by_role("button", name="Ada", exact=True)).to_be_visible()
    await _assert_keeps_the_rules(visit, again)


async def test_what_opens_over_the_chat_keeps_the_rules(visit: Visit) -> None:
    """Suggestions, the emoji menu, both dialogs, both drawers."""
    visit.server.history["general"] = list(CHAT)
    visit.server.answer = _suggest
    page = await visit.joined()
    await composer(page).fill("/quiz")
    await expect(page.get_by_role("option")).to_have_count(2)
    await composer(page).press("ArrowDown")
    assert await visit.broken_rules(page) == []
    await composer(page).press("Escape")
    await message(page, 3).hover()
    await message(page, 3).get_by_role("button", name="More reactions").click()
    assert await visit.broken_rules(page) == []
    await page.keyboard.press("Escape")
    for opener in ("Keyboard", "New channel"):
        await page.get_by_role("button", name=opener).click()
        await expect(page.get_by_role("dialog")).to_be_visible()
        assert await visit.broken_rules(page) == []
        await page.keyboard.press("Escape")
    await page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    for drawer in ("Channels", "People"):
        await page.get_by_role("button", name=drawer, exact=True).click()
        assert await visit.broken_rules(page) == []
        await page.keyboard.press("Escape")


def _suggest(frame: Json) -> list[Json]:
    items = [
        {"insert": "/quiz play", "label": "play", "hint": "Start a round"},
        {"insert": "/quiz decks", "label": "decks", "hint": "Show the decks there are"},
    ]
    return [{"type": "suggestions", "id": frame["id"], "items": items}]


async def test_being_away_keeps_the_rules(visit: Visit) -> None:
    """The banner, and a line that waits."""
    page = await visit.joined()
    visit.server.refuse_sockets = True
    await visit.server.send({"type": "bye", "text": "Study Hall is stopping."})
    await visit.server.cut()
    await composer(page).fill("Are you there?")
    await composer(page).press("Enter")
    await expect(page.locator(".unsent-line")).to_contain_text("Not sent yet")
    await expect(page.locator("#banner")).not_to_be_empty()
    await _assert_keeps_the_rules(visit, page)


async def test_what_people_and_packs_write_is_text_never_markup(visit: Visit) -> None:
    """A script, an image with a handler and a javascript link are words on the page and nothing else."""
    visit.server.history["general"] = list(STATES["hostile"])
    page = await visit.joined()
    await expect(message(page, 2).locator(".line")).to_have_text(extremes.HOSTILE)
    await expect(message(page, 10).get_by_text(extremes.HOSTILE).first).to_be_visible()
    await expect(
        page.locator("#flow script, #flow img:not(.avatar), #flow a[href^='javascript']")
    ).to_have_count(0)
    await message(page, 10).get_by_text("press me").click()
    assert "owned" not in await page.title()


async def test_a_very_long_line_is_folded_and_can_be_unfolded(visit: Visit) -> None:
    """5,000 characters take a few lines until the reader asks for all."""
    visit.server.history["general"] = [scenes.said(1, "Eve", extremes.LONG)]
    page = await visit.joined()
    row = message(page, 1)
    before = await row.bounding_box()
    await row.get_by_role("button", name="Show all").click()
    after = await row.bounding_box()
    assert before is not None
    assert after is not None
    assert after["height"] > before["height"] + 200
    await expect(row.get_by_role("button", name="Show less")).to_be_focused()


async def test_wide_things_scroll_in_themselves_and_can_be_reached_by_keyboard(visit: Visit) -> None:
    """A wide table is a region that takes focus; a narrow one is not."""
    visit.server.history["general"] = [
        scenes.shown(1, extremes.everything()),
        scenes.shown(2, scenes.podium()),
    ]
    page = await visit.joined()
    await expect(message(page, 1).get_by_role("group", name="Table")).to_have_attribute("tabindex", "0")
    await expect(message(page, 2).get_by_role("group", name="The standing so far")).to_have_count(0)
    await expect(message(page, 2).get_by_role("table")).to_be_visible()
