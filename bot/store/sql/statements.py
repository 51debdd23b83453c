"""Statements, read by aiosql from .sql files and kept as text.

The stores run the text themselves: a batch is one function on the database's thread, and calls that aiosql
would make there one by one are what it saves.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import aiosql

SHARED = Path(__file__).parent
"""The folder of the statements that read the same in every dialect."""


class Statement(NamedTuple):
    """One statement. *parameters* are its names in the order of their first use, as asyncpg counts them."""

    text: str
    parameters: tuple[str, ...]


def statements(driver: str, *folders: Path) -> Mapping[str, Statement]:
    """Return the statements of *folders* by name, written as aiosql's *driver* wants them.

    A name in a later folder replaces the same name in an earlier one.
    """
    found: dict[str, Statement] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.sql"))):
        queries = aiosql.from_path(path, driver)
        for name in queries.available_queries:
            found |= _statement(queries, name)
    return found


def _statement(queries: object, name: str) -> dict[str, Statement]:
    """Return the statement behind a query, and nothing for the cursor twin that aiosql adds to each."""
    if name.endswith("_cursor"):
        return {}
    query: aiosql.types.QueryFn = getattr(queries, name)
    signature = query.__signature__
    names = () if signature is None else tuple(signature.parameters)[1:]
    return {name: Statement(query.sql, names)}
