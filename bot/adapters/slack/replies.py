"""Replies: what somebody is told in private about what they did.

A slash command is answered in its acknowledgement, a press by the address that came with it, a form in its
own window, and what stands in the home tab in a window above it. Slack does not promise that a message which
one person alone sees arrives; what became of an answer therefore also stands in the home tab.
"""

import asyncio
import json
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
import structlog
from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError

from bot.adapters.slack.addresses import user_of, where
from bot.adapters.slack.failures import FAULTS, code_of, delivery_error
from bot.adapters.slack.inbound import Asked
from bot.adapters.slack.outbound import Part, shown_modal
from bot.adapters.slack.pictures import has_pictures
from bot.adapters.slack.sending import Sending
from bot.adapters.slack.workspaces import Workspaces
from bot.core.ids import EventId
from bot.engine.recent import Recent
from bot.ports import Clock
from bot.wording.views import View

IN_TIME: Final = 2.5
"""Seconds after which an acknowledgement may come too late to be read for its answer."""

TRIES: Final = 3
FIRST_WAIT: Final = 0.5
KEPT: Final = 20_000
AT_ONCE: Final = 32
"""How many are told at once."""

LET_PASS: Final = 2.0
"""Seconds for which nobody is told anything while many acknowledgements are due, which cannot wait."""

LOOK_SECONDS: Final = 0.05

_OUT_OF_ORDER: Final = 500
_BUSY: Final = 429

Begin = Callable[[Coroutine[Any, Any, None]], object]
"""Lets something go on after the acknowledgement, in a task that somebody owns."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an acknowledgement says beside having arrived: nothing, or a *body*."""

    body: Mapping[str, Any] | None = None

    @property
    def response(self) -> BoltResponse:
        """The acknowledgement as Bolt has it."""
        if self.body is None:
            return BoltResponse(status=200, body="")
        return BoltResponse(
            status=200, body=json.dumps(self.body), headers={"content-type": "application/json"}
        )


NOTHING: Final = Answer()


class Replies:
    """Tells people in private."""

    def __init__(
        self,
        workspaces: Workspaces,
        sending: Sending,
        session: aiohttp.ClientSession,
        clock: Clock,
        begin: Begin,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        """Send over *session*, in tasks that *begin* begins; *busy* says whether others should come first."""
        self._workspaces = workspaces
        self._sending = sending
        self._session = session
        self._clock = clock
        self._begin = begin
        self._busy = busy
        self._room = asyncio.Semaphore(AT_ONCE)
        self._answered: Recent[EventId, bool] = Recent(KEPT)

    async def tell(self, asked: Asked, views: Sequence[View], *, replace: bool = False) -> Answer:
        """Tell whoever *asked* what *views* say, and return what the acknowledgement says of it.

        With *replace*, the message of theirs alone in which they pressed says it from now on.
        """
        if not views:
            return NOTHING
        if asked.type == "view_submission":
            # Forms show one view; there never is more to say to an answer.
            return Answer({"response_action": "update", "view": _window(asked, views[0])})
        if asked.type == "slash_command" and not any(map(has_pictures, views)) and self._in_time(asked):
            first, *rest = [part for view in views for part in await self._sending.parts(asked.team, view)]
            self._begin(self._told(asked, rest))
            return Answer({"response_type": "ephemeral", **_message(first)})
        if asked.id and self._answered.get(asked.id):
            return NOTHING  # Slack told us twice what only looks, which nobody else remembers
        self._answered.put(asked.id, value=True)
        if asked.in_view:
            # Before the acknowledgement, as what a window can be opened with does not live longer.
            await self._show(asked, views[0], replace=replace)
            return NOTHING
        self._begin(self._say(asked, views, replace=replace))
        return NOTHING

    async def later(self, asked: Asked, views: Sequence[View]) -> None:
        """Tell whoever *asked* what *views* say, after the acknowledgement: in their form, if it is one."""
        if asked.type != "view_submission":
            await self._say(asked, views, replace=False)
            return
        client = await self._workspaces.client(asked.team)
        await client.views_update(view_id=asked.view, view=dict(_window(asked, views[0])))

    async def open(self, asked: Asked, modal: Mapping[str, Any]) -> None:
        """Open a window for whoever *asked*, above the one that they are in."""
        client = await self._workspaces.client(asked.team)
        if asked.in_view == "modal":
            await client.views_push(trigger_id=asked.trigger, view=dict(modal))
        else:
            await client.views_open(trigger_id=asked.trigger, view=dict(modal))

    def _in_time(self, asked: Asked) -> bool:
        return (self._clock.now() - asked.arrived).total_seconds() < IN_TIME

    async def _show(self, asked: Asked, view: View, *, replace: bool) -> None:
        """Show *view* in a window of its own, or in the place of the one in which something was pressed."""
        if not replace:
            await self.open(asked, _window(asked, view))
            return
        client = await self._workspaces.client(asked.team)
        await client.views_update(view_id=asked.view, view=dict(_window(asked, view)))

    async def _say(self, asked: Asked, views: Sequence[View], *, replace: bool) -> None:
        for number, view in enumerate(views):
            parts = await self._sending.parts(asked.team, view)
            await self._told(asked, parts, replace=replace and number == 0, view=view)

    async def _told(
        self, asked: Asked, parts: Sequence[Part], *, replace: bool = False, view: View | None = None
    ) -> None:
        """Send *parts*, one after the other; once more without tables and pictures if Slack takes none."""
        try:
            for number, part in enumerate(parts):
                await self._send(asked, part, replace=replace and number == 0)
        except BlocksRefusedError:
            if view is None:
                raise
            for part in await self._sending.parts(asked.team, view, plain=True):
                await self._send(asked, part, replace=False)
        except FAULTS as error:
            log.warning("slack_not_answered", error=str(delivery_error(error)))

    async def _send(self, asked: Asked, part: Part, *, replace: bool) -> None:
        if asked.response_url:
            await self._respond(asked, part, replace=replace)
            return
        client = await self._workspaces.client(asked.team)
        user = user_of(asked.account.id)
        if asked.private:
            await self._sending.write(client, asked.team, await self._sending.direct(asked.team, user), part)
        else:
            try:
                await self._sending.whisper(client, where(asked.place), user, part)
            except SlackApiError as error:
                log.info("slack_not_whispered", error=code_of(error))

    async def _respond(self, asked: Asked, part: Part, *, replace: bool) -> None:
        """Send *part* to the address that came with what was asked, again when it broke on the way."""
        body: dict[str, Any] = {"response_type": "ephemeral", "replace_original": replace, **_message(part)}
        if asked.thread:
            body["thread_ts"] = asked.thread
        for attempt in range(TRIES):
            try:
                async with self._room:
                    await self._let_pass(asked)
                    if await self._responded(asked.response_url, body):
                        return
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                log.info("slack_answer_again", error=type(error).__name__)
            await self._clock.sleep(FIRST_WAIT * 2**attempt)
        log.warning("slack_not_answered", tries=TRIES)

    async def _let_pass(self, asked: Asked) -> None:
        """Wait while acknowledgements are due, and not for long."""
        while self._busy() and (self._clock.now() - asked.arrived).total_seconds() < LET_PASS:
            await self._clock.sleep(LOOK_SECONDS)

    async def _responded(self, url: str, body: Mapping[str, Any]) -> bool:
        """Send *body* to *url*; return False when another try may do."""
        async with asyncio.timeout(10), self._session.post(url, json=body) as answer:
            if answer.status == _BUSY or answer.status >= _OUT_OF_ORDER:
                return False
            said = await answer.read()
            if b"invalid_blocks" in said:
                raise BlocksRefusedError(said.decode(errors="replace"))
            if answer.status != 200:  # noqa: PLR2004 - as HTTP has it
                log.warning(
                    "slack_not_answered", status=answer.status, said=said[:200].decode(errors="replace")
                )
            return True


class BlocksRefusedError(Exception):
    """Slack does not take the blocks of a message that one person alone was to see."""


def _window(asked: Asked, view: View) -> Mapping[str, Any]:
    return shown_modal(view, view.title, private=asked.remembered)


def _message(part: Part) -> dict[str, Any]:
    return {"text": part.text, "blocks": list(part.blocks)}
