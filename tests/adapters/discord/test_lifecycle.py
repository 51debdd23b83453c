"""The connection's life: it breaks, comes back, is refused, comes late; and the program starts again."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Final

import aiohttp
import pytest
from pydantic import SecretStr

from bot.adapters.discord.callbacks import COMPONENTS
from bot.app import running
from bot.config import Config, Discord, Web
from tests.acceptance.program import free_port
from tests.adapters.discord.gates import gated
from tests.adapters.discord.halls import Hall, does, text_of
from tests.emulators.discord import DiscordServer, Interaction, Message, Person, parts_of

OK: Final = 200
PATIENT: Final = 40.0
"""Seconds for what takes its time and is not timed here: connections are tried at growing intervals."""


async def test_what_happens_during_a_break_arrives_when_the_session_is_resumed(hall: Hall) -> None:
    """A press on its way when the connection breaks is as good as any other."""
    hall.server.interactions.callback_seconds = PATIENT
    question = await hall.play(hall.zoe, hall.ann, deck="single", count=1)
    hall.server.gateway.drop()
    await hall.until(lambda: not hall.server.gateway.connected(), "the break")
    pressed = await hall.ann.press(question, hall.button_of(question, "The tide"))

    assert "Your answer" in pressed.text
    assert (hall.server.gateway.identified, hall.server.gateway.resumed) == (1, 1)


@pytest.mark.slow
async def test_a_round_stands_still_while_nobody_can_be_heard(closed_hall: Hall) -> None:
    """It says so, its clock runs for nobody, and it goes on when the gateway is back."""
    hall = closed_hall
    async with gated(hall.server) as gate, hall.open():
        question = await hall.play(hall.zoe, deck="single", count=1, seconds=30)
        await gate.shut()
        stood_still = await shown(hall, "Paused", question)
        hall.clock.later = timedelta(minutes=1)  # twice the time that was left
        await gate.open()
        await shown(hall, "Going on", stood_still)
        await hall.until(lambda: question.custom_ids, "its buttons")
        pressed = await hall.zoe.press(question, hall.button_of(question, "The tide"))
        reveal = await shown(hall, "1 of 1", stood_still)

    assert "Your answer" in pressed.text
    assert "right · 1 of 1" in text_of(reveal)


async def shown(hall: Hall, words: str, after: Message) -> Message:
    """Wait for a message with all patience."""

    def found() -> bool:
        return any(words in text_of(one) and one.id > after.id for one in hall.messages())

    await hall.server.until(found, PATIENT, words)
    return await hall.shown(words, after=after)


@pytest.mark.slow
async def test_discord_may_come_later_than_the_program(discord: DiscordServer, tmp_path: Path) -> None:
    """It is tried again until it is there, and until then the rest of the program serves."""
    hall = Hall(discord, tmp_path)
    await discord.stop()
    discord.address = f"http://127.0.0.1:{free_port()}"
    async with running(hall.config) as page:
        served = await status_of(page)
        await discord.start(int(discord.address.rpartition(":")[2]))
        await discord.connected(hall.app, PATIENT)
        await discord.until(lambda: hall.zoe.offered(hall.channel), PATIENT, "the commands")
        answered = await hall.zoe.slash(hall.channel, "quiz help")

    assert served == OK
    assert not answered.failed


async def test_a_token_that_is_refused_stops_nothing_else(
    discord: DiscordServer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The page is served, Discord is asked once, and the log says what to do."""
    Hall(discord, tmp_path)
    config = Config.model_construct(
        database_url=f"sqlite:///{tmp_path / 'hall.db'}",
        content=tmp_path / "content",
        web=Web(port=0),
        discord=Discord(token=SecretStr("nobodys"), api_url=discord.address),
    )
    async with running(config) as page:
        await discord.until(lambda: discord.traffic.unwelcome, what="a request with the token")
        served = await status_of(page)

    assert served == OK
    assert discord.traffic.unwelcome == 1
    logged = capsys.readouterr().out
    assert "Copy the bot's token from the developer portal into DISCORD_TOKEN" in logged
    assert "nobodys" not in logged


async def test_a_stop_answers_what_was_pressed_before(closed_hall: Hall) -> None:
    """However slow Discord is just then."""
    hall = closed_hall
    async with hall.open():
        question = await hall.play(hall.zoe, hall.ann, deck="single", count=1)
        hall.server.fates.next("callback", before=0.2)
        asked = hall.server.traffic.requests
        pressing = asyncio.create_task(hall.ann.press(question, hall.button_of(question, "The tide")))
        while hall.server.traffic.requests == asked:  # noqa: ASYNC110 - no bell rings for a request on its way
            await asyncio.sleep(0)
    pressed = await pressing

    assert "Your answer" in pressed.text


async def test_controls_and_forms_that_were_shown_before_a_restart_work_after_it(closed_hall: Hall) -> None:
    """A button, a select, the button that opens a form, and a form that somebody is filling in."""
    hall = closed_hall
    channels = {deck: hall.server.world.channel(hall.guild, deck) for deck in ("single", "many", "numeric")}
    async with hall.open():
        single, many, numeric = [
            await hall.play(hall.zoe, hall.ann, hall.ben, channel=channel, deck=deck, count=1, seconds=600)
            for deck, channel in channels.items()
        ]
        opened = await hall.ann.press(numeric, does(numeric, "a"))
    async with hall.open():
        select = does(many, "a")
        answers = [
            await hall.ann.press(single, hall.button_of(single, "The tide")),
            await hall.ann.select(many, select, ["0", "1"]),
            await filled(hall.ann, opened),
            await filled(hall.ben, await hall.ben.press(numeric, does(numeric, "a"))),
        ]

    assert [("Your answer" in one.text) for one in answers] == [True] * 4
    assert all(one.message is not None and one.message.flags & COMPONENTS for one in answers)


async def filled(person: Person, opened: Interaction) -> Interaction:
    """Send the one field of a form off, with a number."""
    assert opened.modal is not None
    field = next(part for part in parts_of(opened.modal.components) if "custom_id" in part)
    return await person.submit(opened, {str(field["custom_id"]): "1852"})


async def test_commands_are_registered_once_and_again_when_they_differ(closed_hall: Hall) -> None:
    """Each registration is counted by Discord, and makes every client load them anew."""
    hall = closed_hall
    written = []
    for _ in range(2):
        await looked_at_commands(hall)
        written.append(hall.app.registrations)
    root = next(one for one in hall.app.commands[None].values() if one["name"] == "quiz")
    root["description"] = "What an older version said"
    await looked_at_commands(hall)

    assert written == [1, 1]
    assert hall.app.registrations == 2


async def looked_at_commands(hall: Hall) -> None:
    """Let the program run until it has compared what is registered."""
    before = len(asked_for_commands(hall))
    async with hall.open():
        await hall.until(lambda: len(asked_for_commands(hall)) > before, "a look at what is registered")


def asked_for_commands(hall: Hall) -> list[str]:
    """Return the requests for what is registered."""
    exchanges = hall.server.traffic.exchanges()
    return [one.path for one in exchanges if one.method == "GET" and one.path.endswith("commands")]


async def status_of(page: str) -> int:
    """Return what the web chat answers to who opens *page*."""
    async with aiohttp.ClientSession() as session, session.get(page) as response:
        return response.status
