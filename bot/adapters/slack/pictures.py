"""Pictures: those of a view, painted and handed to Slack, which shows a file by its id.

A message never waits long for a picture, and never fails for one: what cannot be shown is there as text.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import aiohttp
import structlog

from bot.adapters.slack.desk import Desk
from bot.adapters.slack.workspaces import Workspaces
from bot.engine.recent import Recent
from bot.wording.pictures import Facts
from bot.wording.plain import pictures_in
from bot.wording.views import View

SECONDS: Final = 8.0
"""How long a picture may take, from the first line to Slack's word that it is there."""

READY_TRIES: Final = 6
READY_SECONDS: Final = 0.3
KEPT: Final = 500

log = structlog.get_logger(__name__)


def has_pictures(view: View) -> bool:
    """Tell whether *view* shows a picture."""
    return next(pictures_in(view.blocks), None) is not None


class Pictures:
    """Hands pictures over, the same picture once in each workspace."""

    def __init__(self, workspaces: Workspaces, desk: Desk, session: aiohttp.ClientSession) -> None:
        """Have them painted by *desk*, and send them over *session*."""
        self._workspaces = workspaces
        self._desk = desk
        self._session = session
        self._files: Recent[tuple[str, Facts], str] = Recent(KEPT)

    async def handed_over(self, team: str, view: View) -> Mapping[Facts, str]:
        """Return Slack's ids of the pictures of *view* that it has, by their facts."""
        facts = [picture.facts for picture in pictures_in(view.blocks)]
        if not facts:
            return {}
        found = await asyncio.gather(*(self._handed_over(team, view, one) for one in facts))
        return {one: id_ for one, id_ in zip(facts, found, strict=True) if id_}

    async def _handed_over(self, team: str, view: View, facts: Facts) -> str:
        shown = replace(facts, title="") if facts.title == view.title else facts
        known = self._files.get((team, shown))
        if known is not None:
            return known
        try:
            async with asyncio.timeout(SECONDS):
                id_ = await self._hand_over(team, await self._desk.paint(shown))
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a picture, its text is there
            log.warning("slack_picture_failed", picture=facts.type, error=f"{type(error).__name__}: {error}")
            return ""
        self._files.put((team, shown), id_)
        return id_

    async def _hand_over(self, team: str, png: bytes) -> str:
        """Send *png* to Slack, and return its id once it can be shown."""
        client = await self._workspaces.client(team)
        place: Any = await client.files_getUploadURLExternal(filename="picture.png", length=len(png))
        async with self._session.post(place["upload_url"], data=png) as answer:
            answer.raise_for_status()
        id_ = str(place["file_id"])
        await client.files_completeUploadExternal(files=[{"id": id_, "title": "picture"}])
        for _ in range(READY_TRIES):
            info: Any = await client.files_info(file=id_)
            # Slack looks at a picture before it shows it, and knows its size afterwards.
            if info["file"].get("original_w") or info["file"].get("mimetype"):
                return id_
            await asyncio.sleep(READY_SECONDS)
        return id_
