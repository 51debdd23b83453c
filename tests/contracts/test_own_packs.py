"""Groups' own packs: versions, unions, uploads that wait, and what learners propose."""

import pytest

from bot.core.errors import StoreError
from bot.records import Asked, Changes, ChannelRow, PackRow, Place, ProposalRow, Snapshot, UnionRow, UploadRow
from tests.contracts.stores import ANN, BEN, GROUP_ID, HALL, AnyStore, Stores, save, study

OTHER_GROUP = 2**61 + 4
UNION = 2**61 + 9
ATTIC = Place("web", "attic")
ELSEWHERE = ChannelRow(ATTIC, 99, OTHER_GROUP)


def packed(group: int = GROUP_ID, version: int = 1, body: str = "Δύο <b>") -> PackRow:
    """Return a group's own pack."""
    return PackRow(group, version, body)


def upload(id_: str = "u1", *, pack: str = "pack", at: int = 1000) -> UploadRow:
    """Return what an upload would make of a group's pack."""
    return UploadRow(id_, GROUP_ID, at, 1, pack, "report")


def proposal(id_: str = "p1", *, group: int = GROUP_ID, at: int = 1000, state: str = "open") -> ProposalRow:
    """Return what somebody proposed."""
    return ProposalRow(id_, group, ANN, "Ann", HALL, at, state, f"body of {id_}")


async def loaded(store: AnyStore, asked: Asked) -> Snapshot:
    """Return what a batch is given."""
    seen: list[Snapshot] = []

    def look(snapshot: Snapshot) -> Changes:
        seen.append(snapshot)
        return Changes()

    await store.transact([asked], (), look)
    return seen[-1]


async def test_a_pack_is_kept_as_it_was_written(stores: Stores) -> None:
    """For every process to see."""
    store, other = await stores.open(), await stores.open()

    await save(store, study(packs=[packed()]))
    await save(store, Changes(packs=[packed(version=2, body="new")]))

    assert await other.pack(GROUP_ID) == packed(version=2, body="new")
    assert await other.pack(1) is None


async def test_a_batch_is_given_the_pack_the_upload_and_the_proposal_that_it_asks_for(
    store: AnyStore,
) -> None:
    """And nothing when they are not there."""
    rows = Changes(packs=[packed()], uploads=[upload()], proposals=[proposal()])
    await save(store, study())
    await save(store, rows)

    asked = Asked("", HALL, ANN, pack=GROUP_ID, upload="u1", proposal="p1")
    found = await loaded(store, asked)
    missing = await loaded(store, asked._replace(pack=1, upload="u9", proposal="p9"))

    assert found.packs == {GROUP_ID: packed()}
    assert found.uploads == {"u1": upload()}
    assert found.proposals == {"p1": proposal()}
    assert (missing.packs, missing.uploads, missing.proposals) == ({}, {}, {})


@pytest.mark.parametrize("version", [1, 3])
async def test_a_pack_that_others_have_changed_is_not_overwritten(store: AnyStore, version: int) -> None:
    """Nothing of the batch is written then."""
    await save(store, study(packs=[packed()]))

    with pytest.raises(StoreError):
        await save(store, Changes(packs=[packed(version=version, body="late")], uploads=[upload()]))

    assert await store.pack(GROUP_ID) == packed()
    assert await store.upload("u1") is None


async def test_a_batch_may_change_a_pack_twice(store: AnyStore) -> None:
    """The last one stays."""
    await save(store, study(packs=[packed(), packed(version=2, body="second")]))
    await save(store, Changes(packs=[packed(version=3), packed(version=4, body="fourth")]))

    assert await store.pack(GROUP_ID) == packed(version=4, body="fourth")


async def test_a_place_shows_the_packs_of_its_group_and_of_nobody_else(store: AnyStore) -> None:
    """A place that leads nowhere yet is of the group that is named."""
    await save(store, study(channels=[ELSEWHERE], packs=[packed(), packed(OTHER_GROUP)]))

    assert list(await store.packs_at(HALL, 1)) == [(GROUP_ID, 1)]
    assert list(await store.packs_at(ATTIC, GROUP_ID)) == [(OTHER_GROUP, 1)]
    assert list(await store.packs_at(Place("web", "new"), OTHER_GROUP)) == [(OTHER_GROUP, 1)]
    assert list(await store.packs_at(Place("web", "new"), 1)) == []


async def test_a_union_shows_the_packs_of_all_its_members_until_they_part(store: AnyStore) -> None:
    """By their groups; apart again each has its own."""
    await save(store, study(channels=[ELSEWHERE], packs=[packed(), packed(OTHER_GROUP)]))
    both = sorted([(GROUP_ID, 1), (OTHER_GROUP, 1)])

    await save(store, Changes(unions=[UnionRow(one, 0, UNION) for one in (GROUP_ID, OTHER_GROUP)]))
    joined = [await store.packs_at(HALL, 0), await store.packs_of(UNION), await store.packs_of(OTHER_GROUP)]
    await save(store, Changes(unions=[UnionRow(GROUP_ID, UNION, 0)]))

    assert [list(one) for one in joined] == [both, both, both]
    assert list(await store.packs_of(GROUP_ID)) == [(GROUP_ID, 1)]


async def test_an_upload_is_decided_on_once(store: AnyStore) -> None:
    """Its report stays until it is forgotten."""
    await save(store, study(uploads=[upload()]))

    await save(store, Changes(uploads=[upload(pack="")]))
    with pytest.raises(StoreError):
        await save(store, Changes(uploads=[upload(pack="")], packs=[packed()]))

    assert await store.upload("u1") == upload(pack="")
    assert await store.pack(GROUP_ID) is None


async def test_old_uploads_are_forgotten(store: AnyStore) -> None:
    """They are counted with the rest of what is forgotten."""
    await save(store, study(uploads=[upload("old"), upload("new", at=5000)]))

    gone = await store.purge(2000)

    assert gone == 1
    assert await store.upload("old") is None
    assert await store.upload("new") == upload("new", at=5000)


async def test_open_proposals_come_oldest_first(store: AnyStore) -> None:
    """Those of the group, and of those that are one with it."""
    rows = [proposal("b", at=2000), proposal("c"), proposal("a"), proposal("d", group=OTHER_GROUP, at=1)]
    await save(store, study(channels=[ELSEWHERE], proposals=rows))

    assert list(await store.proposals(GROUP_ID)) == [rows[2], rows[1], rows[0]]
    await save(store, Changes(unions=[UnionRow(one, 0, UNION) for one in (GROUP_ID, OTHER_GROUP)]))
    assert list(await store.proposals(GROUP_ID)) == [rows[3], rows[2], rows[1], rows[0]]


async def test_a_proposal_is_decided_on_once(store: AnyStore) -> None:
    """Whoever comes second changes nothing."""
    await save(store, study(proposals=[proposal()]))

    await save(store, Changes(proposals=[proposal(state="accepted")]))
    with pytest.raises(StoreError):
        await save(store, Changes(proposals=[proposal(state="declined")]))

    assert list(await store.proposals(GROUP_ID)) == []
    found = await loaded(store, Asked("", HALL, BEN, proposal="p1"))
    assert found.proposals["p1"].state == "accepted"


async def test_what_speaks_of_no_group_is_refused(store: AnyStore) -> None:
    """As every other row is."""
    for changes in (
        Changes(packs=[packed(1)]),
        Changes(uploads=[upload()._replace(group=1)]),
        Changes(proposals=[proposal(group=1)]),
    ):
        with pytest.raises(StoreError):
            await save(store, changes)
