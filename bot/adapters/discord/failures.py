"""Failures: what a fault of Discord's means for a message of ours."""

import asyncio
from typing import Final

import aiohttp
import discord

from bot.core.errors import DeliveryDelayed, DeliveryError, DeliveryRefused, DeliveryUnknown

BUSY_SECONDS: Final = 30.0
"""How long to leave Discord alone when it says no more than that we ask too much."""

_BUSY: Final = 429
_OUT_OF_ORDER: Final = 500

FAULTS: Final = (discord.DiscordException, aiohttp.ClientError, OSError, asyncio.TimeoutError)
"""Whatever a request to Discord may raise."""

NOT_LET: Final = {
    10003: "the channel is gone",
    50001: "I cannot see the channel",
    50007: "this person takes no direct messages from me",
    50013: "I lack a permission in the channel",
    50083: "the thread is archived",
}
"""Discord's codes for what an organiser, or the person, can mend; the rest is told in Discord's words."""


def delivery_error(error: BaseException) -> DeliveryError:
    """Return what *error*, one of :data:`FAULTS`, means: for good, not now, or nobody knows."""
    if isinstance(error, discord.RateLimited):
        return DeliveryDelayed("Discord asks us to wait.", error.retry_after)
    if not isinstance(error, discord.HTTPException):
        said = str(error) or type(error).__name__
        return DeliveryUnknown(f"The connection to Discord failed: it has happened, or it has not ({said}).")
    if error.status == _BUSY:
        return DeliveryDelayed("Discord asks us to wait.", BUSY_SECONDS)
    if error.status >= _OUT_OF_ORDER:
        return DeliveryUnknown(f"Discord is out of order ({error.status}): it has happened, or it has not.")
    return DeliveryRefused(NOT_LET.get(error.code) or f"Discord refuses it: {error.text or error.status}")


def is_over(error: BaseException) -> bool:
    """Tell whether *error* says that an interaction was answered before, or that nobody waits for it."""
    return isinstance(error, discord.HTTPException) and error.code in {10062, 40060, 10015, 50027}


def is_closed(error: BaseException) -> bool:
    """Tell whether *error* says that somebody takes no direct messages from us."""
    return isinstance(error, discord.HTTPException) and error.code == 50007  # noqa: PLR2004 - Discord's own number
