"""People: who somebody is in a workspace, asked of Slack and remembered for a while.

A press says no more of its sender than an id. What others call them, and whether they look after the
workspace, has to be asked for, and Slack lets us ask some hundred times a minute. So an answer never waits
for it: whoever joins a round or types a command is known from then on.
"""

import asyncio
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final, NamedTuple

import structlog
from slack_sdk.errors import SlackApiError

from bot.adapters.slack.addresses import Where
from bot.adapters.slack.failures import FAULTS, code_of, delivery_error
from bot.adapters.slack.workspaces import Workspaces
from bot.core.errors import DeliveryDelayed
from bot.engine.recent import Recent
from bot.ports import Clock

FRESH: Final = timedelta(minutes=10)
ASKED_AGAIN: Final = timedelta(hours=24)
"""After this time a name is asked for anew, even though nobody waits for it."""

KEPT: Final = 20_000
AT_ONCE: Final = 4
MOST_WAITED_FOR: Final = 20
"""Where more are asked for than these, nobody waits."""

WAIT_SECONDS: Final = 1.5
"""How long a command waits for what Slack knows of its sender."""

PAGE: Final = 999
"""How many members of a channel Slack tells at once."""

log = structlog.get_logger(__name__)


class Room(StrEnum):
    """Whether we can post in a channel."""

    OPEN = "open"
    NOT_IN = "not_in"
    CLOSED = "closed"
    HIDDEN = "hidden"
    """Whoever asks is not in it, and it is private."""


class Known(NamedTuple):
    """What a workspace says of somebody: their name, whether they look after it, and when it said so."""

    name: str
    admin: bool
    at: datetime


class People:
    """What workspaces say of people and channels."""

    def __init__(self, workspaces: Workspaces, clock: Clock) -> None:
        """Ask through *workspaces*."""
        self._workspaces = workspaces
        self._clock = clock
        self._known: Recent[tuple[str, str], Known] = Recent(KEPT)
        self._creators: Recent[tuple[str, str], str] = Recent(KEPT)
        self._groups: Recent[tuple[str, str], str] = Recent(KEPT)
        self._asking: dict[tuple[str, str], asyncio.Task[Known | None]] = {}
        self._room = asyncio.Semaphore(AT_ONCE)
        self._quiet_until = 0.0

    def name(self, team: str, user: str) -> str:
        """Return what others call *user*, "" while that is not known; then it is asked for meanwhile."""
        known = self._known.get((team, user))
        if known is None or self._clock.now() - known.at > ASKED_AGAIN:
            self._ask(team, user)
        return known.name if known else ""

    async def look_up(self, team: str, user: str) -> Known | None:
        """Return what is known of *user*, asked for now where it is not fresh; None when nobody says."""
        known = self._known.get((team, user))
        if known is not None and self._clock.now() - known.at <= FRESH:
            return known
        asking = self._ask(team, user)
        if len(self._asking) > MOST_WAITED_FOR:
            return known
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return await asyncio.shield(asking) or known
        except TimeoutError:
            return known

    async def organises(self, team: str, user: str, where: Where) -> bool:
        """Tell whether *user* looks after the workspace, installed us there, or made the channel."""
        if user == await self._workspaces.installer(team):
            return True
        known = await self.look_up(team, user)
        if known is not None and known.admin:
            return True
        return bool(where.channel) and user == await self._creator(team, where.channel)

    async def aclose(self) -> None:
        """Ask nothing more."""
        asking = list(self._asking.values())
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)

    def _ask(self, team: str, user: str) -> "asyncio.Task[Known | None]":
        task = self._asking.get((team, user))
        if task is None:
            task = self._asking[team, user] = asyncio.create_task(self._asked(team, user))
            task.add_done_callback(lambda _: self._asking.pop((team, user), None))
        return task

    async def _asked(self, team: str, user: str) -> Known | None:
        async with self._room:
            if self._clock.now().timestamp() < self._quiet_until:
                return None
            try:
                client = await self._workspaces.client(team)
                answer: Any = await client.users_info(user=user)
            except FAULTS as error:
                meant = delivery_error(error)
                if isinstance(meant, DeliveryDelayed):
                    self._quiet_until = self._clock.now().timestamp() + meant.retry_after
                log.info("slack_person_not_known", error=str(meant))
                return None
            known = _known(answer["user"], self._clock.now())
            self._known.put((team, user), known)
            return known

    async def room(self, team: str, channel: str, asking: str = "") -> Room:
        """Return whether we can post in *channel*; where Slack does not say, the post will tell.

        With *asking*, a private channel is hidden from that person when they are not in it.
        """
        try:
            found = await self._channel(team, channel)
        except SlackApiError as error:
            # Of a private channel that we are not in Slack says that it is not there.
            return Room.NOT_IN if code_of(error) == "channel_not_found" else Room.OPEN
        except FAULTS:
            return Room.OPEN
        if asking and found.get("is_private") and not await self._is_in(team, channel, asking):
            return Room.HIDDEN
        if found.get("is_archived") or found.get("is_read_only"):
            return Room.CLOSED
        return Room.OPEN if found.get("is_member", True) else Room.NOT_IN

    async def group_name(self, team: str, group: str) -> str:
        """Return what is typed to call the user *group*, "" when Slack does not say."""
        known = self._groups.get((team, group))
        if known is None:
            for id_, handle in (await self._handles(team)).items():
                self._groups.put((team, id_), handle)
            known = self._groups.get((team, group))
        return known or ""

    async def _handles(self, team: str) -> dict[str, str]:
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                client = await self._workspaces.client(team)
                answer: Any = await client.usergroups_list()
        except FAULTS as error:
            log.info("slack_groups_not_known", error=str(delivery_error(error)))
            return {}
        return {str(group["id"]): str(group["handle"]) for group in answer["usergroups"]}

    async def _is_in(self, team: str, channel: str, user: str) -> bool:
        """Tell whether *user* is in *channel*; where Slack does not say, they are not."""
        cursor = ""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                client = await self._workspaces.client(team)
                while True:
                    asked: Any = {"channel": channel, "limit": PAGE, "cursor": cursor or None}
                    answer: Any = await client.conversations_members(**asked)
                    if user in answer["members"]:
                        return True
                    cursor = str((answer.get("response_metadata") or {}).get("next_cursor") or "")
                    if not cursor:
                        return False
        except FAULTS as error:
            log.info("slack_members_not_known", error=str(delivery_error(error)))
            return False

    async def _creator(self, team: str, channel: str) -> str:
        """Return who made *channel*, "" when Slack does not say."""
        known = self._creators.get((team, channel))
        if known is None:
            try:
                known = str((await self._channel(team, channel)).get("creator", ""))
            except FAULTS:
                return ""
            self._creators.put((team, channel), known)
        return known

    async def _channel(self, team: str, channel: str) -> dict[str, Any]:
        async with asyncio.timeout(WAIT_SECONDS):
            client = await self._workspaces.client(team)
            answer: Any = await client.conversations_info(channel=channel)
        found: dict[str, Any] = answer["channel"]
        return found


def _known(user: dict[str, Any], now: datetime) -> Known:
    profile = user.get("profile") or {}
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
    admin = bool(user.get("is_admin") or user.get("is_owner") or user.get("is_primary_owner"))
    return Known(next((str(name) for name in names if name), ""), admin, now)
