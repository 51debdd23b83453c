"""Whatever people and packs write is text: nothing of it runs, and nothing of it breaks the page."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.acceptance.browser import LAPTOP, PHONE, is_too_wide, resize, seated
from tests.acceptance.hostile import HOSTILE, LONG, MARKUP, NAMES, TURNED, write_evil
from tests.acceptance.people import Person
from tests.acceptance.program import Program, running

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.asyncio(loop_scope="session")]

ROUND: Final = 3
LINES: Final = (HOSTILE, LONG, f"{TURNED} and on", "ما هي عاصمة فرنسا؟")

# What would be there if any text had been taken for markup.
INTRUDERS: Final = (
    "body script, iframe, img[src='x'], svg[onload], [onerror], [onload], a[href^='javascript'], #flow style"
)


@pytest_asyncio.fixture(loop_scope="session")
async def evil(tmp_path: Path) -> AsyncIterator[Program]:
    """Run the program with a pack that means harm; it warns of the pack, and fails at nothing."""
    async with running(tmp_path / "hall", write_evil(tmp_path / "content")) as program:
        yield program
        assert [line for line in program.troubles() if "content_problem" not in line] == []


@pytest_asyncio.fixture(loop_scope="session")
async def pair(evil: Program, browser: Browser) -> AsyncIterator[tuple[Person, Person]]:
    """Return two people whose very names mean harm."""
    async with AsyncExitStack() as stack:
        eve, mal = [await stack.enter_async_context(seated(browser, name)) for name in NAMES]
        for person in (eve, mal):
            await person.join(evil.address)
        yield eve, mal


async def test_hostile_words_do_no_harm_in_any_part_of_a_round(pair: tuple[Person, Person]) -> None:
    """Names, lines, titles, prompts, options, answers, feedback: in each state, on laptop and phone."""
    eve, mal = pair
    for line in LINES:
        await eve.say(line)
    await expect(mal.flow.locator(".line").first).to_have_text(HOSTILE)
    await expect(mal.flow.locator(".line").nth(1)).to_have_text(LONG)
    await eve.say("/quiz decks")
    await _harmless(mal, "lines")
    await eve.say("/quiz play evil count:3 seconds:600 lobby:wait pause:wait")
    await mal.press(mal.flow.locator(".tone-lobby"), "Join")
    await _harmless(mal, "lobby")
    await eve.press(eve.flow.locator(".tone-lobby"), "Start now")
    for number in range(1, ROUND + 1):
        await _play(eve, mal, number)
    await expect(mal.flow.locator(".tone-podium")).to_contain_text(MARKUP)
    await _harmless(mal, "podium")
    await mal.press(mal.flow.locator(".tone-podium"), "What I missed")
    await expect(mal.flow.locator(".private .tone-info")).to_have_count(2)
    await expect(mal.flow.locator(".private .tone-info").last).to_contain_text(MARKUP)
    await _harmless(mal, "missed")
    await mal.page.reload()
    await expect(mal.flow.locator(".tone-podium")).to_contain_text(MARKUP)
    await _harmless(mal, "reloaded")
    await mal.say("Still here?")
    await expect(eve.flow.locator(".line").last).to_have_text("Still here?")


async def _play(eve: Person, mal: Person, number: int) -> None:
    """Eve answers as she likes; Mal answers with markup where one types, else with the last option."""
    question = mal.question(number, ROUND)
    await expect(question).to_contain_text(MARKUP)
    await _harmless(mal, f"question {number}")
    await _answer(eve.question(number, ROUND), HOSTILE)
    await eve.expect_confirmed(eve.question(number, ROUND))
    await _answer(question, (MARKUP + LONG)[:1000])
    reveal = mal.reveal(number, ROUND)
    await expect(reveal).to_contain_text(MARKUP)
    await _harmless(mal, f"reveal {number}")
    await eve.press(eve.reveal(number, ROUND), "Next" if number < ROUND else "See the podium")


async def _answer(question: Locator, words: str) -> None:
    await question.locator("[data-control]").wait_for()
    for select in await question.get_by_role("combobox").all():
        await select.select_option(index=1)
    for field in await question.get_by_role("textbox").all():
        await field.fill(words)
    options = question.locator("button.option")
    send = question.get_by_role("button", name="Answer", exact=True)
    await (options.last if await options.count() else send).click()


async def _harmless(person: Person, state: str) -> None:
    """Nothing ran, nothing became an element, and the page does not scroll sideways."""
    assert await person.page.evaluate("window.owned ?? null") is None, state
    assert await person.page.locator(INTRUDERS).count() == 0, state
    for size in (PHONE, LAPTOP):
        await resize(person.page, size)
        assert not await is_too_wide(person.page), (state, size)


async def test_what_is_too_long_is_refused_in_a_sentence(
    hall: Program, ada: Person, browser: Browser
) -> None:
    """A name or a line past the limit is not cut in silence, and what was typed stays to be mended."""
    async with seated(browser, LONG) as person:
        await person.page.goto(hall.address)
        await person.page.get_by_label("Your name").fill(LONG)
        await person.page.keyboard.press("Enter")
        await expect(person.page.get_by_role("alert")).to_contain_text("40")
        assert not await is_too_wide(person.page)
        await expect(person.page.get_by_label("Your name")).to_have_value(LONG)
    await ada.box.fill(f"{LONG}!")
    await ada.box.press("Enter")
    await expect(ada.flow.locator(".tone-refused")).to_contain_text("5,000")
    await expect(ada.box).to_have_value(f"{LONG}!")


async def test_a_channel_cannot_be_named_with_markup(ada: Person) -> None:
    """A channel's name is plain, whatever is typed; the page says so or makes it plain."""
    await ada.page.get_by_role("button", name="New channel").click()
    await ada.page.get_by_label("Name", exact=True).fill(MARKUP[:40])
    await ada.page.keyboard.press("Enter")
    await expect(ada.page.locator("#channel-error")).not_to_be_empty()
    await ada.page.keyboard.press("Escape")
    await ada.say("Still here?")
