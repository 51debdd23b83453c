"""The program as a process: it starts quickly, stops cleanly, and loses nothing that it has acknowledged."""

from pathlib import Path
from typing import Final

import pytest
from aiohttp import ClientSession

from tests.acceptance.coast import write_coast
from tests.acceptance.program import Program, running
from tests.acceptance.windows import opened

LINES: Final = 40


@pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="This system does not tell a process's CPU time."
)
async def test_a_second_start_serves_within_three_seconds_of_work(tmp_path: Path) -> None:
    """Counted in CPU seconds, which a busy machine does not make more."""
    async with running(tmp_path / "hall", write_coast(tmp_path / "content")) as program:
        await program.stop()
        await program.start()
        seconds = program.cpu_seconds()
    print(f"A second start took {seconds:.2f} s of CPU to serving.")  # noqa: T201 - the figure itself is wanted
    assert seconds < 3


async def test_sigterm_ends_it_with_all_that_was_acknowledged_on_disk(tmp_path: Path) -> None:
    """A burst is under way when it comes: the goodbye is said, the code is 0, and no acknowledgement lied."""
    async with running(tmp_path / "hall", write_coast(tmp_path / "content")) as program:
        async with opened(program, "Ada") as window:
            sent = {
                await window.send(type="say", channel="general", text=f"line {n}"): n for n in range(LINES)
            }
            await window.expect("ack")
            code = await program.stop()
            await window.until_closed()
        kept = [f"line {sent[id_]}" for id_ in window.acknowledged() if id_ in sent]
        assert code == 0
        assert "bye" in {frame["type"] for frame in window.read}
        assert kept != []
        await _assert_kept(program, kept)


async def test_sigkill_takes_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    """The same without any warning."""
    async with running(tmp_path / "hall", write_coast(tmp_path / "content")) as program:
        async with opened(program, "Ada") as window:
            sent = {
                await window.send(type="say", channel="general", text=f"line {n}"): n for n in range(LINES)
            }
            await window.expect("ack")
            await program.kill()
            await window.until_closed()
        await _assert_kept(program, [f"line {sent[id_]}" for id_ in window.acknowledged() if id_ in sent])


async def _assert_kept(program: Program, kept: list[str]) -> None:
    """After another start every line of *kept* is in the history, and no line is there twice."""
    await program.start()
    async with opened(program, "Ben") as window:
        lines = await window.lines("general")
    assert [line for line in kept if line not in lines] == []
    assert len(lines) == len(set(lines))


async def test_it_says_of_itself_that_it_lives_and_is_ready(tmp_path: Path) -> None:
    """What watches over it asks the web port, without any token."""
    async with running(tmp_path / "hall", write_coast(tmp_path / "content")) as program:
        async with ClientSession(base_url=f"http://127.0.0.1:{program.port}") as session:
            async with session.get("/healthz") as answer:
                assert await answer.json() == {"alive": True}
            async with session.get("/readyz") as answer:
                assert (await answer.json())["ready"] is True
            async with session.get("/metrics") as answer:
                assert "studyhall_" in await answer.text()
        assert program.troubles() == []


async def test_a_port_that_is_taken_is_named_in_one_sentence(tmp_path: Path) -> None:
    """No traceback: what is wrong, and what to set."""
    content = write_coast(tmp_path / "content")
    async with running(tmp_path / "hall", content) as program:
        second = Program(tmp_path / "second", content, STUDYHALL_WEB__PORT=str(program.port))
        with pytest.raises(AssertionError, match="It ended before it served"):
            await second.start()
        assert await second.process.wait() == 1
        said = second.journal.read_text(encoding="utf-8")
    assert "Traceback" not in said
    assert str(program.port) in said
