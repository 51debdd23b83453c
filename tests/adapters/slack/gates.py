"""A gate before Socket Mode: while it is shut nobody comes through, and the rest of Slack is there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from tests.adapters.gates import Gate
from tests.emulators.slack import SlackServer


@asynccontextmanager
async def gated(server: SlackServer) -> AsyncIterator[Gate]:
    """Put a gate before the sockets of *server*, for whoever connects from now on."""
    gate = Gate(int(urlsplit(server.address).port or 0))
    server.sockets.address = f"ws://127.0.0.1:{await gate.open()}"
    try:
        yield gate
    finally:
        await gate.shut()
