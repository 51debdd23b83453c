"""Players: people who play rounds by themselves, and remember what they sent and what they were told.

Each looks at the latest message of their channel and does what it asks for, as often as it takes: whoever is
told that something failed does it again. What a platform shows, and how one presses there, its module says.
"""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, ClassVar, Final, Generic, Protocol, TypeVar

from tests.emulators.bells import Bell

DECKS: Final = ("single", "many", "numeric")
TOLD_SECONDS: Final = 1.5
"""How long somebody looks at a confirmation that should change, before they think it never will."""

PATIENCE: Final = 180.0
"""Seconds for the next thing to happen in a channel; a run that passes never waits so long."""

LOOKS: Final = 18
"""So often meanwhile somebody to whom nothing happens looks at what they were told last."""

AGAIN_SECONDS: Final = 0.2
"""After which somebody presses again who reads that the round is paused, or that it did not work."""

PAUSED: Final = "The round is paused."
NOT_NOW: Final = (PAUSED, "I am busy right now.", "Something went wrong here")
"""Who reads this does the same again."""

SAME: Final = "That is already your answer."
RIGHT: Final = frozenset({("tide",), ("tide", "wind"), ("1852",)})

_CONFIRMED: Final = re.compile(r"Your answer: (.+?)\. (?:You can|It stays)")
_QUESTION: Final = re.compile(r"a:([^:]+)(?::\d+)?")

Answer = tuple[str, ...]
"""What somebody answered: ids of options in alphabetical order, or what they typed."""

Score = tuple[int, int]
"""Points, and how many questions were answered right."""

Move = Callable[[], Awaitable[None]]


class Acted(Protocol):
    """What came of something that somebody did."""

    failed: bool

    @property
    def text(self) -> str:
        """What its sender was told last, "" for nothing."""


M = TypeVar("M")
I_ = TypeVar("I_", bound=Acted)
P = TypeVar("P", bound="Player[Any, Any]")


@dataclass(frozen=True, slots=True)
class Sent:
    """One answer on its way: *confirmed* when its sender has read that it is in, *refused* that it is not.

    *acknowledged* is one that was taken, and of which its sender has read nothing.
    """

    question: str
    answer: Answer
    confirmed: bool = False
    refused: bool = False
    acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class Choice(Generic[I_]):
    """What somebody is about to send: *shown* is how a confirmation repeats it."""

    answer: Answer
    shown: tuple[str, ...]
    send: Callable[[], Coroutine[None, None, I_]]


class Room(ABC, Generic[M, P]):
    """A channel and those who play in it; the first of them hosts."""

    podium_begins: ClassVar[str]
    said_between: ClassVar[tuple[str, ...]]
    """How the messages begin that ask for nothing, and come while others do."""

    def __init__(self, name: str, bell: Bell) -> None:
        """Begin with nobody; whatever happens rings *bell*."""
        self.name = name
        self.bell = bell
        self.players: list[P] = []
        self.options: dict[str, str | int] = {"count": 2, "seconds": 60}
        self.right: Callable[[P], bool] | None = None
        """Says who answers right and who does not, each with one answer; None leaves it to chance."""

        self.last_round = False
        self.started: set[object] = set()
        """The podiums after which the host has asked for one more round, whatever has come of it."""

        self.joined: set[tuple[object, P]] = set()
        self.on_sent: Callable[[], None] = lambda: None
        """Called when something was sent, and nothing can have come of it yet."""

        self.on_told: Callable[[], None] = lambda: None
        """Called when somebody was answered just now."""

    @property
    @abstractmethod
    def place(self) -> str:
        """What the program calls this channel."""

    @property
    @abstractmethod
    def ours(self) -> list[M]:
        """What the program has posted here for all, in order."""

    @abstractmethod
    def text(self, message: M) -> str:
        """Return all that *message* shows."""

    @abstractmethod
    def id(self, message: M) -> object:
        """Return what tells *message* from every other."""

    @abstractmethod
    def controls(self, message: M) -> Sequence[str]:
        """Return the actions that *message* has controls for now."""

    @abstractmethod
    def said_of(self, podium: M) -> Mapping[str, Score]:
        """Return what a podium says of each player."""

    @property
    def latest(self) -> M | None:
        """The latest of our messages that asks for something, whatever was said since."""
        asking = (one for one in reversed(self.ours) if not self.text(one).startswith(self.said_between))
        return next(asking, None)

    @property
    def podiums(self) -> list[M]:
        """The messages that say how a round ended, in order."""
        return [one for one in self.ours if self.is_podium(one)]

    def is_podium(self, message: M) -> bool:
        """Tell whether *message* says how a round ended."""
        return self.text(message).startswith(self.podium_begins)

    @property
    def is_done(self) -> bool:
        """Whether the last round was played, and nobody had asked for one more before that was settled."""
        latest = self.latest
        over = latest is not None and self.is_podium(latest) and self.id(latest) not in self.started
        return self.last_round and over

    def seen(self) -> str:
        """Return what the latest messages say and let people do, and who has joined what, for a report."""
        shown = [(self.id(one), self.text(one)[:60], list(self.controls(one))) for one in self.ours[-3:]]
        joined = sorted((str(id_), player.name) for id_, player in self.joined)[-len(self.players) :]
        return f"last are {shown}, joined {joined}"

    async def play(self, rounds: int | None = None) -> None:
        """Let all play so many *rounds*, or until :attr:`last_round` is set and that round is over."""
        self.last_round = rounds == 1
        async with asyncio.TaskGroup() as group:
            for player in self.players:
                group.create_task(player.play())


class Player(ABC, Generic[M, I_]):
    """Somebody who plays. *sent* holds all their answers, in the order in which they sent them."""

    def __init__(self, room: "Room[M, Any]", name: str, rng: Random) -> None:
        """Draw from *rng* what to answer, and whether to change it."""
        self.room = room
        self.name = name
        self.sent: list[Sent] = []
        self.interactions: list[I_] = []
        self.rng = rng
        self._done: dict[tuple[object, str], I_] = {}

    @property
    @abstractmethod
    def account(self) -> str:
        """What the program calls this player."""

    @abstractmethod
    async def command(self, options: Mapping[str, str | int]) -> I_:
        """Start a round; TimeoutError when nobody knows what came of it."""

    @abstractmethod
    def push(self, message: M, action: str) -> Coroutine[None, None, I_]:
        """Press the button that does *action*, whether or not it is there still."""

    @abstractmethod
    def choices(self, message: M) -> Iterator[Choice[I_]]:
        """Yield what *message* lets this player send."""

    @abstractmethod
    async def read(self, question: str, choice: Choice[I_], interaction: I_) -> Sent:
        """Return what this player believes has become of their answer."""

    @property
    def is_host(self) -> bool:
        """Whether this player starts the rounds and moves them on."""
        return self.room.players[0] is self

    async def play(self) -> None:
        """Do whatever the channel asks for, until the last round is over."""
        while not self.room.is_done:
            await self._wait()
            move = self._move()
            if move is not None:
                await move()

    async def _wait(self) -> None:
        """Wait for something to do; whoever was told meanwhile that it is not the moment does it again.

        Raises TimeoutError, saying what was told last, when nothing comes of that either.
        """
        what = f"a move of {self.name} in {self.room.name}"
        for _ in range(LOOKS):
            try:
                await self.room.bell.until(lambda: self.room.is_done or self._move(), PATIENCE / LOOKS, what)
            except TimeoutError:
                self._look_again()
            else:
                return
        told = self.interactions[-1].text if self.interactions else ""
        message = f"Nothing came of it in {PATIENCE:g} s: {what}, who was told {told!r}; {self.room.seen()}."
        raise TimeoutError(message)

    def _look_again(self) -> None:
        """Forget that something was done if its answer says that it was not."""
        for key, interaction in list(self._done.items()):
            if any(said in interaction.text for said in NOT_NOW):
                del self._done[key]

    # ------------------------------------------------------------------------------------------- what to do

    def _move(self) -> Move | None:
        """Return what the latest message asks this player to do, None for nothing."""
        latest = self.room.latest
        if latest is None or self.room.is_podium(latest):
            return self._starting(latest)
        for action in self.room.controls(latest):
            move = self._moves(latest, action)
            if move is not None and (self.room.id(latest), action[0]) not in self._done:
                return move
        return None

    def _starting(self, latest: M | None) -> Move | None:
        after = None if latest is None else self.room.id(latest)
        last = self.room.last_round and latest is not None and after not in self.room.started
        wanted = self.is_host and not last and (after, "start") not in self._done
        return (lambda: self._start(after)) if wanted else None

    def _moves(self, message: M, action: str) -> Move | None:
        match action[0]:
            case "j" if not self.is_host:
                return lambda: self._join(message, action)
            case "b" if self.is_host and self._all_joined(message):
                return lambda: self._press(message, action)
            case "n" if self.is_host:
                return lambda: self._press(message, action)
            case "a":
                return lambda: self._answer(message)
            case _:
                return None

    def _all_joined(self, lobby: M) -> bool:
        id_ = self.room.id(lobby)
        return all((id_, one) in self.room.joined for one in self.room.players if not one.is_host)

    async def _start(self, after: object) -> None:
        self.room.started.add(after)
        deck = self.rng.choice(DECKS)
        options = {"deck": deck, "lobby": "wait", "pause": "wait", **self.room.options}
        try:
            interaction = await self.command(options)
        except TimeoutError:
            return  # it thinks for ever: whoever thought about it is gone
        if not interaction.failed:
            self._done[after, "start"] = interaction

    async def _join(self, lobby: M, action: str) -> None:
        await self._press(lobby, action)
        id_ = self.room.id(lobby)
        if (id_, "j") in self._done:
            self.room.joined.add((id_, self))
            self.room.bell.ring()

    async def _press(self, message: M, action: str) -> None:
        interaction = await self.sending(self.push(message, action))
        if not interaction.failed:
            self._done[self.room.id(message), action[0]] = interaction

    # ------------------------------------------------------------------------------------------- answering

    async def _answer(self, message: M) -> None:
        """Answer, and now and then something else right after."""
        sent = await self._send_answer(message)
        by_chance = self.room.right is None
        if by_chance and sent.confirmed and self.rng.random() < 1 / 3 and any(self._questions(message)):
            sent = await self._send_answer(message)
        if sent.confirmed or sent.refused:
            self._done[self.room.id(message), "a"] = self.interactions[-1]

    async def _send_answer(self, message: M) -> Sent:
        question = next(self._questions(message))
        choice = self.rng.choice([one for one in self.choices(message) if self._fits(one)])
        interaction = await self.sending(choice.send())
        sent = await self.read(question, choice, interaction)
        self.sent.append(sent)
        return sent

    def _fits(self, choice: Choice[I_]) -> bool:
        right = self.room.right
        return right is None or right(self) is (choice.answer in RIGHT)

    def _questions(self, message: M) -> Iterator[str]:
        """Yield the question that each control of *message* answers."""
        actions = self.room.controls(message)
        return (found[1] for action in actions if (found := _QUESTION.fullmatch(action)))

    def wrong_number(self) -> str:
        """Return a number that is no right answer."""
        return str(self.rng.randrange(2_000, 9_999))

    async def sending(self, doing: Coroutine[None, None, I_]) -> I_:
        """Send something and return what came of it; the room's listeners hear of both."""
        task = asyncio.ensure_future(doing)
        await asyncio.sleep(0)
        self.room.on_sent()
        interaction = await task
        self.interactions.append(interaction)
        if interaction.failed:
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            self.room.on_told()
        return interaction


def option(label: str) -> tuple[str, str]:
    """Return the letter of an option, and its id, which the pack uses as its text's last word."""
    letter, _, text = label.partition(" ")
    return letter, text.rpartition(" ")[2]


def confirms(text: str, choice: Choice[I_]) -> bool:
    """Tell whether *text* says that *choice* is in."""
    found = _CONFIRMED.search(text)
    return found is not None and tuple(re.findall(r"\w+", found[1].replace(" and ", " "))) == choice.shown
