"""Formulas on the page: outlines in its own colours, named by their source, in the place where they stand."""

import pytest
from playwright.async_api import expect

from bot.adapters.web.outbound import page_view
from bot.wording.markup import blocks_of
from bot.wording.views import Choice, Choices, Quote, Tone, View
from tests.adapters.web.page import scenes
from tests.adapters.web.page.visits import Visit, is_too_wide, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TEX = "\\frac{-b \\pm \\sqrt{b^2-4ac}}{2a} x^q"
VIEW = View(
    Tone.QUESTION,
    "Formulas",
    "Formulas",
    (
        Quote(blocks_of("See $p^q$.")),
        *blocks_of(f"Is it ${TEX}$ or $y^2$?"),
        Choices(tuple(Choice(letter, blocks_of(f"It is ${letter.lower()}_{{i,j}}$")) for letter in "AB")),
    ),
)
INK = "node => getComputedStyle(node.querySelector('path')).fill"


async def test_a_formula_is_drawn_in_the_place_where_it_stands(visit: Visit) -> None:
    """A listener hears its source; what Unicode has is a part of the line."""
    visit.server.history["general"] = [scenes.shown(10, VIEW)]
    page = await visit.joined()
    card = message(page, 10)

    for tex in ("p^q", TEX, "a_{i,j}", "b_{i,j}"):
        formula = card.get_by_role("img", name=tex, exact=True)
        await expect(formula).to_have_count(1)
        await expect(formula).to_be_visible()
    await expect(card).to_contain_text("or y²?")
    await expect(card.locator("details")).to_have_count(0)
    assert await visit.broken_rules(page) == []
    assert not await is_too_wide(page)


async def test_a_formula_follows_the_theme_and_fits_a_phone(visit: Visit) -> None:
    """The letters take the page's ink."""
    visit.server.history["general"] = [scenes.shown(10, VIEW)]
    page = await visit.joined()
    light = await page.locator(".formula > svg:visible").first.evaluate(INK)
    await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    await page.set_viewport_size({"width": 360, "height": 780})
    shown = await page.locator(".formula > svg:visible").all()

    assert light != await shown[0].evaluate(INK)
    assert [await one.evaluate("node => node.viewBox.baseVal.width") for one in shown] == [360] * 4
    assert not await is_too_wide(page)


async def test_a_formula_that_is_not_drawn_is_its_source(visit: Visit) -> None:
    """In the code font."""
    undrawn = scenes.shown(10, VIEW) | {"view": page_view(VIEW)}
    visit.server.history["general"] = [undrawn]
    page = await visit.joined()

    await expect(message(page, 10).locator("code")).to_have_text(["p^q", TEX, "a_{i,j}", "b_{i,j}"])
