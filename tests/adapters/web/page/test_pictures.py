"""Pictures on the page: drawings in its own colours, named for a listener, with the same in words below."""

from dataclasses import replace
from typing import Final, cast

import pytest
from playwright.async_api import Locator, Page, expect

from bot.wording.views import Picture, View
from tests.adapters.web.page import extremes, picture_scenes, scenes
from tests.adapters.web.page.server import Json
from tests.adapters.web.page.visits import Visit, is_too_wide, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

NARROW: Final = {"width": 360, "height": 780}
HARD_NAMES: Final = ("مريم العلي " * 7, "王" * 80, "🦊" * 40, "W" * 80, picture_scenes.LONG_NAME)

GROUND: Final = "node => getComputedStyle(node.querySelector('rect')).fill"
OUTSIDE: Final = """
    root => {
      const box = root.getBoundingClientRect();
      const out = ({ left, right }) => left < box.left - 1 || right > box.right + 1;
      const nodes = [...root.querySelectorAll("text, rect, circle")];
      return nodes.filter(node => out(node.getBoundingClientRect())).map(node => node.outerHTML);
    }
"""
SMALLEST: Final = """
    root => {
      const scale = root.getBoundingClientRect().width / root.viewBox.baseVal.width;
      const size = text => parseFloat(getComputedStyle(text).fontSize) * scale;
      return Math.min(...[...root.querySelectorAll("text")].map(size));
    }
"""
OVERLAPS: Final = """
    root => {
      const texts = [...root.querySelectorAll("text")];
      const boxes = texts.map(text => [text.textContent, text.getBoundingClientRect()]);
      const middle = box => (box.top + box.bottom) / 2;
      const meet = ([, a], [, b]) => a.left < b.right - 1 && b.left < a.right - 1
        && Math.abs(middle(a) - middle(b)) < 6;
      const pairs = boxes.flatMap((one, at) => boxes.slice(at + 1).map(other => [one, other]));
      return pairs.filter(pair => meet(...pair)).map(([one, other]) => [one[0], other[0]]);
    }
"""


def facts_of(view: View) -> list[Picture]:
    """Return the pictures of *view*."""
    return [block for block in view.blocks if isinstance(block, Picture)]


def image(page: Page | Locator, number: int = 0) -> Locator:
    """Return the picture with that *number* that can be seen."""
    return page.locator(".picture").nth(number).get_by_role("img")


async def drawn_wrongly(page: Page) -> list[str]:
    """Return what stands outside of the picture that it is in."""
    pictures = await page.locator(".picture > svg:visible").all()
    return [each for picture in pictures for each in cast("list[str]", await picture.evaluate(OUTSIDE))]


@pytest.mark.parametrize(
    "view",
    [picture_scenes.top(), picture_scenes.answers(), picture_scenes.typed(), picture_scenes.me()],
    ids=["top", "answers", "typed", "me"],
)
async def test_a_picture_is_inline_and_named_by_what_it_shows(visit: Visit, view: View) -> None:
    """One for each, though a wide one and a narrow one are there; a listener hears its alt."""
    visit.server.history["general"] = [scenes.shown(10, view)]
    page = await visit.joined()

    for number, picture in enumerate(facts_of(view)):
        await expect(image(page, number)).to_have_count(1)
        await expect(image(page, number)).to_be_visible()
        assert await image(page, number).get_attribute("aria-label") == picture.facts.alt
        assert await image(page, number).evaluate("node => node.localName") == "svg"
    await expect(page.locator(".picture")).to_have_count(len(facts_of(view)))
    assert await drawn_wrongly(page) == []


async def test_the_title_of_the_card_is_not_said_again_in_its_picture(visit: Visit) -> None:
    """The dates are, and the names."""
    visit.server.history["general"] = [scenes.shown(10, picture_scenes.top())]
    page = await visit.joined()

    await expect(image(page)).to_contain_text("Monday, 16 November to Sunday, 22 November · Page 1 of 5")
    await expect(image(page)).to_contain_text("王小明")
    await expect(image(page)).not_to_contain_text("Leaderboard")


async def test_the_same_can_be_read_as_text_by_keyboard(visit: Visit) -> None:
    """Closed at first; whoever opens one finds the next one open, and can close it again."""
    visit.server.history["general"] = [scenes.shown(10, picture_scenes.top(), private=True)]
    page = await visit.joined()
    summary = message(page, 10).locator("summary")
    await expect(message(page, 10).get_by_role("table")).to_be_hidden()

    await summary.focus()
    await page.keyboard.press("Enter")
    await expect(message(page, 10).get_by_role("table")).to_be_visible()
    await expect(message(page, 10).locator("tr.own .you")).to_be_visible()
    turned = scenes.shown(10, picture_scenes.top("Dee", "Eve"), private=True, revision=1)
    await visit.server.show(turned, scenes.shown(11, picture_scenes.me(), private=True))

    await expect(message(page, 10).get_by_role("cell", name="Eve")).to_be_visible()
    await expect(message(page, 10).locator("summary")).to_be_focused()
    await expect(message(page, 11).locator("details[open]")).to_have_count(2)
    await page.keyboard.press("Space")
    await expect(message(page, 10).get_by_role("table")).to_be_hidden()


async def test_a_picture_follows_the_theme(visit: Visit) -> None:
    """The very same drawing, in the page's other colours."""
    visit.server.history["general"] = [scenes.shown(10, picture_scenes.top())]
    page = await visit.joined()
    light = await image(page).evaluate(GROUND)

    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = await image(page).evaluate(GROUND)
    await page.get_by_role("button", name="Colours: as the system").click()
    chosen = await image(page).evaluate(GROUND)

    assert (light, dark, chosen) == ("rgb(255, 255, 255)", "rgb(28, 35, 32)", "rgb(255, 255, 255)")


async def test_on_a_phone_a_picture_is_drawn_for_it(visit: Visit) -> None:
    """As wide as the card, with letters that can be read, and nothing beyond its edge."""
    views = (picture_scenes.top(), picture_scenes.answers(), picture_scenes.me())
    visit.server.history["general"] = [
        scenes.shown(number, view, private=number > 11) for number, view in enumerate(views, 10)
    ]
    page = await visit.joined()
    await page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # it is that size

    for picture in await page.locator(".picture > svg:visible").all():
        assert await picture.evaluate("node => node.viewBox.baseVal.width") == 360
        assert cast("float", await picture.evaluate(SMALLEST)) > 10.5
    assert await drawn_wrongly(page) == []
    assert not await is_too_wide(page)
    assert await visit.broken_rules(page) == []


@pytest.mark.parametrize("size", [(1280, 860), (600, 860), (360, 780)])
async def test_names_of_any_kind_hold_their_place(visit: Visit, size: tuple[int, int]) -> None:
    """Arabic, Chinese, emoji and eighty wide letters end before the points begin."""
    visit.server.history["general"] = [scenes.shown(10, picture_scenes.top(*HARD_NAMES), private=True)]
    page = await visit.joined()
    await page.set_viewport_size({"width": size[0], "height": size[1]})

    assert await image(page).evaluate(OVERLAPS) == []
    assert await drawn_wrongly(page) == []
    assert not await is_too_wide(page)
    await expect(image(page).locator("text", has_text="…").first.locator("title")).to_have_count(1)


def with_svg(svg: list[str], *, text: bool = True) -> Json:
    """Return a message whose picture the server drew as *svg*."""
    shown = scenes.shown(10, picture_scenes.top())
    block = cast("list[Json]", cast("Json", shown["view"])["blocks"])[0]
    block["svg"] = svg
    if not text:
        block["text"] = []
    return shown


HOLLOW: Final = '<svg xmlns="http://www.w3.org/2000/svg"><text>x</text></svg>'


@pytest.mark.parametrize(
    "svg",
    [
        [],
        ["", ""],
        [HOLLOW, "<svg"],
        ["<html xmlns='http://www.w3.org/1999/xhtml'/>", HOLLOW],
        [HOLLOW.replace("text", "script"), HOLLOW],
        [HOLLOW.replace("<text>x", "<image href='//evil'/><text>x"), HOLLOW],
        [HOLLOW.replace("<text>x", "<a xmlns='http://www.w3.org/1999/xhtml'>x</a><text>x"), HOLLOW],
        [extremes.HOSTILE, extremes.HOSTILE],
    ],
)
async def test_what_is_no_drawing_of_ours_is_shown_as_text(visit: Visit, svg: list[str]) -> None:
    """Not drawn, broken, or with something in it that we do not draw: the words are there."""
    visit.server.history["general"] = [with_svg(svg)]
    page = await visit.joined()

    await expect(message(page, 10).get_by_role("table")).to_be_visible()
    await expect(message(page, 10).locator("svg:not(.icon), details, image")).to_have_count(0)
    # What the browser itself puts into a broken drawing has a style, which the page's policy blocks.
    visit.complaints[:] = [text for text in visit.complaints if "inline style" not in text]


async def test_a_picture_without_a_drawing_and_without_text_is_its_alt(visit: Visit) -> None:
    """Nothing is lost."""
    visit.server.history["general"] = [with_svg([], text=False), scenes.shown(11, no_text())]
    page = await visit.joined()

    await expect(message(page, 10).locator(".in-words")).to_contain_text("42nd: Ada (you), 48 Points")
    await expect(message(page, 11).locator(".picture")).to_have_count(1)
    await expect(message(page, 11).locator("details")).to_have_count(0)


def no_text() -> View:
    """Return a leaderboard whose picture has nothing to read beside it."""
    (picture, *rest) = picture_scenes.top().blocks
    assert isinstance(picture, Picture)
    return replace(picture_scenes.top(), blocks=(replace(picture, text=()), *rest))
