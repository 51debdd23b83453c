"""Statements, read by aiosql from .sql files and kept as text.

The stores run the text themselves: a batch is one function on the database's thread, and calls that aiosql
would make there one by one are what it saves.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Template
from typing import NamedTuple

import aiosql

from bot.store.boards import KINDS

SHARED = Path(__file__).parent
"""The folder of the statements that read the same in every dialect."""


class Statement(NamedTuple):
    """One statement. *parameters* are its names in the order of their first use, as asyncpg counts them."""

    text: str
    parameters: tuple[str, ...]


def statements(driver: str, *folders: Path) -> Mapping[str, Statement]:
    """Return the statements of *folders* by name, written as aiosql's *driver* wants them.

    A name in a later folder replaces the same name in an earlier one; twice in one folder it is a
    ValueError. Files in its folder ``measures`` are templates, read once for each measure that boards are
    kept in order of.
    """
    found: dict[str, Statement] = {}
    for folder in folders:
        found |= _statements(driver, folder)
    return found


def _statements(driver: str, folder: Path) -> dict[str, Statement]:
    found: dict[str, Statement] = {}
    for text in _texts(folder):
        queries = aiosql.from_str(text, driver)
        new = {
            key: one for name in queries.available_queries for key, one in _statement(queries, name).items()
        }
        if twice := sorted(new.keys() & found.keys()):
            message = f"Statements in {folder} need names of their own; twice there: {', '.join(twice)}."
            raise ValueError(message)
        found |= new
    return found


def _texts(folder: Path) -> Iterator[str]:
    """Yield what the files of *folder* say, templates filled in."""
    for path in sorted(folder.glob("*.sql")):
        yield path.read_text(encoding="utf-8")
    for path in sorted(folder.glob("measures/*.sql")):
        template = Template(path.read_text(encoding="utf-8"))
        for measure, (fine, coarse) in KINDS.items():
            yield template.substitute(measure=measure, fine=fine, coarse=coarse)


def _statement(queries: object, name: str) -> dict[str, Statement]:
    """Return the statement behind a query, and nothing for the cursor twin that aiosql adds to each."""
    if name.endswith("_cursor"):
        return {}
    query: aiosql.types.QueryFn = getattr(queries, name)
    signature = query.__signature__
    names = () if signature is None else tuple(signature.parameters)[1:]
    return {name: Statement(query.sql, names)}
