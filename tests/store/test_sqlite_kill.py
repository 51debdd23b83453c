"""SIGKILL at any moment: what was acknowledged is there, and nothing is there by half."""

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from bot.records import Changes
from bot.store.sqlite import SqliteStore
from tests.contracts.stores import post_row, save, study

_TOP = Path(__file__).parents[2]

_CHILD = """
import asyncio, sys
from bot.records import Changes
from bot.store.sqlite import SqliteStore
from tests.contracts.stores import attempt_row, post_row, round_row

async def work(store, first, step):
    for number in range(first, 10**9, step):
        changes = Changes(
            events=[(f"web:{number}", number)],
            rounds=[round_row("r1", version=number)],
            attempts=[attempt_row(position=number)],
            outbox=[post_row(f"m{number}")],
        )
        await store.transact([], (), lambda _: changes)
        print(number, flush=True)

async def main(path, first):
    store = await SqliteStore.open(path)
    async def upkeep():
        while True:
            await store.checkpoint()
            await asyncio.sleep(0.01)
    await asyncio.gather(upkeep(), *(work(store, first + at, 4) for at in range(4)))

asyncio.run(main(sys.argv[1], int(sys.argv[2])))
"""

_CLAIMING = """
import asyncio, sys
from bot.store.sqlite import SqliteStore

async def main(path):
    store = await SqliteStore.open(path)
    (delivery,) = await store.claim(0, 3_600_000, 9)
    print(delivery.fence, flush=True)
    await asyncio.Event().wait()

asyncio.run(main(sys.argv[1]))
"""


@pytest.mark.parametrize("seed", range(3))
async def test_what_was_acknowledged_outlives_a_kill(tmp_path: Path, seed: int) -> None:
    """A process that writes as fast as it can is killed twice; every number that it printed is there."""
    path, random, acknowledged = tmp_path / "study.db", Random(seed), set[int]()
    await _start(path)
    for first in (1, 1_000_000):
        acknowledged |= await _run_and_kill(path, first, after=random.randrange(1, 120))

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        events = {int(id_.removeprefix("web:")) for (id_,) in connection.execute("SELECT id FROM events")}
        messages = {int(key.removeprefix("m")) for (key,) in connection.execute("SELECT key FROM outbox")}
        attempts = {
            int(id_.removeprefix("r1.")) for (id_,) in connection.execute("SELECT question_id FROM attempts")
        }
    assert acknowledged <= events
    assert events == messages == attempts


async def test_what_a_killed_process_had_in_hand_can_be_had_at_once(tmp_path: Path) -> None:
    """By whoever takes over; as it may be there already, it comes back as one that was tried."""
    path = tmp_path / "study.db"
    store = await SqliteStore.open(path)
    await save(store, Changes(outbox=[post_row()]))
    await store.close()
    process = await _started(_CLAIMING, str(path))
    assert process.stdout is not None
    fence = int(await process.stdout.readline())
    process.send_signal(signal.SIGKILL)
    await process.wait()

    store = await SqliteStore.open(path)
    assert await store.claim(0, 1000, 9) == []
    await store.take_over()
    (delivery,) = await store.claim(0, 1000, 9)

    assert (delivery.row, delivery.tries) == (post_row(), 1)
    assert delivery.fence > fence
    await store.close()


async def _start(path: Path) -> None:
    """Make the database that the processes write to."""
    store = await SqliteStore.open(path)
    await save(store, study())
    await store.close()


async def _run_and_kill(path: Path, first: int, after: int) -> set[int]:
    """Kill a writing process once it has printed *after* numbers; return all that it printed."""
    process = await _started(_CHILD, str(path), str(first))
    assert process.stdout is not None
    lines = [await process.stdout.readline() for _ in range(after)]
    process.send_signal(signal.SIGKILL)
    lines += (await process.stdout.read()).splitlines(keepends=True)
    assert await process.wait() == -signal.SIGKILL
    return {int(line) for line in lines if line.endswith(b"\n")}


async def _started(program: str, *arguments: str) -> asyncio.subprocess.Process:
    """Start a Python of ours that runs *program*."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        *arguments,
        cwd=_TOP,
        env={**os.environ, "PYTHONPATH": str(_TOP)},
        stdout=asyncio.subprocess.PIPE,
    )
