"""What boards cost: a page of one with the reader's own rank, and answers with all their boards kept.

Reading is measured at 10,000 learners and at 1,000,000, on the board that all of them are on. Writing is that
of rounds with fifty people each: their answers in one transaction, and what comes of them in another one when
the question closes. The same rounds are played with and without boards in turns, so that both are equally
warm.
"""

import asyncio
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from random import Random
from statistics import median
from typing import NamedTuple, Protocol

from bot.core.leaderboards import NEAR, SIZE, Measure
from bot.ports import Boards, RankedBy, Store
from bot.records import (
    Account,
    Asked,
    AttemptRow,
    Changes,
    OutboxRow,
    ParticipantRow,
    Place,
    RoundRow,
    everywhere_board,
    totals_of,
)
from bot.store.postgres import PostgresStore
from bot.store.sqlite import SqliteStore
from tests.bench.crowds import LARGE, SEATS, SMALL, Crowd, Loaded, load_postgres, load_sqlite
from tests.bench.figures import Figure
from tests.postgres import server

READS = 2_000
WARM = 100
TABLES = 20

QUESTIONS = 10
"""Questions in a round; boards marked with ``round`` are written when it ends, all its answers at once."""

BIG = ("e|a", "g:1|a", "c:1|a")
"""Boards with everybody on them."""

PERIODS = ("a", "s:autumn", "m:2026-11", "w:2026-W47", "d:2026-11-22")
SETS: dict[str, Sequence[str]] = {
    "none": (),
    "group": tuple(f"g:{{group}}|{period}" for period in PERIODS),
    "at each answer": (
        *(f"g:{{group}}|{period}" for period in PERIODS),
        *("c:{channel}|a", "c:{channel}|m:2026-11", "c:{channel}|w:2026-W47", "t:{group}:{topic}|a"),
        *BIG[:2],
    ),
    "kept": (
        *(f"g:{{group}}|{period}" for period in PERIODS),
        *("c:{channel}|a", "c:{channel}|m:2026-11", "c:{channel}|w:2026-W47", "t:{group}:{topic}|a"),
        *(f"round {board}" for board in BIG[:2]),
    ),
    "every": (
        *(f"{scope}|{p}" for scope in ("g:{group}", "c:{channel}", "t:{group}:{topic}") for p in PERIODS),
        *BIG,
    ),
}
"""Boards that an answer may count on; ``kept`` are those that we keep, some of them when a round ends."""


class BoardStore(Store, Boards, Protocol):
    """What is measured."""

    async def checkpoint(self) -> int:
        """Do the upkeep."""
        ...


class Reading(NamedTuple):
    """Milliseconds of a page with the reader's own place."""

    p50: float
    p99: float


class Measured(NamedTuple):
    """One store at one size: reading by measure, and milliseconds of a round's question by set of boards."""

    loaded: Loaded
    points: Reading
    accuracy: Reading
    rounds: dict[str, float]
    closings: dict[str, float]


async def boards_figures() -> list[Figure]:
    """Measure both stores."""
    figures = _figures("SQLite", await _sqlite(SMALL), await _sqlite(LARGE), 2.0)
    return figures + _figures("PostgreSQL", *(await _postgres()), 5.0)


def _figures(name: str, small: Measured, large: Measured, promised: float) -> list[Figure]:
    """Return the figures of one store, *promised* milliseconds for a page among a million."""
    found: list[Figure] = []
    for measure in ("points", "accuracy"):
        few, many = getattr(small, measure), getattr(large, measure)
        what = f"{name}: ms of top ten and my rank by {measure}"
        found += [
            Figure(f"{what}, p99 at 1,000,000 learners, to {promised:g}", many.p99, promised, most=1.0),
            Figure(f"{what}, p50 at 1,000,000 learners to 10,000", many.p50, few.p50, most=3.0),
            Figure(f"{what}, p99 at 1,000,000 learners to 10,000", many.p99, few.p99),
        ]
    for which in ("group", "kept", "at each answer", "every"):
        most = 2.0 if which == "kept" else None
        what = f"{len(SETS[which])} boards of each answer kept ({which}) to none"
        found += [
            Figure(f"{name}: ms of 50 answers, {what}", large.rounds[which], large.rounds["none"], most=most),
            Figure(
                f"{name}: ms of 50 answers' closing, {what}", large.closings[which], large.closings["none"]
            ),
        ]
    rows, boards = large.loaded
    return [
        *found,
        Figure(f"{name}: seconds to fill the boards of 10,000,000 attempts, to their writing", boards, rows),
    ]


async def _sqlite(crowd: Crowd) -> Measured:
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-", dir=Path.cwd()) as folder:
        path = Path(folder) / "crowd.db"
        loaded = await asyncio.to_thread(load_sqlite, path, crowd)
        store = await SqliteStore.open(path)
        try:
            return await _measure(store, crowd, loaded)
        finally:
            await store.close()


async def _postgres() -> tuple[Measured, Measured]:
    with server() as running:
        found = []
        for number, crowd in enumerate((SMALL, LARGE)):
            await asyncio.to_thread(running.sql, f"CREATE DATABASE crowd_{number}")
            loaded = await load_postgres(running.dsn(f"crowd_{number}"), crowd)
            store = await PostgresStore.open(running.dsn(f"crowd_{number}"))
            found.append(await _measure(store, crowd, loaded))
            await store.close()
        small, large = found
        return small, large


async def _measure(store: BoardStore, crowd: Crowd, loaded: Loaded) -> Measured:
    points = await _read(store, crowd, Measure.POINTS)
    accuracy = await _read(store, crowd, Measure.ACCURACY)
    rounds, closings = await _play(store, crowd)
    return Measured(loaded, points, accuracy, rounds, closings)


async def _read(store: BoardStore, crowd: Crowd, measure: RankedBy) -> Reading:
    """Let random readers look at the board that everybody is on."""
    random, times = Random(1), []
    for _ in range(WARM + READS):
        reader = random.randrange(1, crowd.learners)
        began = time.perf_counter()
        page = await store.page(everywhere_board("a"), measure, reader, 1, SIZE, NEAR)
        times.append(1000 * (time.perf_counter() - began))
        if len(page.rows) < SIZE:
            raise TypeError(page)
    taken = sorted(times[WARM:])
    return Reading(median(taken), taken[99 * len(taken) // 100])


async def _play(store: BoardStore, crowd: Crowd) -> tuple[dict[str, float], dict[str, float]]:
    """Play every room's round with each set of boards, in turns; return milliseconds of a question by set."""
    random, numbers = Random(2), count(1)
    rounds: dict[str, list[float]] = {name: [] for name in SETS}
    closings: dict[str, list[float]] = {name: [] for name in SETS}
    for room in range(TABLES):
        people = random.sample(range(crowd.learners), SEATS)
        seats = Room(store, room, people)
        await seats.join()
        for turn in range(QUESTIONS + 1):
            for name in random.sample(list(SETS), len(SETS)):
                began = time.perf_counter()
                await seats.answer(next(numbers))
                closing = time.perf_counter()
                await seats.close(SETS[name], ends=turn == QUESTIONS)
                if turn:  # the first makes the rows, as the first question of a day does
                    closings[name].append(1000 * (time.perf_counter() - closing))
                    rounds[name].append(1000 * (time.perf_counter() - began))
        await store.checkpoint()
    return {n: sum(v) / len(v) for n, v in rounds.items()}, {n: sum(v) / len(v) for n, v in closings.items()}


class Room:
    """A room with fifty people and a round that goes on for ever, as rows."""

    def __init__(self, store: Store, number: int, people: Sequence[int]) -> None:
        self._store = store
        self._place = Place("bench", f"c{number}")
        self._number = number
        self._people = people
        self._question = 0

    async def join(self) -> None:
        """Make everybody a participant."""
        await self._save([Asked("", self._place, None)], lambda _: Changes(participants=self._parts(0)))

    async def answer(self, question: int) -> None:
        """Take everybody's answer in one batch, as when all answer at once."""
        self._question = question
        asked = [Asked(f"{question}.{who}", self._place, Account("bench", f"p{who}")) for who in self._people]
        count_ = OutboxRow(f"{row_id(self._number)}.ask", "edit", self._place, "", 0, BODY)
        await self._save(
            asked,
            lambda row: Changes(
                events=[(one.event, 1) for one in asked],
                rounds=[row._replace(version=row.version + 1)],
                participants=self._parts(question),
                outbox=[count_],
            ),
        )

    async def close(self, boards: Sequence[str], *, ends: bool) -> None:
        """Settle the question: everybody's row, their attempts, what they gain and the reveal."""
        names = {
            "group": 1000 + self._number,
            "channel": 1000 + self._number,
            "topic": f"t{self._question % 7}",
        }
        keys = [board.format(**names) for board in boards if not board.startswith("round ")]
        late = [board.removeprefix("round ") for board in boards if ends and board.startswith("round ")]
        attempts = [self._attempt(who + 1) for who in self._people]
        reveal = OutboxRow(f"{self._question}.reveal", "post", self._place, "", 0, BODY)
        await self._save(
            [Asked("", self._place, None, everyone=True)],
            lambda row: Changes(
                rounds=[row._replace(version=row.version + 1)],
                participants=self._parts(self._question),
                attempts=attempts,
                outbox=[reveal],
                totals=totals_of(attempts, lambda _: (*keys, *late)),
            ),
        )

    async def _save(self, asked: Sequence[Asked], changes: Callable[[RoundRow], Changes]) -> None:
        known = {row_id(self._number)}
        await self._store.transact(asked, known, lambda found: changes(found.rounds[self._place]))

    def _parts(self, score: int) -> list[ParticipantRow]:
        return [ParticipantRow(row_id(self._number), who + 1, score, BODY) for who in self._people]

    def _attempt(self, learner: int) -> AttemptRow:
        right = (learner + self._question) % 10 < 7
        points = 100 + (learner + self._question) % 101 if right else 0
        return AttemptRow(
            f"{row_id(self._number)}.{self._question}",
            row_id(self._number),
            1,
            self._number,
            learner,
            "pack/i5000",
            f"t{self._question % 7}",
            20_000_000 + self._question,
            900,
            float(right),
            points,
            BODY,
        )


BODY = '{"v": 1, "what": "as long as these usually are, with an answer, a time and what was right about it"}'


def row_id(room: int) -> str:
    """Return the id of a room's round."""
    return f"r{room}"
