"""Players on Discord: what they see there, and how they press, select and type."""

import asyncio
import re
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from itertools import combinations
from random import Random
from typing import Final

from bot.wording.discord_notices import SAY
from tests.adapters import players
from tests.adapters.players import (
    AGAIN_SECONDS,
    DECKS,
    PAUSED,
    SAME,
    TOLD_SECONDS,
    Choice,
    Score,
    Sent,
    confirms,
    option,
)
from tests.emulators.discord import (
    Channel,
    DiscordServer,
    Interaction,
    Message,
    Person,
    parts_of,
    text_of,
)

_ROW: Final = re.compile(r"^ *\d+ +(\S+) +(-?\d+) +(\d+) *$", re.MULTILINE)


class Room(players.Room[Message, "Player"]):
    """A channel and those who play in it."""

    podium_begins = "### Podium"
    said_between = ("### Paused", "### Going on")

    def __init__(
        self, server: DiscordServer, channel: Channel, people: Sequence[Person], rng: Random
    ) -> None:
        """Let *people* draw from *rng* what they do."""
        super().__init__(channel.name, server.world.bell)
        self.server = server
        self.channel = channel
        self.players = [Player(self, person, Random(rng.random())) for person in people]

    @property
    def place(self) -> str:
        """What the program calls this channel."""
        return str(self.channel.id)

    @property
    def ours(self) -> list[Message]:
        """What the program has posted here for all, in order."""
        shown = self.channel.messages.values()
        return sorted((one for one in shown if one.application and one.to is None), key=lambda one: one.id)

    def text(self, message: Message) -> str:
        """Return all that *message* shows."""
        return text_of(message)

    def id(self, message: Message) -> int:
        """Return what tells *message* from every other."""
        return message.id

    def controls(self, message: Message) -> Sequence[str]:
        """Return the actions that *message* has controls for now."""
        return message.custom_ids

    def said_of(self, podium: Message) -> Mapping[str, Score]:
        """Return what a podium says of each player."""
        return {name: (int(points), int(right)) for name, points, right in _ROW.findall(text_of(podium))}


class Player(players.Player[Message, Interaction]):
    """Somebody who plays on Discord."""

    def __init__(self, room: Room, person: Person, rng: Random) -> None:
        """Draw from *rng* what to answer, and whether to change it."""
        super().__init__(room, person.user.name, rng)
        self.person = person
        self._room = room
        self._confirmations: dict[str, Message] = {}

    @property
    def account(self) -> str:
        """What the program calls this player."""
        return str(self.person.user.id)

    async def command(self, options: Mapping[str, str | int]) -> Interaction:
        """Start a round; TimeoutError when nobody knows what came of it."""
        interaction = await self.sending(self.person.slash(self._room.channel, "quiz play", dict(options)))
        await interaction.settled(TOLD_SECONDS)
        return interaction

    def push(self, message: Message, action: str) -> Coroutine[None, None, Interaction]:
        """Press the button that does *action*, whether or not it is there still."""
        return self.person.press(message, action, force=True)

    def choices(self, message: Message) -> Iterator[Choice[Interaction]]:
        """Yield what *message* lets this player send."""
        for part in parts_of(message.components):
            id_ = str(part.get("custom_id", ""))
            if not id_.startswith("a:"):
                continue
            if "options" in part:
                yield from self._pairs(message, id_, [str(one["label"]) for one in part["options"]])
            elif id_.count(":") == 2:
                yield self._button(message, id_, str(part["label"]))
            else:
                yield from (self._typed(message, id_, number) for number in ("1852", self.wrong_number()))

    def _button(self, message: Message, id_: str, label: str) -> Choice[Interaction]:
        letter, word = option(label)
        return Choice((word,), (letter,), lambda: self.person.press(message, id_, force=True))

    def _pairs(self, message: Message, id_: str, labels: Sequence[str]) -> Iterator[Choice[Interaction]]:
        options = [option(label) for label in labels]
        for one, other in combinations(range(len(options)), 2):
            (first, word), (second, next_word) = options[one], options[other]
            values = [str(one), str(other)]
            answer = tuple(sorted((word, next_word)))
            yield Choice(answer, (first, second), self._selecting(message, id_, values))

    def _selecting(
        self, message: Message, id_: str, values: Sequence[str]
    ) -> Callable[[], Coroutine[None, None, Interaction]]:
        return lambda: self.person.select(message, id_, values, force=True)

    def _typed(self, message: Message, id_: str, number: str) -> Choice[Interaction]:
        async def send() -> Interaction:
            opened = await self.person.press(message, id_, force=True)
            if opened.modal is None:
                return opened
            field = next(part for part in parts_of(opened.modal.components) if "custom_id" in part)
            return await self.person.submit(opened, {field["custom_id"]: number})

        return Choice((number,), (number,), send)

    async def read(self, question: str, choice: Choice[Interaction], interaction: Interaction) -> Sent:
        """Return what this player believes has become of their answer."""
        if interaction.failed:
            return Sent(question, choice.answer)
        if interaction.message is None or interaction.deferred:
            confirmed = await self._turns(question, choice, interaction)
            return Sent(question, choice.answer, confirmed=confirmed)
        if not confirms(text_of(interaction.message), choice):
            return await self._refused(question, choice, interaction)
        self._confirmations[question] = interaction.message
        return Sent(question, choice.answer, confirmed=True)

    async def _refused(self, question: str, choice: Choice[Interaction], interaction: Interaction) -> Sent:
        """Return what an answer is worth that was not confirmed: nothing, or nobody knows."""
        if PAUSED in interaction.text:
            await asyncio.sleep(AGAIN_SECONDS)
            return Sent(question, choice.answer)
        confirmed, unclear = SAME in interaction.text, SAY.went_wrong() in interaction.text
        return Sent(question, choice.answer, confirmed=confirmed, refused=not confirmed and not unclear)

    async def _turns(self, question: str, choice: Choice[Interaction], interaction: Interaction) -> bool:
        """Tell whether the confirmation of the answer before says the new one by and by, or a new message."""

        def shown() -> bool:
            earlier = self._confirmations.get(question)
            messages = (interaction.message, *interaction.followups, earlier)
            return any(message and confirms(text_of(message), choice) for message in messages)

        try:
            return await self._room.server.until(shown, TOLD_SECONDS)
        except TimeoutError:
            return False


__all__ = ["DECKS", "Player", "Room"]
