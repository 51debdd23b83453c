"""What every store promises of schedules, their days and who answered, asked of each implementation."""

import asyncio
from random import Random

import pytest

from bot.core.errors import StoreError
from bot.records import (
    Changes,
    ChannelRow,
    DayRow,
    Place,
    ScheduleRow,
    Snapshot,
    daily_place,
    home_of,
    schedule_of,
)
from tests.contracts.schedules import (
    DAILY,
    DAILY_CHANNEL,
    DAILY_ID,
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    day_row,
    schedule_row,
)
from tests.contracts.stores import (
    ANN,
    GROUP_ID,
    HALL,
    HALL_ID,
    YARD,
    AnyStore,
    Stores,
    ask,
    round_row,
    save,
    snapshot,
    study,
)

OUTCOMES = ("posted", "skipped", "unposted")


@pytest.mark.parametrize("home", [HALL, Place("discord", "8121"), Place("slack", "C0~x")])
def test_a_sub_place_leads_back_to_its_home(home: Place) -> None:
    """And to its schedule, whatever the home is called."""
    place = daily_place(home, "s1")

    assert place != home
    assert (home_of(place), schedule_of(place)) == (home, "s1")


@pytest.mark.parametrize("place", [HALL, Place("web", "~s1"), Place("web", "s1~"), Place("web", "")])
def test_a_place_that_is_no_sub_place_is_its_own_home(place: Place) -> None:
    """Also when it only looks a little like one."""
    assert (home_of(place), schedule_of(place)) == (place, "")


async def test_a_schedule_is_loaded_as_it_was_saved(store: AnyStore) -> None:
    """Every column comes back unchanged: large numbers, any script, and nothing at all."""
    body = '{"v": 1, "text": "O\'Brien; DROP -- \\u0000 😀 \\"ünï\\""}'
    rows = [schedule_row(due_at=2**45, settled=MONDAY, body=body), schedule_row("s2")]
    await save(store, study(schedules=rows))

    found = await snapshot(store, ask(schedules=True))

    assert found.schedules == {row.id: row for row in rows}
    assert list(await store.schedules(HALL)) == rows


async def test_the_schedules_of_a_home_are_found_from_its_sub_places(store: AnyStore) -> None:
    """All of them, also those of the other sub-places, and none of another home."""
    rows = [schedule_row("s2"), schedule_row("s1"), schedule_row("s3", place=YARD)]
    await save(store, study(schedules=rows))

    found = await snapshot(store, ask(DAILY, schedules=True))

    assert found.schedules == {"s1": rows[1], "s2": rows[0]}
    assert list(await store.schedules(daily_place(HALL, "s9"))) == [rows[1], rows[0]]


async def test_schedules_are_loaded_on_request_only(store: AnyStore) -> None:
    """Of every home that any part of the batch asks for."""
    rows = [schedule_row(), schedule_row("s2", place=YARD)]
    await save(store, study(schedules=rows))

    assert (await snapshot(store, ask(), ask(DAILY))).schedules == {}
    both = await snapshot(store, ask(), ask(DAILY, schedules=True), ask(YARD, schedules=True))
    assert both.schedules == {"s1": rows[0], "s2": rows[1]}


async def test_where_there_is_no_schedule_none_is_loaded(store: AnyStore) -> None:
    """Nor are there days, whatever is asked for."""
    assert await snapshot(store, ask(DAILY, ANN, schedules=True, days_since=MONDAY)) == Snapshot()
    assert list(await store.schedules(HALL)) == []
    assert list(await store.ledger("s1")) == []
    assert list(await store.days(GROUP_ID, MONDAY)) == []
    assert list(await store.answered(GROUP_ID, ANN, MONDAY)) == []
    assert dict(await store.day_answers(GROUP_ID, MONDAY)) == {}


async def test_a_schedule_is_written_whole(store: AnyStore) -> None:
    """Every column takes its new value, nothing included."""
    await save(store, study(schedules=[schedule_row(due_at=5, settled=MONDAY)]))
    row = ScheduleRow("s1", YARD, GROUP_ID, 2, None, None, "[]")

    await save(store, Changes(schedules=[row]))

    assert list(await store.schedules(YARD)) == [row]
    assert list(await store.schedules(HALL)) == []


async def test_in_one_batch_the_last_save_of_a_schedule_counts(store: AnyStore) -> None:
    """As long as the first follows what is there, or is the first ever."""
    await save(store, study(schedules=[schedule_row(), schedule_row(version=2)]))

    await save(store, Changes(schedules=[schedule_row(version=3), schedule_row(version=4, body="[]")]))

    assert list(await store.schedules(HALL)) == [schedule_row(version=4, body="[]")]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(schedule_row(version=1, body="[]"), id="one that is there already, as new"),
        pytest.param(schedule_row(version=2, body="[]"), id="the version that is there"),
        pytest.param(schedule_row(version=4, body="[]"), id="a version too many"),
        pytest.param(schedule_row("s2", version=2), id="one that is not there, as if it were"),
    ],
)
async def test_a_schedule_that_is_not_as_it_was_loaded_is_refused(store: AnyStore, row: ScheduleRow) -> None:
    """With all that came with it."""
    await save(store, study(schedules=[schedule_row()]))
    await save(store, Changes(schedules=[schedule_row(version=2)]))

    with pytest.raises(StoreError):
        await save(store, Changes(schedules=[row], days=[day_row()], events=[("web:1", 1)]))

    assert list(await store.schedules(HALL)) == [schedule_row(version=2)]
    assert list(await store.ledger("s1")) == []
    assert (await snapshot(store, ask(event="web:1"))).events == set()


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param(Changes(schedules=[schedule_row()]), id="of a group"),
        pytest.param(Changes(days=[day_row()]), id="of a schedule"),
    ],
)
async def test_a_row_of_nobody_is_refused(store: AnyStore, changes: Changes) -> None:
    """What it speaks of is saved first, or with it."""
    with pytest.raises(StoreError):
        await save(store, changes)


async def test_batches_on_one_schedule_follow_each_other(stores: Stores) -> None:
    """Each decides on what the one before it left, even when two processes write."""
    one, other = await stores.open(), await stores.open()
    await save(one, study(schedules=[schedule_row()]))

    def grow(found: Snapshot) -> Changes:
        row = found.schedules["s1"]
        return Changes(schedules=[row._replace(version=row.version + 1)])

    await asyncio.gather(*(store.transact([ask(schedules=True)], (), grow) for store in [one, other] * 8))

    assert [row.version for row in await one.schedules(HALL)] == [17]


async def test_a_schedule_wakes_its_sub_place(store: AnyStore) -> None:
    """Among the rounds, earliest first, up to and with the given time; one that is never due sleeps on."""
    rounds = [
        round_row(wake_at=150),
        round_row("r2", place=DAILY, channel=DAILY_ID, wake_at=90),
    ]
    rows = [
        schedule_row(due_at=100),
        schedule_row("s2", due_at=None),
        schedule_row("s3", place=YARD, due_at=200),
        schedule_row("s4", due_at=201),
    ]
    await save(store, study(channels=[DAILY_CHANNEL], rounds=rounds, schedules=rows))

    due = [(DAILY, 90), (DAILY, 100), (HALL, 150), (daily_place(YARD, "s3"), 200)]
    assert list(await store.waking(200, 9)) == due
    assert list(await store.waking(200, 3)) == due[:3]
    assert list(await store.waking(89, 9)) == []


async def test_a_schedule_that_was_settled_wakes_at_its_next_time(store: AnyStore) -> None:
    """And never again when it has none."""
    await save(store, study(schedules=[schedule_row(due_at=100)]))

    await save(store, Changes(schedules=[schedule_row(version=2, due_at=300)]))
    assert list(await store.waking(299, 9)) == []
    assert list(await store.waking(300, 9)) == [(DAILY, 300)]

    await save(store, Changes(schedules=[schedule_row(version=3)]))
    assert list(await store.waking(2**60, 9)) == []


async def test_the_ledger_has_the_days_in_their_order(store: AnyStore) -> None:
    """As they were saved, whenever that was; each schedule has its own."""
    rows = [day_row(TUESDAY, outcome="skipped", at=2**45), day_row(MONDAY), day_row(MONDAY, "s2")]
    await save(store, study(schedules=[schedule_row(), schedule_row("s2")], days=rows))

    assert list(await store.ledger("s1")) == [rows[1], rows[0]]
    assert list(await store.ledger("s2")) == [rows[2]]


async def test_a_day_is_settled_once(store: AnyStore) -> None:
    """A second row changes nothing of the first, in the same batch or later."""
    first = day_row(outcome="skipped", at=1)
    others = [first._replace(outcome=outcome, round="x", group=8, at=2) for outcome in OUTCOMES]
    await save(store, study(schedules=[schedule_row()], days=[first, *others]))

    for other in others:
        await save(store, Changes(days=[other]))

    assert list(await store.ledger("s1")) == [first]


async def test_a_post_may_turn_out_not_to_have_been_delivered(store: AnyStore) -> None:
    """In the same batch or later; nothing else of the day changes, and it stays so."""
    rows = [day_row(MONDAY), day_row(TUESDAY)]
    undone = [row._replace(outcome="unposted", round="x", at=2) for row in rows]
    await save(store, study(schedules=[schedule_row()], days=[*rows, undone[0]]))
    await save(store, Changes(days=[undone[1]]))
    await save(store, Changes(days=rows))

    assert list(await store.ledger("s1")) == [row._replace(outcome="unposted") for row in rows]
    assert list(await store.days(GROUP_ID, MONDAY)) == []


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_is_saved_a_day_of_a_schedule_is_one_row(store: AnyStore, seed: int) -> None:
    """The first that came, except that a post may have become one that was not delivered."""
    random = Random(seed)
    await save(store, study(schedules=[schedule_row(), schedule_row("s2")]))
    wanted: dict[tuple[str, str], DayRow] = {}
    for at in range(30):
        rows = [
            DayRow(
                random.choice(["s1", "s2"]),
                random.choice([MONDAY, TUESDAY, WEDNESDAY]),
                random.choice([GROUP_ID, 8]),
                random.choice(OUTCOMES),
                f"round {random.random()}",
                at,
            )
            for _ in range(random.randint(1, 4))
        ]
        await save(store, Changes(days=rows))
        for row in rows:
            there = wanted.setdefault((row.schedule, row.day), row)
            if there.outcome == "posted" and row.outcome == "unposted":
                wanted[row.schedule, row.day] = there._replace(outcome="unposted")

        for schedule in ("s1", "s2"):
            ledger = list(await store.ledger(schedule))
            assert ledger == [row for key, row in sorted(wanted.items()) if key[0] == schedule], f"{seed=}"


async def test_a_purge_leaves_schedules_and_days_alone(store: AnyStore) -> None:
    """However old they are: what is settled is settled for good."""
    row = schedule_row(due_at=1, settled=MONDAY)
    await save(store, study(schedules=[row], days=[day_row(at=1)], events=[("web:1", 1)]))

    assert await store.purge(2**60) == 1

    assert list(await store.schedules(HALL)) == [row]
    assert list(await store.ledger("s1")) == [day_row(at=1)]


async def test_schedules_and_days_outlive_the_process(stores: Stores) -> None:
    """A store opened after the first was closed goes on where that one stopped."""
    first = await stores.open()
    await save(first, study(schedules=[schedule_row(due_at=5)], days=[day_row()]))
    await first.close()

    second = await stores.open()

    assert list(await second.schedules(HALL)) == [schedule_row(due_at=5)]
    assert list(await second.ledger("s1")) == [day_row()]
    assert list(await second.waking(5, 9)) == [(DAILY, 5)]


async def test_each_of_many_schedules_is_found(store: AnyStore) -> None:
    """By its home, and by its time."""
    homes = [Place("web", f"room {at}") for at in range(3_000)]
    rows = [schedule_row(f"s{at}", place=home, due_at=5_000 - at) for at, home in enumerate(homes)]
    await save(store, Changes(channels=[ChannelRow(HALL, HALL_ID, GROUP_ID)], schedules=rows))

    assert list(await store.schedules(homes[1_234])) == [rows[1_234]]
    assert list(await store.waking(2_002, 9)) == [
        (daily_place(homes[2_999], "s2999"), 2_001),
        (daily_place(homes[2_998], "s2998"), 2_002),
    ]


async def test_the_homes_of_a_groups_schedules_are_told_once_each(store: AnyStore) -> None:
    """By their ids; another group's are not among them."""
    rows = [
        schedule_row("s1", place=YARD),
        schedule_row("s2", place=HALL),
        schedule_row("s3", place=HALL),
    ]
    await save(store, study(schedules=rows))

    assert list(await store.homes(GROUP_ID)) == sorted([HALL, YARD], key=lambda place: place.id)
    assert list(await store.homes(GROUP_ID + 1)) == []
