"""Homes: our home tab, where everybody finds where they stand, and what became of their answers."""

from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, Final

import structlog

from bot.adapters.slack.addresses import user_of
from bot.adapters.slack.budgets import Budgets
from bot.adapters.slack.desk import Desk
from bot.adapters.slack.inbound import NO_ID, Asked
from bot.adapters.slack.outbound import home_of
from bot.adapters.slack.people import People
from bot.adapters.slack.workspaces import Workspaces
from bot.core.commands import ShowHome
from bot.engine.events import Event, private_place
from bot.engine.recent import Recent
from bot.ports import Clock
from bot.records import Account
from bot.wording.render import view_of

LOOKING: Final = timedelta(minutes=5)
"""How long a home that was opened is kept up to date."""

SETTLE_SECONDS: Final = 1.0
"""What changes within this time is shown together."""

PATIENCE: Final = 5.0
KEPT: Final = 5_000

log = structlog.get_logger(__name__)


class Homes:
    """Shows everybody their home."""

    def __init__(
        self,
        workspaces: Workspaces,
        desk: Desk,
        people: People,
        budgets: Budgets,
        clock: Clock,
        begin: Callable[[Coroutine[Any, Any, None]], object],
    ) -> None:
        """Take what it shows from *desk*."""
        self._workspaces = workspaces
        self._desk = desk
        self._people = people
        self._budgets = budgets
        self._clock = clock
        self._begin = begin
        self._opened: Recent[Account, datetime] = Recent(KEPT)
        self._due: set[Account] = set()

    async def show(self, asked: Asked) -> None:
        """Show the home of whoever *asked*; raises what a request may raise."""
        self._opened.put(asked.account, self._clock.now())
        user = user_of(asked.account.id)
        known = await self._people.look_up(asked.team, user)
        event = Event(
            id=NO_ID,
            place=private_place(asked.account),
            intent=ShowHome(),
            at=self._clock.now(),
            account=asked.account,
            name=known.name if known else asked.handle or asked.user,
            workspace=asked.team,
        )
        reply = await self._desk.handle(event)
        client = await self._workspaces.client(asked.team)
        await self._budgets.turn("home", asked.team, "", hurried=True, patience=PATIENCE)
        view = home_of([view_of(effect) for effect in reply.effects])
        await client.views_publish(user_id=user, view=dict(view))

    def changed(self, asked: Asked) -> None:
        """Show the home anew, in a moment, if whoever *asked* has looked at it lately."""
        opened = self._opened.get(asked.account)
        if opened is None or self._clock.now() - opened > LOOKING or asked.account in self._due:
            return
        self._due.add(asked.account)
        self._begin(self._show_settled(asked))

    async def _show_settled(self, asked: Asked) -> None:
        try:
            await self._clock.sleep(SETTLE_SECONDS)
        finally:
            self._due.discard(asked.account)
        await self.show(asked)
