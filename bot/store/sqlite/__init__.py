"""The store on SQLite: one file, one writer, and the batch crosses to its thread once."""

from bot.store.sqlite.stores import SqliteStore

__all__ = ["SqliteStore"]
