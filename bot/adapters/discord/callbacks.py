"""Callbacks: how an interaction is acknowledged, which is what whoever pressed waits for, and what follows.

discord.py asks for each message that it answers with, and reads the whole of it. Nobody needs that here, and
when a thousand people press at once it is most of the work. So this sends the two requests itself.

What follows is sent once. discord.py would send it again when Discord says that it is out of order; but this
has no nonce, and nobody can look whether it is there.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import aiohttp
from discord import AllowedMentions, HTTPException, InteractionResponseType, MessageFlags, NotFound
from discord.http import MultipartParameters, Route, handle_message_parameters, json_or_text

from bot.adapters.discord.failures import FAULTS
from bot.adapters.discord.inbound import Asked
from bot.adapters.discord.outbound import Part, files_of, parts_of
from bot.wording.views import View

Payload = Mapping[str, Any]
"""A part of what Discord is sent."""

EPHEMERAL: Final = 1 << 6
COMPONENTS: Final = 1 << 15
VIEWS_KEPT: Final = 500
"""Few sentences are said again and again: a thousand people get four different confirmations."""

_REFUSED: Final = 300
_GONE: Final = 404
_BUSY: Final = 429
_OUT_OF_ORDER: Final = 500
_ACKNOWLEDGED: Final = 40060
_PAUSES: Final = (0.1, 0.3, 0.6)
"""Seconds between tries: whoever pressed waits for three."""

LONGEST_WAIT: Final = 2.0
_ANSWERED: Final = "answered"
_NOBODY: Final[Payload] = {"parse": []}


@dataclass(frozen=True, slots=True)
class Ear:
    """How to say more to whoever did something at *since*: for a quarter of an hour, and to nobody else.

    It is a part of the interaction, which is a hundred times as large, and kept by the thousand.
    """

    application: int
    token: str
    session: aiohttp.ClientSession
    since: datetime


def ear_of(asked: Asked) -> Ear:
    """Return how to say more to whoever *asked*, once that is acknowledged."""
    session = asked._session  # noqa: SLF001 - discord.py's own requests take it too; the version is pinned
    return Ear(asked.application_id, asked.token, session, asked.created_at)


async def is_acknowledged(asked: Asked) -> bool:
    """Tell whether *asked* was acknowledged, by what is here or by discord.py; wait for it if it just is."""
    acknowledging = asked.extras.get(_ANSWERED)
    if acknowledging is None:
        return asked.response.is_done()
    await asyncio.wait((acknowledging,))
    return not acknowledging.cancelled() and acknowledging.exception() is None


async def defer(asked: Asked, *, thinking: bool) -> None:
    """Acknowledge; *thinking* shows its sender alone that an answer comes, and else nothing shows."""
    if thinking:
        kind = InteractionResponseType.deferred_channel_message
        await _call_back(asked, kind, {"flags": EPHEMERAL})
    else:
        await _call_back(asked, InteractionResponseType.deferred_message_update, None)


async def whisper(asked: Asked, components: Sequence[Payload]) -> None:
    """Acknowledge with a message of *components* that its sender alone sees."""
    data = {
        "components": components,
        "flags": EPHEMERAL | COMPONENTS,
        "allowed_mentions": _NOBODY,
    }
    await _call_back(asked, InteractionResponseType.channel_message, data)


async def follow(ear: Ear, part: Part) -> None:
    """Say *part* into *ear*, at most once.

    Raises HTTPException, after which it may be there or not unless the status is below 500.
    """
    with handle_message_parameters(
        view=part.layout,
        files=files_of(part),
        flags=MessageFlags(ephemeral=True),
        allowed_mentions=AllowedMentions.none(),
    ) as said:
        address = f"{Route.BASE}/webhooks/{ear.application}/{ear.token}"
        for wait in (*_PAUSES, None):
            form = _form(said)
            payload = None if form else said.payload
            async with ear.session.post(address, json=payload, data=form) as response:
                if response.status < _REFUSED:
                    return
                kind = NotFound if response.status == _GONE else HTTPException
                refused = kind(response, await json_or_text(response))
            if response.status != _BUSY or wait is None:
                raise refused
            # Discord did not even look at it, so it is not there.
            await asyncio.sleep(_wait_for(response, wait))


async def rewrite(ear: Ear, components: Sequence[Payload]) -> None:
    """Let what an interaction was acknowledged with say something else."""
    address = f"{Route.BASE}/webhooks/{ear.application}/{ear.token}/messages/@original"
    payload = {"components": components, "flags": COMPONENTS, "allowed_mentions": _NOBODY}
    await _insist(ear.session, "PATCH", address, payload)


def _form(said: MultipartParameters) -> aiohttp.FormData | None:
    """Return what was *said* as a form, which files need."""
    if not said.multipart:
        return None
    form = aiohttp.FormData(quote_fields=False)
    for field in said.multipart:
        form.add_field(**field)
    return form


def components_of(view: View, marker: int) -> Sequence[Payload] | None:
    """Return *view*, which has no pictures, as the components of a message; None when it needs several."""
    written = _written(view)
    return None if written is None else [{**written, "id": marker}]


@lru_cache(VIEWS_KEPT)
def _written(view: View) -> Payload | None:
    """Return the one container that *view* is written in."""
    parts = parts_of(view, marker=1, drawn={})
    components: Sequence[Payload] = parts[0].layout.to_components()  # type: ignore[no-untyped-call]  # upstream forgot it
    return components[0] if len(parts) == len(components) == 1 else None


async def _call_back(asked: Asked, kind: InteractionResponseType, data: Payload | None) -> None:
    """Acknowledge, once: whoever comes meanwhile waits in :func:`is_acknowledged` for what became of it."""
    payload = {"type": kind.value, "data": data} if data else {"type": kind.value}
    acknowledging = asyncio.ensure_future(_acknowledge(asked, payload))
    asked.extras[_ANSWERED] = acknowledging
    try:
        await asyncio.shield(acknowledging)
    except FAULTS:
        del asked.extras[_ANSWERED]
        raise


async def _acknowledge(asked: Asked, payload: Payload) -> None:
    address = f"{Route.BASE}/interactions/{asked.id}/{asked.token}/callback"
    await _insist(asked.followup.session, "POST", address, payload)


async def _insist(session: aiohttp.ClientSession, method: str, address: str, payload: Payload) -> None:
    """Send a request that Discord carries out once, again when it is not known whether it arrived.

    Whoever pressed waits for three seconds, so there are few tries, one soon after the other.
    """
    unknown = False
    for wait in (*_PAUSES, None):
        try:
            async with session.request(method, address, json=payload) as response:
                if response.status < _REFUSED:
                    return
                refused = HTTPException(response, await json_or_text(response))
        except (aiohttp.ClientError, OSError):
            if wait is None:
                raise
            unknown = True
            await asyncio.sleep(wait)
            continue
        if unknown and refused.code == _ACKNOWLEDGED:
            return  # by a try of ours whose answer was lost
        unknown = unknown or response.status >= _OUT_OF_ORDER
        if wait is None or not (response.status >= _OUT_OF_ORDER or response.status == _BUSY):
            raise refused
        await asyncio.sleep(_wait_for(response, wait))


def _wait_for(response: aiohttp.ClientResponse, least: float) -> float:
    """Return how long to wait before the next try, as Discord says it if it does."""
    try:
        return min(LONGEST_WAIT, float(response.headers["Retry-After"]))
    except (KeyError, ValueError):
        return least
