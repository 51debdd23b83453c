"""Interactions: what a person did with a command, a control, a modal or a shortcut, and what became of it.

Rule 1: an interaction is acknowledged within three seconds, or the person is told that it failed.

Rule 2: its trigger opens one view, within three seconds.

Rule 3: its response address takes five messages in thirty minutes.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from tests.emulators.bells import WAIT_SECONDS, Bell
from tests.emulators.slack.applications import Application
from tests.emulators.slack.refusals import Json, RefusedError
from tests.emulators.slack.residents import Channel, Message, Ts, User, View
from tests.emulators.slack.texts import text_of
from tests.emulators.slack.traffic import Body
from tests.emulators.slack.worlds import World

TRIGGER_SECONDS: Final = 3.0
RESPONSE_SECONDS: Final = 1_800.0
MOST_RESPONSES: Final = 5
MOST_KEPT: Final = 100_000
"""Beyond how many triggers and response addresses those that have expired are forgotten."""


@dataclass(slots=True, eq=False)
class Interaction:
    """What a person did. *answer* is the message in the acknowledgement, *messages* are those after it.

    *acknowledged* is in seconds from the sending, None without. *failed* says that the person was told so.
    Of a submitted modal, *errors* are those shown beside its inputs by block id, *modal* is what was shown
    next (the same one when it was changed), and *closed* says that it is gone.
    """

    kind: str
    app: Application = field(repr=False)
    user: User
    payload: Json = field(repr=False)
    trigger_id: str
    bell: Bell = field(repr=False)
    channel: Channel | None = None
    thread_ts: Ts | None = None
    source: Message | View | None = field(default=None, repr=False)
    response_url: str = ""
    expires: datetime | None = field(default=None, repr=False)
    uses: int = 0
    triggered: bool = False
    acknowledged: float | None = None
    failed: bool = False
    body: Body = None
    answer: Message | None = None
    messages: list[Message] = field(default_factory=list)
    modal: View | None = None
    errors: dict[str, str] = field(default_factory=dict)
    closed: bool = False
    options: list[Json] = field(default_factory=list)
    refused: RefusedError | None = None
    """What the acknowledgement asked for, and Slack would not do."""

    @property
    def acked(self) -> bool:
        """Whether it was acknowledged in time."""
        return self.acknowledged is not None

    @property
    def text(self) -> str:
        """All text of what was answered last, "" for nothing."""
        shown = self.messages[-1] if self.messages else self.answer
        return "" if shown is None else text_of(shown)

    async def followed(self, count: int = 1, seconds: float = WAIT_SECONDS) -> Message:
        """Wait for the *count*-th message at the response address."""
        await self.bell.until(lambda: len(self.messages) >= count, seconds, f"message {count} in response")
        return self.messages[count - 1]

    async def opened(self, seconds: float = WAIT_SECONDS) -> View:
        """Wait for the modal that is opened with it."""
        return await self.bell.until(self._shown, seconds, "a modal")

    def _shown(self) -> View:
        # A bell waits for what is true; a view always is, and None never.
        return self.modal  # type: ignore[return-value]


class Desk:
    """Knows the triggers and the response addresses that are out."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.address = ""
        self.trigger_seconds = TRIGGER_SECONDS
        self.response_seconds = RESPONSE_SECONDS
        self._triggers: dict[str, tuple[Interaction, datetime]] = {}
        self._hooks: dict[str, Interaction] = {}

    def expect(self, interaction: Interaction) -> None:
        """Let *interaction* open a view from now on."""
        now = self._world.now()
        until = now + timedelta(seconds=self.trigger_seconds)
        self._triggers[interaction.trigger_id] = interaction, until
        if len(self._triggers) > MOST_KEPT:
            self._triggers = {key: one for key, one in self._triggers.items() if one[1] > now}

    def hook(self, interaction: Interaction, at: datetime) -> str:
        """Give *interaction* a response address, and return it."""
        path = f"/response/{interaction.user.team.id}/{self._world.id('', 13)}/{self._world.id('', 24)}"
        interaction.response_url = self.address + path
        interaction.expires = at + timedelta(seconds=self.response_seconds)
        self._hooks[path] = interaction
        if len(self._hooks) > MOST_KEPT:
            now = self._world.now()
            hooks = self._hooks.items()
            self._hooks = {key: one for key, one in hooks if one.expires is None or one.expires > now}
        return interaction.response_url

    def triggered(self, trigger_id: str, app: Application) -> Interaction:
        """Use a trigger up; raises RefusedError for one that is not good."""
        found = self._triggers.get(trigger_id)
        if found is None or found[0].app is not app:
            raise RefusedError("invalid_trigger_id")
        interaction, until = found
        if interaction.triggered:
            raise RefusedError("exchanged_trigger_id")
        if until <= self._world.now():
            raise RefusedError("expired_trigger_id")
        interaction.triggered = True
        return interaction

    def responded(self, path: str) -> Interaction:
        """Return whose response address *path* is, and count a use; refused when it is used up."""
        interaction = self._hooks.get(path)
        if interaction is None or interaction.expires is None:
            raise RefusedError("invalid_url", status=404)
        if interaction.expires <= self._world.now():
            raise RefusedError("expired_url", status=404)
        if interaction.uses >= MOST_RESPONSES:
            raise RefusedError("used_url", status=404)
        interaction.uses += 1
        return interaction
