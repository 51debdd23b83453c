"""Groups' own packs on PostgreSQL: with a batch, inside its transaction, and reading beside it."""

from collections.abc import Sequence

from asyncpg import Record

from bot.records import Asked, Changes, PackRow, Place, ProposalRow, Snapshot, UploadRow
from bot.store.own_packs import OVERTAKEN, proposal_columns, proposal_row, steps_of, upload_columns
from bot.store.postgres.connections import Connections, Session
from bot.store.postgres.faults import ConflictError


class PostgresOwnPacks:
    """The packs that groups have brought themselves."""

    _connections: Connections

    async def packs_at(self, place: Place, group: int) -> Sequence[tuple[int, int]]:
        """Return (group, version) of the packs that are shown in a place, by group."""
        platform, id_ = place
        rows = await self._selected("packs_at", platform=platform, external_id=id_, group_id=group)
        return [(of, version) for of, version in rows]

    async def packs_of(self, group: int) -> Sequence[tuple[int, int]]:
        """Return the same for a group, its union, or a group of that."""
        return [(of, version) for of, version in await self._selected("packs_of_group", group_id=group)]

    async def pack(self, group: int) -> PackRow | None:
        """Return a group's own pack; None when it has none."""
        rows = await self._selected("pack_of", group_id=group)
        return PackRow(*rows[0]) if rows else None

    async def upload(self, id_: str) -> UploadRow | None:
        """Return an upload, decided on or not; None when there is none."""
        rows = await self._selected("upload_by_id", id=id_)
        return UploadRow(*rows[0]) if rows else None

    async def proposals(self, group: int) -> Sequence[ProposalRow]:
        """Return what a group has not decided on yet, the oldest first."""
        return [proposal_row(tuple(row)) for row in await self._selected("proposals_open", group_id=group)]

    async def _selected(self, name: str, **asked: str | int) -> Sequence[Record]:
        async with self._connections.aside() as session:
            return await session.rows(name, **asked)


async def load_packs(session: Session, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
    """Load own packs, uploads and proposals for those who ask for them."""
    for one in asked:
        if one.pack:
            for row in await session.rows("pack_of", group_id=one.pack):
                snapshot.packs[one.pack] = PackRow(*row)
        if one.upload:
            for row in await session.rows("upload_by_id", id=one.upload):
                snapshot.uploads[one.upload] = UploadRow(*row)
        if one.proposal:
            for row in await session.rows("proposal_by_id", id=one.proposal):
                snapshot.proposals[one.proposal] = proposal_row(tuple(row))


async def save_packs(session: Session, changes: Changes) -> None:
    """Write own packs, uploads and proposals; a ConflictError when others have been quicker."""
    for row, before in steps_of(changes.packs):
        asked: dict[str, str | int] = {"group_id": row.group, "version": row.version, "body": row.body}
        if before:
            await _write(session, "pack_set", {**asked, "before": before})
        else:
            await _write(session, "pack_add", asked)
    for upload in sorted(changes.uploads):
        await _write(session, "upload_save", upload_columns(upload))
    for proposal in sorted(changes.proposals):
        await _write(session, "proposal_save", proposal_columns(proposal))


async def _write(session: Session, name: str, asked: dict[str, str | int]) -> None:
    if not await session.rows(name, **asked):
        raise ConflictError(OVERTAKEN)
