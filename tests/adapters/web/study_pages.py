"""Pages that people bring, and how they send them to the web chat."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import ClientSession, ClientTimeout, FormData

from bot.app import running
from tests.app.visitors import PATIENCE, HurriedClock, Window, configured, site, window

Json = dict[str, Any]

PAGE = """---
title: "Knots - Basics"
---
<quiz>
Which knot makes a fixed loop?
- [x] Bowline
- [ ] Sheet bend

The loop of a bowline neither slips nor jams.
</quiz>

<quiz>
Which of these joins two ropes?
- [ ] Bowline
- [x] Sheet bend
</quiz>
"""


class Sender:
    """Somebody in a window, who sends files and takes them."""

    def __init__(self, address: str, window_: Window, client: ClientSession) -> None:
        """Be who joined in *window_*."""
        self.window = window_
        self.address = address
        self.client = client
        (welcome,) = [frame for frame in window_.read if frame["type"] == "welcome"]
        self.me: Json = welcome["me"]

    @property
    def head(self) -> dict[str, str]:
        """What proves who sends."""
        origin = site(self.address)
        return {
            "X-Studyhall-Person": self.me["id"],
            "X-Studyhall-Secret": self.me["secret"],
            "Origin": origin,
        }

    @property
    def token(self) -> str:
        """The secret of the address."""
        return self.address.partition("token=")[2]

    async def send(
        self,
        data: bytes | BytesIO,
        name: str = "knots.md",
        *,
        id_: str = "",
        head: dict[str, str] | None = None,
    ) -> tuple[int, Json]:
        """Send a file to the first channel; return the status and the frame that answers."""
        form = FormData(quote_fields=False)
        form.add_field("file", data, filename=name)
        query = {"token": self.token, "channel": "general", "id": id_ or str(uuid4())}
        url = f"{site(self.address)}/files"
        async with self.client.post(url, params=query, data=form, headers=head or self.head) as answer:
            return answer.status, await answer.json(content_type=None)

    async def take(self, seq: int, head: dict[str, str] | None = None) -> tuple[int, bytes]:
        """Take the file of a message."""
        url = f"{site(self.address)}/files/{seq}"
        async with self.client.get(url, params={"token": self.token}, headers=head or self.head) as answer:
            return answer.status, await answer.read()

    async def press(self, message: Json, label: str, typed: list[str] | None = None) -> Json:
        """Use the control of *message* that is called *label*; return what came of it."""
        controls = message["view"]["controls"]
        (action,) = [one["action"] for one in controls if label in (one["label"], one.get("submit"))]
        return await self.window.ask(
            type="press", message=message["seq"], action=action, picked=None, typed=typed
        )


@asynccontextmanager
async def back(folder: Path, me: Json) -> AsyncIterator[Sender]:
    """Serve again, and let somebody come back."""
    async with (
        running(configured(folder), clock=HurriedClock()) as address,
        ClientSession(timeout=ClientTimeout(total=PATIENCE)) as client,
        client.ws_connect(
            f"{site(address)}/socket",
            params={"token": address.partition("token=")[2]},
            origin=site(address),
        ) as socket,
    ):
        opened = Window(socket)
        await opened.send(type="hello", person=me["id"], secret=me["secret"])
        while (await opened.next())["type"] != "welcome":
            pass
        yield Sender(address, opened, client)


@asynccontextmanager
async def hall(folder: Path) -> AsyncIterator[tuple[Sender, Sender]]:
    """Serve, and let Ann come in, who organises, and Ben, who does not."""
    clock = HurriedClock()
    async with (
        running(configured(folder), clock=clock) as address,
        window(address, "Ann") as ann,
        window(address, "Ben") as ben,
        ClientSession(timeout=ClientTimeout(total=PATIENCE)) as client,
    ):
        yield Sender(address, ann, client), Sender(address, ben, client)
