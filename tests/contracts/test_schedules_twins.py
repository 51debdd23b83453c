"""Any store beside the one in memory: whatever happens to schedules and days, both answer alike."""

from random import Random

import pytest

from bot.core.errors import StoreError
from bot.records import Changes, DayRow, Place, RoundRow, ScheduleRow, Snapshot, daily_place
from bot.store.memory import MemoryStore
from tests.contracts.schedules import DAILY_CHANNEL, DAILY_ID
from tests.contracts.stores import (
    GROUP_ID,
    HALL,
    LEARNERS,
    MARKS,
    YARD,
    AnyStore,
    ask,
    attempt_row,
    part,
    save,
    snapshot,
    study,
)

RUNS = {"sqlite": 4, "postgres": 3}
"""How many seeds for each."""

SEEDS = [
    pytest.param(name, seed, marks=MARKS.get(name, ()), id=f"{name}-{seed}")
    for name, runs in RUNS.items()
    for seed in range(runs)
]
SCHEDULES = ("s1", "s2", "t1")
HOMES = {"s1": HALL, "s2": HALL, "t1": YARD}
GROUPS = {"s1": GROUP_ID, "s2": GROUP_ID, "t1": 8}
DAYS = [f"2026-0{month}-{day:02}" for month in (2, 3) for day in (1, 9, 10, 28)]


@pytest.mark.parametrize("stores, seed", SEEDS, indirect=["stores"])
async def test_any_store_does_with_schedules_what_the_one_in_memory_does(store: AnyStore, seed: int) -> None:
    """A hundred random batches, the good and the refused: the same schedules, days and answers after each."""
    random, model = Random(seed), MemoryStore()
    begin = study(channels=[DAILY_CHANNEL, DAILY_CHANNEL._replace(place=YARD, id=31, group=8)])
    for twin in (store, model):
        await save(twin, begin)
    for _ in range(100):
        changes = any_batch(random, model)
        assert await refused(store, changes) == await refused(model, changes), f"{seed=}"

        place, since = daily_place(HALL, "s1"), random.choice(["", *DAYS])
        asked = [ask(place, schedules=True, days_since=since), ask(HALL, days_since=DAYS[3])]
        ours: Snapshot = await snapshot(store, *asked, known={"s1"})
        assert ours == await snapshot(model, *asked, known={"s1"}), f"{seed=}"
        assert await told(store, since) == await told(model, since), f"{seed=}"


async def refused(store: AnyStore | MemoryStore, changes: Changes) -> bool:
    """Return whether the store did not want to save *changes*."""
    try:
        await save(store, changes)
    except StoreError:
        return True
    return False


async def told(store: AnyStore | MemoryStore, since: str) -> list[object]:
    """Return all that a store tells of schedules and days."""
    until = int(since[-2:] or 0)
    return [
        *[list(await store.schedules(home)) for home in (HALL, YARD)],
        *[list(await store.ledger(schedule)) for schedule in SCHEDULES],
        *[list(await store.days(group, since)) for group in (GROUP_ID, 8)],
        *[list((await store.day_answers(group, since)).items()) for group in (GROUP_ID, 8)],
        *[list(await store.answered(GROUP_ID, row.account, since)) for row in LEARNERS],
        list(await store.waking(until, 3)),
    ]


def any_batch(random: Random, model: MemoryStore) -> Changes:
    """Return a batch of a few rows of each kind; now and then a schedule follows another than is there."""
    days = [any_day(random) for _ in range(random.randrange(3))]
    rounds = [any_round(random, row) for row in days]
    answers = [
        attempt_row(random.choice(LEARNERS).id, random.randrange(2), round_=row.id, group=row.group)
        for row in rounds
        for _ in range(random.randrange(4))
    ]
    return Changes(
        schedules=[any_schedule(random, model) for _ in range(random.choice([0, 0, 1, 1, 2]))],
        days=days,
        rounds=rounds,
        attempts=answers,
        participants=[part(random.choice(LEARNERS).id, row.id) for row in rounds],
    )


def any_day(random: Random) -> DayRow:
    """Return what became of a date."""
    schedule, day = random.choice(SCHEDULES), random.choice(DAYS)
    outcome = random.choice(["posted", "posted", "skipped", "unposted"])
    return DayRow(schedule, day, GROUPS[schedule], outcome, f"{schedule}-{day}", random.randrange(99))


def any_round(random: Random, day: DayRow) -> RoundRow:
    """Return the round of a day, seldom an open one."""
    place = daily_place(HALL, day.schedule)
    open_ = day.schedule == "s1" and random.random() < 0.5
    wake_at = random.choice([None, random.randrange(40)])
    return RoundRow(day.round, DAILY_ID, day.group, place, 1, open_, wake_at, 5, None, "{}")


def any_schedule(random: Random, model: MemoryStore) -> ScheduleRow:
    """Return a schedule, mostly of the version that comes next."""
    id_ = random.choice(SCHEDULES)
    there = model._schedules.get(id_)
    version = 1 if there is None else there.version + 1
    place: Place = HOMES[id_]
    return ScheduleRow(
        id_,
        place,
        GROUPS[id_],
        version + random.choice([0, 0, 0, 0, 1, -1]),
        random.choice([None, random.randrange(40)]),
        random.choice([None, *DAYS]),
        str(random.random()),
    )
