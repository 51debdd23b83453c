"""Groups' own packs in memory."""

from collections.abc import Sequence

from bot.core.errors import StoreError
from bot.records import Asked, Changes, PackRow, Place, ProposalRow, Snapshot, UploadRow
from bot.store.memory.unions import MemoryUnions
from bot.store.own_packs import OVERTAKEN, steps_of


class MemoryOwnPacks(MemoryUnions):
    """The packs that groups have brought themselves, over dictionaries."""

    def __init__(self) -> None:
        super().__init__()
        self._packs: dict[int, PackRow] = {}
        self._uploads: dict[str, UploadRow] = {}
        self._proposals: dict[str, ProposalRow] = {}

    async def packs_at(self, place: Place, group: int) -> Sequence[tuple[int, int]]:
        """Return (group, version) of the packs that are shown in a place, by group."""
        return await self.packs_of(self._own_group(place) if place in self._places else group)

    async def packs_of(self, group: int) -> Sequence[tuple[int, int]]:
        """Return the same for a group, its union, or a group of that."""
        return [(of, self._packs[of].version) for of in sorted(self._kin(group)) if of in self._packs]

    async def pack(self, group: int) -> PackRow | None:
        """Return a group's own pack; None when it has none."""
        return self._packs.get(group)

    async def upload(self, id_: str) -> UploadRow | None:
        """Return an upload, decided on or not; None when there is none."""
        return self._uploads.get(id_)

    async def proposals(self, group: int) -> Sequence[ProposalRow]:
        """Return what a group has not decided on yet, the oldest first."""
        kin = self._kin(group)
        rows = (row for row in self._proposals.values() if row.group in kin and row.state == "open")
        return sorted(rows, key=lambda row: (row.at, row.id))

    def _load_packs(self, snapshot: Snapshot, asked: Sequence[Asked]) -> None:
        for one in asked:
            if one.pack in self._packs:
                snapshot.packs[one.pack] = self._packs[one.pack]
            if one.upload in self._uploads:
                snapshot.uploads[one.upload] = self._uploads[one.upload]
            if one.proposal in self._proposals:
                snapshot.proposals[one.proposal] = self._proposals[one.proposal]

    def _refuse_overtaken_packs(self, changes: Changes) -> None:
        """Raise StoreError when others have been quicker."""
        packs = self._packs
        moved = [
            (packs[row.group].version if row.group in packs else 0) != before
            for row, before in steps_of(changes.packs)
        ]
        uploads, proposals = dict(self._uploads), dict(self._proposals)
        for upload in changes.uploads:
            there = uploads.get(upload.id)
            moved.append(there is not None and (not there.pack or bool(upload.pack)))
            uploads[upload.id] = upload
        for proposal in changes.proposals:
            before = proposals.get(proposal.id)
            moved.append(before is not None and (before.state != "open" or proposal.state == "open"))
            proposals[proposal.id] = proposal
        if any(moved):
            raise StoreError(OVERTAKEN)

    def _save_packs(self, changes: Changes) -> None:
        self._packs.update({row.group: row for row, _ in steps_of(changes.packs)})
        for upload in changes.uploads:
            there = self._uploads.get(upload.id, upload)
            self._uploads[upload.id] = there._replace(pack=upload.pack)
        for proposal in changes.proposals:
            before = self._proposals.get(proposal.id, proposal)
            self._proposals[proposal.id] = before._replace(state=proposal.state, body=proposal.body)

    def _forget_uploads(self, before: int) -> int:
        """Forget uploads from before then; return how many went."""
        kept = {id_: row for id_, row in self._uploads.items() if row.at >= before}
        gone = len(self._uploads) - len(kept)
        self._uploads = kept
        return gone
