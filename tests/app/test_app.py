"""The application put together: it serves, tells how it is, takes up changes, and finishes what it began."""

import asyncio
import json
import socket
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.app import alone_on, running, simulated, supervised, with_token
from bot.config import Config, Web
from bot.core.commands import Tick
from bot.core.errors import ConfigError, ContentError, StoreError
from bot.engine.events import OWN, Event
from bot.records import Place
from bot.sim.faults import NO_FAULTS
from tests.app.services import (
    asked,
    begin,
    held_service,
    press,
    pressing,
    promise_to_nobody,
    ready,
    token,
    until_logged,
    until_served,
    until_waiting,
)
from tests.app.visitors import (
    PATIENCE,
    PROMPT,
    HurriedClock,
    configured,
    fetched,
    figure,
    site,
    window,
    write_tea,
)

# ------------------------------------------------------------------------------------------ how it is doing


async def test_it_serves_the_page_and_says_that_it_is_well(tmp_path: Path) -> None:
    """The address leads to the page; alive, and ready as soon as the timers have been read once."""
    async with running(configured(tmp_path), clock=HurriedClock()) as address:
        page = await fetched(address, address.removeprefix(site(address)))
        alive = await fetched(address, "/healthz")
        checks = await ready(address)

    assert page[0] == 200
    assert "Study Hall" in page[1]
    assert alive == (200, '{"alive": true}')
    assert checks == {"database": True, "transports": True, "timers": True}


async def test_without_its_database_it_is_alive_and_not_ready(tmp_path: Path) -> None:
    """An operator's load balancer sends nobody here, and nobody restarts what a restart would not mend."""
    async with held_service(tmp_path) as (service, database):
        address = await service.start()
        await ready(address)
        await database.close()
        with capture_logs():
            status, text = await fetched(address, "/readyz")
            alive, _ = await fetched(address, "/healthz")

    assert (status, alive) == (503, 200)
    assert json.loads(text)["checks"]["database"] is False


async def test_the_figures_tell_of_a_round_that_was_played(tmp_path: Path) -> None:
    """Answers, acknowledgements, commits and batches, each counted where it happened."""
    async with running(configured(tmp_path), clock=HurriedClock()) as address, window(address, "Ann") as ann:
        question = await asked(ann)
        await press(ann, question, 0)
        await ann.until("Boiling water")
        await press(ann, question, 0)
        _, told = await fetched(address, "/metrics")

    assert figure(told, 'studyhall_answers_total{outcome="accepted"}') == 1
    assert figure(told, 'studyhall_answers_total{outcome="refused"}') == 1
    assert figure(told, "studyhall_acknowledgement_seconds_count") >= 4
    assert 0 < figure(told, "studyhall_acknowledgement_seconds_sum") < PATIENCE
    assert figure(told, "studyhall_commits_total") >= 4
    assert figure(told, "studyhall_batch_events_sum") >= figure(told, "studyhall_commits_total")
    assert figure(told, 'studyhall_deliveries_total{outcome="delivered"}') >= 4
    assert figure(told, "studyhall_wake_lateness_seconds_count") >= 1


async def test_boards_and_topics_are_drawn_for_who_asks(tmp_path: Path) -> None:
    """The real drawings: with what was earned in them, and with the names of the page's own colours."""
    async with running(configured(tmp_path), clock=HurriedClock()) as address, window(address, "Ann") as ann:
        await press(ann, await asked(ann), 0)
        await ann.until("Boiling water")
        told = [await ann.say(command) for command in ("/quiz top", "/quiz me")]

    blocks = [block for each in told for block in each["notice"]["view"]["blocks"]]
    board, topics = (block["svg"] for block in blocks if block["type"] == "picture")
    assert all(svg.startswith("<svg ") and "var(--surface)" in svg for svg in (*board, *topics))
    assert all("Ann</text>" in svg for svg in board)
    assert all("Leaves</text>" in svg for svg in topics)
    assert [svg.partition('width="')[2][:3] for svg in (*board, *topics)] == ["480", "360"] * 2


async def test_the_figures_tell_how_many_messages_wait_and_how_long(tmp_path: Path) -> None:
    """One for a platform that is not running waits until it is, and is seen to wait."""
    async with held_service(tmp_path) as (service, database):
        address = await service.start()
        await promise_to_nobody(database)
        with capture_logs() as logged:
            told = await until_waiting(address)

    assert figure(told, "studyhall_outbox_depth") == 1
    assert figure(told, "studyhall_outbox_age_seconds") > 1_000_000
    assert "delivery_failed" in {entry["event"] for entry in logged}


# ------------------------------------------------------------------------------------------------- stopping


async def test_what_was_handed_in_before_the_end_is_committed_and_acknowledged(tmp_path: Path) -> None:
    """The commit hangs when the process is told to stop: it is waited for, and its sender hears of it."""
    async with held_service(tmp_path) as (service, database):
        address = await service.start()
        async with window(address, "Ann") as ann:
            question = await asked(ann)
            database.gate.clear()
            sent = await ann.send(**pressing(question, 0))
            await asyncio.wait_for(database.entered.wait(), PATIENCE)
            stopping = asyncio.create_task(service.stop())
            await asyncio.sleep(0.05)
            database.gate.set()
            await stopping
            said_goodbye = await ann.gone()

    acknowledged = {frame["id"] for frame in ann.read if frame["type"] == "ack"}
    assert sent in acknowledged
    assert said_goodbye
    async with running(configured(tmp_path), clock=HurriedClock()) as address, window(address, "Ben") as ben:
        await ben.send(type="history", channel="general")
        await ben.until("Boiling water")


async def test_a_stop_that_takes_too_long_is_told_and_ends_all_the_same(tmp_path: Path) -> None:
    """A database that never answers must not keep the process for ever."""
    async with held_service(tmp_path) as (service, database):
        await service.start()
        database.gate.clear()
        tick = Event(OWN, Place("web", "general"), Tick(), HurriedClock().now())
        stuck = asyncio.create_task(service._engine.handle(tick))
        await asyncio.wait_for(database.entered.wait(), PATIENCE)
        with capture_logs() as logged:
            await service.stop(within=0.1)
        database.gate.set()
        await stuck

    unfinished = {entry["waited_for"] for entry in logged if entry["event"] == "stopped_unfinished"}
    assert unfinished == {"events", "their effects"}


async def test_after_the_end_nothing_is_left_running(tmp_path: Path) -> None:
    """No task, no lock and no open database: it can be started again at once."""
    config = configured(tmp_path)
    for _ in range(2):
        async with running(config, clock=HurriedClock()) as address:
            await ready(address)
        assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_start_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """The port is taken: one sentence, and the database is free for whoever comes next."""
    config = configured(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        busy = config.model_copy(update={"web": Web(port=port)})
        with pytest.raises(ConfigError, match=f"cannot listen on 127.0.0.1, port {port}"):
            async with running(busy, clock=HurriedClock()):
                pass

    assert asyncio.all_tasks() == {asyncio.current_task()}
    async with running(config, clock=HurriedClock()):
        pass


async def test_a_loop_that_fails_is_run_again() -> None:
    """One fault, and then another, do not end the service; what failed is in the log."""
    runs: list[int] = []

    async def loop() -> None:
        runs.append(len(runs))
        if len(runs) < 3:
            raise ValueError(len(runs))

    with capture_logs() as logged:
        await asyncio.wait_for(supervised(loop, HurriedClock()), PATIENCE)

    assert runs == [0, 1, 2]
    assert [entry["event"] for entry in logged] == ["loop_failed", "loop_failed"]


# -------------------------------------------------------------------------------------------------- content


async def test_a_changed_pack_is_taken_up_without_a_restart(tmp_path: Path) -> None:
    """The round that runs keeps its question; the next one asks the new one."""
    config = configured(tmp_path)
    async with running(config, clock=HurriedClock()) as address, window(address, "Ann") as ann:
        await ann.say("/quiz play count:1")
        lobby = await ann.until("New round")
        write_tea(tmp_path / "content", "Black tea wants hotter water than green tea does.", title="Any tea")
        await until_served(ann, "Any tea")
        await begin(ann, lobby)
        first = await ann.until('"type": "picker"')
        await ann.say("/quiz stop")
        await ann.until('"tone": "podium"')
        ann.read.clear()
        second = await asked(ann)

    assert PROMPT in json.dumps(first)
    assert "hotter" in json.dumps(second)


async def test_a_broken_pack_stays_as_it_last_was_good_and_is_told(tmp_path: Path) -> None:
    """Nothing of what is broken is served, and nobody who plays notices."""
    config = configured(tmp_path)
    deck = tmp_path / "content" / "tea" / "decks" / "green.yaml"
    with capture_logs() as logged:
        async with running(config, clock=HurriedClock()) as address, window(address, "Ann") as ann:
            deck.write_text(deck.read_text().replace("topic: leaves", "topic: stems"))
            await until_logged(logged, "content_problem")
            assert PROMPT in json.dumps(await asked(ann))

    (problem,) = [entry for entry in logged if entry["event"] == "content_problem"]
    assert problem["where"].endswith("green.yaml:8")
    assert problem["item"] == "water"
    assert problem["mend"]


async def test_without_any_pack_it_starts_and_says_so(tmp_path: Path) -> None:
    """Packs may come later."""
    config = configured(tmp_path, tmp_path / "nowhere")
    with capture_logs() as logged:
        async with running(config, clock=HurriedClock()) as address:
            assert (await fetched(address, "/healthz"))[0] == 200

    assert [entry["event"] for entry in logged][:2] == ["content_problem", "nothing_to_play"]


# --------------------------------------------------------------------------------------- token, file, host


def test_the_token_is_made_once_and_kept_beside_the_database(tmp_path: Path) -> None:
    """Unguessable, readable by its owner alone, and the same after a restart."""
    config = configured(tmp_path)
    first, second = with_token(config), with_token(config)

    assert len(token(first)) >= 32
    assert token(second) == token(first)
    assert token(first) in first.secrets()
    assert (tmp_path / "studyhall.token").stat().st_mode & 0o077 == 0


def test_a_configured_token_is_not_written_anywhere(tmp_path: Path) -> None:
    """It comes from the environment, and stays there."""
    config = configured(tmp_path).model_copy(update={"web": Web.model_validate({"token": "of-our-own"})})

    assert token(with_token(config)) == "of-our-own"
    assert not (tmp_path / "studyhall.token").exists()


@pytest.mark.parametrize("folder", ["no/such/folder", "taken"])
def test_a_token_that_cannot_be_kept_is_told(tmp_path: Path, folder: str) -> None:
    """The folder is missing, or something else stands in the file's place."""
    (tmp_path / "taken" / "studyhall.token").mkdir(parents=True)
    config = Config.model_construct(database_url=f"sqlite:///{tmp_path / folder / 'hall.db'}", web=Web())

    with pytest.raises(ConfigError, match=r"token cannot be kept in .*: make its folder, and let this user"):
        with_token(config)


async def test_a_file_serves_one_process_at_a_time(tmp_path: Path) -> None:
    """The second is told so in one sentence; when the first has ended, it may start."""
    config = configured(tmp_path)
    async with running(config, clock=HurriedClock()):
        with pytest.raises(StoreError, match=r"Another Study Hall serves the database .*: stop that one"):
            async with running(config, clock=HurriedClock()):
                pass
    async with running(config, clock=HurriedClock()):
        pass


def test_a_server_is_served_by_any_number_of_processes() -> None:
    """PostgreSQL needs no lock of ours."""
    with alone_on(None), alone_on(None):
        pass


def test_a_lock_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """The database could not be made there either."""
    with pytest.raises(StoreError, match="make its folder"), alone_on(tmp_path / "no" / "hall.db"):
        pass


# ----------------------------------------------------------------------------------------------- simulations


async def test_a_simulation_runs_on_a_database_that_is_thrown_away(tmp_path: Path) -> None:
    """Nothing is left of it, and nothing that is configured is touched."""
    config = configured(tmp_path)
    done: list[int] = []
    report, lines = await simulated(
        config, rounds=2, players=2, seed="1", faults=NO_FAULTS, progress=done.append
    )

    assert report.faults == ()
    assert sum(done) == 2
    assert any(PROMPT in line for line in lines)
    assert not (tmp_path / "hall.db").exists()


async def test_a_simulation_of_nothing_is_refused(tmp_path: Path) -> None:
    """Without packs there is nothing to play."""
    config = configured(tmp_path, tmp_path / "nowhere")

    with pytest.raises(ContentError, match="There is nothing to play"):
        await simulated(config, rounds=1, players=1, seed="1", faults=NO_FAULTS, progress=print)
