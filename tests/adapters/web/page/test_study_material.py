"""Study material in a real browser, on the real program: a page is sent, added, and taken away again."""

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from bot.app import running
from tests.adapters.web.study_pages import PAGE
from tests.app.visitors import HurriedClock, configured

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def joined(page: Page, address: str) -> None:
    """Come in as Ann, who organises as she is the first."""
    await page.goto(address)
    await page.get_by_label("Your name").fill("Ann")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Add a file to this group's decks")).to_be_visible()


async def test_a_page_is_sent_added_and_taken_away_again(browser: Browser, tmp_path: Path) -> None:
    """With the clip beside the message box; the report comes first."""
    page_file = tmp_path / "knots.md"
    page_file.write_text(PAGE, encoding="utf-8")
    async with running(configured(tmp_path), clock=HurriedClock()) as address:
        page = await browser.new_page()
        await joined(page, address)
        async with page.expect_file_chooser() as chosen:
            await page.get_by_role("button", name="Add a file to this group's decks").click()
        await (await chosen.value).set_files(page_file)
        await expect(page.get_by_text("knots.md (mkdocs-quiz): 2 questions", exact=True)).to_be_visible()
        await page.get_by_role("button", name="Add 2 questions").click()
        await expect(page.get_by_text("2 new questions.", exact=True)).to_be_visible()

        await page.locator("#composer-text").fill("/quiz decks export format:mkdocs-quiz")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        async with page.expect_download() as given:
            await page.get_by_role("button", name="Download knots-basics.md").click()
        saved = (await (await given.value).path()).read_text(encoding="utf-8")
        page_file.write_bytes(bytes(9_000_000))
        await page.locator("#attach-file").set_input_files(page_file)
        await expect(page.get_by_text("That is larger than 8 MB.").first).to_be_visible()
        await page.close()

    assert "Which knot makes a fixed loop?" in saved


async def test_a_question_is_written_in_a_form_with_lines(browser: Browser, tmp_path: Path) -> None:
    """What is wrong with it is said, and what was typed stays; an empty explanation is fine."""
    async with running(configured(tmp_path), clock=HurriedClock()) as address:
        page = await browser.new_page()
        await joined(page, address)
        await page.locator("#composer-text").fill("/quiz decks write")
        await page.keyboard.press("Escape")
        await page.keyboard.press("Enter")
        form = page.get_by_role("form", name="A question with options").last
        await form.get_by_label("Question").fill("What floats?")
        await form.get_by_label("Options").fill("Cork\nLead")
        await form.get_by_role("button", name="Write a question").click()
        await expect(page.get_by_text("No option is marked as right.").first).to_be_visible()

        again = page.get_by_role("form", name="A question with options").last
        await expect(again.get_by_label("Question")).to_have_value("What floats?")
        await again.get_by_label("Options").fill("* Cork\nLead")
        await again.get_by_role("button", name="Write a question").click()
        await expect(
            page.get_by_text("It is in the deck Questions of our own now.", exact=True)
        ).to_be_visible()
        await page.close()
