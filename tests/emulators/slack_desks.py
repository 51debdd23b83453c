"""The emulated Slack without a bot: an unmodified Web API client, and what it was refused with."""

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.emulators.slack import Application, Channel, Message, Person, SlackServer, World
from tests.emulators.slack_bots import unproxied

Json = dict[str, Any]


@dataclass(slots=True)
class Desk:
    """A server, a channel with one person, and the client of an app."""

    server: SlackServer
    world: World
    app: Application
    channel: Channel
    zoe: Person
    client: AsyncWebClient

    async def post(self, *blocks: Json, text: str = "x", **more: object) -> Message:
        """Post blocks, and return the message."""
        args: Json = {"text": text, "blocks": list(blocks) or None, **more}
        posted = await self.client.chat_postMessage(channel=self.channel.id, **args)
        return self.channel.messages[posted["ts"]]

    def with_token(self, token: str) -> AsyncWebClient:
        """Return a client with another token."""
        return AsyncWebClient(token, base_url=self.server.api_url)


@asynccontextmanager
async def desk() -> AsyncIterator[Desk]:
    """Set up a desk; take it down at the end."""
    server = SlackServer()
    zoe = server.world.user("Zoe")
    app = server.world.application()
    channel = server.world.channel("quiz")
    with unproxied():
        async with server:
            client = AsyncWebClient(app.bot_token, base_url=server.api_url)
            yield Desk(server, server.world, app, channel, server.person(zoe), client)


async def refusal(asked: Awaitable[object]) -> Json:
    """Return the answer of a call that is refused."""
    try:
        await asked
    except SlackApiError as error:
        answer = error.response.data
        assert isinstance(answer, dict)
        return answer
    message = "It was not refused."
    raise AssertionError(message)


async def error(asked: Awaitable[object]) -> str:
    """Return the error of a call that is refused."""
    return str((await refusal(asked))["error"])
