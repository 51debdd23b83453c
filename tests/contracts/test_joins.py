"""What every store promises of learners that are one person, and of the codes by which that is done."""

import asyncio

import pytest

from bot.core.errors import StoreError
from bot.core.leaderboards import Measure
from bot.records import (
    Account,
    Asked,
    Changes,
    CodeRow,
    HidingRow,
    JoinRow,
    LearnerRow,
    ParticipantRow,
    TotalRow,
    TryRow,
    group_board,
)
from tests.contracts.schedules import day_row, schedule_row
from tests.contracts.stores import (
    ANN,
    ANN_ID,
    BEN,
    BEN_ID,
    CAT_ID,
    GROUP_ID,
    HALL,
    AnyStore,
    Stores,
    ask,
    attempt_row,
    question_rows,
    round_row,
    save,
    snapshot,
    study,
)
from tests.contracts.stores import part as part_row

BOARD = group_board(GROUP_ID, "a")
PERSON = 900
OTHER = 901
NEW = LearnerRow(Account("web", "dan"), 77, "Dan")


def joined(
    *learners: int, person: int = PERSON, before: int = 0, doubled: tuple[TotalRow, ...] = ()
) -> Changes:
    """Return a batch in which learners become part of a person."""
    rows = [JoinRow(learner, before, person, "Ann B" if person else "") for learner in learners]
    rows[0] = rows[0]._replace(doubled=doubled)
    return Changes(joins=rows)


def total(learner: int, points: int, answers: int = 1, right: int = 1, board: str = BOARD) -> TotalRow:
    """Return what a learner gains."""
    return TotalRow(board, learner, points, answers, right)


async def listed(store: AnyStore, board: str = BOARD) -> dict[int, tuple[int, int, int]]:
    """Return who is on the lists of a board with what."""
    rows = await store.top(board, Measure.POINTS, 0, 50)
    return {row.learner: (row.points, row.answers, row.right) for row in rows}


async def begin(store: AnyStore, **more: object) -> None:
    """Save the study group with three learners who have some points."""
    totals = [total(ANN_ID, 10), total(BEN_ID, 7), total(CAT_ID, 5)]
    await save(store, study(totals=totals, **more))  # type: ignore[arg-type]  # passed on as it came


async def test_a_person_holds_what_its_members_do_and_they_are_off_the_lists(store: AnyStore) -> None:
    """Their sums stand in their place, and each account leads to the person."""
    await begin(store)
    await save(store, joined(ANN_ID, BEN_ID))

    assert await listed(store) == {PERSON: (17, 2, 2), CAT_ID: (5, 1, 1)}
    learners = (await snapshot(store, ask(HALL, ANN), ask(HALL, BEN))).learners
    assert learners[ANN] == LearnerRow(ANN, PERSON, "Ann B", ANN_ID)
    assert learners[BEN] == LearnerRow(BEN, PERSON, "Ann B", BEN_ID)


async def test_what_a_member_gains_its_person_gains(store: AnyStore) -> None:
    """Once, on every board, also on one that is new."""
    await begin(store)
    await save(store, joined(ANN_ID, BEN_ID))
    new = group_board(GROUP_ID, "new")
    await save(
        store, Changes(totals=[total(ANN_ID, 3), total(BEN_ID, 2, right=0), total(ANN_ID, 3, board=new)])
    )

    assert (await listed(store))[PERSON] == (22, 4, 3)
    assert await listed(store, new) == {PERSON: (3, 1, 1)}


async def test_apart_again_each_has_what_they_had_and_what_they_earned(store: AnyStore) -> None:
    """The person is forgotten; nobody sees a trace of it on a board."""
    await begin(store)
    await save(store, joined(ANN_ID, BEN_ID))
    await save(store, Changes(totals=[total(ANN_ID, 3)]))
    await save(store, joined(ANN_ID, BEN_ID, person=0, before=PERSON))

    assert await listed(store) == {ANN_ID: (13, 2, 2), BEN_ID: (7, 1, 1), CAT_ID: (5, 1, 1)}
    assert await store.place(BOARD, PERSON, Measure.POINTS) is None
    learners = (await snapshot(store, ask(HALL, ANN))).learners
    assert learners[ANN] == LearnerRow(ANN, ANN_ID, "Ann", ANN_ID)


async def test_what_was_answered_twice_is_taken_off_where_it_counted(store: AnyStore) -> None:
    """Where members hold nothing there is nothing to take off."""
    await begin(store)
    twice = (total(PERSON, -4, -1, 0), total(PERSON, -4, -1, 0, board=group_board(GROUP_ID, "empty")))
    await save(store, joined(ANN_ID, BEN_ID, doubled=twice))

    assert (await listed(store))[PERSON] == (13, 1, 2)
    assert await listed(store, group_board(GROUP_ID, "empty")) == {}


async def test_a_third_makes_another_person_of_all(store: AnyStore) -> None:
    """The one before is over."""
    await begin(store)
    await save(store, joined(ANN_ID, BEN_ID))
    rows = [JoinRow(ANN_ID, PERSON, OTHER, "All"), JoinRow(BEN_ID, PERSON, OTHER, "All")]
    await save(store, Changes(joins=[*rows, JoinRow(CAT_ID, 0, OTHER, "All")]))

    assert await listed(store) == {OTHER: (22, 3, 3)}
    assert [own for _, own, _ in await store.selves(ANN)] == [CAT_ID, ANN_ID, BEN_ID]


async def test_who_hid_hides_the_person_and_hides_again_alone(store: AnyStore) -> None:
    """Nobody else does."""
    await begin(store, hiding=[HidingRow(ANN_ID, hidden=True)])
    await save(store, joined(ANN_ID, BEN_ID))
    assert await listed(store) == {CAT_ID: (5, 1, 1)}

    await save(store, joined(ANN_ID, BEN_ID, person=0, before=PERSON))
    assert await listed(store) == {BEN_ID: (7, 1, 1), CAT_ID: (5, 1, 1)}


async def test_what_a_person_chooses_holds_for_each_of_its_members(store: AnyStore) -> None:
    """Also when they are on their own again."""
    await begin(store)
    await save(store, joined(ANN_ID, BEN_ID))
    await save(store, Changes(hiding=[HidingRow(PERSON, hidden=True)]))
    assert await listed(store) == {CAT_ID: (5, 1, 1)}

    await save(store, joined(ANN_ID, BEN_ID, person=0, before=PERSON))
    assert await listed(store) == {CAT_ID: (5, 1, 1)}


async def test_a_grown_board_lists_persons_in_place_of_their_members(store: AnyStore) -> None:
    """With an index behind it as without."""
    crowd = [LearnerRow(Account("web", f"x{n}"), 10_000 + n, f"X{n}") for n in range(1_100)]
    many = [total(row.id, 1) for row in crowd]
    await begin(store)
    await save(store, Changes(learners=crowd, totals=many))
    size = await store.size(BOARD, Measure.POINTS)
    await save(store, joined(ANN_ID, BEN_ID))
    first = (await store.top(BOARD, Measure.POINTS, 0, 2))[0]
    assert (await store.size(BOARD, Measure.POINTS), first.learner, first.points) == (size - 1, PERSON, 17)

    await save(store, Changes(totals=[total(BEN_ID, 4)]))
    await save(store, joined(ANN_ID, BEN_ID, person=0, before=PERSON))
    rows = await store.top(BOARD, Measure.POINTS, 0, 3)
    assert [(row.learner, row.points, row.rank) for row in rows] == [
        (BEN_ID, 11, 1),
        (ANN_ID, 10, 2),
        (CAT_ID, 5, 3),
    ]
    assert await store.size(BOARD, Measure.POINTS) == size


async def test_nobody_is_joined_who_is_no_longer_where_they_were(store: AnyStore) -> None:
    """Nothing of the batch is written then."""
    await begin(store)
    await save(store, joined(ANN_ID, BEN_ID))

    with pytest.raises(StoreError):
        await save(store, joined(BEN_ID, CAT_ID, person=OTHER))
    assert (await listed(store)).keys() == {PERSON, CAT_ID}


async def test_a_person_is_left_by_all_or_by_nobody(store: AnyStore) -> None:
    """Whoever stays becomes part of another, and says so."""
    await begin(store)
    await save(store, joined(ANN_ID, BEN_ID))

    with pytest.raises(StoreError):
        await save(store, joined(ANN_ID, person=0, before=PERSON))


async def test_somebody_new_can_be_joined_at_once(store: AnyStore) -> None:
    """Their account leads to the person as soon as it is there."""
    await begin(store)
    batch = joined(ANN_ID, NEW.id)
    batch.learners.append(NEW)
    await save(store, batch)

    assert (await snapshot(store, ask(HALL, NEW.account))).learners[NEW.account].id == PERSON


# ------------------------------------------------------------------------------------------------ in rounds


async def test_whoever_came_in_first_plays_for_the_person(store: AnyStore) -> None:
    """The other account finds that row, and so does its own once they are apart again."""
    part = part_row(ANN_ID)
    await begin(store, rounds=[round_row("r1")], questions=question_rows("r1"), participants=[part])
    await save(store, joined(ANN_ID, BEN_ID))

    found = await snapshot(store, ask(HALL, BEN))
    assert found.parts == {("r1", BEN): ANN_ID}
    assert found.participants == {"r1": {ANN_ID: part}}
    await save(store, joined(ANN_ID, BEN_ID, person=0, before=PERSON))
    assert (await snapshot(store, ask(HALL, BEN))).parts == {}
    assert (await snapshot(store, ask(HALL, ANN))).parts == {("r1", ANN): ANN_ID}


async def test_who_came_in_as_a_person_goes_on_as_that(store: AnyStore) -> None:
    """Also alone; the other account is then somebody else."""
    await begin(store, rounds=[round_row("r1")], questions=question_rows("r1"))
    await save(store, joined(ANN_ID, BEN_ID))
    part = ParticipantRow("r1", PERSON, 5, '{"v":1}', BEN_ID)
    await save(store, Changes(participants=[part]))
    assert (await snapshot(store, ask(HALL, ANN))).parts == {("r1", ANN): PERSON}

    await save(store, joined(ANN_ID, BEN_ID, person=0, before=PERSON))
    apart = await snapshot(store, ask(HALL, ANN), ask(HALL, BEN))
    assert apart.parts == {("r1", BEN): PERSON}
    assert apart.participants == {"r1": {PERSON: part}}
    await save(store, Changes(participants=[part._replace(score=9)]))
    mine = await store.mine("r1", BEN)
    assert mine is not None
    assert mine.participant == part._replace(score=9)
    assert await store.mine("r1", ANN) is None


async def test_a_persons_part_in_a_round_has_the_attempts_of_whoever_played(store: AnyStore) -> None:
    """By the other account too."""
    attempt = attempt_row(ANN_ID, 0)
    await begin(
        store,
        rounds=[round_row("r1")],
        questions=question_rows("r1"),
        participants=[part_row(ANN_ID)],
        attempts=[attempt],
    )
    await save(store, joined(ANN_ID, BEN_ID))

    mine = await store.mine("r1", BEN)
    assert mine is not None
    assert mine.attempts == (attempt,)


async def test_repeats_are_those_of_the_whole_person(store: AnyStore) -> None:
    """What one account answered before, the other one repeats."""
    row = round_row("r2")._replace(item="i0")
    await begin(
        store,
        rounds=[round_row("r1", open_=False), row],
        questions=[*question_rows("r1"), *question_rows("r2")],
        participants=[part_row(ANN_ID), part_row(CAT_ID, "r2")],
        attempts=[attempt_row(ANN_ID, 0)._replace(item="i0", points=5, at=50)],
    )
    await save(store, joined(ANN_ID, BEN_ID))
    await save(store, Changes(participants=[ParticipantRow("r2", PERSON, 0, '{"v":1}', BEN_ID)]))

    wanted = ask(HALL, BEN)._replace(everyone=True, since=1)
    assert (await snapshot(store, wanted)).repeats == {"r2": {PERSON: 1}}


async def test_two_are_together_in_an_open_round(store: AnyStore) -> None:
    """Not in one that has ended, nor when only one of them takes part."""
    parts = [part_row(ANN_ID), part_row(BEN_ID)]
    await begin(store, rounds=[round_row("r1")], questions=question_rows("r1"), participants=parts)

    assert await store.together(ANN_ID, BEN_ID)
    assert not await store.together(ANN_ID, CAT_ID)
    await save(store, Changes(rounds=[round_row("r1")._replace(open=False, version=2)]))
    assert not await store.together(ANN_ID, BEN_ID)


async def test_what_two_answered_is_found_by_question(store: AnyStore) -> None:
    """With the place where the round began."""
    mine, other = attempt_row(ANN_ID, 0), attempt_row(BEN_ID, 0)
    alone = attempt_row(ANN_ID, 1)
    await begin(
        store,
        rounds=[round_row("r1")],
        questions=question_rows("r1"),
        participants=[part_row(ANN_ID), part_row(BEN_ID)],
        attempts=[mine, other, alone],
    )

    assert [(row.attempt, row.place) for row in await store.at_same(ANN_ID, BEN_ID)] == [(mine, HALL)]
    assert [row.attempt for row in await store.at_same(BEN_ID, ANN_ID)] == [other]
    assert await store.at_same(CAT_ID, ANN_ID) == []


async def test_days_are_answered_by_the_whole_person(store: AnyStore) -> None:
    """By either account, and in what the group is told of its days."""
    day = day_row("2026-03-03")._replace(round="r1")
    await begin(
        store,
        rounds=[round_row("r1")],
        questions=question_rows("r1"),
        participants=[part_row(ANN_ID)],
        attempts=[attempt_row(ANN_ID, 0)],
        schedules=[schedule_row()],
        days=[day],
    )
    await save(store, joined(ANN_ID, BEN_ID))

    assert list(await store.answered(GROUP_ID, BEN, "2026-03-01")) == ["2026-03-03"]
    assert dict(await store.day_answers(GROUP_ID, "2026-03-01")) == {"2026-03-03": [PERSON]}
    await save(store, joined(ANN_ID, BEN_ID, person=0, before=PERSON))
    assert list(await store.answered(GROUP_ID, BEN, "2026-03-01")) == []


async def test_a_week_counts_what_a_person_did_and_what_they_did_twice_once(store: AnyStore) -> None:
    """The first answer is the one."""
    rows = [
        attempt_row(ANN_ID, 0)._replace(at=60, points=3),
        attempt_row(BEN_ID, 0)._replace(at=50, points=8),
        attempt_row(BEN_ID, 1)._replace(at=70, points=1),
    ]
    await begin(
        store,
        rounds=[round_row("r1")],
        questions=question_rows("r1"),
        participants=[part_row(ANN_ID), part_row(BEN_ID)],
        attempts=rows,
    )
    await save(store, joined(ANN_ID, BEN_ID))

    earned = await store.earned(GROUP_ID, 0, 1_000, "@")
    assert [(row.learner, row.name, row.points, row.answers) for row in earned] == [(PERSON, "Ann B", 9, 2)]
    assert {row.learners for row in await store.items(GROUP_ID, 0, 1_000, "@")} == {1}


# -------------------------------------------------------------------------------------------------- codes


def code_of(hash_: str = "h", kind: str = "me", account: Account = ANN, **more: object) -> CodeRow:
    """Return a code that Ann made."""
    row = CodeRow(hash_, kind, account, "Ann", HALL, "w", 100, 200)
    return row._replace(**more)  # type: ignore[arg-type]  # by the names of its fields


async def test_a_code_is_found_by_its_hash(store: AnyStore) -> None:
    """In a batch and beside it."""
    await begin(store)
    await save(store, Changes(codes=[code_of()]))

    asked = Asked("e", HALL, BEN, code="h")
    assert (await snapshot(store, asked)).codes == {"h": code_of()}
    assert await store.code("h") == code_of()
    assert await store.code("g") is None
    assert (await snapshot(store, asked._replace(code="g"))).codes == {}


async def test_a_new_code_replaces_the_makers_own_of_its_kind(store: AnyStore) -> None:
    """Not those of others, nor of other kinds."""
    await begin(store)
    others = [code_of("b", account=BEN), code_of("c", kind="group")]
    await save(store, Changes(codes=[code_of("a"), *others]))
    await save(store, Changes(codes=[code_of("n")]))

    found = {hash_: await store.code(hash_) for hash_ in "abcn"}
    assert [hash_ for hash_, row in found.items() if row is not None] == ["b", "c", "n"]


async def test_a_code_is_used_once(store: AnyStore) -> None:
    """A second batch that would use it writes nothing."""
    await begin(store)
    await save(store, Changes(codes=[code_of()]))
    await save(store, Changes(codes=[code_of(used=True)]))
    assert await store.code("h") == code_of(used=True)

    with pytest.raises(StoreError):
        await save(store, Changes(codes=[code_of(used=True)], events=[("late", 1)]))
    assert (await snapshot(store, ask(HALL, event="late"))).events == set()


async def test_wrong_tries_are_remembered_latest_first(store: AnyStore) -> None:
    """Of whoever made them."""
    await begin(store)
    await save(store, Changes(tries=[TryRow(ANN, 5), TryRow(BEN, 6), TryRow(ANN, 7)]))

    assert (await snapshot(store, Asked("e", HALL, ANN, code="h"))).tries == {ANN: (7, 5)}


async def test_codes_and_tries_are_forgotten_when_they_are_old(store: AnyStore) -> None:
    """A code once it has ended."""
    await begin(store)
    codes = [code_of("old", kind="me", expires_at=150), code_of("new", kind="group", expires_at=160)]
    await save(store, Changes(codes=codes, tries=[TryRow(ANN, 149), TryRow(ANN, 155)]))

    assert await store.purge(151) == 2
    assert await store.code("old") is None
    assert await store.code("new") is not None
    assert (await snapshot(store, Asked("e", HALL, ANN, code="h"))).tries == {ANN: (155,)}


async def test_a_code_is_used_by_one_of_two_processes(stores: Stores) -> None:
    """The other one decides again on what that left, or hears that it cannot be."""
    one, two = await stores.open(), await stores.open()
    await begin(one)
    await save(one, Changes(codes=[code_of()]))

    async def use(store: AnyStore) -> bool:
        used: list[bool] = []

        def decide(seen: object) -> Changes:
            row = seen.codes["h"]  # type: ignore[attr-defined]  # a snapshot
            used.append(not row.used)
            return Changes(codes=[] if row.used else [row._replace(used=True)])

        await store.transact([Asked("", HALL, ANN, code="h")], (), decide)
        return used[-1]

    assert sorted(await asyncio.gather(use(one), use(two))) == [False, True]
