"""Rooms: the channels of a simulation, who is in them and what they have still to play."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.draws import generator
from bot.core.ids import Platform
from bot.records import Account, Place
from bot.sim.clocks import START
from bot.sim.learners import Learner, learner

PLATFORM = Platform("sim")
CHANNELS = 10
QUIET = timedelta(seconds=120)
"""How long nothing may happen in a channel before somebody steps in."""

NUDGES = 4
"""How often somebody moves a round on before they stop it."""


@dataclass(slots=True)
class Room:
    """A channel: who is in it, how many rounds are left to play and when it last stirred.

    *watch* is the number of the latest watch over it: one that was set before it is called off. *runs_out* is
    when the clock ends that everybody sees, None without a clock.
    """

    place: Place
    learners: list[Learner]
    left: int
    stirred: datetime = START
    playing: bool = False
    nudges: int = 0
    watch: int = 0
    started: int = 0
    runs_out: datetime | None = None


class Rooms:
    """Every room by its place."""

    def __init__(self, seed: str, rounds: int, players: int) -> None:
        """Fill up to ten channels with *players* each, and share *rounds* among them."""
        rng = generator(seed, "people")
        self._rooms: dict[Place, Room] = {}
        self._learners: dict[str, Learner] = {}
        for number in range(min(CHANNELS, rounds)):
            learners = [learner(f"c{number}p{i}", rng, host=i == 0) for i in range(players)]
            place = Place(PLATFORM, f"channel{number}")
            share = rounds // CHANNELS + (number < rounds % CHANNELS)
            self._rooms[place] = Room(place, learners, share)
            self._learners |= {one.name: one for one in learners}

    def __iter__(self) -> Iterator[Room]:
        """Go through the rooms there are now."""
        return iter(tuple(self._rooms.values()))

    def __getitem__(self, place: Place) -> Room:
        """Return the room of *place*; a learner's private place is made when it is first used."""
        if place not in self._rooms:
            self._rooms[place] = Room(place, [self._learners[place.id.removeprefix("@")]], 0)
        return self._rooms[place]

    @property
    def left(self) -> int:
        """How many rounds are still to play."""
        return sum(room.left for room in self._rooms.values())

    def people(self) -> Mapping[Place, list[Account]]:
        """Return the accounts of everybody, by the place where they are."""
        return {
            place: [Account(PLATFORM, one.name) for one in room.learners]
            for place, room in self._rooms.items()
        }
