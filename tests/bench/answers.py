"""What a durable answer costs through the whole engine, held against bare loops in the same run."""

import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from shutil import copyfile
from statistics import median
from typing import cast

from bot.ports import Store
from bot.store.sqlite import SqliteStore
from tests.bench.bare import Recorder, commit_each, commit_in_batches
from tests.bench.figures import Figure
from tests.bench.worlds import world

AT_ONCE = 64
ANSWERS = 6_400
ALONE = 600
TURNS = 3
FLUSH = 0.002
OPEN = 5_000


Measure = Callable[[], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class Rates:
    """Answers a second: through the engine at once and one by one, and the same rows bare."""

    ours: float
    lonely: float
    bare: float
    each: float


async def sqlite_figures() -> list[Figure]:
    """Measure on SQLite with the disk as it is, and with 2 ms added to each flush as on a cloud volume."""
    plain = await _medians(0.0)
    slow = await _medians(FLUSH)
    name = "seconds of one lonely answer to a bare commit, 2 ms a flush"
    return [
        Figure("answers/s, 64 at once, to a bare group commit of the same rows", plain.ours, plain.bare, 0.5),
        Figure("answers/s, 64 at once, to one bare commit each", plain.ours, plain.each, 4.0),
        Figure("the same with 2 ms a flush", slow.ours, slow.each, 12.0),
        Figure(name, slow.each, slow.lonely, most=1.3),
    ]


async def _medians(flush: float) -> Rates:
    """Measure a few times, all in turn, so that the machine's moods strike all alike."""
    runs = [await _measure(flush) for _ in range(TURNS)]
    return Rates(*(median(values) for values in zip(*map(astuple, runs), strict=True)))


async def _measure(flush: float) -> Rates:
    """Let many answer through the engine, and commit the rows of as many others bare, on copies."""
    with _folder() as folder:
        ours, bare, each = (folder / f"{name}.db" for name in ("ours", "bare", "each"))
        store = await SqliteStore.open(ours)
        made = await world(store, people=2 * ANSWERS + ALONE)
        await store.checkpoint()
        await store.close()
        copyfile(ours, bare)
        copyfile(ours, each)
        store = await SqliteStore.open(ours)
        if flush:
            _slow_down(store, flush)
        recorder = Recorder(store)
        made.move_to(cast("Store", recorder))  # answers ask nothing else of it
        await made.answers(range(ANSWERS), at_once=AT_ONCE)
        written = recorder.written()
        made.move_to(store)  # what is timed is not recorded
        await (
            store.checkpoint()
        )  # as the program does every few seconds; the bare loop begins with no log too
        together = await made.answers(range(ANSWERS, 2 * ANSWERS), at_once=AT_ONCE)
        alone = await made.answers(range(2 * ANSWERS, 2 * ANSWERS + ALONE), at_once=1)
        await store.close()
        return Rates(
            ANSWERS / together,
            ALONE / alone,
            len(written) / await commit_in_batches(bare, written, AT_ONCE),
            ALONE / await commit_each(each, written[:ALONE], flush),
        )


async def scaling_figures() -> list[Figure]:
    """Measure what ten thousand answers in the question, and five thousand open rounds, cost an answer."""
    with _folder() as folder:
        store = await SqliteStore.open(folder / "crowd.db")
        crowd = await world(store, people=12_000)
        few = await crowd.answers(range(1_000), at_once=AT_ONCE)
        await crowd.answers(range(1_000, 11_000), at_once=AT_ONCE)
        many = await crowd.answers(range(11_000, 12_000), at_once=AT_ONCE)
        await store.close()
    one, among = await turns(lambda: _spread(1, 1), lambda: _spread(OPEN, 1))
    over = await _spread(OPEN, OPEN)
    return [
        Figure("seconds of an answer with 10,000 in the question to one with few", many, few, most=1.3),
        Figure("answers/s in one round while 5,000 are open to one alone", among, one, least=0.9),
        Figure("answers/s spread over 5,000 rounds, each told its own count, to one round", over, one),
    ]


async def _spread(rounds: int, busy: int) -> float:
    """Return answers a second in *busy* of *rounds* open rounds."""
    with _folder() as folder:
        store = await SqliteStore.open(folder / "spread.db")
        spread = await world(store, people=OPEN, rounds=rounds, busy=busy)
        await store.checkpoint()
        seconds = await spread.answers(range(OPEN), at_once=AT_ONCE)
        await store.close()
        return OPEN / seconds


def _slow_down(store: SqliteStore, flush: float) -> None:
    """Add *flush* seconds to each transaction, on the database's thread, where a slow disk adds it."""
    run = store._writer.run

    async def slower(work: Callable[..., object]) -> object:
        def with_flush(connection: object) -> object:
            done = work(connection)
            time.sleep(flush)
            return done

        return await run(with_flush)

    store._writer.run = slower  # type: ignore[method-assign,assignment]


async def turns(*measures: Measure) -> list[float]:
    """Run *measures* in turns and return the median of each, so that a machine's moods strike all alike."""
    found: list[list[float]] = [[] for _ in measures]
    for _ in range(TURNS):
        for values, measure in zip(found, measures, strict=True):
            values.append(await measure())
    return [median(values) for values in found]


async def rate(answers: int, seconds: Awaitable[float]) -> float:
    """Return answers a second."""
    return answers / await seconds


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder on a real disk: where /tmp is memory, a flush costs nothing and proves nothing."""
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-", dir=Path.cwd()) as folder:
        yield Path(folder)
