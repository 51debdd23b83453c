"""Bolts: how Slack's framework is held together with ours.

Bolt finds the arguments of plain functions by their names; what has state is a class of Bolt's own kinds.
"""

from collections.abc import Awaitable, Callable

import structlog
from slack_bolt import BoltResponse
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.async_context import AsyncBoltContext
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.adapters.slack.workspaces import Workspaces

log = structlog.get_logger(__name__)


class Authorizing(AsyncAuthorize):
    """Says who we are in a workspace. Where we are not installed nothing is done."""

    def __init__(self, workspaces: Workspaces) -> None:
        """Look into *workspaces*."""
        self._workspaces = workspaces

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        actor_enterprise_id: str | None = None,
        actor_team_id: str | None = None,
        actor_user_id: str | None = None,
    ) -> AuthorizeResult | None:
        """Return who we are in *team_id*, None where we are not installed."""
        del context, enterprise_id, user_id, actor_enterprise_id, actor_team_id, actor_user_id
        found = await self._workspaces.authorized(team_id) if team_id else None
        if found is None:
            log.warning("slack_foreign_workspace", team=team_id)
        return found


class Taking(AsyncMiddleware):
    """Takes everything that arrives, in the place of listeners."""

    def __init__(self, take: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]]) -> None:
        """Let *take* acknowledge it."""
        self._take = take

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,
        next: Callable[[], Awaitable[BoltResponse]],  # noqa: A002 - upstream's name
    ) -> BoltResponse:
        """Return the acknowledgement of *req*; nothing comes after this."""
        del resp, next
        return await self._take(req)


async def refuse(error: Exception) -> BoltResponse:
    """Refuse a payload at whose parts Bolt itself stumbles: it is none of Slack's."""
    log.warning(
        "slack_request_refused", reason="it is nothing that Slack would send", fault=type(error).__name__
    )
    return BoltResponse(status=400)


async def dispatched(app: AsyncApp, request: AsyncBoltRequest) -> BoltResponse:
    """Let *app* answer *request*; whatever Bolt stumbles over, even while it handles an error, is refused."""
    try:
        return await app.async_dispatch(request)
    except Exception as error:  # noqa: BLE001 - what we do ourselves raises nothing, and Bolt anything
        return await refuse(error)
