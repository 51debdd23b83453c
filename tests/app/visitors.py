"""Visitors of a running Study Hall: a clock that hurries, a pack to change, a window without a browser."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast
from uuid import uuid4

from aiohttp import ClientSession, ClientTimeout, ClientWebSocketResponse, WSMsgType

from bot.config import Config, Web

PATIENCE: Final = 20.0
HURRY: Final = 20.0
Json = dict[str, Any]

PACK: Final = """\
format: 1
id: tea
title: Tea
language: en
licence: CC0-1.0
version: "1"
description: Leaves and water.
topics:
  leaves: Leaves
"""
DECK: Final = """\
format: 1
id: green
title: TITLE
description: Not black.
items:
  - id: water
    kind: true_false
    topic: leaves
    difficulty: easy
    prompt: PROMPT
    key: true
    feedback: {true: "Yes, it turns bitter.", false: "It turns bitter."}
    explanation: Boiling water draws out what tastes bitter.
    sources: [{title: Tea, url: "https://example.org/tea"}]
"""
PROMPT: Final = "Green tea wants cooler water than black tea does."


class HurriedClock:
    """The machine's own time, but waiting takes a twentieth of it."""

    def now(self) -> datetime:
        """Return the time."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Return early."""
        await asyncio.sleep(seconds / HURRY)


def write_tea(content: Path, prompt: str = PROMPT, title: str = "Green tea") -> Path:
    """Write a small pack whose one deck has a *title* and an item that asks *prompt*; return its folder."""
    decks = content / "tea" / "decks"
    decks.mkdir(parents=True, exist_ok=True)
    (content / "tea" / "pack.yaml").write_text(PACK, encoding="utf-8")
    (decks / "green.yaml").write_text(
        DECK.replace("PROMPT", prompt).replace("TITLE", title), encoding="utf-8"
    )
    return content


def configured(folder: Path, content: Path | None = None) -> Config:
    """Return settings that keep everything in *folder* and listen on any free port."""
    return Config.model_construct(
        database_url=f"sqlite:///{folder / 'hall.db'}",
        content=content or write_tea(folder / "content"),
        web=Web(port=0),
    )


class Window:
    """One open page."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        """Speak over *socket*."""
        self._socket = socket
        self.read: list[Json] = []

    async def send(self, **frame: object) -> str:
        """Send *frame* under a new id, and return the id."""
        id_ = str(uuid4())
        await self._socket.send_str(json.dumps({"id": id_, **frame}))
        return id_

    async def next(self) -> Json:
        """Return the next frame."""
        received = await asyncio.wait_for(self._socket.receive(), PATIENCE)
        assert received.type is WSMsgType.TEXT, self.read[-3:]
        self.read.append(cast("Json", json.loads(received.data)))
        return self.read[-1]

    async def answer(self, id_: str) -> Json:
        """Return the frame that answers what was sent as *id_*."""
        while (frame := await self.next()).get("id") != id_:
            pass
        return frame

    async def ask(self, **frame: object) -> Json:
        """Send *frame* and return its answer."""
        return await self.answer(await self.send(**frame))

    async def say(self, text: str) -> Json:
        """Say *text* in the first channel and return the answer."""
        return await self.ask(type="say", channel="general", text=text)

    async def until(self, words: str) -> Json:
        """Return the first message, seen already or still to come, that holds *words*."""
        while not (found := [m for frame in self.read for m in _messages(frame) if words in json.dumps(m)]):
            await self.next()
        return found[-1]

    async def gone(self) -> bool:
        """Read to the end, and tell whether it was said goodbye."""
        while (received := await asyncio.wait_for(self._socket.receive(), PATIENCE)).type is WSMsgType.TEXT:
            self.read.append(cast("Json", json.loads(received.data)))
        return any(frame["type"] == "bye" for frame in self.read)


def _messages(frame: Json) -> list[Json]:
    """Return the messages in a frame that brings one, or a page of them."""
    if frame["type"] == "message":
        return [cast("Json", frame["message"])]
    return cast("list[Json]", frame["messages"]) if frame["type"] == "history" else []


def site(address: str) -> str:
    """Return *address* without its path and token."""
    return address.partition("/?")[0]


@asynccontextmanager
async def window(address: str, name: str) -> AsyncIterator[Window]:
    """Open a window at *address* and join as *name*."""
    async with ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session:
        token = address.partition("token=")[2]
        async with session.ws_connect(
            f"{site(address)}/socket", params={"token": token}, origin=site(address)
        ) as socket:
            opened = Window(socket)
            await opened.send(type="hello", name=name)
            while (await opened.next())["type"] != "welcome":
                pass
            yield opened


async def fetched(address: str, path: str) -> tuple[int, str]:
    """Return the status and the text of a page beside the one at *address*."""
    async with (
        ClientSession(timeout=ClientTimeout(total=PATIENCE)) as session,
        session.get(f"{site(address)}{path}") as response,
    ):
        return response.status, await response.text()


def figure(metrics: str, name: str) -> float:
    """Return one figure of *metrics*."""
    found = re.search(rf"^{re.escape(name)} (\S+)$", metrics, flags=re.MULTILINE)
    assert found is not None, f"{name} is not in\n{metrics}"
    return float(found[1])
