"""A hall whose group brings its own decks: files in, effects out, with formats that a test can hold."""

import asyncio
import threading
from collections.abc import Sequence
from dataclasses import replace

from bot.core import effects as fx
from bot.core.commands import Intent
from bot.core.deck_commands import AddDecks, Draft
from bot.core.deck_effects import FileGiven, FileRead, UploadReport
from bot.core.drafting import item_of
from bot.core.errors import ContentError
from bot.core.items import Item
from bot.core.own_packs import OwnPack, difference, with_item
from bot.core.packs import Pack
from bot.engine.engine import Engine
from bot.engine.events import Incoming
from bot.engine.uploads import ReadingLimits
from bot.records import Place
from tests.contracts.stores import AnyStore
from tests.engine.clocks import StandingClock
from tests.engine.halls import HALL, LIBRARY, event

PAGE = b"What floats?\nWhat sinks?"
WORKSPACE = "school"
DOUBT = "Two sources disagree."


class LineFormats:
    """Formats that read a question a line, and write one a line; *gate* holds whoever reads.

    A line that ends with an exclamation mark comes switched off, for :data:`DOUBT`.
    """

    names: Sequence[str] = ("lines",)

    def __init__(self) -> None:
        """Begin open."""
        self.gate = threading.Event()
        self.gate.set()
        self.reads = 0
        self._reading = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def reading(self, times: int) -> None:
        """Return when something was read so often, or is being read."""
        self._loop = asyncio.get_running_loop()
        while self.reads < times:
            self._reading.clear()
            await self._reading.wait()

    def read(self, files: Sequence[tuple[str, bytes]], before: OwnPack) -> tuple[OwnPack, UploadReport]:
        """Add the lines of *files* that are not there yet."""
        self.reads += 1
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._reading.set)
        self.gate.wait()
        after = before
        for name, data in files:
            if data == b"broken":
                raise ContentError(f"{name} is broken, so nothing was read; send another.")
            for line in data.decode().splitlines():
                item = item_of(Draft(line, "* yes\nno"), after, "Lines", f"{len(line)}")
                if isinstance(item, Item):
                    doubt = DOUBT if line.endswith("!") else ""
                    after = with_item(after, replace(item, off=doubt), "Lines")
        found = difference(before.pack, after.pack)
        read = tuple(FileRead(name, "lines", data.count(b"\n") + 1) for name, data in files)
        return after, UploadReport(read, new=found.new, decks=found.decks, adds=bool(found.new), whole="all")

    def write(self, pack: Pack, format_: str) -> FileGiven:
        """Write the prompts of *pack*."""
        if format_ not in self.names:
            raise ContentError(f"There is no format {format_}.")
        return FileGiven(
            f"{pack.id}.txt", " ".join(item.prompt for deck in pack.decks for item in deck.items)
        )


class Study:
    """A process on a store whose formats are :class:`LineFormats`."""

    def __init__(self, store: AnyStore, limits: ReadingLimits | None = None) -> None:
        """Play in *store*, and read within *limits*."""
        self.store = store
        self.clock = StandingClock()
        self.formats = LineFormats()
        self.engine = Engine(
            store, self.clock, lambda: LIBRARY, people=store, seed="seed", formats=self.formats
        )
        if limits is not None:
            self.engine.limit_reading(limits)

    async def ask(
        self,
        intent: Intent,
        *,
        who: str = "ann",
        organiser: bool = True,
        files: Sequence[Incoming] = (),
        place: Place = HALL,
        workspace: str = WORKSPACE,
        id_: str = "",
    ) -> fx.Reply | None:
        """Let somebody ask for something; return the first thing that they are told."""
        asked = event(who, intent, self.clock, id_=id_, place=place, organiser=organiser)
        reply = await self.engine.handle(replace(asked, files=tuple(files), workspace=workspace))
        return reply.effects[0] if reply.effects else None

    async def send(self, data: bytes = PAGE, name: str = "page.md", **more: object) -> fx.Reply | None:
        """Let Ann send a file."""
        return await self.ask(AddDecks(), files=[file(data, name)], **more)  # type: ignore[arg-type]  # as given


def file(data: bytes, name: str = "page.md", size: int | None = None) -> Incoming:
    """Return a file with *data*, which is said to have *size*."""

    async def fetch() -> bytes:
        if data == b"gone":
            raise ContentError("It is gone.")
        return data

    return Incoming(name, len(data) if size is None else size, fetch)
