"""Files: what came with a command, and what is given to whoever asked for it.

A file that came lies with Discord, under an address that the command tells; it is fetched from nowhere else.
"""

import re
from base64 import b64decode
from collections.abc import Mapping, Sequence
from typing import Any, Final

import aiohttp
import yarl
from discord import ui
from discord.http import Route

from bot.adapters.discord.callbacks import ear_of
from bot.adapters.discord.inbound import Asked
from bot.adapters.discord.outbound import Part
from bot.core.errors import ContentError
from bot.engine.events import Incoming
from bot.engine.uploads import LARGEST
from bot.wording.discord_notices import SAY
from bot.wording.views import File, View

HOSTS: Final = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
"""Where Discord keeps files."""

FETCH_SECONDS: Final = 30.0
CHUNK: Final = 64 * 1024
LONGEST_NAME: Final = 80

_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+", re.ASCII)
_FINE: Final = 200


def incoming(asked: Asked) -> tuple[Incoming, ...]:
    """Return the files that came with a command, their contents still with Discord."""
    data: Any = asked.data or {}
    found = data.get("resolved", {}).get("attachments", {})
    return tuple(_incoming(asked, one) for one in found.values())


def file_parts(view: View) -> Sequence[Part]:
    """Return the files of *view*, each as a message of its own."""
    return [_part(block) for block in view.blocks if isinstance(block, File)]


def _incoming(asked: Asked, file: Mapping[str, Any]) -> Incoming:
    url = str(file["url"])

    async def fetch() -> bytes:
        return await _fetched(ear_of(asked).session, url)

    return Incoming(str(file["filename"]), int(file["size"]), fetch)


async def _fetched(session: aiohttp.ClientSession, url: str) -> bytes:
    """Return what lies at *url*, and no more of it than shows that it is too large."""
    address = yarl.URL(url)
    if address.host not in HOSTS and address.origin() != yarl.URL(Route.BASE).origin():
        raise ContentError(SAY.file_gone())
    content = bytearray()
    timeout = aiohttp.ClientTimeout(total=FETCH_SECONDS)
    try:
        async with session.get(address, timeout=timeout, allow_redirects=False) as answer:
            if answer.status != _FINE:
                raise ContentError(SAY.file_gone())
            async for chunk in answer.content.iter_chunked(CHUNK):
                content += chunk
                if len(content) > LARGEST:
                    break
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise ContentError(SAY.file_gone()) from error
    return bytes(content)


def _part(file: File) -> Part:
    name = _ODD.sub("-", file.name).strip("-.")[-LONGEST_NAME:] or "file"
    layout = ui.LayoutView(timeout=None)
    layout.add_item(ui.File(f"attachment://{name}"))
    layout.stop()
    return Part(layout, ((name, b64decode(file.data)),))
