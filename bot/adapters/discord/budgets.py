"""Budgets: how often we may send, kept a little below what Discord allows.

discord.py waits where Discord's headers say so, holding whatever it was given. So nothing is handed over that
would wait long: it goes back to the outbox instead, where a newer state may still replace it.
"""

import asyncio
from collections import OrderedDict, deque
from typing import Final, Literal

from bot.core.errors import DeliveryDelayed
from bot.ports import Clock

Kind = Literal["post", "edit"]

CHANNEL_MOST: Final = 5
CHANNEL_SECONDS: Final = 5.0
"""What a channel takes of each kind in any so many seconds."""

ALL_MOST: Final = 45
UNHURRIED_MOST: Final = 35
ALL_SECONDS: Final = 1.0
"""What all channels together take. Of 50, some are left for what is not counted here, such as reactions."""

CHANNELS_KEPT: Final = 20_000
"""Of more channels than these nobody sends to all within a few seconds."""

SLACK: Final = 0.01
"""Seconds that the network may take off the distance between two messages."""


class Window:
    """At most *most* in any *seconds*; times are handed in, in their order."""

    def __init__(self, most: int, seconds: float) -> None:
        """Begin with nothing sent."""
        self._most = most
        self._seconds = seconds + SLACK
        self._times: deque[float] = deque(maxlen=most)

    def wait(self, now: float, most: int | None = None) -> float:
        """Return in how many seconds the next may go, if only *most* may go in the window's time."""
        most = most or self._most
        if len(self._times) < most:
            return 0.0
        return max(0.0, self._times[-most] + self._seconds - now)

    def take(self, at: float) -> None:
        """Send one at *at*."""
        self._times.append(at)


class Budgets:
    """The budgets of one bot: each channel's own, and everybody's.

    A question of the day can be due in thousands of channels at once; rounds must go on meanwhile. So a
    message that is in no hurry goes only while there is room left for those that are.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin with everything unspent."""
        self._clock = clock
        self._all = Window(ALL_MOST, ALL_SECONDS)
        self._channels: OrderedDict[tuple[Kind, str], Window] = OrderedDict()
        self._queues = {True: asyncio.Lock(), False: asyncio.Lock()}
        self._waiting = {True: 0, False: 0}

    def wait(self, kind: Kind, channel: str) -> float:
        """Return in how many seconds a message of *kind* could go to *channel*."""
        now = self._now()
        return max(self._channel(kind, channel).wait(now), self._all.wait(now))

    async def turn(self, kind: Kind, channel: str, *, hurried: bool, patience: float) -> None:
        """Return when a message of *kind* may go to *channel*; DeliveryDelayed when that is not near.

        It is near when it comes within *patience* seconds, as far as can be foreseen.
        """
        window = self._channel(kind, channel)
        wait = window.wait(self._now())
        ahead = self._waiting[hurried] / (_most(hurried=hurried) / ALL_SECONDS)
        if wait + ahead > patience:
            raise DeliveryDelayed("Its turn is not near.", wait + ahead, tried=False)
        window.take(self._now() + wait)
        if wait > 0:
            await self._clock.sleep(wait)
        await self._pass(hurried=hurried)

    async def _pass(self, *, hurried: bool) -> None:
        """Wait in the queue of those who are in a hurry, or of those who are not, one after the other."""
        self._waiting[hurried] += 1
        try:
            async with self._queues[hurried]:
                while (wait := self._all.wait(self._now(), _most(hurried=hurried))) > 0:
                    await self._clock.sleep(wait)
                self._all.take(self._now())
        finally:
            self._waiting[hurried] -= 1

    def _channel(self, kind: Kind, channel: str) -> Window:
        window = self._channels.setdefault((kind, channel), Window(CHANNEL_MOST, CHANNEL_SECONDS))
        self._channels.move_to_end((kind, channel))
        if len(self._channels) > CHANNELS_KEPT:
            self._channels.popitem(last=False)
        return window

    def _now(self) -> float:
        return self._clock.now().timestamp()


def _most(*, hurried: bool) -> int:
    return ALL_MOST if hurried else UNHURRIED_MOST
