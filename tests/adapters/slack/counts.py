"""Counting on Slack: what was shown twice, and who was told twice."""

from collections.abc import Mapping, Sequence

from tests.adapters.slack.players import Player
from tests.emulators.slack import Message, World, text_of


def doubled(world: World) -> Mapping[str, int]:
    """Return how often each message of ours was posted that was posted twice, by its channel and metadata."""
    return world.doubled(_named)


def twice_told(players: Sequence[Player]) -> list[str]:
    """Return the interactions that were answered with two confirmations, in words."""
    confirmed = [
        [text for one in interaction.messages if "Your answer" in (text := text_of(one))]
        for player in players
        for interaction in player.interactions
    ]
    return [str(one) for one in confirmed if len(one) > 1]


def _named(message: Message) -> str | None:
    said = message.metadata["event_payload"] if message.app and message.metadata else None
    return None if said is None else f"{message.channel.name} {said['key']} {said['part']}"
