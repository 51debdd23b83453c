"""What a durable answer costs through the whole engine, held against bare loops in the same run."""

import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bot.store.sqlite import SqliteStore
from tests.bench.bare import commit_each, commit_in_batches
from tests.bench.figures import Figure
from tests.bench.worlds import World, world

AT_ONCE = 64
ANSWERS = 12_800
ALONE = 1_500
TURNS = 3
FLUSH = 0.002


Measure = Callable[[], Awaitable[float]]


async def sqlite_figures() -> list[Figure]:
    """Measure on SQLite with the disk as it is, and with 2 ms added to each flush as on a cloud volume."""
    bare, each, ours = await turns(
        _on_disk(lambda path: rate(ANSWERS, commit_in_batches(path, ANSWERS, AT_ONCE))),
        _on_disk(lambda path: rate(ALONE, commit_each(path, ALONE))),
        _on_disk(lambda path: _ours(path, ANSWERS, AT_ONCE, 0.0)),
    )
    slow_each, slow_ours, lonely = await turns(
        _on_disk(lambda path: rate(ALONE // 3, commit_each(path, ALONE // 3, FLUSH))),
        _on_disk(lambda path: _ours(path, ANSWERS, AT_ONCE, FLUSH)),
        _on_disk(lambda path: _ours(path, ALONE // 3, 1, FLUSH)),
    )
    return [
        Figure("answers/s, 64 at once, to a bare group commit of the same rows", ours, bare, least=0.5),
        Figure("answers/s, 64 at once, to one bare commit each", ours, each, least=4.0),
        Figure("the same with 2 ms a flush", slow_ours, slow_each, least=12.0),
        Figure("seconds of one lonely answer to a bare commit, 2 ms a flush", slow_each, lonely, most=1.3),
    ]


async def scaling_figures() -> list[Figure]:
    """Measure what ten thousand answers in the question, and five thousand open rounds, cost an answer."""
    with _folder() as folder:
        store = await SqliteStore.open(folder / "crowd.db")
        crowd = await world(store, people=12_000)
        few = await crowd.answers(range(1_000), at_once=AT_ONCE)
        await crowd.answers(range(1_000, 11_000), at_once=AT_ONCE)
        many = await crowd.answers(range(11_000, 12_000), at_once=AT_ONCE)
        await store.close()
    one = await _spread(1)
    thousands = await _spread(5_000)
    return [
        Figure("seconds of an answer with 10,000 in the question to one with few", many, few, most=1.3),
        Figure("answers/s with 5,000 open rounds to one", thousands, one, least=0.9),
    ]


async def _spread(rounds: int) -> float:
    with _folder() as folder:
        store = await SqliteStore.open(folder / "spread.db")
        spread = await world(store, people=5_000, rounds=rounds)
        seconds = await spread.answers(range(5_000), at_once=AT_ONCE)
        await store.close()
        return 5_000 / seconds


async def _ours(path: Path, answers: int, at_once: int, flush: float) -> float:
    store = await SqliteStore.open(path)
    if flush:
        _slow_down(store, flush)
    made: World = await world(store, people=answers)
    seconds = await made.answers(range(answers), at_once=at_once)
    await store.close()
    return answers / seconds


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


def _on_disk(measure: Callable[[Path], Awaitable[float]]) -> Measure:
    """Give *measure* a fresh database each time."""

    async def measured() -> float:
        with _folder() as folder:
            return await measure(folder / "bench.db")

    return measured


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder on a real disk: where /tmp is memory, a flush costs nothing and proves nothing."""
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-", dir=Path.cwd()) as folder:
        yield Path(folder)
