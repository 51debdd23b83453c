"""Files: what people share with a line for us or put into our form, and what they are given.

A file of Slack's is fetched with our own token, so from nowhere else than Slack: whoever sent an address of
their own would be told the token.
"""

from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from bot.adapters.slack.addresses import user_of
from bot.adapters.slack.failures import FAULTS
from bot.adapters.slack.inbound import Asked
from bot.adapters.slack.sending import Sending
from bot.adapters.slack.workspaces import Workspaces
from bot.core.errors import ContentError
from bot.engine.events import Incoming
from bot.engine.uploads import LARGEST, MOST_FILES
from bot.wording.slack_notices import SAY
from bot.wording.views import File

HOSTS: Final = frozenset({"files.slack.com", "slack-files-gov.com", "files.slack-gov.com"})
"""Where Slack keeps files."""

FETCH_SECONDS: Final = 30.0
CHUNK: Final = 64 * 1024
_FINE: Final = 200

Payload = Mapping[str, Any]


def files_in(values: Payload) -> list[Payload]:
    """Return the files that were put into a form, as Slack describes them."""
    found: list[Payload] = []
    for block in values.values():
        for element in block.values() if isinstance(block, dict) else ():
            listed = element.get("files") if isinstance(element, dict) else None
            found += [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    return found


class Files:
    """Fetches files, and hands them over."""

    def __init__(self, workspaces: Workspaces, sending: Sending, session: aiohttp.ClientSession) -> None:
        """Fetch over *session*, and send to people by *sending*."""
        self._workspaces = workspaces
        self._sending = sending
        self._session = session

    def incoming(self, team: str, described: Sequence[Payload]) -> tuple[Incoming, ...]:
        """Return files of *team* as Slack *described* them, their contents still there."""
        return tuple(self._incoming(team, one) for one in described[: MOST_FILES + 1])

    async def give(self, asked: Asked, file: File) -> None:
        """Hand *file* to whoever *asked*, in their direct messages with us."""
        client = await self._workspaces.client(asked.team)
        data = b64decode(file.data)
        place: Any = await client.files_getUploadURLExternal(filename=file.name, length=len(data))
        async with self._session.post(place["upload_url"], data=data) as answer:
            answer.raise_for_status()
        direct = await self._sending.direct(asked.team, user_of(asked.account.id))
        await client.files_completeUploadExternal(
            files=[{"id": str(place["file_id"]), "title": file.name}], channel_id=direct
        )

    def _incoming(self, team: str, described: Payload) -> Incoming:
        size = described.get("size")
        return Incoming(
            str(described.get("name") or ""),
            size if isinstance(size, int) else 0,
            lambda: self._fetched(team, described),
        )

    async def _fetched(self, team: str, described: Payload) -> bytes:
        """Return the content of a file, and no more of it than shows that it is too large."""
        try:
            client = await self._workspaces.client(team)
            url = next(_addresses(described), "")
            if not url and described.get("id"):
                known: Any = await client.files_info(file=str(described["id"]))
                url = next(_addresses(known["file"]), "")
            if not _is_slacks(url, client.base_url):
                raise ContentError(SAY.file_gone())
            return await self._content(url, str(client.token))
        except (*FAULTS, TimeoutError) as error:
            raise ContentError(SAY.file_gone()) from error

    async def _content(self, url: str, token: str) -> bytes:
        content = bytearray()
        timeout = aiohttp.ClientTimeout(total=FETCH_SECONDS)
        head = {"Authorization": f"Bearer {token}"}
        async with self._session.get(url, headers=head, timeout=timeout, allow_redirects=False) as answer:
            # Without the scope Slack sends people to its page for signing in.
            if answer.status != _FINE:
                raise ContentError(SAY.file_gone())
            async for chunk in answer.content.iter_chunked(CHUNK):
                content += chunk
                if len(content) > LARGEST:
                    break
        return bytes(content)


def _addresses(described: Payload) -> Iterator[str]:
    for name in ("url_private_download", "url_private"):
        if isinstance(described.get(name), str):
            yield str(described[name])


def _is_slacks(url: str, base: str) -> bool:
    """Tell whether *url* is Slack's, or of the same origin as what stands in for it."""
    there, ours = urlsplit(url), urlsplit(base)
    official = there.scheme == "https" and there.hostname in HOSTS
    return official or (there.scheme, there.netloc) == (ours.scheme, ours.netloc)
