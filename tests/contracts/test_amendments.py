"""Decisions about items: kept for ever, counted so that nobody decides on what is over, seen by all kin."""

import pytest

from bot.core.errors import StoreError
from bot.records import (
    AmendmentRow,
    Asked,
    Changes,
    ChannelRow,
    DecisionRow,
    FlaggerRow,
    FlagRow,
    History,
    Place,
    QuestionRow,
    RegradedRow,
    ResponseRow,
    SuspectRow,
    TotalRow,
    UnionRow,
    group_board,
)
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN,
    BEN_ID,
    GROUP_ID,
    HALL,
    HALL_ID,
    AnyStore,
    Stores,
    attempt_row,
    part,
    question_rows,
    round_row,
    save,
    snapshot,
    study,
)

ITEM = "pack/i0"
BOARD = group_board(GROUP_ID, "a")


def decided(version: int, *, before: int | None = None, item: str = ITEM, regrades: bool = True) -> Changes:
    """Return one more decision of the group."""
    row = AmendmentRow(GROUP_ID, item, version, "void", regrades, "", ANN_ID, 2000 + version)
    return Changes(
        decisions=[DecisionRow(GROUP_ID, version - 1 if before is None else before, version)],
        amendments=[row],
    )


async def history(store: AnyStore, group: int = GROUP_ID, item: str = ITEM) -> History:
    """Return all that was decided and answered."""
    found = await snapshot(store, Asked("", HALL, None, group=group, item=item))
    return found.histories[group, item]


async def play(store: AnyStore, *, open_: bool = False) -> None:
    """Let Ann and Ben answer the item in a round of the hall, and Ben flag it."""
    await save(
        store,
        study(
            rounds=[round_row(open_=open_)],
            questions=question_rows(),
            participants=[part(ANN_ID, score=100), part(BEN_ID)],
            attempts=[
                attempt_row(),
                attempt_row(BEN_ID, credit=0.0, points=0, at=1600),
                attempt_row(position=1, item="pack/i1"),
            ],
            totals=[TotalRow(BOARD, ANN_ID, 200, 2, 2)],
            flags=[FlagRow(GROUP_ID, ITEM, "r1.0", BEN_ID, 1700, "Wrong.")],
        ),
    )


async def test_decisions_are_kept_and_counted(store: AnyStore) -> None:
    """The later one holds, but none is forgotten; places and groups see the same."""
    await save(store, study())
    await save(store, decided(1))
    await save(store, decided(2, item="pack/i1"))

    rows = await store.amendments(GROUP_ID)

    assert [(row.item, row.version) for row in rows] == [(ITEM, 1), ("pack/i1", 2)]
    assert await store.amendments_at(HALL, 1) == rows
    assert await store.amendments_at(Place("web", "new"), GROUP_ID) == rows
    assert await store.amendments(1) == []
    found = await history(store)
    assert (found.decisions, found.latest, found.amendments) == (2, 2, (rows[0],))


async def test_a_decision_on_what_is_over_writes_nothing(stores: Stores) -> None:
    """Somebody else decided about some item meanwhile, in this process or another."""
    store, other = await stores.open(), await stores.open()
    await save(store, study())
    await save(other, decided(1))

    with pytest.raises(StoreError):
        await save(store, decided(1, item="pack/i1"))

    assert len(await store.amendments(GROUP_ID)) == 1
    await save(store, decided(2, item="pack/i1"))


async def test_two_decisions_in_one_batch_follow_each_other(store: AnyStore) -> None:
    """From what the first found to what the last leaves."""
    await save(store, study())
    first, second = decided(1), decided(2, item="pack/i1")
    both = Changes(
        decisions=[*first.decisions, *second.decisions], amendments=[*first.amendments, *second.amendments]
    )

    await save(store, both)

    assert (await history(store)).decisions == 2


async def test_a_history_has_what_was_answered_in_rounds_that_have_ended(store: AnyStore) -> None:
    """All of these rounds, and of whoever flagged it their accounts."""
    await play(store)

    found = await history(store)

    assert [row.id for row in found.rounds] == ["r1"]
    assert found.questions == (question_rows()[0],)
    assert {row.learner for row in found.participants} == {ANN_ID, BEN_ID}
    assert [(row.attempt.question, row.person) for row in found.played] == [
        ("r1.0", BEN_ID),
        ("r1.0", ANN_ID),
        ("r1.1", ANN_ID),
    ]
    assert found.homes == {HALL: HALL_ID}
    assert found.flaggers == (FlaggerRow("r1.0", BEN_ID, 1700, BEN),)
    assert (found.earned, found.running) == ((), False)
    assert await history(store, item="pack/none") == History()


async def test_of_open_rounds_a_history_says_who_has_points_and_that_they_run(store: AnyStore) -> None:
    """Nothing else of them, as it may change."""
    await play(store, open_=True)

    found = await history(store)

    assert (found.rounds, found.questions, found.participants, found.played) == ((), (), (), ())
    assert (found.earned, found.running) == (((ANN_ID, 1500),), True)


def void(learner: int) -> RegradedRow:
    """Return that an answer to the item counts for nothing."""
    return RegradedRow("r1.0", learner, 0.0, 0, '{"v": 2}', void=True)


async def test_what_is_void_is_on_no_count_any_more(store: AnyStore) -> None:
    """But it is still there for whoever answered, and for the days on which they did."""
    await play(store)

    await save(
        store,
        Changes(
            regraded=[void(ANN_ID), void(BEN_ID)],
            reasked=[QuestionRow("r1", 0, ITEM, '{"q": 9}', 4)],
            recounted=[("r1", '{"r": 9}')],
        ),
    )

    assert [row.item for row in await store.items(GROUP_ID, 0, 9_999, "@")] == ["pack/i1"]
    assert [(row.learner, row.points) for row in await store.earned(GROUP_ID, 0, 9_999, "@")] == [
        (ANN_ID, 100)
    ]
    assert await store.standing("r1", 9) == [(ANN_ID, 100, 1), (BEN_ID, 0, 0)]
    assert await store.items_answered(0) == [(GROUP_ID, "pack/i1")]
    assert await store.responses(GROUP_ID, ITEM, BOARD, 9) == []
    assert await store.at_same(ANN_ID, BEN_ID) == []
    shares = (await snapshot(store, Asked("", HALL, None, shares=True))).shares
    assert shares == {HALL: {"pack/i1": 1.0}}
    mine = await store.mine("r1", ANN)
    assert mine is not None
    assert [(row.points, row.body) for row in mine.attempts] == [(0, '{"v": 2}'), (100, '{"v": 1}')]
    record = await store.look("r1")
    assert record is not None
    assert (record.row.body, record.row.version) == ('{"r": 9}', 2)
    assert record.questions[0] == QuestionRow("r1", 0, ITEM, '{"q": 9}', 4)


async def test_an_open_round_is_not_recounted(store: AnyStore) -> None:
    """Whoever plays in it would be overwritten."""
    await play(store, open_=True)

    await save(store, Changes(recounted=[("r1", "new")]))

    record = await store.look("r1")
    assert record is not None
    assert (record.row.body, record.row.version) == ("{}", 1)


async def test_answers_come_with_what_a_board_holds_of_each(store: AnyStore) -> None:
    """The newest first, and no more than are wanted."""
    await play(store)

    rows = await store.responses(GROUP_ID, ITEM, BOARD, 9)

    assert rows == [ResponseRow(BEN_ID, 1600, '{"v": 1}', 0, 0), ResponseRow(ANN_ID, 1500, '{"v": 1}', 2, 2)]
    assert await store.responses(GROUP_ID, ITEM, BOARD, 1) == rows[:1]
    assert await store.responses(1, ITEM, BOARD, 9) == []


async def test_what_is_suspect_is_kept_once_an_item(store: AnyStore) -> None:
    """The last word holds."""
    await save(
        store, study(suspects=[SuspectRow(GROUP_ID, ITEM, 1, "a"), SuspectRow(GROUP_ID, "pack/b", 1, "b")])
    )
    await save(store, Changes(suspects=[SuspectRow(GROUP_ID, ITEM, 2, "c")]))

    assert await store.suspects(GROUP_ID) == [
        SuspectRow(GROUP_ID, "pack/b", 1, "b"),
        SuspectRow(GROUP_ID, ITEM, 2, "c"),
    ]


async def test_rounds_that_ended_after_a_decision_are_overdue(store: AnyStore) -> None:
    """Until their questions are of its version; decisions that regrade nothing leave nothing to do."""
    await play(store, open_=True)
    await save(store, decided(1))
    await save(store, decided(2, item="pack/i1", regrades=False))
    assert await store.items_overdue(9) == []

    await save(store, Changes(rounds=[round_row(open_=False, version=2)]))
    assert await store.items_overdue(9) == [(GROUP_ID, ITEM)]
    assert await store.items_overdue(0) == []

    await save(store, Changes(reasked=[QuestionRow("r1", 0, ITEM, "{}", 1)]))
    assert await store.items_overdue(9) == []


async def test_groups_of_one_union_see_what_the_others_decided(store: AnyStore) -> None:
    """And what was answered there; apart again, each has its own."""
    other, union = GROUP_ID + 1, GROUP_ID + 2
    there = ChannelRow(Place("slack", "C1"), 77, other, own=other)
    await play(store)
    await save(store, Changes(channels=[there]))
    await save(store, Changes(unions=[UnionRow(GROUP_ID, 0, union), UnionRow(other, 0, union)]))
    await save(store, decided(1))

    for group in (other, union):
        assert [row.version for row in await store.amendments(group)] == [1]
        assert [row.id for row in (await history(store, group)).rounds] == ["r1"]
        assert await store.items_overdue(9) == [(GROUP_ID, ITEM)]
    assert await store.items_answered(0) == [(union, ITEM), (union, "pack/i1")]

    await save(store, Changes(unions=[UnionRow(other, union, 0)]))
    assert await store.amendments(other) == []
