"""Examinations: whether this app could serve, and what is missing, asked of Slack without connecting."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from aiohttp import ClientSession

from bot.adapters.slack.failures import FAULTS, code_of, delivery_error
from bot.adapters.slack.scopes import SCOPES
from bot.adapters.slack.settings import Settings
from bot.adapters.slack.workspaces import web_client
from bot.engine.findings import Finding

MOST_OFF: Final = timedelta(seconds=2)
"""By how much our clock may differ from Slack's; the date that Slack tells has no parts of a second."""

Now = Callable[[], datetime]

_COPY_XOXB: Final = "Copy the token that begins with xoxb- into SLACK_BOT_TOKEN."


async def examined(settings: Settings, now: Now) -> list[Finding]:
    """Return what was found of the tokens, the scopes and the clock."""
    async with ClientSession() as session:
        found = [finding async for finding in _bot(session, settings, now)] if settings.bot_token else []
        if settings.app_token:
            found.append(await _socket(session, settings))
        return found


async def _bot(session: ClientSession, settings: Settings, now: Now) -> AsyncIterator[Finding]:
    client = web_client(session, settings.api_url, settings.bot_token)
    try:
        answer: Any = await client.auth_test()
    except FAULTS as error:
        yield _failed("Slack bot token", error, _COPY_XOXB)
        return
    if not answer.get("bot_id"):
        yield Finding("Slack bot token", fine=False, seen="It is no bot's token.", mend=_COPY_XOXB)
        return
    yield Finding("Slack bot token", fine=True, seen=f"It is {answer['user']}'s in {answer['team']}.")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield _scopes(headers.get("x-oauth-scopes", ""))
    yield _clock(headers.get("date", ""), now())


def _scopes(granted: str) -> Finding:
    there = {scope.strip() for scope in granted.split(",")}
    missing = [scope for scope in SCOPES if scope not in there]
    if not missing:
        return Finding("Slack scopes", fine=True, seen="All are there.")
    mend = "Paste deploy/slack-manifest.yaml into the app's settings and install it again."
    return Finding("Slack scopes", fine=False, seen=f"Missing: {', '.join(missing)}.", mend=mend)


async def _socket(session: ClientSession, settings: Settings) -> Finding:
    about = "Slack app token"
    try:
        client = web_client(session, settings.api_url)
        await client.apps_connections_open(app_token=settings.app_token)
    except FAULTS as error:
        return _failed(about, error, "Copy the token that begins with xapp- into SLACK_APP_TOKEN.")
    return Finding(about, fine=True, seen="Slack lets us connect a socket with it.")


def _failed(about: str, error: BaseException, mend: str) -> Finding:
    if code := code_of(error):
        return Finding(about, fine=False, seen=f"Slack refuses it: {code}.", mend=mend)
    mend = "Look whether this machine reaches Slack, and try again."
    return Finding(about, fine=False, seen=str(delivery_error(error)), mend=mend)


def _clock(told: str, ours: datetime) -> Finding:
    """Compare our clock with Slack's: answers are timed by Slack's, windows by ours."""
    try:
        off = abs(ours - parsedate_to_datetime(told).astimezone(UTC))
    except ValueError:
        return Finding("Clock", fine=True, seen="Slack told no time to compare it with.")
    if off <= MOST_OFF:
        return Finding("Clock", fine=True, seen=f"It is within {off.total_seconds():.0f} s of Slack's.")
    mend = "Let this machine set its clock from the network (NTP)."
    return Finding("Clock", fine=False, seen=f"It is {off.total_seconds():.0f} s off Slack's.", mend=mend)
