"""What the suites of the stores share: every implementation by name, and a small study group to save.

To have another implementation pass the suites, give OPENERS one more entry.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

import pytest

from bot.ports import ChatLog, Outbox, People, Store, Vault
from bot.records import (
    Account,
    Asked,
    AttemptRow,
    Changes,
    ChannelRow,
    LearnerRow,
    OutboxRow,
    ParticipantRow,
    Place,
    QuestionRow,
    RoundRow,
    Snapshot,
)
from bot.store.memory import MemoryStore
from bot.store.postgres import PostgresStore
from bot.store.sqlite import SqliteStore


class AnyStore(Store, People, Outbox, ChatLog, Vault, Protocol):
    """All that a store does, on one object."""

    async def ping(self) -> None:
        """Raise StoreError when the store cannot be written."""
        ...

    async def take_over(self) -> None:
        """End the leases of a process that has ended."""
        ...

    async def checkpoint(self) -> int:
        """Do the upkeep."""
        ...

    async def close(self) -> None:
        """Give everything back."""
        ...


Opener = Callable[[], Awaitable[AnyStore]]
"""Opens one and the same database, each time by another connection."""


def _memory(_request: pytest.FixtureRequest) -> Opener:
    store = MemoryStore()

    async def opened() -> MemoryStore:
        return store

    return opened


def _sqlite(request: pytest.FixtureRequest) -> Opener:
    folder: Path = request.getfixturevalue("tmp_path")
    return partial(SqliteStore.open, folder / "study hall.db")


def _postgres(request: pytest.FixtureRequest) -> Opener:
    dsn: str = request.getfixturevalue("schema_database")
    return partial(PostgresStore.open, dsn)


OPENERS: dict[str, Callable[[pytest.FixtureRequest], Opener]] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "postgres": _postgres,
}
MARKS = {"postgres": [pytest.mark.postgres]}

STORES = [pytest.param(name, marks=MARKS.get(name, ()), id=name) for name in OPENERS]
"""For ``@pytest.fixture(params=STORES)``."""


class Stores:
    """Opens the stores of one test: each sees what the others committed."""

    def __init__(self, opener: Opener) -> None:
        self._opener = opener
        self._opened: list[AnyStore] = []

    async def open(self) -> AnyStore:
        """Return a store on the test's database, as another process would open it."""
        store = await self._opener()
        self._opened.append(store)
        return store

    async def close(self) -> None:
        """Close what was opened."""
        for store in reversed(self._opened):
            await store.close()


@asynccontextmanager
async def stores_of(request: pytest.FixtureRequest) -> AsyncIterator[Stores]:
    """Give the stores of the implementation that the fixture's parameter names."""
    stores = Stores(OPENERS[request.param](request))
    try:
        yield stores
    finally:
        await stores.close()


HALL = Place("web", "hall")
YARD = Place("web", "yard")
ANN = Account("web", "ann")
BEN = Account("web", "ben")
CAT = Account("discord", "81")
ANN_ID, BEN_ID, CAT_ID = 2**63 - 1, 7, 5
HALL_ID, YARD_ID, GROUP_ID = 2**62 + 1, 12, 2**61 + 3

CHANNELS = [
    ChannelRow(HALL, HALL_ID, GROUP_ID, own=GROUP_ID),
    ChannelRow(YARD, YARD_ID, GROUP_ID, own=GROUP_ID),
]
LEARNERS = [LearnerRow(ANN, ANN_ID, "Ann"), LearnerRow(BEN, BEN_ID, "Ben"), LearnerRow(CAT, CAT_ID, "Cat")]


def round_row(  # noqa: PLR0913 - a test names the columns it is about, and no others
    id_: str = "r1",
    *,
    place: Place = HALL,
    channel: int = HALL_ID,
    version: int = 1,
    open_: bool = True,
    wake_at: int | None = None,
    started_at: int = 1000,
    item: str | None = "pack/i0",
    body: str = "{}",
) -> RoundRow:
    """Return a round of the hall."""
    return RoundRow(id_, channel, GROUP_ID, place, version, open_, wake_at, started_at, item, body)


def question_rows(round_: str = "r1", count: int = 3, first: int = 0) -> list[QuestionRow]:
    """Return questions of a round, their items counted from *first*."""
    return [QuestionRow(round_, at, f"pack/i{first + at}", f'{{"q": {at}}}') for at in range(count)]


def attempt_row(
    learner: int = ANN_ID,
    position: int = 0,
    *,
    round_: str = "r1",
    item: str = "pack/i0",
    at: int = 1500,
    credit: float = 1.0,
    points: int = 100,
    group: int = GROUP_ID,
) -> AttemptRow:
    """Return an attempt at a question of a round in the hall."""
    question = f"{round_}.{position}"
    return AttemptRow(
        question, round_, group, HALL_ID, learner, item, "1.1", at, 500, credit, points, '{"v": 1}'
    )


def post_row(
    key: str = "m1", *, place: Place = HALL, to: str = "", not_before: int = 0, body: str = "hello"
) -> OutboxRow:
    """Return a message to post."""
    return OutboxRow(key, "post", place, to, not_before, body)


def edit_row(
    key: str = "m1", *, place: Place = HALL, to: str = "", not_before: int = 0, body: str = "hello again"
) -> OutboxRow:
    """Return what a message is to become."""
    return OutboxRow(key, "edit", place, to, not_before, body)


def study(**more: Sequence[object]) -> Changes:
    """Return a group with two channels and three learners, and whatever else is given."""
    changes = Changes(channels=list(CHANNELS), learners=list(LEARNERS))
    for name, rows in more.items():
        getattr(changes, name).extend(rows)
    return changes


async def save(store: Store, changes: Changes) -> None:
    """Write *changes* in one transaction that asks for nothing."""
    await store.transact([], (), lambda _: changes)


async def snapshot(store: Store, *asked: Asked, known: Collection[str] = ()) -> Snapshot:
    """Return what a batch of *asked* is given, and change nothing."""
    seen: list[Snapshot] = []

    def keep(found: Snapshot) -> Changes:
        seen.append(found)
        return Changes()

    await store.transact(asked, known, keep)
    return seen[-1]


def ask(
    place: Place = HALL,
    account: Account | None = None,
    *,
    event: str = "",
    everyone: bool = False,
    recent: int = 0,
    since: int = 0,
    schedules: bool = False,
    days_since: str = "",
) -> Asked:
    """Return what one event wants loaded."""
    return Asked(event, place, account, everyone, recent, since, schedules, days_since)


def part(learner: int, round_: str = "r1", score: int = 0, body: str = "{}") -> ParticipantRow:
    """Return a learner's row in a round."""
    return ParticipantRow(round_, learner, score, body)
