"""Regrading: whatever was played before a decision stands as if it had been so from the start."""

import asyncio
from dataclasses import replace

import pytest

from bot.core import review_effects as rx
from bot.core.amendments import Verdict
from bot.core.commands import Mode
from bot.core.leaderboards import Measure
from bot.records import group_board
from bot.store.memory import MemoryStore
from tests.contracts.regradings import (
    GROUP,
    PERSON,
    RIGHT,
    UNION,
    WRONG,
    Script,
    decided,
    flag,
    library,
    link,
    standing,
)
from tests.contracts.stores import AnyStore, Stores
from tests.engine.clocks import StandingClock
from tests.engine.halls import Process


@pytest.mark.parametrize("mode", [Mode.EVERYONE, Mode.RELAXED])
@pytest.mark.parametrize("seed", range(2))
async def test_a_mended_key_leaves_the_standing_of_a_twin_that_had_it_from_the_start(
    store: AnyStore, seed: int, mode: Mode
) -> None:
    """On every board, in every round, for everybody: points, right answers, streaks, what was missed."""
    script = Script(seed, mode=mode)
    hall = Process(store, StandingClock(), library(WRONG))
    rounds = await script.play(hall)
    await flag(hall, rounds[0])
    twin = Process(MemoryStore(), StandingClock(), library(RIGHT))
    await script.play(twin)
    assert await standing(hall, rounds) != await standing(twin, rounds)

    told = await decided(hall, Verdict.MENDED)

    assert isinstance(told, rx.ReviewDecided)
    assert told.changed > 0
    assert await standing(hall, rounds) == await standing(twin, rounds)


@pytest.mark.parametrize("seed", range(2))
async def test_a_void_item_leaves_the_standing_of_a_twin_where_it_was_skipped(
    store: AnyStore, seed: int
) -> None:
    """Nobody answered it and nobody missed it; the streaks around it go on."""
    script = Script(seed)
    hall = Process(store, StandingClock(), library(WRONG))
    rounds = await script.play(hall)
    await flag(hall, rounds[0])
    twin = Process(MemoryStore(), StandingClock(), library(WRONG))
    await replace(script, skips=True).play(twin)

    await decided(hall, Verdict.VOID)

    assert await standing(hall, rounds) == await standing(twin, rounds)


@pytest.mark.parametrize("verdict", [Verdict.MENDED, Verdict.VOID])
async def test_unions_and_persons_have_what_their_members_have(store: AnyStore, verdict: Verdict) -> None:
    """Their sums follow in the same transaction."""
    skips = verdict is Verdict.VOID
    hall = Process(store, StandingClock(), library(WRONG))
    twin = Process(MemoryStore(), StandingClock(), library(WRONG if skips else RIGHT))
    await link(hall)
    await link(twin)
    rounds = await Script(5).play(hall)
    await Script(5, skips=skips).play(twin)
    await flag(hall, rounds[0])

    await decided(hall, verdict)

    assert await standing(hall, rounds) == await standing(twin, rounds)
    assert PERSON in {row.learner for row in await store.top(group_board(UNION, "a"), Measure.POINTS, 0, 9)}


async def test_of_two_processes_that_decide_at_once_one_does(stores: Stores) -> None:
    """Whatever each of them had loaded, the item is regraded once."""
    hall = Process(await stores.open(), StandingClock(), library(WRONG))
    other = Process(await stores.open(), StandingClock(), library(WRONG))
    rounds = await Script(1, rounds=2).play(hall)
    await flag(hall, rounds[0])

    told = await asyncio.gather(decided(hall, Verdict.VOID), decided(other, Verdict.VOID))

    assert sorted(type(one).__name__ for one in told) == ["ReviewDecided", "ReviewRefused"]
    assert len(await hall.store.amendments(GROUP)) == 1
