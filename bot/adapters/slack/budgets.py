"""Budgets: how often we may send, kept a little below what Slack allows.

Slack answers with a wait of up to a minute when it is asked too often, and then for everything of that kind
in the workspace. So nothing is sent that would go over: it goes back to the outbox, where a newer state may
still replace it, and what is in a hurry finds room that others leave.
"""

from typing import Final, Literal

from bot.core.errors import DeliveryDelayed
from bot.engine.recent import Recent
from bot.ports import Clock

Kind = Literal["post", "edit", "whisper", "react", "look", "home"]

RATES: Final[dict[Kind, tuple[float, float]]] = {
    "post": (8.0, 4.0),
    "edit": (12.0, 0.75),
    "whisper": (20.0, 1.5),
    "react": (12.0, 0.75),
    "look": (6.0, 0.5),
    "home": (20.0, 1.5),
}
"""Of each kind how many a workspace takes at once, and how many a second after that."""

CHANNEL: Final = (3.0, 0.95)
"""How many messages, and how many edits, one channel takes at once, and how many a second after that."""

KEPT_FOR_HURRY: Final = 0.5
"""The part of what a workspace takes at once that is left for what is in a hurry."""

CHANNELS_KEPT: Final = 20_000
WORKSPACES_KEPT: Final = 2_000


class Bucket:
    """Fills with *rate* a second up to *most*; each message takes one."""

    def __init__(self, most: float, rate: float, now: float) -> None:
        """Begin full."""
        self._most = most
        self._rate = rate
        self._left = most
        self._at = now

    def wait(self, now: float, *, hurried: bool) -> float:
        """Return in how many seconds one may go; what is in no hurry leaves some for what is."""
        self._fill(now)
        needed = 1.0 if hurried else 1.0 + self._most * KEPT_FOR_HURRY
        return max(0.0, (needed - self._left) / self._rate)

    def take(self, now: float) -> None:
        """Send one; what is taken ahead of its time is missing later."""
        self._fill(now)
        self._left -= 1.0

    def _fill(self, now: float) -> None:
        self._left = min(self._most, self._left + max(0.0, now - self._at) * self._rate)
        self._at = max(self._at, now)


class Budgets:
    """The budgets of one bot in each workspace, and in each of its channels."""

    def __init__(self, clock: Clock) -> None:
        """Begin with everything unspent."""
        self._clock = clock
        self._teams: Recent[tuple[Kind, str], Bucket] = Recent(WORKSPACES_KEPT * len(RATES))
        self._channels: Recent[tuple[Kind, str], Bucket] = Recent(CHANNELS_KEPT)
        self._closed: Recent[tuple[Kind, str], float] = Recent(CHANNELS_KEPT)

    async def turn(self, kind: Kind, team: str, channel: str, *, hurried: bool, patience: float) -> None:
        """Return when a message of *kind* may go to *channel*; DeliveryDelayed when that is not near.

        It is near when it comes within *patience* seconds.
        """
        now = self._clock.now().timestamp()
        buckets = [self._team(kind, team, now), *([self._channel(kind, channel, now)] if channel else [])]
        shut = max(self._closed.get((kind, where)) or 0.0 for where in (team, channel))
        wait = max(shut - now, *(bucket.wait(now, hurried=hurried) for bucket in buckets))
        if wait > patience:
            raise DeliveryDelayed("Its turn is not near.", wait, tried=False)
        for bucket in buckets:
            bucket.take(now)
        if wait > 0:
            await self._clock.sleep(wait)

    def refused(self, kind: Kind, team: str, channel: str, seconds: float) -> None:
        """Leave Slack alone with this kind for as long as it asked for.

        How often may be posted is a matter of each channel, everything else of the workspace.
        """
        where = channel if kind == "post" else team
        self._closed.put((kind, where), self._clock.now().timestamp() + seconds)

    def _team(self, kind: Kind, team: str, now: float) -> Bucket:
        bucket = self._teams.get((kind, team))
        if bucket is None:
            bucket = Bucket(*RATES[kind], now)
            self._teams.put((kind, team), bucket)
        return bucket

    def _channel(self, kind: Kind, channel: str, now: float) -> Bucket:
        bucket = self._channels.get((kind, channel))
        if bucket is None:
            bucket = Bucket(*CHANNEL, now)
            self._channels.put((kind, channel), bucket)
        return bucket
