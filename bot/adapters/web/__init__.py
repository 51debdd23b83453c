"""The local web chat: a chat platform of our own, for a laptop, a class room, or trying things out."""

from bot.adapters.web.desk import Desk
from bot.adapters.web.server import Door, WebChat
from bot.adapters.web.sessions import Limits

__all__ = ["Desk", "Door", "Limits", "WebChat"]
