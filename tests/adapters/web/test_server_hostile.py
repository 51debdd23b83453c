"""Frames that no page of ours sends."""

import json
from collections.abc import Sequence
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import WSMsgType

from bot.adapters.web.inbound import read_frame
from bot.ports import WebMessage
from bot.store.memory import MemoryStore
from tests.adapters.web.chats import Chat, a_button, a_view, serving

ID = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"


def a_frame(type_: str, **fields: object) -> str:
    """Return a frame with an id."""
    return json.dumps({"type": type_, "id": ID, **fields})


def a_line(**fields: object) -> str:
    """Return a line that is right but for *fields*."""
    return a_frame("say", **{"channel": "general", "text": "x"} | fields)


def a_press(**fields: object) -> str:
    """Return a press that is right but for *fields*."""
    return a_frame("press", **{"message": 1, "action": "a"} | fields)


UNREADABLE = [
    "",
    "null",
    "[]",
    "42",
    '"say"',
    "{",
    "{}",
    '{"type":null}',
    '{"type":"shutdown"}',
    '{"type":"say"}',
    '{"type":["say"]}',
    a_line(id=1),
    a_line(id="1"),
    a_line(id=None),
    a_line(id=f"{ID}\n"),
    a_line(text=42),
    a_line(text={"$ne": 1}),
    a_line(text="\ud800"),
    a_line(channel=None),
    a_press(message="1"),
    a_press(message=0),
    a_press(message=-1),
    a_press(message=1.0),
    a_press(message=1e99),
    a_press(message=10**20),
    a_press(action="a" * 201),
    a_press(picked=[-1]),
    a_press(picked=[True]),
    a_press(picked="012"),
    a_press(picked=[0] * 101),
    a_press(typed=["x", None]),
    a_press(typed=["x"] * 101),
    a_frame("react", message=1, emoji="x", on=1),
    a_frame("history", channel="general", before=0),
    '{"type":"hello","name":["Ada"]}',
    '{"type":"hello","name":"Ada","seen":{"general":-1}}',
    '{"type":"hello","name":"Ada","seen":[]}',
    "[" * 20_000,
    '{"a":' * 5_000,
]


@pytest.mark.parametrize("text", UNREADABLE, ids=range(len(UNREADABLE)))
async def test_what_cannot_be_read_is_refused_and_the_window_stays(chat: Chat, text: str) -> None:
    """It changes nothing, and the next frame is taken as ever."""
    ada = await chat.join("Ada")

    await ada.socket.send_str(text)
    refused = await ada.expect("refused")

    assert refused["text"] == "Study Hall could not read what this page sent. Load the page again."
    assert (await ada.say("hello"))["type"] == "ack"
    assert chat.desk.events == []


async def test_a_refusal_names_the_frame_when_its_id_can_be_read(chat: Chat) -> None:
    """So that the page can stop sending it."""
    ada = await chat.join("Ada")

    assert (await ada.ask(type="say", id=ID))["id"] == ID
    await ada.socket.send_str('{"type":"say","id":["x"]}')
    assert (await ada.expect("refused"))["id"] is None


async def test_a_binary_frame_is_refused(chat: Chat) -> None:
    """We speak text."""
    ada = await chat.join("Ada")

    await ada.socket.send_bytes(b'{"type":"history","channel":"general"}')

    assert (await ada.expect("refused"))["id"] is None


async def test_text_that_is_no_unicode_closes_the_window(chat: Chat) -> None:
    """As the protocol wants it."""
    ada = await chat.join("Ada")

    await ada.socket.send_frame(b"\xff\xfe\xfa", WSMsgType.TEXT)

    assert await ada.closed() == 1007


async def test_what_a_newer_page_adds_to_a_frame_is_passed_over(chat: Chat) -> None:
    """A page may be newer than the server for a moment."""
    ada = await chat.join("Ada")

    ack = await ada.ask(type="say", channel="general", text="hello", colour="blue")

    assert ack["type"] == "ack"


def test_a_frame_that_is_read_holds_only_what_was_checked() -> None:
    """Small numbers, short texts, tuples that nobody changes."""
    frame = read_frame(
        json.dumps({"type": "press", "id": ID, "message": 7, "action": "a:r.0", "picked": [2, 0]})
    )

    assert frame is not None
    assert frame.model_dump() == {
        "type": "press",
        "id": ID,
        "message": 7,
        "action": "a:r.0",
        "picked": (2, 0),
        "typed": None,
    }


class CountingStore(MemoryStore):
    """A log that counts how often it is asked for history."""

    asked = 0

    async def history(
        self, channel: str, reader: str, before: int | None, limit: int
    ) -> Sequence[WebMessage]:
        """Count, and return what is there."""
        self.asked += 1
        return await super().history(channel, reader, before, limit)


async def test_finding_a_message_costs_the_same_however_many_channels_there_are(tmp_path: Path) -> None:
    """After the first time it is known where it stands."""
    store = CountingStore()
    async with serving(tmp_path, store=store) as chat:
        ada = await chat.join("Ada")
        for number in range(20):
            await ada.ask(type="channel", name=f"channel-{number}")
        seq = await chat.post(a_view(a_button("j:r")), channel="channel-19")
        chat.clock.move(60)
        store.asked = 0

        for _ in range(5):
            await ada.ask(type="press", id=str(uuid4()), message=seq, action="j:r")

        assert store.asked == 5
