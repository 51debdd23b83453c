"""The least that a Slack app can be: it acknowledges every press, and does nothing else.

``python -m tests.bench.acknowledging socket API_URL BOT_TOKEN APP_TOKEN`` listens over a socket, and
``… http API_URL BOT_TOKEN SIGNING_SECRET PORT`` on a port, until it is killed. Bolt runs with
``process_before_response``: a handler that is done at once would otherwise be looked for every ten
milliseconds, and this one is to be as fast as it can be.
"""

import asyncio
import logging
import re
import sys

from aiohttp import ClientSession, web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def acknowledging(session: ClientSession, api_url: str, token: str, signing_secret: str = "") -> AsyncApp:
    """Return the app."""
    client = AsyncWebClient(token=token, base_url=api_url, session=session)
    logger = logging.getLogger(__name__)
    app = AsyncApp(logger=logger, client=client, signing_secret=signing_secret, process_before_response=True)

    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    app.action(re.compile(".*"))(acknowledge)
    return app


async def serve(way: str, api_url: str, token: str, secret: str, port: str = "0") -> None:
    """Serve for ever."""
    async with ClientSession() as session:
        if way == "socket":
            app = acknowledging(session, api_url, token)
            await AsyncSocketModeHandler(app, secret, web_client=app.client).start_async()  # type: ignore[no-untyped-call]  # upstream's
        else:
            app = acknowledging(session, api_url, token, secret)
            runner = web.AppRunner(app.web_app(), access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", int(port)).start()
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
