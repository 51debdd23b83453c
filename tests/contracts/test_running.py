"""What goes on in a group: its schedules, and the open rounds that an account takes part in."""

from bot.records import Account, Changes, ChannelRow, Place, UnionRow
from tests.contracts.schedules import schedule_row
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN,
    BEN_ID,
    CAT,
    CAT_ID,
    GROUP_ID,
    YARD,
    YARD_ID,
    AnyStore,
    Stores,
    part,
    round_row,
    save,
    study,
)

ATTIC = Place("web", "attic")
ATTIC_ID, OTHER_GROUP, UNION = 99, 2**61 + 4, 2**61 + 9
ELSEWHERE = ChannelRow(ATTIC, ATTIC_ID, OTHER_GROUP)


async def test_the_open_rounds_of_an_account_are_told_in_the_order_of_their_start(stores: Stores) -> None:
    """To every process, whatever the platform of the account."""
    store, other = await stores.open(), await stores.open()
    rounds = [
        round_row("r1", started_at=3000),
        round_row("r2", place=YARD, channel=YARD_ID, started_at=2000),
    ]
    parts = [part(ANN_ID, "r1"), part(ANN_ID, "r2"), part(CAT_ID, "r1")]

    await save(store, study(rounds=rounds, participants=parts))

    assert list(await other.playing(GROUP_ID, ANN)) == ["r2", "r1"]
    assert list(await other.playing(GROUP_ID, CAT)) == ["r1"]


async def test_rounds_that_began_together_are_told_by_their_ids(store: AnyStore) -> None:
    """So that the answer is always the same."""
    rounds = [round_row("r2"), round_row("r1", place=YARD, channel=YARD_ID)]

    await save(store, study(rounds=rounds, participants=[part(ANN_ID, "r2"), part(ANN_ID, "r1")]))

    assert list(await store.playing(GROUP_ID, ANN)) == ["r1", "r2"]


async def test_who_takes_no_part_plays_nowhere(store: AnyStore) -> None:
    """Known or not, and whoever has the same name elsewhere."""
    await save(store, study(rounds=[round_row()], participants=[part(ANN_ID)]))

    assert list(await store.playing(GROUP_ID, BEN)) == []
    assert list(await store.playing(GROUP_ID, Account("web", "stranger"))) == []
    assert list(await store.playing(GROUP_ID, Account("discord", ANN.id))) == []


async def test_a_round_that_has_ended_is_played_no_more(store: AnyStore) -> None:
    """The next one in its channel is."""
    await save(store, study(rounds=[round_row("r1")], participants=[part(BEN_ID, "r1")]))
    ended = round_row("r1", version=2, open_=False)
    await save(store, Changes(rounds=[ended, round_row("r2")], participants=[part(BEN_ID, "r2")]))

    assert list(await store.playing(GROUP_ID, BEN)) == ["r2"]


async def test_rounds_of_another_group_are_not_told(store: AnyStore) -> None:
    """They are told there."""
    attic = round_row("r9", place=ATTIC, channel=ATTIC_ID)._replace(group=OTHER_GROUP)
    parts = [part(ANN_ID, "r1"), part(ANN_ID, "r9")]

    await save(store, study(channels=[ELSEWHERE], rounds=[round_row("r1"), attic], participants=parts))

    assert list(await store.playing(GROUP_ID, ANN)) == ["r1"]
    assert list(await store.playing(OTHER_GROUP, ANN)) == ["r9"]
    assert list(await store.playing(1, ANN)) == []


async def test_the_schedules_of_a_group_are_told_by_their_ids(store: AnyStore) -> None:
    """Of all its channels, and of no other group's."""
    rows = [
        schedule_row("s2"),
        schedule_row("s3", place=YARD, due_at=5),
        schedule_row("s1", settled="2026-03-01"),
    ]
    other = schedule_row("s0", place=ATTIC)._replace(group=OTHER_GROUP)

    await save(store, study(channels=[ELSEWHERE], schedules=[*rows, other]))

    assert list(await store.scheduled(GROUP_ID)) == [rows[2], rows[0], rows[1]]
    assert list(await store.scheduled(OTHER_GROUP)) == [other]
    assert list(await store.scheduled(1)) == []


async def test_groups_in_a_union_see_what_goes_on_in_all_of_it(store: AnyStore) -> None:
    """By the union as by each of them; afterwards each has its own again."""
    attic = round_row("r9", place=ATTIC, channel=ATTIC_ID)._replace(group=OTHER_GROUP)
    mine, theirs = schedule_row("s1"), schedule_row("s9", place=ATTIC)._replace(group=OTHER_GROUP)
    groups = (GROUP_ID, OTHER_GROUP)
    parts = [part(ANN_ID, "r1"), part(ANN_ID, "r9")]
    await save(
        store,
        study(
            channels=[ELSEWHERE],
            rounds=[round_row("r1"), attic],
            participants=parts,
            schedules=[mine, theirs],
        ),
    )

    await save(store, Changes(unions=[UnionRow(group, 0, UNION) for group in groups]))

    for group in (UNION, *groups):
        assert list(await store.playing(group, ANN)) == ["r1", "r9"]
        assert list(await store.scheduled(group)) == [mine, theirs]

    await save(store, Changes(unions=[UnionRow(group, UNION, 0) for group in groups]))

    assert [list(await store.playing(group, ANN)) for group in groups] == [["r1"], ["r9"]]
    assert [list(await store.scheduled(group)) for group in groups] == [[mine], [theirs]]
