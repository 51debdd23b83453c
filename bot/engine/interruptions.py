"""Interruptions: rounds stand still while their chat cannot be heard, and go on when it is heard again.

What people press while nobody listens never arrives, and nothing brings it back. So no clock runs meanwhile.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Final

from bot.core.commands import Continue, Suspend
from bot.core.ids import Platform
from bot.engine.codec import to_ms
from bot.engine.events import OWN, Event, is_private
from bot.engine.waking import AT_ONCE, Send
from bot.ports import Clock, Store
from bot.records import Place, schedule_of

AHEAD: Final = timedelta(hours=1)
"""Every clock of a group round ends within this time."""

Concerns = Callable[[Place], bool]


class Interruptions:
    """Suspends the rounds of a platform, and lets them go on."""

    def __init__(self, store: Store, clock: Clock, send: Send) -> None:
        """Find open rounds in *store*, and tell them through *send*, which is the engine's own entrance."""
        self._store = store
        self._clock = clock
        self._send = send

    async def unheard(self, platform: Platform, concerns: Concerns) -> None:
        """Let the clocks of the platform's rounds stand still, in the places that it *concerns*."""
        await self._tell(platform, concerns, Suspend())

    async def heard(self, platform: Platform, concerns: Concerns) -> None:
        """Let the clocks that were suspended go on, also those that another process has suspended."""
        await self._tell(platform, concerns, Continue())

    async def _tell(self, platform: Platform, concerns: Concerns, command: Suspend | Continue) -> None:
        now = self._clock.now()
        for place, _ in await self._store.waking(to_ms(now + AHEAD), AT_ONCE):
            has_clock = not schedule_of(place) and not is_private(place)
            if place.platform == platform and has_clock and concerns(place):
                await self._send(Event(OWN, place, command, now))
