"""The review in a real browser, on the real program: a question is flagged and mended, its round regraded."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.app import running
from tests.adapters.web.study_pages import PAGE
from tests.app.visitors import HurriedClock, configured

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def say(page: Page, line: str) -> None:
    """Type a line and send it."""
    await page.locator("#composer-text").fill(line)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")


async def play_wrongly(page: Page, page_file: Path) -> None:
    """Bring a page, and answer a question of it wrongly in a round of one."""
    async with page.expect_file_chooser() as chosen:
        await page.get_by_role("button", name="Add a file to this group's decks").click()
    await (await chosen.value).set_files(page_file)
    await page.get_by_role("button", name="Add 2 questions").click()
    await expect(page.get_by_text("2 new questions.", exact=True)).to_be_visible()
    await say(page, "/quiz play deck:knots-basics count:1 lobby:wait pause:wait")
    await page.get_by_role("button", name="Start now").click()
    options = page.get_by_role("button", name="Sheet bend")
    joins = page.get_by_text("Which of these joins two ropes?").first
    fixed = page.get_by_text("Which knot makes a fixed loop?").first
    await expect(joins.or_(fixed)).to_be_visible()
    wrong = "Bowline" if await joins.is_visible() else "Sheet bend"
    await page.get_by_role("button", name=wrong).or_(options.filter(has_text=wrong)).first.click()


async def test_a_question_is_flagged_and_mended_and_the_old_round_is_regraded(
    browser: Browser, tmp_path: Path
) -> None:
    """From the file to the board: what was wrong is right afterwards."""
    page_file = tmp_path / "knots.md"
    page_file.write_text(PAGE, encoding="utf-8")
    async with running(configured(tmp_path), clock=HurriedClock()) as address:
        page = await browser.new_page()
        await page.goto(address)
        await page.get_by_label("Your name").fill("Ann")
        await page.keyboard.press("Enter")
        await play_wrongly(page, page_file)
        await expect(page.get_by_text(": the answer").first).to_be_visible()
        await say(page, "/quiz stop")
        await say(page, "/quiz flag The other one is right.")
        await say(page, "/quiz decks review")
        await expect(page.get_by_text("The other one is right.", exact=True)).to_be_visible()
        await page.get_by_role("button", name="Mend this question in a form").click()
        form = page.get_by_role("form", name="The question as it should be").last
        lines = (await form.get_by_label("Answers").input_value()).splitlines()
        turned = [line.removeprefix("* ") if line.startswith("* ") else f"* {line}" for line in lines]
        await form.get_by_label("Answers").fill("\n".join(turned))
        await form.get_by_role("button", name="Mend this question").click()

        changed = page.get_by_text("1 answer was looked at again, 1 of them changed.", exact=True)
        await expect(changed).to_be_visible()
        await expect(page.get_by_text("A question was mended").first).to_be_visible()
        await expect(page.get_by_text("Your points changed").first).to_be_visible()
        await page.close()
