"""Hands that have no mouse: all at the page is done with keys, and the focus can be seen all the way."""

from typing import Final, cast

from playwright.async_api import Locator, expect

from tests.acceptance.people import Answer, Match, Order, Person, Pick, Tick, Type, place_in

MOST_TABS: Final = 120
"""More than that between two things that belong together would be no way to work."""

# What stands where the focus is: its name, the card that it is in, and whether it can be seen.
_FOCUSED: Final = """() => {
  const node = document.activeElement;
  const label = node.getAttribute("aria-label") ?? node.labels?.[0]?.innerText ?? node.innerText;
  return {
    id: node.id,
    name: (label ?? "").replace(/\\s+/g, " ").trim(),
    card: node.closest(".card")?.querySelector(".card-head")?.innerText.trim() ?? "",
    shown: node === document.body || node.matches(":focus-visible"),
  };
}"""


class Hands:
    """One person's hands on the keyboard."""

    def __init__(self, person: Person) -> None:
        """Work for *person*."""
        self.person = person
        self.page = person.page

    async def press(self, key: str, times: int = 1) -> None:
        """Press *key*."""
        for _ in range(times):
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        """Type *text* where the focus is."""
        await self.page.keyboard.type(text)

    async def focused(self) -> dict[str, str]:
        """Return what has the focus; it must be seen that it has."""
        found = cast("dict[str, str]", await self.page.evaluate(_FOCUSED))
        assert found["shown"], f"Nobody sees that this has the focus: {found}"
        return found

    async def go_to(self, name: str, card: str = "", *, key: str = "Tab") -> None:
        """Move the focus with *key* until it is on what is called *name*, in *card* if one is given."""
        met = []
        for _ in range(MOST_TABS):
            here = await self.focused()
            if here["name"].startswith(name) and here["card"] == card:
                return
            met.append(f"{here['card']}/{here['name']}" if here["card"] else here["name"])
            await self.press(key)
        raise AssertionError(f"{name!r} in {card!r} was not reached; met {met}")

    async def go_back_to(self, name: str, card: str = "") -> None:
        """Move the focus backwards, from the message box: the newest message comes first."""
        await self.to_the_box()
        await self.go_to(name, card, key="Shift+Tab")

    async def to_the_box(self) -> None:
        """Put the focus into the message box."""
        await self.press("Escape")
        if (await self.focused())["id"] != "composer-text":
            await self.go_to("Message in")

    async def push(self, name: str, card: str) -> None:
        """Press the button *name* of *card*."""
        await self.go_back_to(name, card)
        await self.press("Enter")

    async def say(self, text: str) -> None:
        """Send a line or a command."""
        await self.to_the_box()
        await self.type(text)
        await self.press("Enter")
        await expect(self.person.page.locator(".unsent-line")).to_have_count(0)

    # -------------------------------------------------------------------------------------------- answers

    async def answer(self, title: str, answer: Answer) -> None:
        """Answer the question under *title*, and wait until the page says that the answer is in."""
        card = self.person.card(title)
        await card.locator("[data-control]").wait_for()
        match answer:
            case Pick(option):
                await self._pick(card, title, option)
            case Tick(options):
                for option in options:
                    await self.go_back_to(await _lettered(card, option), title)
                    await self.press("Space")
                await self._send(title)
            case Type(texts):
                await self._fill(card, title, texts)
            case Order(options):
                await self._order(card, title, options)
                await self._send(title)
            case Match(pairs):
                for line, option in pairs:
                    await self.go_back_to(line, title)
                    select = card.get_by_role("combobox", name=line)
                    await self.press("ArrowDown", times=await place_in(select, option))
                await self._send(title)
        await self.person.expect_confirmed(card)

    async def _send(self, title: str) -> None:
        await self.go_to("Answer", title)
        await self.press("Enter")

    async def _pick(self, card: Locator, title: str, option: str) -> None:
        await self.go_back_to(await _lettered(card, option), title)
        await self.press("Space")

    async def _fill(self, card: Locator, title: str, texts: tuple[str, ...]) -> None:
        labels = await card.locator(".field-label").all_text_contents()
        await self.go_back_to("Answer", title)
        for label, text in reversed(list(zip(labels, texts, strict=True))):
            await self.press("Shift+Tab")
            await self.go_to(label, title, key="Shift+Tab")
            await self.type(text)
        await self.press("Enter")

    async def _order(self, card: Locator, title: str, options: tuple[str, ...]) -> None:
        for place, option in enumerate(options, start=1):
            row = card.locator(".order-row").filter(has_text=option)
            letter = await row.locator(".letter").text_content()
            await self.go_back_to(f"Move {letter} up", title)
            while await row.locator(".place").text_content() != str(place):
                await self.press("Enter")


async def _lettered(card: Locator, option: str) -> str:
    """Return how the option that says *option* is called: its letter and its text."""
    shown = card.locator(".option").filter(has_text=option)
    return " ".join((await shown.inner_text()).split())
