"""Sides: the places that one round is played in at once, and what goes to which.

A round has a place of its own, where it began, and mirrors. Its clock starts with the message in its own
place; every other place has the same messages under names of their own, and one that cannot have them stops
nobody.
"""

from bot.engine.identities import short
from bot.records import ChannelRow, Mirror, OutboxRow, Place, RoundRow, Snapshot, daily_place

OWN = ""
"""The side of those who play where the round began."""


def side_of(row: RoundRow, place: Place) -> str:
    """Return the side of those who play a round from *place*."""
    return OWN if place == row.place else "/".join(place)


def played_at(row: RoundRow, side: str) -> Mirror:
    """Return the place of a *side*, with its own group; of an unknown one that where the round began."""
    mirrors = (mirror for mirror in row.mirrors if "/".join(mirror.place) == side)
    return next(mirrors, Mirror(row.place, row.group))


def is_played_in(row: RoundRow, place: Place) -> bool:
    """Tell whether a round is played in *place*."""
    return place == row.place or any(mirror.place == place for mirror in row.mirrors)


def mirrors_of(snapshot: Snapshot, channel: ChannelRow) -> tuple[Mirror, ...]:
    """Return the other places that lead to a channel, as far as they were asked for."""
    return tuple(mirror for mirror in snapshot.places.get(channel.id, ()) if mirror.place != channel.place)


def of_schedule(mirrors: tuple[Mirror, ...], schedule: str) -> tuple[Mirror, ...]:
    """Return the sub-places in which a schedule's questions are asked where its home has *mirrors*."""
    return tuple(Mirror(daily_place(mirror.place, schedule), mirror.group) for mirror in mirrors)


def copied(message: OutboxRow, body: str, mirrors: tuple[Mirror, ...]) -> list[OutboxRow]:
    """Return *message* for each of the *mirrors*, with the *body* that others may see."""
    return [
        message._replace(key=f"{message.key}@{short('/'.join(place))}", place=place, body=body, question="")
        for place, _ in mirrors
    ]
