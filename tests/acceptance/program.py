"""The program as its users have it: a process of its own, in a folder of its own, with content of its own."""

import asyncio
import os
import random
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE: Final = 60.0
"""Seconds to wait for anything; a busy machine is slow, and a test that passes never waits this long."""

_ADDRESS: Final = re.compile(r"http://\S+\?token=\S+")
_LOW, _HIGH = 20_000, 32_000
"""Below the ports that systems give to outgoing connections, so that none takes ours during a restart."""


class Program:
    """Study Hall in *folder*, on one port for its whole life; started, killed and started again by a test."""

    def __init__(self, folder: Path, content: Path, **settings: str) -> None:
        """Keep everything in *folder*; *settings* are further environment variables."""
        self.folder = folder
        self.port = free_port()
        self.address = ""
        self._env = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "STUDYHALL_CONTENT": str(content),
            "STUDYHALL_WEB__PORT": str(self.port),
            "STUDYHALL_LOG__FORMAT": "json",
            **settings,
        }
        self._process: asyncio.subprocess.Process | None = None

    @property
    def process(self) -> asyncio.subprocess.Process:
        """The process that was started last."""
        assert self._process is not None, "The program was not started yet."
        return self._process

    async def start(self) -> str:
        """Start it, and return the address that it prints once it serves."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.journal.open("ab") as journal:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-P", "-m", "bot", "run", "--no-open"),
                cwd=self.folder,
                env=self._env,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=journal,
            )
        async with asyncio.timeout(PATIENCE):
            self.address = await self._printed_address()
        return self.address

    async def kill(self) -> None:
        """End it as a power cut does: no goodbye, nothing flushed."""
        self.process.kill()
        await self.process.wait()

    async def stop(self) -> int:
        """Ask it to stop, as an init system does, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(PATIENCE):
            return await self.process.wait()

    @property
    def journal(self) -> Path:
        """Where its log goes."""
        return self.folder / "journal.jsonl"

    def troubles(self) -> list[str]:
        """Return the lines of its log that tell of something that should not have happened."""
        lines = self.journal.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if '"level": "info"' not in line]

    def cpu_seconds(self) -> float:
        """Return the CPU time that the process has taken so far; only where there is a /proc."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    async def _printed_address(self) -> str:
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if found := _ADDRESS.search(line.decode()):
                return found[0]
        raise AssertionError(f"It ended before it served:\n{self.journal.read_text(encoding='utf-8')}")


@asynccontextmanager
async def running(folder: Path, content: Path, **settings: str) -> AsyncIterator[Program]:
    """Run the program while the block runs; whatever state the block leaves it in, it ends."""
    program = Program(folder, content, **settings)
    await program.start()
    try:
        yield program
    finally:
        if program.process.returncode is None:
            await program.kill()


def free_port() -> int:
    """Return a port that nobody listens on, of those that no outgoing connection is given."""
    for _ in range(200):
        port = random.randint(_LOW, _HIGH)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError("No port is free.")


def write_pack(content: Path, name: str, files: Mapping[str, str]) -> None:
    """Write a pack's *files*, by their paths in it."""
    for path, text in files.items():
        file = content / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
