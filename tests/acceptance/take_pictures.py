"""Takes the README's picture again: ``.venv/bin/python -m tests.acceptance.take_pictures``.

Three people play items of a pack that ships, against the program as a process. What one of them sees on a
laptop while a question is open stands beside what another sees on a phone at its reveal.
"""

import asyncio
import base64
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final, Literal

from playwright.async_api import Browser, async_playwright, expect

from tests.acceptance.people import Person, Pick
from tests.acceptance.program import ROOT, running, write_pack
from tests.conftest import BROWSERS, CHROMIUM_ARGS

PICTURE: Final = ROOT / "deploy" / "pictures" / "round.png"
PACK: Final = ROOT / "content" / "night-sky"
DECK: Final = "decks/stars-and-constellations.yaml"
ITEM: Final = "hottest-by-colour"
PROMPT: Final = "Four bright stars show four tints"
OTHERS: Final = ("why-stars-twinkle", "orion-everywhere", "andromeda-light", "star-called-the-follower")
ROUND: Final = 1 + len(OTHERS)
RIGHT: Final = Pick("Rigel, bluish white")
WRONG: Final = Pick("Betelgeuse, orange-red")

AS_ROOT: Final = ("--no-sandbox",) if os.geteuid() == 0 else ()

LAPTOP: Final = (900, 812)
PHONE: Final = (390, 812)
SHARP: Final = 1.5

# Both windows on nothing at all, so that the picture stands well on a light page and on a dark one.
BESIDE: Final = """\
<style>
  body {{ display: flex; gap: 28px; margin: 0; padding: 20px; width: max-content; }}
  img {{ display: block; border-radius: 16px; box-shadow: 0 0 0 1px #8886, 0 6px 18px #0004; }}
</style>
<img src="data:image/png;base64,{}" width="{}"><img src="data:image/png;base64,{}" width="{}">
"""


def write_few_items(content: Path) -> Path:
    """Write the shipped pack with a round's items only; return the folder of packs."""
    head, *items = (PACK / DECK).read_text(encoding="utf-8").split("\n  - id: ")
    kept = [item for item in items if item.partition("\n")[0] in {ITEM, *OTHERS}]
    pack = (PACK / "pack.yaml").read_text(encoding="utf-8")
    write_pack(content, PACK.name, {"pack.yaml": pack, DECK: "\n  - id: ".join([head, *kept]) + "\n"})
    return content


@asynccontextmanager
async def seat(
    browser: Browser, name: str, size: tuple[int, int], colours: Literal["light", "dark"]
) -> AsyncIterator[Person]:
    """Give *name* a window of *size*."""
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=colours,
        device_scale_factor=SHARP,
        locale="en-GB",
        reduced_motion="reduce",
    )
    yield Person(name, await context.new_page())
    await context.close()


async def play(ada: Person, ben: Person, cleo: Person) -> tuple[bytes, bytes] | None:
    """Play until the item comes: return what Ada sees of it while it is open, and Ben when it is closed.

    The order of a round is drawn. Where the item comes first or last the picture would show less of a round,
    so then nothing is returned.
    """
    await ben.say(f"/quiz play night-sky count:{ROUND} seconds:30 lobby:wait pause:wait")
    for person in (ada, cleo):
        await person.press(person.flow.locator(".card").last, "Join")
    await ben.press(ben.flow.locator(".tone-lobby"), "Start now")
    for number in range(1, ROUND):
        question = ada.question(number, ROUND)
        await question.wait_for()
        if PROMPT in await question.inner_text():
            return await picture(ada, ben, cleo, number) if number > 1 else None
        for person in (ada, ben, cleo):
            await person.question(number, ROUND).locator(".option").first.click()
        await ben.press(ben.reveal(number, ROUND), "Next")
    return None


async def picture(ada: Person, ben: Person, cleo: Person, number: int) -> tuple[bytes, bytes]:
    """Play the question with that *number*, and take both pictures."""
    await cleo.answer(cleo.question(number, ROUND), WRONG)
    await ben.answer(ben.question(number, ROUND), RIGHT)
    await expect(ada.question(number, ROUND)).to_contain_text("2 of 3 have answered")
    await ada.page.mouse.move(0, 0)
    asked = await ada.page.screenshot()
    await ada.answer(ada.question(number, ROUND), RIGHT)
    await expect(ben.reveal(number, ROUND)).to_be_visible()
    await ben.page.mouse.move(0, 0)
    return asked, await ben.page.screenshot()


async def beside(browser: Browser, asked: bytes, revealed: bytes) -> bytes:
    """Return both pictures as one."""
    one, other = (base64.b64encode(picture).decode("ascii") for picture in (asked, revealed))
    page = await browser.new_page(device_scale_factor=SHARP)
    await page.set_content(BESIDE.format(one, LAPTOP[0], other, PHONE[0]))
    return await page.locator("body").screenshot(omit_background=True)


async def take(folder: Path) -> bytes | None:
    """Play a round in *folder*, and return the picture if the draw was good for one."""
    chromium = next(found for name in BROWSERS if (found := shutil.which(name)))
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=chromium, args=[*CHROMIUM_ARGS, *AS_ROOT])
        hall = await stack.enter_async_context(running(folder / "hall", write_few_items(folder / "content")))
        ada = await stack.enter_async_context(seat(browser, "Ada", LAPTOP, "light"))
        ben = await stack.enter_async_context(seat(browser, "Ben", PHONE, "dark"))
        cleo = await stack.enter_async_context(seat(browser, "Cleo", LAPTOP, "light"))
        for person in (ada, ben, cleo):
            await person.join(hall.address)
        pictures = await play(ada, ben, cleo)
        return None if pictures is None else await beside(browser, *pictures)


def main() -> None:
    """Take the picture, and say where it is."""
    taken = None
    while taken is None:
        with tempfile.TemporaryDirectory(prefix="studyhall-") as folder:
            taken = asyncio.run(take(Path(folder)))
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_bytes(taken)
    sys.stdout.write(f"{PICTURE}: {len(taken):,} bytes\n")


if __name__ == "__main__":
    main()
