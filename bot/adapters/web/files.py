"""Files: what people send to their group's decks, and what they take away, each by a request of its own.

A request says who it comes from by the same secret that a window has, in its head and never in its address.
"""

from collections.abc import Awaitable, Callable
from typing import Final, NoReturn
from urllib.parse import quote

from aiohttp import BodyPartReader, web

from bot.adapters.web import inbound, outbound
from bot.adapters.web.conversations import Conversation
from bot.adapters.web.people import People
from bot.core.errors import ContentError
from bot.engine.events import Incoming
from bot.engine.uploads import LARGEST
from bot.wording.web_sentences import SAY

PATH: Final = "/files"
PERSON: Final = "X-Studyhall-Person"
SECRET: Final = "X-Studyhall-Secret"  # noqa: S105 - the name of a header
CHUNK: Final = 64 * 1024
LONGEST_SEQ: Final = 16

Fetch = Callable[[], Awaitable[bytes]]


class Files:
    """Takes files and gives them."""

    def __init__(self, conversation: Conversation, people: People) -> None:
        """Hand what *people* send to *conversation*."""
        self._conversation = conversation
        self._people = people

    async def take(self, request: web.Request) -> web.StreamResponse:
        """Take a file; answer as the frame of a window would be."""
        head = {"person": request.headers.get(PERSON, ""), "secret": request.headers.get(SECRET, "")}
        upload = inbound.read_upload({**request.query, **head})
        if upload is None:
            return _said(400, outbound.refused(None, SAY.not_readable()))
        person = await self._people.known(upload.person, upload.secret)
        if person is None:
            return _said(403, outbound.refused(upload.id, SAY.who_are_you()))
        part = await _first_file(request)
        if part is None:
            return _said(400, outbound.refused(upload.id, SAY.no_file()))
        file = Incoming(part.filename or "", request.content_length or 0, lambda: _content(part))
        return _said(200, await self._conversation.sent(person, upload, file))

    async def give(self, request: web.Request) -> web.StreamResponse:
        """Give the file of a message to whom it was given."""
        head = request.headers
        person = await self._people.known(head.get(PERSON, ""), head.get(SECRET, ""))
        seq = request.match_info["seq"]
        known = person is not None and seq.isascii() and seq.isdecimal() and len(seq) <= LONGEST_SEQ
        found = await self._conversation.file(person, int(seq)) if person is not None and known else None
        if found is None:
            return web.Response(status=404, text=SAY.message_gone())
        name, content = found
        return web.Response(
            body=content,
            headers={
                "Content-Type": "application/octet-stream",
                "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
                "Cache-Control": "no-store",
            },
        )


async def _first_file(request: web.Request) -> BodyPartReader | None:
    """Return the first part of the request that is a file, its content still unread."""
    if not request.content_type.startswith("multipart/"):
        return None
    try:
        async for part in await request.multipart():
            if isinstance(part, BodyPartReader) and part.filename is not None:
                return part
    except ValueError:
        return None
    return None


async def _content(part: BodyPartReader) -> bytes:
    """Return what is in *part*, and no more of it than shows that it is too large."""
    content = bytearray()
    try:
        while len(content) <= LARGEST and (chunk := await part.read_chunk(CHUNK)):
            content += chunk
    except (ValueError, ConnectionError) as error:
        _half(error)
    if len(content) <= LARGEST and not part.at_eof():
        _half(None)
    return bytes(content)


def _half(error: Exception | None) -> NoReturn:
    raise ContentError(SAY.half_a_file()) from error


def _said(status: int, frame: str) -> web.Response:
    return web.Response(
        status=status, text=frame, content_type="application/json", headers={"Cache-Control": "no-store"}
    )
