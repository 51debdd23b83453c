"""The desk: all that Slack's adapter knows of the program behind it."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.core.ids import Platform, RoundId
from bot.core.packs import Library
from bot.engine.events import Event, Reply
from bot.records import Place
from bot.wording.pictures import Facts


class Desk(Protocol):
    """Takes events, and has the pictures painted that we post."""

    async def library_at(self, place: Place, workspace: str) -> Library:
        """Return what may be asked in *place*: the packs that ship, and those that its group has brought."""
        ...

    async def handle(self, event: Event) -> Reply:
        """Do what *event* asks and return what its sender is told, after the commit."""
        ...

    async def paint(self, picture: Facts) -> bytes:
        """Return *picture* as PNG, painted beside the event loop."""
        ...

    async def unheard(self, platform: Platform, concerns: Callable[[Place], bool]) -> None:
        """Let the platform's rounds in the places that it *concerns* stand still: nothing arrives."""
        ...

    async def heard(self, platform: Platform, concerns: Callable[[Place], bool]) -> None:
        """Let them go on: what happens there arrives again."""
        ...

    async def left(self, platform: Platform, workspace: str) -> None:
        """Pause the schedules of a workspace that we are no longer in."""
        ...

    async def key_of(self, platform: str, ref: str) -> str:
        """Return the key of the posted message that the platform calls *ref*, "" when it is not known."""
        ...

    async def places_of(self, round_: RoundId) -> Sequence[Place]:
        """Return where a round is played, nothing when it is not known."""
        ...
