"""Whispers: how to tell somebody something in a channel that nobody else there sees.

Discord allows that only as an answer to something that they did there within a quarter of an hour. So the
latest thing that each did is kept, in memory only: after a restart there is nothing to answer to, and what
would have been whispered can still be asked for with a button.
"""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from bot.adapters.discord.inbound import Asked

ALIVE: Final = timedelta(minutes=14)
"""Discord's quarter of an hour, less what a message may take."""

MOST_KEPT: Final = 10_000


class Whispers:
    """What each person did last in each channel."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._latest: OrderedDict[tuple[str, str], Asked] = OrderedDict()

    def remember(self, channel: str, account: str, asked: Asked) -> None:
        """Keep that *account* did something in *channel*."""
        self._latest[channel, account] = asked
        self._latest.move_to_end((channel, account))
        if len(self._latest) > MOST_KEPT:
            self._latest.popitem(last=False)

    def recent(self, channel: str, account: str, now: datetime) -> Asked | None:
        """Return what *account* did in *channel* and may still be answered, None without anything."""
        asked = self._latest.get((channel, account))
        return None if asked is None or now - asked.created_at > ALIVE else asked
