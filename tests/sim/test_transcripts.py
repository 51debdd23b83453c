"""The same seed gives the same transcript: in this process, in another, and under any hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.sim.faults import ALL_FAULTS
from bot.store.memory import MemoryStore
from tests.sim.plays import kept, play, play_on_sqlite

pytestmark = pytest.mark.no_cover

ROOT = Path(__file__).parents[2]
TOLD = """
import asyncio, tempfile
from pathlib import Path
from bot.sim.faults import ALL_FAULTS
from tests.sim.plays import play_on_sqlite

with tempfile.TemporaryDirectory() as folder:
    print(asyncio.run(play_on_sqlite(Path(folder), rounds=3, seed="7", faults=ALL_FAULTS)).report.digest)
"""


async def test_the_same_seed_gives_the_same_transcript(tmp_path: Path) -> None:
    """Twice in one process: nothing that the first run left behind changes the second."""
    first, second = tmp_path / "1", tmp_path / "2"
    first.mkdir()
    second.mkdir()
    played = await play_on_sqlite(first, rounds=6, seed="7", faults=ALL_FAULTS)
    again = await play_on_sqlite(second, rounds=6, seed="7", faults=ALL_FAULTS)

    assert again.lines == played.lines
    assert again.report.digest == played.report.digest
    assert again.report.figures == played.report.figures


async def test_another_seed_gives_another_transcript() -> None:
    """A transcript that is always the same would prove nothing."""
    digests = {(await play(rounds=2, seed=str(number))).report.digest for number in range(5)}

    assert len(digests) == 5


async def test_the_store_makes_no_difference(tmp_path: Path) -> None:
    """Memory and SQLite lead to the same transcript, faults and all."""
    on_disk = await play_on_sqlite(tmp_path, rounds=6, seed="7", faults=ALL_FAULTS)
    in_memory = await play(rounds=6, seed="7", faults=ALL_FAULTS, reopen=kept(MemoryStore()))

    assert in_memory.lines == on_disk.lines


def test_the_hash_seed_makes_no_difference() -> None:
    """Sets and hashes have another order in every process; nothing that is shown may follow it."""
    digests = [_digest(hash_seed) for hash_seed in ("0", "1", "4242")]

    assert len(digests[0]) == 64
    assert digests == [digests[0]] * 3


def _digest(hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", TOLD],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]
