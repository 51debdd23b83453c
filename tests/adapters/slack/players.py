"""Players on Slack: what they see there, and how they press, and fill in forms."""

import asyncio
import re
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from itertools import combinations
from random import Random
from typing import Final

from bot.wording.slack_notices import SAY
from tests.adapters import players
from tests.adapters.players import (
    AGAIN_SECONDS,
    PAUSED,
    SAME,
    TOLD_SECONDS,
    Choice,
    Score,
    Sent,
    confirms,
    option,
)
from tests.emulators.slack import (
    Channel,
    Interaction,
    Message,
    Person,
    SlackServer,
    View,
    elements_of,
    text_of,
)

_ROW: Final = re.compile(r"^\d+ \| (\S+) \| (-?\d+) \| (\d+)$", re.MULTILINE)


class Room(players.Room[Message, "Player"]):
    """A channel and those who play in it."""

    podium_begins = "Podium"
    said_between = ("Paused", "Going on")

    def __init__(self, server: SlackServer, channel: Channel, people: Sequence[Person], rng: Random) -> None:
        """Let *people* draw from *rng* what they do."""
        super().__init__(channel.name, server.world.bell)
        self.server = server
        self.channel = channel
        self.players = [Player(self, person, Random(rng.random())) for person in people]

    @property
    def place(self) -> str:
        """What the program calls this channel."""
        return f"{self.channel.team.id}/{self.channel.id}"

    @property
    def ours(self) -> list[Message]:
        """What the program has posted here for all, in order."""
        shown = self.channel.messages.values()
        return sorted((one for one in shown if one.app and not one.ephemeral), key=lambda one: one.ts)

    def text(self, message: Message) -> str:
        """Return all that *message* shows."""
        return text_of(message)

    def id(self, message: Message) -> str:
        """Return what tells *message* from every other."""
        return message.ts

    def controls(self, message: Message) -> Sequence[str]:
        """Return the actions that *message* has controls for now."""
        return message.action_ids

    def said_of(self, podium: Message) -> Mapping[str, Score]:
        """Return what a podium says of each player."""
        return {name: (int(points), int(right)) for name, points, right in _ROW.findall(text_of(podium))}


class Player(players.Player[Message, Interaction]):
    """Somebody who plays on Slack."""

    def __init__(self, room: Room, person: Person, rng: Random) -> None:
        """Draw from *rng* what to answer, and whether to change it."""
        super().__init__(room, person.user.real_name, rng)
        self.person = person
        self._room = room

    @property
    def account(self) -> str:
        """What the program calls this player."""
        return f"{self.person.user.team.id}/{self.person.user.id}"

    async def command(self, options: Mapping[str, str | int]) -> Interaction:
        """Start a round."""
        line = " ".join(f"{name}:{value}" for name, value in options.items())
        return await self.sending(self.person.slash(self._room.channel, "/quiz", f"play {line}"))

    def push(self, message: Message, action: str) -> Coroutine[None, None, Interaction]:
        """Press the button that does *action*, whether or not it is there still."""
        return self.person.press(message, action, force=True)

    def choices(self, message: Message) -> Iterator[Choice[Interaction]]:
        """Yield what *message* lets this player send."""
        for _, element in elements_of(message.blocks):
            action = str(element.get("action_id", ""))
            if not action.startswith("a:"):
                continue
            if action.count(":") == 2:
                yield self._button(message, action, str(element["text"]["text"]))
            else:
                yield from self._formed(message, action)

    def _button(self, message: Message, action: str, label: str) -> Choice[Interaction]:
        letter, word = option(label)
        return Choice((word,), (letter,), lambda: self.person.press(message, action, force=True))

    def _formed(self, message: Message, action: str) -> Iterator[Choice[Interaction]]:
        """Yield what can be filled into the form that *action* opens."""
        lines = [line for line in text_of(message).splitlines() if re.match(r"[A-Z]\. ", line)]
        options = [option(line) for line in lines]
        if not options:
            for number in ("1852", self.wrong_number()):
                yield Choice((number,), (number,), self._filling(message, action, number))
        for one, other in combinations(range(len(options)), 2):
            (first, word), (second, next_word) = options[one], options[other]
            answer, shown = tuple(sorted((word, next_word))), (first[0], second[0])
            yield Choice(answer, shown, self._filling(message, action, [str(one), str(other)]))

    def _filling(self, message: Message, action: str, value: "str | list[str]") -> "_Send":
        return _Send(self.person, message, action, value)

    async def read(self, question: str, choice: Choice[Interaction], interaction: Interaction) -> Sent:
        """Return what this player believes has become of their answer."""
        if interaction.failed:
            return Sent(question, choice.answer)
        said = await self._said(interaction)
        if confirms(said, choice) or SAME in said:
            return Sent(question, choice.answer, confirmed=True)
        if not said:
            # A form that did not open has taken no answer.
            opening = isinstance(choice.send, _Send) and interaction.kind == "block_actions"
            return Sent(question, choice.answer, acknowledged=not opening)
        if PAUSED in said or SAY.busy() in said:
            await asyncio.sleep(AGAIN_SECONDS)
            return Sent(question, choice.answer)
        return Sent(question, choice.answer, refused=SAY.went_wrong() not in said)

    async def _said(self, interaction: Interaction) -> str:
        """Return what this player is told by and by, "" for nothing."""
        if isinstance(interaction.modal, View):
            return text_of(interaction.modal)
        try:
            await interaction.followed(seconds=TOLD_SECONDS)
        except TimeoutError:
            return ""
        return interaction.text


class _Send:
    """Opens a form, fills in its one input, and sends it."""

    def __init__(self, person: Person, message: Message, action: str, value: str | list[str]) -> None:
        self._person = person
        self._message = message
        self._action = action
        self._value = value

    async def __call__(self) -> Interaction:
        opened = await self._person.press(self._message, self._action, force=True)
        if opened.modal is None:
            return opened
        inputs = [(block, element) for block, element in elements_of(opened.modal.blocks)]
        block, element = next(one for one in inputs if one[0]["type"] == "input")
        key = str(block["block_id"]), str(element["action_id"])
        return await self._person.submit(opened.modal, {key: self._value}, force=True)


__all__ = ["Player", "Room"]
