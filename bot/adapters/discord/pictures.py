"""Pictures: those of a view as PNG.

A message never waits long for a picture, and never fails for one: what cannot be painted is shown as text.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import structlog

from bot.adapters.discord.desk import Desk
from bot.wording.pictures import Facts
from bot.wording.plain import pictures_in
from bot.wording.views import View

PAINT_SECONDS: Final = 4.0

log = structlog.get_logger(__name__)


def has_pictures(view: View) -> bool:
    """Tell whether *view* shows a picture."""
    return next(pictures_in(view.blocks), None) is not None


async def painted(desk: Desk, view: View) -> Mapping[Facts, bytes]:
    """Return the pictures of *view* that could be painted, by their facts."""
    facts = [picture.facts for picture in pictures_in(view.blocks)]
    found = [(one, await _painted(desk, _in_card(view, one))) for one in facts]
    return {one: png for one, png in found if png is not None}


def _in_card(view: View, facts: Facts) -> Facts:
    """Return *facts* as they are painted inside *view*, which may have said their title already."""
    return replace(facts, title="") if facts.title == view.title else facts


async def _painted(desk: Desk, facts: Facts) -> bytes | None:
    try:
        async with asyncio.timeout(PAINT_SECONDS):
            return await desk.paint(facts)
    except Exception:
        # Whatever is wrong with a picture, its text is there.
        log.exception("discord_picture_failed", picture=facts.type)
        return None
