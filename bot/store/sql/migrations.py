"""Numbered migrations: how they are read, and which of them a database still needs."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from bot.core.errors import MigrationError


class Migration(NamedTuple):
    """One step of the schema, from a file named ``0001_what.sql``."""

    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """The SHA-256 of the text, in hex, whatever the line ends."""
        return sha256("\n".join(self.text.splitlines()).encode()).hexdigest()


class Applied(NamedTuple):
    """The record of a migration in a database."""

    number: int
    name: str
    checksum: str


def migrations(folder: Path) -> tuple[Migration, ...]:
    """Return the migrations of a folder, in the order of their numbers."""
    found = [_read(path) for path in sorted(folder.glob("*.sql"))]
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise MigrationError(f"Migrations in {folder} must be numbered 1, 2, 3 and so on, without a gap.")
    return tuple(found)


def pending(available: Sequence[Migration], applied: Sequence[Applied]) -> Sequence[Migration]:
    """Return what a database still needs; *applied* is in the order of the numbers.

    Raises MigrationError when the database holds what this program does not know.
    """
    if len(applied) > len(available):
        raise MigrationError(
            f"The database's schema is at {applied[-1].number}, newer than this program, which knows "
            f"{len(available)}: install the program that wrote it, or restore a backup from before."
        )
    for migration, record in zip(available, applied, strict=False):
        if (migration.number, migration.checksum) != (record.number, record.checksum):
            raise MigrationError(
                f"Migration {migration.number} ({migration.name}) is not what the database was made with "
                f"({record.number}, {record.name}): it was changed afterwards. Restore the program's files."
            )
    return available[len(applied) :]


def _read(path: Path) -> Migration:
    number, _, name = path.stem.partition("_")
    return Migration(int(number), name, path.read_text(encoding="utf-8"))
