"""Discord: a bot, its commands and its messages, on discord.py."""

from bot.adapters.discord.chat import DiscordChat
from bot.adapters.discord.examinations import examined

__all__ = ["DiscordChat", "examined"]
