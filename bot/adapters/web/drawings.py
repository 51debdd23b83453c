"""Drawings: the pictures of a view as SVG, made once for all who will see them.

A message never waits long for a picture, and never fails for one: what cannot be drawn is shown as text.
"""

import asyncio
from dataclasses import replace
from typing import Final

import structlog

from bot.adapters.web.desk import Desk
from bot.adapters.web.outbound import Drawing, Drawings
from bot.wording.pictures import Facts
from bot.wording.plain import pictures_in
from bot.wording.views import Picture, View

WIDE: Final = 480
NARROW: Final = 360
"""As wide as a phone, whose letters would be too small in a wide picture."""

log = structlog.get_logger(__name__)


async def drawn(desk: Desk, view: View, within: float) -> Drawings:
    """Return the pictures of *view* in order, each drawn in *within* seconds; None for one that was not."""
    pictures = pictures_in(view.blocks)
    return tuple([await _drawn(desk, view, picture, within) for picture in pictures])


def in_card(view: View, facts: Facts) -> Facts:
    """Return *facts* as they are drawn inside the card of *view*, which may have said their title already."""
    return replace(facts, title="") if facts.title == view.title else facts


async def _drawn(desk: Desk, view: View, picture: Picture, within: float) -> Drawing | None:
    facts = in_card(view, picture.facts)
    try:
        async with asyncio.timeout(within):
            return Drawing(wide=await desk.draw(facts, WIDE), narrow=await desk.draw(facts, NARROW))
    except Exception:
        # Whatever is wrong with a picture, its text is there.
        log.exception("web_picture_failed", picture=facts.type)
        return None
