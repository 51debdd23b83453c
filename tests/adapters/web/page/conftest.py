"""One browser for all tests of the page; for each test a fresh profile and a server of its own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.adapters.web.page.server import PageServer
from tests.adapters.web.page.visits import LAPTOP, Visit, profile


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium_path: Path, chromium_args: tuple[str, ...]) -> AsyncIterator[Browser]:
    """Run one browser for all tests of the page."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium_path, args=list(chromium_args))
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def visit(browser: Browser, axe_source: str) -> AsyncIterator[Visit]:
    """Return a fresh profile that visits a fresh server; the browser must have nothing to complain of."""
    async with PageServer().serving() as server, profile(browser, LAPTOP) as context:
        visiting = Visit(context, server, axe_source)
        yield visiting
        assert visiting.complaints == []
