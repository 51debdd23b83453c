"""Fixtures for whole rounds: one browser for all, and for each test a program of its own with two people."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.acceptance.browser import Album, seated
from tests.acceptance.coast import write_coast
from tests.acceptance.people import Person
from tests.acceptance.program import Program, running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium_path: Path, chromium_args: tuple[str, ...]) -> AsyncIterator[Browser]:
    """Run one browser for all of these tests."""
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=chromium_path, args=list(chromium_args))
        yield launched
        await launched.close()


@pytest_asyncio.fixture(loop_scope="session")
async def hall(tmp_path: Path) -> AsyncIterator[Program]:
    """Run the program on an empty folder with the coast's pack; its log must tell of no trouble."""
    async with running(tmp_path / "hall", write_coast(tmp_path / "content")) as program:
        yield program
        assert program.troubles() == []


@pytest_asyncio.fixture(loop_scope="session")
async def ada(browser: Browser, hall: Program) -> AsyncIterator[Person]:
    """Return Ada, who has joined the chat."""
    async with seated(browser, "Ada") as person:
        await person.join(hall.address)
        yield person


@pytest_asyncio.fixture(loop_scope="session")
async def ben(browser: Browser, hall: Program) -> AsyncIterator[Person]:
    """Return Ben, who has joined the chat."""
    async with seated(browser, "Ben") as person:
        await person.join(hall.address)
        yield person


@pytest.fixture
def album(tmp_path: Path) -> Album:
    """Return where pictures go; ``STUDYHALL_PICTURES`` names a folder to keep them in, in every look."""
    named = os.environ.get("STUDYHALL_PICTURES")
    folder = Path(named) if named else tmp_path / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return Album(folder, every_look=named is not None)
