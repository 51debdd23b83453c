"""A process of the service that serves Plain Chat from PostgreSQL until it is killed.

``python -m tests.engine.serving DSN ADDRESS`` puts the parts together as the app does, only with another
transport, and without the page and the housekeeping. It prints ``ready``; its log goes to standard error.
Should whoever started it end without killing it, its standard input closes, and it ends as well.
"""

import asyncio
import os
import secrets
import sys
from threading import Thread

import aiohttp

from bot import logs
from bot.app import POSTGRES_LANES, SystemClock, supervised
from bot.core.ids import Platform
from bot.core.packs import Library
from bot.engine.delivery import Deliverer
from bot.engine.engine import Engine
from bot.engine.metrics import Metrics
from bot.engine.waking import Waker
from bot.ports import Transport
from bot.store.postgres import PostgresStore
from tests.core.builders import choice, deck, pack
from tests.emulators.plainchat.transports import ChatTransport

LIBRARY = Library((pack(deck(*(choice(number) for number in range(8)))),))
READY = "ready"


async def serve(dsn: str, address: str) -> None:
    """Serve for ever."""
    clock = SystemClock()
    database = await PostgresStore.open(dsn)
    await database.take_over()
    metrics = Metrics()
    engine = Engine(
        database,
        clock,
        lambda: LIBRARY,
        people=database,
        seed=secrets.token_hex(16),
        metrics=metrics,
        lanes=POSTGRES_LANES,
    )
    transports: dict[Platform, Transport] = {}
    waker = Waker(database, clock, engine.handle, metrics)
    deliverer = Deliverer(database, clock, transports, engine.handle, metrics)
    engine.on_wake, engine.on_outbox = waker.set, deliverer.notify
    async with aiohttp.ClientSession(headers={"User-Agent": str(os.getpid())}) as session:
        transport = ChatTransport(session, address)
        transports[transport.platform] = transport
        async with asyncio.TaskGroup() as group:
            group.create_task(supervised(waker.run, clock))
            group.create_task(supervised(deliverer.run, clock))
            sys.stdout.write(f"{READY}\n")
            sys.stdout.flush()


def end_with_parent() -> None:
    """Wait until standard input closes, and end at once."""
    sys.stdin.buffer.read()
    os._exit(1)


if __name__ == "__main__":
    Thread(target=end_with_parent, daemon=True).start()
    logs.configure(format_="json", level="info", secrets=())
    asyncio.run(serve(*sys.argv[1:]))
