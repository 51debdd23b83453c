"""The browser: profiles, window sizes, the accessibility rules, and pictures of what is seen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, cast

from playwright.async_api import Browser, Page

from tests.acceptance.people import Person

LAPTOP: Final = (1280, 860)
PHONE: Final = (390, 844)


@asynccontextmanager
async def seated(browser: Browser, name: str) -> AsyncIterator[Person]:
    """Give *name* a fresh profile on a laptop; the browser must have nothing to complain of in the end."""
    width, height = LAPTOP
    context = await browser.new_context(
        viewport={"width": width, "height": height}, reduced_motion="reduce", locale="en-GB"
    )
    person = Person(name, await context.new_page())
    try:
        yield person
        assert person.complaints == []
    finally:
        await context.close()


async def resize(page: Page, size: tuple[int, int]) -> None:
    """Give *page*'s window another size."""
    width, height = size
    await page.set_viewport_size({"width": width, "height": height})


async def is_too_wide(page: Page) -> bool:
    """Tell whether *page* would scroll sideways."""
    return cast("bool", await page.evaluate("document.scrollingElement.scrollWidth > innerWidth"))


async def broken_rules(page: Page, axe: str, *, old_rows: bool = True) -> list[str]:
    """Return what axe-core finds wrong with *page* now; without *old_rows* in its newest messages only."""
    # The driver runs this from outside, so the page's own policy stays as strict as it is.
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(axe)
    return cast("list[str]", await page.evaluate(_RUN_AXE, [] if old_rows else [_OLD_ROWS]))


_OLD_ROWS: Final = "#flow > :nth-last-child(n + 7)"
_RUN_AXE: Final = """async exclude => {
  const results = await axe.run({ exclude }, { resultTypes: ["violations"] });
  const told = (rule, node) => `${rule.id}: ${node.target} ${node.failureSummary}`;
  return results.violations.flatMap(rule => rule.nodes.map(node => told(rule, node)));
}"""


class Album:
    """Pictures of the page's states: in light, and on request also in dark and on a phone."""

    def __init__(self, folder: Path, *, every_look: bool) -> None:
        """Keep them in *folder*."""
        self.folder = folder
        self._every_look = every_look

    async def take(self, person: Person, state: str) -> None:
        """Picture what *person* sees, and leave their window as it was."""
        page = person.page
        await page.screenshot(path=self._file(state, person, "light"))
        if not self._every_look:
            return
        await page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        await page.screenshot(path=self._file(state, person, "dark"))
        await page.emulate_media(color_scheme="light", reduced_motion="reduce")
        await resize(page, PHONE)
        await page.screenshot(path=self._file(state, person, "phone"))
        await resize(page, LAPTOP)

    def _file(self, state: str, person: Person, look: str) -> Path:
        return self.folder / f"{state} - {person.name} - {look}.png"
