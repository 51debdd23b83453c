"""The least that a Discord bot can be: it acknowledges every interaction, and does nothing else.

``python -m tests.bench.deferring ADDRESS TOKEN`` serves until it is killed.
"""

import sys
from typing import Any

import discord

from tests.emulators.discord import discord_at


class Deferring(discord.AutoShardedClient):
    """Keeps nothing that ours does not keep either, so that both are told the same."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Acknowledge."""
        await interaction.response.defer()


if __name__ == "__main__":
    address, token = sys.argv[1:]
    with discord_at(address):
        Deferring().run(token, log_handler=None)
