"""Requests to an application that has an address: signed, and answered within three seconds."""

import asyncio
import hashlib
import hmac
import json
import time
from typing import Final
from urllib.parse import urlencode

import aiohttp
import yarl

from tests.emulators.slack.applications import Application
from tests.emulators.slack.fates import EventFate
from tests.emulators.slack.parcels import TIMEOUT, Kind, Outcome, Parcel
from tests.emulators.slack.traffic import Body, Dispatch, Traffic
from tests.emulators.slack.worlds import World

JSON: Final = "application/json"
FORM: Final = "application/x-www-form-urlencoded"
_LOWEST_REFUSAL: Final = 300
_NOWHERE: Final = yarl.URL("http://nowhere/")


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return how Slack signs a request."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


def packed(parcel: Parcel) -> tuple[bytes, str]:
    """Return the body of a request, and of what type it is."""
    match parcel.kind:
        case Kind.EVENT:
            return json.dumps(parcel.payload).encode(), JSON
        case Kind.COMMAND:
            return urlencode(parcel.payload).encode(), FORM
        case Kind.INTERACTIVE | Kind.SUGGESTION:
            # Several times as fast as urlencode, which is felt with thousands of presses.
            said = {"payload": json.dumps(parcel.payload)}
            return _NOWHERE.with_query(said).raw_query_string.encode(), FORM


class Posts:
    """Carries parcels to applications that have an address."""

    def __init__(self, world: World, traffic: Traffic) -> None:
        self._world = world
        self._traffic = traffic
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close every connection."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def carry(
        self, parcel: Parcel, attempt: int, reason: str, fate: EventFate, seconds: float
    ) -> Outcome:
        """Send *parcel*, and return what came of it."""
        body, type_ = packed(parcel)
        headers = self.signed(parcel.app, body, type_)
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        tries = [self._post(parcel, body, headers, attempt, reason, seconds) for _ in range(fate.times)]
        if len(tries) == 1:
            return await tries[0]
        return (await asyncio.gather(*tries))[0]

    def signed(
        self, app: Application, body: bytes, type_: str, *, secret: str | None = None, at: float | None = None
    ) -> dict[str, str]:
        """Return the headers of a request, as the application would have them unless it is forged."""
        # An application compares the time with its own clock, which no test moves.
        stamp = str(int(time.time() if at is None else at))
        made = signature(app.signing_secret if secret is None else secret, stamp, body)
        return {
            "Content-Type": type_,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": made,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        }

    async def send(
        self, app: Application, body: bytes, headers: dict[str, str], seconds: float
    ) -> tuple[int, Body, bool]:
        """Send a request; return the status and the body of its answer, and whether it wants no more."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=False)
        timeout = aiohttp.ClientTimeout(total=seconds)
        url = app.request_url or ""
        async with self._session.post(
            url, data=body, headers=headers, timeout=timeout, allow_redirects=False
        ) as answer:
            text = await answer.text()
            no_more = answer.headers.get("X-Slack-No-Retry") == "1"
            return answer.status, _read(answer.content_type, text), no_more

    async def _post(
        self, parcel: Parcel, body: bytes, headers: dict[str, str], attempt: int, reason: str, seconds: float
    ) -> Outcome:
        began, dispatch = asyncio.get_running_loop().time(), self._record(parcel, attempt, reason)
        try:
            status, said, final = await self.send(parcel.app, body, headers, seconds)
        except TimeoutError:
            return TIMEOUT
        except (aiohttp.ClientError, OSError):
            return Outcome("connection_failed")
        if dispatch is not None:
            dispatch.seconds = asyncio.get_running_loop().time() - began
            dispatch.status, dispatch.answer = status, said
        self._world.bell.ring()
        if status >= _LOWEST_REFUSAL:
            return Outcome("http_error", final=final)
        return Outcome(body=said)

    def _record(self, parcel: Parcel, attempt: int, reason: str) -> Dispatch | None:
        self._traffic.events += 1
        if not self._traffic.recording:
            return None
        at, id_ = self._world.now.seconds(), str(parcel.payload.get("event_id", ""))
        more = (parcel.payload, attempt, reason)
        one = Dispatch(at, parcel.app.id, "http", parcel.kind, parcel.type, id_, *more)
        self._traffic.entries.append(one)
        return one


def _read(content_type: str, text: str) -> Body:
    if not text:
        return None
    if content_type == JSON:
        read: Body = json.loads(text)
        return read
    return text
