"""A service that a test can hold, and what people and operators do with it."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, MutableMapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.app import Service, with_token
from bot.config import Config
from bot.packs.shelves import Shelf
from bot.ports import Decide
from bot.records import Asked, Changes, OutboxRow, Place
from bot.store.sqlite import SqliteStore
from bot.store.sqlite.connections import Connection
from tests.app.visitors import PATIENCE, HurriedClock, Window, configured, fetched, figure


class HeldStore(SqliteStore):
    """A database whose commits wait while *gate* is cleared."""

    def __init__(self, writer: Connection, reader: Connection, keeper: Connection) -> None:
        """Begin open."""
        super().__init__(writer, reader, keeper)
        self.gate, self.entered = asyncio.Event(), asyncio.Event()
        self.gate.set()

    async def transact(self, asked: Sequence[Asked], known: Collection[str], decide: Decide) -> None:
        """Wait, then do as a store does."""
        if not self.gate.is_set():
            self.entered.set()
        await self.gate.wait()
        await super().transact(asked, known, decide)


@asynccontextmanager
async def held_service(folder: Path) -> AsyncIterator[tuple[Service, HeldStore]]:
    """Put a service together on a database that can be held."""
    clock = HurriedClock()
    config = with_token(configured(folder))
    assert config.content is not None
    shelf = Shelf(config.content)
    shelf.refresh(clock.now().date())
    database = await HeldStore.open(folder / "hall.db")
    service = Service(config, database, shelf, clock)
    try:
        yield service, database
    finally:
        await service.stop()
        await database.close()


async def until(check: Callable[[], Awaitable[bool]]) -> None:
    """Ask again and again until *check* is true."""
    async with asyncio.timeout(PATIENCE):
        while not await check():  # noqa: ASYNC110 - what is waited for happens in another task or process
            await asyncio.sleep(0.02)


async def ready(address: str) -> dict[str, bool]:
    """Return the checks once all of them are well."""
    found: list[str] = []

    async def is_ready() -> bool:
        status, text = await fetched(address, "/readyz")
        found.append(text)
        return status == 200

    await until(is_ready)
    checks: dict[str, bool] = json.loads(found[-1])["checks"]
    return checks


async def asked(ann: Window) -> dict[str, object]:
    """Start a round of one question, and return the question's message."""
    await ann.say("/quiz play count:1")
    await begin(ann, await ann.until("New round"))
    return await ann.until('"type": "picker"')


async def begin(ann: Window, lobby: dict[str, object]) -> None:
    """Begin the round of a lobby."""
    view = lobby["view"]
    assert isinstance(view, dict)
    (action,) = [control["action"] for control in view["controls"] if control["action"].startswith("b:")]
    await ann.ask(type="press", message=lobby["seq"], action=action, picked=None, typed=None)


async def press(ann: Window, question: dict[str, object], position: int) -> None:
    """Answer with the option at *position*, and wait for what is said to it."""
    await ann.ask(**pressing(question, position))


def pressing(question: dict[str, object], position: int) -> dict[str, object]:
    """Return the frame that answers with the option at *position*."""
    view = question["view"]
    assert isinstance(view, dict)
    action = view["controls"][0]["action"]
    return {
        "type": "press",
        "message": question["seq"],
        "action": action,
        "picked": [position],
        "typed": None,
    }


async def promise_to_nobody(database: SqliteStore) -> None:
    """Save a message for a platform that is not running, due since long ago."""
    body = '{"v":1,"t":"HelpShown","d":{}}'
    row = OutboxRow("r1.help", "post", Place("discord", "81"), "", 0, body)
    await database.transact([], (), lambda _: Changes(outbox=[row]))


async def until_waiting(address: str) -> str:
    """Return the figures once a message waits."""
    found: list[str] = []

    async def waits() -> bool:
        found.append((await fetched(address, "/metrics"))[1])
        return figure(found[-1], "studyhall_outbox_depth") > 0

    await until(waits)
    return found[-1]


async def until_served(ann: Window, title: str) -> None:
    """Return when a deck of that *title* is listed."""

    async def is_served() -> bool:
        return title in json.dumps(await ann.say("/quiz decks"))

    await until(is_served)


async def until_logged(logged: Sequence[MutableMapping[str, Any]], event: str) -> None:
    """Return when *event* is in the log."""

    async def is_logged() -> bool:
        return any(entry["event"] == event for entry in logged)

    await until(is_logged)


def token(config: Config) -> str:
    """Return the secret of the page's address."""
    assert config.web.token is not None
    return config.web.token.get_secret_value()
