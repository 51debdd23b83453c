"""The store on PostgreSQL: many processes on one database, and a batch in a handful of statements."""

from bot.store.postgres.stores import PostgresStore

__all__ = ["PostgresStore"]
