"""The connection's life: it breaks, is renewed, is refused, comes late; and the program starts again."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import running
from tests.acceptance.program import free_port
from tests.adapters.slack.gates import gated
from tests.adapters.slack.halls import By, Hall, does, text_of
from tests.emulators.slack import Application, Interaction, Message, Person, SlackServer, elements_of
from tests.emulators.slack.sockets import Sockets

OK: Final = 200
PATIENT: Final = 40.0
"""Seconds for what takes its time and is not timed here: connections are tried at growing intervals."""

ENDINGS: Final[dict[str, Callable[[Sockets, Application], None]]] = {
    "broken": Sockets.cut,
    "renewed": Sockets.refresh,
    "renewed after a warning": lambda sockets, app: sockets.refresh(app, warning=True),
    "warned": Sockets.warn,
    "too many": Sockets.crowd,
    "switched off": Sockets.disable,
}


class TestSockets:
    """What only a socket can meet with."""

    @pytest.fixture
    def by(self) -> By:
        """Say that Slack reaches the program over a socket."""
        return "socket"

    @pytest.mark.parametrize("ending", ENDINGS)
    async def test_what_happens_while_a_socket_is_renewed_arrives(self, hall: Hall, ending: str) -> None:
        """A press on its way when the connection ends is as good as any other, and counts once."""
        question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1")
        before = hall.server.sockets.opened[hall.app.id]
        ENDINGS[ending](hall.server.sockets, hall.app)
        pressed = await hall.pick(hall.ann, question, "The tide")
        await pressed.followed()
        await hall.until(lambda: hall.server.sockets.opened[hall.app.id] > before, "another socket")
        again = await hall.pick(hall.zoe, question, "The fish")
        reveal = await hall.shown("1 of 1", after=question)

        assert "Your answer" in pressed.text
        assert again.acked
        assert "1 of 2 right: Ann" in text_of(reveal)

    @pytest.mark.slow
    async def test_a_round_stands_still_while_nobody_can_be_heard(self, closed_hall: Hall) -> None:
        """It says so, its clock runs for nobody, and it goes on when the socket is back."""
        hall = closed_hall
        async with gated(hall.server) as gate, hall.open():
            question = await hall.play(hall.zoe, line="deck:single count:1 seconds:30")
            await gate.shut()
            stood_still = await shown(hall, "Paused", question)
            hall.clock.later = timedelta(minutes=1)  # twice the time that was left
            await gate.open()
            await shown(hall, "Going on", stood_still)
            await hall.until(lambda: question.action_ids, "its buttons")
            pressed = await hall.pick(hall.zoe, question, "The tide")
            await pressed.followed()
            reveal = await shown(hall, "1 of 1", stood_still)

        assert "Your answer" in pressed.text
        assert "right · 1 of 1" in text_of(reveal)

    async def test_a_stop_hears_nothing_more_and_does_not_connect_again(self, closed_hall: Hall) -> None:
        """Whatever is sent after that, the next process hears."""
        hall = closed_hall
        async with hall.open():
            await hall.until(lambda: hall.messages() or hall.app, "the program")
        opened = hall.server.sockets.opened[hall.app.id]

        assert opened == 1
        assert len(hall.server.traffic.exchanges("apps.connections.open")) == 1


async def shown(hall: Hall, words: str, after: Message) -> Message:
    """Wait for a message with all patience."""

    def found() -> bool:
        return any(words in text_of(one) and one.ts > after.ts for one in hall.messages())

    await hall.server.until(found, PATIENT, words)
    return await hall.shown(words, after=after)


@pytest.mark.slow
async def test_slack_may_come_later_than_the_program(slack: SlackServer, tmp_path: Path, by: By) -> None:
    """It is tried again until it is there, and until then the rest of the program serves."""
    hall = Hall(slack, tmp_path, by)
    await slack.stop()
    slack.address = f"http://127.0.0.1:{free_port()}"
    async with running(hall.config, clock=hall.clock) as page:
        served = await status_of(page)
        await slack.start(int(slack.address.rpartition(":")[2]))
        await hall.reached(page, PATIENT)
        answered = await hall.quiz(hall.zoe, "help")

    assert served == OK
    assert "/quiz play" in answered.text


@pytest.mark.parametrize("wrong", ["bot_token", "app_token"])
async def test_a_token_that_is_refused_stops_nothing_else(
    slack: SlackServer, tmp_path: Path, capsys: pytest.CaptureFixture[str], wrong: str
) -> None:
    """The page is served, Slack is asked once, and the log says what to do."""
    hall = Hall(slack, tmp_path)
    refused = SecretStr("xoxb-nobodys")
    settings = hall.config.slack.model_copy(update={wrong: refused})
    config = hall.config.model_copy(update={"slack": settings})
    async with running(config) as page:
        await slack.until(slack.traffic.refused, what="a request with the token")
        served = await status_of(page)

    assert served == OK
    assert len(slack.traffic.refused()) == 1
    logged = capsys.readouterr().out
    assert "Copy the bot token into SLACK_BOT_TOKEN" in logged
    assert "nobodys" not in logged


async def test_a_stop_answers_what_was_pressed_before(closed_hall: Hall) -> None:
    """However slow Slack is just then."""
    hall = closed_hall
    async with hall.open():
        question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1")
        hall.server.fates.next("response_url", before=0.2)
        sent = len(hall.server.traffic.dispatches("block_actions"))
        pressing = asyncio.create_task(hall.pick(hall.ann, question, "The tide"))
        while len(hall.server.traffic.dispatches("block_actions")) == sent:  # noqa: ASYNC110 - no bell rings
            await asyncio.sleep(0)
        pressed = await pressing
    told = await pressed.followed()

    assert "Your answer" in text_of(told)


async def test_controls_and_forms_that_were_shown_before_a_restart_work_after_it(closed_hall: Hall) -> None:
    """A button, the button that opens a form, and a form that somebody is filling in."""
    hall = closed_hall
    world = hall.server.world
    async with hall.open():
        single, many, numeric = [
            await hall.play(
                hall.zoe,
                hall.ann,
                hall.ben,
                line=f"deck:{deck} count:1 seconds:600",
                channel=world.channel(deck),
            )
            for deck in ("single", "many", "numeric")
        ]
        opened = await hall.ann.press(numeric, does(numeric, "a"))
    async with hall.open():
        pressed = await hall.pick(hall.ann, single, "The tide")
        await pressed.followed()
        filled_in = [
            await filled(hall.ann, opened, "1852"),
            await filled(hall.ben, await hall.ben.press(numeric, does(numeric, "a")), "1852"),
            await filled(hall.zoe, await hall.zoe.press(many, does(many, "a")), ["0", "1"]),
        ]

    assert "Your answer" in pressed.text
    assert [one.modal is not None and "Your answer" in text_of(one.modal) for one in filled_in] == [True] * 3


async def filled(person: Person, opened: Interaction, value: str | list[str]) -> Interaction:
    """Send the one input of a form off."""
    assert opened.modal is not None
    inputs = [one for one in elements_of(opened.modal.blocks) if one[0]["type"] == "input"]
    block, element = inputs[0]
    key = str(block["block_id"]), str(element["action_id"])
    return await person.submit(opened.modal, {key: value})


async def test_events_of_the_time_without_a_program_arrive_when_slack_sends_them_again(
    closed_hall: Hall,
) -> None:
    """Nobody took a mention, and a minute later it begins a round."""
    hall = closed_hall
    async with hall.open():
        await hall.quiz(hall.zoe, "help")
    await hall.zoe.mention(hall.channel, "play deck:single lobby:wait")
    async with hall.open():
        while not hall.messages():
            hall.server.clock.advance(60)
            await asyncio.sleep(0.02)
        lobby = await hall.shown("New round")
        await hall.server.delivered()

    assert hall.messages() == [lobby]


async def status_of(page: str) -> int:
    """Return what the web chat answers to who opens *page*."""
    async with aiohttp.ClientSession() as session, session.get(page) as response:
        return response.status
