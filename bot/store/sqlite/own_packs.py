"""Groups' own packs on SQLite: with a batch, inside its transaction, and reading beside it."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.errors import StoreError
from bot.records import Asked, Changes, PackRow, Place, ProposalRow, Snapshot, UploadRow
from bot.store.own_packs import OVERTAKEN, proposal_columns, proposal_row, steps_of, upload_columns
from bot.store.sqlite.connections import Connection

_Asked = Mapping[str, str | int]


class SqliteOwnPacks:
    """The packs that groups have brought themselves."""

    _reader: Connection
    _sql: Mapping[str, str]

    async def packs_at(self, place: Place, group: int) -> Sequence[tuple[int, int]]:
        """Return (group, version) of the packs that are shown in a place, by group."""
        asked: _Asked = {"platform": place.platform, "external_id": place.id, "group_id": group}
        return [(int(of), int(version)) for of, version in await self._selected("packs_at", asked)]

    async def packs_of(self, group: int) -> Sequence[tuple[int, int]]:
        """Return the same for a group, its union, or a group of that."""
        rows = await self._selected("packs_of_group", {"group_id": group})
        return [(int(of), int(version)) for of, version in rows]

    async def pack(self, group: int) -> PackRow | None:
        """Return a group's own pack; None when it has none."""
        rows = await self._selected("pack_of", {"group_id": group})
        return PackRow(*rows[0]) if rows else None

    async def upload(self, id_: str) -> UploadRow | None:
        """Return an upload, decided on or not; None when there is none."""
        rows = await self._selected("upload_by_id", {"id": id_})
        return UploadRow(*rows[0]) if rows else None

    async def proposals(self, group: int) -> Sequence[ProposalRow]:
        """Return what a group has not decided on yet, the oldest first."""
        return [proposal_row(row) for row in await self._selected("proposals_open", {"group_id": group})]

    async def _selected(self, name: str, asked: _Asked) -> Sequence[Sequence[Any]]:
        text = self._sql[name]
        return await self._reader.run(lambda connection: connection.execute(text, asked).fetchall())


def load_packs(
    cursor: sqlite3.Cursor, sql: Mapping[str, str], snapshot: Snapshot, asked: Sequence[Asked]
) -> None:
    """Load own packs, uploads and proposals for those who ask for them."""
    for one in asked:
        if one.pack:
            for row in cursor.execute(sql["pack_of"], {"group_id": one.pack}):
                snapshot.packs[one.pack] = PackRow(*row)
        if one.upload:
            for row in cursor.execute(sql["upload_by_id"], {"id": one.upload}):
                snapshot.uploads[one.upload] = UploadRow(*row)
        if one.proposal:
            for row in cursor.execute(sql["proposal_by_id"], {"id": one.proposal}):
                snapshot.proposals[one.proposal] = proposal_row(row)


def save_packs(cursor: sqlite3.Cursor, sql: Mapping[str, str], changes: Changes) -> None:
    """Write own packs, uploads and proposals, unless others have been quicker."""
    for row, before in steps_of(changes.packs):
        asked: _Asked = {"group_id": row.group, "version": row.version, "body": row.body, "before": before}
        _write(cursor, sql["pack_set" if before else "pack_add"], asked)
    for upload in changes.uploads:
        _write(cursor, sql["upload_save"], upload_columns(upload))
    for proposal in changes.proposals:
        _write(cursor, sql["proposal_save"], proposal_columns(proposal))


def _write(cursor: sqlite3.Cursor, text: str, asked: _Asked) -> None:
    if not cursor.execute(text, asked).fetchall():
        raise StoreError(OVERTAKEN)
