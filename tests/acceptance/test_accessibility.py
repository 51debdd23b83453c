"""axe-core finds nothing wrong with any state of the page, with the real program behind it."""

from typing import Final

import pytest
from playwright.async_api import expect

from tests.acceptance.browser import LAPTOP, PHONE, broken_rules, is_too_wide, resize
from tests.acceptance.coast import ITEMS, WHOLE, Known, asked
from tests.acceptance.people import Person
from tests.acceptance.program import Program

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

ROUND: Final = len(ITEMS)


class Inspector:
    """Looks at states of the page, in light on a laptop and in dark on a phone, and notes what is wrong."""

    def __init__(self, axe: str) -> None:
        """Look with *axe*."""
        self.found: list[str] = []
        self._axe = axe

    async def look(self, person: Person, state: str, *, old_rows: bool = False) -> None:
        """Look at what *person* sees now, with *old_rows* at every message, and leave all as it was."""
        await self._note(person, f"{state}, light", old_rows=old_rows)
        await person.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        await resize(person.page, PHONE)
        await self._note(person, f"{state}, dark, phone", old_rows=old_rows)
        await person.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        await resize(person.page, LAPTOP)

    async def look_once(self, person: Person, state: str) -> None:
        """Look at what *person* sees now, as their window is."""
        await self._note(person, state, old_rows=False)

    async def _note(self, person: Person, state: str, *, old_rows: bool) -> None:
        if await is_too_wide(person.page):
            self.found.append(f"{state}: too wide")
        rules = await broken_rules(person.page, self._axe, old_rows=old_rows)
        self.found += [f"{state}: {rule}" for rule in rules]


@pytest.fixture
def inspector(axe_source: str) -> Inspector:
    """Return somebody who looks, and has found nothing so far."""
    return Inspector(axe_source)


async def test_every_state_of_a_round_keeps_the_rules(ada: Person, ben: Person, inspector: Inspector) -> None:
    """The lobby, each kind of question open, answered and revealed, the pause, the podium, what I missed."""
    await inspector.look(ada, "empty")
    await ada.say("/quiz play coast count:10 seconds:600 lobby:wait pause:wait")
    lobby = ada.card(f"New round: {WHOLE}")
    await ben.press(ben.card(f"New round: {WHOLE}"), "Join")
    await inspector.look(ada, "lobby")
    await ada.press(lobby, "Start now")
    for number in range(1, ROUND + 1):
        item = await asked(ada, number, ROUND)
        await _play(ada, ben, number, item, inspector)
        if number < ROUND:
            await ada.press(ada.reveal(number, ROUND), "Next")
    await ada.press(ada.reveal(ROUND, ROUND), "See the podium")
    await expect(ada.card(f"Podium: {WHOLE}")).to_be_visible()
    await inspector.look(ada, "podium", old_rows=True)
    await ben.press(ben.card(f"Podium: {WHOLE}"), "What I missed")
    await expect(ben.card(f"What you missed: {WHOLE}")).to_be_visible()
    await inspector.look(ben, "what I missed", old_rows=True)
    await ada.channel("Just me").click()
    await inspector.look(ada, "just me, empty")
    assert inspector.found == []


async def _play(ada: Person, ben: Person, number: int, item: Known, inspector: Inspector) -> None:
    question = ada.question(number, ROUND)
    await inspector.look(ada, f"open: {item.prompt}")
    await ada.answer(question, item.right)
    await inspector.look_once(ada, f"answered: {item.prompt}")
    if number == 1:
        await _pause(ada, inspector)
    await ben.answer(ben.question(number, ROUND), item.wrong)
    await expect(ada.reveal(number, ROUND)).to_be_visible()
    await inspector.look_once(ada, f"reveal: {item.prompt}")
    if number == 1:
        await inspector.look(ada, "reveal")
        await ada.press(ada.reveal(number, ROUND), "My answer")
        await expect(ada.card("Your answer")).to_be_visible()
        await inspector.look(ada, "my answer")


async def _pause(ada: Person, inspector: Inspector) -> None:
    await ada.say("/quiz pause")
    await expect(ada.card("Paused")).to_be_visible()
    await inspector.look(ada, "paused")
    await ada.press(ada.card("Paused"), "Go on")
    await expect(ada.card("Going on")).to_be_visible()
    await inspector.look_once(ada, "going on")


async def test_the_door_and_what_opens_over_the_chat_keep_the_rules(
    hall: Program, ada: Person, ben: Person, inspector: Inspector
) -> None:
    """The first screen, suggestions, refusals, help, the decks, dialogs, drawers, and being away."""
    await ben.page.get_by_role("button", name="Be somebody else in this tab").click()
    await expect(ben.page.get_by_label("Your name")).to_be_visible()
    await inspector.look(ben, "join")
    await ben.page.get_by_label("Your name").fill("Ada")
    await ben.page.keyboard.press("Enter")
    await expect(ben.page.get_by_role("alert")).not_to_be_empty()
    await inspector.look(ben, "join, refused")

    for command in ("/quiz help", "/quiz decks", "/quiz play nothing of the kind", "/quiz skip"):
        cards = await ada.flow.locator(".card").count()
        await ada.say(command)
        await expect(ada.flow.locator(".card")).to_have_count(cards + 1)
        await inspector.look(ada, command)
    await ada.box.fill("/quiz ")
    await expect(ada.page.get_by_role("option").first).to_be_visible()
    await ada.box.press("ArrowDown")
    await inspector.look_once(ada, "suggestions")
    await ada.box.fill("")
    await _dialogs(ada, inspector)
    await _drawers(ada, inspector)
    await _away(hall, ada, inspector)
    assert inspector.found == []


async def _dialogs(ada: Person, inspector: Inspector) -> None:
    for opener in ("Keyboard", "New channel"):
        await ada.page.get_by_role("button", name=opener).click()
        await expect(ada.page.get_by_role("dialog")).to_be_visible()
        await inspector.look(ada, f"dialog {opener}")
        await ada.page.keyboard.press("Escape")


async def _drawers(ada: Person, inspector: Inspector) -> None:
    await resize(ada.page, PHONE)
    for drawer, holds in (("Channels", "New channel"), ("People", "Close people")):
        await ada.page.get_by_role("button", name=drawer, exact=True).click()
        await expect(ada.page.get_by_role("button", name=holds)).to_be_visible()
        await inspector.look_once(ada, f"drawer {drawer}")
        await ada.page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        await inspector.look_once(ada, f"drawer {drawer}, dark")
        await ada.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        await ada.page.keyboard.press("Escape")
    await resize(ada.page, LAPTOP)


async def _away(hall: Program, ada: Person, inspector: Inspector) -> None:
    await hall.kill()
    await expect(ada.banner).not_to_be_empty()
    await ada.box.fill("Is anybody there?")
    await ada.box.press("Enter")
    await expect(ada.page.locator(".unsent-line")).to_contain_text("Not sent yet")
    await inspector.look(ada, "away")
