"""Permissions: what we need in a channel, and the link that grants it."""

from typing import Final

import discord
from discord import Permissions

from bot.wording.discord_notices import PERMISSIONS

NEEDED: Final = Permissions(**dict.fromkeys(PERMISSIONS, True))
"""What the invitation asks for; ``deploy/discord.md`` gives the reason for each."""


def lacking(have: Permissions, *, thread: bool) -> tuple[str, ...]:
    """Return what *have* lacks of what we need in a channel, by Discord's own names."""
    if have.administrator:
        return ()
    other = "send_messages" if thread else "send_messages_in_threads"
    return tuple(name for name in PERMISSIONS if name != other and not getattr(have, name))


def invite_link(application: int) -> str:
    """Return the address at which an organiser of a server lets us in, or grants what we lack."""
    return discord.utils.oauth_url(application, permissions=NEEDED, scopes=("bot", "applications.commands"))
