"""SQLite's errors in sentences that say what to do next."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.core.errors import StoreError

_SENTENCES = {
    sqlite3.SQLITE_BUSY: "is locked by another program: stop that one, or wait until it is done",
    sqlite3.SQLITE_LOCKED: "is locked by another program: stop that one, or wait until it is done",
    sqlite3.SQLITE_FULL: "could not grow because the disk is full: make room, then start again",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database: set another database_url, or move that file away",
    sqlite3.SQLITE_CORRUPT: "is damaged: restore it from a backup",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: make its folder, and let this user write there",
    sqlite3.SQLITE_READONLY: "may not be written: let this user write the file and its folder",
    sqlite3.SQLITE_PERM: "may not be written: let this user write the file and its folder",
    sqlite3.SQLITE_IOERR: "could not be read or written: look at the disk and the system's log",
    sqlite3.SQLITE_CONSTRAINT: "refused a row that contradicts the others",
}


@contextmanager
def faults(path: Path) -> Iterator[None]:
    """Raise StoreError in place of whatever SQLite raises inside."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(sentence(path, error)) from error


def sentence(path: Path, error: sqlite3.Error) -> str:
    """Return what went wrong with the database at *path*, and what to do about it."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    said = _SENTENCES.get(code, "failed")
    return f"The database {path} {said} (SQLite said: {error})."
