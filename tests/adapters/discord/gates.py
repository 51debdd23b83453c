"""A gate before the gateway: while it is shut nobody comes through, and the rest of Discord is there."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from tests.adapters.gates import Gate
from tests.emulators.discord import DiscordServer


@asynccontextmanager
async def gated(server: DiscordServer) -> AsyncIterator[Gate]:
    """Put a gate before the gateway of *server*, for whoever connects from now on."""
    gate = Gate(int(urlsplit(server.address).port or 0))
    address = f"ws://127.0.0.1:{await gate.open()}/gateway"
    server.rest.gateway = server.gateway.address = address
    try:
        yield gate
    finally:
        await gate.shut()
