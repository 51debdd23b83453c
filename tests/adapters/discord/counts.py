"""Counting on Discord: what was shown twice, and who was told twice."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from tests.adapters.discord.players import Player
from tests.emulators.discord import DiscordServer, Message, World, parts_of, text_of

_CONTAINER: Final = 17


def doubled(world: World) -> Mapping[str, int]:
    """Return how often each message of ours was posted that was posted twice, by its channel and marker."""
    return world.doubled(_named)


def twice_told(server: DiscordServer, players: Sequence[Player]) -> list[str]:
    """Return the interactions that were acknowledged twice, or answered with two confirmations."""
    callbacks = [one.path for one in server.traffic.exchanges("callback") if one.status in {200, 204}]
    twice = [path for path, times in Counter(callbacks).items() if times > 1]
    confirmed = [
        [one for one in interaction.responses if one.message and "Your answer" in text_of(one.message)]
        for player in players
        for interaction in player.interactions
    ]
    return twice + [str(one) for one in confirmed if len(one) > 1]


def _named(message: Message) -> str | None:
    containers = (part["id"] for part in parts_of(message.components) if part["type"] == _CONTAINER)
    marker = next(containers, None) if message.application else None
    return None if marker is None else f"{message.channel.name} {marker} {text_of(message)[:40]!r}"
