"""Whispers: how to tell somebody something in a channel that nobody else there sees.

Discord allows that only as an answer to something that they did there within a quarter of an hour. So the way
to answer to the latest thing that each did is kept, in memory only: after a restart there is none, and what
would have been whispered can still be asked for with a button.
"""

from datetime import datetime, timedelta
from typing import Final

from bot.adapters.discord.callbacks import Ear, ear_of
from bot.adapters.discord.inbound import Asked
from bot.engine.recent import Recent

ALIVE: Final = timedelta(minutes=14)
"""Discord's quarter of an hour, less what a message may take."""

MOST_KEPT: Final = 10_000


class Whispers:
    """Where each person can be whispered to."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._here: Recent[tuple[str, str], Ear] = Recent(MOST_KEPT)
        self._anywhere: Recent[str, Ear] = Recent(MOST_KEPT)

    def remember(self, place: str, account: str, asked: Asked) -> None:
        """Keep that *account* did something in *place*."""
        ear = ear_of(asked)
        self._here.put((place, account), ear)
        self._anywhere.put(account, ear)

    def into(self, place: str, account: str, now: datetime) -> Ear | None:
        """Return how to whisper to *account* in *place*, None when there is no way."""
        return _alive(self._here.get((place, account)), now)

    def anywhere(self, account: str, now: datetime) -> Ear | None:
        """Return how to whisper to *account* wherever they did something last."""
        return _alive(self._anywhere.get(account), now)


def _alive(ear: Ear | None, now: datetime) -> Ear | None:
    is_over = ear is None or ear.session.closed or now - ear.since > ALIVE
    return None if is_over else ear
