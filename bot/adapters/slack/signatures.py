"""Signatures: which of the requests to our address are Slack's, and what they hold.

The signature is looked at first. What somebody else sent is never parsed, and what Slack itself has sent is
refused in peace when it is nothing that we know.
"""

import json
from collections.abc import Mapping

from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from yarl import URL


class Signatures:
    """Knows Slack's requests by the secret that we share with it."""

    def __init__(self, secret: str) -> None:
        """Check with *secret*."""
        self._verifier = SignatureVerifier(secret)

    def fits(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """Tell whether Slack has sent *body*, and within the last five minutes."""
        stamp, made = headers.get("X-Slack-Request-Timestamp"), headers.get("X-Slack-Signature")
        try:
            return self._verifier.is_valid(body, stamp, made)
        except (TypeError, ValueError, OverflowError):
            # The SDK takes it for granted that a time is a number of seconds, and that a body is text.
            return False


def request_of(body: bytes) -> AsyncBoltRequest | None:
    """Return what stands in *body* as Bolt has it; None when that is no object.

    It becomes what it would be over a socket: there is nothing left to check, and Bolt's own way to read a
    form takes longer than everything else that is done about a press.
    """
    try:
        found = _read(body.decode())
        return AsyncBoltRequest(body=found, mode="socket_mode") if isinstance(found, dict) else None
    except Exception:  # noqa: BLE001 - Bolt looks deep into a body, and raises at whatever is not as it should be
        return None


def _read(text: str) -> object:
    """Return what *text* says: an object, or a form in which there may be one."""
    if text.startswith("{"):
        whole: object = json.loads(text)
        return whole
    form = dict(URL.build(query_string=text, encoded=True).query)
    found: object = json.loads(form["payload"]) if "payload" in form else form
    return found
