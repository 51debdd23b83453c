"""Slack as a transport: one app, over a socket of its own or by signed requests to our address."""

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Final

import structlog
from aiohttp import ClientSession, web
from slack_bolt import BoltResponse
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.adapters.slack.addresses import PLATFORM
from bot.adapters.slack.bolts import Authorizing, Taking, dispatched, refuse
from bot.adapters.slack.conversations import Conversation
from bot.adapters.slack.desk import Desk
from bot.adapters.slack.failures import FAULTS, code_of, delivery_error
from bot.adapters.slack.files import Files
from bot.adapters.slack.homes import Homes
from bot.adapters.slack.inbound import Asked, Removed, doing_of
from bot.adapters.slack.notices import refusal
from bot.adapters.slack.people import People
from bot.adapters.slack.pictures import Pictures
from bot.adapters.slack.reactions import Reactions
from bot.adapters.slack.replies import Replies
from bot.adapters.slack.sending import Sending
from bot.adapters.slack.settings import Handler, Settings
from bot.adapters.slack.signatures import Signatures, request_of
from bot.adapters.slack.sockets import Socket
from bot.adapters.slack.workspaces import OneWorkspace, Workspaces, web_client
from bot.core.errors import DeliveryDelayed, StoreError
from bot.core.ids import Platform
from bot.ports import Clock, Post
from bot.wording.slack_notices import SAY

EVENTS: Final = "/slack/events"
"""The path of the one request URL for events, interactivity, menus and slash commands."""

FIRST_RETRY: Final = 1.0
LONGEST_RETRY: Final = 60.0
NOT_HERE_SECONDS: Final = 2.0
TEND_SECONDS: Final = 300.0
MANY: Final = 8
"""More acknowledgements than these that are due at a time come before whatever people are told."""

ACKNOWLEDGED_SECONDS: Final = 0.05
"""How long the last acknowledgement may take to leave this process."""

_REFUSED: Final = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "not_allowed_token_type"}
)

REFUSED: Final = (
    "Slack refuses a token. Copy the bot token into SLACK_BOT_TOKEN, and for Socket Mode the app-level token "
    "into SLACK_APP_TOKEN, and start again; everything else goes on without Slack."
)

log = structlog.get_logger(__name__)
_quiet = logging.getLogger(__name__)
"""Bolt's own log; what matters of it we say ourselves, and without what people wrote."""


@dataclass(frozen=True, slots=True)
class _Serving:
    """What serves while there is a session."""

    app: AsyncApp
    workspaces: Workspaces
    sending: Sending
    conversation: Conversation
    replies: Replies
    people: People


class SlackChat:
    """Serves Slack: hands what people do there to the desk, and delivers what the outbox holds."""

    def __init__(self, desk: Desk, clock: Clock, settings: Settings) -> None:
        """Serve as *settings* say; nothing is asked of Slack before :meth:`run`."""
        self._desk = desk
        self._clock = clock
        self._settings = settings
        self._serving: _Serving | None = None
        self._doing: set[asyncio.Future[Any]] = set()
        self._socket: Socket | None = None
        secret = settings.signing_secret
        self._signatures = Signatures(secret) if secret else None
        self._stopping = False
        self._taking = 0

    @property
    def platform(self) -> Platform:
        """The platform's name."""
        return PLATFORM

    @property
    def here(self) -> bool:
        """Whether Slack can tell us what happens."""
        if self._serving is None:
            return False
        return self._socket is None or self._socket.connected

    @property
    def doors(self) -> Sequence[tuple[str, str, Handler]]:
        """What answers requests to our address: their method, their path, and who takes them."""
        if not self._settings.signing_secret:
            return ()
        return [("POST", EVENTS, self.handle), *self._settings.doors]

    async def post(self, post: Post) -> str:
        """Post a message and return the platform's ids of its parts; the same key twice is one message."""
        return await self._sending().post(post)

    async def edit(self, ref: str, post: Post) -> None:
        """Replace what the message *ref* shows."""
        await self._sending().edit(ref, post)

    # ------------------------------------------------------------------------------------------- lifecycle

    async def run(self) -> None:
        """Serve until cancelled, whatever becomes of the connection.

        A token that Slack refuses ends it: no further try would help.
        """
        async with ClientSession() as session:
            try:
                await self._serve(session)
            finally:
                serving, self._serving = self._serving, None
                if serving is not None:
                    await serving.people.aclose()
                    await serving.workspaces.idle()

    async def stop(self) -> None:
        """Take nothing more, and return when what was taken is answered."""
        self._stopping = True
        while self._doing:
            await asyncio.wait(self._doing)
        await self._clock.sleep(ACKNOWLEDGED_SECONDS)
        if self._socket is not None:
            await self._socket.stop()

    async def _serve(self, session: ClientSession) -> None:
        wait = FIRST_RETRY
        while True:
            try:
                self._serving = await self._put_together(session)
                if self._settings.app_token:
                    await self._listen(self._serving.app, session)
                else:
                    log.info("slack_connected", by="signed requests")
                    await self._tend(self._serving.workspaces)
            except FAULTS as error:
                if code_of(error) in _REFUSED:
                    log.warning("slack_token_refused", error=code_of(error), note=REFUSED)
                    return
                meant = delivery_error(error)
                asked = meant.retry_after if isinstance(meant, DeliveryDelayed) else 0.0
                wait = max(asked, min(LONGEST_RETRY, wait * 2))
                log.warning("slack_connection_failed", error=str(meant), again_in=wait)
                await self._clock.sleep(wait)

    async def _put_together(self, session: ClientSession) -> _Serving:
        """Return what serves; asks Slack who we are, so that a wrong token is known at once."""
        settings = self._settings
        workspaces = await self._workspaces(session)
        pictures = Pictures(workspaces, self._desk, session)
        sending = Sending(workspaces, self._desk, self._clock, pictures)
        people = People(workspaces, self._clock)
        replies = Replies(workspaces, sending, session, self._clock, self._begin, lambda: self._taking > MANY)
        reactions = Reactions(workspaces, self._desk, sending, people, self._clock)
        homes = Homes(workspaces, self._desk, people, sending.budgets, self._clock, self._begin)
        app = AsyncApp(
            logger=_quiet,
            name="studyhall",
            signing_secret=settings.signing_secret,
            client=web_client(session, settings.api_url),
            authorize=Authorizing(workspaces),  # type: ignore[arg-type]  # upstream forgot that it may be None
            process_before_response=True,
            # Requests to our address are checked before they are read, and a socket needs no signatures.
            request_verification_enabled=False,
            ssl_check_enabled=False,
            attaching_function_token_enabled=False,
        )
        app.middleware(Taking(self._take))
        app.error(refuse)
        conversation = Conversation(
            self._desk,
            sending,
            replies,
            people,
            reactions,
            homes,
            Files(workspaces, sending, session),
            self._begin,
        )
        return _Serving(app, workspaces, sending, conversation, replies, people)

    async def _workspaces(self, session: ClientSession) -> Workspaces:
        settings = self._settings
        if settings.installations is not None:
            return settings.installations(session)
        one = OneWorkspace(web_client(session, settings.api_url, settings.bot_token))
        known = await one.identify()
        log.info("slack_workspace", team=known.team_id, bot=known.bot_user_id)
        return one

    async def _tend(self, workspaces: Workspaces) -> None:
        """Look after tokens until cancelled; what happens is told by Slack."""
        while True:
            await workspaces.tend()
            await self._clock.sleep(TEND_SECONDS)

    async def _listen(self, app: AsyncApp, session: ClientSession) -> None:
        """Hear what happens over a socket of our own, until cancelled."""
        client = web_client(session, self._settings.api_url)
        self._socket = Socket(app, client, self._settings.app_token, self._desk, self._clock)
        await self._socket.run()
        # A socket that was stopped is not opened again; what was decided is still delivered.
        await asyncio.Event().wait()

    def _sending(self) -> Sending:
        """Return what sends; DeliveryDelayed while there is nobody to send anything to."""
        if self._serving is None:
            message = "Slack is not connected; the message waits."
            raise DeliveryDelayed(message, NOT_HERE_SECONDS, tried=False)
        return self._serving.sending

    def _begin(self, doing: Coroutine[Any, Any, Any]) -> "asyncio.Task[Any]":
        task = asyncio.create_task(self._watched(doing))
        self._doing.add(task)
        task.add_done_callback(self._doing.discard)
        return task

    async def _watched(self, doing: Coroutine[Any, Any, Any]) -> None:
        """Do what goes on after an acknowledgement; nobody else would hear of a fault of it."""
        try:
            await doing
        except FAULTS as error:
            log.warning("slack_not_answered", error=str(delivery_error(error)))
        except DeliveryDelayed as error:
            log.info("slack_answer_left_out", error=str(error))
        except Exception:
            log.exception("slack_answer_failed")

    # -------------------------------------------------------------------------------------- what is heard

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Take a request that Slack signed: an event, a press, a form or a slash command."""
        serving = self._serving
        if serving is None or self._stopping or self._signatures is None:
            return web.Response(status=503)
        body = await request.read()
        if not self._signatures.fits(body, request.headers):
            log.warning("slack_request_refused", reason="its signature is wrong, or it is too old")
            return web.Response(status=401)
        asked = request_of(body)
        if asked is None:
            log.warning("slack_request_refused", reason="it is nothing that Slack would send")
            return web.Response(status=400)
        return await to_aiohttp_response(await dispatched(serving.app, asked))

    async def _take(self, req: AsyncBoltRequest) -> BoltResponse:
        """Take whatever arrived; what is returned acknowledges it."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._doing.add(done)
        self._taking += 1
        try:
            return await self._taken(Asked(req.body, self._clock.now()))
        finally:
            self._taking -= 1
            self._doing.discard(done)
            done.set_result(None)

    async def _taken(self, asked: Asked) -> BoltResponse:
        serving, doing = self._serving, doing_of(asked)
        if serving is None or self._stopping:
            return BoltResponse(status=503)
        if doing is None:
            return BoltResponse(status=200)
        try:
            if isinstance(doing, Removed):
                await self._left(serving, asked.team, doing)
                return BoltResponse(status=200)
            return (await serving.conversation.take(asked, doing)).response
        except StoreError:
            # Not acknowledged: Slack sends an event again, and a person sees that it did not work.
            log.exception("slack_not_saved", event=asked.id)
            return BoltResponse(status=500)
        except FAULTS as error:
            log.warning("slack_not_answered", event=asked.id, error=str(delivery_error(error)))
        except Exception:
            log.exception("slack_interaction_failed", event=asked.id)
            self._begin(self._apologise(serving, asked))
        return BoltResponse(status=200)

    async def _apologise(self, serving: _Serving, asked: Asked) -> None:
        """Say that something broke, to nobody but who asked, and without repeating anything of theirs."""
        if asked.response_url:
            await serving.replies.tell(asked, [refusal(SAY.went_wrong())])

    async def _left(self, serving: _Serving, team: str, removed: Removed) -> None:
        """Learn that a workspace has put us out; tokens of people are none of ours."""
        if removed.bot:
            log.info("slack_left", team=team)
            await serving.workspaces.removed(team)
            if await self._is_out(serving.workspaces, team):
                await self._desk.left(PLATFORM, team)

    async def _is_out(self, workspaces: Workspaces, team: str) -> bool:
        """Tell whether we are out of *team*: what Slack tells again may be older than our token."""
        if self._settings.installations is not None:
            return await workspaces.authorized(team) is None
        try:
            await (await workspaces.client(team)).auth_test()
        except FAULTS:
            return True
        return False
