"""What the store on PostgreSQL says when something is wrong, and that it goes on when it is right again."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest

from bot.core.errors import StoreError
from bot.records import Changes, Snapshot
from bot.store.postgres import PostgresStore
from bot.store.postgres.faults import FAULTS, Address, ConflictError, address, fault
from tests.contracts.stores import HALL, ask, post_row, round_row, save, snapshot, study
from tests.postgres import PostgresServer

SECRET = "hunter2/@:#?"  # with everything that an address can stumble over
QUOTED = "hunter2%2F%40%3A%23%3F"
WHERE = Address("db.example:5432", "studyhall")

_KILL = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE application_name = 'studyhall' AND datname = current_database()
"""


@pytest.fixture
async def store(schema_database: str) -> AsyncIterator[PostgresStore]:
    """A store on a database of its own."""
    opened = await PostgresStore.open(schema_database)
    yield opened
    await opened.close()


@pytest.fixture
async def operator(schema_database: str) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
    """Somebody with a connection of their own to the same database."""
    connection = await asyncpg.connect(schema_database)
    yield connection
    await connection.close()


@pytest.fixture
def guarded(postgres_server: PostgresServer, schema_database: str) -> Iterator[str]:
    """The address of a database, for a user who needs a password; the address has a wrong one."""
    rules = postgres_server.folder / "data" / "pg_hba.conf"
    before = rules.read_text(encoding="utf-8")
    rules.write_text(f"local all careful scram-sha-256\n{before}", encoding="utf-8")
    postgres_server.sql("SELECT pg_reload_conf()")
    postgres_server.sql("CREATE ROLE careful LOGIN PASSWORD 'right'")
    yield schema_database.replace("studyhall@", f"careful:{QUOTED}@")
    postgres_server.sql("DROP ROLE careful")
    rules.write_text(before, encoding="utf-8")
    postgres_server.sql("SELECT pg_reload_conf()")


async def works(store: PostgresStore) -> None:
    """Return when *store* can be used again; what it raises until then is a StoreError."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await store.ping()
            except StoreError:
                await asyncio.sleep(0.05)


@pytest.mark.postgres
async def test_a_wrong_password_is_called_that(guarded: str) -> None:
    """And is not shown, neither in the sentence nor in what caused it."""
    with pytest.raises(StoreError, match="check the user and the password in database_url") as caught:
        await PostgresStore.open(guarded)

    assert "hunter2" not in repr(caught.value) + repr(caught.value.__cause__)


@pytest.mark.postgres
async def test_a_missing_database_is_named(schema_database: str) -> None:
    """With the way to make it."""
    nowhere = schema_database.replace("/test_", "/nowhere_")

    with pytest.raises(StoreError, match=r"database nowhere_\d+ at .* does not exist: make it with createdb"):
        await PostgresStore.open(nowhere)


async def test_a_server_that_is_not_there_is_named(tmp_path: Path) -> None:
    """By its address on the network, or by the folder of its socket."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    for host, shown in [(f"127.0.0.1:{port}", f"127.0.0.1:{port}"), (f"?host={tmp_path}", str(tmp_path))]:
        slash = "" if "?" in host else "/study"
        with pytest.raises(StoreError, match="cannot be reached: start its server") as caught:
            await PostgresStore.open(f"postgresql://ann:{QUOTED}@{slash and host}{slash or '/study' + host}")
        assert shown in str(caught.value)
        assert "hunter2" not in str(caught.value)


@pytest.mark.postgres
async def test_a_database_that_may_only_be_read_is_refused(
    postgres_server: PostgresServer, fresh_database: str
) -> None:
    """A standby, say: nothing could be kept there."""
    name = address(fresh_database).database
    postgres_server.sql(f"ALTER DATABASE {name} SET default_transaction_read_only = on")

    with pytest.raises(StoreError, match="may only be read: set database_url to the primary"):
        await PostgresStore.open(fresh_database)


@pytest.mark.postgres
async def test_a_database_that_cannot_hold_every_script_is_refused(postgres_server: PostgresServer) -> None:
    """Names and answers come in all of them."""
    postgres_server.sql("CREATE DATABASE narrow ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0")

    with pytest.raises(StoreError, match=r"narrow at .* is encoded in LATIN1: make one with ENCODING 'UTF8'"):
        await PostgresStore.open(postgres_server.dsn("narrow"))

    postgres_server.sql("DROP DATABASE narrow")


@pytest.mark.parametrize(
    "dsn",
    [
        f"postgresql://ann:{SECRET}@db.example/study",
        "postgresql://ann:hunter2/x@db.example/study",
        "postgresql://ann:12#hunter2@db.example/study",
        "postgresql://ann:12?hunter2@db.example/study",
        "postgresql://[hunter2/study",
        "mysql://ann:hunter2@db.example/study",
        "hunter2",
    ],
)
async def test_an_unclear_address_is_explained_and_not_repeated(dsn: str) -> None:
    """A password with a slash in it would show up in parts as a host or a database."""
    with pytest.raises(StoreError, match=r"postgresql://user:password@host:5432/database.*%2F") as caught:
        await PostgresStore.open(dsn)

    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    "dsn", [f"postgresql://ann:{QUOTED}@h:hunter2/study", "postgresql://h/study?sslmode=hunter2"]
)
async def test_an_address_with_a_wrong_part_is_refused_without_showing_it(dsn: str) -> None:
    """What the driver says about it may hold anything, so it is left out altogether."""
    with pytest.raises(StoreError, match="check database_url") as caught:
        await PostgresStore.open(dsn)

    assert caught.value.__cause__ is None
    assert "hunter2" not in str(caught.value).replace("h:hunter2", "")


@pytest.mark.parametrize(
    "dsn, shown",
    [
        ("postgresql://ann:pw@db.example:5433/study", Address("db.example:5433", "study")),
        ("postgres://db.example/my%20study", Address("db.example", "my study")),
        ("postgresql://a:5432,b:5432/study", Address("a:5432,b:5432", "study")),
        ("postgresql:///study?host=/run/postgresql", Address("/run/postgresql", "study")),
        ("postgresql://ann:p@ss@db.example/study", Address("db.example", "study")),
    ],
)
def test_an_address_is_shown_without_the_way_in(dsn: str, shown: Address) -> None:
    """Host, port and database tell which one is meant."""
    assert address(dsn) == shown
    assert "p@ss" not in str(address(dsn))


@pytest.mark.parametrize(
    "error, sentence",
    [
        (asyncpg.TooManyConnectionsError("sorry"), "no connection left: close others, or raise max_connect"),
        (asyncpg.DiskFullError("could not extend"), "the disk is full: make room"),
        (asyncpg.CannotConnectNowError("starting up"), "is starting or stopping: try again"),
        (asyncpg.InsufficientPrivilegeError("permission denied"), "make this user the database's owner"),
        (asyncpg.AdminShutdownError("terminating"), "nothing unacknowledged was saved"),
        (asyncpg.InterfaceError("connection is closed"), "see that its server runs"),
        (asyncpg.UndefinedTableError("no relation"), "failed (PostgreSQL said: no relation)"),
        (TimeoutError(), "did not answer in time"),
    ],
)
def test_a_fault_says_where_what_and_what_next(error: Exception, sentence: str) -> None:
    """In one sentence that begins with the database."""
    said = str(fault(WHERE, error))

    assert isinstance(error, FAULTS)
    assert said.startswith("The PostgreSQL database studyhall at db.example:5432 ")
    assert sentence in said


@pytest.mark.parametrize(
    "error, again",
    [
        (asyncpg.UniqueViolationError("twice"), True),
        (asyncpg.DeadlockDetectedError("crossed"), True),
        (asyncpg.SerializationError("changed"), True),
        (asyncpg.ForeignKeyViolationError("stranger"), False),
        (asyncpg.AdminShutdownError("terminating"), False),
    ],
)
def test_only_what_others_did_is_worth_another_turn(error: Exception, again: bool) -> None:  # noqa: FBT001
    """A stranger stays a stranger, and nobody knows what became of a commit whose server went away."""
    assert isinstance(fault(WHERE, error), ConflictError) is again


@pytest.mark.postgres
async def test_a_value_that_cannot_be_kept_is_refused(store: PostgresStore) -> None:
    """PostgreSQL has no room for a NUL in a text, and half a surrogate pair is no character."""
    for text in ("a\0b", "a\ud800b"):
        with pytest.raises(StoreError, match="value that it cannot keep"):
            await save(store, Changes(events=[(text, 1)]))


@pytest.mark.postgres
async def test_a_closed_store_says_so(store: PostgresStore) -> None:
    """Whatever is asked of it."""
    await store.close()

    with pytest.raises(StoreError, match="closed"):
        await store.ping()
    with pytest.raises(StoreError, match="closed"):
        await save(store, study())


@pytest.mark.postgres
async def test_connections_that_were_cut_while_idle_are_made_again(
    store: PostgresStore, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """A failure or none at all, and then everything is as before."""
    await save(store, study(rounds=[round_row()]))

    assert await operator.fetchval(_KILL) >= 1

    await works(store)
    assert (await snapshot(store, ask())).rounds == {HALL: round_row()}


@pytest.mark.postgres
async def test_a_batch_whose_connection_is_cut_leaves_nothing(
    store: PostgresStore, postgres_server: PostgresServer, schema_database: str
) -> None:
    """Its sender is told, and may send it again at once."""
    await save(store, study(rounds=[round_row()]))
    name = address(schema_database).database

    def cut(found: Snapshot) -> Changes:
        postgres_server.sql(_KILL.replace("current_database()", f"'{name}'"))
        return Changes(rounds=[found.rounds[HALL]._replace(version=2)], outbox=[post_row()])

    with pytest.raises(StoreError, match=r"see that its server runs|was interrupted by its server"):
        await store.transact([ask()], (), cut)

    await works(store)
    assert (await snapshot(store, ask())).rounds == {HALL: round_row()}
    assert (await store.backlog()).depth == 0


@pytest.mark.postgres
async def test_a_crash_of_the_server_loses_nothing_that_was_acknowledged(
    store: PostgresStore, operator: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """One of its processes is killed, which makes it start over from its log; the store finds it again."""
    victim = await operator.fetchval("SELECT pg_backend_pid()")
    acknowledged: list[int] = []

    async def write() -> None:
        for number in range(10_000):
            await save(store, Changes(events=[(f"web:{number}", number)]))
            acknowledged.append(number)

    writing = asyncio.create_task(write())
    async with asyncio.timeout(20):
        while len(acknowledged) < 20:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.005)
    os.kill(victim, signal.SIGKILL)
    with pytest.raises(StoreError):
        await writing

    await works(store)
    asked = [ask(event=f"web:{number}") for number in acknowledged]
    assert (await snapshot(store, *asked)).events == {one.event for one in asked}
