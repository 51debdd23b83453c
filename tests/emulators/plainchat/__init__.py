"""Plain Chat: the least that a chat platform does, over HTTP, with the faults that all of them have."""

from tests.emulators.plainchat.chats import Chat, Message
from tests.emulators.plainchat.fates import Fates, Odds, Trouble
from tests.emulators.plainchat.servers import ChatServer
from tests.emulators.plainchat.transports import PLATFORM, ChatTransport

__all__ = ["PLATFORM", "Chat", "ChatServer", "ChatTransport", "Fates", "Message", "Odds", "Trouble"]
