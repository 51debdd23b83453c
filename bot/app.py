"""The application: the one place that knows every part and puts them together."""

import asyncio
import contextlib
import importlib
import secrets
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import structlog

from bot.config import Config, content_root, sqlite_path
from bot.core.ids import Platform
from bot.core.items import Library
from bot.engine.delivery import Deliverer
from bot.engine.engine import Engine
from bot.engine.events import Event, Reply
from bot.engine.metrics import Metrics
from bot.engine.planner import HANDLER_KIND, Planner
from bot.engine.waking import SWEEP, Waker
from bot.packs.problems import Problem
from bot.packs.shelves import Shelf
from bot.ports import ChatLog, Clock, Outbox, Queue, Store, Transport
from bot.sim.clocks import START
from bot.sim.faults import Faults
from bot.sim.simulations import Report, Simulation

log = structlog.get_logger(__name__)

TOKEN_FILE = "studyhall.token"  # noqa: S105 - the name of a file
RELOAD_SECONDS = 2.0
POSTGRES_LANES = 2
"""PostgreSQL commits two transactions at once faster than one after the other; SQLite has one writer."""

CHECKPOINT_SECONDS = 5.0
STOP_SECONDS = 10.0
LATE_SWEEPS = 5


class Database(Store, Outbox, ChatLog, Protocol):
    """Everything that one database serves."""

    async def ping(self) -> None: ...  # noqa: D102 - the names say it
    async def checkpoint(self) -> object: ...  # noqa: D102
    async def close(self) -> None: ...  # noqa: D102


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the time as an aware UTC datetime."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Return when *seconds* have passed."""
        await asyncio.sleep(seconds)


async def open_database(config: Config) -> Database:
    """Open the database that the settings name, and bring its tables up to date."""
    path = sqlite_path(config)
    if path is not None:
        from bot.store.sqlite import SqliteStore  # noqa: PLC0415 - only what is configured is imported

        return await SqliteStore.open(path)
    from bot.store.postgres import PostgresStore  # noqa: PLC0415 - only what is configured is imported

    return await PostgresStore.open(config.database_url)


@contextlib.asynccontextmanager
async def open_queue(config: Config, clock: Clock) -> AsyncIterator[Queue]:
    """Open the queue beside the database: in memory for SQLite, on PostgreSQL for PostgreSQL."""
    if sqlite_path(config) is not None:
        module = await asyncio.to_thread(importlib.import_module, "bot.queue.embedded")
        yield module.EmbeddedQueue(clock)
        return
    module = await asyncio.to_thread(importlib.import_module, "bot.queue.postgres")
    async with module.PostgresQueue.opened(config.database_url, clock) as queue:
        yield queue


async def work_off(config: Config, store: Store, clock: Clock) -> None:
    """Plan jobs and run them until cancelled; opened after the page is served, because it is in no hurry."""
    async with open_queue(config, clock) as queue:
        planner = Planner(store, queue, clock)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(planner.run(), name="plan jobs")
                group.create_task(queue.run({HANDLER_KIND: planner.handle}), name="run jobs")
        finally:
            await asyncio.shield(queue.stop())


def web_token(config: Config) -> str:
    """Return the secret in the page's address, made once and kept in a file of its owner's."""
    if config.web.token is not None:
        return config.web.token.get_secret_value()
    path = (sqlite_path(config) or Path(TOKEN_FILE)).with_name(TOKEN_FILE)
    with contextlib.suppress(FileNotFoundError):
        if token := path.read_text(encoding="ascii").strip():
            return token
    token = secrets.token_urlsafe(24)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(f"{token}\n", encoding="ascii")
    return token


@dataclass(slots=True)
class FrontDesk:
    """What an adapter may ask of the rest."""

    engine: Engine
    shelf: Shelf
    database: Database
    waker: Waker
    clock: Clock
    metrics_: Metrics
    transports: dict[Platform, Transport]

    async def handle(self, event: Event) -> Reply:
        """Hand *event* to the engine."""
        return await self.engine.handle(event)

    @property
    def library(self) -> Library:
        """The packs that are served now."""
        return self.shelf.library

    async def readiness(self) -> Mapping[str, bool]:
        """Say of each part whether it is ready to serve."""
        try:
            await self.database.ping()
            database = True
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not ready
            database = False
        swept = self.waker.swept_at
        on_time = swept is not None and (self.clock.now() - swept) < SWEEP * LATE_SWEEPS
        return {"database": database, "transports": bool(self.transports), "timers": on_time}

    def metrics(self) -> bytes:
        """Return every figure in Prometheus' text format."""
        return self.metrics_.text()


@contextlib.asynccontextmanager
async def running(config: Config, *, clock: Clock | None = None) -> AsyncIterator[str]:
    """Run Study Hall and yield the web chat's address; on the way out finish what is in flight."""
    clock = clock or SystemClock()
    metrics = Metrics()
    shelf = Shelf(content_root(config))
    _report(await asyncio.to_thread(shelf.refresh, clock.now().date()))
    database = await open_database(config)
    engine = Engine(
        database,
        clock,
        lambda: shelf.library,
        seed=secrets.token_hex(16),
        metrics=metrics,
        lanes=1 if sqlite_path(config) else POSTGRES_LANES,
    )
    waker = Waker(database, clock, engine.handle, metrics)
    transports: dict[Platform, Transport] = {}
    deliverer = Deliverer(database, clock, transports, engine.handle, metrics)
    engine.on_wake, engine.on_outbox = waker.set, deliverer.notify
    desk = FrontDesk(engine, shelf, database, waker, clock, metrics, transports)
    from bot.adapters.web import WebChat  # noqa: PLC0415 - only what is configured is imported

    web = WebChat(
        desk,
        database,
        clock,
        host=config.web.host,
        port=config.web.port,
        token=web_token(config),
        names=config.web.hosts,
    )
    transports[web.platform] = web
    loops = (
        waker.run,
        deliverer.run,
        lambda: _every(clock, CHECKPOINT_SECONDS, database.checkpoint),
        lambda: _every(clock, RELOAD_SECONDS, lambda: _reload(shelf, clock)),
    )
    tasks = [asyncio.create_task(_supervise(loop, clock)) for loop in loops]
    try:
        address = await web.start()
        tasks.append(asyncio.create_task(_supervise(lambda: work_off(config, database, clock), clock)))
        yield address
    finally:
        await web.stop()
        await engine.idle()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await deliverer.idle()
        await database.close()


async def serve(config: Config, ready: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM; call *ready* with the address once the page can be opened."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    async with running(config) as address:
        log.info("serving", database=config.database_url, host=config.web.host)
        ready(address)
        await stop.wait()
        log.info("stopping")


async def simulated(
    config: Config, *, rounds: int, players: int, seed: str, faults: Faults, progress: Callable[[int], None]
) -> tuple[Report, Sequence[str]]:
    """Simulate on a throwaway SQLite database; return the report and the transcript."""
    shelf = Shelf(content_root(config))
    await asyncio.to_thread(shelf.refresh, START.date())
    opened: list[Database] = []
    with tempfile.TemporaryDirectory(prefix="studyhall-") as folder:

        async def reopen() -> Database:
            if opened:
                await opened.pop().close()
            path = Path(folder) / "simulation.db"
            opened.append(
                await open_database(config.model_copy(update={"database_url": f"sqlite:///{path}"}))
            )
            return opened[0]

        simulation = Simulation(
            reopen, shelf.library, rounds=rounds, players=players, seed=seed, faults=faults, progress=progress
        )
        try:
            report = await simulation.run()
        finally:
            for database in opened:
                await database.close()
    return report, simulation.transcript.lines


async def _supervise(loop: Callable[[], Awaitable[None]], clock: Clock) -> None:
    """Run *loop* again when it fails, so that one fault does not end the service."""
    while True:
        try:
            await loop()
        except Exception:
            log.exception("loop_failed")
            await clock.sleep(1.0)
        else:
            return


async def _every(clock: Clock, seconds: float, do: Callable[[], Awaitable[object]]) -> None:
    while True:
        await clock.sleep(seconds)
        await do()


async def _reload(shelf: Shelf, clock: Clock) -> None:
    _report(await asyncio.to_thread(shelf.refresh, clock.now().date()))


def _report(problems: Sequence[Problem]) -> None:
    for problem in problems:
        where = f"{problem.file}:{problem.line}"
        log.warning(
            "content_problem", where=where, item=problem.item, wrong=problem.message, mend=problem.mend
        )
