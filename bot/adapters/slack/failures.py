"""Failures: what a fault of Slack's means for a message of ours."""

import asyncio
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.core.errors import DeliveryDelayed, DeliveryError, DeliveryRefused, DeliveryUnknown

BUSY_SECONDS: Final = 30.0
"""How long to leave Slack alone when it does not say how long."""

_BUSY: Final = 429
_OUT_OF_ORDER: Final = 500


class NotInstalledError(SlackClientError):
    """A workspace is not, or no longer, one that we are installed in."""


FAULTS: Final = (SlackClientError, aiohttp.ClientError, OSError, asyncio.TimeoutError)
"""Whatever a request to Slack may raise."""

NOT_LET: Final = {
    "channel_not_found": "the channel is gone, or it is private and I am not in it",
    "not_in_channel": "I am not in the channel: invite me there",
    "is_archived": "the channel is archived",
    "restricted_action": "the workspace lets only some people post in the channel",
    "missing_scope": "I lack a permission: install me again from the current manifest",
    "message_not_found": "the message is gone",
    "account_inactive": "I was removed from the workspace",
    "token_revoked": "I was removed from the workspace",
    "invalid_auth": "Slack refuses my token",
}
"""Slack's codes for what an organiser can mend; the rest is told in Slack's words."""

_PASSING: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack's codes for trouble of its own."""

_EXPIRED: Final = frozenset({"token_expired"})


def delivery_error(error: BaseException) -> DeliveryError:
    """Return what *error*, one of :data:`FAULTS`, means: for good, not now, or nobody knows."""
    if isinstance(error, NotInstalledError):
        return DeliveryRefused("I am not installed in the workspace: install me there again.")
    if not isinstance(error, SlackApiError):
        said = str(error) or type(error).__name__
        return DeliveryUnknown(f"The connection to Slack failed: it has happened, or it has not ({said}).")
    code, status = code_of(error), status_of(error)
    if status == _BUSY or code == "ratelimited":
        return DeliveryDelayed("Slack asks us to wait.", retry_after(error))
    if status >= _OUT_OF_ORDER or code in _PASSING:
        return DeliveryUnknown(f"Slack is out of order ({code or status}): it has happened, or it has not.")
    if code in _EXPIRED:
        return DeliveryDelayed("The token has expired and is being renewed.", 1.0)
    return DeliveryRefused(NOT_LET.get(code) or f"Slack refuses it: {code or status}{_details(error)}")


def code_of(error: BaseException) -> str:
    """Return Slack's word for what went wrong, "" when it said none."""
    return str(_body(error).get("error", ""))


def status_of(error: BaseException) -> int:
    """Return the status of Slack's answer, 0 when there was none."""
    response: Any = getattr(error, "response", None)
    return int(getattr(response, "status_code", 0) or 0)


def retry_after(error: BaseException) -> float:
    """Return for how many seconds Slack asks to be left alone."""
    response: Any = getattr(error, "response", None)
    headers = getattr(response, "headers", None) or {}
    said = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    return float(said) if str(said).isdecimal() else BUSY_SECONDS


def _details(error: BaseException) -> str:
    """Return what Slack found wrong in blocks: places and limits, never what stands there."""
    messages = (_body(error).get("response_metadata") or {}).get("messages") or ()
    return "".join(f"; {message}" for message in messages)


def _body(error: BaseException) -> dict[str, Any]:
    response: Any = getattr(error, "response", None)
    body = getattr(response, "data", response)
    return body if isinstance(body, dict) else {}
