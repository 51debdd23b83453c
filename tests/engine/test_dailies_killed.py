"""Questions of the day by two real processes on one database, one of them killed every few seconds.

Nothing is simulated but the chat: the processes, their deaths, PostgreSQL, HTTP and the time are real. The
chat forgets idempotency keys after seconds, and fails before and after it has shown a message.
"""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Final

import pytest

from bot.app import SystemClock
from bot.core.commands import RevealAfter, SetDaily, SubmitAnswer, Tick
from bot.core.ids import EventId, QuestionId, RoundId, ScheduleId
from bot.core.leaderboards import Measure
from bot.core.local_times import local_day, zone_named
from bot.core.responses import Picked
from bot.core.schedules import daily_round
from bot.engine.engine import Engine
from bot.engine.events import OWN, Event
from bot.engine.identities import new_channel, new_learner, schedule_id
from bot.records import Account, Place, daily_place, group_board
from bot.store.postgres import PostgresStore
from tests.emulators.plainchat import PLATFORM, Chat, ChatServer, Fates, Message, Odds, Trouble
from tests.engine.clocks import StandingClock
from tests.engine.killing import Killer, Worker, working
from tests.engine.serving import LIBRARY

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.waits]

POSTS: Final = 90
REVEALS: Final = 30
AT_ONCE: Final = 5
"""How many channels share a second."""

SPREAD: Final = 30.0
"""Seconds over which the posts are due."""

KILLING: Final = 32.0
"""Seconds from the first post on, during which processes are killed."""

LEAD: Final = timedelta(seconds=30)
"""For the schedules to be set and the processes to start, on a slow machine too."""

HOUR: Final = timedelta(hours=1)
PATIENCE: Final = 75.0
"""Seconds for what the last kill left: a lease of thirty, and a few tries."""

ODDS: Final = Odds(busy=0.06, broken=0.04, cut=0.12, slowest=0.3)
WORKSPACE: Final = "school"
LEARNERS: Final = (Account(PLATFORM, "ann"), Account(PLATFORM, "ben"))
SEED: Final = "STUDYHALL_SEED"
"""The variable that repeats a run's draws."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel and what is to come in it at *due*: its question, or the reveal of an hour old one."""

    place: Place
    due: datetime
    reveals: bool

    @property
    def schedule(self) -> ScheduleId:
        """Its only schedule."""
        return schedule_id(self.place, "daily")

    @property
    def days_place(self) -> Place:
        """Where its questions of the day live."""
        return daily_place(self.place, self.schedule)

    @property
    def asked_at(self) -> datetime:
        """When its question is due."""
        return self.due - HOUR if self.reveals else self.due

    def round_of(self, day: date) -> RoundId:
        """Return the round of *day*."""
        return daily_round(self.schedule, day)


@dataclass(frozen=True, slots=True)
class Term:
    """All channels, and the one local date that everything happens on."""

    channels: Sequence[Channel]
    zone: str
    day: date
    begins: datetime

    @property
    def revealing(self) -> Sequence[Channel]:
        """Those whose question was asked an hour before."""
        return [channel for channel in self.channels if channel.reveals]

    @property
    def messages(self) -> int:
        """How many messages there are in the end."""
        return len(self.channels) + len(self.revealing)


def zone_at_noon(now: datetime) -> str:
    """Return a zone in which it is noon or a little later, so that no date ends meanwhile."""
    east = (12 - now.astimezone(UTC).hour + 11) % 24 - 11
    return f"Etc/GMT{-east:+d}" if east else "Etc/GMT"  # these names count westwards


def term_at(now: datetime, rng: Random) -> Term:
    """Return channels whose turns come evenly over the next minute, a few in every second."""
    begins = now.replace(microsecond=0) + LEAD
    zone = zone_at_noon(begins)
    kinds = [True] * REVEALS + [False] * POSTS
    rng.shuffle(kinds)
    turns = len(kinds) // AT_ONCE
    channels = [
        Channel(
            Place(PLATFORM, f"c{number}"),
            begins + timedelta(seconds=number // AT_ONCE * SPREAD // turns),
            reveals,
        )
        for number, reveals in enumerate(kinds)
    ]
    return Term(channels, zone, local_day(begins, zone_named(zone)), begins)


class Planning:
    """Sets everything up through an engine whose clock stands in the past: nothing of it delivers."""

    def __init__(self, store: PostgresStore, term: Term) -> None:
        """Begin before the first question."""
        self._term = term
        self._clock = StandingClock(term.begins - HOUR - LEAD)
        self._engine = Engine(store, self._clock, lambda: LIBRARY, people=store, seed="seed")

    async def run(self) -> None:
        """Set every schedule; ask what was due an hour ago, and have it answered."""
        await asyncio.gather(*(self._set(channel) for channel in self._term.channels))
        for channel in sorted(self._term.revealing, key=lambda channel: channel.asked_at):
            await self._clock.move((channel.asked_at - self._clock.now()).total_seconds())
            await self._engine.handle(Event(OWN, channel.days_place, Tick(), self._clock.now()))
        answers = [(channel, learner) for channel in self._term.revealing for learner in LEARNERS]
        await asyncio.gather(*(self._answer(*one) for one in answers))

    async def _set(self, channel: Channel) -> None:
        at = channel.asked_at.astimezone(zone_named(self._term.zone)).time()
        command = SetDaily(at=at, zone=self._term.zone, reveal=RevealAfter(1 if channel.reveals else 12))
        id_ = EventId(f"set {channel.place.id}")
        account = Account(PLATFORM, "zoe")
        now = self._clock.now()
        await self._engine.handle(
            Event(id_, channel.place, command, now, account, "Zoe", organiser=True, workspace=WORKSPACE)
        )

    async def _answer(self, channel: Channel, learner: Account) -> None:
        question = QuestionId(f"{channel.round_of(self._term.day)}.0")
        now = self._clock.now()
        answer = SubmitAnswer(question, Picked((0,)), now)
        id_ = EventId(f"{learner.id} in {channel.place.id}")
        reply = await self._engine.handle(
            Event(id_, channel.place, answer, now, learner, learner.id.title(), workspace=WORKSPACE)
        )
        assert "Accepted" in type(reply.effects[0]).__name__


@pytest.fixture
async def store(schema_database: str) -> AsyncIterator[PostgresStore]:
    """The database that both processes work on, for a look from outside."""
    store = await PostgresStore.open(schema_database)
    yield store
    await store.close()


@pytest.fixture
def chat() -> Chat:
    """An empty chat."""
    return Chat(SystemClock(), [f"c{number}" for number in range(POSTS + REVEALS)])


@pytest.fixture
async def server(chat: Chat) -> AsyncIterator[ChatServer]:
    """The server of the chat, not started yet."""
    server = ChatServer(chat, SystemClock())
    yield server
    await server.stop()


async def test_two_processes_one_of_them_killed_again_and_again_post_everything_once(
    schema_database: str,
    store: PostgresStore,
    chat: Chat,
    server: ChatServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Not one post is missing, doubled or early, though senders die and connections break in the middle."""
    seed = os.environ.get(SEED) or secrets.token_hex(4)
    tell(capsys, f"{SEED}={seed}")
    rng = Random(seed)
    server.fates = Fates(seed, ODDS)
    address = await server.start()
    term = term_at(SystemClock().now(), rng)
    # Before anybody works: who goes by the real time would ask late what it asks in time, an hour ago.
    await Planning(store, term).run()
    async with working(tmp_path, 2, schema_database, address) as workers:
        killer = Killer(workers, chat, rng)
        try:
            await killer.run((term.begins - SystemClock().now()).total_seconds() + KILLING)
            await all_said(store, chat, workers, term)
        finally:
            tell(capsys, figures(term, chat, server, killer))
    await server.stop()

    assert chat.doubled() == []
    assert {channel.place.id: said(chat, channel, term) for channel in term.channels} == {
        channel.place.id: expected(channel) for channel in term.channels
    }
    assert early(term, chat) == []
    posted = [(term.day, "posted")]
    assert await ledgers(store, term) == {channel.schedule: posted for channel in term.channels}
    assert await counted(store) == [REVEALS] * len(LEARNERS)
    assert killer.kills >= KILLING / 8
    assert server.troubles["post", Trouble.CUT] > 0


def tell(capsys: pytest.CaptureFixture[str], text: str) -> None:
    """Print *text* now; and keep it, for a run that fails where nobody sees what is printed."""
    print(text)  # noqa: T201 - a run that fails must be repeatable
    with capsys.disabled():
        print(f"\n{text}")  # noqa: T201 - what was measured is told


async def all_said(store: PostgresStore, chat: Chat, workers: Sequence[Worker], term: Term) -> None:
    """Return when nothing is left to be said; the first thing that is said twice, or too late, fails."""
    try:
        async with asyncio.timeout(PATIENCE):
            while len(chat.messages) < term.messages or (await store.backlog()).depth:
                assert chat.doubled() == []
                for worker in workers:
                    worker.check()
                await asyncio.sleep(0.2)
    except TimeoutError:
        backlog = await store.backlog()
        message = f"{len(chat.messages)} of {term.messages} messages were said; {backlog} is left to be said."
        raise AssertionError(message) from None


def said(chat: Chat, channel: Channel, term: Term) -> list[str]:
    """Return what *channel* shows by the names of its messages, with a mark at those that were edited."""
    round_ = channel.round_of(term.day)
    return [
        message.key.removeprefix(f"{round_}.") + ("*" if message.edits else "")
        for message in chat.of(channel.place.id)
    ]


def expected(channel: Channel) -> list[str]:
    """Return what it should show: a question that was answered and closed has changed since."""
    return ["1.ask*", "1.reveal"] if channel.reveals else ["1.ask"]


def turns(term: Term, chat: Chat) -> list[tuple[Channel, Message]]:
    """Return each channel with the message that was due within the minute, if it has come."""
    return [
        (channel, message)
        for channel in term.channels
        for message in chat.of(channel.place.id)[len(expected(channel)) - 1 :]
    ]


def early(term: Term, chat: Chat) -> list[tuple[Channel, Message]]:
    """Return what was said before its time."""
    return [(channel, message) for channel, message in turns(term, chat) if message.at < channel.due]


async def ledgers(store: PostgresStore, term: Term) -> dict[ScheduleId, list[tuple[date, str]]]:
    """Return what became of each date of each schedule."""
    return {
        channel.schedule: [
            (date.fromisoformat(row.day), row.outcome) for row in await store.ledger(channel.schedule)
        ]
        for channel in term.channels
    }


async def counted(store: PostgresStore) -> list[int]:
    """Return how many answers of each learner the group's board holds."""
    group = new_channel(Place(PLATFORM, "c0"), WORKSPACE).group
    rows = [
        await store.place(group_board(group, "a"), new_learner(learner, "").id, Measure.POINTS)
        for learner in LEARNERS
    ]
    return [row.answers if row else 0 for row in rows]


def figures(term: Term, chat: Chat, server: ChatServer, killer: Killer) -> str:
    """Return what was measured, in a few lines."""
    late = sorted((message.at - channel.due).total_seconds() for channel, message in turns(term, chat))
    p50, p99, most = (late[int((len(late) - 1) * share)] if late else 0 for share in (0.50, 0.99, 1))
    troubles = ", ".join(f"{kind} {trouble} {n}" for (kind, trouble), n in sorted(server.troubles.items()))
    return (
        f"{len(chat.messages)} messages; {killer.kills} kills, {killer.aimed} of them while posting\n"
        f"late: p50 {p50:.2f} s, p99 {p99:.2f} s, most {most:.2f} s\n"
        f"senders gone before the answer: {dict(server.unheard)}; found again: {server.found}; "
        f"same key told: {chat.repeated}\n"
        f"requests: {troubles}"
    )
