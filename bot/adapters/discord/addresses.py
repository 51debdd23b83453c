"""Addresses: where Discord is.

discord.py has no option for it. Two attributes of its classes do it, for the whole process, and this is the
only place that sets them.
"""

from typing import Final

import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

API: Final = "/api/v10"


def serve_api(api_url: str) -> None:
    """Send every request to *api_url*, with or without its version, from now on."""
    base = api_url.rstrip("/")
    Route.BASE = base if base.endswith(API) else base + API


def serve_gateway(url: str) -> None:
    """Open every gateway at *url*, which ``GET /gateway/bot`` has told, from now on."""
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(url)
