"""The desk: all that the web chat knows of the program behind it."""

from collections.abc import Mapping
from typing import Protocol

from bot.core.packs import Library
from bot.engine.events import Event, Reply
from bot.records import Place
from bot.wording.pictures import Facts


class Desk(Protocol):
    """Takes events, and tells how the program is doing."""

    async def library_at(self, place: Place, workspace: str) -> Library:
        """Return what may be asked in *place*: the packs that ship, and those that its group has brought."""
        ...

    async def handle(self, event: Event) -> Reply:
        """Do what *event* asks and return what its sender is told, after the commit."""
        ...

    async def draw(self, picture: Facts, width: int) -> str:
        """Return *picture* as SVG that is *width* units wide, drawn beside the event loop.

        Its colours are the names of the page's own, and all that people wrote is text in it.
        """
        ...

    async def readiness(self) -> Mapping[str, bool]:
        """Return whether each part that serving needs is ready, by its name."""
        ...

    def metrics(self) -> bytes:
        """Return the figures in Prometheus' text format."""
        ...
