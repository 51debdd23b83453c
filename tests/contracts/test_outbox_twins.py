"""Any outbox beside the one in memory: whatever happens, both answer alike."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from random import Random

import pytest

from bot.records import Delivery, OutboxRow, Outcome
from bot.store.memory import MemoryStore
from tests.contracts.outboxes import done, later, never, promise, untried
from tests.contracts.stores import HALL, MARKS, YARD, AnyStore, edit_row, post_row

RUNS = {"sqlite": 6, "postgres": 4}
"""How many seeds for each: two found each of some twenty faults that were tried out in the statements."""

SEEDS = [
    pytest.param(name, seed, marks=MARKS.get(name, ()), id=f"{name}-{seed}")
    for name, runs in RUNS.items()
    for seed in range(runs)
]


@pytest.mark.parametrize("stores, seed", SEEDS, indirect=["stores"])
async def test_any_outbox_does_what_the_one_in_memory_does(store: AnyStore, seed: int) -> None:
    """A few hundred random steps: the same rows, the same claims, the same times, step by step.

    Their numbers may differ: some databases spend one on a row that was there already.
    """
    random, twins = Random(seed), _Twins(store, MemoryStore(), [])
    for now in range(0, 3000, 10):
        await twins.step(random, now)
        assert await store.next_due() == await twins.model.next_due()
        assert await store.backlog() == await twins.model.backlog()


@dataclass(slots=True)
class _Twins:
    """Two stores that are told the same, and the deliveries of each that are under way."""

    store: AnyStore
    model: MemoryStore
    under_way: list[tuple[Delivery, Delivery]]

    async def step(self, random: Random, now: int) -> None:
        """Do one thing to both."""
        match random.choice(["promise", "promise", "claim", "settle", "settle", "purge"]):
            case "promise":
                rows = [_any_row(random, now) for _ in range(random.randint(1, 3))]
                await promise(self.store, *rows)
                await promise(self.model, *rows)
            case "claim":
                await self._claim(now, random.choice([20, 200, 2000]), random.randint(1, 6))
            case "settle" if self.under_way:
                await self._settle(random, now)
            case "purge" if random.random() < 0.2:
                assert await self.store.purge(now - 500) == await self.model.purge(now - 500)

    async def _claim(self, now: int, lease: int, limit: int) -> None:
        due = await self.store.next_due()
        ours = await self.store.claim(now, lease, limit)
        assert bool(ours) == (due is not None and due <= now), "next_due tells when a claim gives something"
        theirs = await self.model.claim(now, lease, limit)
        assert [(one.row, one.tries, one.ref) for one in ours] == [
            (one.row, one.tries, one.ref) for one in theirs
        ]
        self.under_way += zip(ours, theirs, strict=True)

    async def _settle(self, random: Random, now: int) -> None:
        """Settle one of the deliveries, most often for the first time, sometimes again."""
        pair = random.choice(self.under_way)
        if random.random() > 0.2:
            self.under_way.remove(pair)
        again = [partial(later, at=now + 40), partial(untried, at=now)]
        choices: list[Callable[[Delivery], Outcome]] = [done, done, never, *again]
        outcome = random.choice(choices)
        ours, theirs = (outcome(delivery) for delivery in pair)
        await self.store.settle([ours], now)
        await self.model.settle([theirs], now)


def _any_row(random: Random, now: int) -> OutboxRow:
    make = random.choice([post_row, edit_row])
    key, not_before = f"m{random.randrange(25)}", now + random.choice([-50, 0, 0, 30, 300])
    place, to = random.choice([HALL, YARD]), random.choice(["", "", "ann"])
    return make(key, place=place, to=to, not_before=not_before, body=str(random.random()))
