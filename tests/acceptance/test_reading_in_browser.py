"""What one finds on coming back: the history, one's own answer, and what is unread."""

import pytest
from playwright.async_api import expect

from tests.acceptance.coast import TITLE, asked
from tests.acceptance.people import Person

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_reload_shows_the_history_and_ones_own_answer(ada: Person, ben: Person) -> None:
    """In the middle of a question: the page is as before, and the answer still stands as given."""
    await ben.say("Shall we play?")
    await ada.say("/quiz play walk count:2 seconds:600 lobby:wait pause:wait")
    await ben.press(ben.card(f"New round: {TITLE}"), "Join")
    await expect(ada.card(f"New round: {TITLE}")).to_contain_text("In the round: Ada and Ben.")
    await ada.press(ada.card(f"New round: {TITLE}"), "Start now")
    item = await asked(ada, 1, 2)
    await ada.answer(ada.question(1, 2), item.right)
    before = await ada.flow.locator(".row").evaluate_all("rows => rows.map(row => row.dataset.seq)")
    answered = await ada.question(1, 2).locator(".status.answered").text_content()

    await ada.page.reload()

    await expect(ada.question(1, 2).locator(".status.answered")).to_have_text(answered or "")
    assert await ada.flow.locator(".row").evaluate_all("rows => rows.map(row => row.dataset.seq)") == before
    await ben.answer(ben.question(1, 2), item.right)
    await expect(ada.reveal(1, 2)).to_contain_text("Everybody was right: Ada and Ben.")


async def test_what_one_has_not_read_is_marked_until_it_is_read(ada: Person, ben: Person) -> None:
    """In the list of channels, in the tab's title, and by a line in the channel; after a reload too."""
    for person in (ada, ben):
        await person.channel("exam-prep").click()
    await ben.say("Nobody has read this.")
    await ada.channel("general").click()
    for line in ("One.", "Two."):
        await ben.say(line)
    await expect(ada.channel("exam-prep")).to_contain_text("2 unread")
    await expect(ada.page).to_have_title("(2) general · Study Hall")
    await ada.page.reload()
    await expect(ada.channel("exam-prep")).to_contain_text("2 unread")

    await ada.channel("exam-prep").click()

    await expect(ada.page.locator(".new-mark:visible")).to_have_count(1)
    await expect(ada.flow.locator(".row:has(.new-mark:visible) .line")).to_have_text("One.")
    await expect(ada.channel("exam-prep")).not_to_contain_text("unread")
    await expect(ada.page).to_have_title("exam-prep · Study Hall")
