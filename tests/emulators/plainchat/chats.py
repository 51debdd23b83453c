"""What Plain Chat keeps: messages by channel, and for a while the keys that they were posted with.

Rule 1: while a key is remembered, posting it again in its channel gives the message that is there.

Rule 2: a key is remembered for a fixed time after its message was posted, and never longer. After that the
same key is another message, and people see it twice.

Rule 3: a message itself is never forgotten. Whoever posted it can find it by its key among the newest of its
channel, however long ago that was.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.ports import Clock

REMEMBERED: Final = timedelta(seconds=5)
"""Real platforms say some minutes; this is shorter than a lease, so that a key alone saves nobody."""

SEARCHED: Final = 50
"""How many of a channel's newest messages are looked through."""


@dataclass(slots=True)
class Message:
    """A message that people see. *sender* is the process that posted it; *edits* counts its changes."""

    id: int
    channel: str
    key: str
    to: str
    text: str
    at: datetime
    sender: str
    edits: int = 0


class Chat:
    """The channels and all that was ever shown in them; *messages* has every one, in order."""

    def __init__(self, clock: Clock, channels: Collection[str], remembered: timedelta = REMEMBERED) -> None:
        """Begin with empty *channels*; there are no others."""
        self._clock = clock
        self._channels: dict[str, list[Message]] = {name: [] for name in channels}
        self._remembered = remembered
        self._waiting: list[asyncio.Future[Message]] = []
        self.messages: list[Message] = []
        self.repeated = 0
        """How often a post was answered with the message that was there, because its key was remembered."""

    def post(self, channel: str, key: str, to: str, text: str, sender: str) -> Message | None:
        """Show a message, unless its key is remembered; None when there is no such channel."""
        if channel not in self._channels:
            return None
        now = self._clock.now()
        for earlier in self.found(channel, key):
            if now - earlier.at < self._remembered:
                self.repeated += 1
                return earlier
        message = Message(len(self.messages) + 1, channel, key, to, text, now, sender)
        self._channels[channel].append(message)
        self.messages.append(message)
        self._announce(message)
        return message

    def edit(self, id_: int, text: str) -> Message | None:
        """Change what a message shows; None when there is none of that id."""
        if not 0 < id_ <= len(self.messages):
            return None
        message = self.messages[id_ - 1]
        message.text = text
        message.edits += 1
        return message

    def found(self, channel: str, key: str) -> Sequence[Message]:
        """Return those of the newest messages of *channel* that were posted with *key*, newest first."""
        newest = self._channels.get(channel, [])[-SEARCHED:]
        return [message for message in reversed(newest) if message.key == key]

    def of(self, channel: str) -> Sequence[Message]:
        """Return what *channel* shows, oldest first."""
        return tuple(self._channels[channel])

    def doubled(self) -> Sequence[tuple[str, str, int]]:
        """Return (channel, key, count) of everything that was shown more than once."""
        shown = Counter((message.channel, message.key) for message in self.messages)
        return [(*which, count) for which, count in shown.items() if count > 1]

    async def next_message(self) -> Message:
        """Return the next message when it is shown, before whoever posted it can know."""
        future: asyncio.Future[Message] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        return await future

    def _announce(self, message: Message) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(message)
        self._waiting.clear()
