"""Interactions: what a person did with a command or a control, and what became of it.

Rule 1: an interaction is acknowledged once, within three seconds.

Rule 2: its token lives for fifteen minutes; with it what was answered can be changed, and more be said.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from tests.emulators.bells import WAIT_SECONDS, Bell
from tests.emulators.discord.refusals import Json
from tests.emulators.discord.residents import Application, Channel, Message, Snowflake, User, text_of

CALLBACK_SECONDS: Final = 3.0
TOKEN_SECONDS: Final = 900.0


class Kind(IntEnum):
    """What a person did; the numbers are Discord's."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Reply(IntEnum):
    """How an interaction is acknowledged; the numbers are Discord's."""

    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(frozen=True, slots=True)
class Response:
    """One thing that the bot said to an interaction. The callback comes first, then what followed it."""

    type: Reply
    data: Json
    message: Message | None
    at: float
    """Seconds from the sending of the interaction."""


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal that a person sees."""

    custom_id: str
    title: str
    components: Sequence[Json]
    interaction: "Interaction" = field(repr=False)


@dataclass(slots=True, eq=False)
class Interaction:
    """What a person did. *message* is what the bot answered, or changed; None while there is nothing.

    *acknowledged* is in seconds from the sending to the callback, None without one. *failed* says that the
    person was told "This interaction failed".
    """

    id: Snowflake
    token: str = field(repr=False)
    kind: Kind
    app: Application = field(repr=False)
    user: User
    channel: Channel
    data: Json
    bell: Bell = field(repr=False)
    source: Message | None = None
    """The message whose control was pressed, or whose button opened the modal."""

    began: float = 0.0
    acknowledged: float | None = None
    failed: bool = False
    responses: list[Response] = field(default_factory=list)
    message: Message | None = None
    modal: Modal | None = None
    choices: list[Json] | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event, repr=False)

    @property
    def deferred(self) -> bool:
        """Whether the bot has said that it thinks, and nothing more so far."""
        return self.message is not None and self.message.loading

    @property
    def text(self) -> str:
        """All text of the answer, "" for none."""
        return "" if self.message is None else text_of(self.message)

    @property
    def followups(self) -> list[Message]:
        """The messages that followed the first answer."""
        return [one.message for one in self.responses[1:] if one.message is not None]

    async def settled(self, seconds: float = WAIT_SECONDS) -> "Interaction":
        """Wait until the bot has said what it was thinking about."""
        await self.bell.until(lambda: not self.deferred, seconds, "the answer that was deferred")
        return self

    async def followed(self, count: int = 1, seconds: float = WAIT_SECONDS) -> Message:
        """Wait for the *count*-th message that follows the first answer."""
        await self.bell.until(lambda: len(self.followups) >= count, seconds, f"follow-up {count}")
        return self.followups[count - 1]
