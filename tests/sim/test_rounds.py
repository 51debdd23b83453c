"""Whole rounds, whatever goes wrong on the way: every promise is kept."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.sim.faults import ALL_FAULTS, NAMES, NO_FAULTS, Faults, faults_from
from tests.sim.plays import play, play_on_sqlite

SEVERE = Faults(
    lost=0.1, doubled=0.3, late=0.2, reordered=0.5, crash=0.03, restart=0.05, refused=0.1, unknown=0.1
)


@pytest.mark.parametrize("seed", ["1", "a seed with words"])
async def test_every_promise_is_kept_in_memory_with_all_faults_on(seed: str) -> None:
    """Twenty rounds with everything that can go wrong going wrong as often as it does by default."""
    played = await play(rounds=20, players=4, seed=seed, faults=ALL_FAULTS)

    assert played.report.faults == ()
    assert played.report.figures["rounds"] >= 20


@pytest.mark.parametrize("seed", ["1", "2"])
async def test_every_promise_is_kept_on_sqlite_with_all_faults_on(tmp_path: Path, seed: str) -> None:
    """The same on a real database, which each new process opens again."""
    played = await play_on_sqlite(tmp_path, rounds=10, seed=seed, faults=replace(ALL_FAULTS, crash=0.01))

    assert played.report.faults == ()
    assert played.report.figures["crashes"] > 0


@pytest.mark.no_cover
@pytest.mark.parametrize("seed", ["1", "2"])
async def test_every_promise_is_kept_when_hardly_anything_goes_right(seed: str) -> None:
    """Faults many times as likely as by default: rounds go badly, and still nothing is wrong."""
    played = await play(rounds=12, players=4, seed=seed, faults=SEVERE)

    assert played.report.faults == ()


@pytest.mark.no_cover
@pytest.mark.parametrize("name", NAMES)
async def test_every_promise_is_kept_with_one_fault_alone(name: str) -> None:
    """Each fault is survived without help from the others, and it does happen."""
    played = await play(rounds=6, seed=name, faults=replace(NO_FAULTS, **{name: getattr(SEVERE, name)}))

    assert played.report.faults == ()


@pytest.mark.no_cover
async def test_each_fault_leaves_its_trace() -> None:
    """A fault that never happens would prove nothing: each changes what everybody saw."""
    calm = await play(rounds=4)
    digests = {
        (await play(rounds=4, faults=replace(NO_FAULTS, **{name: getattr(SEVERE, name)}))).report.digest
        for name in NAMES
        if name != "restart"
    }

    assert calm.report.digest not in digests
    assert len(digests) == len(NAMES) - 1


async def test_without_faults_nobody_is_lost_and_nothing_comes_twice() -> None:
    """The figures of a calm run: every event arrives once and every process lives to the end."""
    figures = (await play(rounds=10, faults=faults_from("none"))).report.figures

    quiet = {
        name: figures.get(name, 0) for name in ("lost", "duplicates", "crashes", "restarts", "sent_again")
    }
    assert quiet == {"lost": 0, "duplicates": 0, "crashes": 0, "restarts": 0, "sent_again": 0}
    assert figures["answers_accepted"] > 20


async def test_many_in_one_channel_are_served_as_well() -> None:
    """Thirty learners in a round, more than a standing shows."""
    played = await play(rounds=1, players=30, faults=ALL_FAULTS)

    assert played.report.faults == ()


async def test_somebody_alone_can_play() -> None:
    """One learner in each channel, who is the host as well."""
    played = await play(rounds=5, players=1, faults=ALL_FAULTS)

    assert played.report.faults == ()
