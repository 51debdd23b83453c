"""What starting and idling costs: the command line's import, and a process that only waits."""

import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure

ROOT = Path(__file__).parent.parent.parent
SETTLE_SECONDS = 6.0
SDKS = ("discord", "slack_bolt", "slack_sdk", "asyncpg", "aiosqlite", "aiohttp", "pgqueuer")


def footprint_figures() -> list[Figure]:
    """Measure the CPU seconds of importing the command line, and an idle process's megabytes."""
    return [
        Figure("CPU seconds to import bot.cli, to 0.4", _import_seconds(), 0.4, most=1.0),
        Figure("megabytes resident when idle, to 90", _idle_megabytes(), 90.0, most=1.0),
    ]


def _import_seconds() -> float:
    """Return the CPU time of a process that imports the command line; a defect when it imports an SDK."""
    code = f"import sys, bot.cli; sys.exit(any(name in sys.modules for name in {SDKS!r}))"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _idle_megabytes() -> float:
    with tempfile.TemporaryDirectory(prefix="studyhall-bench-") as folder:
        command = [sys.executable, "-m", "bot", "run", "--no-open"]
        environment = {"PYTHONPATH": str(ROOT), "STUDYHALL_WEB__PORT": "0", "PATH": "/usr/bin:/bin"}
        with subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process:
            try:
                time.sleep(SETTLE_SECONDS)
                status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
            finally:
                process.terminate()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else float("nan")
