"""A server without a bot, for tests that ask it what no library would."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.emulators.discord import Application, Channel, DiscordServer, Person

Json = dict[str, Any]


@dataclass(slots=True)
class Desk:
    """A server without a bot, and what asks it."""

    server: DiscordServer
    session: aiohttp.ClientSession
    channel: Channel
    ann: Person
    app: Application

    async def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return the status and the body of an answer."""
        headers = {"Authorization": f"Bot {self.app.token}"}
        url = f"{self.server.address}/api/v10{path}"
        async with self.session.request(method, url, json=body, headers=headers) as answer:
            assert answer.status == 204 or answer.headers["Content-Type"] == "application/json"
            assert "Date" in answer.headers
            return answer.status, None if answer.status == 204 else await answer.json()

    async def post(self, **body: object) -> tuple[int, Any]:
        """Post a message to the channel."""
        return await self.ask("POST", f"/channels/{self.channel.id}/messages", body)

    async def upload(self, body: str, **files: bytes) -> tuple[int, Any]:
        """Post a message with files."""
        form = aiohttp.FormData(quote_fields=False)
        form.add_field("payload_json", body)
        for number, (name, data) in enumerate(files.items()):
            form.add_field(f"files[{number}]", io.BytesIO(data), filename=name)
        url = f"{self.server.address}/api/v10/channels/{self.channel.id}/messages"
        headers = {"Authorization": f"Bot {self.app.token}"}
        async with self.session.post(url, data=form, headers=headers) as answer:
            return answer.status, await answer.json()


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    """Open a server with one guild and one channel, without rate limits."""
    async with DiscordServer() as server, aiohttp.ClientSession() as session:
        server.limits.on = False
        world = server.world
        app = world.application()
        ann = world.user("Ann")
        guild = world.guild("School", ann)
        yield Desk(server, session, world.channel(guild, "quiz"), server.person(ann), app)
