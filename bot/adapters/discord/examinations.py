"""Examinations: whether this bot could serve, and what is missing, asked of Discord without connecting."""

from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

import aiohttp
from discord import AutoShardedClient, LoginFailure, Permissions
from discord.http import Route

from bot.adapters.discord.addresses import serve_api
from bot.adapters.discord.commands import commands as wanted_commands
from bot.adapters.discord.commands import registered, same
from bot.adapters.discord.failures import FAULTS, delivery_error
from bot.adapters.discord.gateway import INTENTS
from bot.adapters.discord.permissions import invite_link, lacking
from bot.engine.findings import Finding

MOST_OFF: Final = timedelta(seconds=2)
"""By how much our clock may differ from Discord's; the date that Discord tells has no parts of a second."""

SERVERS_LOOKED_AT: Final = 200

Now = Callable[[], datetime]


async def examined(*, token: str, api_url: str | None, guild: int | None, now: Now) -> list[Finding]:
    """Return what was found of the token, the intents, the servers, the commands and the clock."""
    if api_url is not None:
        serve_api(api_url)
    client = AutoShardedClient(intents=INTENTS)
    try:
        await client.login(token)
        return [finding async for finding in _found(client, guild, now)]
    except LoginFailure:
        mend = "Copy the bot's token from the developer portal into DISCORD_TOKEN."
        return [Finding("Discord token", fine=False, seen="Discord refuses it.", mend=mend)]
    except FAULTS as error:
        mend = "Look whether this machine reaches Discord, and try again."
        return [Finding("Discord", fine=False, seen=str(delivery_error(error)), mend=mend)]
    finally:
        await client.close()


async def _found(client: AutoShardedClient, guild: int | None, now: Now) -> AsyncIterator[Finding]:
    application = client.application_id or 0
    yield Finding("Discord token", fine=True, seen=f"It is that of {client.user}.")
    yield Finding("Discord intents", fine=True, seen="None that is privileged is asked for.")
    yield _endpoint(await client.http.request(Route("GET", "/applications/@me")))
    for one in await client.http.get_guilds(SERVERS_LOOKED_AT):
        yield _server(one, application)
    yield _commands(same(await registered(client, application, guild), wanted_commands()))
    yield await _clock(now)


def _endpoint(application: Mapping[str, Any]) -> Finding:
    """Tell whether interactions come through the gateway: given an address, Discord sends them there."""
    about = "Discord interactions"
    if not application.get("interactions_endpoint_url"):
        return Finding(about, fine=True, seen="They come through the gateway.")
    mend = "Empty Interactions Endpoint URL in the developer portal, under General Information."
    return Finding(about, fine=False, seen="Discord sends them to a web address instead of to us.", mend=mend)


def _server(server: Mapping[str, Any], application: int) -> Finding:
    about = f"Discord server {server['name']}"
    missing = lacking(Permissions(int(server.get("permissions", 0))), thread=False)
    if not missing:
        return Finding(about, fine=True, seen="All permissions are there, unless a channel takes one away.")
    named = ", ".join(name.replace("_", " ") for name in missing)
    mend = f"Open {invite_link(application)} and grant it."
    return Finding(about, fine=False, seen=f"Missing: {named}.", mend=mend)


def _commands(as_they_should: bool) -> Finding:  # noqa: FBT001 - its name says it
    about = "Discord commands"
    if as_they_should:
        return Finding(about, fine=True, seen="They are registered as this version has them.")
    mend = "Start Study Hall: it registers them by itself."
    return Finding(about, fine=False, seen="They are not those of this version.", mend=mend)


async def _clock(now: Now) -> Finding:
    """Compare our clock with Discord's: answers are timed by Discord's, windows by ours."""
    about = "Clock"
    async with aiohttp.ClientSession() as session, session.get(f"{Route.BASE}/gateway") as answer:
        told = answer.headers.get("Date", "")
    ours = now()
    try:
        off = abs(ours - parsedate_to_datetime(told).astimezone(UTC))
    except ValueError:
        return Finding(about, fine=True, seen="Discord told no time to compare it with.")
    seen = f"It is within {off.total_seconds():.0f} s of Discord's."
    if off <= MOST_OFF:
        return Finding(about, fine=True, seen=seen)
    mend = "Let this machine set its clock from the network (NTP)."
    return Finding(about, fine=False, seen=f"It is {off.total_seconds():.0f} s off Discord's.", mend=mend)
