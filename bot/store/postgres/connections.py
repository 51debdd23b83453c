"""Connections: a small pool of them, and what one can be asked."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

from bot.core.errors import StoreError
from bot.store.postgres.faults import FAULTS, Address, address, faults
from bot.store.sql.statements import Statement

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

    _Connection: TypeAlias = asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]
    _Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]

Scalar: TypeAlias = str | int | float | bool | None
Parameter: TypeAlias = Scalar | Sequence[Scalar]

OLDEST = 14
"""The first PostgreSQL that this is written for."""

MOST = 4
"""The most connections of one process."""

ASIDE = 2
"""How many of them may be busy with anything but batches, so that no answer waits behind deliveries."""

CONNECT_S = 10.0
COMMAND_S = 30.0
STOP_S = 10.0

# Every statement finds its rows by a key, so one plan is right whatever the tables hold, and it is made once:
# without these, a plan made while a table was empty would read all of it for every answer until the next
# ANALYZE. With a limit that is not known when the plan is made, the planner thinks of a tenth of all that is
# there, and would have other processes help to look for nothing. A process that stands still in the middle of
# a transaction loses its locks to the others.
_SETTINGS = {
    "application_name": "studyhall",
    "timezone": "UTC",
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "max_parallel_workers_per_gather": "0",
    "jit": "off",
    "synchronous_commit": "on",
    "default_transaction_isolation": "read committed",
    "idle_in_transaction_session_timeout": "15s",
}

_ARRAYS = "SELECT $1::bigint[], $2::integer[], $3::boolean[], $4::double precision[]"


class Session:
    """One connection that is ours for a while. Errors come as StoreError."""

    patience: float | None = None
    """How many seconds a statement may take, when that is not as long as usual."""

    def __init__(self, connection: "_Connection", sql: Mapping[str, Statement], where: Address) -> None:
        self._connection = connection
        self._sql = sql
        self._where = where

    async def rows(self, name: str, /, **parameters: Parameter) -> list[asyncpg.Record]:
        """Return what the statement *name* selects."""
        statement = self._sql[name]
        values = [parameters[parameter] for parameter in statement.parameters]
        with faults(self._where):
            return await self._connection.fetch(statement.text, *values, timeout=self.patience)

    async def count(self, name: str, /, **parameters: Parameter) -> int:
        """Run the statement *name*; return how many rows it wrote."""
        statement = self._sql[name]
        values = [parameters[parameter] for parameter in statement.parameters]
        with faults(self._where):
            status = await self._connection.execute(statement.text, *values)
        return int(status.rpartition(" ")[2])

    def check(self) -> None:
        """Raise StoreError when the server is too old, or the database cannot hold every script."""
        version = self._connection.get_server_version()
        if version.major < OLDEST:
            raise StoreError(f"{self._where} is of version {version.major}; {OLDEST} or newer is needed.")
        encoding = self._connection.get_settings().server_encoding
        if encoding != "UTF8":
            raise StoreError(f"{self._where} is encoded in {encoding}: make one with ENCODING 'UTF8'.")

    async def script(self, text: str) -> None:
        """Run all the statements of *text*."""
        with faults(self._where):
            await self._connection.execute(text, timeout=self.patience)

    @asynccontextmanager
    async def transaction(self, *, still: bool = False) -> AsyncIterator[None]:
        """Commit what happens inside, or nothing of it when that raises.

        *still* only reads, and every statement sees the same state.
        """
        transaction = self._connection.transaction(
            isolation="repeatable_read" if still else "read_committed", readonly=still
        )
        with faults(self._where):
            await transaction.start()
        try:
            yield
        except BaseException:
            with suppress(*FAULTS):  # what made it fail is of interest, not that the way back is gone as well
                await transaction.rollback()
            raise
        with faults(self._where):
            await transaction.commit()


class Connections:
    """The connections of one store to its database."""

    def __init__(self, pool: "_Pool", sql: Mapping[str, Statement], where: Address) -> None:
        self._pool = pool
        self._sql = sql
        self._where = where
        self._aside = asyncio.Semaphore(ASIDE)
        self._shut = False

    @classmethod
    async def open(cls, dsn: str, sql: Mapping[str, Statement]) -> "Connections":
        """Connect to the database at *dsn*; raise StoreError when that cannot be done."""
        where = address(dsn)
        with faults(where):
            pool = await asyncpg.create_pool(
                dsn,
                min_size=1,
                max_size=MOST,
                max_cached_statement_lifetime=0,
                timeout=CONNECT_S,
                command_timeout=COMMAND_S,
                server_settings=_SETTINGS,
                init=_introduce,
                reset=_as_it_is,
            )
        return cls(pool, sql, where)

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """Give a connection as long as the block runs."""
        if self._shut:
            raise StoreError("The store is closed: nothing can be read or written any more.")
        with faults(self._where):
            connection = await self._pool.acquire(timeout=CONNECT_S)
        try:
            yield Session(connection, self._sql, self._where)
        finally:
            with suppress(*FAULTS):  # it is closed then, and the pool makes another one
                await self._pool.release(connection)

    @asynccontextmanager
    async def aside(self) -> AsyncIterator[Session]:
        """Do the same for what is not a batch, which leaves connections to those that are."""
        async with self._aside, self.session() as session:
            yield session

    async def close(self) -> None:
        """Wait for what is under way, but not for ever, and close; a second time does nothing."""
        if self._shut:
            return
        self._shut = True
        try:
            async with asyncio.timeout(STOP_S):
                await self._pool.close()
        except FAULTS:
            self._pool.terminate()


async def _introduce(connection: "_Connection") -> None:
    """Let a new connection ask what the arrays are made of, which takes a while, before a batch needs it."""
    await connection.execute(_ARRAYS, [], [], [], [])


async def _as_it_is(_connection: object) -> None:
    """Leave a connection that comes back as it is: nothing here outlives its transaction."""
