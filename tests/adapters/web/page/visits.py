"""Visits to the page in a real browser, and how to find things on it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final, cast

from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Locator, Page, expect

from tests.adapters.web.page.server import PageServer

LAPTOP: Final = (1280, 860)
PHONE: Final = (390, 844)
PATIENCE_MS: Final = 8_000

expect.set_options(timeout=PATIENCE_MS)


class Visit:
    """One person's browser and the server that it talks to.

    Whatever the browser complains about, such as a breach of the content-security policy, fails the test.
    """

    def __init__(self, context: BrowserContext, server: PageServer, axe: str) -> None:
        """Visit *server* with the browser profile *context*."""
        self.context = context
        self.server = server
        self.complaints: list[str] = []
        self._axe = axe

    async def tab(self) -> Page:
        """Open one more tab on the server's page, as far as its first screen."""
        page = await self.context.new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self._listen)
        await page.goto(self.server.address)
        return page

    def _listen(self, said: ConsoleMessage) -> None:
        # A browser always tells of a socket that it could not open; tests that cut the line expect it.
        if said.type in {"error", "warning"} and "WebSocket connection" not in said.text:
            self.complaints.append(said.text)

    async def joined(self, name: str = "Ada") -> Page:
        """Open a tab and join as *name*."""
        page = await self.tab()
        await page.get_by_label("Your name").fill(name)
        await page.keyboard.press("Enter")
        await expect(composer(page)).to_be_visible()
        return page

    async def broken_rules(self, page: Page, *rules: str) -> list[str]:
        """Return what axe-core finds wrong with *page* as it is now: by some *rules*, or by all."""
        # Playwright runs this from outside of the page, so the page's policy stays as strict as it is.
        if not await page.evaluate("'axe' in window"):
            await page.evaluate(self._axe)
        found = await page.evaluate(
            "async rules => (await axe.run(rules.length ? {runOnly: rules} : {})).violations.flatMap(rule =>"
            " rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary}`))",
            rules,
        )
        return cast("list[str]", found)


@asynccontextmanager
async def profile(browser: Browser, size: tuple[int, int]) -> AsyncIterator[BrowserContext]:
    """Return a fresh browser profile whose window has *size*."""
    width, height = size
    context = await browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", locale="en-GB"
    )
    try:
        yield context
    finally:
        await context.close()


def composer(page: Page) -> Locator:
    """Return the box that lines and commands are typed in."""
    return page.locator("#composer-text")


def message(page: Page, seq: int) -> Locator:
    """Return the row of message *seq*."""
    return page.locator(f'#flow > [data-seq="{seq}"]')


async def is_too_wide(page: Page) -> bool:
    """Tell whether the page itself would scroll sideways."""
    return cast("bool", await page.evaluate("document.documentElement.scrollWidth > innerWidth"))
