"""No process's memory matters: restart it between any two moments, or end it at any step."""

import re
from collections.abc import Callable
from itertools import count

import pytest

from bot.sim.faults import Faults
from bot.sim.simulations import Parts
from tests.sim.plays import Played, calm_round, plain_round, play

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]

ALWAYS = Faults(restart=1.0)
OFTEN = Faults(crash=0.25)


@pytest.mark.parametrize("seed", ["1", "2"])
async def test_a_new_process_at_every_moment_changes_nothing_that_anybody_sees(seed: str) -> None:
    """What one process shows, hundreds of short-lived ones show, to the letter."""
    one = await play(rounds=5, seed=seed)
    many = await play(rounds=5, seed=seed, faults=ALWAYS)

    assert many.report.figures["restarts"] > 100
    assert many.lines == one.lines


@pytest.mark.parametrize("seed", ["1", "2"])
async def test_every_promise_is_kept_by_processes_that_hardly_live(seed: str) -> None:
    """At every step the chance to die is one in four."""
    played = await play(rounds=3, seed=seed, faults=OFTEN)

    assert played.report.faults == ()
    assert played.report.figures["crashes"] > 50


async def test_a_round_ends_with_the_same_standing_at_whatever_step_a_process_died() -> None:
    """One death at each step in turn, of a round that has no clock: all that differs is the time it took."""
    steps = count()
    calm = await _play_calm(lambda: next(steps) < 0)
    died = [await _play_calm(_at(step)) for step in range(next(steps))]

    assert "c0p1" in _standing(calm)
    assert len(died) > 40
    assert {played.report.faults for played in died} == {()}
    assert {played.report.figures["crashes"] for played in died} == {1}
    assert {_standing(played) for played in died} == {_standing(calm)}


async def test_a_timed_round_keeps_every_promise_at_whatever_step_a_process_died() -> None:
    """With a clock a death may cost points for speed, never an answer, a message or a sum."""
    steps = count()
    await _play_timed(lambda: next(steps) < 0)
    faults = {(await _play_timed(_at(step))).report.faults for step in range(next(steps))}

    assert faults == {()}


def _at(step: int) -> Callable[[], bool]:
    steps = count()
    return lambda: next(steps) == step


async def _play_calm(ends: Callable[[], bool]) -> Played:
    return await play(rounds=1, seed="calm", parts=Parts(script=calm_round, ends=ends))


async def _play_timed(ends: Callable[[], bool]) -> Played:
    return await play(rounds=1, seed="timed", parts=Parts(script=plain_round, ends=ends))


def _standing(played: Played) -> str:
    """Return the last thing that the whole channel saw: the podium."""
    (end,) = [line for line in played.lines if re.search(r" post \S+  \S+\.end ", line)]
    return end.partition(".end ")[2]
