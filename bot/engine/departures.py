"""Departures: where we have been put out, schedules pause, and nothing is forgotten."""

from bot.core.commands import PauseSchedules
from bot.core.ids import Platform
from bot.engine.events import OWN, Event
from bot.engine.identities import new_channel
from bot.engine.waking import Send
from bot.ports import Clock, Days
from bot.records import Place


class Departures:
    """Pauses what would be posted where we are no longer."""

    def __init__(self, days: Days, clock: Clock, send: Send) -> None:
        """Find schedules in *days*, and tell them through *send*, which is the engine's own entrance."""
        self._days = days
        self._clock = clock
        self._send = send

    async def left(self, platform: Platform, workspace: str) -> None:
        """Pause every schedule of the group that *workspace* is; whoever lets us in again sets them anew."""
        group = new_channel(Place(platform, ""), workspace).group
        for home in await self._days.homes(group):
            if home.platform == platform:
                await self._send(Event(OWN, home, PauseSchedules(), self._clock.now(), workspace=workspace))
