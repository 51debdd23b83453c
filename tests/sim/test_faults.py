"""Faults are named as they are typed, and befall events as often as they should."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from bot.core.errors import ConfigError
from bot.sim.clocks import START, VirtualClock
from bot.sim.faults import ALL_FAULTS, NO_FAULTS, Faults, arrivals, faults_from


def test_faults_are_chosen_by_name() -> None:
    """All, none, or some of them, each as likely as when all are on."""
    assert faults_from("all") == ALL_FAULTS
    assert faults_from("none") == NO_FAULTS
    assert faults_from("lost, crash") == Faults(lost=ALL_FAULTS.lost, crash=ALL_FAULTS.crash)


@pytest.mark.parametrize("typed", ["fire", "lost,fire", "", "ALL"])
def test_an_unknown_fault_is_told_with_those_there_are(typed: str) -> None:
    """One sentence with what was typed and what can be."""
    with pytest.raises(
        ConfigError, match=r"There is no fault called '.*'; choose from lost, doubled, .* none\."
    ):
        faults_from(typed)


def test_without_faults_an_event_arrives_once_and_soon() -> None:
    """The way of an event takes a moment, and only forward."""
    rng = Random(1)
    arrived = [arrivals(START, NO_FAULTS, rng) for _ in range(200)]

    assert {len(times) for times in arrived} == {1}
    assert all(timedelta(0) < times[0] - START < timedelta(seconds=1) for times in arrived)


def test_events_are_lost_doubled_and_late_as_often_as_asked() -> None:
    """Each about as often as its chance says, over a thousand events."""
    rng = Random(1)
    faults = Faults(lost=0.2, doubled=0.5, late=0.3)
    arrived = [arrivals(START, faults, rng) for _ in range(1000)]
    counts = Counter(len(times) for times in arrived)
    late = sum(times[0] - START > timedelta(seconds=5) for times in arrived if times)

    assert 150 < counts[0] < 250
    assert 330 < counts[2] < 470
    assert 180 < late < 300


async def test_nothing_sleeps_in_a_simulation() -> None:
    """Whatever sleeps would wait for ever: that is told at once."""
    with pytest.raises(RuntimeError, match=r"Something slept for 2 s in a simulation"):
        await VirtualClock().sleep(2)


def test_virtual_time_never_goes_back() -> None:
    """An earlier moment changes nothing."""
    clock = VirtualClock()
    clock.move_to(START + timedelta(seconds=5))
    clock.move_to(START)

    assert clock.seconds() == 5
