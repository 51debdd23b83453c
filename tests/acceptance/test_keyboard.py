"""A whole round with the keyboard alone: nothing here moves a mouse."""

from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.acceptance.browser import seated
from tests.acceptance.coast import ITEMS, WHOLE, asked
from tests.acceptance.hands import Hands
from tests.acceptance.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

ROUND: Final = len(ITEMS)


async def test_a_round_with_every_kind_of_question_is_played_with_keys_alone(
    hall: Program, browser: Browser
) -> None:
    """Two people join, type the command with its suggestions, answer, and read the reveal and the podium."""
    async with seated(browser, "Ada") as one, seated(browser, "Ben") as other:
        ada, ben = Hands(one), Hands(other)
        for hands in (ada, ben):
            await _join(hands, hall.address)
        await _type_the_command(ada)
        await ben.push("Join", f"New round: {WHOLE}")
        await expect(one.card(f"New round: {WHOLE}")).to_contain_text("In the round: Ada and Ben.")
        await ada.push("Start now", f"New round: {WHOLE}")
        for number in range(1, ROUND + 1):
            await _play(ada, ben, number)
        for hands in (ada, ben):
            await expect(hands.person.card(f"Podium: {WHOLE}")).to_be_visible()
        await ben.push("What I missed", f"Podium: {WHOLE}")
        await expect(other.card(f"What you missed: {WHOLE}")).to_contain_text(
            "You got 9 of 10 questions right."
        )


async def _join(hands: Hands, address: str) -> None:
    """The caret stands in the name's field from the start, and in the message box afterwards."""
    await hands.page.goto(address)
    await expect(hands.page.get_by_label("Your name")).to_be_focused()
    await hands.type(hands.person.name)
    await hands.press("Enter")
    await expect(hands.person.box).to_be_focused()


async def _type_the_command(hands: Hands) -> None:
    """The command's words are suggested, and taken with the arrows and Tab."""
    options = hands.page.get_by_role("option")
    await hands.type("/q")
    await expect(options.first).to_be_visible()
    await hands.press("ArrowDown")
    await expect(options.first).to_have_attribute("aria-selected", "true")
    await hands.press("Enter")
    await expect(hands.person.box).to_have_value("/quiz play ")
    await hands.type("deck:")
    await expect(options.filter(has_text="The Coast").first).to_be_visible()
    await hands.press("Escape")
    await expect(options).to_have_count(0)
    await hands.type("coast cou")
    await expect(options.first).to_contain_text("count:")
    await hands.press("Tab")
    await expect(hands.person.box).to_have_value("/quiz play deck:coast count:")
    await hands.type(f"{ROUND} seconds:600 lobby:wait pause:wait")
    await hands.press("Enter")
    await expect(hands.person.card(f"New round: {WHOLE}")).to_be_visible()


async def _play(ada: Hands, ben: Hands, number: int) -> None:
    """Both answer one question; Ada reads the reveal, and moves on."""
    item = await asked(ada.person, number, ROUND)
    await ada.answer(f"Question {number} of {ROUND}", item.right)
    await asked(ben.person, number, ROUND)
    await ben.answer(f"Question {number} of {ROUND}", item.wrong if number == 1 else item.right)
    await expect(ada.person.reveal(number, ROUND)).to_contain_text(item.why)
    if number == 1:
        await _read_the_reveal(ada)
    button = "Next" if number < ROUND else "See the podium"
    await ada.push(button, f"Question {number} of {ROUND}: the answer")


async def _read_the_reveal(hands: Hands) -> None:
    """The arrows go from message to message, and what has the focus stands on the screen."""
    await hands.go_back_to("Messages")
    for _ in range(10):
        await hands.press("ArrowUp")
        row = hands.page.locator(".row:focus")
        await expect(row).to_be_in_viewport()
        if await row.get_by_role("heading", name="Question 1 of 10: the answer").count():
            return
    raise AssertionError("The arrows did not lead to the reveal.")
