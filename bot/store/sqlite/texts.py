"""The statements of this store, as text."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot.store.sql.statements import SHARED, statements


@cache
def texts() -> Mapping[str, str]:
    """Return every statement by name; the files are read once, when the first store opens."""
    found = statements("sqlite3", SHARED, Path(__file__).parent / "queries")
    return {name: statement.text for name, statement in found.items()}
