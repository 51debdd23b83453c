"""Couriers: parcels go to applications by the way that these have chosen; events go again until they arrive.

Rule 1: an interaction goes once. (One that a broken socket had goes to the next socket.)

Rule 2: an event that was not taken goes again at once, after a minute, and after five.
"""

import asyncio
from typing import Final

from tests.emulators.slack.events import events_of, wrapped
from tests.emulators.slack.fates import Fates
from tests.emulators.slack.parcels import TIMEOUT, Kind, Outcome, Parcel
from tests.emulators.slack.posts import Posts
from tests.emulators.slack.sockets import Sockets
from tests.emulators.slack.traffic import Traffic
from tests.emulators.slack.worlds import Happening, World

ACKNOWLEDGE_SECONDS: Final = 3.0
RETRY_DELAYS: Final = (0.0, 60.0, 300.0)


class Courier:
    """Sends parcels. *retry_delays* are by the world's clock, each from the failure before it."""

    def __init__(self, world: World, fates: Fates, traffic: Traffic) -> None:
        self._world = world
        self.fates = fates
        self.sockets = Sockets(world, traffic)
        self.posts = Posts(world, traffic)
        self.acknowledge_seconds = ACKNOWLEDGE_SECONDS
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS
        self.given_up: list[Parcel] = []
        """The events that never arrived."""

        self._tasks: set[asyncio.Task[None]] = set()
        world.listen(self.hear)

    @property
    def busy(self) -> int:
        """How many events are on their way, or wait to be sent again."""
        return len(self._tasks)

    def hear(self, happening: Happening) -> None:
        """Tell of *happening* to all who subscribe to it."""
        for app in self._world.apps.values():
            installation = app.installations.get(happening.team.id)
            if installation is None or not installation.active:
                continue
            if happening.app is not None and happening.app is not app:
                continue
            for event in events_of(happening, installation):
                payload = wrapped(self._world, installation, event)
                who = happening.user.id if happening.user else ""
                self.tell(Parcel(app, Kind.EVENT, str(event["type"]), payload, who))

    def tell(self, parcel: Parcel) -> None:
        """Send an event, until it is taken or has been sent as often as Slack would."""
        if not parcel.app.request_url and not self.sockets.opened[parcel.app.id]:
            # Nobody has ever listened: the world is still being made.
            return
        task = asyncio.get_running_loop().create_task(self._deliver(parcel))
        self._tasks.add(task)
        task.add_done_callback(self._done)

    async def ask(self, parcel: Parcel) -> Outcome:
        """Send an interaction, and return what came of it in time."""
        try:
            async with asyncio.timeout(self.acknowledge_seconds):
                return await self._once(parcel, 0, "")
        except TimeoutError:
            return TIMEOUT

    async def stop(self) -> None:
        """Send no more."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self.sockets.shut()
        await self.posts.close()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._world.bell.ring()

    async def _deliver(self, parcel: Parcel) -> None:
        reason = ""
        for attempt, delay in enumerate((0.0, *self.retry_delays)):
            if delay:
                await self._world.now.sleep(delay)
            outcome = await self._once(parcel, attempt, reason)
            if outcome.ok or outcome.final:
                return
            reason = outcome.reason
        self.given_up.append(parcel)

    async def _once(self, parcel: Parcel, attempt: int, reason: str) -> Outcome:
        fate = self.fates.draw_event(parcel.type, parcel.who)
        if fate.late:
            await asyncio.sleep(fate.late)
        carrier = self.posts if parcel.app.request_url else self.sockets
        outcome = await carrier.carry(parcel, attempt, reason, fate, self.acknowledge_seconds)
        if fate.recycled:
            self.sockets.refresh(parcel.app)
        return TIMEOUT if fate.unheard else outcome
