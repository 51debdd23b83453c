"""Bringing a database's schema up to date."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from bot.store.postgres.connections import Session
from bot.store.sql.migrations import Applied, Migration, migrations, pending

FOLDER = Path(__file__).parent / "migrations"

LOCK = 0x5374_7564_7948_616C
"""The number of the advisory lock under which schemas are changed."""

PATIENCE_S = 3600.0
"""How long a step may take, or the wait for somebody else's."""


@cache
def known() -> tuple[Migration, ...]:
    """Return the migrations that this program knows."""
    return migrations(FOLDER)


async def migrate(session: Session, steps: Sequence[Migration] | None = None) -> int:
    """Apply what the database still needs of *steps* (all that are known); return how many that was.

    Each step and its record are one transaction, so an interrupted run goes on where it was. Raises
    MigrationError when the database is newer than *steps* or was made by others.
    """
    available = known() if steps is None else steps
    session.patience = PATIENCE_S
    count = 0
    while pending(available, await applied(session)) and await _step(session, available):
        count += 1
    return count


async def applied(session: Session) -> Sequence[Applied]:
    """Return the records of the migrations that a database has had, by number."""
    ((there,),) = await session.rows("migrations_there")
    return [Applied(*row) for row in await session.rows("migrations_applied")] if there else []


async def _step(session: Session, available: Sequence[Migration]) -> bool:
    """Apply one migration, if one is still needed; others may be at it too, so look again under the lock."""
    async with session.transaction():
        await session.rows("migrations_lock", number=LOCK)
        todo = pending(available, await applied(session))
        if not todo:
            return False
        await session.rows("migrations_table")
        await session.script(todo[0].text)
        await session.rows(
            "migration_record", number=todo[0].number, name=todo[0].name, checksum=todo[0].checksum
        )
    return True
