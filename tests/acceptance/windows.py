"""Windows without a browser: what a page would send and read, over a real socket to the real program."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast
from uuid import uuid4

from aiohttp import ClientSession, ClientTimeout, ClientWebSocketResponse, WSMsgType

from tests.acceptance.program import PATIENCE, Program

Json = dict[str, object]


class Window:
    """One open page: keeps every frame that it reads."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        """Speak over *socket*."""
        self._socket = socket
        self.read: list[Json] = []

    async def send(self, **frame: object) -> str:
        """Send *frame* under a new id, and return the id."""
        id_ = str(uuid4())
        await self._socket.send_json({"id": id_, **frame})
        return id_

    async def expect(self, type_: str) -> Json:
        """Return the next frame of *type_*, and keep all that come before it."""
        async with asyncio.timeout(PATIENCE):
            while True:
                frame = await self._next()
                assert frame is not None, f"The socket was closed before any {type_!r} came."
                if frame["type"] == type_:
                    return frame

    async def until_closed(self) -> None:
        """Read all that comes until the program closes the socket."""
        async with asyncio.timeout(PATIENCE):
            while await self._next() is not None:
                pass

    def acknowledged(self) -> set[str]:
        """Return the ids of all frames that were acknowledged."""
        return {str(frame["id"]) for frame in self.read if frame["type"] == "ack"}

    async def lines(self, channel: str) -> list[str]:
        """Return every line that people wrote in *channel*, as a page of history has them."""
        await self.send(type="history", channel=channel, before=None)
        while (page := await self.expect("history"))["channel"] != channel:
            pass
        messages = cast("list[Json]", page["messages"])
        return [str(message["text"]) for message in messages if message["text"] is not None]

    async def _next(self) -> Json | None:
        received = await self._socket.receive()
        if received.type is not WSMsgType.TEXT:
            return None
        frame = cast("Json", json.loads(received.data))
        self.read.append(frame)
        return frame


@asynccontextmanager
async def opened(program: Program, name: str) -> AsyncIterator[Window]:
    """Open a window on *program* and join as *name*."""
    site, _, token = program.address.partition("/?token=")
    async with ClientSession(timeout=ClientTimeout(total=None, sock_connect=PATIENCE)) as session:
        address = f"{site}/socket?token={token}"
        async with session.ws_connect(address, headers={"Origin": site}) as socket:
            window = Window(socket)
            await window.send(type="hello", person=None, secret=None, name=name, seen={})
            await window.expect("welcome")
            yield window
