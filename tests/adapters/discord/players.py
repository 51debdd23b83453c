"""Players: people who play rounds by themselves, and remember what they sent and what they were told.

Each looks at the latest message of their channel and does what it asks for, as often as it takes: whoever
reads "This interaction failed" presses again.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Final

from bot.wording.discord_notices import SAY
from tests.emulators.discord import (
    Channel,
    DiscordServer,
    Interaction,
    Message,
    Person,
    parts_of,
    text_of,
)

DECKS: Final = ("single", "many", "numeric")
TOLD_SECONDS: Final = 1.5
"""How long somebody looks at a confirmation that should change, before they think it never will."""

PATIENCE: Final = 180.0
"""Seconds for the next thing to happen in a channel; a run that passes never waits so long."""

AGAIN_SECONDS: Final = 0.1
"""After which somebody who reads that the round is paused presses again."""

_PAUSED: Final = "The round is paused."
_SAID_BETWEEN: Final = ("### Paused", "### Going on")
_SAME: Final = "That is already your answer."
_CONFIRMED: Final = re.compile(r"Your answer: (.+?)\. (?:You can|It stays)")
_QUESTION: Final = re.compile(r"a:([^:]+)(?::\d+)?")

RIGHT: Final = frozenset({("tide",), ("tide", "wind"), ("1852",)})

Answer = tuple[str, ...]
"""What somebody answered: ids of options in alphabetical order, or what they typed."""

Move = Callable[[], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer on its way: *confirmed* when its sender has read that it is in, *refused* that it is not."""

    question: str
    answer: Answer
    confirmed: bool = False
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody is about to send: *shown* is how a confirmation repeats it."""

    answer: Answer
    shown: tuple[str, ...]
    send: Callable[[], Coroutine[None, None, Interaction]]


class Room:
    """A channel and those who play in it; the first of them hosts."""

    def __init__(
        self, server: DiscordServer, channel: Channel, people: Sequence[Person], rng: Random
    ) -> None:
        """Let *people* draw from *rng* what they do."""
        self.server = server
        self.channel = channel
        self.players = [Player(self, person, Random(rng.random())) for person in people]
        self.options: dict[str, str | int] = {"count": 2, "seconds": 60}
        self.right: Callable[[Player], bool] | None = None
        """Says who answers right and who does not, each with one answer; None leaves it to chance."""

        self.last_round = False
        self.joined: set[tuple[int, Player]] = set()
        self.on_sent: Callable[[], None] = lambda: None
        """Called when something was sent, and nothing can have come of it yet."""

        self.on_told: Callable[[], None] = lambda: None
        """Called when somebody was answered just now."""

    @property
    def ours(self) -> list[Message]:
        """What the program has posted here for all, in order."""
        shown = self.channel.messages.values()
        return sorted((one for one in shown if one.application and one.to is None), key=lambda one: one.id)

    @property
    def latest(self) -> Message | None:
        """The latest of these messages that asks for something, whatever was said since."""
        asking = (one for one in reversed(self.ours) if not text_of(one).startswith(_SAID_BETWEEN))
        return next(asking, None)

    @property
    def podiums(self) -> list[Message]:
        """The messages that say how a round ended, in order."""
        return [one for one in self.ours if text_of(one).startswith("### Podium")]

    @property
    def is_done(self) -> bool:
        """Whether the last round was played."""
        podiums = self.podiums
        return self.last_round and bool(podiums) and podiums[-1] is self.latest

    async def play(self, rounds: int | None = None) -> None:
        """Let all play so many *rounds*, or until :attr:`last_round` is set and that round is over."""
        self.last_round = rounds == 1
        async with asyncio.TaskGroup() as group:
            for player in self.players:
                group.create_task(player.play())


class Player:
    """Somebody who plays. *sent* holds all their answers, in the order in which they sent them."""

    def __init__(self, room: Room, person: Person, rng: Random) -> None:
        """Draw from *rng* what to answer, and whether to change it."""
        self.room = room
        self.person = person
        self.sent: list[Sent] = []
        self.interactions: list[Interaction] = []
        self._rng = rng
        self._done: set[tuple[int, str]] = set()
        self._confirmations: dict[str, Message] = {}

    @property
    def is_host(self) -> bool:
        """Whether this player starts the rounds and moves them on."""
        return self.room.players[0] is self

    async def play(self) -> None:
        """Do whatever the channel asks for, until the last round is over."""
        bell = self.room.server.world.bell
        while not self.room.is_done:
            what = f"a move of {self.person.user.name} in {self.room.channel.name}"
            await bell.until(lambda: self.room.is_done or self._move(), PATIENCE, what)
            move = self._move()
            if move is not None:
                await move()

    # ------------------------------------------------------------------------------------------- what to do

    def _move(self) -> Move | None:
        """Return what the latest message asks this player to do, None for nothing."""
        latest = self.room.latest
        if latest is None or text_of(latest).startswith("### Podium"):
            return self._starting(latest)
        for id_ in latest.custom_ids:
            move = self._moves(latest, id_)
            if move is not None and (latest.id, id_[0]) not in self._done:
                return move
        return None

    def _starting(self, latest: Message | None) -> Move | None:
        after = 0 if latest is None else latest.id
        wanted = self.is_host and not (self.room.last_round and latest) and (after, "start") not in self._done
        return (lambda: self._start(after)) if wanted else None

    def _moves(self, message: Message, id_: str) -> Move | None:
        match id_[0]:
            case "j" if not self.is_host:
                return lambda: self._join(message, id_)
            case "b" if self.is_host and self._all_joined(message):
                return lambda: self._press(message, id_)
            case "n" if self.is_host:
                return lambda: self._press(message, id_)
            case "a":
                return lambda: self._answer(message)
            case _:
                return None

    def _all_joined(self, lobby: Message) -> bool:
        return all((lobby.id, one) in self.room.joined for one in self.room.players if not one.is_host)

    async def _start(self, after: int) -> None:
        deck = self._rng.choice(DECKS)
        options = {"deck": deck, "lobby": "wait", "pause": "wait", **self.room.options}
        try:
            doing = self.person.slash(self.room.channel, "quiz play", options)
            interaction = await self._sending(doing)
            await interaction.settled(TOLD_SECONDS)
        except TimeoutError:
            return  # it thinks for ever: whoever thought about it is gone
        if not interaction.failed:
            self._done.add((after, "start"))

    async def _join(self, lobby: Message, id_: str) -> None:
        await self._press(lobby, id_)
        if (lobby.id, "j") in self._done:
            self.room.joined.add((lobby.id, self))
            self.room.server.world.bell.ring()

    async def _press(self, message: Message, id_: str) -> None:
        interaction = await self._sending(self.person.press(message, id_, force=True))
        if not interaction.failed:
            self._done.add((message.id, id_[0]))

    # ------------------------------------------------------------------------------------------- answering

    async def _answer(self, message: Message) -> None:
        """Answer, and now and then something else right after."""
        sent = await self._send_answer(message)
        by_chance = self.room.right is None
        if by_chance and sent.confirmed and self._rng.random() < 1 / 3 and any(_questions(message)):
            sent = await self._send_answer(message)
        if sent.confirmed or sent.refused:
            self._done.add((message.id, "a"))

    async def _send_answer(self, message: Message) -> Sent:
        question = next(_questions(message))
        choice = self._rng.choice([one for one in self._choices(message) if self._fits(one)])
        interaction = await self._sending(choice.send())
        sent = await self._read(question, choice, interaction)
        self.sent.append(sent)
        return sent

    def _fits(self, choice: Choice) -> bool:
        right = self.room.right
        return right is None or right(self) is (choice.answer in RIGHT)

    def _choices(self, message: Message) -> Iterator[Choice]:
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
                yield from (self._typed(message, id_, number) for number in ("1852", self._wrong_number()))

    def _wrong_number(self) -> str:
        return str(self._rng.randrange(2_000, 9_999))

    def _button(self, message: Message, id_: str, label: str) -> Choice:
        letter, word = _option(label)
        return Choice((word,), (letter,), lambda: self.person.press(message, id_, force=True))

    def _pairs(self, message: Message, id_: str, labels: Sequence[str]) -> Iterator[Choice]:
        options = [_option(label) for label in labels]
        for one, other in combinations(range(len(options)), 2):
            (first, word), (second, next_word) = options[one], options[other]
            values = [str(one), str(other)]
            answer = tuple(sorted((word, next_word)))
            yield Choice(answer, (first, second), self._selecting(message, id_, values))

    def _selecting(
        self, message: Message, id_: str, values: Sequence[str]
    ) -> Callable[[], Coroutine[None, None, Interaction]]:
        return lambda: self.person.select(message, id_, values, force=True)

    def _typed(self, message: Message, id_: str, number: str) -> Choice:
        async def send() -> Interaction:
            opened = await self.person.press(message, id_, force=True)
            if opened.modal is None:
                return opened
            field = next(part for part in parts_of(opened.modal.components) if "custom_id" in part)
            return await self.person.submit(opened, {field["custom_id"]: number})

        return Choice((number,), (number,), send)

    async def _read(self, question: str, choice: Choice, interaction: Interaction) -> Sent:
        """Return what this player believes has become of their answer."""
        if interaction.failed:
            return Sent(question, choice.answer)
        if interaction.message is None or interaction.deferred:
            confirmed = await self._turns(question, choice, interaction)
            return Sent(question, choice.answer, confirmed=confirmed)
        if not _confirms(interaction.message, choice):
            return await self._refused(question, choice, interaction)
        self._confirmations[question] = interaction.message
        return Sent(question, choice.answer, confirmed=True)

    async def _refused(self, question: str, choice: Choice, interaction: Interaction) -> Sent:
        """Return what an answer is worth that was not confirmed: nothing, or nobody knows."""
        if _PAUSED in interaction.text:
            await asyncio.sleep(AGAIN_SECONDS)
            return Sent(question, choice.answer)
        confirmed, unclear = _SAME in interaction.text, SAY.went_wrong() in interaction.text
        return Sent(question, choice.answer, confirmed=confirmed, refused=not confirmed and not unclear)

    async def _turns(self, question: str, choice: Choice, interaction: Interaction) -> bool:
        """Tell whether the confirmation of the answer before says the new one by and by, or a new message."""

        def shown() -> bool:
            earlier = self._confirmations.get(question)
            messages = (interaction.message, *interaction.followups, earlier)
            return any(message and _confirms(message, choice) for message in messages)

        try:
            return await self.room.server.until(shown, TOLD_SECONDS)
        except TimeoutError:
            return False

    async def _sending(self, doing: Coroutine[None, None, Interaction]) -> Interaction:
        """Send something and return what came of it; the room's listeners hear of both."""
        task = asyncio.ensure_future(doing)
        await asyncio.sleep(0)
        self.room.on_sent()
        interaction = await task
        self.interactions.append(interaction)
        if not interaction.failed:
            self.room.on_told()
        return interaction


def _questions(message: Message) -> Iterator[str]:
    """Yield the question that each control of *message* answers."""
    return (found[1] for id_ in message.custom_ids if (found := _QUESTION.fullmatch(id_)))


def _option(label: str) -> tuple[str, str]:
    """Return the letter of an option, and its id, which the pack uses as its text's last word."""
    letter, _, text = label.partition(" ")
    return letter, text.rpartition(" ")[2]


def _confirms(message: Message, choice: Choice) -> bool:
    """Tell whether *message* says that *choice* is in."""
    found = _CONFIRMED.search(text_of(message))
    return found is not None and tuple(re.findall(r"\w+", found[1].replace(" and ", " "))) == choice.shown
