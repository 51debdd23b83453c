"""Rounds while Slack misbehaves: who answered what is decided beforehand, and so is the standing."""

import asyncio
import os
import secrets
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Final

import pytest

from tests.adapters.counts import Ledger, miscounted, misplaced, misscored
from tests.adapters.players import DECKS
from tests.adapters.slack.counts import doubled
from tests.adapters.slack.halls import By, Hall, text_of
from tests.adapters.slack.players import Player, Room
from tests.emulators.slack import Dispatch, EventFate, EventOdds, Fates, Message, Odds

pytestmark = pytest.mark.slow

ROOMS: Final = len(DECKS)
IN_ROOM: Final = 2
"""So few that what Slack lets a workspace change in a minute is enough for all of them."""

SEED: Final = "STUDYHALL_SEED"

SENDING: Final = ("chat.postMessage", "chat.update", "conversations.history", "response_url", "views.open")
DISORDER: Final = EventOdds(doubled=0.3, late=0.4, slowest=0.08)
BREAKS: Final = EventOdds(cut=0.03, recycled=0.05)

REQUESTS: Final[Mapping[str, Odds]] = {
    "429 storms": Odds(busy=0.25, longest_wait=0.1),
    "500 before": Odds(broken=0.1),
    "500 after the effect": Odds(broken_after=0.1),
    "connections cut": Odds(cut=0.1, dropped=0.1),
    "slow answers": Odds(slowest=0.1),
}
RETRY_SECONDS: Final = (0.0, 60.0, 300.0)
"""When Slack sends an event again that nobody took, each time counted from the time before."""

NEVER_HEARD: Final = 20
"""How many of our acknowledgements Slack does not hear: as many as there are."""


@pytest.fixture
def rng() -> Random:
    """Draws that the printed seed repeats."""
    seed = os.environ.get(SEED) or secrets.token_hex(4)
    print(f"{SEED}={seed}")  # noqa: T201 - a run that fails shows it
    return Random(seed)


@pytest.fixture
async def rooms(hall: Hall, rng: Random) -> Sequence[Room]:
    """Rooms in which every second player is right, and nobody else is."""
    world = hall.server.world
    opened = []
    for number in range(ROOMS):
        people = [hall.join(f"P{number}x{seat}") for seat in range(IN_ROOM)]
        room = Room(hall.server, world.channel(f"room-{number}"), people, rng)
        room.options = {"deck": DECKS[number], "count": 1, "seconds": 120}
        room.right = is_right
        opened.append(room)
    return opened


def is_right(player: Player) -> bool:
    """Tell whether somebody answers right, by where they sit."""
    return sum(map(int, player.name.removeprefix("P").split("x"))) % 2 == 0


class TestRequests:
    """What we ask of Slack fails; how Slack reaches us makes no difference to that."""

    @pytest.fixture
    def by(self) -> By:
        """Say that Slack reaches the program over a socket."""
        return "socket"

    @pytest.mark.parametrize("storm", REQUESTS)
    async def test_requests_that_fail_change_no_standing(
        self, hall: Hall, rooms: Sequence[Room], rng: Random, storm: str
    ) -> None:
        """Neither before they have happened nor after, and whatever is said about them."""
        hall.server.fates = Fates(str(rng.random()), dict.fromkeys(SENDING, REQUESTS[storm]))

        await played(hall, rooms)

        troubles = sum(times for (_, trouble), times in hall.server.troubles.items() if trouble != "none")
        assert troubles or storm == "slow answers"
        assert wrong(hall, rooms) == []

    async def test_sockets_that_break_and_are_renewed_change_no_standing(
        self, hall: Hall, rooms: Sequence[Room], rng: Random
    ) -> None:
        """What a broken socket had goes to the next one, and counts once."""
        hall.server.fates = Fates(str(rng.random()), events=BREAKS)
        hall.server.fates.next_event("block_actions", EventFate(cut=True))

        await played(hall, rooms)

        assert hall.server.sockets.opened[hall.app.id] > 1
        assert wrong(hall, rooms) == []


async def test_what_comes_late_and_twice_changes_no_standing(
    hall: Hall, rooms: Sequence[Room], rng: Random
) -> None:
    """And so does what comes in another order."""
    hall.server.fates = Fates(str(rng.random()), events=DISORDER)

    await played(hall, rooms)

    assert wrong(hall, rooms) == []


async def played(hall: Hall, rooms: Sequence[Room]) -> None:
    """Let every room play one round, and Slack behave again after that."""
    async with asyncio.TaskGroup() as group:
        for room in rooms:
            group.create_task(room.play(1))
    hall.server.fates = Fates()


def wrong(hall: Hall, rooms: Sequence[Room]) -> list[str]:
    """Return in words what is not as it would be on a quiet day.

    That somebody is told twice alone what became of their answer is not wrong: it may be that Slack has not
    shown it, and it cannot be looked up.
    """
    ledger = Ledger(Path(hall.folder) / "hall.db", "slack")
    players = [player for room in rooms for player in room.players]
    return [
        *miscounted(ledger, players),
        *(one for room in rooms for one in misscored(ledger, room)),
        *misplaced(rooms),
        *(f"{times} times: {what}" for what, times in doubled(hall.server.world).items()),
    ]


# -------------------------------------------------------------------------------- events that are sent again

Doing = Callable[[Hall, Message], Coroutine[None, None, object]]


async def unflagged(hall: Hall, question: Message) -> None:
    """Put a reaction that means nothing, and take it away."""
    await hall.ann.react(question, "eyes")
    await hall.ann.unreact(question, "eyes")


EVENTS: Final[Mapping[str, Doing]] = {
    "app_mention": lambda hall, _: hall.zoe.mention(hall.server.world.channel("other"), "play deck:many"),
    "message": lambda hall, _: hall.ann.write(hall.ann.dm, "me"),
    "reaction_added": lambda hall, question: hall.ann.react(question, "triangular_flag_on_post"),
    "reaction_removed": unflagged,
    "app_home_opened": lambda hall, _: hall.ann.open_home(),
}


@pytest.mark.parametrize("kind", EVENTS)
async def test_an_event_that_slack_sends_again_for_minutes_counts_once(hall: Hall, kind: str) -> None:
    """At once, after a minute and after five more, each time with the same id."""
    question = await hall.play(hall.zoe, hall.ann, line="deck:single count:1 seconds:600")
    before, heard = len(shown_to_all(hall)), len(answered(hall, kind))
    hall.server.fates.next_event(kind, EventFate(unheard=True), times=NEVER_HEARD)
    await EVENTS[kind](hall, question)
    while hall.server.courier.busy:
        hall.server.clock.advance(max(RETRY_SECONDS))
        await asyncio.sleep(0.02)
    await hall.until(lambda: len(shown_to_all(hall)) - before >= EFFECTS[kind], "what comes of it")
    await hall.until(lambda: len(told_ann(hall, question)) >= TOLD.get(kind, 0), "what Ann is told")

    sent = answered(hall, kind)[heard:]
    assert [one.attempt for one in sent] == list(range(len(RETRY_SECONDS) + 1))
    assert len({one.body["event_id"] for one in sent}) == 1
    assert len(shown_to_all(hall)) - before == EFFECTS[kind]
    assert len(told_ann(hall, question)) == TOLD.get(kind, 0)


EFFECTS: Final = {name: int(name == "app_mention") for name in EVENTS}
"""How many messages for all each thing brings about: a mention begins a round."""

TOLD: Final = {"message": 1, "reaction_added": 1}
"""How many messages Ann is sent alone."""


def answered(hall: Hall, kind: str) -> list[Dispatch]:
    """Return each time that an event of *kind* was sent and taken; what we do ourselves is none."""
    taken = (one for one in hall.server.traffic.dispatches(kind) if one.answered)
    people = {hall.zoe.user.id, hall.ann.user.id}
    return [one for one in taken if one.body["event"].get("user") in people]


def shown_to_all(hall: Hall) -> list[Message]:
    """Return our messages for a channel."""
    channels = hall.server.world.channels.values()
    return [one for channel in channels if channel.name for one in hall.messages(channel)]


def told_ann(hall: Hall, question: Message) -> list[str]:
    """Return what we told Ann alone, since she joined."""
    bot = hall.app.user
    direct = [one for one in hall.ann.seen(hall.ann.dm) if one.author is bot]
    alone = [one for one in hall.ann.seen(hall.channel) if one.ephemeral and one.ts > question.ts]
    return [text_of(one) for one in (*direct, *alone)]
