"""Whole rounds on PostgreSQL: like in memory to the letter, and with two processes as with one."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.core.effects import AnswerAccepted
from bot.records import Account
from bot.sim.faults import ALL_FAULTS
from bot.store.postgres import PostgresStore
from tests.engine.clocks import StandingClock
from tests.engine.halls import RIGHT, ROUND, WRONG, Process, answer, asking
from tests.sim.plays import kept, play

pytestmark = pytest.mark.postgres

LEARNERS = [f"learner{at}" for at in range(16)]


@pytest.fixture
async def stores(schema_database: str) -> AsyncIterator[Sequence[PostgresStore]]:
    """Two stores on one database."""
    opened = [await PostgresStore.open(schema_database) for _ in range(2)]
    yield opened
    for store in opened:
        await store.close()


async def test_rounds_go_as_they_do_in_memory(stores: Sequence[PostgresStore]) -> None:
    """With everything going wrong that can: the same seed gives the same transcript on both."""
    here = await play(rounds=3, seed="5", faults=ALL_FAULTS, reopen=kept(stores[0]))
    there = await play(rounds=3, seed="5", faults=ALL_FAULTS)

    assert here.report.faults == ()
    assert here.lines == there.lines


async def test_two_processes_play_one_round(stores: Sequence[PostgresStore]) -> None:
    """Every event reaches both at once and both fire every deadline: each thing happens once."""
    clock = StandingClock()
    both = [Process(store, clock, lanes=2) for store in stores]
    one, other = both
    await asking(one, *LEARNERS)
    accepted: Counter[str] = Counter()

    async def send(process: Process, who: str, position: int, right: bool) -> None:  # noqa: FBT001
        sent = (RIGHT if right else WRONG)[position]
        reply = await process.say(who, answer(position, process, sent), id_=f"{who} {position}")
        accepted[who] += any(isinstance(effect, AnswerAccepted) for effect in reply.effects)
        assert reply.effects or reply.duplicate

    for position in range(3):
        await asyncio.gather(
            *(
                send(process, who, position, at % 2 == 0)
                for at, who in enumerate(LEARNERS)
                for process in both
            )
        )
        await _play_on(clock, both, until=f"{position + 2}.ask" if position < 2 else "end")

    assert accepted == dict.fromkeys(LEARNERS, 3)
    standing = await one.store.standing(ROUND, 99)
    assert sorted(right for _, _, right in standing) == [0] * 8 + [3] * 8
    for at, who in enumerate(LEARNERS):
        mine = await other.store.mine(ROUND, Account("web", who))
        assert mine is not None
        assert [row.credit for row in mine.attempts] == [float(at % 2 == 0)] * 3
    posted = Counter([*one.transport.keys, *other.transport.keys])
    assert max(posted.values()) == 1


async def _play_on(clock: StandingClock, both: Sequence[Process], until: str) -> None:
    """Let time pass until that message was posted; both look after what is due, at the same moment."""
    for _ in range(60):
        if any(until in process.transport.keys for process in both):
            return
        await asyncio.gather(*(process.waker.sweep() for process in both))
        await asyncio.gather(*(process.waker.fire() for process in both))
        await asyncio.gather(*(process.deliverer.drain() for process in both))
        await clock.move(2)
    pytest.fail(f"{until} was never posted")
