"""What people say of questions: one row for a question and a learner, and the last reason given."""

import pytest

from bot.core.errors import StoreError
from bot.records import Account, Changes, ChannelRow, FlagRow, Place
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN,
    BEN_ID,
    CAT,
    CAT_ID,
    GROUP_ID,
    HALL,
    YARD,
    YARD_ID,
    AnyStore,
    Stores,
    question_rows,
    round_row,
    save,
    study,
)

OTHER_GROUP = 2**61 + 4
ATTIC = Place("web", "attic")


def flag(
    learner: int = ANN_ID,
    question: str = "r1.0",
    *,
    at: int = 1000,
    reason: str = "",
    group: int = GROUP_ID,
) -> FlagRow:
    """Return what a learner says of a question."""
    return FlagRow(group, "pack/i0", question, learner, at, reason)


async def test_a_flag_is_kept_as_it_was_written(stores: Stores) -> None:
    """In the batch that brings its learner and its group, for every process to see."""
    store, other = await stores.open(), await stores.open()
    row = flag(reason='Δύο σωστές·\n"A" & <b>')

    await save(store, study(flags=[row]))

    assert list(await other.flags(GROUP_ID)) == [row]
    assert await other.flag_of("r1.0", ANN) == row


async def test_flags_come_newest_first(store: AnyStore) -> None:
    """Those of one moment by question and learner, and none of another group's."""
    elsewhere = ChannelRow(ATTIC, 99, OTHER_GROUP)
    rows = [
        flag(at=1000),
        flag(BEN_ID, at=3000),
        flag(CAT_ID, at=2000),
        flag(ANN_ID, "r1.1", at=2000),
        flag(BEN_ID, "r1.1", at=2000),
        flag(ANN_ID, "r9.0", at=9000, group=OTHER_GROUP),
    ]

    await save(store, study(channels=[elsewhere], flags=rows))

    assert list(await store.flags(GROUP_ID)) == [rows[1], rows[2], rows[4], rows[3], rows[0]]
    assert list(await store.flags(OTHER_GROUP)) == [rows[5]]
    assert list(await store.flags(1)) == []


async def test_a_second_flag_replaces_the_reason_and_the_time(store: AnyStore) -> None:
    """Of the same learner and question only."""
    await save(store, study(flags=[flag(), flag(BEN_ID), flag(question="r1.1")]))

    await save(store, Changes(flags=[flag(at=5000, reason="unclear")]))
    await save(store, Changes(flags=[flag(at=6000, reason="two are right")]))

    assert list(await store.flags(GROUP_ID)) == [
        flag(at=6000, reason="two are right"),
        flag(BEN_ID),
        flag(question="r1.1"),
    ]


async def test_a_second_flag_without_a_reason_changes_nothing(store: AnyStore) -> None:
    """The reason that was given stays, and so does its time."""
    await save(store, study(flags=[flag(reason="unclear")]))

    await save(store, Changes(flags=[flag(at=5000)]))

    assert list(await store.flags(GROUP_ID)) == [flag(reason="unclear")]


@pytest.mark.parametrize(
    "reasons, at, reason",
    [
        (("", "one"), 2, "one"),
        (("one", ""), 1, "one"),
        (("one", "two"), 2, "two"),
        (("", ""), 1, ""),
        (("one", "two", ""), 2, "two"),
    ],
)
async def test_flags_of_one_batch_are_as_if_each_had_come_alone(
    store: AnyStore, reasons: tuple[str, ...], at: int, reason: str
) -> None:
    """The last reason stands, with its time."""
    await save(store, study(flags=[flag(at=at, reason=said) for at, said in enumerate(reasons, 1)]))

    assert list(await store.flags(GROUP_ID)) == [flag(at=at, reason=reason)]


async def test_who_said_nothing_of_a_question_has_no_flag(store: AnyStore) -> None:
    """Whether or not anybody knows them."""
    await save(store, study(flags=[flag()]))

    assert await store.flag_of("r1.0", BEN) is None
    assert await store.flag_of("r1.1", ANN) is None
    assert await store.flag_of("r1.0", Account("web", "stranger")) is None
    assert await store.flag_of("r1.0", Account("discord", ANN.id)) is None


async def test_a_flag_is_found_by_the_account(store: AnyStore) -> None:
    """On whatever platform its learner is."""
    await save(store, study(flags=[flag(CAT_ID, reason="no")]))

    assert await store.flag_of("r1.0", CAT) == flag(CAT_ID, reason="no")


@pytest.mark.parametrize("row", [flag(12345), flag(question="r1.1", group=12345)], ids=["learner", "group"])
async def test_a_flag_of_nobody_or_of_no_group_is_refused(store: AnyStore, row: FlagRow) -> None:
    """And nothing of its batch is written."""
    await save(store, study())

    with pytest.raises(StoreError):
        await save(store, Changes(events=[("web:1", 1)], flags=[flag(), row]))

    assert list(await store.flags(GROUP_ID)) == []


# ------------------------------------------------------------------------------------- what was asked last


async def test_the_round_asked_last_is_the_latest_that_opened_a_question(store: AnyStore) -> None:
    """Of those of the same start the greater id; one in its lobby has asked nothing yet."""
    ended = [
        round_row("r1", open_=False, started_at=1000),
        round_row("r3", open_=False, started_at=2000),
        round_row("r2", open_=False, started_at=2000),
        round_row("r4", open_=False, started_at=3000, item=None),
        round_row("r5", place=YARD, channel=YARD_ID, started_at=9000),
    ]
    waiting = round_row("r6", started_at=4000, item=None)
    await save(store, study(rounds=[*ended, waiting], questions=question_rows("r3")))

    assert await store.asked_last(HALL) == ended[1]
    assert await store.asked_last(YARD) == ended[4]


async def test_a_round_that_is_open_may_be_the_one_asked_last(store: AnyStore) -> None:
    """As it is now."""
    await save(store, study(rounds=[round_row("r1", open_=False), round_row("r2", started_at=2000)]))
    later = round_row("r2", version=2, started_at=2000, item="pack/i1", body='{"v": 2}')
    await save(store, Changes(rounds=[later]))

    assert await store.asked_last(HALL) == later


async def test_where_nothing_was_asked_there_is_no_round_asked_last(store: AnyStore) -> None:
    """Nor in a place that nobody knows."""
    await save(store, study(rounds=[round_row(item=None)]))

    assert await store.asked_last(HALL) is None
    assert await store.asked_last(YARD) is None
    assert await store.asked_last(ATTIC) is None
