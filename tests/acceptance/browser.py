"""People at the page: each in a browser profile of their own, doing what people do."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast

from playwright.async_api import Browser, ConsoleMessage, Dialog, Locator, Page, expect

PATIENCE_MS: Final = 8_000
LAPTOP: Final = (1280, 860)
PHONE: Final = (390, 844)

# While the server is down a browser tells of each socket that it could not open, and nothing can stop it.
_EXPECTED: Final = ("WebSocket connection",)

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True, slots=True)
class Pick:
    """Choose the options that say this: one by pressing it, several by ticking them."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Type:
    """Type these texts, one a field."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Order:
    """Put the options into this order."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Find for each line, from the first, the option that says this."""

    options: tuple[str, ...]


Answer = Pick | Type | Order | Match


class Person:
    """Somebody with the page open. What the browser complains about is kept, for the end of the test."""

    def __init__(self, name: str, page: Page) -> None:
        """Be *name* on *page*."""
        self.name = name
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("console", self._listen)
        page.on("dialog", self._dismiss)

    def _listen(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and not any(words in said.text for words in _EXPECTED):
            self.complaints.append(f"{said.type}: {said.text}")

    async def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        await dialog.dismiss()

    # ------------------------------------------------------------------------------------------- the chat

    async def join(self, address: str) -> None:
        """Open *address* and join under one's name."""
        await self.page.goto(address)
        await self.page.get_by_label("Your name").fill(self.name)
        await self.page.get_by_role("button", name="Join", exact=True).click()
        await expect(self.box).to_be_visible()

    @property
    def box(self) -> Locator:
        """The message box."""
        return self.page.locator("#composer-text")

    @property
    def flow(self) -> Locator:
        """The messages of the open channel."""
        return self.page.locator("#flow")

    async def say(self, text: str) -> None:
        """Send a line or a command."""
        await self.box.fill(text)
        await self.box.press("Enter")
        await expect(self.page.locator(".unsent-line")).to_have_count(0)

    async def open_channel(self, name: str) -> None:
        """Go to another channel."""
        await self.page.get_by_role("navigation").get_by_role("button", name=name).click()

    # ------------------------------------------------------------------------------------------ the cards

    def card(self, title: str, *, tone: str = "") -> Locator:
        """Return the newest message of ours with this title; *tone* tells apart those that share one."""
        cards = self.flow.locator(f".card.tone-{tone}" if tone else ".card")
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return cards.filter(has=heading).last

    def question(self, number: int, of: int) -> Locator:
        """Return a question of the round that was played last."""
        return self.card(f"Question {number} of {of}", tone="question")

    def reveal(self, number: int, of: int) -> Locator:
        """Return the reveal of that question."""
        return self.card(f"Question {number} of {of}: the answer", tone="reveal")

    async def press(self, card: Locator, button: str) -> None:
        """Press a button of *card*."""
        await card.get_by_role("button", name=button).click()

    async def answer(self, card: Locator, answer: Answer) -> None:
        """Answer the question on *card* with the mouse, and wait until the answer is confirmed."""
        match answer:
            case Pick((option,)):
                await card.get_by_role("button", name=option).click()
            case Pick(options):
                for option in options:
                    await card.get_by_role("checkbox", name=option).check()
            case Type(texts):
                for field, text in zip(await card.get_by_role("textbox").all(), texts, strict=True):
                    await field.fill(text)
            case Order(options):
                await self._order(card, options)
            case Match(options):
                for line, option in zip(await card.get_by_role("combobox").all(), options, strict=True):
                    await _select(line, option)
        if answer != Pick(answer.options[:1] if isinstance(answer, Pick) else ()):
            await card.get_by_role("button", name="Answer", exact=True).click()
        await self.expect_confirmed(card)

    async def expect_confirmed(self, card: Locator) -> None:
        """Wait until the page says that the answer on *card* is in."""
        await expect(card.locator(".status.answered")).to_contain_text("Your answer")

    async def _order(self, card: Locator, options: tuple[str, ...]) -> None:
        for place, option in enumerate(options):
            row = card.locator(".order-row").filter(has_text=option)
            while await row.locator(".place").text_content() != str(place + 1):
                await row.get_by_role("button", name="up").click()


async def _select(line: Locator, option: str) -> None:
    texts = await line.locator("option").all_text_contents()
    await line.select_option(index=next(at for at, text in enumerate(texts) if text.endswith(option)))


async def rows_of(table: Locator) -> list[list[str]]:
    """Return the cells of *table*'s body, without the mark on the reader's own row."""
    script = "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.firstChild.textContent))"
    return cast("list[list[str]]", await table.evaluate(script))


# ------------------------------------------------------------------------------------------------ browsers


@asynccontextmanager
async def seated(browser: Browser, name: str, *, phone: bool = False, motion: bool = False) -> AsyncIterator[Person]:
    """Give *name* a fresh browser profile; at the end the browser must have had nothing to complain of."""
    width, height = PHONE if phone else LAPTOP
    reduced: Literal["no-preference", "reduce"] = "no-preference" if motion else "reduce"
    context = await browser.new_context(
        viewport={"width": width, "height": height},
        reduced_motion=reduced,
        locale="en-GB",
        has_touch=phone,
        device_scale_factor=1,
    )
    person = Person(name, await context.new_page())
    try:
        yield person
        assert person.complaints == []
    finally:
        await context.close()


async def is_too_wide(page: Page) -> bool:
    """Tell whether *page* would scroll sideways."""
    return cast("bool", await page.evaluate("document.scrollingElement.scrollWidth > innerWidth"))


async def broken_rules(page: Page, axe: str) -> list[str]:
    """Return what axe-core finds wrong with *page* as it is now."""
    # The driver runs this from outside, so the page's own policy stays as strict as it is.
    await page.evaluate(axe)
    found = await page.evaluate(
        "async () => (await axe.run()).violations.flatMap(rule =>"
        " rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`))"
    )
    return cast("list[str]", found)


# ------------------------------------------------------------------------------------------------ pictures


class Album:
    """Pictures of the page's states: each in light, in dark, and on a phone."""

    def __init__(self, folder: Path) -> None:
        """Keep them in *folder*."""
        self.folder = folder

    async def take(self, person: Person, state: str) -> None:
        """Picture what *person* sees, three times, and leave their window as it was."""
        page = person.page
        await page.screenshot(path=self._file(state, person, "light"))
        await page.emulate_media(color_scheme="dark")
        await page.screenshot(path=self._file(state, person, "dark"))
        await page.emulate_media(color_scheme="light")
        await _resize(page, PHONE)
        await page.screenshot(path=self._file(state, person, "phone"))
        await _resize(page, LAPTOP)

    def _file(self, state: str, person: Person, look: str) -> Path:
        return self.folder / f"{state}-{person.name.lower()}-{look}.png"


async def _resize(page: Page, size: tuple[int, int]) -> None:
    width, height = size
    await page.set_viewport_size({"width": width, "height": height})
