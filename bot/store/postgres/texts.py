"""The statements of this store, as text."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.store.sql.statements import SHARED, Statement, statements


@cache
def texts() -> Mapping[str, Statement]:
    """Return every statement by name; the files are read once, when the first store opens."""
    return statements("asyncpg", SHARED, Path(__file__).parent / "queries")
