"""People at the page: each in a browser profile of their own, doing what people do with a mouse."""

from dataclasses import dataclass
from typing import Final, cast

from playwright.async_api import ConsoleMessage, Dialog, Locator, Page, expect

PATIENCE_MS: Final = 60_000

# While the server is down a browser tells of each socket that it could not open, and nothing can stop it.
_EXPECTED: Final = ("WebSocket connection",)

expect.set_options(timeout=PATIENCE_MS)


@dataclass(frozen=True, slots=True)
class Pick:
    """Press the one option that says this."""

    option: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Tick the options that say this."""

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
    """Find for each line that says the first the option that says the second."""

    pairs: tuple[tuple[str, str], ...]


Answer = Pick | Tick | Type | Order | Match


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

    @property
    def banner(self) -> Locator:
        """The strip that tells when the server is away."""
        return self.page.locator("#banner")

    async def say(self, text: str) -> None:
        """Send a line or a command, and wait until it is taken."""
        await self.box.fill(text)
        await self.box.press("Enter")
        await expect(self.page.locator(".unsent-line")).to_have_count(0)

    def channel(self, name: str) -> Locator:
        """Return the entry of a channel in the list."""
        entries = self.page.get_by_role("navigation", name="Channels")
        return entries.locator(".channel").filter(has_text=name)

    # ------------------------------------------------------------------------------------------ the cards

    def cards(self, title: str) -> Locator:
        """Return all messages of ours under *title*."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.flow.locator(".card").filter(has=heading)

    def card(self, title: str) -> Locator:
        """Return the newest message of ours under *title*."""
        return self.cards(title).last

    def question(self, number: int, of: int) -> Locator:
        """Return a question of the round that was played last."""
        return self.card(f"Question {number} of {of}")

    def reveal(self, number: int, of: int) -> Locator:
        """Return the reveal of that question."""
        return self.card(f"Question {number} of {of}: the answer")

    async def titles(self) -> list[str]:
        """Return the titles of all messages of ours that everybody sees, in order."""
        return await self.flow.locator(".row.by-bot:not(.private) .card-head h2").all_text_contents()

    async def press(self, card: Locator, button: str) -> None:
        """Press a button of *card*."""
        await card.get_by_role("button", name=button).click()

    async def answer(self, card: Locator, answer: Answer) -> None:
        """Answer the question on *card*, and wait until the page says that the answer is in."""
        await self.send(card, answer)
        await self.expect_confirmed(card)

    async def send(self, card: Locator, answer: Answer) -> None:
        """Answer the question on *card* once it can be, and do not wait for more."""
        await card.locator("[data-control]").wait_for()
        match answer:
            case Pick(option):
                await card.get_by_role("button", name=option).click()
                return
            case Tick(options):
                for option in options:
                    await card.get_by_role("checkbox", name=option).check()
            case Type(texts):
                for field, text in zip(await card.get_by_role("textbox").all(), texts, strict=True):
                    await field.fill(text)
            case Order(options):
                await _put_in_order(card, options)
            case Match(pairs):
                for line, option in pairs:
                    select = card.get_by_role("combobox", name=line)
                    await select.select_option(index=await place_in(select, option))
        await card.get_by_role("button", name="Answer", exact=True).click()

    async def expect_confirmed(self, card: Locator) -> None:
        """Wait until the page says that the answer on *card* is in."""
        await expect(card.locator(".status.answered")).to_contain_text("Your answer")


async def _put_in_order(card: Locator, options: tuple[str, ...]) -> None:
    for place, option in enumerate(options, start=1):
        row = card.locator(".order-row").filter(has_text=option)
        while await row.locator(".place").text_content() != str(place):
            await row.get_by_role("button", name="up").click()


async def place_in(select: Locator, option: str) -> int:
    """Return where *option* stands in a drop-down list."""
    texts = await select.locator("option").all_text_contents()
    return next(place for place, text in enumerate(texts) if text.endswith(option))


async def rows_of(table: Locator) -> list[tuple[str, ...]]:
    """Return the cells of *table*'s body, without the mark on the reader's own row."""
    cells = "row => [...row.cells].map(cell => cell.firstChild.textContent)"
    found = await table.evaluate(f"table => [...table.tBodies[0].rows].map({cells})")
    return [tuple(row) for row in cast("list[list[str]]", found)]
