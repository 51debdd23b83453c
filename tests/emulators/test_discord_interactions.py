"""What the emulated Discord refuses of answers to interactions: kinds, modals, choices, tokens."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import discord
import pytest

from tests.emulators.discord import Interaction, Person, text_of
from tests.emulators.discord_bots import Stage, layout, stage
from tests.emulators.discord_desks import Json


@pytest.fixture
async def set_() -> AsyncIterator[Stage]:
    """A stage with a bot that is connected."""
    async with stage() as it:
        yield it


class Raw:
    """Answers interactions with what a test wants, past the library's own checks."""

    def __init__(self, set_: Stage, *bodies: Json) -> None:
        self.bodies = list(bodies)
        self.answers: list[tuple[int, Any]] = []
        self.token = ""
        self._address = f"{set_.server.address}/api/v10"
        self._bell = set_.bot.bell
        set_.bot.handler = self.handle

    async def handle(self, interaction: discord.Interaction) -> None:
        """Send the next of the bodies, and all others after it until one is accepted."""
        self.token = f"{interaction.application_id}/{interaction.token}"
        path = f"/interactions/{interaction.id}/{interaction.token}/callback"
        while self.bodies:
            status, _ = await self.ask("POST", path, self.bodies.pop(0))
            if status < 300:
                return

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Ask, and keep the answer."""
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, self._address + path, json=body) as got,
        ):
            self.answers.append((got.status, None if got.status == 204 else await got.json()))
        self._bell.ring()
        return self.answers[-1]

    async def codes(self, count: int) -> list[int]:
        """Wait for *count* answers, and return their codes; 0 for those without."""
        await self._bell.until(lambda: len(self.answers) >= count)
        return [0 if answer is None else answer.get("code", 0) for _, answer in self.answers]


async def pressed(set_: Stage, person: Person) -> Interaction:
    """Press the button of a new message."""
    sent = await set_.text_channel().send(view=layout("a"))
    return await person.press(set_.channel.messages[sent.id], "a")


def modal(*components: Json, **more: object) -> Json:
    """Return a callback that shows a modal."""
    return {"type": 9, "data": {"custom_id": "m", "title": "T", "components": list(components), **more}}


def field(custom_id: str = "f", **more: object) -> Json:
    """Return a labelled text input."""
    return {
        "type": 18,
        "label": "L",
        "component": {"type": 4, "custom_id": custom_id, "style": 1, **more},
    }


def group(type_: int, count: int) -> Json:
    """Return a labelled group of radio buttons or checkboxes."""
    options = [{"label": str(n), "value": str(n)} for n in range(count)]
    return {
        "type": 18,
        "label": "L",
        "component": {"type": type_, "custom_id": f"g{type_}", "options": options},
    }


WRONG = {
    "no title": modal(field(), title=""),
    "a long title": modal(field(), title="x" * 46),
    "no components": modal(),
    "six components": modal(*(field(str(n)) for n in range(6))),
    "a bare input": modal({"type": 4, "custom_id": "f", "style": 1}),
    "a long label": modal({**field(), "label": "x" * 46}),
    "a long description": modal({**field(), "description": "x" * 101}),
    "a long input": modal(field(max_length=4001)),
    "a custom id twice": modal(field(), field()),
    "one radio button": modal(group(21, 1)),
    "eleven radio buttons": modal(group(21, 11)),
    "eleven checkboxes": modal(group(22, 11)),
    "a button": modal({"type": 18, "label": "L", "component": {"type": 2, "style": 1, "custom_id": "b"}}),
}


async def test_a_modal_that_breaks_a_limit_is_refused(set_: Stage) -> None:
    """Each with the code of a form; the next that is right is shown."""
    fine = modal({"type": 10, "content": "Hello."}, field(), group(21, 2), group(22, 10))
    raw = Raw(set_, *WRONG.values(), fine)
    done = await pressed(set_, set_.ben)

    assert await raw.codes(len(WRONG) + 1) == [50035] * len(WRONG) + [0]
    assert done.modal is not None


async def test_an_interaction_takes_only_the_answers_of_its_kind(set_: Stage) -> None:
    """No modal answers a modal, no choices answer a press, and a command has no message to change."""
    raw = Raw(set_, {"type": 8, "data": {"choices": []}}, {"type": 99}, modal(field()))
    done = await pressed(set_, set_.ben)
    assert done.modal is not None
    raw.bodies = [modal(field()), {"type": 6}]
    await set_.ben.submit(done, {"f": "x"})
    raw.bodies = [{"type": 7, "data": {"content": "x"}}, {"type": 6}, {"type": 5}]
    deferred = await set_.ben.slash(set_.channel, "quiz play")

    assert await raw.codes(8) == [50035, 50035, 0, 50035, 0, 50035, 50035, 0]
    assert deferred.deferred


async def test_at_most_25_choices_are_offered(set_: Stage) -> None:
    """Their names and values have at most 100 characters."""
    many = [{"name": str(n), "value": str(n)} for n in range(26)]
    long = [{"name": "x" * 101, "value": "x"}]
    raw = Raw(set_, *({"type": 8, "data": {"choices": choices}} for choices in (many, long, many[:25])))
    choices = await set_.ben.complete(set_.channel, "quiz play", {"deck": "x"}, focused="deck")

    assert await raw.codes(3) == [50035, 50035, 0]
    assert len(choices) == 25


async def test_a_token_changes_and_takes_back_what_was_said_until_it_is_old(set_: Stage) -> None:
    """The first answer is ``@original``; others go by their ids."""
    raw = Raw(set_, {"type": 4, "data": {"content": "one", "flags": 64}})
    done = await set_.ben.slash(set_.channel, "quiz play")
    hook = f"/webhooks/{raw.token}"
    _, more = await raw.ask("POST", hook, {"content": "two", "flags": 64})
    await raw.ask("PATCH", f"{hook}/messages/@original", {"content": "three"})
    assert [text_of(message) for message in set_.ben.seen(set_.channel)] == ["three", "two"]
    assert set_.ann.seen(set_.channel) == []

    await raw.ask("DELETE", f"{hook}/messages/{more['id']}")
    assert (await raw.ask("GET", f"{hook}/messages/{more['id']}"))[1]["code"] == 10008
    set_.server.interactions.token_seconds = 0.0
    assert (await raw.ask("PATCH", f"{hook}/messages/@original", {"content": "four"}))[1]["code"] == 50027
    assert done.text == "three"


async def test_nothing_is_said_before_the_acknowledgement(set_: Stage) -> None:
    """A token is of no use until then."""
    done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    raw = Raw(set_)

    async def handler(interaction: discord.Interaction) -> None:
        await raw.handle(interaction)
        _, answer = await raw.ask("POST", f"/webhooks/{raw.token}", {"content": "x"})
        done.set_result(answer["code"])
        await interaction.response.defer()

    set_.bot.handler = handler
    await pressed(set_, set_.ben)

    assert await done == 10015


async def test_a_callback_says_what_it_made_when_it_is_asked(set_: Stage) -> None:
    """The library asks for the message by itself, and gets its id."""
    ids: list[int | None] = []

    async def handler(interaction: discord.Interaction) -> None:
        said = await interaction.response.send_message("Yes.", ephemeral=True)
        ids.append(said.message_id)
        set_.bot.bell.ring()

    set_.bot.handler = handler
    done = await set_.ben.slash(set_.channel, "quiz play")
    await set_.bot.bell.until(lambda: ids)

    assert done.message is not None
    assert ids == [done.message.id]


async def test_people_use_only_what_they_see_and_what_is_enabled(set_: Stage) -> None:
    """Not what is for somebody else, what is disabled, or what is no longer there."""
    raw = Raw(set_, {"type": 4, "data": {"content": "x", "flags": 64, "components": [_row()]}})
    done = await set_.ben.slash(set_.channel, "quiz play")
    message = done.message
    assert message is not None
    raw.bodies = [{"type": 6}]
    await set_.ben.select(message, "s", ["1", "0"])

    wrong = [
        set_.ann.select(message, "s", ["0"]),
        set_.ben.select(message, "s", ["2"]),
        set_.ben.select(message, "s", []),
        set_.ben.press(message, "s"),
        set_.ben.press(message, "nothing"),
        set_.ann.react(message, "🇦"),
    ]
    for attempt in wrong:
        with pytest.raises(AssertionError):
            await attempt


def _row() -> Json:
    options = [{"label": n, "value": n} for n in "01"]
    return {
        "type": 1,
        "components": [{"type": 3, "custom_id": "s", "options": options, "max_values": 2}],
    }
