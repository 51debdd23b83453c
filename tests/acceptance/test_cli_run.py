"""``run``: what it says at its start, what it refuses, and how it ends."""

import asyncio
import json
import signal
import socket
from pathlib import Path

from tests.acceptance.commands import BROKEN, GOOD, studyhall
from tests.acceptance.program import Program, running, write_pack


async def test_a_platform_out_of_reach_is_told_and_the_web_chat_starts(tmp_path: Path) -> None:
    """A line, without the secret, and one for the network that listens in."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    settings = {
        "SLACK_BOT_TOKEN": "slack-secret",
        "SLACK_APP_TOKEN": "slack-secret-too",
        "STUDYHALL_SLACK__API_URL": "http://127.0.0.1:9/api/",
        "STUDYHALL_WEB__HOST": "0.0.0.0",  # noqa: S104 - that it is told is what this is about
    }
    async with running(tmp_path / "hall", tmp_path / "packs", **settings) as program:
        while "slack_connection_failed" not in program.journal.read_text(encoding="utf-8"):  # noqa: ASYNC110 - a file tells nobody that it grew
            await asyncio.sleep(0.05)
        troubles = _troubles(program)
        assert await program.stop() == 0

    assert {trouble["event"] for trouble in troubles} == {"slack_connection_failed", "web_listens_widely"}
    assert "-secret" not in program.journal.read_text(encoding="utf-8")


async def test_it_starts_when_every_pack_is_broken_and_says_what_to_mend(tmp_path: Path) -> None:
    """Packs are read again while it runs, so that mending them is enough."""
    write_pack(tmp_path / "packs", "tea", BROKEN)
    async with running(tmp_path / "hall", tmp_path / "packs") as program:
        troubles = _troubles(program)

    assert [trouble["event"] for trouble in troubles] == ["content_problem", "nothing_to_play"]
    assert str(troubles[0]["where"]).endswith("green.yaml:8")
    assert troubles[0]["item"] == "water"
    assert "leaves" in str(troubles[0]["mend"])


async def test_the_token_of_the_page_is_printed_and_never_logged(tmp_path: Path) -> None:
    """Whoever starts it reads the whole address; whoever reads the logs does not."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    async with running(tmp_path / "hall", tmp_path / "packs", STUDYHALL_LOG__LEVEL="debug") as program:
        token = program.address.partition("token=")[2]
        await program.stop()

    assert len(token) >= 32
    assert (tmp_path / "hall" / "studyhall.token").stat().st_mode & 0o077 == 0
    assert token not in program.journal.read_text(encoding="utf-8")
    assert _troubles(program) == []


async def test_a_second_process_on_the_same_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    """Its windows would not hear of the first one's messages. After a kill the next one starts at once."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    folder, packs = tmp_path / "hall", tmp_path / "packs"
    async with running(folder, packs) as program:
        second = studyhall(folder, "run", "--no-open", STUDYHALL_CONTENT=str(packs), STUDYHALL_WEB__PORT="0")
        await program.kill()
        await program.start()

    assert "Another Study Hall serves the database studyhall.db: stop that one" in second.sentence
    assert second.code == 1


def test_a_port_in_use_is_told_in_one_sentence(tmp_path: Path) -> None:
    """Which port, and how to choose another."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = studyhall(
            tmp_path,
            *("run", "--no-open"),
            STUDYHALL_WEB__PORT=port,
            STUDYHALL_CONTENT="packs",
            STUDYHALL_LOG__LEVEL="error",
        )

    assert f"cannot listen on 127.0.0.1, port {port}" in done.sentence
    assert "STUDYHALL_WEB__PORT" in done.sentence
    assert done.code == 1


async def test_ctrl_c_ends_it_with_a_goodbye(tmp_path: Path) -> None:
    """What a person does who started it: no traceback, exit code 0."""
    write_pack(tmp_path / "packs", "tea", GOOD)
    async with running(tmp_path / "hall", tmp_path / "packs") as program:
        program.process.send_signal(signal.SIGINT)
        code = await program.process.wait()

    assert code == 0
    assert _troubles(program) == []


def _troubles(program: Program) -> list[dict[str, object]]:
    """Return what the log tells beyond information, as JSON."""
    return [json.loads(line) for line in program.troubles()]
