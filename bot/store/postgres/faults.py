"""What goes wrong with PostgreSQL, in sentences that say what to do next and never show a password."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import asyncpg

from bot.core.errors import StoreError

FAULTS = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,  # TimeoutError is one
)
"""Whatever asyncpg raises when something is wrong with the server, the way to it or the rows."""

_AGAIN = (
    asyncpg.UniqueViolationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.InvalidCachedStatementError,
)

_SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (asyncpg.InvalidPasswordError, "did not let us in: check the user and the password in database_url"),
    (asyncpg.InvalidAuthorizationSpecificationError, "did not let us in: check the user in database_url"),
    (asyncpg.InvalidCatalogNameError, "does not exist: make it with createdb, or set another database_url"),
    (asyncpg.InsufficientPrivilegeError, "does not allow that: make this user the database's owner"),
    (asyncpg.ReadOnlySQLTransactionError, "may only be read: set database_url to the primary server"),
    (asyncpg.TooManyConnectionsError, "has no connection left: close others, or raise max_connections"),
    (asyncpg.CannotConnectNowError, "is starting or stopping: try again when it is up"),
    (asyncpg.DiskFullError, "could not grow because the disk is full: make room"),
    (asyncpg.OutOfMemoryError, "has run out of memory: give the server more"),
    (asyncpg.IntegrityConstraintViolationError, "refused a row that contradicts the others"),
    (asyncpg.DeadlockDetectedError, "was written by too many at once: try again"),
    (asyncpg.SerializationError, "was written by too many at once: try again"),
    (asyncpg.DataError, "refused a value that it cannot keep"),
    (ValueError, "was given a value that it cannot keep"),
    (asyncpg.OperatorInterventionError, "was interrupted by its server: nothing unacknowledged was saved"),
    (asyncpg.PostgresConnectionError, "was lost from sight: see that its server runs, then try again"),
    (asyncpg.InterfaceError, "was lost from sight: see that its server runs, then try again"),
    (TimeoutError, "did not answer in time: see that its server runs and can be reached"),
    (ConnectionResetError, "was lost from sight: see that its server runs, then try again"),
    (OSError, "cannot be reached: start its server, or set another database_url"),
)


class ConflictError(StoreError):
    """Others wrote at the same time what this transaction relied on: the whole of it may be done again."""


class Address(NamedTuple):
    """Where a database is, without a word of how to get in."""

    host: str
    database: str

    def __str__(self) -> str:
        """Return it as the subject of a sentence."""
        return f"The PostgreSQL database {self.database} at {self.host}"


# What asyncpg says of an address may show any part of it.
_WRONG_ADDRESS = "{where} cannot be asked for like that: check database_url and the PG… variables."


def address(dsn: str) -> Address:
    """Return where *dsn* leads; StoreError when that is unclear, for a part of a password may show then."""
    try:
        parts = urlsplit(dsn)
        beyond = parts.path + parts.query + parts.fragment
    except ValueError:
        raise StoreError(_NO_ADDRESS) from None
    if parts.scheme not in ("postgresql", "postgres") or "@" in beyond:
        raise StoreError(_NO_ADDRESS)
    options = parse_qs(parts.query)
    hosts = parts.netloc.rpartition("@")[2] or options.get("host", [""])[0]
    name = unquote(parts.path.removeprefix("/")) or options.get("database", options.get("dbname", [""]))[0]
    return Address(hosts or "its usual place", name or "of the same name as the user")


_NO_ADDRESS = (
    "database_url should look like postgresql://user:password@host:5432/database; in a user or a password "
    "write / as %2F, ? as %3F, # as %23, @ as %40 and : as %3A."
)


@contextmanager
def faults(where: Address) -> Iterator[None]:
    """Raise StoreError in place of whatever asyncpg raises inside."""
    try:
        yield
    except asyncpg.ClientConfigurationError:
        raise StoreError(_WRONG_ADDRESS.format(where=where)) from None
    except FAULTS as error:
        raise fault(where, error) from error
    except ValueError:
        raise StoreError(_WRONG_ADDRESS.format(where=where)) from None


def fault(where: Address, error: Exception) -> StoreError:
    """Return what to raise in place of *error*."""
    kind = ConflictError if isinstance(error, _AGAIN) else StoreError
    for class_, sentence in _SENTENCES:
        if isinstance(error, class_):
            return kind(f"{where} {sentence} ({_said(error)}).")
    return kind(f"{where} failed ({_said(error)}).")


def _said(error: Exception) -> str:
    """Return the first line of *error*; the details of a PostgreSQL error may hold what people wrote."""
    if isinstance(error, asyncpg.PostgresError):
        return f"PostgreSQL said: {error.args[0] if error.args else type(error).__name__}"
    lines = str(error).splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
