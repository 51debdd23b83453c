"""The application: the one place that knows every part and puts them together."""

import asyncio
import contextlib
import gc
import importlib
import importlib.metadata
import secrets
import signal
import tempfile
import zoneinfo
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import structlog
from pydantic import SecretStr

from bot.charts.painting import Painter
from bot.config import Config, content_root, is_loopback, slack_by, sqlite_path
from bot.core.deck_effects import FileGiven, UploadReport
from bot.core.errors import ConfigError, ContentError, StoreError, StudyHallError
from bot.core.ids import Platform, RoundId
from bot.core.own_packs import OwnPack
from bot.core.packs import Library, Pack
from bot.engine.delivery import Deliverer
from bot.engine.departures import Departures
from bot.engine.engine import Engine
from bot.engine.events import Event, Reply
from bot.engine.findings import Finding
from bot.engine.interruptions import Concerns, Interruptions
from bot.engine.metrics import Metrics
from bot.engine.planner import HANDLER_KIND, Planner
from bot.engine.retiming import Retimer
from bot.engine.review_planner import SUSPECTS_KIND, ReviewPlanner
from bot.engine.waking import SWEEP, Waker
from bot.packs.problems import Problem
from bot.packs.shelves import Shelf
from bot.ports import ChatLog, Clock, Formats, Outbox, People, Queue, Store, Transport, Vault
from bot.records import Place
from bot.wording.pictures import Facts

if TYPE_CHECKING:
    from bot.adapters.discord import DiscordChat
    from bot.adapters.slack import Handler, SlackChat
    from bot.adapters.slack import Settings as SlackSettings
    from bot.adapters.web import WebChat
    from bot.sim.faults import Faults
    from bot.sim.simulations import Report

log = structlog.get_logger(__name__)

TOKEN_FILE = "studyhall.token"  # noqa: S105 - the name of a file
RELOAD_SECONDS = 2.0
POSTGRES_LANES = 2
"""PostgreSQL commits two transactions at once faster than one after the other; SQLite has one writer."""

CHECKPOINT_SECONDS = 5.0
STOP_SECONDS = 10.0
COLLECT_AFTER = 10_000
"""After so many new objects garbage is looked for; Python's own number is 700 or 2,000."""
LATE_SWEEPS = 5


class Chat(Transport, Protocol):
    """A chat platform that we are connected to from here."""

    @property
    def here(self) -> bool: ...  # noqa: D102 - the names say it
    async def run(self) -> None: ...  # noqa: D102
    async def stop(self) -> None: ...  # noqa: D102


class Database(Store, People, Outbox, ChatLog, Vault, Protocol):
    """Everything that one database serves."""

    async def ping(self) -> None: ...  # noqa: D102 - the names say it
    async def take_over(self) -> None: ...  # noqa: D102
    async def checkpoint(self) -> object: ...  # noqa: D102
    async def close(self) -> None: ...  # noqa: D102


class LaterFormats:
    """The formats of study material, opened at their first use: most processes never see a file."""

    def __init__(self, clock: Clock) -> None:
        """Tell what is past by *clock*."""
        self._clock = clock

    @cached_property
    def _formats(self) -> Formats:
        from bot.packs.exchange import StudyFormats  # noqa: PLC0415 - opened when a file comes

        return StudyFormats(lambda: self._clock.now().date())

    @property
    def names(self) -> Sequence[str]:
        """The formats that can be written, the most wanted first."""
        return self._formats.names

    def read(self, files: Sequence[tuple[str, bytes]], before: OwnPack) -> tuple[OwnPack, UploadReport]:
        """Return *before* with what *files* hold, and what became of it."""
        return self._formats.read(files, before)

    def write(self, pack: Pack, format_: str) -> FileGiven:
        """Return *pack* as one file."""
        return self._formats.write(pack, format_)


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


async def work_off(config: Config, database: Database, clock: Clock, engine: Engine) -> None:
    """Plan jobs and run them until cancelled; opened after the page is served, because it is in no hurry."""
    rules = await asyncio.to_thread(zone_rules)
    async with open_queue(config, clock) as queue:
        planner = Planner(database, queue, clock)
        reviews = ReviewPlanner(database, queue, clock, engine.reviews, engine.handle)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(planner.run(), name="plan jobs")
                group.create_task(reviews.run(), name="plan reviews")
                handlers = {HANDLER_KIND: planner.handle, SUSPECTS_KIND: reviews.handle}
                group.create_task(queue.run(handlers), name="run jobs")
                retimer = Retimer(database, database, clock, engine.handle, rules)
                group.create_task(retimer.run(), name="retime")
        finally:
            await asyncio.shield(queue.stop())


def zone_rules() -> str:
    """Return which version of the rules of time zones this machine goes by: the system's or the package's."""
    for folder in zoneinfo.TZPATH:
        with contextlib.suppress(OSError, UnicodeError), Path(folder, "tzdata.zi").open("rb") as rules:
            return rules.readline().decode("ascii").strip("# \n")
    return f"tzdata {importlib.metadata.version('tzdata')}"


def with_token(config: Config) -> Config:
    """Return *config* with the secret of the page's address, made once and kept in a file of its owner's."""
    if config.web.token is not None:
        return config
    path = (sqlite_path(config) or Path(TOKEN_FILE)).with_name(TOKEN_FILE)
    try:
        token = _kept_token(path)
    except (OSError, UnicodeError) as error:
        message = (
            f"The page's token cannot be kept in {path}: make its folder, and let this user write there."
        )
        raise ConfigError(message) from error
    return config.model_copy(update={"web": config.web.model_copy(update={"token": SecretStr(token)})})


def _kept_token(path: Path) -> str:
    with contextlib.suppress(FileNotFoundError):
        if token := path.read_text(encoding="ascii").strip():
            return token
    token = secrets.token_urlsafe(24)
    path.touch(mode=0o600)
    path.write_text(f"{token}\n", encoding="ascii")
    return token


@contextlib.contextmanager
def alone_on(path: Path | None) -> Iterator[None]:
    """Hold the SQLite file at *path* for this process; a StoreError when another one holds it.

    Windows hear of messages through the process that they are open on, so two processes on one file would
    leave each other's windows in the dark. The system lets go of the lock when a process ends, however.
    """
    if path is None:
        yield
        return
    import fcntl  # noqa: PLC0415 - only a process that serves needs it

    try:
        lock = path.with_name(f"{path.name}.lock").open("ab")
    except OSError as error:
        message = f"The database {path} cannot be opened: make its folder, and let this user write there."
        raise StoreError(message) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            message = (
                f"Another Study Hall serves the database {path}: stop that one, or set another database_url. "
                "Several processes share a PostgreSQL database."
            )
            raise StoreError(message) from error
        yield


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
    painter: Painter
    interruptions: Interruptions
    departures: Departures
    chats: list["Chat"] = field(default_factory=list)

    async def handle(self, event: Event) -> Reply:
        """Hand *event* to the engine."""
        return await self.engine.handle(event)

    async def library_at(self, place: Place, workspace: str) -> Library:
        """Return what may be asked in *place*: the packs that ship, and those that its group has brought."""
        return await self.engine.shelves.at(place, workspace)

    async def draw(self, picture: Facts, width: int) -> str:
        """Draw *picture* in a thread: a few milliseconds, and more for the first, which opens the fonts."""
        return await asyncio.to_thread(_draw, picture, width)

    async def paint(self, picture: Facts) -> bytes:
        """Paint *picture* as PNG in a process of its own."""
        return await self.painter.png(await asyncio.to_thread(_draw, picture))

    async def unheard(self, platform: Platform, concerns: Concerns) -> None:
        """Let the platform's rounds in the places that it *concerns* stand still."""
        await self.interruptions.unheard(platform, concerns)

    async def heard(self, platform: Platform, concerns: Concerns) -> None:
        """Let the platform's rounds in the places that it *concerns* go on."""
        await self.interruptions.heard(platform, concerns)

    async def left(self, platform: Platform, workspace: str) -> None:
        """Pause the schedules of a server or workspace that we are no longer in."""
        await self.departures.left(platform, workspace)

    async def places_of(self, round_: RoundId) -> Sequence[Place]:
        """Return where a round is played, its own place first; nothing when it is not known."""
        record = await self.database.look(round_)
        return () if record is None else (record.row.place, *(one.place for one in record.row.mirrors))

    async def key_of(self, platform: str, ref: str) -> str:
        """Return the key of the posted message that *platform* calls *ref*, "" when it is not known."""
        return await self.database.key_of(platform, ref)

    async def readiness(self) -> Mapping[str, bool]:
        """Say of each part whether it is ready to serve."""
        try:
            await self.database.ping()
            database = True
        except Exception:  # noqa: BLE001 - whatever is wrong with it, it is not ready
            database = False
        swept = self.waker.swept_at
        on_time = swept is not None and (self.clock.now() - swept) < SWEEP * LATE_SWEEPS
        connected = bool(self.transports) and all(chat.here for chat in self.chats)
        return {"database": database, "transports": connected, "timers": on_time}

    def metrics(self) -> bytes:
        """Return every figure in Prometheus' text format."""
        return self.metrics_.text()


def _draw(picture: Facts, width: int | None = None) -> str:
    from bot.charts.drawing import draw  # noqa: PLC0415 - a process that draws nothing needs no fonts

    return draw(picture) if width is None else draw(picture, width)


class Service:
    """Everything that serves, put together on one database."""

    def __init__(self, config: Config, database: Database, shelf: Shelf, clock: Clock) -> None:
        """Serve what *shelf* holds as *config* says; nothing begins before :meth:`start`."""
        self._config = config
        self._database = database
        self._shelf = shelf
        self._clock = clock
        metrics = Metrics()
        self._engine = Engine(
            database,
            clock,
            lambda: shelf.library,
            people=database,
            seed=secrets.token_hex(16),
            metrics=metrics,
            lanes=1 if sqlite_path(config) else POSTGRES_LANES,
            formats=LaterFormats(clock),
        )
        transports: dict[Platform, Transport] = {}
        self._waker = Waker(database, clock, self._engine.handle, metrics)
        self._deliverer = Deliverer(database, clock, transports, self._engine.handle, metrics)
        self._engine.on_wake, self._engine.on_outbox = self._waker.set, self._deliverer.notify
        self._painter = Painter()
        desk = FrontDesk(
            self._engine,
            shelf,
            database,
            self._waker,
            clock,
            metrics,
            transports,
            self._painter,
            Interruptions(database, clock, self._engine.handle),
            Departures(database, clock, self._engine.handle),
        )
        slack = _slack_chat(config, desk, database, clock)
        doors = slack.doors if slack is not None else ()
        self._web = _web_chat(config, desk, database, clock, doors)
        transports[self._web.platform] = self._web
        self._chats = desk.chats
        self._chats.extend(chat for chat in (_discord_chat(config, desk, clock), slack) if chat is not None)
        transports.update({chat.platform: chat for chat in self._chats})
        self._deciding: list[asyncio.Task[None]] = []
        self._delivering: list[asyncio.Task[None]] = []

    async def start(self) -> str:
        """Begin to serve, and return the address of the page."""
        for loop in (
            self._waker.run,
            lambda: _every(self._clock, CHECKPOINT_SECONDS, self._database.checkpoint),
            lambda: _every(self._clock, RELOAD_SECONDS, lambda: _reload(self._shelf, self._clock)),
        ):
            self._deciding.append(self._begin(loop))
        address = await self._web.start()
        # Not before: until the page has read its channels, it refuses messages for good.
        self._delivering.append(self._begin(self._deliverer.run))
        self._deciding.append(
            self._begin(lambda: work_off(self._config, self._database, self._clock, self._engine))
        )
        self._delivering.extend(self._begin(chat.run) for chat in self._chats)
        return address

    async def stop(self, within: float = STOP_SECONDS) -> None:
        """Take nothing more, finish what is in flight, and end; a step that takes longer is told and left.

        What was decided is delivered before the delivery ends, which would otherwise leave what it has just
        taken to the next process, for when its lease is over.
        """
        for waits_for, step in (
            ("windows", self._web.stop),
            *((str(chat.platform), chat.stop) for chat in self._chats),
            ("deadlines", lambda: _end(self._deciding)),
            ("events", self._engine.idle),
            ("messages", self._deliverer.drain),
            ("deliveries", self._deliverer.idle),
            ("their effects", self._engine.idle),
            ("delivery", lambda: _end(self._delivering)),
            ("pictures", self._painter.aclose),
        ):
            try:
                async with asyncio.timeout(within):
                    await step()
            except TimeoutError:
                log.warning("stopped_unfinished", waited_for=waits_for, seconds=within)
            except Exception:
                log.exception("stop_failed", waited_for=waits_for)

    def _begin(self, loop: Callable[[], Awaitable[None]]) -> asyncio.Task[None]:
        return asyncio.create_task(supervised(loop, self._clock))


async def _end(tasks: Sequence[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _web_chat(
    config: Config, desk: FrontDesk, log_: ChatLog, clock: Clock, doors: "Iterable[tuple[str, str, Handler]]"
) -> "WebChat":
    from bot.adapters.web import Door, WebChat  # noqa: PLC0415 - only what is configured is imported

    web = config.web
    token = web.token.get_secret_value() if web.token else ""
    return WebChat(
        desk,
        log_,
        clock,
        host=web.host,
        port=web.port,
        token=token,
        names=web.hosts,
        doors=[Door(*one) for one in doors],
    )


def _discord_chat(config: Config, desk: FrontDesk, clock: Clock) -> "DiscordChat | None":
    settings = config.discord
    if settings.token is None:
        return None
    from bot.adapters.discord import DiscordChat  # noqa: PLC0415 - only what is configured is imported

    token = settings.token.get_secret_value()
    return DiscordChat(desk, clock, token=token, api_url=settings.api_url, server=settings.guild)


def _slack_chat(config: Config, desk: FrontDesk, database: Database, clock: Clock) -> "SlackChat | None":
    if slack_by(config) is None:
        return None
    from bot.adapters.slack import SlackChat  # noqa: PLC0415 - only what is configured is imported

    settings = _slack_settings(config)
    if slack_by(config) == "oauth":
        settings = _slack_for_many(config, settings, database, clock)
    return SlackChat(desk, clock, settings)


def _slack_for_many(
    config: Config, settings: "SlackSettings", database: Database, clock: Clock
) -> "SlackSettings":
    """Return *settings* with every workspace that has installed us, and with the doors that let them."""
    from bot.adapters.slack import App, Installations, Keys, OAuth  # noqa: PLC0415 - as above

    slack = config.slack
    secret = "" if slack.client_secret is None else slack.client_secret.get_secret_value()
    app = App(slack.client_id or "", secret, slack.redirect_url or "", slack.api_url)
    keys = Keys(key.get_secret_value() for key in slack.keys)
    installations = Installations(database, keys, clock, app)
    doors = OAuth(installations, database, clock, app).doors
    return replace(settings, installations=installations.connected, doors=doors)


def _slack_settings(config: Config) -> "SlackSettings":
    from bot.adapters.slack import Settings  # noqa: PLC0415 - only what is configured is imported

    slack = config.slack
    secrets_ = (slack.bot_token, slack.app_token, slack.signing_secret)
    bot, app, signing = ("" if one is None else one.get_secret_value() for one in secrets_)
    return Settings(bot, app, signing, slack.api_url)


@contextlib.asynccontextmanager
async def running(config: Config, *, clock: Clock | None = None) -> AsyncIterator[str]:
    """Run Study Hall and yield the web chat's address; on the way out finish what is in flight."""
    clock = clock or SystemClock()
    config = with_token(config)
    shelf = Shelf(content_root(config))
    _report(await asyncio.to_thread(shelf.refresh, clock.now().date()))
    if not shelf.library.decks:
        note = "No pack can be served; packs are read again within seconds of being mended."
        log.warning("nothing_to_play", content=str(content_root(config)), note=note)
    with alone_on(sqlite_path(config)):
        database = await open_database(config)
        try:
            await database.take_over()
            service = Service(config, database, shelf, clock)
            try:
                yield await service.start()
            finally:
                await service.stop()
        finally:
            await database.close()


async def serve(config: Config, ready: Callable[[str], None]) -> None:
    """Run until SIGINT or SIGTERM; call *ready* with the address once the page can be opened.

    A second signal ends the process at once.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def stopping() -> None:
        stop.set()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(name)

    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stopping)
    _warn(config)
    async with running(config) as address:
        log.info("serving", database=config.database_url, host=config.web.host)
        _collect_seldom()
        ready(address)
        await stop.wait()
        log.info("stopping")


def _collect_seldom() -> None:
    """Let the search for garbage leave out what stays, such as packs, and come once in a while.

    Each event of a chat library is a small cycle: as Python has it, every few presses begin a search.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 10, 10)


def _warn(config: Config) -> None:
    """Say what is configured and not served, and what is served more widely than people may think."""
    if not is_loopback(config.web.host):
        note = "Whoever can reach this machine and has the whole address can join; give it to nobody else."
        log.warning("web_listens_widely", host=config.web.host, note=note)


async def examined(config: Config, clock: Clock | None = None) -> Sequence[Finding]:
    """Look at everything that serving needs, and return what was found; nothing is changed."""
    clock = clock or SystemClock()
    shelf = Shelf(content_root(config))
    await asyncio.to_thread(shelf.refresh, clock.now().date())
    decks = len(shelf.library.decks)
    mend = "" if decks else "See `studyhall content check`."
    found = [
        await _database_finding(config),
        Finding("Packs", fine=decks > 0, seen=f"Decks that can be played: {decks}.", mend=mend),
    ]
    settings = config.discord
    if settings.token is not None:
        from bot.adapters.discord import examined as discord_examined  # noqa: PLC0415 - only what is configured

        token = settings.token.get_secret_value()
        found += await discord_examined(
            token=token, api_url=settings.api_url, guild=settings.guild, now=clock.now
        )
    if slack_by(config) is not None:
        from bot.adapters.slack import examined as slack_examined  # noqa: PLC0415 - as above

        found += await slack_examined(_slack_settings(config), clock.now)
    return found


async def _database_finding(config: Config) -> Finding:
    """Say whether the database answers. A SQLite file that is not there is made by the first start."""
    path = sqlite_path(config)
    if path is not None and not path.exists():
        return Finding("Database", fine=True, seen=f"{path} will be made by the first start.")
    try:
        database = await open_database(config)
    except StudyHallError as error:
        return Finding("Database", fine=False, seen=str(error), mend="See the setting database_url.")
    await database.ping()
    await database.close()
    return Finding("Database", fine=True, seen="It answers, and its tables are up to date.")


async def simulated(
    config: Config, *, rounds: int, players: int, seed: str, faults: "Faults", progress: Callable[[int], None]
) -> "tuple[Report, Sequence[str]]":
    """Simulate on a throwaway SQLite database; return the report and the transcript."""
    from bot.sim.clocks import START  # noqa: PLC0415 - a process that serves simulates nothing
    from bot.sim.simulations import Simulation  # noqa: PLC0415 - as above

    shelf = Shelf(content_root(config))
    await asyncio.to_thread(shelf.refresh, START.date())
    if not shelf.library.decks:
        message = f"There is nothing to play in {content_root(config)}: see `studyhall content check`."
        raise ContentError(message)
    with tempfile.TemporaryDirectory(prefix="studyhall-") as folder:
        throwaway = config.model_copy(update={"database_url": f"sqlite:///{folder}/simulation.db"})
        async with contextlib.AsyncExitStack() as opened:

            async def reopen() -> Database:
                await opened.aclose()
                database = await open_database(throwaway)
                opened.push_async_callback(database.close)
                return database

            library = shelf.library
            simulation = Simulation(
                reopen, library, rounds=rounds, players=players, seed=seed, faults=faults, progress=progress
            )
            report = await simulation.run()
    return report, simulation.transcript.lines


async def supervised(loop: Callable[[], Awaitable[None]], clock: Clock) -> None:
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
    """Log each problem with its place and its mend."""
    for problem in problems:
        where = f"{problem.file}:{problem.line}"
        log.warning(
            "content_problem", where=where, item=problem.item, wrong=problem.message, mend=problem.mend
        )
