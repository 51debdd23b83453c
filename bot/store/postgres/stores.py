"""The store on PostgreSQL as the app sees it: opened, kept in shape, closed."""

from typing import Self

from bot.store.postgres.amendments import PostgresAmendments
from bot.store.postgres.boards import PostgresBoards
from bot.store.postgres.chat import PostgresChatLog
from bot.store.postgres.connections import Connections
from bot.store.postgres.flags import PostgresFlags
from bot.store.postgres.installations import PostgresVault
from bot.store.postgres.links import PostgresLinks
from bot.store.postgres.migrating import migrate
from bot.store.postgres.outbox import PostgresOutbox
from bot.store.postgres.own_packs import PostgresOwnPacks
from bot.store.postgres.rounds import PostgresRounds
from bot.store.postgres.schedules import PostgresDays
from bot.store.postgres.texts import texts

FORGOTTEN_AT_ONCE = 2_000
"""How many rows one transaction of a purge deletes."""


class PostgresStore(
    PostgresRounds,
    PostgresDays,
    PostgresBoards,
    PostgresFlags,
    PostgresLinks,
    PostgresOwnPacks,
    PostgresAmendments,
    PostgresOutbox,
    PostgresChatLog,
    PostgresVault,
):
    """Every port of a store on one PostgreSQL database, which any number of processes may share."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    @classmethod
    async def open(cls, dsn: str) -> Self:
        """Connect to the database at *dsn* and bring its schema up to date.

        Raises StoreError when that cannot be done, MigrationError when the schema is not this program's.
        """
        connections = await Connections.open(dsn, texts())
        try:
            await prepare(connections)
        except BaseException:
            await connections.close()
            raise
        return cls(connections)

    async def purge(self, before: int) -> int:
        """Forget event ids, codes, uploads and settled outbox rows from before *before*; return how many.

        Goes in steps, between which others write.
        """
        gone = 0
        for name in ("events_forget", "outbox_forget", "codes_forget", "tries_forget", "uploads_forget"):
            step = FORGOTTEN_AT_ONCE
            while step == FORGOTTEN_AT_ONCE:
                async with self._connections.aside() as session:
                    step = await session.count(name, before=before, wanted=FORGOTTEN_AT_ONCE)
                gone += step
        return gone

    async def checkpoint(self) -> int:
        """Do nothing and return 0: the server folds its log into the tables by itself."""
        return 0

    async def ping(self) -> None:
        """Return if the database can be written now; raise StoreError if not."""
        async with self._connections.aside() as session:
            await session.rows("write_nothing")

    async def close(self) -> None:
        """Wait for what is under way, and close; a second time does nothing."""
        await self._connections.close()


async def prepare(connections: Connections) -> int:
    """Bring the schema up to date, if the server is one that we can use; return the steps taken."""
    async with connections.aside() as session:
        session.check()
        return await migrate(session)
