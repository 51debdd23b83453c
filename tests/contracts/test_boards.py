"""What every store promises of leaderboards, asked of each implementation."""

import asyncio
from collections.abc import Iterable, Sequence
from random import Random

import pytest

from bot.core.errors import StoreError
from bot.core.leaderboards import ACCURACY_ANSWERS, Measure, accuracy
from bot.ports import RankedBy
from bot.records import (
    Account,
    BoardPage,
    BoardRow,
    Changes,
    HidingRow,
    LearnerRow,
    PairRow,
    TotalRow,
    everywhere_board,
    group_board,
)
from bot.store.boards import GROWN
from bot.store.memory import MemoryStore
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN_ID,
    CAT_ID,
    GROUP_ID,
    HALL,
    AnyStore,
    Stores,
    ask,
    attempt_row,
    round_row,
    save,
    study,
)

BOARD = group_board(GROUP_ID, "w:2026-W47")
BEFORE = group_board(GROUP_ID, "w:2026-W46")
ALL = everywhere_board("a")
BOTH: tuple[RankedBy, ...] = (Measure.POINTS, Measure.ACCURACY)


def people(count: int) -> list[LearnerRow]:
    """Return learners numbered from 1."""
    return [LearnerRow(Account("web", f"p{n}"), n, f"Person {n}") for n in range(1, count + 1)]


def gain(learner: int, points: int, answers: int = 1, right: int = 1, board: str = BOARD) -> TotalRow:
    """Return what a learner gains."""
    return TotalRow(board, learner, points, answers, right)


def points_of(rows: Iterable[BoardRow]) -> list[tuple[int, int, int]]:
    """Return ranks, learners and points."""
    return [(row.rank, row.learner, row.points) for row in rows]


async def shown(store: AnyStore, board: str = BOARD) -> list[tuple[int, int, int]]:
    """Return all of a board by points."""
    return points_of(await store.top(board, Measure.POINTS, 0, 100))


async def test_a_board_that_never_was_is_empty(store: AnyStore) -> None:
    """Nobody is on it, whatever is asked."""
    await save(store, study())

    for measure in BOTH:
        assert await store.page(BOARD, measure, ANN_ID, 1, 10, 2) == BoardPage()
        assert list(await store.top(BOARD, measure, 0, 10)) == []
        assert await store.place(BOARD, ANN_ID, measure) is None
        assert list(await store.around(BOARD, ANN_ID, measure, 2)) == []
        assert await store.size(BOARD, measure) == 0
    assert list(await store.pairs(BOARD, BEFORE, ANN_ID, 10) or ()) == []


async def test_ties_share_a_rank_and_the_lower_learner_stands_first(store: AnyStore) -> None:
    """1, 1, 3; a row comes with the name and everything that it is made of."""
    await save(store, study(totals=[gain(ANN_ID, 50), gain(BEN_ID, 90, 3, 2), gain(CAT_ID, 90)]))

    assert list(await store.top(BOARD, Measure.POINTS, 0, 10)) == [
        BoardRow(CAT_ID, "Cat", 90, 1, 1, 1),
        BoardRow(BEN_ID, "Ben", 90, 3, 2, 1),
        BoardRow(ANN_ID, "Ann", 50, 1, 1, 3),
    ]
    assert points_of(await store.top(BOARD, Measure.POINTS, 1, 1)) == [(1, BEN_ID, 90)]
    assert await store.size(BOARD, Measure.POINTS) == 3


async def test_gains_add_up_within_a_batch_and_over_many(store: AnyStore) -> None:
    """On each board by itself; a question mended later may take something back."""
    await save(store, study(totals=[gain(ANN_ID, 50), gain(ANN_ID, 7, right=0), gain(ANN_ID, 1, board=ALL)]))
    await save(store, Changes(totals=[gain(ANN_ID, 3)]))
    await save(store, Changes(totals=[gain(ANN_ID, -20, answers=0, right=-1)]))

    assert await store.place(BOARD, ANN_ID, Measure.POINTS) == BoardRow(ANN_ID, "Ann", 40, 3, 1, 1)
    assert await store.place(ALL, ANN_ID, Measure.POINTS) == BoardRow(ANN_ID, "Ann", 1, 1, 1, 1)


async def test_who_has_no_answer_left_is_not_ranked(store: AnyStore) -> None:
    """They have a row still, for the next answer to go on from."""
    await save(store, study(totals=[gain(ANN_ID, 50), gain(BEN_ID, 10)]))
    await save(store, Changes(totals=[gain(ANN_ID, -50, answers=-1, right=-1)]))

    assert await shown(store) == [(1, BEN_ID, 10)]
    assert await store.place(BOARD, ANN_ID, Measure.POINTS) == BoardRow(ANN_ID, "Ann", 0, 0, 0, 0)


async def test_accuracy_takes_a_least_number_of_answers(store: AnyStore) -> None:
    """One lucky answer leads nothing; who has too few has a row with rank 0."""
    enough = ACCURACY_ANSWERS
    rows = [gain(ANN_ID, 9, enough - 1, enough - 1), gain(BEN_ID, 1, enough, 5), gain(CAT_ID, 1, 40, 30)]
    await save(store, study(totals=rows))

    ranked = await store.top(BOARD, Measure.ACCURACY, 0, 10)

    assert [(row.rank, row.learner) for row in ranked] == [(1, CAT_ID), (2, BEN_ID)]
    assert await store.size(BOARD, Measure.ACCURACY) == 2
    assert await store.place(BOARD, ANN_ID, Measure.ACCURACY) == BoardRow(ANN_ID, "Ann", 9, 9, 9, 0)
    assert list(await store.around(BOARD, ANN_ID, Measure.ACCURACY, 2)) == []
    await save(store, Changes(totals=[gain(ANN_ID, 1)]))
    assert (await store.top(BOARD, Measure.ACCURACY, 0, 1))[0].learner == ANN_ID


async def test_accuracies_stand_in_the_order_of_the_core(store: AnyStore) -> None:
    """Every store comes to the same value for the same answers, to the last digit."""
    shares = [(right, answers) for answers in range(10, 40) for right in range(answers + 1)]
    shares += [(999_999, 1_000_000), (1_000_000, 1_000_000), (1, 1_000_000), (123_456, 765_432)]
    learners = people(len(shares))
    rows = [gain(row.id, 0, share[1], share[0]) for row, share in zip(learners, shares, strict=True)]
    await save(store, Changes(learners=learners, totals=rows))

    found = await store.top(BOARD, Measure.ACCURACY, 0, len(shares))

    order = sorted((-accuracy(*share), row.id) for row, share in zip(learners, shares, strict=True))
    assert [row.learner for row in found] == [learner for _, learner in order]
    values = [value for value, _ in order]
    assert [row.rank for row in found] == [1 + values.index(value) for value in values]


async def test_hidden_learners_see_themselves_and_nobody_else_does(store: AnyStore) -> None:
    """They are neither listed nor counted, and have the rank that they would have."""
    await save(store, study(totals=[gain(ANN_ID, 50), gain(BEN_ID, 90), gain(CAT_ID, 70)]))
    await save(store, Changes(hiding=[HidingRow(CAT_ID, hidden=True)]))

    assert await shown(store) == [(1, BEN_ID, 90), (2, ANN_ID, 50)]
    assert await store.size(BOARD, Measure.POINTS) == 2
    own = BoardRow(CAT_ID, "Cat", 70, 1, 1, 2, hidden=True)
    assert await store.place(BOARD, CAT_ID, Measure.POINTS) == own
    assert points_of(await store.around(BOARD, CAT_ID, Measure.POINTS, 1)) == [
        (1, BEN_ID, 90),
        (2, CAT_ID, 70),
        (2, ANN_ID, 50),
    ]
    page = await store.page(BOARD, Measure.POINTS, CAT_ID, 1, 10, 2)
    assert (page.listed, page.own, [row.learner for row in page.rows]) == (2, own, [BEN_ID, ANN_ID])


async def test_hiding_holds_for_boards_to_come_until_it_ends(store: AnyStore) -> None:
    """Also for those that the same batch makes; saving a name does not end it."""
    await save(store, study(hiding=[HidingRow(ANN_ID, hidden=True)], totals=[gain(ANN_ID, 5)]))
    await save(store, study(totals=[gain(ANN_ID, 5, board=ALL), gain(BEN_ID, 1, board=ALL)]))
    assert await shown(store) == []
    assert await shown(store, ALL) == [(1, BEN_ID, 1)]

    await save(store, Changes(hiding=[HidingRow(ANN_ID, hidden=False)], totals=[gain(ANN_ID, 1)]))

    assert await shown(store) == [(1, ANN_ID, 6)]
    assert await shown(store, ALL) == [(1, ANN_ID, 5), (2, BEN_ID, 1)]


async def test_a_page_holds_what_its_reader_sees(store: AnyStore) -> None:
    """The rows, how many there are, and the reader's own row with its neighbours, across pages."""
    learners = people(25)
    await save(store, Changes(learners=learners, totals=[gain(row.id, 1000 - row.id) for row in learners]))

    page = await store.page(BOARD, Measure.POINTS, 11, 2, 10, 2)

    assert [row.rank for row in page.rows] == list(range(11, 21))
    assert page.listed == 25
    assert page.own == BoardRow(11, "Person 11", 989, 1, 1, 11)
    assert [row.rank for row in page.near] == [9, 10, 11, 12, 13]
    last = await store.page(BOARD, Measure.POINTS, 25, 99, 10, 2)
    assert [row.rank for row in last.rows] == list(range(21, 26))
    assert [row.rank for row in last.near] == [23, 24, 25]
    assert (await store.page(BOARD, Measure.POINTS, 25, 0, 10, 2)).rows[0].rank == 1
    assert await store.page(BOARD, Measure.POINTS, 25, 10**30, 10, 2) == last


async def test_a_reader_who_is_not_ranked_sees_the_end(store: AnyStore) -> None:
    """As somebody who is about to join there; without a reader nothing is near."""
    await save(store, study(totals=[gain(ANN_ID, 50), gain(BEN_ID, 90), gain(CAT_ID, 70)]))

    page = await store.page(BOARD, Measure.POINTS, 12345, 1, 2, 2)

    assert page.own is None
    assert points_of(page.near) == [(2, CAT_ID, 70), (3, ANN_ID, 50)]
    assert (await store.page(BOARD, Measure.POINTS, None, 1, 2, 2)).near == ()


async def test_behind_the_last_row_there_is_nothing(store: AnyStore) -> None:
    """A position is not held within the board, as the number of a page is."""
    await save(store, study(totals=[gain(ANN_ID, 50), gain(BEN_ID, 90)]))

    assert points_of(await store.top(BOARD, Measure.POINTS, 1, 5)) == [(2, ANN_ID, 50)]
    assert list(await store.top(BOARD, Measure.POINTS, 2, 5)) == []
    assert list(await store.top(BOARD, Measure.ACCURACY, 0, 5)) == []


async def test_two_boards_are_compared_for_those_on_both(store: AnyStore) -> None:
    """In the order of the learners; the reader is there also when alone or hidden; too many are refused."""
    await save(
        store,
        study(
            totals=[
                *(gain(ANN_ID, 50, 9, 8), gain(BEN_ID, 40, 7, 6), gain(CAT_ID, 30, 5, 4)),
                *(gain(ANN_ID, 5, 4, 3, board=BEFORE), gain(BEN_ID, 6, 5, 2, board=BEFORE)),
            ],
            hiding=[HidingRow(ANN_ID, hidden=True)],
        ),
    )
    ben = PairRow(BEN_ID, "Ben", 40, 7, 6, 5, 2)

    assert list(await store.pairs(BOARD, BEFORE, None, 10) or ()) == [ben]
    assert list(await store.pairs(BOARD, BEFORE, CAT_ID, 10) or ()) == [
        PairRow(CAT_ID, "Cat", 30, 5, 4, 0, 0),
        ben,
    ]
    assert list(await store.pairs(BOARD, BEFORE, ANN_ID, 10) or ()) == [
        ben,
        PairRow(ANN_ID, "Ann", 50, 9, 8, 4, 3, hidden=True),
    ]
    assert list(await store.pairs(BOARD, "never", BEN_ID, 10) or ()) == [
        PairRow(BEN_ID, "Ben", 40, 7, 6, 0, 0)
    ]
    assert await store.pairs(BOARD, BEFORE, None, 1) is None


async def test_totals_come_with_their_attempts_or_not_at_all(store: AnyStore) -> None:
    """What fails leaves the boards as they were: a learner who is not there, or a second open round."""
    await save(store, study(totals=[gain(ANN_ID, 50)]))

    stranger = Changes(totals=[gain(ANN_ID, 1), gain(987, 1)])
    unknown = Changes(hiding=[HidingRow(987, hidden=True)], totals=[gain(ANN_ID, 1)])
    second = Changes(rounds=[round_row(), round_row("r2")], totals=[gain(ANN_ID, 1)])
    for changes in (stranger, unknown, second):
        with pytest.raises(StoreError):
            await save(store, changes)

    assert await shown(store) == [(1, ANN_ID, 50)]


async def test_a_question_settled_by_two_counts_once(stores: Stores) -> None:
    """Both load the round; one is the first, and the other decides again on what that one left."""
    first, second = await stores.open(), await stores.open()
    await save(first, study(rounds=[round_row()]))

    async def settle(store: AnyStore) -> None:
        def decide(snapshot: object) -> Changes:
            row = snapshot.rounds[HALL]  # type: ignore[attr-defined]  # a Snapshot
            if row.version > 1:
                return Changes()
            return Changes(
                rounds=[row._replace(version=2)], attempts=[attempt_row()], totals=[gain(ANN_ID, 100)]
            )

        await store.transact([ask(account=ANN)], {"r1"}, decide)

    await asyncio.gather(settle(first), settle(second), settle(first), settle(second))

    assert await shown(first) == [(1, ANN_ID, 100)]


async def test_processes_add_to_the_same_boards_at_once(stores: Stores) -> None:
    """Nothing is lost and nobody waits for ever, in whatever order each gives its rows."""
    opened = [await stores.open() for _ in range(3)]
    learners = people(30)
    await save(opened[0], Changes(learners=learners))

    async def add(store: AnyStore, seed: int) -> None:
        random = Random(seed)
        for turn in range(12):
            rows = [gain(row.id, 1, board=board) for row in learners for board in (BOARD, ALL, f"x|{turn}")]
            random.shuffle(rows)
            hides = [HidingRow(random.choice(learners).id, hidden=turn % 2 == 0)]
            await save(store, Changes(totals=rows, hiding=hides))

    await asyncio.gather(*(add(store, seed) for seed, store in enumerate(opened)))

    await save(opened[0], Changes(hiding=[HidingRow(row.id, hidden=False) for row in learners]))
    for board, points in ((BOARD, 36), (ALL, 36), ("x|3", 3)):
        assert await shown(opened[1], board) == [(1, row.id, points) for row in learners]


async def compare(store: AnyStore, model: MemoryStore, random: Random, size: int) -> None:
    """See that a store shows what the model shows, anywhere on a board and to anybody."""
    for measure in BOTH:
        assert await store.size(BOARD, measure) == await model.size(BOARD, measure)
        for number in (1, 150, 10_000, random.randrange(1, size // 10)):
            reader = random.randrange(1, size)
            asked = (BOARD, measure, reader, number, 10, 2)
            assert await store.page(*asked) == await model.page(*asked)
            assert await store.place(BOARD, reader, measure) == await model.place(BOARD, reader, measure)
            found = await store.around(BOARD, reader, measure, 3)
            assert list(found) == await model.around(BOARD, reader, measure, 3)
        offset = random.randrange(2 * size)
        assert list(await store.top(BOARD, measure, offset, 5)) == await model.top(BOARD, measure, offset, 5)


def batch(random: Random, learners: Sequence[LearnerRow], count: int) -> Changes:
    """Return gains and losses of some, several rows for one now and then, and who hides or shows."""
    rows = [
        gain(random.choice(learners).id, random.randint(-300, 1500), 1, random.randint(0, 1))
        for _ in range(count)
    ]
    hiding = [HidingRow(random.choice(learners).id, hidden=random.random() < 0.5) for _ in range(3)]
    return Changes(totals=rows, hiding=hiding)


@pytest.mark.parametrize("seed", range(2))
async def test_a_board_that_grows_large_shows_what_it_always_would(store: AnyStore, seed: int) -> None:
    """Before, at and after the size from which values are counted, with losses, ties and hiding."""
    random, model, learners = Random(seed), MemoryStore(), people(GROWN + 300)
    start = Changes(learners=learners)
    start.totals = [
        gain(row.id, random.choice((0, 0, 10, random.randrange(100_000))), random.choice((1, 9, 12)))
        for row in learners[: GROWN - 50]
    ]
    for changes in (start, *(batch(random, learners, 60) for _ in range(8))):
        await save(store, changes)
        await save(model, changes)

    await compare(store, model, random, len(learners))
    for _ in range(2):
        changes = batch(random, learners, 400)
        await save(store, changes)
        await save(model, changes)
        await compare(store, model, random, len(learners))


async def test_a_board_may_grow_while_others_add_to_it(stores: Stores) -> None:
    """Whoever is in the middle of adding is counted, and so is whoever comes after."""
    opened = [await stores.open() for _ in range(3)]
    random, model, learners = Random(7), MemoryStore(), people(GROWN + 10)
    start = Changes(learners=learners, totals=[gain(row.id, row.id % 977) for row in learners[: GROWN - 20]])
    await save(opened[0], start)
    await save(model, start)
    batches = [batch(random, learners, 30) for _ in range(24)]

    async def write(store: AnyStore, mine: Sequence[Changes]) -> None:
        for changes in mine:
            await save(store, Changes(totals=changes.totals))

    await asyncio.gather(*(write(store, batches[at::3]) for at, store in enumerate(opened)))

    for changes in batches:
        await save(model, Changes(totals=changes.totals))
    await compare(opened[1], model, random, len(learners))
