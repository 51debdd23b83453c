"""Callbacks: how an interaction is acknowledged, which is what whoever pressed waits for.

discord.py asks for each message that it answers with, and reads the whole of it. Nobody needs that here, and
when a thousand people press at once it is most of the work. So this takes discord.py's own request, with its
retries, one step below its methods.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from discord import InteractionResponseType
from discord.http import Route
from discord.webhook.async_ import async_context

from bot.adapters.discord.inbound import Asked
from bot.adapters.discord.outbound import parts_of
from bot.wording.views import View

Payload = Mapping[str, Any]
"""A part of what Discord is sent."""

EPHEMERAL: Final = 1 << 6
COMPONENTS: Final = 1 << 15
VIEWS_KEPT: Final = 500
"""Few sentences are said again and again: a thousand people get four different confirmations."""

_ANSWERED: Final = "answered"
_NOBODY: Final = {"parse": []}


def is_acknowledged(asked: Asked) -> bool:
    """Tell whether *asked* was acknowledged, by what is here or by discord.py."""
    return _ANSWERED in asked.extras or asked.response.is_done()


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


def components_of(view: View, marker: int) -> Sequence[Payload] | None:
    """Return *view*, which has no pictures, as the components of a message; None when it needs several."""
    written = _written(view)
    return None if written is None else [{**written, "id": marker}]


@lru_cache(VIEWS_KEPT)
def _written(view: View) -> Payload | None:
    """Return the one container that *view* is written in."""
    parts = parts_of(view, marker=1, drawn={})
    components = parts[0].layout.to_components()
    return components[0] if len(parts) == len(components) == 1 else None


async def _call_back(asked: Asked, kind: InteractionResponseType, data: Payload | None) -> None:
    route = Route(
        "POST",
        "/interactions/{webhook_id}/{webhook_token}/callback",
        webhook_id=asked.id,
        webhook_token=asked.token,
    )
    http = asked.client.http
    await async_context.get().request(
        route,
        asked._session,  # noqa: SLF001 - discord.py's own requests take it too; the version is pinned
        payload={"type": kind.value, "data": data} if data else {"type": kind.value},
        proxy=http.proxy,
        proxy_auth=http.proxy_auth,
    )
    asked.extras[_ANSWERED] = True
