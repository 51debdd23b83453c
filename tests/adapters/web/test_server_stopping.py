"""Stopping, windows that are too slow, and windows that are too fast."""

import asyncio
import json
from pathlib import Path

import pytest
from aiohttp import ClientError, WSServerHandshakeError

from bot.adapters.web import Limits
from bot.core import effects as fx
from bot.wording.views import CodeBlock, Tone, View
from tests.adapters.web.chats import PATIENCE, TOKEN, Chat, Window, a_view, serving


async def test_a_stop_says_goodbye_and_closes_every_window(chat: Chat) -> None:
    """The page shows the sentence and comes back by itself."""
    ada, stranger = await chat.join("Ada"), await chat.window()

    _, *byes = await asyncio.gather(chat.web.stop(), goodbye(ada), goodbye(stranger))

    (text, code), other = byes
    assert "is stopping" in text
    assert code == 1001
    assert other == (text, code)
    with pytest.raises(ClientError):
        await chat.window()


async def goodbye(window: Window) -> tuple[str, int | None]:
    """Read to the end; return what was said last, and the close code."""
    bye = await window.expect("bye")
    return bye["text"], await window.closed()


async def test_a_stop_finishes_what_is_in_flight(chat: Chat) -> None:
    """What the desk took is acknowledged, and what came after is not begun."""
    ada = await chat.join("Ada")
    chat.desk.answer = lambda _: (fx.CommandDone(fx.Confirmation.STARTED),)
    chat.desk.entered.clear()
    chat.desk.open.clear()
    first = await ada.send(type="say", channel="general", text="/quiz play")
    await chat.desk.entered.wait()
    await ada.send(type="say", channel="general", text="/quiz stop")

    stopping = asyncio.create_task(chat.web.stop())
    await ada.expect("bye")
    chat.desk.open.set()

    ack = await ada.answer(first)
    assert ack["notice"]["view"]["type"] == "view"
    assert await ada.closed() == 1001
    await stopping
    assert len(chat.desk.events) == 1
    assert ada.seen("refused") == []


async def test_a_stop_does_not_wait_for_ever(tmp_path: Path) -> None:
    """What never comes to an end is left, unacknowledged, for the page to send again."""
    async with serving(tmp_path, limits=Limits(stop_seconds=0.05)) as chat:
        ada = await chat.join("Ada")
        chat.desk.entered.clear()
        chat.desk.open.clear()
        await ada.send(type="say", channel="general", text="/quiz play")
        await chat.desk.entered.wait()

        await asyncio.gather(chat.web.stop(), ada.closed())

        assert chat.desk.events == []


async def test_stopping_twice_and_before_the_start_is_fine(chat: Chat) -> None:
    """A shutdown may come at any moment."""
    assert chat.web.serving
    await chat.web.stop()
    await chat.web.stop()
    assert not chat.web.serving


async def test_while_stopping_nobody_is_let_in_and_we_are_not_ready(chat: Chat) -> None:
    """A load balancer and a page that comes back both learn it."""
    ada = await chat.join("Ada")
    chat.desk.entered.clear()
    chat.desk.open.clear()
    await ada.send(type="say", channel="general", text="/quiz play")
    await chat.desk.entered.wait()
    stopping = asyncio.create_task(chat.web.stop())
    await ada.expect("bye")

    with pytest.raises(WSServerHandshakeError) as refused:
        await chat.window()
    async with chat.client.get(f"{chat.base}/readyz") as answer:
        assert (answer.status, await answer.json()) == (503, {"ready": False, "checks": {"serving": False}})
    async with chat.client.get(f"{chat.base}/healthz") as answer:
        assert answer.status == 200

    assert refused.value.status == 503
    chat.desk.open.set()
    await stopping


async def test_a_window_that_reads_too_slowly_is_closed_and_catches_up(tmp_path: Path) -> None:
    """It holds up nobody, and nothing is lost for it."""
    big = View(Tone.INFO, "Big", "Big", (CodeBlock("x" * 200_000),))
    async with serving(tmp_path, limits=Limits(waiting=4)) as chat:
        ada = await chat.join("Ada")
        reader, writer = await asyncio.open_connection("127.0.0.1", int(chat.base.rpartition(":")[2]))
        await shake_hands(reader, writer, chat)
        await say_hello(writer, "Slow")
        while len((await ada.expect("people"))["people"]) < 2:
            pass

        posted = 0
        while any(person["here"] for person in await people_but(ada, "Ada")):
            await chat.post(big)
            posted += 1
            await ada.quiet()
            assert posted < 500

        writer.close()
        assert posted > 4
        assert (await ada.say("still here"))["type"] == "ack"
        assert len([frame for frame in ada.seen("message") if frame["message"]["view"]]) == posted


async def people_but(window: Window, name: str) -> list[dict[str, object]]:
    """Return everybody but *name*, as the window knows it now."""
    people = window.seen("people")[-1]["people"]
    return [person for person in people if person["name"] != name]


async def shake_hands(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, chat: Chat) -> None:
    """Open a socket by hand, so that nothing reads from it afterwards."""
    host = chat.base.removeprefix("http://")
    lines = [
        f"GET /socket?token={TOKEN} HTTP/1.1",
        f"Host: {host}",
        f"Origin: {chat.base}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    async with asyncio.timeout(PATIENCE):
        assert b" 101 " in await reader.readline()


async def say_hello(writer: asyncio.StreamWriter, name: str) -> None:
    """Send a hello as one masked text frame."""
    text = json.dumps({"type": "hello", "name": name}).encode()
    assert len(text) < 126
    writer.write(bytes([0x81, 0x80 | len(text), 0, 0, 0, 0]) + text)
    await writer.drain()


async def test_a_window_that_sends_too_fast_is_told_to_slow_down(chat: Chat) -> None:
    """Sixty frames at once, then twenty a second."""
    ada = await chat.window()
    await ada.hello(name="Ada")

    answers = [await ada.say(f"line {number}") for number in range(60)]
    chat.clock.move(0.1)
    later = [await ada.say("later") for _ in range(3)]

    assert [answer["type"] for answer in answers] == ["ack"] * 59 + ["refused"]
    assert "Wait a second" in answers[-1]["text"]
    assert [answer["type"] for answer in later] == ["ack", "ack", "refused"]


async def test_a_clock_that_jumps_back_neither_fills_nor_empties_the_bucket(chat: Chat) -> None:
    """Time only ever adds."""
    ada = await chat.window()
    await ada.hello(name="Ada")
    chat.clock.move(-3_600)

    assert (await ada.say("hello"))["type"] == "ack"


async def test_a_window_that_vanishes_in_the_middle_leaves_its_event_done(chat: Chat) -> None:
    """It is sent again under the same id when the page is back, and counts once."""
    ada = await chat.join("Ada")
    chat.desk.entered.clear()
    chat.desk.open.clear()
    id_ = await ada.send(type="say", channel="general", text="/quiz play")
    await chat.desk.entered.wait()
    await asyncio.gather(ada.socket.close(), open_later(chat))

    again = await chat.back(ada)
    ack = await again.ask(type="say", id=id_, channel="general", text="/quiz play")

    assert ack["type"] == "ack"
    assert len(chat.desk.events) == 1
    assert [message["text"] for message in await again.messages()] == ["/quiz play"]


async def open_later(chat: Chat) -> None:
    """Let the desk go on once the loop has turned."""
    await asyncio.sleep(0)
    chat.desk.open.set()


async def test_a_post_during_the_stop_is_kept(chat: Chat) -> None:
    """The delivery may still be at work when the page is gone."""
    ada = await chat.join("Ada")

    _, _, seq = await asyncio.gather(chat.web.stop(), goodbye(ada), chat.post(a_view()))

    assert seq in {message.seq for message in await chat.store.history("general", "", None, 10)}
